"""A lifter at the page of web/ in headless Chromium. What is known of it is what stands on the page."""

import functools
import http.server
import shutil
import threading

from peer import BUILT
from playwright.async_api import async_playwright, expect

PHONE = {"width": 360, "height": 740}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def serve():
    """The built page, from loopback."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=BUILT / "web"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Page:
    """At URL, in a browser of its own that keeps what it has in FOLDER."""

    def __init__(self, url, folder):
        self.url, self.folder = url, folder
        self.user = self._playwright = self._browser = self.page = None
        self._said = []

    async def open(self):
        self._playwright = await async_playwright().start()
        self._browser = await self._playwright.chromium.launch_persistent_context(
            self.folder, executable_path=shutil.which("chromium"), viewport=PHONE)
        self.page = self._browser.pages[0]
        self.page.on("console", lambda message: self._said.append(message.text))
        self.page.on("pageerror", lambda error: self._said.append(str(error)))
        await self.page.goto(self.url)

    async def close(self):
        if self._browser:
            await self._browser.close()
            await self._playwright.stop()

    async def restart(self):
        await self.close()
        await self.open()

    # ---- what is to be seen

    async def sees(self, locator, *text):
        """Waits for it; that it holds TEXT if it is given."""
        try:
            await (expect(locator).to_contain_text(*text, timeout=30000) if text else expect(locator).to_be_visible(timeout=30000))
        except AssertionError as error:
            raise AssertionError("\n".join([str(error), await self.page.inner_text("body"), *self._said[-20:]])) from error

    def messages(self, which=""):
        """WHICH: a selector of the classes own or other, and none, grey or red."""
        return self.page.locator("#messages li:not([hidden])" + which)

    def trust(self):
        return self.page.locator("#trust")

    def emoji(self):
        return self.page.locator("#emoji span")

    async def concerns(self):
        """Each shield and each failure that there has been since it was opened, if only for a moment."""
        return await self.page.locator("#concerns li").all_text_contents()

    async def picture(self, name):
        await self.page.screenshot(path=BUILT / f"web/{name}.png", full_page=True)

    # ---- what is done

    async def fill(self, **fields):
        for name, text in fields.items():
            await self.page.locator(f"input[name={name}]:visible").fill(text)
        await self.page.keyboard.press("Enter")

    async def press(self, button):
        await self.page.get_by_role("button", name=button, exact=True).click()

    async def login(self, url, user, password):
        await self.fill(url=url, user=user, password=password)
        await self.sees(self.page.locator("#begin"))
        self.user = user

    async def chat(self, other):
        await self.fill(user=other)
        await self.sees(self.page.locator("#say"))

    async def ask(self, text):
        """Types TEXT, which wasn't typed before; the message that answers it."""
        await self.fill(text=text)
        answer = self.messages(".other").filter(has=self.page.locator("blockquote", has_text=text))
        await self.sees(answer)
        return answer
