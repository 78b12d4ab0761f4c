"""Two hundred sets and their answers with each library, in its strictest mode, through all that happens to devices and servers.
Nothing may be unreadable, not even for a moment; each set is booked once and answered once, and no answer has a shield."""

import asyncio
import json

from identity import bootstrap, verify

BOOKED = "SELECT event_id, count(*) FROM live_set JOIN input ON input.id = live_set.input GROUP BY event_id"


class Talk:
    """What is said in one room, and by which devices it has to be read."""

    def __init__(self, spotter, room):
        self.spotter, self.room, self.sets, self.devices = spotter, room, [], []

    async def say(self, device, count, answered=True):
        """COUNT sets as fast as the device sends them; with ANSWERED their answers are there in the end. Returns their ids."""
        ids = []
        for _ in range(count):
            number = len(self.sets)
            self.sets.append(await device.send(self.room, f"bench {60 + number % 7 * 2.5}x{5 + number % 4} @3"))
            ids.append(self.sets[-1])
        if answered:
            await self.answers(device, ids)
        return ids

    async def answers(self, device, ids):
        for event_id in ids:
            await device.reply_to(event_id, 60)

    async def one_by_one(self, device, count):
        for _ in range(count):
            await self.say(device, 1)

    def booked(self):
        assert dict(self.spotter.rows(BOOKED)) == dict.fromkeys(self.sets, 1)

    async def read(self, *devices):
        """What these devices have seen of the bot, all of it."""
        for device in devices:
            await device.settled()
            assert not device.unreadable(), "\n".join(device.unreadable())
            for event in device.events.values():
                if event["sender"] == self.spotter.user and event["encrypted"] and not event["failure"]:
                    assert event["shield"]["colour"] == "none", event

    def answered(self, *devices):
        """Each set once, as these devices together have seen it."""
        for event_id in self.sets:
            replies = {reply["id"] for device in devices for reply in device.replies_to(event_id)}
            assert len(replies) == 1, (event_id, replies)


def claimed(synapse, token, user, device):
    """Takes the device's one-time keys until there is none."""
    seen = set()
    while True:
        answer = synapse.request("POST", "/_matrix/client/v3/keys/claim", {
            "one_time_keys": {user: {device: "signed_curve25519"}}}, token=token)
        key = json.dumps(answer["one_time_keys"].get(user, {}).get(device), sort_keys=True)
        if key == "null" or key in seen:
            return
        seen.add(key)


def own_device(bot):
    return bot.rows("SELECT value FROM matrix_value WHERE name = 'device_id'")[0][0].decode()


def test_two_hundred_sets(play, synapse, spotter, library):
    bootstrap(spotter)
    spotter.start()

    async def scenario(gym):
        anna, thief = await gym.lifter(library, "anna"), await gym.lifter(library, "thief")
        talk = Talk(spotter, await anna.direct_chat(spotter.user))

        # As people do: with a thumb for one that was done as advised, one that is corrected, and one that is taken back.
        await talk.say(anna, 1)
        talk.sets.append(await anna.react(talk.room, anna.replies_to(talk.sets[0])[0]["id"], "👍"))
        await anna.reply_to(talk.sets[1])
        await talk.one_by_one(anna, 18)
        await anna.edit(talk.room, talk.sets[-1], "bench 62.5x9 @2")
        await anna.until(lambda: any("62.5x9" in event["content"].get("m.new_content", {}).get("body", "")
                                     for event in anna.events.values() if event["sender"] == spotter.user), "the answer is corrected")
        gone = (await talk.say(anna, 1))[0]
        await anna.redact(talk.room, gone)
        await talk.say(anna, 30)
        talk.sets.remove(gone)
        talk.booked()

        # Another device comes, speaks and goes; one that nobody has signed hears nothing.
        tablet, stranger = await gym.further(anna), await gym.further(anna, signed=False)
        for device in (anna, tablet, anna, tablet, anna, tablet):
            ids = await talk.say(device, 4)
            await talk.answers(tablet if device is anna else anna, ids)
        await stranger.until(lambda: set(ids) < set(stranger.events), "the stranger sees that there is talk")
        assert not any(event["encrypted"] and not event["failure"] for event in stranger.events.values())
        await stranger.do("logout")
        await tablet.do("logout")
        await talk.say(anna, 10)
        await talk.read(anna, tablet)

        # Each side stops, in turn, and the homeserver, with an answer on its way.
        await anna.stop()
        await anna.resume()
        await talk.say(anna, 10)
        spotter.kill()
        waiting = await talk.say(anna, 5, answered=False)
        spotter.start()
        await talk.answers(anna, waiting)
        waiting = await talk.say(anna, 3, answered=False)
        await asyncio.to_thread(synapse.stop)
        await asyncio.to_thread(synapse.start)
        await talk.answers(anna, waiting)
        await talk.say(anna, 12)

        # A long absence of the bot, and of the lifter's first device.
        assert spotter.stop() == 0
        waiting = await talk.say(anna, 45, answered=False)
        spotter.start()
        await talk.answers(anna, waiting)
        await anna.stop()
        tablet = await gym.further(anna)
        absent = await talk.say(tablet, 30)
        await anna.resume()
        await anna.do("history", room=talk.room, least=90)
        await anna.until(lambda: all(anna.replies_to(event_id) for event_id in absent), "what was said meanwhile")
        talk.booked()

        # Its one-time keys are used up, and a new device has to reach it.
        assert spotter.stop() == 0
        claimed(synapse, thief.token, spotter.user, own_device(spotter))
        phone = await gym.further(anna)
        waiting = await talk.say(phone, 6, answered=False)
        spotter.start()
        await talk.answers(phone, waiting)
        await talk.read(anna, tablet, phone)
        talk.answered(anna, tablet, phone)

        # It loses its store and goes on as a new device; the one-time keys of a library that has a fallback key are used up too.
        await phone.until(lambda: spotter.rows("SELECT count(*) FROM megolm_inbound WHERE saved = 0") == [(0,)], "all keys are backed up")
        assert spotter.stop() == 0
        if library == "js":
            await phone.stop()
            claimed(synapse, thief.token, phone.user, phone.device)
        spotter.lose_store()
        assert verify(spotter)[0] == 0
        code, said = spotter.command("rebuild")
        assert code == 0, said
        talk.booked()
        spotter.start()
        if library == "js":
            await phone.resume()
        await talk.say(phone, 200 - len(talk.sets))
        talk.booked()
        await talk.read(anna, tablet, phone)
        talk.answered(anna, tablet, phone)
        assert len(talk.sets) == 200

    play(scenario)
    assert spotter.stop() == 0
