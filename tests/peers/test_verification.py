"""What a lifter's client makes of the bot: no shield on its messages, and a verification by emoji or by a scanned code, in a room and
to-device."""

import asyncio

import pytest
from qr import read
from test_emoji import account, bot_side, operator, signature_of  # noqa: F401


async def trust(anna, spotter, bot):
    said = await anna.do("trust", user=spotter.user, device=bot.device)
    return said["user"], said["device"]


async def comes_to_trust(anna, spotter, bot):
    """Waits until its own signature has reached the lifter's device."""
    async def trusts():
        return await trust(anna, spotter, bot) == (True, True)

    await anna.finds(trusts, "its own signature reaches the lifter's device")


async def colour(anna, room, text):
    return (await anna.reply_to(await anna.send(room, text)))["shield"]["colour"]


# mautrix-go 0.32.0 takes each event of a room for a verification of its own, and holds the other's master key against its own where
# the other has confirmed first.
@pytest.mark.parametrize("library, place, first", [("js", "room", "operator"), ("js", "device", "lifter"), ("go", "device", "lifter")])
def test_no_shield_and_the_same_emoji(play, spotter, account, library, place, first):
    bot = bot_side(account)

    async def scenario(gym):
        anna = await gym.lifter(library, "anna")
        room = await anna.direct_chat(spotter.user)

        assert await colour(anna, room, "bench 80x8 @1") == "none"
        assert await trust(anna, spotter, bot) == (False, True)
        with operator(spotter, anna.user, *["--yes"][first != "operator":]) as beside:
            await asyncio.to_thread(beside.until, "Waiting for")
            await anna.do("verify", user=spotter.user, **({"room": room} if place == "room" else {"device": bot.device}))
            await anna.until(lambda: anna.verifications, "the emoji")
            await asyncio.to_thread(beside.until, "the same, in this order?")
            assert beside.names() == anna.verifications[0]["names"]
            await anna.do("confirm")
            if first == "lifter":
                beside.answer("yes")
            await anna.until(lambda: anna.verifications[1:], "the end")
            assert all(said == {"verification": "done"} for said in anna.verifications[1:])
            assert await asyncio.to_thread(beside.ends) == 0, beside.lines
        assert signature_of(account, anna.user)
        await comes_to_trust(anna, spotter, bot)
        assert await colour(anna, room, "bench 80x7 @1") == "none"
        assert not anna.unreadable()

    play(scenario)


@pytest.mark.parametrize("place", ["room", "device"])
def test_a_code_that_the_lifter_scans(play, spotter, account, place):
    bot = bot_side(account)

    async def scenario(gym):
        anna = await gym.lifter("js", "anna")
        room = await anna.direct_chat(spotter.user)
        assert await colour(anna, room, "bench 80x8 @1") == "none"
        with operator(spotter, anna.user, way="--qr", tty=True) as beside:
            await asyncio.to_thread(beside.until, "Waiting for")
            await anna.do("verify", user=spotter.user, scans=True, **({"room": room} if place == "room" else {"device": bot.device}))
            await asyncio.to_thread(beside.until, "scan this")
            await anna.do("scan", code=read(beside.lines)[0].hex())
            await asyncio.to_thread(beside.until, "[yes/no]")
            assert not signature_of(account, anna.user)
            beside.answer("yes")
            await anna.until(lambda: anna.verifications, "the end")
            assert all(said == {"verification": "done"} for said in anna.verifications)
            assert await asyncio.to_thread(beside.ends) == 0, beside.lines
        assert signature_of(account, anna.user)
        await comes_to_trust(anna, spotter, bot)
        assert await colour(anna, room, "bench 80x7 @1") == "none"
        assert not anna.unreadable()

    play(scenario)
