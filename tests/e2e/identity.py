"""Identities from outside: the bot's account, with the commands that make and restore its own, and those of people."""

import json
import os
import urllib.error

import vault

ACCOUNT = "/_matrix/client/v3/user/{}/account_data/{}"


def made(user):
    """A new identity of USER's: its private keys, and what publishes it."""
    seeds = {usage: os.urandom(32) for usage in vault.CROSS_SIGNING}
    body = {}
    for usage, seed in seeds.items():
        key = vault.ed25519_public(seed)
        body[usage + "_key"] = {"user_id": user, "usage": [usage], "keys": {"ed25519:" + key: key}}
        if usage != "master":
            vault.sign(body[usage + "_key"], user, seeds["master"])
    return seeds, body


def with_password(post, path, body, user, password):
    """What needs the password again, if it does."""
    try:
        return post(path, body)
    except urllib.error.HTTPError as error:
        session = json.load(error)["session"]
    return post(path, {**body, "auth": {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user},
                                        "password": password, "session": session}})


class Account:
    """The bot's account as a client of its own would see it."""

    def __init__(self, synapse, bot):
        self.synapse, self.bot, self.user = synapse, bot, bot.user
        self.token = synapse.login(bot.user, bot.password, device_id="WATCHER")["access_token"]

    def get(self, path):
        try:
            return self.synapse.request("GET", path, token=self.token)
        except urllib.error.HTTPError as error:
            assert error.code == 404, error.read()
            return None

    def post(self, path, body, method="POST"):
        return self.synapse.request(method, path, body, token=self.token)

    def data(self, kind):
        return self.get(ACCOUNT.format(self.user, kind))

    def put(self, kind, content):
        self.post(ACCOUNT.format(self.user, kind), content, "PUT")

    def keys(self):
        return self.post("/_matrix/client/v3/keys/query", {"device_keys": {self.user: []}})

    def devices(self):
        return {device["device_id"] for device in self.get("/_matrix/client/v3/devices")["devices"]} - {"WATCHER"}

    def authenticated(self, path, body):
        return with_password(self.post, path, body, self.user, self.bot.password)

    def secret(self, key, name):
        [(key_id, sealed)] = self.data(name)["encrypted"].items()
        assert key_id == self.data("m.secret_storage.default_key")["key"]
        return vault.unbase64(vault.open_sealed(key, name, sealed).decode())

    def identity(self, shown=None):
        """The master and the self-signing key, the chain checked."""
        shown = shown or self.keys()
        master, self_signing = shown["master_keys"][self.user], shown["self_signing_keys"][self.user]
        master_key = vault.public_key(master, self.user, "master")
        assert vault.signed_by(self_signing, self.user, master_key)
        assert vault.signed_by(shown["user_signing_keys"][self.user], self.user, master_key)
        return master_key, vault.public_key(self_signing, self.user, "self_signing")

    def is_signed(self, device):
        shown = self.keys()
        return vault.signed_by(shown["device_keys"][self.user][device], self.user, self.identity(shown)[1])

    def publish_identity(self):
        """What another client does, also in place of the keys that there are ("reset"). Returns the private keys."""
        seeds, body = made(self.user)
        self.authenticated("/_matrix/client/v3/keys/device_signing/upload", body)
        return seeds


class Identity:
    """Of a person, by TOKEN of one of their devices. `seeds` are the private keys of the latest."""

    def __init__(self, synapse, user, password, token):
        self.synapse, self.user, self.password, self.token = synapse, user, password, token
        self.seeds = None

    def _post(self, path, body):
        return self.synapse.request("POST", path, body, token=self.token)

    @property
    def master(self):
        return vault.ed25519_public(self.seeds["master"])

    def publish(self):
        """Makes one, in place of the one that there may be ("reset")."""
        self.seeds, body = made(self.user)
        with_password(self._post, "/_matrix/client/v3/keys/device_signing/upload", body, self.user, self.password)
        return self

    def sign(self, *devices):
        shown = self._post("/_matrix/client/v3/keys/query", {"device_keys": {self.user: []}})["device_keys"][self.user]
        for device in devices:
            bare = {key: value for key, value in shown[device].items() if key not in ("signatures", "unsigned")}
            answer = self._post("/_matrix/client/v3/keys/signatures/upload",
                                {self.user: {device: vault.sign(bare, self.user, self.seeds["self_signing"])}})
            assert not answer["failures"], answer
        return self


def key_file(bot):
    return bot.folder / "recovery-key"


def bootstrap(bot):
    code, said = bot.command("bootstrap", "--recovery-key-file", key_file(bot))
    assert code == 0, said
    return said


def verify(bot):
    return bot.command("verify", "--recovery-key-file", key_file(bot))


def write_key(bot, text):
    path = key_file(bot)
    path.unlink(missing_ok=True)
    path.touch(0o600)
    path.write_text(text)
