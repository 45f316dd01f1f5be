"""The load: signed requests sent on time over kept connections, as Slack sends them.

A process of its own, `python -m bench.load`: it reads a plan from standard input and prints what
happened. Arrivals are open-loop: a request is due when it is due, however slow the answers are, and
its latency counts from then, so that a slow server cannot hide its queue. Each is signed when sent.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import selectors
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from bench.process import outrank

PATIENCE_SECONDS = 60.0
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What to send: `bodies[i]` is due `due[i]` seconds from the start, to `path` on `port`.

    At most `connections` are open; a request that finds all of them busy waits for one.
    """

    port: int
    path: str
    secret: str
    bodies: list[str]
    due: list[float]
    connections: int = 256

    def dumps(self) -> bytes:
        return json.dumps(asdict(self)).encode()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """One request: seconds of the monotonic clock, and the status it was answered with.

    `due` is when it had to be sent, `sent` when it was, `answered` when its answer was there.
    """

    due: float
    sent: float
    answered: float
    status: int


class Connection:
    """A kept connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def ask(self, request: bytes) -> tuple[int, bool]:
        """The answer's status, and whether the connection can be used again."""
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = head.split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        if "content-length" in headers:
            await self._reader.readexactly(int(headers["content-length"]))
        kept = lines[0].startswith("HTTP/1.1") and headers.get("connection") != "close"
        kept = kept and "content-length" in headers
        if not kept:
            self._writer.close()
        return int(lines[0].split()[1]), kept


async def run(plan: Plan) -> list[Sent]:
    """Send everything; a request without an answer has status 0."""
    free: list[Connection] = []
    room = asyncio.Semaphore(plan.connections)
    start = time.monotonic() + 0.05

    async def send(body: str, due: float) -> Sent:
        async with room:
            sent, status = time.monotonic(), 0
            try:
                connection = free.pop() if free else await _connect(plan.port)
                request = _signed(plan, body)
                sent = time.monotonic()
                answer = connection.ask(request)
                status, kept = await asyncio.wait_for(answer, PATIENCE_SECONDS)
                if kept:
                    free.append(connection)
            except (OSError, EOFError, TimeoutError):
                status = 0
            return Sent(due=due, sent=sent, answered=time.monotonic(), status=status)

    tasks = []
    for body, offset in zip(plan.bodies, plan.due, strict=True):
        if (wait := start + offset - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        tasks.append(asyncio.create_task(send(body, start + offset)))
    return list(await asyncio.gather(*tasks))


async def _connect(port: int) -> Connection:
    return Connection(*await asyncio.open_connection("127.0.0.1", port))


def _signed(plan: Plan, body: str) -> bytes:
    """The request as bytes, with Slack's signature of this second."""
    stamp, data = str(int(time.time())), body.encode()
    base = b":".join([b"v0", stamp.encode(), data])
    signature = hmac.new(plan.secret.encode(), base, "sha256").hexdigest()
    kind = JSON if body.startswith("{") else FORM
    head = (
        f"POST {plan.path} HTTP/1.1\r\nHost: 127.0.0.1:{plan.port}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(data)}\r\nX-Slack-Request-Timestamp: {stamp}\r\n"
        f"X-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + data


def main() -> None:
    """Standard input: a plan as JSON; standard output: what was sent, as JSON."""
    outrank()
    asked: dict[str, Any] = json.load(sys.stdin)
    # select() waits to the microsecond, epoll to the millisecond, which is longer than an answer.
    loop = asyncio.SelectorEventLoop(selectors.SelectSelector())
    sent = loop.run_until_complete(run(Plan(**asked)))
    print(json.dumps([asdict(each) for each in sent]))


if __name__ == "__main__":
    main()
