"""An authorisation server of our own in front of Synapse (OAuth 2.0 API of the Client-Server API, device grant of RFC 8628): it gives
out tokens, takes them back, and maps those that are good onto a session of Synapse's. Everything of it can be scripted.

A rule is called as rule(authority, path, form) for each request to it and returns None (as it should be), or (status, body).
"""

import http.client
import json
import secrets
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOST = "lost"  # a rule's other answer: it is done, and the connection closed instead of an answer
DEVICE = "urn:matrix:client:device:"


class Authority:
    def __init__(self, synapse, user, password, **grant):
        self.synapse, self.user, self.password = synapse, user, password
        self.grant = {"expires_in": 120, "interval": 1, **grant}
        self.rule = lambda authority, path, form: None
        self.before = lambda method, path: None  # of what is the homeserver's
        self.lock = threading.RLock()
        self.seen = []  # (monotonic time, path, form)
        self.clients, self.codes, self.access, self.refresh, self.sessions, self.follows = set(), {}, {}, {}, {}, {}
        self.issued = []  # every token that was ever given out
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"authority": self}))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def times(self, path, **form):
        return [at for at, where, sent in self.seen if where == path and form.items() <= sent.items()]

    def polls(self):
        return [at for at, where, form in self.seen if where == "/token" and "device_code" in form]

    def refreshes(self):
        return [form["refresh_token"] for _, where, form in self.seen if where == "/token" and "refresh_token" in form]

    # ---- what people and operators do

    def decide(self, verdict="allowed", user=None, password=None):
        """As the person in the browser: of every code that waits."""
        with self.lock:
            for code in self.codes.values():
                code.update(verdict=verdict, user=user or self.user, password=password or self.password)

    def expire(self):
        """No access token is good any longer."""
        with self.lock:
            self.access.clear()

    def revoke(self):
        """Nor is a refresh token; and the devices are gone."""
        with self.lock:
            self.access.clear()
            self.refresh.clear()
            while self.sessions:
                self.synapse.request("POST", "/_matrix/client/v3/logout", {}, token=self.sessions.popitem()[1])

    # ---- tokens

    def _session(self, user, password, device):
        """Synapse's own token for that device."""
        if (user, device) not in self.sessions:
            self.sessions[user, device] = self.synapse.login(user, password, device_id=device)["access_token"]
        return self.sessions[user, device]

    def _tokens(self, session, scope, old=None):
        access, refresh = (f"{kind}-canary-{secrets.token_hex(16)}" for kind in ("access", "refresh"))
        self.access[access] = session
        self.refresh[refresh] = (session, scope)
        self.follows[access] = self.follows[refresh] = old
        self.issued += [access, refresh]
        return 200, {"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": 300, "scope": scope}

    def _used(self, token):
        """A refresh token stays good until what it gave is used, as with a server that thinks of lost answers."""
        self.refresh.pop(self.follows.get(token), None)

    def answer(self, path, form):
        with self.lock:
            return getattr(self, "_" + path[1:])(form)

    def _metadata(self, form):
        return 200, {"issuer": f"{self.url}/", "token_endpoint": f"{self.url}/token", "registration_endpoint": f"{self.url}/register",
                     "device_authorization_endpoint": f"{self.url}/device", "revocation_endpoint": f"{self.url}/revoke",
                     "authorization_endpoint": f"{self.url}/authorize", "response_types_supported": ["code"],
                     "grant_types_supported": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
                     "code_challenge_methods_supported": ["S256"]}

    def _register(self, form):
        if not form["client_uri"].startswith("https://") or form["token_endpoint_auth_method"] != "none" or \
                "urn:ietf:params:oauth:grant-type:device_code" not in form["grant_types"]:
            return 400, {"error": "invalid_client_metadata"}
        client = "client-" + secrets.token_hex(4)
        self.clients.add(client)
        return 201, {**form, "client_id": client}

    def _device(self, form):
        if form["client_id"] not in self.clients:
            return 400, {"error": "invalid_client"}
        code, name = "device-canary-" + secrets.token_hex(16), secrets.token_hex(2).upper() + "-GYM"
        self.codes[code] = {"scope": form["scope"], "verdict": None}
        self.issued.append(code)
        return 200, {"device_code": code, "user_code": name, "verification_uri": f"{self.url}/link",
                     "verification_uri_complete": f"{self.url}/link?code={name}", **self.grant}

    def _token(self, form):
        if form["client_id"] not in self.clients:
            return 401, {"error": "invalid_client"}
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] not in self.refresh:
                return 400, {"error": "invalid_grant", "error_description": f"{form['refresh_token']} is unknown"}
            self._used(form["refresh_token"])
            return self._tokens(*self.refresh[form["refresh_token"]], form["refresh_token"])
        code = self.codes.get(form["device_code"])
        if code is None:
            return 400, {"error": "expired_token"}
        if code["verdict"] is None:
            return 400, {"error": "authorization_pending"}
        del self.codes[form["device_code"]]
        if code["verdict"] == "denied":
            return 403, {"error": "access_denied"}
        api, device = code["scope"].split(" ")
        assert api == "urn:matrix:client:api:*" and device.startswith(DEVICE) and len(device) >= len(DEVICE) + 10
        return self._tokens(self._session(code["user"], code["password"], device[len(DEVICE):]), code["scope"])


    def _revoke(self, form):
        """RFC 7009, with nothing in the answer: the whole session goes, and with it the device."""
        if form["client_id"] not in self.clients:
            return 401, {"error": "invalid_client"}
        session = self.access.get(form["token"]) or self.refresh.get(form["token"], [None])[0]
        self.access = {token: of for token, of in self.access.items() if of != session}
        self.refresh = {token: of for token, of in self.refresh.items() if of[0] != session}
        for whose in [whose for whose, of in self.sessions.items() if of == session]:
            self.synapse.request("POST", "/_matrix/client/v3/logout", {}, token=self.sessions.pop(whose))
        return 200, b""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    paths = {"/_matrix/client/v1/auth_metadata": "/metadata"}

    def log_message(self, *arguments):
        pass

    def do(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.paths.get(self.path, self.path)
        try:
            if path.startswith("/_"):
                self.pass_on(body)
            else:
                self.authorise(path, body)
        except (ConnectionError, http.client.HTTPException):
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = do

    def authorise(self, path, body):
        authority = self.authority
        if self.headers.get("Content-Type") == "application/json" and body:
            form = json.loads(body)
        else:
            form = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True)) if body else {}
        assert "Authorization" not in self.headers  # its tokens are for the homeserver alone
        authority.seen.append((time.monotonic(), path, form))
        ruled = authority.rule(authority, path, form)
        status, answer = ruled if ruled not in (None, LOST) else authority.answer(path, form)
        if ruled == LOST:
            self.close_connection = True
        else:
            self.send(status, answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    def pass_on(self, body):
        authority = self.authority
        authority.before(self.command, self.path)
        headers = {"Content-Type": self.headers.get("Content-Type") or "application/json"}
        if "Authorization" in self.headers:
            with authority.lock:
                token = self.headers["Authorization"].removeprefix("Bearer ")
                session = authority.access.get(token)
                if session is not None:
                    authority._used(token)
            if session is None:  # as Synapse says it behind an authorisation server: no soft_logout
                self.send(401, b'{"errcode":"M_UNKNOWN_TOKEN","error":"Token is not active"}')
                return
            headers["Authorization"] = "Bearer " + session
        connection = http.client.HTTPConnection("127.0.0.1", authority.synapse.port, timeout=60)
        connection.request(self.command, self.path, body, headers)
        response = connection.getresponse()
        self.send(response.status, response.read())
        connection.close()

    def send(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
