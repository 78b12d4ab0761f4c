"""What a browser shows of the bot: Chromium, and a page on matrix-js-sdk with its Rust crypto in IndexedDB and WebAssembly."""

import asyncio

import pytest
from identity import bootstrap
from page import Page, serve
from peer import numbers
from playwright.async_api import expect
from test_emoji import account, operator, signature_of  # noqa: F401


@pytest.fixture(scope="module")
def site():
    server = serve()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


async def at_the_page(gym, site, bot):
    """A new lifter in a chat with the bot."""
    user, password = gym.synapse.register(f"web{next(numbers)}")
    page = Page(site, gym.folder / "browser")
    gym.people.append(page)
    await page.open()
    await page.login(gym.synapse.url, user, password)
    await page.chat(bot.user)
    return page


def test_no_shield_in_the_browser(play, spotter, account, site):
    async def scenario(gym):
        anna = await at_the_page(gym, site, spotter)

        async def trains(*sets):
            """Nothing has a shield, what was said before included, nor had one for a moment."""
            for text in sets:
                assert text.split()[1] in await (await anna.ask(text)).inner_text()
            await expect(anna.messages(":not(.none)")).to_have_count(0, timeout=30000)
            assert not await anna.concerns()

        async def restarts():
            before = await anna.messages().all_inner_texts()
            await anna.restart()
            await anna.sees(anna.messages().nth(len(before) - 1))
            assert set(before) <= set(await anna.messages().all_inner_texts())

        await trains("bench 80x8 @2", "bench 80x7 @1")
        await anna.sees(anna.trust(), "not verified")
        await restarts()
        await trains("bench 77.5x8 @2")
        spotter.kill()
        spotter.start()
        await trains("bench 77.5x7 @2")
        with operator(spotter, anna.user) as beside:
            await asyncio.to_thread(beside.until, "Waiting for")
            await anna.press("Verify")
            await anna.sees(anna.emoji().nth(6))
            await asyncio.to_thread(beside.until, "the same, in this order?")
            assert beside.names() == await anna.emoji().all_text_contents()
            await anna.picture("emoji")
            await anna.press("They match")
            beside.answer("yes")
            await anna.sees(anna.page.locator("#outcome"), "Verified.")
            assert await asyncio.to_thread(beside.ends) == 0, beside.lines
        assert signature_of(account, anna.user)
        await anna.sees(anna.trust(), "✓ verified")
        await trains("bench 75x9 @2")
        await restarts()
        await anna.sees(anna.trust(), "✓ verified")
        await trains("bench 75x8 @2")
        await anna.picture("verified")

    play(scenario)
    assert spotter.stop() == 0


def test_a_shield_until_the_bot_has_an_identity(play, spotter, site):
    """So the page would show one."""
    spotter.start()

    async def scenario(gym):
        anna = await at_the_page(gym, site, spotter)
        answer = await anna.ask("bench 80x8 @2")
        await anna.sees(answer.locator(".shield"), "unsigned device")
        await anna.picture("shield")
        await expect(anna.messages(".other:not(.red)")).to_have_count(0, timeout=30000)
        assert spotter.stop() == 0
        bootstrap(spotter)
        spotter.start()
        await anna.ask("bench 80x7 @1")
        await expect(anna.messages(":not(.none)")).to_have_count(0, timeout=30000)

    play(scenario)
    assert spotter.stop() == 0
