"""A proxy between Spotter and Synapse that spoils what a rule tells it to: for faults that a real homeserver can't be asked for.

A rule is called as rule(method, path) for each request and returns None (pass it on) or one of the faults below.
"""

import asyncio
import json
import threading

REFUSE = "refuse"  # close the connection at once
HOLD = "hold"  # take the request, never answer
HALF = "half"  # pass it on, answer with half of the body, then close
SWALLOW = "swallow"  # pass it on, and close instead of answering: the server has done it, the client can't know
GARBAGE = "garbage"  # answer 200 with something that is no JSON


def status(code, body=b"{}", *headers):
    """A whole answer that the homeserver never gave: status(429, b"{}", "Retry-After: 1")."""
    head = f"HTTP/1.1 {code} Fault\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return (head + "".join(header + "\r\n" for header in headers) + "\r\n").encode() + body


def spoiled(change):
    """The homeserver's answer, CHANGEd in place."""

    def rewrite(head, body):
        answer = json.loads(body)
        change(answer)
        body = json.dumps(answer).encode()
        lines = [line for line in head.split(b"\r\n")[:-2] if not line.lower().startswith(b"content-length:")]
        return b"\r\n".join(lines + [b"Content-Length: %d" % len(body)]) + b"\r\n\r\n", body

    return rewrite


class InTurn:
    """A rule: requests to paths that hold PART meet FAULTS, one each; COUNT is how many came."""

    def __init__(self, part, *faults):
        self.part, self.faults, self.count = part, faults, 0

    def __call__(self, method, path):
        if self.part not in path:
            return None
        self.count += 1
        return self.faults[self.count - 1] if self.count <= len(self.faults) else None


# Faults that a request which matters is tried again after.
PASSING = (status(500), status(429, b'{"errcode":"M_LIMIT_EXCEEDED"}', "Retry-After: 1"), SWALLOW, HOLD)


class Proxy:
    """Runs in a thread of its own. `rule` may be changed at any time, as may `rewrite`, by which the heads of requests pass; `seen` lists
    (method, path, fault)."""

    def __init__(self, target_port):
        self.target_port = target_port
        self.rule = lambda method, path: None
        self.rewrite = lambda head: head
        self.seen = []
        self.port = None
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._listen()), daemon=True)
        self._thread.start()
        self._started.wait(30)
        self.url = f"http://127.0.0.1:{self.port}"

    async def _listen(self):
        self._loop, self._closing = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._closing.wait()
        server.close()

    def close(self):
        """Ends what is under way too: a task that is left over is found by the garbage collector, anywhere."""
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(5)

    async def _serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(self._length(head))
                method, path, _ = head.split(b"\r\n")[0].decode().split(" ", 2)
                fault = self.rule(method, path)
                self.seen.append((method, path, fault))
                if not await self._answer(fault, head, body, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError, OSError):
            pass
        finally:
            writer.close()

    @staticmethod
    def _length(head):
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                return int(line.split(b":")[1])
        return 0

    async def _answer(self, fault, head, body, writer):
        """False ends the connection."""
        if fault == REFUSE:
            return False
        if fault == HOLD:
            await asyncio.sleep(3600)
            return False
        if fault == GARBAGE:
            writer.write(status(200, b"<html>not what you asked for"))
            await writer.drain()
            return True
        if isinstance(fault, bytes):
            writer.write(fault)
            await writer.drain()
            return True
        answer_head, answer_body = await self._forward(head, body)
        if fault == SWALLOW:
            return False
        if fault == HALF:
            writer.write(answer_head + answer_body[:len(answer_body) // 2])
            await writer.drain()
            return False
        if callable(fault):
            answer_head, answer_body = fault(answer_head, answer_body)
        writer.write(answer_head + answer_body)
        await writer.drain()
        return True

    async def _forward(self, head, body):
        """Asks the homeserver; returns a head with a right Content-Length, and the body."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.target_port)
        lines = [line for line in self.rewrite(head).split(b"\r\n")[:-2] if not line.lower().startswith(b"connection:")]
        writer.write(b"\r\n".join(lines + [b"Connection: close"]) + b"\r\n\r\n" + body)
        await writer.drain()
        whole = await reader.read(-1)
        writer.close()
        answer_head, _, answer_body = whole.partition(b"\r\n\r\n")
        lines = answer_head.split(b"\r\n")
        if any(line.lower().replace(b" ", b"") == b"transfer-encoding:chunked" for line in lines):
            answer_body = self._unchunk(answer_body)
        kept = [line for line in lines
                if line.split(b":")[0].lower() not in (b"content-length", b"transfer-encoding", b"connection")]
        return b"\r\n".join(kept + [b"Content-Length: %d" % len(answer_body)]) + b"\r\n\r\n", answer_body

    @staticmethod
    def _unchunk(data):
        out = b""
        while data:
            size, _, data = data.partition(b"\r\n")
            length = int(size, 16)
            if length == 0:
                break
            out, data = out + data[:length], data[length + 2:]
        return out
