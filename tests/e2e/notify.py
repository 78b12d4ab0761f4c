"""Starts a process and waits until it says that it is ready, the way systemd would hear it (sd_notify)."""

import os
import socket
import subprocess
import time


def start_and_hear(command, address, timeout, **more):
    """The process, and how it went: None once it is ready, else "ended" or "late". ADDRESS is where the socket is made."""
    if os.path.exists(address):
        os.unlink(address)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(address)
        process = subprocess.Popen(command, **more | {"env": more["env"] | {"NOTIFY_SOCKET": address}})
        deadline = time.monotonic() + timeout
        listener.settimeout(0.2)  # now and then it is seen whether the process still lives
        while time.monotonic() < deadline:
            try:
                if b"READY=1" in listener.recv(4096):
                    return process, None
            except TimeoutError:
                if process.poll() is not None:
                    return process, "ended"
        return process, "late"
