"""`make install` puts everything in place, the unit is what systemd takes, and `make uninstall` takes it all back."""

import os
import re
import subprocess
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
from spotter import ROOT, install, make  # noqa: E402


def files_under(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def systemd_analyze(*arguments):
    return subprocess.run(["systemd-analyze", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture
def unit(tmp_path):
    """The unit as installed, with the program where it says: `verify` wants it there."""
    install(tmp_path)
    return tmp_path / "units/spotter.service"


def test_install_and_uninstall(tmp_path):
    where = [f"DESTDIR={tmp_path}", "PREFIX=/usr", "UNITDIR=/usr/lib/systemd/system"]
    make("install", *where)
    assert files_under(tmp_path) == {"usr/bin/spotter", "usr/share/man/man1/spotter.1", "usr/lib/systemd/system/spotter.service",
                                     "etc/spotter/spotter.conf.sample", "etc/spotter/effort.policy.sample"}
    unit = (tmp_path / "usr/lib/systemd/system/spotter.service").read_text()
    assert re.search(r"^ExecStart=/usr/bin/spotter run --config /etc/spotter/spotter.conf$", unit, re.M)
    assert not re.search(r"@\w+@", unit)
    installed = subprocess.run([tmp_path / "usr/bin/spotter", "--version"], capture_output=True, text=True, check=True)
    assert (ROOT / "VERSION").read_text().strip() in installed.stdout
    make("uninstall", *where)
    assert files_under(tmp_path) == set()


def test_the_unit_says_what_the_program_needs(unit):
    """It notifies and is watched; the password comes as a credential; a user of its own, who can write nowhere else."""
    lines = unit.read_text().splitlines()
    etc = unit.parents[1] / "etc"
    for line in ("Type=notify", "WatchdogSec=180", "Restart=on-failure", "RestartPreventExitStatus=77 78",
                 f"LoadCredential=spotter-password:{etc}/spotter/password", "DynamicUser=yes", "User=spotter", "StateDirectory=spotter",
                 "StateDirectoryMode=0700", "UMask=0077", "CapabilityBoundingSet=", "NoNewPrivileges=yes", "PrivateDevices=yes",
                 "PrivateTmp=yes", "ProtectHome=yes", "ProtectSystem=strict", "MemoryDenyWriteExecute=yes",
                 "SystemCallFilter=@system-service", "LimitCORE=0"):
        assert line in lines, line


def test_systemd_takes_the_unit(unit):
    done = systemd_analyze("verify", "--man=no", str(unit))
    assert done.returncode == 0 and "spotter" not in done.stdout, done.stdout


def test_the_units_exposure_is_low(unit):
    """The threshold is in tenths of what is printed."""
    done = systemd_analyze("security", "--offline=true", "--threshold=15", "--no-pager", str(unit))
    assert done.returncode == 0, done.stdout[-300:]
