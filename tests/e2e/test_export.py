"""The log as a file: uploaded, encrypted where the room is, told in one event, whatever befalls the upload."""

import csv
import datetime
import fcntl
import io
import os
import resource
import signal
import subprocess

import nio
from conftest_shared import ENCRYPTED
from nio.crypto.attachments import decrypt_attachment
from proxy import PASSING, InTurn, status
from spotter import PROGRAM


def answers(anna, event_id):
    """Everything that names EVENT_ID in m.in_reply_to, files too."""
    return [event for _, event, _ in anna.events
            if event.sender != anna.user and anna.relation(event).get("m.in_reply_to", {}).get("event_id") == event_id
            and anna.relation(event).get("rel_type") != "m.replace"]


async def export(anna, room):
    asked = await anna.send(room, "export")
    await anna.until(lambda: answers(anna, asked), "the export", 60)
    return asked, answers(anna, asked)[0]


async def bytes_of(anna, event, encrypted):
    """The file, as any client would get it."""
    content = event.source["content"]
    assert content["msgtype"] == "m.file"
    assert content["info"]["mimetype"] == "text/csv"
    assert content["filename"].startswith("spotter-") and content["filename"].endswith(".csv")
    assert ("file" in content, "url" in content) == (encrypted, not encrypted)
    got = await anna.client.download(content["file"]["url"] if encrypted else content["url"])
    assert isinstance(got, nio.DownloadResponse), got
    data = got.body
    if encrypted:
        file = content["file"]
        assert file["v"] == "v2" and file["key"]["alg"] == "A256CTR" and file["key"]["ext"] is True
        assert b"bench-press" not in data
        data = decrypt_attachment(data, file["key"]["k"], file["hashes"]["sha256"], file["iv"])
    assert len(data) == content["info"]["size"]
    return data


async def rows_of(anna, event, encrypted):
    data = await bytes_of(anna, event, encrypted)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


@ENCRYPTED
def test_the_file_holds_every_set(play, spotter, encrypted):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        await anna.ask(room, 'bench 80x8 @1 (said "easy", was hard)')
        await anna.ask(room, "squat 225lb x5")
        await anna.ask(room, "pullups bw-20x6 @2")
        _, event = await export(anna, room)
        assert event.source["content"]["body"] == "3 sets, as CSV."
        rows = await rows_of(anna, event, encrypted)
        assert [(row["exercise_id"], row["weight_kg"], row["reps"], row["rir"], row["load_mode"], row["unit"]) for row in rows] == [
            ("bench-press", "80", "8", "1", "external", "kg"),
            ("squat", "102.05828325", "5", "", "external", "lb"),
            ("pull-up", "20", "6", "2", "assisted", "kg")]
        assert rows[0]["exercise_notes"] == 'said "easy", was hard'
        times = [datetime.datetime.fromisoformat(row["start_time"]) for row in rows]
        assert times == sorted(times)
        assert all(abs(datetime.datetime.now(datetime.timezone.utc) - at) < datetime.timedelta(minutes=5) for at in times)
        # What is said afterwards is answered as ever, and nothing of the file is kept.
        await anna.ask(room, "today")
        await anna.until(lambda: spotter.rows("SELECT count(*) FROM outbox_file")[0][0] == 0, "the file is gone")
        assert not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0


@ENCRYPTED
def test_an_upload_that_fails_is_tried_again(play, proxied, encrypted):
    """Refused connections, 500, 429, an answer that is lost, and a kill while it is under way: one event, the whole file."""
    spotter, proxy = proxied
    uploads = proxy.rule = InTurn("/media/", *PASSING)
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        await anna.ask(room, "bench 80x8 @1")
        asked = await anna.send(room, "export")
        await anna.until(lambda: uploads.count == len(PASSING), "the last fault", 60)
        spotter.kill()
        spotter.start()
        await anna.until(lambda: answers(anna, asked), "the export", 60)
        await anna.ask(room, "today")
        assert len(answers(anna, asked)) == 1
        rows = await rows_of(anna, answers(anna, asked)[0], encrypted)
        assert [row["exercise_id"] for row in rows] == ["bench-press"]

    play(scenario)
    assert uploads.count == len(PASSING) + 1


@ENCRYPTED
def test_a_server_that_takes_no_files_is_said(play, proxied, encrypted):
    spotter, proxy = proxied
    proxy.rule = lambda method, path: status(413, b'{"errcode":"M_TOO_LARGE","error":"no"}') if "/media/" in path else None
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        await anna.ask(room, "bench 80x8 @1")
        asked, event = await export(anna, room)
        assert event.body == "The file can't be handed over here."
        await anna.ask(room, "today")
        assert len(answers(anna, asked)) == 1

    play(scenario)


def test_in_a_group_it_is_refused(play, spotter):
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room = await anna.direct_chat(spotter.user)
        await anna.bring(room, ben)
        await anna.ask(room, "bench 80x8 @1")
        answer = await anna.ask(room, "!export")
        assert "direct chat" in answer.body

    play(scenario)


@ENCRYPTED
def test_whoever_wants_to_be_forgotten_is(play, spotter, encrypted):
    """Nothing of theirs is left in the store's bytes while it runs; what the homeserver tells again after a kill is not booked."""
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        await anna.ask(room, "bench 80x8 @1 (zebrafink)")
        await anna.ask(room, "alias zebralift = bench press")
        await anna.ask(room, "forget me")
        await anna.ask(room, "forget me yes")
        assert "deleted" in (await anna.ask(room, "forget everything")).body
        for path in spotter.folder.glob("*.db*"):
            assert b"zebra" not in path.read_bytes(), path
        spotter.kill()
        spotter.start()
        assert "No sets" in (await anna.ask(room, "today")).body
        assert spotter.rows("SELECT count(*) FROM live_set")[0][0] == 0

    play(scenario)


def export_command(spotter, *arguments, file_bytes=None, stdout=subprocess.PIPE):
    """`spotter export`: (exit code, the bytes of standard output, what it complains of). FILE_BYTES: no file may grow larger."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))

    done = subprocess.run([PROGRAM, "export", "--config", spotter.config, *arguments], stdout=stdout, stderr=subprocess.PIPE, timeout=60,
                          preexec_fn=limit if file_bytes is not None else None)
    return done.returncode, done.stdout, done.stderr.decode()


def test_the_operator_exports_what_the_chat_does(play, spotter, tmp_path):
    out = tmp_path / "anna.csv"
    assert export_command(spotter, "--user", "@a:b")[0] == 66, "there is no store yet"
    assert not spotter.database.exists()
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room = await anna.direct_chat(spotter.user)
        await ben.ask(await ben.direct_chat(spotter.user), "help")
        await anna.ask(room, 'bench 80x8 @1 (said "easy", was hard)')
        await anna.ask(room, "pullups bw-20x6 @2")
        _, event = await export(anna, room)
        file = await bytes_of(anna, event, True)
        assert len(list(csv.reader(io.StringIO(file.decode())))) == 3
        # Beside the daemon, which answers all the while.
        assert export_command(spotter, "--user", anna.user) == (0, file, "")
        assert export_command(spotter, "--user", anna.user, "--out", out) == (0, b"", "")
        assert out.read_bytes() == file and out.stat().st_mode & 0o777 == 0o600
        await anna.ask(room, "bench 80x7 @0")
        code, said, complaint = export_command(spotter, "--user", anna.user, "--out", out)
        assert (code, said) == (73, b"") and "exists" in complaint and out.read_bytes() == file
        for user in ("@nobody:gym.test", "gym/anna", "anna"):
            code, said, complaint = export_command(spotter, "--user", user, "--out", tmp_path / "other.csv")
            assert (code, said) == (66, b"") and f"nobody is known as {user}" in complaint
        code, said, complaint = export_command(spotter, "--user", ben.user)
        assert (code, said) == (66, b"") and "no sets" in complaint
        assert export_command(spotter)[0] == 64
        # Where there is no room there is no half of it either.
        code, _, complaint = export_command(spotter, "--user", anna.user, "--out", tmp_path / "full.csv", file_bytes=100)
        assert code == 74 and "File too large" in complaint
        assert export_command(spotter, "--user", anna.user, "--out", tmp_path / "none" / "x.csv")[0] == 73
        # What somebody else put there is left as it is, and two never write one file.
        trap, other = tmp_path / "trap", tmp_path / "other"
        trap.symlink_to(tmp_path / "nowhere")
        assert export_command(spotter, "--user", anna.user, "--out", trap)[0] == 73
        part = tmp_path / "new.part"
        for laid in (lambda: part.symlink_to(out), lambda: part.hardlink_to(out), lambda: os.mkfifo(part), part.mkdir):
            laid()
            code, _, complaint = export_command(spotter, "--user", anna.user, "--out", tmp_path / "new")
            assert code == 73 and str(part) in complaint and out.read_bytes() == file
            part.rmdir() if part.is_dir() else part.unlink()
        with open(part, "w") as writing:
            fcntl.flock(writing, fcntl.LOCK_EX)
            code, _, complaint = export_command(spotter, "--user", anna.user, "--out", tmp_path / "new")
            assert code == 73 and "another spotter" in complaint
            writing.write("half of it, of one that was killed")
        assert export_command(spotter, "--user", anna.user, "--out", other)[0] == 0
        assert export_command(spotter, "--user", anna.user, "--out", tmp_path / "new")[0] == 0
        assert (tmp_path / "new").read_bytes() == other.read_bytes() and not part.exists()
        with open("/dev/full", "wb") as full:
            code, _, complaint = export_command(spotter, "--user", anna.user, stdout=full)
        assert code == 74 and "No space left" in complaint
        assert [path.name for path in tmp_path.glob("*.*")] == ["anna.csv"]
        assert spotter.stop() == 0
        # Without it, and by the name of another network.
        spotter.write("INSERT INTO identity (transport, identity, lifter) SELECT 'irc:gym', 'anna', lifter FROM identity WHERE identity = ?", anna.user)
        code, said, complaint = export_command(spotter, "--user", "gym/anna")
        assert (code, complaint) == (0, "") and said.startswith(file) and len(said.splitlines()) == 4
        spotter.start()
        await anna.ask(room, "bench 80x6 @0")

    play(scenario)
    assert spotter.stop() == 0
