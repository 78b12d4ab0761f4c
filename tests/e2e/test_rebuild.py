"""The store is lost, and comes back: room keys from the key backup, and the sets from the rooms' history."""

import os

import nio
import vault
from identity import Account, bootstrap, key_file, verify
from proxy import spoiled

LIVE = """SELECT i.event_id, s.ordinal, s.exercise, s.load_kg, s.reps, s.rir, s.at_ms FROM live_set AS s JOIN input AS i ON i.id = s.input
          ORDER BY s.at_ms, i.event_id, s.ordinal"""
SETTINGS = """SELECT name, value FROM lifter_value WHERE name IN ('goal', 'units', 'experience', 'contact') ORDER BY lifter, name"""


def rebuild(bot):
    code, said = bot.command("rebuild")
    assert code == 0, said
    return said


def unproven(bot):
    return bot.rows("SELECT count(*), coalesce(sum(unproven), 0) FROM input")[0]


async def knows_device(lifter, bot):
    """What LIFTER says next is sealed for the bot's new device, too."""
    [(device,)] = bot.rows("SELECT value FROM matrix_value WHERE name = 'device_id'")
    await lifter.until(lambda: {known.id for known in lifter.client.device_store.active_user_devices(bot.user)} == {device.decode()},
                       "the new device is known")


async def backed_up(anna, bot):
    """Every room key that the bot has is in the backup."""
    await anna.until(lambda: bot.rows("SELECT count(*) FROM megolm_inbound WHERE saved = 0") == [(0,)], "all keys are backed up")


def test_old_sets_come_back_as_they_were(play, account, spotter):
    bootstrap(spotter)
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        first = await anna.send(room, "bench 80x8 @1")
        await anna.reply_to(first)
        for text in ("skip", "skip", "skip", "goal strength", "80x7 @1", "squat 3x5 100kg rpe 8"):
            await anna.ask(room, text)
        wrong = await anna.send(room, "row 60x10 @2")
        await anna.reply_to(wrong)
        await anna.edit(room, wrong, "row 65x10 @2")
        await anna.edited(anna.replies_to(wrong)[0].event_id)
        gone = await anna.send(room, "curl 20x10 @2")
        await anna.reply_to(gone)
        await anna.redact(room, gone)
        await anna.edited(anna.replies_to(gone)[0].event_id)
        await anna.ask(room, "curl 15x10 @2")
        await anna.ask(room, "undo")
        await anna.send(room, "see you tomorrow then")
        advised = await anna.ask(room, "row 65x9 @2")
        await anna.reply_to(await anna.react(room, advised.event_id, "👍"))
        assert len(spotter.rows(LIVE)) == 8
        await backed_up(anna, spotter)
        assert spotter.stop() == 0
        before, settings = spotter.rows(LIVE), spotter.rows(SETTINGS)
        assert [row[3:5] for row in before].count((65.0, 10)) == 1 and 20.0 not in [row[3] for row in before]
        seen = len(anna.events)

        spotter.lose_store()
        code, said = verify(spotter)
        assert code == 0 and "room keys" in said, said
        said = rebuild(spotter)
        assert spotter.rows(LIVE) == before and spotter.rows(SETTINGS) == settings
        assert "Sets: 0 before, 8 now." in said and "8 of them came by keys from the key backup" in said
        messages, marked = unproven(spotter)
        assert messages == marked > 8 and "Could not be opened" not in said
        assert "Sets: 8 before, 8 now." in rebuild(spotter)
        assert spotter.rows(LIVE) == before and not spotter.rows("SELECT * FROM outbox")

        # The daemon goes on: nothing of it is answered, and what is said now stands beside it.
        spotter.start()
        await knows_device(anna, spotter)
        assert "bench" in (await anna.ask(room, "bench 80x6 @1")).body
        said_since = [event for _, event, _ in anna.events[seen:] if event.sender == spotter.user and isinstance(event, nio.RoomMessage)]
        assert len(said_since) == 1
        assert unproven(spotter)[1] == marked
        reply = anna.replies_to(first)[0].event_id
        await anna.edit(room, first, "bench 82.5x8 @1")
        assert "82.5" in await anna.edited(reply)  # its old reply, which another device had said
        await anna.redact(room, first)
        await anna.until(lambda: len(spotter.rows(LIVE)) == 8, "an old set is deleted")
        assert not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0


def test_a_store_that_is_in_use_or_misses_nothing(play, account, spotter):
    """What the daemon has heard is not heard again, and commands of old do not overrule what was said since."""
    bootstrap(spotter)
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room = await anna.direct_chat(spotter.user)
        plain = await ben.direct_chat(spotter.user, encrypted=False)
        for lifter, where in ((anna, room), (ben, plain)):
            for text in ("bench 80x8 @1", "skip", "skip", "skip", "units lb", "180x6 @1", "units kg", "82.5x5 @2"):
                await lifter.ask(where, text)
        code, said = spotter.command("rebuild")
        assert code == 74 and "in use" in said
        await backed_up(anna, spotter)
        assert spotter.stop() == 0
        before, settings, inputs = spotter.rows(LIVE), spotter.rows(SETTINGS), spotter.rows("SELECT * FROM input")
        unseen = await anna.send(room, "80x6 @1")  # the sync will tell it, and it will be answered
        assert "Sets: 6 before, 6 now." in rebuild(spotter)
        assert (spotter.rows(LIVE), spotter.rows(SETTINGS), spotter.rows("SELECT * FROM input")) == (before, settings, inputs)
        spotter.start()
        assert "80x6" in (await anna.reply_to(unseen)).body
        assert spotter.stop() == 0

        # The store is lost, and people go on before anybody thinks of the history.
        spotter.lose_store()
        code, said = verify(spotter)
        assert code == 0, said
        spotter.start()
        await knows_device(anna, spotter)
        await anna.ask(room, "units lb")
        late = await anna.send(room, "180x5 @1")
        await anna.reply_to(late)
        assert spotter.stop() == 0
        waiting = spotter.rows("SELECT txn_id FROM outbox")
        rebuild(spotter)
        assert [row for row in spotter.rows(LIVE) if row[0] not in (late, unseen)] == before
        units = dict(spotter.rows("SELECT identity, value FROM lifter_value JOIN identity USING (lifter) WHERE lifter_value.name = 'units'"))
        assert (units[anna.user].split()[1], units[ben.user].split()[1]) == ("lb", "kg")  # what was said since holds
        assert spotter.rows("SELECT unproven FROM input WHERE event_id = ?", late) == [(0,)]
        assert spotter.rows("SELECT sum(unproven) FROM input WHERE room = ?", plain) == [(0,)]
        assert spotter.rows("SELECT txn_id FROM outbox") == waiting

    play(scenario)


def test_who_asked_to_be_forgotten_stays_forgotten(play, account, spotter):
    bootstrap(spotter)
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        await anna.ask(room, "forget me")
        await anna.ask(room, "forget me yes")
        await anna.ask(room, "forget everything")
        await anna.until(lambda: not spotter.rows(LIVE), "all is forgotten")
        await anna.ask(room, "squat 100x5 @2")
        await backed_up(anna, spotter)
        assert spotter.stop() == 0
        before = spotter.rows(LIVE)
        spotter.lose_store()
        assert verify(spotter)[0] == 0
        rebuild(spotter)
        assert spotter.rows(LIVE) == before and len(before) == 1

    play(scenario)


def test_hostile_backups_cost_themselves(play, synapse, proxied):
    """The homeserver may write into the backup, and name another one: what is false opens nothing, and nothing else is lost."""
    bot, proxy = proxied
    account = Account(synapse, bot)
    bootstrap(bot)
    bot.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user)
        await anna.ask(room, "bench 80x8 @1")
        await backed_up(anna, bot)
        assert bot.stop() == 0
        before = bot.rows(LIVE)
        keys, version = "/_matrix/client/v3/room_keys/keys", account.get("/_matrix/client/v3/room_keys/version")
        public = version["auth_data"]["public_key"]

        def restored(spoil_keys=None, spoil_version=None):
            def rule(method, path):
                if spoil_version is not None and method == "GET" and path.endswith("/room_keys/version"):
                    return spoiled(spoil_version)
                if spoil_keys is not None and method == "GET" and path.startswith(keys):
                    return spoiled(spoil_keys)
                return None

            proxy.rule = rule
            bot.lose_store()
            code, said = verify(bot)
            proxy.rule = lambda method, path: None
            assert code == 0, said
            return bot.rows("SELECT count(*) FROM megolm_inbound")[0][0]

        assert restored() == 2

        def wrong_mac(answer):
            for session in answer["sessions"].values():
                session["session_data"]["mac"] = "AAAAAAAAAAA"

        def one_is_junk(answer):
            name = sorted(answer["sessions"])[0]
            answer["sessions"][name] = {"session_data": "junk"}
            answer["sessions"] |= {"x" * 500: None, "": [], "y": {"session_data": {"ciphertext": 7}}}

        def names_swapped(answer):
            (one, a), (two, b) = answer["sessions"].items()
            answer["sessions"] = {one: b, two: a}

        assert restored(wrong_mac) == 0 and restored(one_is_junk) == 1 and restored(names_swapped) == 0
        assert restored(lambda answer: answer.clear()) == 0

        def unsigned(answer):
            answer["auth_data"]["signatures"] = {}

        def signed_by_a_stranger(answer):
            answer["auth_data"] = vault.sign({"public_key": public}, bot.user, os.urandom(32))

        def another_key(answer):
            answer["auth_data"]["public_key"] = vault.curve25519_public(os.urandom(32))
            answer["version"] = "666"

        for spoil in (unsigned, signed_by_a_stranger, another_key):
            assert restored(None, spoil) == 0
        assert not any("666" in path for _, path, _ in proxy.seen)

        # Made by another client, which signed it as a device of the identity, not as the identity.
        key = vault.recovery_key_bytes(key_file(bot).read_text())
        device_seed = os.urandom(32)
        device = {"user_id": bot.user, "device_id": "WATCHER", "algorithms": ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
                  "keys": {"curve25519:WATCHER": vault.curve25519_public(os.urandom(32)),
                           "ed25519:WATCHER": vault.ed25519_public(device_seed)}}
        vault.sign_as(device, bot.user, "WATCHER", device_seed)
        account.post("/_matrix/client/v3/keys/upload", {"device_keys": device})
        by_device = {"public_key": public}
        vault.sign_as(by_device, bot.user, "WATCHER", device_seed)

        def signed_by_the_device(answer):
            answer["auth_data"] = by_device

        assert restored(None, signed_by_the_device) == 0  # which nobody has signed yet
        vault.sign(device, bot.user, account.secret(key, "m.cross_signing.self_signing"))
        account.post("/_matrix/client/v3/keys/signatures/upload", {bot.user: {"WATCHER": device}})
        assert restored(None, signed_by_the_device) == 2
        rebuild(bot)
        assert bot.rows(LIVE) == before

    play(scenario)
