"""`SinkControl`: the sink as its own process, and what it has seen, matched to requests."""

from __future__ import annotations

import http.client
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.process import Process, listens
from local.fleet import free_port

LOOK_SECONDS = 0.02
Call = dict[str, Any]


class Unanswered(Exception):
    """Some requests had no answer in time."""


class SinkControl:
    """The Slack that both sides talk to, inside a `with`; `delay` is Slack's, in seconds."""

    def __init__(self, folder: Path, *, delay: float = 0.0, files: Path | None = None) -> None:
        self._folder = folder
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._arguments = [sys.executable, "-m", "bench.sink", "--port", str(self._port)]
        self._arguments += ["--delay", str(delay)]
        self._arguments += ["--files", str(files)] if files else []
        self._stack = ExitStack()

    def __enter__(self) -> SinkControl:
        self._folder.mkdir(parents=True, exist_ok=True)
        log = self._folder / "sink.log"
        process = Process(self._arguments, log=log, environment={}, ready=listens(self._port))
        self._stack.enter_context(process)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def reset(self) -> list[Call]:
        """Forget all calls; what they were."""
        calls: list[Call] = json.loads(self._ask("reset"))
        return calls

    def wait(self, count: int, *, seconds: float = 120.0) -> list[Call]:
        """The calls so far, when so many answers are there.

        Raises Unanswered when that takes longer.
        """
        deadline = time.monotonic() + seconds
        while (there := int(self._ask("answers"))) < count:
            if time.monotonic() > deadline:
                raise Unanswered(f"{count - there} of {count} requests have no answer.")
            time.sleep(LOOK_SECONDS)
        return self.calls()

    def calls(self) -> list[Call]:
        """The calls so far."""
        calls: list[Call] = json.loads(self._ask("calls"))
        return calls

    def _ask(self, what: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("GET", f"/bench/{what}", headers={"Connection": "close"})
        try:
            return connection.getresponse().read()
        finally:
            connection.close()


def answered(calls: list[Call]) -> dict[tuple[str, str], tuple[float, str]]:
    """When each request was answered, and with which words, by who asked where.

    (channel, user) for a command: ours names the person in the message that the answer's thread
    hangs on, the peer in the answer itself. (channel, ts of the upload) for a file.
    """
    posted = {call["ts"]: call for call in calls if call["kind"] == "post"}
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for call in calls:
        if not call["final"]:
            continue
        message = posted.get(call["ts"], call)
        parent = posted.get(message["thread"])
        who = call["user"] or (parent["user"] if parent else message["thread"])
        found.setdefault((call["channel"], who), (call["at"], call["text"]))
    return found
