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


PATH = "/.well-known/matrix/client"


class WellKnown(http.server.BaseHTTPRequestHandler):
    """Answers by path: (code, body) or (code, body, where it leads)."""

    answers, asked = {}, []

    def do_GET(self):
        self.asked.append(self.path)
        code, body, *location = self.answers.get(self.path, (404, b"{}"))
        self.send_response(code)
        for where in location:
            self.send_header("Location", where)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve(answer, **more):
    """ANSWER stands where it is looked for; MORE under other paths."""
    WellKnown.answers = {PATH: answer, **{f"/{name}": other for name, other in more.items()}}
    WellKnown.asked.clear()


def names(synapse):
    return 200, json.dumps({"m.homeserver": {"base_url": synapse.url}}).encode()


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
    return subprocess.run([str(PROGRAM), "run", "--config", str(bot.config)], capture_output=True, text=True, timeout=120)


def test_the_user_alone_is_enough(home):
    synapse, bot = home
    serve(names(synapse))
    bot.start()
    assert bot.stop() == 0


def test_a_certificate_that_nobody_vouches_for_is_refused(home):
    synapse, bot = home
    serve(names(synapse))
    bot.config.write_text("\n".join(line for line in bot.config.read_text().splitlines() if "ca_file" not in line))
    done = run(bot)
    assert done.returncode == 69 and "certificate" in done.stderr.lower()


def refused_in_one_line(done):
    assert done.returncode in (69, 78)
    assert ".well-known" in done.stderr or "homeserver" in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("spotter:")]) == 1


def base_url(text):
    return 200, json.dumps({"m.homeserver": {"base_url": text}}).encode()


@pytest.mark.parametrize("answer", [(404, b"{}"), (200, b"<html>"), (200, b'{"m.homeserver": 5}'), base_url("file:///etc/passwd"), (200, b"x" * 2_000_000),
                                    (200, b'{"m.homeserver":' + b"[" * 50_000),
                                    base_url("https://user:secret@localhost"), base_url("https://localhost\r\nX: y"), base_url("https://" + "x" * 5000), base_url(5)],
                         ids=["absent", "html", "wrong-type", "file-url", "huge", "deep", "user", "line", "long", "number"])
def test_a_wrong_well_known_is_said_in_one_line(home, answer):
    serve(answer)
    refused_in_one_line(run(home[1]))


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_followed(home, web, code):
    """MSC4402; the second one names a path alone (RFC 9110, 10.2.2)."""
    synapse, bot = home
    serve((code, b"", f"https://localhost:{web[0]}/moved?here=1"), **{"moved?here=1": (code, b"<html>gone", "/again"), "again": names(synapse)})
    bot.start()
    assert bot.stop() == 0
    assert WellKnown.asked == [PATH, "/moved?here=1", "/again"]


@pytest.mark.parametrize("where", [PATH, "http://localhost:{port}/there", "//localhost:{port}/there", "file:///etc/passwd", "there", "https://", "https://localhost:{port}/" + "x" * 3000, ""],
                         ids=["round", "clear", "without-scheme", "file", "relative", "nowhere", "long", "empty"])
def test_redirects_that_lead_nowhere_end(home, web, where):
    """In a circle, out of TLS, or not at all: what stands there is not read."""
    synapse, bot = home
    serve((302, b"", where.format(port=web[0])), there=names(synapse))
    refused_in_one_line(run(bot))
    assert 1 <= len(WellKnown.asked) <= 6 and set(WellKnown.asked) == {PATH}


def test_a_chain_of_redirects_is_cut(home):
    synapse, bot = home
    for length, good in ((5, True), (6, False)):
        steps = {f"step{at}": (302, b"", f"/step{at + 1}") for at in range(1, length)}
        serve((302, b"", "/step1"), **steps, **{f"step{length}": names(synapse)})
        if good:
            bot.start()
            assert bot.stop() == 0
        else:
            bot.lose_store()
            refused_in_one_line(run(bot))
