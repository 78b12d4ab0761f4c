"""`make install` puts everything in place, the unit is what systemd takes, and `make uninstall` takes it all back."""

import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = os.environ.get("SPOTTER_BUILD", ROOT / "build")


def make(*arguments):
    subprocess.run(["make", "-s", "DEPS_READY=1", f"O={os.path.relpath(BUILD, ROOT)}", *arguments], cwd=ROOT, check=True)


def files_under(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_install_and_uninstall(tmp_path):
    where = [f"DESTDIR={tmp_path}", "PREFIX=/usr", "UNITDIR=/usr/lib/systemd/system"]
    make("install", *where)
    assert files_under(tmp_path) == {"usr/bin/spotter", "usr/share/man/man1/spotter.1", "usr/lib/systemd/system/spotter.service",
                                     "etc/spotter/spotter.conf.sample"}
    unit = (tmp_path / "usr/lib/systemd/system/spotter.service").read_text()
    assert "@PREFIX@" not in unit and "/usr/bin/spotter run --config /etc/spotter/spotter.conf" in unit
    installed = subprocess.run([tmp_path / "usr/bin/spotter", "--version"], capture_output=True, text=True, check=True)
    assert (ROOT / "VERSION").read_text().strip() in installed.stdout
    make("uninstall", *where)
    assert files_under(tmp_path) == set()


def test_systemd_takes_the_unit(tmp_path):
    make("install", f"DESTDIR={tmp_path}", f"PREFIX={tmp_path}/usr", "UNITDIR=/units")
    # The program must be where the unit says for `verify` to be content.
    (tmp_path / "usr/bin").mkdir(parents=True, exist_ok=True)
    unit = tmp_path / "units/spotter.service"
    program = re.search(r"^ExecStart=(\S+)", unit.read_text(), re.M).group(1)
    pathlib.Path(program).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(program).write_bytes((tmp_path / program.lstrip("/")).read_bytes())
    os.chmod(program, 0o755)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True)
    assert done.returncode == 0 and "spotter" not in done.stderr, done.stderr


def test_the_units_exposure_is_low():
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager",
                           str(ROOT / "systemd/spotter.service")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-300:]
