"""A throwaway homeserver: a real Synapse on loopback, its data in a folder of its own, gone when it is closed."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request

from notify import start_and_hear

SERVER_NAME = "gym.test"

CONFIG = """
server_name: {server_name}
pid_file: {folder}/synapse.pid
public_baseurl: http://127.0.0.1:{port}/
listeners:
  - port: {port}
    bind_addresses: ["127.0.0.1"]
    type: http
    tls: false
    x_forwarded: false
    resources: [{{names: [client], compress: false}}]
database: {{name: sqlite3, args: {{database: {folder}/homeserver.db}}}}
log_config: {folder}/log.yaml
media_store_path: {folder}/media
signing_key: "ed25519 a_test {seed}"
registration_shared_secret: {secret}
macaroon_secret_key: {secret}
form_secret: {secret}
report_stats: false
bcrypt_rounds: 4
trusted_key_servers: []
suppress_key_server_warning: true
enable_metrics: false
presence: {{enabled: false}}
federation_domain_whitelist: []
rc_message: {{per_second: {rate}, burst_count: {burst}}}
rc_login:
  address: {{per_second: 1000, burst_count: 1000}}
  account: {{per_second: 1000, burst_count: 1000}}
  failed_attempts: {{per_second: 1000, burst_count: 1000}}
rc_joins: {{local: {{per_second: 1000, burst_count: 1000}}}}
rc_invites:
  per_room: {{per_second: 1000, burst_count: 1000}}
  per_user: {{per_second: 1000, burst_count: 1000}}
  per_issuer: {{per_second: 1000, burst_count: 1000}}
rc_registration: {{per_second: 1000, burst_count: 1000}}
"""

LOG = """
version: 1
formatters: {{plain: {{format: "%(asctime)s %(levelname)s %(name)s %(message)s"}}}}
handlers: {{file: {{class: logging.FileHandler, filename: {folder}/homeserver.log, formatter: plain}}}}
root: {{level: WARNING, handlers: [file]}}
disable_existing_loggers: false
"""


def free_port(given=set()):
    """None that is GIVEN, nor one that the system gives to whoever connects or listens (ip_local_port_range) before it is taken."""
    while True:
        port = 10000 + secrets.randbelow(20000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in given:
                given.add(port)
                return port


class Homeserver:
    """One that runs somewhere."""

    def __init__(self, url):
        self.url = url

    def request(self, method, path, body=None, token=None):
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def login(self, user, password, **more):
        """A new session, with its access_token and device_id; MORE: device_id, …"""
        return self.request("POST", "/_matrix/client/v3/login", {
            "type": "m.login.password", "identifier": {"type": "m.id.user", "user": user}, "password": password, **more})


class Synapse(Homeserver):
    """rate and burst limit the messages of one account; the defaults limit nobody. REGISTRATION is an application service's, as its
    file has it."""

    def __init__(self, rate=10000, burst=10000, server_name=SERVER_NAME, registration=None):
        self._temporary = tempfile.TemporaryDirectory(prefix="spotter-synapse-")
        self.folder = self._temporary.name
        self.port = free_port()
        super().__init__(f"http://127.0.0.1:{self.port}")
        self.server_name = server_name
        self.secret = secrets.token_hex(16)
        seed = base64.b64encode(os.urandom(32)).decode().rstrip("=")
        values = dict(server_name=server_name, folder=self.folder, port=self.port, secret=self.secret, seed=seed,
                      rate=rate, burst=burst)
        with open(f"{self.folder}/homeserver.yaml", "w") as file:
            file.write(CONFIG.format(**values))
            if registration:
                file.write(f"app_service_config_files: [{self.folder}/registration.yaml]\n")
        if registration:
            with open(f"{self.folder}/registration.yaml", "w") as file:
                json.dump(registration, file)  # which is YAML, too
        with open(f"{self.folder}/log.yaml", "w") as file:
            file.write(LOG.format(**values))
        self.process = None
        self.start()

    def start(self):
        self.process, failure = start_and_hear(
            [sys.executable, "-m", "synapse.app.homeserver", "-c", f"{self.folder}/homeserver.yaml"], f"{self.folder}/notify", 90,
            cwd=self.folder, stdout=open(f"{self.folder}/out", "ab"), stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        if failure:
            raise RuntimeError(f"Synapse did not start ({failure}):\n" + open(f"{self.folder}/out").read())

    def stop(self):
        """Ends the process; start() continues with the same data."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def close(self):
        self.stop()
        self._temporary.cleanup()

    def register(self, name, admin=False):
        """Makes an account without a device; returns (user id, password)."""
        password = secrets.token_hex(8)
        nonce = self.request("GET", "/_synapse/admin/v1/register")["nonce"]
        mac = hmac.new(self.secret.encode(), digestmod=hashlib.sha1)
        mac.update(b"\0".join([nonce.encode(), name.encode(), password.encode(), b"admin" if admin else b"notadmin"]))
        session = self.request("POST", "/_synapse/admin/v1/register", {
            "nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac.hexdigest()})
        self.request("POST", "/_matrix/client/v3/logout", {}, token=session["access_token"])
        return f"@{name}:{self.server_name}", password
