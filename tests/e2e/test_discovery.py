"""The homeserver is found by .well-known over TLS, verified against the system's or a private CA; a wrong server is said."""

import datetime
import http.server
import json
import os
import ssl
import subprocess
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from spotter import PROGRAM, Spotter
from synapse import Synapse


def make_certificate(folder):
    """A private CA's own certificate for localhost; returns (certificate, key) as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Spotter test CA")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
                   .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
                   .not_valid_after(now + datetime.timedelta(days=1))
                   .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
                   .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
                   .sign(key, hashes.SHA256()))
    (folder / "ca.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "ca.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                                      serialization.NoEncryption()))
    return folder / "ca.pem", folder / "ca.key"


class WellKnown(http.server.BaseHTTPRequestHandler):
    answer = (404, b"{}")

    def do_GET(self):
        code, body = self.answer if self.path == "/.well-known/matrix/client" else (404, b"{}")
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    """A TLS server on localhost that serves .well-known; yields (port, certificate)."""
    certificate, key = make_certificate(tmp_path_factory.mktemp("ca"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), WellKnown)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], certificate
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def own_synapse(web):
    """A Synapse whose server name is the web server's."""
    synapse = Synapse(server_name=f"localhost:{web[0]}")
    yield synapse
    synapse.close()


@pytest.fixture
def home(web, own_synapse):
    """That Synapse, and a bot that is told of nothing but its user."""
    bot = Spotter(own_synapse, f"spotter{os.urandom(4).hex()}", more=f'ca_file = "{web[1]}"')
    bot.config.write_text(bot.config.read_text().replace(f'homeserver = "{own_synapse.url}"', ""))
    yield own_synapse, bot
    bot.close()


def run(bot):
    return subprocess.run([str(PROGRAM), "run", "--config", str(bot.config)], capture_output=True, text=True, timeout=60)


def test_the_user_alone_is_enough(home):
    synapse, bot = home
    WellKnown.answer = (200, json.dumps({"m.homeserver": {"base_url": synapse.url}}).encode())
    bot.start()
    assert bot.stop() == 0


def test_a_certificate_that_nobody_vouches_for_is_refused(home):
    synapse, bot = home
    WellKnown.answer = (200, json.dumps({"m.homeserver": {"base_url": synapse.url}}).encode())
    bot.config.write_text("\n".join(line for line in bot.config.read_text().splitlines() if "ca_file" not in line))
    done = run(bot)
    assert done.returncode == 69 and "certificate" in done.stderr.lower()


@pytest.mark.parametrize("answer", [(404, b"{}"), (200, b"<html>"), (200, b'{"m.homeserver": 5}'),
                                    (200, b'{"m.homeserver": {"base_url": "file:///etc/passwd"}}'), (200, b"x" * 2_000_000)],
                         ids=["absent", "html", "wrong-type", "file-url", "huge"])
def test_a_wrong_well_known_is_said_in_one_line(home, answer):
    _, bot = home
    WellKnown.answer = answer
    done = run(bot)
    assert done.returncode in (69, 78)
    assert ".well-known" in done.stderr or "well-known" in done.stderr or "homeserver" in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("spotter:")]) == 1
