"""The other side of a verification by emoji, written from the specification alone on vodozemac's Sas: one of them, messages in,
messages out. What a test spoils is an attribute or a message that it changes on the way."""

import base64
import hashlib

import vault
import vodozemac

PREFIX = "m.key.verification."
# matrix-spec, data-definitions/sas-emoji.json
NAMES = """Dog Cat Lion Horse Unicorn Pig Elephant Rabbit Panda Rooster Penguin Turtle Fish Octopus Butterfly Flower Tree Cactus Mushroom
Globe Moon Cloud Fire Banana Apple Strawberry Corn Pizza Cake Heart Smiley Robot Hat Glasses Spanner Santa Thumbs_Up Umbrella Hourglass
Clock Gift Light_Bulb Book Pencil Paperclip Scissors Lock Key Hammer Telephone Flag Train Bicycle Aeroplane Rocket Trophy Ball Guitar
Trumpet Bell Anchor Headphones Folder Pin""".split()
NAMES = [name.replace("_", " ") for name in NAMES]
START = {"method": "m.sas.v1", "key_agreement_protocols": ["curve25519-hkdf-sha256"], "hashes": ["sha256"],
         "message_authentication_codes": ["hkdf-hmac-sha256.v2", "hkdf-hmac-sha256"],
         "short_authentication_string": ["decimal", "emoji"]}


def canonical(content):
    return vault.canonical(content).decode()


class Side:
    """A user's device with its keys; MASTER is the public master key, or "" without an identity."""

    def __init__(self, user, device, ed25519, master=""):
        self.user, self.device, self.ed25519, self.master = user, device, ed25519, master

    def words(self):
        return self.user, self.device, self.ed25519, self.master


class Peer:
    """BINDING is what each content holds: {"transaction_id": …} or {"m.relates_to": …}. Messages to be sent are in `out`."""

    def __init__(self, own, other, identifier, binding):
        self.own, self.other, self.id, self.binding = own, other, identifier, binding
        self._sas = vodozemac.Sas()
        self.public = self._sas.public_key.to_base64()
        self.out, self.began, self.start, self.commitment, self.theirs = [], False, None, None, None
        self.established = self.cancelled = None
        self.verified, self.confirmed, self.done = set(), False, False

    def say(self, kind, content):
        self.out.append((PREFIX + kind, {**content, **self.binding}))

    def begin(self, **more):
        self.start = {"from_device": self.own.device, **START, **more, **self.binding}
        self.began = True
        self.out.append((PREFIX + "start", self.start))

    def _commitment(self, key, start):
        return vault.unpadded(hashlib.sha256((key + canonical(start)).encode()).digest())

    def take(self, kind, content):
        getattr(self, "_take_" + kind.removeprefix(PREFIX))(content)

    def _take_ready(self, content):
        self.methods = content["methods"]
        assert "m.sas.v1" in self.methods

    def _take_start(self, content):
        """As the specification settles it where both have begun."""
        assert content["from_device"] == self.other.device
        if self.began and (self.own.user, self.own.device) < (self.other.user, self.other.device):
            return
        self.began, self.start = False, content
        self.say("accept", {"method": "m.sas.v1", "key_agreement_protocol": "curve25519-hkdf-sha256", "hash": "sha256",
                            "message_authentication_code": "hkdf-hmac-sha256.v2",
                            "short_authentication_string": ["decimal", "emoji"],
                            "commitment": self._commitment(self.public, content)})

    def _take_accept(self, content):
        assert content["key_agreement_protocol"] == "curve25519-hkdf-sha256" and content["hash"] == "sha256"
        assert content["message_authentication_code"] == "hkdf-hmac-sha256.v2"
        self.commitment = content["commitment"]
        self.say("key", {"key": self.public})

    def _take_key(self, content):
        self.theirs = content["key"]
        if self.began:
            assert self.commitment == self._commitment(self.theirs, self.start), "the commitment"
        else:
            self.say("key", {"key": self.public})
        self.established = self._sas.diffie_hellman(vodozemac.Curve25519PublicKey.from_base64(self.theirs))

    def _info(self):
        ours, theirs = (self.own, self.public), (self.other, self.theirs)
        sides = (ours, theirs) if self.began else (theirs, ours)
        return "MATRIX_KEY_VERIFICATION_SAS|" + "".join(f"{side.user}|{side.device}|{key}|" for side, key in sides) + self.id

    def shown(self):
        """Seven names and three numbers."""
        shown = self.established.bytes(self._info())
        return [NAMES[index] for index in shown.emoji_indices], list(shown.decimals)

    def _mac(self, from_side, to_side, key_id, what):
        info = "MATRIX_KEY_VERIFICATION_MAC" + from_side.user + from_side.device + to_side.user + to_side.device + self.id + key_id
        return self.established.calculate_mac(what, info)

    def macs(self, keys):
        """The content of a MAC over KEYS, {key id: key}."""
        return {"mac": {key_id: self._mac(self.own, self.other, key_id, key) for key_id, key in keys.items()},
                "keys": self._mac(self.own, self.other, "KEY_IDS", ",".join(sorted(keys)))}

    def keys(self):
        return {"ed25519:" + self.own.device: self.own.ed25519} | ({"ed25519:" + self.own.master: self.own.master} if self.own.master else {})

    def confirm(self):
        self.say("mac", self.macs(self.keys()))
        self.confirmed = True
        self._finish()

    def _finish(self):
        if self.confirmed and self.verified:
            self.say("done", {})

    def _take_mac(self, content):
        assert content["keys"] == self._mac(self.other, self.own, "KEY_IDS", ",".join(sorted(content["mac"])))
        known = {"ed25519:" + self.other.device: self.other.ed25519, "ed25519:" + self.other.master: self.other.master}
        for key_id, mac in content["mac"].items():
            assert mac == self._mac(self.other, self.own, key_id, known[key_id])
            assert len(base64.b64decode(mac + "=")) == 32
            self.verified.add(key_id)
        self._finish()

    def _take_done(self, content):
        self.done = True

    def _take_cancel(self, content):
        self.cancelled = content["code"]
