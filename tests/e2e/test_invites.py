"""Asked in: which rooms are direct chats is kept where other clients look for it, and many invitations at once cost nobody else."""

import asyncio
import time

import pytest
from proxy import REFUSE, Proxy, spoiled, status

DIRECT = "/account_data/m.direct"


def direct_of(account):
    return account.data("m.direct")


def test_direct_chats_join_what_other_clients_have_written(play, account, spotter):
    written = {"@ben:elsewhere.test": ["!one:elsewhere.test", "!two"], "@odd:elsewhere.test": {"of": ["another", 5]}}

    async def scenario(gym):
        anna, cara, dan = await gym.lifter("anna"), await gym.lifter("cara"), await gym.lifter("dan")
        content = written | {anna.user: ["!long-gone:elsewhere.test"], dan.user: "no list"}
        account.put("m.direct", content)
        spotter.start()
        chats = await asyncio.gather(*(person.direct_chat(spotter.user) for person in (anna, cara, dan)))
        group = await anna.group(spotter.user, cara)
        wanted = written | {anna.user: ["!long-gone:elsewhere.test", chats[0]], cara.user: [chats[1]], dan.user: [chats[2]]}
        await anna.until(lambda: direct_of(account) == wanted, "the chats stand there")
        again = await anna.direct_chat(spotter.user)  # a second one
        wanted[anna.user].append(again)
        await anna.until(lambda: direct_of(account) == wanted, "the second one, too")
        await anna.ask(group, "!today")
        assert direct_of(account) == wanted

    play(scenario)
    assert spotter.stop() == 0


@pytest.mark.parametrize("answer", [status(404, b"<html>no such page"), status(200, b"[]"), status(403), REFUSE],
                         ids=["page", "array", "forbidden", "nothing"])
def test_what_was_written_is_not_lost_by_an_answer_that_tells_nothing(play, synapse, proxied, answer):
    bot, proxy = proxied
    token = synapse.login(bot.user, bot.password)["access_token"]
    path = f"/_matrix/client/v3/user/{bot.user}{DIRECT}"
    written = {"@ben:elsewhere.test": ["!one:elsewhere.test"]}
    synapse.request("PUT", path, written, token)
    proxy.rule = lambda method, path: answer if method == "GET" and path.endswith(DIRECT) else None
    bot.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user)
        await anna.ask(room, "bench 80x8 @1")
        await anna.until(lambda: any(path.endswith(DIRECT) for _, path, _ in proxy.seen), "it is read")
        await anna.ask(room, "80x7 @1")
        assert synapse.request("GET", path, token=token) == written

    play(scenario)
    assert bot.stop() == 0
    assert not any(method == "PUT" and path.endswith(DIRECT) for method, path, _ in proxy.seen)


def asked(proxy, what):
    return [path for _, path, _ in proxy.seen if what in path]


def test_many_invitations_by_friends_are_all_followed(play, choosy):
    """More than the bot follows at once: those beyond wait their turn, one a second, and whoever trains waits for none of them."""
    choosy.start()

    async def rooms_of(friend):
        return [(await friend.client.room_create(invite=[choosy.user])).room_id for _ in range(10)]

    async def scenario(gym):
        *friends, other = [await gym.lifter("friend") for _ in range(4)]
        room = await other.direct_chat(choosy.user)
        assert choosy.stop() == 0
        rooms = await asyncio.gather(*map(rooms_of, friends))
        choosy.start()
        await other.ask(room, "bench 80x8 @1")
        assert choosy.rows("SELECT count(*) FROM matrix_room WHERE joined")[0][0] < 1 + 3 * 10
        for friend, theirs in zip(friends, rooms):
            await friend.until(lambda: all(friend._joined(one, choosy.user) for one in theirs), "it is everywhere", 60)

    play(scenario)
    assert choosy.stop() == 0


def test_a_friend_asks_the_bot_into_a_room_that_a_stranger_has_asked_it_into(play, synapse, choosy):
    """While the homeserver is too busy to take the stranger's refusal: it is dropped, and not the friend's invitation."""
    proxy = Proxy(synapse.port)
    choosy.config.write_text(choosy.config.read_text().replace(synapse.url, proxy.url))
    proxy.rule = lambda method, path: status(429, b"{}", "Retry-After: 60") if path.endswith("/leave") else None
    choosy.start()

    async def scenario(gym):
        friend, stranger = await gym.lifter("friend"), await gym.lifter("stranger")
        room = (await stranger.client.room_create(invite=[friend.user, choosy.user], power_level_override={"invite": 0})).room_id
        await stranger.until(lambda: asked(proxy, "/leave"), "the refusal")
        await friend.until(lambda: room in friend.client.invited_rooms, "the invitation")
        await friend.client.join(room)
        await friend.until(lambda: room in friend.client.rooms, "the room")
        await friend.client.room_invite(room, choosy.user)
        await friend.until(lambda: friend._joined(room, choosy.user), "the bot comes")
        proxy.rule = lambda method, path: None
        await friend.ask(room, "bench 80x8 @1")
        assert len(asked(proxy, "/leave")) == 1

    try:
        play(scenario)
        assert choosy.stop() == 0
    finally:
        proxy.close()


@pytest.mark.parametrize("sender", ["@stranger:gym.test", None, 5], ids=["stranger", "nobody", "number"])
def test_thousands_of_invitations_by_nobody_cost_little(play, synapse, choosy, sender):
    """In one response: none is followed, few are refused a second, and a set is answered meanwhile."""
    proxy = Proxy(synapse.port)
    choosy.config.write_text(choosy.config.read_text().replace(synapse.url, proxy.url))
    flood = {f"!flood{at}:gym.test": {"invite_state": {"events": [
        {"type": "m.room.member", "state_key": choosy.user, "sender": sender, "content": {"membership": "invite", "is_direct": True}}]}}
        for at in range(5000)}
    flooding = []

    def change(parsed):
        if flooding:
            flooding.clear()
            parsed.setdefault("rooms", {}).setdefault("invite", {}).update(flood)

    proxy.rule = lambda method, path: spoiled(change) if "/sync" in path else None
    choosy.start()

    async def scenario(gym):
        friend = await gym.lifter("friend")
        room = await friend.direct_chat(choosy.user)
        await friend.ask(room, "bench 80x8 @1")
        joins = len(asked(proxy, "/join/"))
        flooding.append(True)
        begun = time.monotonic()
        await friend.ask(room, "80x7 @1")
        await friend.ask(room, "80x6 @1")
        assert not flooding and time.monotonic() - begun < 10
        await asyncio.sleep(3)
        refused = len(asked(proxy, "/rooms/%21flood"))
        assert 0 < refused <= 20 + (time.monotonic() - begun) + 1
        assert len(asked(proxy, "/join/")) == joins
        assert choosy.rows("SELECT count(*) FROM matrix_room") == [(1,)]
        # What is real among them: a friend's invitation is followed while the others wait.
        again = await friend.direct_chat(choosy.user)
        await friend.ask(again, "!today")

    try:
        play(scenario)
        assert choosy.stop() == 0
    finally:
        proxy.close()


def test_a_room_that_everybody_has_left_is_left(play, account, spotter):
    """But neither one in which somebody is, nor one to which somebody is asked."""
    spotter.start()

    def rooms():
        return account.get("/_matrix/client/v3/joined_rooms")["joined_rooms"]

    async def scenario(gym):
        anna, ben, cara = [await gym.lifter(name) for name in ("anna", "ben", "cara")]
        group, asked_to, chat = await anna.group(spotter.user, ben), await anna.group(spotter.user), await anna.direct_chat(spotter.user)
        await anna.client.room_invite(asked_to, cara.user)
        await anna.ask(asked_to, "!today")
        for room in (group, asked_to, chat):
            await anna.client.room_leave(room)
        await ben.until(lambda: chat not in rooms(), "the empty one is left")
        await ben.ask(group, "!today")
        assert sorted(rooms()) == sorted([group, asked_to])
        await ben.client.room_leave(group)
        await cara.client.join(asked_to)
        await cara.until(lambda: asked_to in cara.client.rooms, "the room")
        await cara.ask(asked_to, "bench 80x8 @1")
        await cara.until(lambda: rooms() == [asked_to], "the next one is left")

    play(scenario)
    assert spotter.stop() == 0
