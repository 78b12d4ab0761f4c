"""A lifter on matrix-nio with vodozemac. It knows no cross-signing, so this holds devices against their owners' identities in its
stead: only what those have signed is given keys, and shown without a shield. One JSON object a line, as ../peer.py describes it."""

import asyncio
import json
import os
import pathlib
import sys
import urllib.error

import aiohttp
import nio

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "e2e"))
import vault  # noqa: E402
from identity import Identity  # noqa: E402
from lifter import open_client, sync  # noqa: E402
from synapse import Homeserver  # noqa: E402

V3 = "/_matrix/client/v3"


def say(what):
    print(json.dumps(what), flush=True)


async def persist(step):
    """Again and again while the homeserver is away."""
    while True:
        try:
            return await step()
        except urllib.error.HTTPError:
            raise
        except (asyncio.TimeoutError, OSError, aiohttp.ClientError):
            await asyncio.sleep(0.5)


class Peer:
    def __init__(self):
        self.client = self.store = self.server = self._task = None

    # ---- devices

    async def ask(self, method, path, body=None):
        return await asyncio.to_thread(self.server.request, method, V3 + path, body, self.client.access_token)

    async def judge(self):
        """Trusts each device that its owner's identity has signed, and no other."""
        if self.client.should_query_keys:
            await self.client.keys_query()
        unknown = [device for device in self.client.device_store if not device.verified]
        if not unknown:
            return
        shown = await self.ask("POST", "/keys/query", {"device_keys": {device.user_id: [] for device in unknown}})
        for device in unknown:
            keys = shown["device_keys"].get(device.user_id, {}).get(device.device_id)
            if keys and keys["keys"]["ed25519:" + device.device_id] == device.ed25519 and self.signed(shown, device.user_id, keys):
                self.client.verify_device(device)
            else:
                self.client.blacklist_device(device)

    @staticmethod
    def signed(shown, user, keys):
        if user not in shown["master_keys"] or user not in shown["self_signing_keys"]:
            return False
        signer = shown["self_signing_keys"][user]
        return (vault.signed_by(signer, user, vault.public_key(shown["master_keys"][user], user, "master"))
                and vault.signed_by(keys, user, vault.public_key(signer, user, "self_signing")))

    # ---- what it sees

    async def saw(self, room, event):
        unreadable, shield = isinstance(event, nio.MegolmEvent), None
        if event.decrypted:
            await persist(self.judge)
            sender = [device for device in self.client.device_store.active_user_devices(event.sender)
                      if device.curve25519 == event.sender_key]
            shield = {"colour": "none" if sender and sender[0].verified else "red", "reason": None}
        content = event.source.get("content", {})
        say({"event": {
            "room": room.room_id, "id": event.event_id, "at": event.server_timestamp, "sender": event.sender,
            "type": event.source["type"], "content": content, "relation": content.get("m.relates_to"),
            "encrypted": unreadable or event.decrypted, "failure": "no key" if unreadable else None, "shield": shield}})

    async def follow(self):
        while True:
            await persist(self.round)

    async def round(self):
        await sync(self.client, timeout=30000)
        await self.judge()

    # ---- what it is told

    def open(self, url, user, store):
        self.client, self.store, self.server = open_client(url, user, store), pathlib.Path(store), Homeserver(url)

    async def start(self):
        self.client.add_event_callback(self.saw, nio.Event)
        await sync(self.client, timeout=0, full_state=True)
        self._task = asyncio.create_task(self.follow())
        self._task.add_done_callback(lambda task: task.cancelled() or os._exit(1) if task.exception() else None)

    async def login(self, url, user, password, name, store, signed, recovery_key, **_):
        self.open(url, user, store)
        assert isinstance(await self.client.login(password, device_name=name), nio.LoginResponse)
        (self.store / "session").write_text(json.dumps([url, user, self.client.device_id, self.client.access_token]))
        await self.start()
        if signed:
            recovery_key = await asyncio.to_thread(self.identity, password, recovery_key)
        return {"device": self.client.device_id, "token": self.client.access_token, "recovery_key": recovery_key}

    def identity(self, password, seeds):
        """The recovery key of this library's people is the private keys themselves."""
        identity = Identity(self.server, self.client.user_id, password, self.client.access_token)
        if seeds:
            identity.seeds = {usage: bytes.fromhex(seed) for usage, seed in json.loads(seeds).items()}
        else:
            identity.publish()
        identity.sign(self.client.device_id)
        return json.dumps({usage: seed.hex() for usage, seed in identity.seeds.items()})

    async def resume(self, store, **_):
        url, user, device, token = json.loads((pathlib.Path(store) / "session").read_text())
        self.open(url, user, store)
        self.client.restore_login(user, device, token)
        await self.start()
        return {}

    async def logout(self, **_):
        self._task.cancel()
        await self.client.logout()
        return {}

    async def send(self, room, type, content, **_):
        await self.judge()
        try:
            answer = await self.client.room_send(room, type, content)
        except KeyError:  # a device came or went while the room key was on its way: nio has dropped it before its use
            return await self.send(room, type, content)
        assert isinstance(answer, nio.RoomSendResponse), answer
        return {"id": answer.event_id}

    async def joined(self, room, **_):
        room = self.client.rooms.get(room)
        return {"users": [user for user in room.users if user not in room.invited_users] if room else []}

    async def history(self, room, least, **_):
        count, start = 0, ""
        while count < least and start is not None:
            page = await self.client.room_messages(room, start, limit=100, direction=nio.MessageDirection.back)
            assert isinstance(page, nio.RoomMessagesResponse), page
            for event in page.chunk:
                await self.saw(self.client.rooms[room], event)
            count, start = count + len(page.chunk), page.end
        return {"events": count}


async def main():
    peer, lines = Peer(), asyncio.StreamReader(limit=1 << 24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)

    async def obey(number, command, **more):
        try:
            say({"n": number, **await getattr(peer, command)(**more)})
        except Exception as failure:
            say({"n": number, "error": repr(failure)})

    tasks = set()
    async for line in lines:
        order = json.loads(line)
        tasks.add(asyncio.create_task(obey(order.pop("n"), **order)))


asyncio.run(main())
