"""An application service's user, on a real Synapse that has its registration: no password, a device of its own (MSC4190), and each
request says whose it is (MSC4326)."""

import secrets
import urllib.parse

import pytest
from conftest_shared import Gym, player
from proxy import Proxy
from spotter import Spotter
from synapse import SERVER_NAME, Synapse

TOKEN = "as_" + secrets.token_hex(16)
REGISTRATION = {"id": "spotter", "url": None, "as_token": TOKEN, "hs_token": secrets.token_hex(16), "sender_localpart": "sender",
                "rate_limited": False, "io.element.msc4190": True,
                "namespaces": {"users": [{"exclusive": True, "regex": rf"@coach.*:{SERVER_NAME}"}]}}


@pytest.fixture(scope="module")
def server():
    synapse = Synapse(registration=REGISTRATION)
    yield synapse
    synapse.close()


@pytest.fixture
def play_there(server, tmp_path):
    return player(lambda: Gym(server, tmp_path), 600)


@pytest.fixture
def coaches(server):
    """Makes bots that are the application service's, by name; closed at the end."""
    bots = []

    def make(name, token=TOKEN, **more):
        bots.append(Spotter(server, None, user=f"@{name}:{SERVER_NAME}", password=token, secret="as_token_file", **more))
        return bots[-1]

    yield make
    for bot in bots:
        bot.close()


def devices(server, user):
    query = urllib.parse.urlencode({"user_id": user})
    return [device["device_id"] for device in server.request("GET", f"/_matrix/client/v3/devices?{query}", token=TOKEN)["devices"]]


# What nobody is named in: what anybody may ask, and what makes the user, and its device.
ANYBODYS = ("/_matrix/client/versions", "/.well-known/matrix/client")
MAKING = ("POST /_matrix/client/v3/register", "PUT /_matrix/client/v3/devices/")


@pytest.mark.parametrize("name, device", [("coach+1=/a", "B/O&T+=1"), ("coach2", None)], ids=["escaped", "chosen"])
def test_it_is_whoever_is_named(server, coaches, play_there, name, device):
    proxy = Proxy(server.port)
    bot = coaches(name, url=proxy.url, more=f'device_id = "{device}"' if device else "")
    bot.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user)
        assert "80x8" in (await anna.ask(room, "bench 80x8 @1")).body
        chosen = devices(server, bot.user)
        assert len(chosen) == 1 and (device is None or chosen == [device])
        await anna.send(room, "export")
        await anna.until(lambda: any("RoomEncryptedFile" in type(event).__name__ for _, event, _ in anna.events), "the file")

        bot.stop()
        bot.start()
        answer = await anna.ask(room, "80x7 @1")
        assert answer.decrypted and "80x7" in answer.body and devices(server, bot.user) == chosen

        # The identity needs nobody's password.
        bot.stop()
        code, said = bot.command("bootstrap", "--recovery-key-file", bot.folder / "recovery")
        assert code == 0, said
        bot.start()
        assert (await anna.ask(room, "80x6 @1")).decrypted and not anna.undecryptable
        await anna.until(lambda: bot.command("doctor")[0] == 0, "all is well")

    play_there(scenario)
    assert bot.stop() == 0
    named = urllib.parse.parse_qs(urllib.parse.urlencode({"user_id": bot.user, "device_id": devices(server, bot.user)[0]}))
    made = []
    for method, path, _ in proxy.seen:
        path, _, query = path.partition("?")
        if f"{method} {path}".startswith(MAKING):
            made.append(method)
            assert "device_id" not in query
        elif path not in ANYBODYS:
            query = urllib.parse.parse_qs(query)
            assert {key: query.get(key) for key in named} == named, (method, path)
        assert not path.endswith(("/login", "/refresh"))
    assert made == ["POST", "PUT"]  # once
    log = bot.log.read_text()
    assert TOKEN not in log and "syt_" not in log
    proxy.close()


@pytest.mark.parametrize("name, token, words", [
    ("coach-wrong", "as_other", "does not take the application service's token"),
    ("stranger", TOKEN, "no such user for the application service"),
], ids=["token", "user"])
def test_what_is_not_its_own_is_refused(coaches, name, token, words):
    bot = coaches(name, token=token)
    code, said = bot.command("run")
    assert code == 77 and words in said and token not in said


def test_a_device_that_was_removed_ends_it(server, coaches, play_there):
    bot = coaches("coach3")
    bot.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        await anna.ask(await anna.direct_chat(bot.user), "bench 80x8 @1")

    play_there(scenario)
    query = urllib.parse.urlencode({"user_id": bot.user})
    [device] = devices(server, bot.user)
    server.request("DELETE", f"/_matrix/client/v3/devices/{device}?{query}", {}, token=TOKEN)
    assert bot.process.wait(60) == 77
    assert "its keys are gone" in bot.log.read_text()
    code, said = bot.command("run")
    assert code == 77 and "its keys are gone" in said and devices(server, bot.user) == []
