"""A log that is sent as a file: fetched by authenticated media, checked before it is opened, booked once whatever befalls it."""

import asyncio
import io
import pathlib
import subprocess

import nio
import pytest
from conftest_shared import ENCRYPTED
from nio.crypto.attachments import decrypt_attachment
from proxy import HOLD, PASSING, InTurn, status
from test_export import answers, export

LOG = b"""Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;Workout Notes
2024-11-03 18:05:00;Push;Bench Press (Barbell);1;70;kg;8;8;;;0;;
2024-11-03 18:05:00;Push;Bench Press (Barbell);2;70;kg;8;8.5;;;0;;
2024-11-10 18:05:00;Push;Bench Press (Barbell);1;72.5;kg;8;8;;;0;;
"""
IMPORTED = "3 sets imported,\n3 Nov 2024 to 10 Nov 2024.\nundo takes the file back."
MEDIA = "/_matrix/client/v1/media/download/"
LARGE = 4 * 1024 * 1024 + 1


async def content_of(anna, data, encrypted, kind="m.file", name="strong.csv", **more):
    uploaded, keys = await anna.client.upload(io.BytesIO(data), content_type="text/csv", filename=name, encrypt=encrypted, filesize=len(data))
    assert isinstance(uploaded, nio.UploadResponse), uploaded
    where = {"file": {"url": uploaded.content_uri, **keys}} if encrypted else {"url": uploaded.content_uri}
    return {"msgtype": kind, "body": name, "info": {"mimetype": "text/csv", "size": len(data)}, **where, **more}


async def ask(anna, room, content):
    """Sends CONTENT; the one answer to it."""
    sent = await anna.send(room, content)
    return (await anna.reply_to(sent, 60)).body


def sets(spotter):
    return spotter.rows("SELECT count(*) FROM live_set")[0][0]


def kept(spotter):
    return [value for value, in spotter.rows("SELECT value FROM matrix_value WHERE name = 'files'") if value]


@ENCRYPTED
def test_a_log_is_booked_as_one_step(play, spotter, encrypted):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        log = await content_of(anna, LOG, encrypted)
        assert await ask(anna, room, log) == IMPORTED
        assert sets(spotter) == 3
        assert (await ask(anna, room, log)).startswith("Nothing new in that file.\nHere already: 3 sets.")
        assert "72.5x8" in (await anna.ask(room, "history bench 200w")).body
        assert "Undone" in (await anna.ask(room, "undo")).body
        assert sets(spotter) == 0
        assert not kept(spotter) and not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0


@ENCRYPTED
def test_our_own_export_is_another_lifters_log(play, spotter, encrypted):
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room = await anna.direct_chat(spotter.user, encrypted)
        for text in ('bench 80x8 @1 (said "easy", was hard)', "squat 225lb x5", "pullups bw-20x6 @2", "curl 15x10 drop 10x6"):
            await anna.ask(room, text)
        _, event = await export(anna, room)
        content = event.source["content"]
        got = await anna.client.download(content["file"]["url"] if encrypted else content["url"])
        data = got.body
        if encrypted:
            file = content["file"]
            data = decrypt_attachment(data, file["key"]["k"], file["hashes"]["sha256"], file["iv"])
        assert (await ask(anna, room, await content_of(anna, data, encrypted))).startswith("Nothing new")
        other = await ben.direct_chat(spotter.user, encrypted)
        assert (await ask(ben, other, await content_of(ben, data, encrypted))).startswith("4 sets imported,")
        assert (await ben.ask(other, "today")).body == (await anna.ask(room, "today")).body

    play(scenario)


@ENCRYPTED
def test_a_file_that_is_hard_to_get_is_booked_once(play, proxied, encrypted):
    """Refusals that pass, half an answer, a kill while it is fetched, another while it was away."""
    spotter, proxy = proxied
    fetches = proxy.rule = InTurn(MEDIA, *PASSING)
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        log = await content_of(anna, LOG, encrypted)
        sent = await anna.send(room, log)
        await anna.until(lambda: fetches.count == len(PASSING), "the last fault", 60)
        assert "bench press" in (await anna.ask(room, "bench 80x8 @1")).body, "nobody waits for a file"
        spotter.kill()
        again = await anna.send(room, log)
        spotter.start()
        assert (await anna.reply_to(sent, 60)).body == IMPORTED
        assert (await anna.reply_to(again, 60)).body.startswith("Nothing new")
        await anna.ask(room, "today")
        assert len(answers(anna, sent)) == len(answers(anna, again)) == 1
        assert sets(spotter) == 4 and not kept(spotter)

    play(scenario)
    assert all(path.startswith(MEDIA) for _, path, _ in proxy.seen if "/media/" in path)


def chunked(data):
    return (b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data))


ELSEWHERE = status(307, b"{}", "Location: /_matrix/client/v1/media/download/elsewhere/x")
TOLD_LARGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: %d\r\n\r\nDate;" % LARGE
ALTERED = "That file isn't as it was sent, so I\ndid not read it. Please send it again."
NOT_GIVEN = "The server doesn't give me that file.\nPlease send it again."
TOO_LARGE = "That file is too large: I read 4 MB at\nmost."


@ENCRYPTED
@pytest.mark.parametrize("fault, said", [
    (status(404, b'{"errcode":"M_NOT_FOUND"}'), NOT_GIVEN),
    (status(403, b'{"errcode":"M_FORBIDDEN"}'), NOT_GIVEN),
    (ELSEWHERE, NOT_GIVEN),
    (TOLD_LARGE, TOO_LARGE),
    (chunked(b"x" * LARGE), TOO_LARGE),
], ids=["404", "403", "redirect", "large", "larger than it says"])
def test_what_the_server_does_not_give_is_said(play, proxied, encrypted, fault, said):
    spotter, proxy = proxied
    proxy.rule = lambda method, path: fault if "/media/" in path else None
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        assert await ask(anna, room, await content_of(anna, LOG, encrypted)) == said
        assert [path.startswith(MEDIA) for _, path, _ in proxy.seen if "/media/" in path] == [True]
        assert not any("elsewhere" in path for _, path, _ in proxy.seen)
        assert sets(spotter) == 0 and not kept(spotter)

    play(scenario)


def test_an_encrypted_file_that_was_altered_is_not_opened(play, proxied):
    spotter, proxy = proxied
    # One bit of a load.
    proxy.rule = lambda method, path: (lambda head, body: (head, body[:-20] + bytes([body[-20] ^ 1]) + body[-19:])) if MEDIA in path else None
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        assert await ask(anna, room, await content_of(anna, LOG, True)) == ALTERED
        assert sets(spotter) == 0 and not kept(spotter)

    play(scenario)


@ENCRYPTED
def test_what_is_no_log_is_not_even_fetched(play, proxied, encrypted):
    spotter, proxy = proxied
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        good = await content_of(anna, LOG, encrypted)
        other = "Of files I read logs alone: CSV from\nStrong, Hevy, or my export."
        assert await ask(anna, room, {**good, "msgtype": "m.image", "body": "a.jpg", "info": {"mimetype": "image/jpeg"}}) == other
        assert await ask(anna, room, {**good, "body": "a.pdf", "info": {"mimetype": "application/pdf"}}) == other
        assert await ask(anna, room, {**good, "info": {"mimetype": "text/csv", "size": LARGE}}) == TOO_LARGE
        assert await ask(anna, room, {**good, **({"file": {**good["file"], "url": "mxc://../x"}} if encrypted else {"url": "mxc://../x"})}) == ALTERED
        if encrypted:
            assert await ask(anna, room, await content_of(anna, LOG, False)) == ALTERED
            assert await ask(anna, room, {**good, "file": {**good["file"], "v": "v1"}}) == ALTERED
        assert not any("/media/" in path for _, path, _ in proxy.seen)
        # What stands under a picture is said.
        assert "bench press 80x8 @1" in await ask(anna, room, {**good, "msgtype": "m.image", "filename": "a.jpg", "body": "bench 80x8 @1"})
        assert sets(spotter) == 1 and not kept(spotter)

    play(scenario)


@ENCRYPTED
def test_a_file_that_was_taken_back_is_not_booked(play, proxied, encrypted):
    spotter, proxy = proxied
    held = []
    proxy.rule = lambda method, path: held.append(path) or HOLD if MEDIA in path else None
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        sent = await anna.send(room, await content_of(anna, LOG, encrypted))
        await anna.until(lambda: held, "the file is fetched")
        await anna.redact(room, sent)
        await anna.until(lambda: not kept(spotter), "it isn't waited for any more")
        spotter.kill()
        proxy.rule = lambda method, path: None
        spotter.start()
        await anna.ask(room, "today")
        assert sets(spotter) == 0 and not answers(anna, sent)

    play(scenario)


def test_in_a_room_with_others_files_are_theirs(play, proxied):
    spotter, proxy = proxied
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room = await anna.direct_chat(spotter.user)
        await anna.bring(room, ben)
        sent = await anna.send(room, await content_of(anna, LOG, True))
        await anna.ask(room, "bench 80x8 @1")
        assert not answers(anna, sent) and sets(spotter) == 1
        assert not any("/media/" in path for _, path, _ in proxy.seen)

    play(scenario)


@ENCRYPTED
def test_a_file_that_ends_the_program_is_read_twice_at_most(play, spotter, tmp_path, monkeypatch, encrypted):
    """A library kills it, as the kernel would, where it begins to read what was sent."""
    library = tmp_path / "die.so"
    source = pathlib.Path(__file__).resolve().parents[1] / "fault" / "die.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        await anna.ask(room, "bench 80x8 @1")
        assert spotter.stop() == 0
        monkeypatch.setenv("LD_PRELOAD", str(library))
        monkeypatch.setenv("DIE_READING", "1")
        sent = await anna.send(room, await content_of(anna, LOG, encrypted))
        for _ in range(2):
            spotter.start(ready=False)
            await anna.until(lambda: spotter.process.poll() is not None, "its end", 60)
            assert len(kept(spotter)) == 1 and sets(spotter) == 1
        spotter.start()
        assert (await anna.reply_to(sent, 60)).body == "Reading that file stopped me twice, so I\nleave it. Export it again, or in parts."
        await anna.ask(room, "80x8 @1")
        assert not kept(spotter) and sets(spotter) == 2
        assert spotter.stop() == 0
        monkeypatch.delenv("DIE_READING")
        spotter.start()
        assert await ask(anna, room, await content_of(anna, LOG, encrypted)) == IMPORTED
        assert len(answers(anna, sent)) == 1

    play(scenario)


def test_who_sends_much_keeps_nobody_waiting(play, proxied):
    """The server holds Anna's files back; Ben's is read when her turn is over, which is a minute, by a clock that runs faster."""
    spotter, proxy = proxied
    held = set()
    proxy.rule = lambda method, path: HOLD if any(name in path for name in held) else None

    async def scenario(gym):
        await asyncio.to_thread(spotter.start, pace=20)
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room, other, third = await anna.direct_chat(spotter.user), await ben.direct_chat(spotter.user), await anna.direct_chat(spotter.user)
        logs = [await content_of(anna, LOG, True) for _ in range(4)]
        held.update(log["file"]["url"].rpartition("/")[2] for log in logs)
        sent = [await anna.send(room, log) for log in logs[:2]] + [await anna.send(third, logs[2])]
        await anna.until(lambda: all(file.encode() in b"".join(kept(spotter)) for file in sent), "all of them wait")
        await anna.until(lambda: any(MEDIA in path for _, path, _ in proxy.seen), "the first is fetched")
        # Her files are hers in whichever room.
        assert await ask(anna, third, logs[3]) == "One after the other: send that file\nagain once I answered the others."
        assert await ask(ben, other, await content_of(ben, LOG, True)) == IMPORTED
        assert not any(answers(anna, file) for file in sent)
        held.clear()
        said = [(await anna.reply_to(file, 60)).body for file in sent]
        assert sorted(text.partition(".")[0] for text in said) == [IMPORTED.partition(".")[0]] + 2 * ["Nothing new in that file"]
        assert not kept(spotter)

    play(scenario)


def test_the_operator_books_a_file_while_the_daemon_is_stopped(play, spotter, tmp_path):
    log, other, large = tmp_path / "log.csv", tmp_path / "other.csv", tmp_path / "large.csv"
    log.write_bytes(LOG)
    other.write_text("a,b\n1,2\n")
    large.write_bytes(LOG + b"x" * LARGE)
    assert spotter.command("import", "--user", "@a:b", log)[0] == 66, "there is no store yet"
    assert not spotter.database.exists()
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        jobs = spotter.rows("SELECT kind, room FROM job ORDER BY id")
        assert jobs
        code, said = spotter.command("import", "--user", anna.user, log)
        assert code == 74 and "in use" in said, said
        assert spotter.stop() == 0
        for user, file, code, what in (("@nobody:gym.test", log, 66, "nobody is known as @nobody:gym.test"), ("gym/anna", log, 66, "nobody is known as gym/anna"),
                                       (anna.user, tmp_path / "none.csv", 66, "No such file"), (anna.user, other, 65, "I don't know that table."),
                                       (anna.user, large, 65, "I read 4 MB at")):
            got, said = spotter.command("import", "--user", user, file)
            assert got == code and what in said, said
        assert spotter.command("import", log)[0] == 64
        assert sets(spotter) == 1
        assert spotter.command("import", "--user", anna.user, log) == (0, IMPORTED + "\n")
        assert spotter.command("import", "--user", anna.user, log) == (0, "Nothing new in that file.\nHere already: 3 sets.\n")
        spotter.write("INSERT INTO identity (transport, identity, lifter) SELECT 'irc:gym', 'anna', lifter FROM identity")  # linked
        assert spotter.command("import", "--user", "gym/anna", log) == (0, "Nothing new in that file.\nHere already: 3 sets.\n")
        assert spotter.rows("SELECT kind, room FROM job ORDER BY id") == jobs, "what is to be said stays as it was"
        spotter.start()
        assert "72.5x8" in (await anna.ask(room, "history bench 200w")).body
        assert "Undone: bench press 70x8" in (await anna.ask(room, "undo")).body
        assert sets(spotter) == 1

    play(scenario)
