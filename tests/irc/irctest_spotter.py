"""Spotter for irctest (its client tests; make irctest IRCTEST=DIR, with a clone of it in DIR).

irctest logs in without TLS, which Spotter refuses: between them stands what ends the TLS.
"""

import os
import pathlib
import socket
import ssl
import subprocess
import threading

from irctest import authentication
from irctest.basecontrollers import BaseClientController, DirectoryBasedController

PROGRAM = pathlib.Path(os.environ["SPOTTER_BUILD"]) / "spotter"


def pour(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class TlsEnd:
    """A port for TLS: what comes there goes on to another in the clear."""

    def __init__(self, folder, to):
        self.to = to
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                        "end.key", "-out", "end.pem", "-days", "30", "-subj", "/CN=x"], cwd=folder, check=True, capture_output=True)
        printed = subprocess.run(["openssl", "x509", "-in", "end.pem", "-noout", "-fingerprint", "-sha256"], cwd=folder, check=True,
                                 capture_output=True, text=True).stdout
        self.fingerprint = printed.strip().split("=")[1]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "end.pem", folder / "end.key")
        self.listener = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                near = self.listener.accept()[0]
                far = socket.create_connection(self.to)
            except (OSError, ssl.SSLError):
                return
            for ends in ((near, far), (far, near)):
                threading.Thread(target=pour, args=ends, daemon=True).start()

    def close(self):
        self.listener.close()


class SpotterController(BaseClientController, DirectoryBasedController):
    software_name = "Spotter"
    supported_sasl_mechanisms = {"PLAIN", "SCRAM-SHA-256"}
    supports_sts = True
    end = None

    def run(self, hostname, port, auth, tls_config=None):
        self.create_config()
        tls, fingerprints, login = bool(tls_config and tls_config.enable), tls_config.trusted_fingerprints if tls_config else [], ""
        if auth:
            mechanisms = [mechanism.to_string() for mechanism in auth.mechanisms]
            assert set(mechanisms) <= self.supported_sasl_mechanisms | {authentication.Mechanisms.ecdsa_nist256p_challenge.to_string()}
            password = self.directory / "password"
            password.touch(0o600)
            password.write_text((auth.password or "x") + "\n")
            known = ", ".join(f'"{name}"' for name in mechanisms if name in self.supported_sasl_mechanisms)
            login = f'account = "{auth.username}"\n  password_file = "{password}"\n  mechanisms = {{ {known} }}'
            self.end = TlsEnd(self.directory, (hostname, port))
            hostname, port, tls, fingerprints = "127.0.0.1", self.end.port, True, [self.end.fingerprint]
        pins = "".join(f'\n  fingerprint = "{pin}"' for pin in fingerprints)
        (self.directory / "spotter.conf").write_text(
            f'store {{ path = "{self.directory}/spotter.db" }}\nlog {{ level = "debug" }}\nirc "net" {{\n  server = "{hostname}"\n'
            f'  port = {port}\n  tls = {str(tls).lower()}\n  nick = "spotter"\n  {login}{pins}\n}}\n')
        self.proc = self.execute([str(PROGRAM), "run", "--config", str(self.directory / "spotter.conf")])

    def kill(self):
        super().kill()
        if self.end:
            self.end.close()
            self.end = None


def get_irctest_controller_class():
    return SpotterController
