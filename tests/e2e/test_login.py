"""`spotter login`: a person lets the bot in with a browser, and the session goes on for good, by refresh tokens that nobody reads."""

import subprocess
import threading
import time

import pytest
from authority import DEVICE, LOST, Authority
from conftest_shared import numbers
from proxy import status
from spotter import PROGRAM, Spotter


@pytest.fixture
def door(synapse):
    """A bot without a password whose homeserver lets it in by an authorisation server."""
    bot = Spotter(synapse, f"door{next(numbers)}")
    authority = Authority(synapse, bot.user, bot.password)
    bot.config.write_text(bot.config.read_text().replace(f'password_file = "{bot.folder}/password"', "").replace(
        synapse.url, authority.url))
    yield bot, authority
    bot.close()
    authority.close()


class Login:
    """The command under way: `said` grows."""

    def __init__(self, bot):
        self.process = subprocess.Popen([PROGRAM, "login", "--config", bot.config], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.said = b""

    def until(self, word):
        while word not in self.said:
            more = self.process.stdout.readline()
            assert more, self.said
            self.said += more

    def end(self, timeout=60):
        said, _ = self.process.communicate(timeout=timeout)
        return self.process.returncode, (self.said + said).decode(errors="replace")


def log_in(bot, authority):
    login = Login(bot)
    login.until(b"Waiting")
    authority.decide()
    code, said = login.end()
    assert code == 0, said
    return said


def on_disk(bot):
    return b"".join(path.read_bytes() for path in bot.folder.iterdir() if path.is_file())


def tell_nobody(bot, authority, *more):
    """No token, whole or in part, is in a log, an answer or a file of the store."""
    for token in authority.issued:
        secret = token.rsplit("-", 1)[1]
        for text in (on_disk(bot), *(words.encode() for words in more)):
            assert secret.encode() not in text and secret[:16].encode() not in text


def test_from_the_page_to_a_reply_and_on_and_on(play, door):
    bot, authority = door
    assert bot.command("run") == (78, "spotter: nobody has logged in yet: run spotter login, or give a password_file\n")
    login = Login(bot)
    login.until(b"Waiting")
    assert f"{authority.url}/link\n".encode() in login.said and b"-GYM" in login.said
    device = next(form["scope"] for _, path, form in authority.seen if path == "/device").split(DEVICE)[1]
    assert device.startswith("SPOTTER")
    authority.decide()
    code, said = login.end()
    assert code == 0 and f"Logged in as {bot.user}, device {device}." in said
    again, same = bot.command("login")  # there is a session: nobody is asked
    assert again == 0 and "Open" not in same and device in same and len(authority.times("/device")) == 1
    bot.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user)
        await anna.ask(room, "bench 80x8 @1")
        for count in range(1, 4):  # each with the token that the last one brought
            authority.expire()
            await anna.ask(room, f"80x{8 - count} @1", timeout=60)
            assert len(authority.refreshes()) == len(set(authority.refreshes())) == count
        assert bot.stop() == 0
        authority.expire()
        bot.start()
        await anna.ask(room, "80x4 @1", timeout=60)
        assert len(set(authority.refreshes())) == 4
        assert bot.rows("SELECT count(*) FROM live_set") == [(5,)] and not anna.undecryptable

    play(scenario)
    assert bot.stop() == 0
    tell_nobody(bot, authority, said, same)
    assert len(authority.clients) == 1


def test_several_requests_wait_for_one_refresh_and_none_is_lost(play, door):
    bot, authority = door
    log_in(bot, authority)
    bot.start()

    async def scenario(gym):
        people = [await gym.lifter(name) for name in ("anna", "ben", "cara")]
        rooms = [await person.direct_chat(bot.user, encrypted=False) for person in people]
        for person, room in zip(people, rooms):
            await person.ask(room, "bench 80x8 @1")
        arrived, refused = threading.Barrier(3, action=authority.expire, timeout=60), []

        def before(method, path):
            if "/send/m.room.message/" in path and len(refused) < 3:
                refused.append(path)
                arrived.wait()  # all three are under way when the token expires, once

        authority.before = before
        asked = [await person.send(room, "80x7 @1") for person, room in zip(people, rooms)]
        for person, event_id in zip(people, asked):
            await person.until(lambda: person.replies_to(event_id), "the reply", timeout=60)
            assert len(person.replies_to(event_id)) == 1
        assert len(refused) == 3 and len(authority.refreshes()) == 1

    play(scenario)
    assert bot.stop() == 0


@pytest.mark.parametrize("how", ["lost", "killed", "away"])
def test_a_refresh_whose_answer_never_came_is_asked_for_again(play, door, how):
    bot, authority = door
    log_in(bot, authority)
    bot.start()
    asked = []

    def rule(authority, path, form):
        if path != "/token" or asked:
            return None
        asked.append(form["refresh_token"])
        if how == "killed":
            bot.kill()
        return (503, {}) if how == "away" else LOST

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user)
        await anna.ask(room, "bench 80x8 @1")
        authority.rule = rule
        authority.expire()
        sent = await anna.send(room, "80x7 @1")
        await anna.until(lambda: asked, "the refresh")
        if how == "killed":
            bot.process.wait()
            bot.start()
        await anna.until(lambda: anna.replies_to(sent), "the reply", timeout=60)
        assert authority.refreshes()[:2] == asked * 2

    play(scenario)
    assert bot.stop() == 0


@pytest.mark.parametrize("path, answer", [("/metadata", (404, {})), ("/token", (200, {"access_token": "a", "token_type": "mac"}))])
def test_a_server_in_disorder_ends_no_session(play, door, path, answer):
    bot, authority = door
    log_in(bot, authority)
    bot.start()
    spoilt = []

    def rule(authority, where, form):
        if where != path or spoilt:
            return None
        spoilt.append(where)
        return answer

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user, encrypted=False)
        await anna.ask(room, "bench 80x8 @1")
        authority.rule = rule
        authority.expire()
        await anna.ask(room, "80x7 @1", timeout=60)
        assert spoilt

    play(scenario)
    assert bot.stop() == 0


def test_a_revoked_session_is_said_and_begun_anew_on_the_same_device(play, door):
    bot, authority = door
    log_in(bot, authority)
    bot.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user)
        await anna.ask(room, "bench 80x8 @1")
        authority.revoke()
        assert bot.process.wait(60) == 77
        assert "run spotter login" in bot.log_tail()
        assert bot.command("run")[0] == 77
        log_in(bot, authority)
        bot.start()
        bot.logs("e2ee-keys-gone")  # the device is there again, and gets its keys back
        await anna.ask(room, "80x7 @1", timeout=60)
        assert not anna.undecryptable and bot.rows("SELECT count(*) FROM live_set") == [(2,)]
        ben = await gym.lifter("ben")  # who sees the device for the first time
        await ben.ask(await ben.direct_chat(bot.user), "bench 60x8 @1")
        assert not ben.undecryptable

    play(scenario)
    assert bot.stop() == 0
    devices = {form["scope"] for _, path, form in authority.seen if path == "/device"}
    assert len(devices) == 1
    tell_nobody(bot, authority)


def test_the_server_sets_the_pace(door):
    bot, authority = door
    answers = [(400, {"error": "authorization_pending"}), (400, {"error": "slow_down"})]
    authority.rule = lambda authority, path, form: answers.pop(0) if path == "/token" and answers else None
    login = Login(bot)
    login.until(b"Waiting")
    authority.decide()
    assert login.end()[0] == 0
    first, second, third = authority.polls()
    assert second - first >= 1 and third - second >= 6  # one second, and five more after slow_down


def test_no_is_an_answer_and_so_is_silence(door):
    bot, authority = door
    login = Login(bot)
    login.until(b"Waiting")
    authority.decide("denied")
    code, said = login.end()
    assert code == 77 and "denied in the browser" in said
    authority.grant.update(expires_in=2, interval=0)
    begun = time.monotonic()
    code, said = Login(bot).end()
    assert code == 75 and "expired" in said and 2 <= time.monotonic() - begun < 10
    assert len(authority.polls()) <= 1 + 3  # an interval of nothing is one of a second
    authority.rule = lambda authority, path, form: (400, {"error": "expired_token"}) if path == "/token" else None
    assert Login(bot).end()[0] == 75
    assert len(authority.clients) == 1 and bot.rows("SELECT name FROM matrix_value WHERE name LIKE '%token%'") == []


def test_another_persons_yes_is_none(synapse, door):
    bot, authority = door
    other, password = synapse.register(f"other{next(numbers)}")
    login = Login(bot)
    login.until(b"Waiting")
    authority.decide(user=other, password=password)
    code, said = login.end()
    assert code == 77 and said.endswith(f"spotter: the access token belongs to another user: {other}\n") and "revoked" not in said
    assert bot.rows("SELECT name FROM matrix_value WHERE name LIKE '%token%'") == []
    assert not authority.access and not authority.refresh and not authority.sessions  # nor is it left good
    assert len(authority.times("/revoke", token_type_hint="refresh_token")) == 1
    log_in(bot, authority)
    tell_nobody(bot, authority, said)


def changed(path, **values):
    def rule(authority, where, form):
        if where != path:
            return None
        code, answer = authority.answer(where, form)
        return code, {name: value for name, value in {**answer, **values}.items() if value is not None}
    return rule


def always(path, *answer):
    return lambda authority, where, form: answer if where == path else None


UNREVOKED = {
    "nowhere": (changed("/metadata", revocation_endpoint=None), "no revocation_endpoint"),
    "a file": (changed("/metadata", revocation_endpoint="file:///etc/passwd"), "no revocation_endpoint"),
    "nobody there": (changed("/metadata", revocation_endpoint="http://127.0.0.1:1/"), "the authorisation server: "),
    "an answer that is lost": (lambda authority, path, form: LOST if path == "/revoke" else None, "the authorisation server: "),
    "overloaded": (always("/revoke", 503, {"error": "\x1b[2J"}), "the authorisation server answered 503"),
    "refused": (always("/revoke", 400, {"error": "unsupported_token_type"}), "the authorisation server answered 400"),
}


@pytest.mark.parametrize("name", UNREVOKED)
def test_a_token_that_cant_be_taken_back_is_said_in_a_line(synapse, door, name):
    bot, authority = door
    other, password = synapse.register(f"other{next(numbers)}")
    authority.rule, words = UNREVOKED[name]
    login = Login(bot)
    login.until(b"Waiting")
    authority.decide(user=other, password=password)
    code, said = login.end()
    assert code == 77 and said.endswith(f"spotter: the access token belongs to another user: {other}\n")
    lines = [line for line in said.splitlines() if "event=" in line]
    assert len(lines) == 1 and "event=token-not-revoked device=SPOTTER" in lines[0] and words in lines[0], said
    assert bot.rows("SELECT name FROM matrix_value WHERE name LIKE '%token%'") == []
    tell_nobody(bot, authority, said)


def test_a_token_that_the_homeserver_never_takes_is_taken_back(door):
    """The homeserver and its authorisation server disagree: nobody has that token, so nobody could end its session later."""
    bot, authority = door
    login = Login(bot)
    login.until(b"Waiting")
    authority.before = lambda method, path: authority.expire() if path.endswith("/whoami") else None
    authority.decide()
    assert login.end()[0] == 77
    assert len(authority.times("/revoke")) == 1 and not authority.refresh and not authority.sessions


HOSTILE = {
    "no server": (always("/metadata", 404, {"errcode": "M_UNRECOGNIZED"}), 78, "no authorisation server"),
    "no device grant": (changed("/metadata", device_authorization_endpoint=None), 78, "offers no login by a code"),
    "a file for an endpoint": (changed("/metadata", token_endpoint="file:///etc/passwd"), 78, "offers no login by a code"),
    "a path for an endpoint": (changed("/metadata", token_endpoint="/_matrix/client/v3/logout"), 78, "offers no login by a code"),
    "a password in an endpoint": (changed("/metadata", token_endpoint="https://a:b@c/"), 78, "offers no login by a code"),
    "endpoints of another type": (changed("/metadata", token_endpoint=["https://c/"]), 78, "offers no login by a code"),
    "no registration": (always("/register", 403, {"error": "access_denied"}), 77, "registers no client"),
    "a client without an id": (always("/register", 201, {}), 77, "registers no client"),
    "a client with a line break": (always("/register", 201, {"client_id": "a\r\nX-Evil: b"}), 77, "registers no client"),
    "javascript": (changed("/device", verification_uri="javascript:alert(1)"), 69, "no page that can be opened safely"),
    "an escape sequence in the page": (changed("/device", verification_uri="https://a/\x1b]0;owned\x07"), 69, "opened safely"),
    "another's letters in the page": (changed("/device", verification_uri="https://\u0430pple.com/"), 69, "opened safely"),
    "an escape sequence in the code": (changed("/device", user_code="\x1b[2JABCD"), 69, "no code that can be shown"),
    "a code without end": (changed("/device", user_code="A" * 65), 69, "no code that can be shown"),
    "no code": (changed("/device", device_code=7), 69, "no code that can be shown"),
    "a refusal to begin": (always("/device", 400, {"error": "invalid_scope", "error_description": "\x1b[2J"}), 77, "refuses to begin"),
    "a refusal in other words": (always("/token", 400, {"error": "because"}), 77, "refuses the login"),
    "a refusal without words": (always("/token", 418, b"<html>"), 77, "refuses the login"),
    "no token": (always("/token", 200, {"token_type": "Bearer"}), 69, "no tokens that can be used"),
    "a token of another kind": (always("/token", 200, {"access_token": "a", "token_type": "mac"}), 69, "no tokens"),
    "a token with a header in it": (always("/token", 200, {"access_token": "a\r\nX: b", "token_type": "bearer"}), 69, "no tokens"),
    "a token without end": (always("/token", 200, {"access_token": "a" * 8193, "token_type": "bearer"}), 69, "no tokens"),
    "another device's token": (always("/token", 200, {"access_token": "a", "token_type": "bearer", "scope":
                                                      "urn:matrix:client:api:* urn:matrix:client:device:SOMEBODYELSES"}), 77, "grants less"),
    "a scope that begins like ours": (always("/token", 200, {"access_token": "a", "token_type": "bearer", "scope":
                                                             "urn:matrix:client:api:* urn:matrix:client:device:S"}), 77, "grants less"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_authorisation_server(door, name):
    bot, authority = door
    authority.rule, expected, words = HOSTILE[name]
    code, said = Login(bot).end()
    assert code == expected and words in said, said
    assert all(letter == "\n" or " " <= letter <= "~" for letter in said)
    assert len(authority.polls()) <= 1
    assert len(authority.times("/revoke", token="a", token_type_hint="access_token")) == ("grants less" in words)
    tell_nobody(bot, authority, said)


def test_what_is_no_answer_is_asked_for_again(door):
    bot, authority = door
    spoilt = {"/metadata": b"\0" * 70000, "/register": b"x" * 10_000_000, "/device": b"[" * 100000, "/token": b'{"access_token":'}
    authority.rule = lambda authority, path, form: (200, spoilt.pop(path)) if path in spoilt else None
    log_in(bot, authority)
    assert not spoilt


def test_a_client_that_is_forgotten_is_registered_again_once(door):
    bot, authority = door
    authority.rule = always("/token", 400, {"error": "access_denied"})
    assert Login(bot).end()[0] == 77
    authority.clients.clear()
    authority.rule = lambda authority, path, form: None
    log_in(bot, authority)
    assert len(authority.times("/register")) == 2
    authority.rule = always("/device", 401, {"error": "invalid_client"})
    authority.revoke()
    code, said = Login(bot).end()
    assert code == 77 and "refuses to begin" in said and len(authority.times("/register")) == 3


def test_a_refused_token_whose_text_is_in_the_answer_is_not_logged(door):
    """The authority's words quote the token; so may a homeserver's."""
    bot, authority = door
    log_in(bot, authority)
    authority.revoke()
    code, said = bot.command("run")
    assert code == 77
    tell_nobody(bot, authority, said)


def test_the_doctor_renews_nothing_and_says_who_does(door):
    bot, authority = door
    log_in(bot, authority)
    authority.expire()
    code, said = bot.command("doctor")
    assert code == 69 and "spotter login, or the daemon, renews it" in said and not authority.refreshes()
    assert bot.command("login")[0] == 0 and len(authority.refreshes()) == 1
    assert "login          OK" in bot.command("doctor")[1]


def test_a_homeserver_without_passwords_is_said(proxied):
    bot, proxy = proxied
    proxy.rule = lambda method, path: status(404, b'{"errcode":"M_UNRECOGNIZED","error":"no"}') if path.endswith("/login") else None
    code, said = bot.command("run")
    assert code == 77 and "takes no password: leave it out, and run spotter login" in said


def test_a_password_login_is_renewed_by_its_refresh_token(play, proxied):
    bot, proxy = proxied
    refused = []

    def expired(method, path):
        if "/sync" in path and not refused:
            refused.append(path)
            return status(401, b'{"errcode":"M_UNKNOWN_TOKEN","error":"expired","soft_logout":true}')
        return None

    def no_refresh(method, path):
        return status(403, b'{"errcode":"M_FORBIDDEN","error":"used"}') if path.endswith("/refresh") else expired(method, path)

    def slow(method, path):
        if path.endswith("/refresh") and "slow" not in refused:
            refused.append("slow")
            return status(408, b"{}")
        return expired(method, path)

    def count(end):
        return sum(path.endswith(end) for _, path, _ in proxy.seen)

    bot.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user)
        await anna.ask(room, "bench 80x8 @1")
        for reps, rule in ((8, slow), (7, expired), (6, expired), (5, no_refresh)):
            refused.clear()
            proxy.rule = rule
            await anna.ask(room, f"80x{reps} @1")
            await anna.ask(room, f"80x{reps} @0", timeout=60)
            assert refused
        # Where it isn't taken, the password is.
        assert count("/refresh") == 5 and count("/login") == 2

    play(scenario)
    assert bot.stop() == 0
