"""A person at a phone: an end-to-end encrypted client (matrix-nio with vodozemac), and what it saw."""

import asyncio
import json
import time

import nio

# Synapse's default of ten would hide most of a burst from this client, which does not fetch what lies behind.
FILTER = {"room": {"timeline": {"limit": 1000}}}


def open_client(url, user, store):
    config = nio.AsyncClientConfig(store_sync_tokens=True, encryption_enabled=True, max_timeouts=5)
    return nio.AsyncClient(url, user, store_path=str(store), config=config)


async def sync(client, **more):
    await client.sync(sync_filter=FILTER, **more)
    if client.should_upload_keys:
        await client.keys_upload()


class Person:
    """What is the same on every library: SELF sends, and has replies_to() and a transcript(); what it saw sets _changed."""

    def __init__(self, user):
        self.user = user
        self._changed = asyncio.Event()

    async def until(self, condition, what, timeout=30):
        """Waits for CONDITION, looked at again after each event and at least four times a second. Returns what it gives."""
        deadline = time.monotonic() + timeout
        while not (found := condition()):
            self._changed.clear()
            left = deadline - time.monotonic()
            assert left > 0, f"{self.user} waited {timeout} s in vain: {what}\n{self.transcript()}"
            try:
                await asyncio.wait_for(self._changed.wait(), min(left, 0.25))
            except asyncio.TimeoutError:
                pass
        return found

    async def edit(self, room, event_id, text):
        return await self.send(room, {
            "msgtype": "m.text", "body": "* " + text, "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event_id}})

    async def react(self, room, event_id, key):
        return await self.send(room, {"m.relates_to": {"rel_type": "m.annotation", "event_id": event_id, "key": key}}, "m.reaction")

    async def reply_to(self, event_id, timeout=30):
        return (await self.until(lambda: self.replies_to(event_id), f"a reply to {event_id}", timeout))[0]


class Lifter(Person):
    """One logged-in client. `events` holds every room event as it was seen, decrypted where it could be."""

    def __init__(self, url, user, store):
        super().__init__(user)
        self.client = open_client(url, user, store)
        self.events = []
        self.typed = []
        self.undecryptable = []
        self._task = None

    async def login(self, password, device_name="phone"):
        response = await self.client.login(password, device_name=device_name)
        assert isinstance(response, nio.LoginResponse), response
        self.client.add_event_callback(self._saw, nio.Event)
        await sync(self.client, timeout=0, full_state=True)
        self._task = asyncio.create_task(self._follow())
        return self

    async def _follow(self):
        while True:
            try:
                await sync(self.client, timeout=30000)
                if self.client.should_query_keys:
                    await self.client.keys_query()
            except (asyncio.TimeoutError, OSError, nio.exceptions.LocalProtocolError):
                await asyncio.sleep(0.2)
            except Exception as failure:  # aiohttp's errors while the server is away
                if type(failure).__module__.split(".")[0] != "aiohttp":
                    raise
                await asyncio.sleep(0.2)

    async def _saw(self, room, event):
        if isinstance(event, nio.MegolmEvent):
            self.undecryptable.append(event)
        self.events.append((room.room_id, event, time.monotonic()))
        self._changed.set()

    async def close(self):
        if self._task:
            self._task.cancel()
            try:
                await self._task
            except (asyncio.CancelledError, Exception):
                pass
        await self.client.close()

    async def direct_chat(self, other, encrypted=True, **more):
        """Makes a direct chat with OTHER and waits until they have joined."""
        state = [nio.EnableEncryptionBuilder().as_dict()] if encrypted else []
        response = await self.client.room_create(is_direct=True, invite=[other], initial_state=state, **more)
        assert isinstance(response, nio.RoomCreateResponse), response
        await self.until(lambda: self._joined(response.room_id, other), f"{other} joins")
        return response.room_id

    def _joined(self, room_id, user):
        room = self.client.rooms.get(room_id)
        return room is not None and user in room.users and user not in room.invited_users

    async def send(self, room_id, content, kind="m.room.message"):
        """Sends CONTENT (a text or a whole content), once this client has the room, to all devices that it has heard of (nio asks for
        their keys before its first message in a room alone); returns the event's id."""
        await self.until(lambda: room_id in self.client.rooms, f"the room {room_id}")
        if self.client.rooms[room_id].encrypted and self.client.should_query_keys:
            await self.client.keys_query()
        if isinstance(content, str):
            self.typed.append(content)
            content = {"msgtype": "m.text", "body": content}
        response = await self.client.room_send(room_id, kind, content, ignore_unverified_devices=True)
        assert isinstance(response, nio.RoomSendResponse), response
        return response.event_id

    async def redact(self, room_id, event_id):
        response = await self.client.room_redact(room_id, event_id)
        assert isinstance(response, nio.RoomRedactResponse), response
        return response.event_id

    async def group(self, other, *people):
        """Makes a room in the clear with OTHER, who is invited, and PEOPLE, who join."""
        response = await self.client.room_create(invite=[other, *(person.user for person in people)])
        assert isinstance(response, nio.RoomCreateResponse), response
        for person in people:
            await person.client.join(response.room_id)
        for person in (self, *people):
            await person.until(lambda: all(person._joined(response.room_id, user) for user in [other, *(p.user for p in people)]), "all join")
        return response.room_id

    async def bring(self, room_id, person):
        """Invites PERSON into the room, and waits until they have come, as both see it."""
        await self.client.room_invite(room_id, person.user)
        await person.until(lambda: room_id in person.client.invited_rooms, "the invitation")
        await person.client.join(room_id)
        for one in (self, person):
            await one.until(lambda: one._joined(room_id, person.user), f"{person.user} joins")

    @staticmethod
    def relation(event):
        return event.source.get("content", {}).get("m.relates_to", {}) or {}

    def replies_to(self, event_id):
        """The messages (no edits) that name EVENT_ID in m.in_reply_to."""
        return [event for _, event, _ in self.events
                if isinstance(event, nio.RoomMessageText | nio.RoomMessageNotice) and event.sender != self.user
                and self.relation(event).get("m.in_reply_to", {}).get("event_id") == event_id
                and self.relation(event).get("rel_type") != "m.replace"]

    def calls(self, room_id):
        """What was said in the room without being an answer, with a mention of this person: check-ins, digests and pings."""
        return [event for room, event, _ in self.events
                if room == room_id and isinstance(event, nio.RoomMessageText) and event.sender != self.user
                and self.user in event.source["content"].get("m.mentions", {}).get("user_ids", [])]

    def edits_of(self, event_id):
        return [event for _, event, _ in self.events
                if self.relation(event).get("rel_type") == "m.replace"
                and self.relation(event).get("event_id") == event_id]

    def signs_on(self, event_id):
        """The keys of the reactions that others put on EVENT_ID."""
        return [self.relation(event).get("key") for _, event, _ in self.events
                if event.sender != self.user and self.relation(event).get("rel_type") == "m.annotation"
                and self.relation(event).get("event_id") == event_id]

    async def ask(self, room_id, text, timeout=30):
        """Sends TEXT and returns the event that answers it."""
        return await self.reply_to(await self.send(room_id, text), timeout)

    async def edited(self, event_id, timeout=30):
        await self.until(lambda: self.edits_of(event_id), f"an edit of {event_id}", timeout)
        return self.edits_of(event_id)[-1].source["content"]["m.new_content"]["body"]

    def transcript(self):
        return "\n".join(f"  {event.sender}: {getattr(event, 'body', None) or json.dumps(event.source)[:200]}"
                         for _, event, _ in self.events[-20:])
