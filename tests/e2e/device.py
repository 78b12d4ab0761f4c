"""A device without rooms: an account's keys on vodozemac, to-device messages by plain requests. It says what it is told to, true or
false."""

import base64
import json
import os
import time

import vault
import vodozemac

OLM, MEGOLM = "m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"


class Device:
    """Of USER, by PASSWORD, or of a new account by NAME."""

    def __init__(self, synapse, name="", user=None, password=None, device_id=None):
        self.synapse = synapse
        self.user, self.password = (user, password) if user else synapse.register(name)
        session = synapse.login(self.user, self.password, **({"device_id": device_id} if device_id else {}))
        self.token, self.device = session["access_token"], session["device_id"]
        self.account = vodozemac.Account()
        self.ed25519, self.curve25519 = self.account.ed25519_key.to_base64(), self.account.curve25519_key.to_base64()
        self._sessions = {}
        self.since = None

    def request(self, method, path, body=None):
        return self.synapse.request(method, "/_matrix/client/v3" + path, body, token=self.token)

    def signed(self, what):
        what["signatures"] = {self.user: {"ed25519:" + self.device: self.account.sign(vault.canonical(what)).to_base64()}}
        return what

    def keys(self, **instead):
        """What it publishes, with other keys INSTEAD (ed25519, curve25519)."""
        keys = {"ed25519": self.ed25519, "curve25519": self.curve25519} | instead
        return self.signed({"user_id": self.user, "device_id": self.device, "algorithms": [OLM, MEGOLM],
                            "keys": {f"{name}:{self.device}": key for name, key in keys.items()}})

    def publish(self, keys=None, one_time_keys=None):
        self.request("POST", "/keys/upload", {"device_keys": keys or self.keys(), "one_time_keys": one_time_keys or {}})
        self.since = self.request("GET", "/sync?timeout=0")["next_batch"]
        return self

    def send(self, to, kind, content):
        self.request("PUT", f"/sendToDevice/{kind}/{os.urandom(8).hex()}", {"messages": {to.user: {to.device: content}}})

    def sync(self, timeout=500):
        """The to-device messages that came."""
        answer = self.request("GET", f"/sync?timeout={timeout}&since={self.since}")
        self.since = answer["next_batch"]
        return answer.get("to_device", {}).get("events", [])

    def hears(self, seconds=30):
        """The same, once some have come."""
        deadline = time.monotonic() + seconds
        while not (heard := self.sync()):
            assert time.monotonic() < deadline, f"{self.device} heard nothing in {seconds} s"
        return heard

    def session(self, to):
        """The Olm session with the device TO (user, device, curve25519), made when it is first needed."""
        if to.device not in self._sessions:
            claimed = self.request("POST", "/keys/claim", {"one_time_keys": {to.user: {to.device: "signed_curve25519"}}})
            [key] = claimed["one_time_keys"][to.user][to.device].values()
            self._sessions[to.device] = self.account.create_outbound_session(
                vodozemac.Curve25519PublicKey.from_base64(to.curve25519), vodozemac.Curve25519PublicKey.from_base64(key["key"]))
        return self._sessions[to.device]

    def sealed(self, to, kind, content, **instead):
        """The content of an Olm message for TO; INSTEAD: what its payload says in place of the truth (None: nothing)."""
        payload = {"type": kind, "content": content, "sender": self.user, "keys": {"ed25519": self.ed25519},
                   "recipient": to.user, "recipient_keys": {"ed25519": to.ed25519}, "sender_device_keys": self.keys()} | instead
        payload = {name: value for name, value in payload.items() if value is not None}
        number, body = self.session(to).encrypt(json.dumps(payload).encode()).to_parts()
        return {"algorithm": OLM, "sender_key": self.curve25519,
                "ciphertext": {to.curve25519: {"type": number, "body": base64.b64encode(body).decode()}}}

    def shows(self, user, device):
        """DEVICE of USER, as the homeserver shows it."""
        keys = self.request("POST", "/keys/query", {"device_keys": {user: []}})["device_keys"][user][device]["keys"]
        return Target(user, device, keys["ed25519:" + device], keys["curve25519:" + device])


class Target:
    """Another's device."""

    def __init__(self, user, device, ed25519, curve25519):
        self.user, self.device, self.ed25519, self.curve25519 = user, device, ed25519, curve25519


class RoomKey:
    """An outbound Megolm session of one's own for ROOM."""

    def __init__(self, room):
        self.room, self._session = room, vodozemac.GroupSession()
        self.id = self._session.session_id

    def content(self, **instead):
        """What m.room_key says of it as it stands now."""
        return {"algorithm": MEGOLM, "room_id": self.room, "session_id": self.id,
                "session_key": self._session.session_key.to_base64()} | instead

    def sealed(self, text, **instead):
        """The content of an event of the room; INSTEAD: what its payload says in place of the truth."""
        payload = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": text}, "room_id": self.room} | instead
        return {"algorithm": MEGOLM, "session_id": self.id, "ciphertext": self._session.encrypt(json.dumps(payload).encode()).to_base64()}
