"""What an attacker has: the homeserver, whose answers are changed on the way to the bot (proxy.py), and devices that say what they like
(device.py). Whatever is tried is refused, the refusal is logged, and the log holds no word of what people said, and no secret."""

import os

import nio
from device import Device
from proxy import spoiled


class Scene:
    """An encrypted direct chat of ANNA's with the bot, one set booked. CHANGE is called with each answer to /sync; ANSWERS maps parts
    of other paths to functions that change what is answered there. Both may be set at any time."""

    def __init__(self, bot, proxy):
        self.bot, self.proxy = bot, proxy
        self.change, self.answers = lambda sync: None, {}
        proxy.rule = self._rule

    async def begin(self, gym, **more):
        self.gym, self.synapse = gym, gym.synapse
        self.anna = await gym.lifter("anna")
        self.room = await self.anna.direct_chat(self.bot.user, **more)
        self.first = await self.anna.send(self.room, "bench 80x8 @1")
        await self.anna.reply_to(self.first)
        return self

    def _rule(self, method, path):
        if "/sync" in path:
            return spoiled(lambda sync: self.change(sync))
        for part, change in self.answers.items():
            if part in path:
                return spoiled(change)
        return None

    def sets(self):
        return self.bot.rows("SELECT load_kg, reps FROM live_set ORDER BY id")

    def lines(self, event, *words):
        """The log's lines about EVENT that hold all WORDS."""
        return [line for line in self.bot.log.read_text().splitlines()
                if f"event={event} " in line and all(word in line for word in words)]

    async def logs(self, event, *words, times=1):
        await self.anna.until(lambda: len(self.lines(event, *words)) >= times, f"a line {event} with {words}\n{self.bot.log_tail()}")

    def between(self, change):
        """CHANGE(the timeline's events) is called for the room in each sync that holds some."""

        def of_room(sync):
            joined = sync.get("rooms", {}).get("join", {}).get(self.room)
            if joined is not None:
                change(joined.setdefault("timeline", {}).setdefault("events", []))

        self.change = of_room

    @property
    def target(self):
        """The bot's device."""
        [(device,)] = self.bot.rows("SELECT value FROM matrix_value WHERE name = 'device_id'")
        return self.mallory().shows(self.bot.user, device.decode())

    _mallory = None

    def mallory(self):
        """Somebody else with an account here, who may talk to the bot."""
        if self._mallory is None:
            self._mallory = Device(self.synapse, f"mallory{os.urandom(4).hex()}").publish()
        return self._mallory

    async def says(self, person, target, kind, content):
        """What a lifter's own client would seal for the device TARGET, sent."""
        olm, device = person.client.olm, person.client.device_store[target.user][target.device]
        sealed = olm._olm_encrypt(olm.session_store.get(target.curve25519), device, kind, content)
        await person.client.to_device(nio.ToDeviceMessage("m.room.encrypted", target.user, target.device, sealed))

    async def still_serves(self):
        """The attack is over, and what Anna says is heard."""
        self.change, self.answers = lambda sync: None, {}
        answer = await self.anna.ask(self.room, "80x6 @1", timeout=60)
        assert answer.decrypted and "80x6" in answer.body


def attack(test):
    """TEST(scene), which plays one: a row of the notes on attacks that its docstring names."""

    def run(play, proxied):
        bot, proxy = proxied
        scene = Scene(bot, proxy)
        bot.start()
        typed = []

        async def scenario(gym):
            await test(await scene.begin(gym))
            await scene.still_serves()
            assert not scene.anna.undecryptable
            typed.extend(text for person in gym.people for text in person.typed)

        play(scenario)
        assert bot.stop() == 0
        silent(bot, *typed)

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


def silent(bot, *words):
    """The log holds none of WORDS, and no secret."""
    log = bot.log.read_text()
    for word in (*words, bot.password, "syt_", "session_key", "ciphertext"):
        assert word not in log, word


def event(kind, sender, content, **more):
    """One that the homeserver makes up."""
    return {"type": kind, "event_id": "$made-up" + os.urandom(8).hex(), "sender": sender, "origin_server_ts": 2_000_000_000_000,
            "content": content, **more}


def message(sender, body, **more):
    return event("m.room.message", sender, {"msgtype": "m.text", "body": body}, **more)
