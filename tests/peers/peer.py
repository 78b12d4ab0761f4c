"""People on other client libraries. Each is a program of its own that is told what to do by lines of JSON, and tells what it sees.

    {"n": 1, "command": "login", …}    is answered by {"n": 1, …}, or {"n": 1, "error": "…"}:
      login    url, user, password, name, store (a folder), signed, recovery_key → device, token, recovery_key
               In the library's strictest mode. Signed: by an identity that it makes, or fetches by the recovery key.
      resume   store: goes on where the program ended
      stop, logout
      send     room, type, content → id: encrypted where the room is
      joined   room → users, as far as this device knows
      history  room, least: fetches what lies further back, until it has so many events
      verify   user, and room or device: begins a verification by emoji; confirm says that they are the same. With scans (js alone) it
               waits for scan, which has a code's bytes (in hex)
      trust    user, device → user (verified by us), device (signed by its owner)
    {"event": {room, id, at, sender, type, content, relation, encrypted, failure, shield}}
               of each event of a room. failure: why it could not be read. shield: what the library says of the sender's device,
               {"colour": "none"} of one that its owner has signed.
    {"verification": "sas", "names": [seven]}, "done" or "cancelled"
    {"trust": user}: what is thought of this user has changed
"""

import asyncio
import itertools
import json
import os
import pathlib
import sys
import time

from lifter import Person

FOLDER = pathlib.Path(__file__).resolve().parent
BUILT = pathlib.Path(os.environ["SPOTTER_PEERS"])
PROGRAMS = {
    "js": [BUILT / "tools/node", BUILT / "js/peer.js"],
    "go": [BUILT / "go/peer"],
    "nio": [sys.executable, FOLDER / "nio/peer.py"],
}
LIBRARIES = list(PROGRAMS)
ENCRYPTED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
V3 = "/_matrix/client/v3"
numbers = itertools.count(1)


class Peer(Person):
    """One device. `events` by id, in the order in which they were first seen; `failures`, what it could not read, if only for a while."""

    def __init__(self, library, synapse, user, password, folder):
        super().__init__(user)
        self.library, self.synapse, self.password = library, synapse, password
        self.store = folder / f"{library}{next(numbers)}"
        self.store.mkdir()
        self.events, self.failures, self.verifications = {}, {}, []
        self.device = self.token = self.recovery_key = self.process = self._reader = None
        self.born_ms = 0
        self._answers, self._count, self._lines = {}, itertools.count(1), 0

    # ---- the program

    async def _start(self):
        self.process = await asyncio.create_subprocess_exec(
            *map(str, PROGRAMS[self.library]), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=open(self.store / "log", "ab"), limit=1 << 24)
        self._reader = asyncio.create_task(self._read())

    async def _read(self):
        async for line in self.process.stdout:
            self._take(json.loads(line))
            self._changed.set()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(AssertionError(f"the program has ended:\n{self._log()}"))

    def _take(self, said):
        if "n" in said:
            self._answers.pop(said["n"]).set_result(said)
            return
        self._lines += 1
        if "event" in said:
            event = said["event"]
            self.events[event["id"]] = event
            if event["failure"]:
                self.failures[event["id"]] = event
        elif "verification" in said:
            self.verifications.append(said)

    def _log(self):
        return (self.store / "log").read_text(errors="replace")[-3000:]

    async def do(self, command, timeout=180, **more):
        number = next(self._count)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        self.process.stdin.write(json.dumps({"n": number, "command": command, **more}).encode() + b"\n")
        said = await asyncio.wait_for(answer, timeout)
        assert "error" not in said, f"{self.library}: {command} {more}: {said['error']}\n{self._log()}"
        return said

    async def login(self, signed=True, recovery_key=None):
        await self._start()
        said = await self.do("login", url=self.synapse.url, user=self.user, password=self.password, name=self.library,
                             store=str(self.store), signed=signed, recovery_key=recovery_key)
        self.device, self.token, self.recovery_key = said["device"], said["token"], said["recovery_key"]
        self.born_ms = int(time.time() * 1000)
        return self

    async def stop(self):
        """In the middle of whatever it does. (The keys of a page are in the browser: that one is closed, and loaded anew.)"""
        if self.library == "js":
            await self.do("stop")
        else:
            await self.close()

    async def resume(self):
        if self.library != "js":
            await self._start()
        await self.do("resume", store=str(self.store))

    async def close(self):
        if self.process and self.process.returncode is None:
            self.process.kill()
        if self._reader:
            await self.process.wait()
            await self._reader

    # ---- what it sees

    def transcript(self):
        return "\n".join([self.library, *(f"  {event['sender']}: {event['failure'] or event['content'].get('body') or event['type']}"
                                           for event in list(self.events.values())[-20:]), self._log()])

    def _fails(self, event):
        """Of the lifter's own other devices one may be heard before its signature, and the library doesn't try again (matrix-sdk-crypto
        0.19: "the sending device was not signed"). That is between those devices: what the bot says, and hears, is asked for here."""
        return event["failure"] and not (event["sender"] == self.user and event["failure"] == "UNSIGNED_SENDER_DEVICE")

    def unreadable(self):
        """What was sent since this device was there, and could not be read at once; of the lifter's own other devices, which the
        library may just be asking for, what can't be read at all."""
        return [f"{self.device}, {event['at'] - self.born_ms} ms after its login: {event['id']} of {event['sender']}: {event['failure']}"
                for event in self.failures.values() if event["at"] > self.born_ms
                and (event["sender"] != self.user or self._fails(self.events[event["id"]]))]

    async def settled(self):
        """Waits for what the lifter's own other devices sent: the library may just be asking for such a device, or for its key."""
        await self.until(lambda: not any(self._fails(event) for event in self.events.values()
                                         if event["sender"] == self.user and event["at"] > self.born_ms), "what the other devices sent can be read")

    @staticmethod
    def relation(event):
        return event["relation"] or event["content"].get("m.relates_to") or {}

    def replies_to(self, event_id):
        """The messages (no edits) that name EVENT_ID in m.in_reply_to."""
        return [event for event in self.events.values() if event["type"] == "m.room.message" and event["sender"] != self.user
                and self.relation(event).get("m.in_reply_to", {}).get("event_id") == event_id
                and self.relation(event).get("rel_type") != "m.replace"]

    def said(self, room, *words):
        """What others said in the room that holds all WORDS."""
        return [event for event in self.events.values() if event["room"] == room and event["sender"] != self.user
                and all(word in event["content"].get("body", "") for word in words)]

    # ---- what it does

    async def send(self, room, content, kind="m.room.message"):
        """Sends CONTENT (a text or a whole content); returns the event's id."""
        if isinstance(content, str):
            content = {"msgtype": "m.text", "body": content}
        return (await self.do("send", room=room, type=kind, content=content))["id"]

    async def ask(self, room, text, timeout=30):
        """Sends TEXT and returns what the event that answers it says."""
        return (await self.reply_to(await self.send(room, text), timeout))["content"]["body"]

    async def joined(self, room, *users):
        """Waits until this device knows that USERS are in the room."""
        async def all_there():
            return set(users) <= set((await self.do("joined", room=room))["users"])

        await self.finds(all_there, f"{users} join {room}")

    async def finds(self, question, what, timeout=30):
        """Waits until the answer to QUESTION is yes; it is asked again after whatever the program says, also with the answer."""
        while True:
            before = self._lines
            if await question():
                return
            await self.until(lambda: self._lines > before, what, timeout)

    # ---- what needs no keys, said to the homeserver directly

    async def request(self, method, path, body=None):
        return await asyncio.to_thread(self.synapse.request, method, V3 + path, body, self.token)

    async def room(self, *invited, direct=False):
        """An encrypted one."""
        return (await self.request("POST", "/createRoom", {"invite": invited, "is_direct": direct, "initial_state": [ENCRYPTED]}))["room_id"]

    async def direct_chat(self, other):
        room = await self.room(other, direct=True)
        await self.joined(room, other)
        return room

    async def member(self, room, what, other=None):
        """WHAT: join, leave; or invite, kick of OTHER."""
        await self.request("POST", f"/rooms/{room}/{what}", {"user_id": other.user} if other else {})

    async def redact(self, room, event_id):
        return (await self.request("PUT", f"/rooms/{room}/redact/{event_id}/r{next(numbers)}", {}))["event_id"]


class Gym:
    """What a test needs at hand: people, made by name and logged in; closed at the end."""

    def __init__(self, synapse, folder):
        self.synapse, self.folder, self.people = synapse, folder, []

    async def lifter(self, library, name, **more):
        user, password = self.synapse.register(f"{name}{next(numbers)}")
        return await self._device(library, user, password, **more)

    async def further(self, person, library=None, **more):
        """One more device of PERSON's."""
        return await self._device(library or person.library, person.user, person.password, **{"recovery_key": person.recovery_key} | more)

    async def _device(self, library, user, password, **more):
        person = Peer(library, self.synapse, user, password, self.folder)
        self.people.append(person)
        return await person.login(**more)

    async def close(self):
        for person in self.people:
            await person.close()
