"""The sink: the cheapest honest Slack, for measuring; it says yes and remembers when and where.

Local Slack enforces Slack's rules and would be the slowest part on the same cores. The sink answers
the same calls with the right shapes, keeps connections alive, serves files, may answer late as
Slack does (`--delay`), and stands at the other end of both sides alike. Times are seconds of the
monotonic clock, which all processes of a machine share.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bench.process import outrank

BOT, TEAM = "UBENCHBOT", "TBENCH"
MENTION = re.compile(r"<@(U\w+)>")
Fields = dict[str, Any]


class Slack:
    """What was called so far, and the answers."""

    def __init__(self, files: Path | None, port: int) -> None:
        self.calls: list[Fields] = []
        self.answers = 0
        self._files = files
        self._url = f"http://127.0.0.1:{port}"
        self._numbers = itertools.count(1)
        self._methods: dict[str, Callable[[Fields], Fields]] = {
            "auth.test": lambda _: {
                "url": f"{self._url}/", "team": "Bench", "user": "readymade", "team_id": TEAM,
                "user_id": BOT, "bot_id": "BBENCH", "is_enterprise_install": False,
            },
            "users.info": lambda asked: {"user": {"id": asked.get("user"), "name": "ada"}},
            "conversations.info": lambda asked: {
                "channel": {"id": asked.get("channel"), "is_member": True, "is_channel": True}
            },
            "conversations.replies": lambda _: {"messages": [], "has_more": False},
            "conversations.history": lambda _: {"messages": [], "has_more": False},
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "files.info": self._file,
            "files.getUploadURLExternal": lambda _: {
                "upload_url": f"{self._url}/upload", "file_id": f"F{next(self._numbers)}"
            },
            "files.completeUploadExternal": lambda _: {"files": [{"id": "F0"}]},
        }  # fmt: skip

    def call(self, path: str, asked: Fields) -> bytes:
        """The answer to one request for `path`, and a note of it."""
        if path.startswith("/files/"):
            return self._content(Path(path).name)
        if path.startswith("/bench/"):
            return self._told(path)
        method = path.removeprefix("/api/")
        answer = self._methods.get(method)
        found = answer(asked) if answer else {}
        return json.dumps({"ok": True, **found}).encode()

    def _told(self, path: str) -> bytes:
        """What the measuring side asks: how many answers, every call, or to forget all."""
        if path == "/bench/answers":
            return str(self.answers).encode()
        told = json.dumps(self.calls).encode()
        if path == "/bench/reset":
            self.calls, self.answers = [], 0
        return told

    def _post(self, asked: Fields) -> Fields:
        ts = f"1700000000.{next(self._numbers):06d}"
        final = not asked.get("blocks")  # a plain message; ours has blocks and is updated
        self._note("post", asked, ts, final=final)
        return {"channel": asked["channel"], "ts": ts, "message": {"ts": ts, "text": ""}}

    def _update(self, asked: Fields) -> Fields:
        blocks = asked.get("blocks") or []
        blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
        waits = any(block.get("type") == "actions" for block in blocks)  # its Cancel button
        self._note("update", asked, asked["ts"], final=not waits)
        return {"channel": asked["channel"], "ts": asked["ts"], "text": ""}

    def _note(self, kind: str, asked: Fields, ts: str, *, final: bool) -> None:
        text = str(asked.get("text") or "")
        person = MENTION.search(text)
        self.answers += final
        self.calls.append({
            "at": time.monotonic(), "kind": kind, "channel": asked["channel"], "ts": ts,
            "thread": asked.get("thread_ts") or "", "user": person[1] if person else "",
            "final": final, "text": text[:200],
        })  # fmt: skip

    def _file(self, asked: Fields) -> Fields:
        """A file's id is `NUMBER-NAME`, so that nobody has to be told of it."""
        id = str(asked["file"])
        name, url = id.partition("-")[2], f"{self._url}/files/{id}"
        file: Fields = {
            "id": id,
            "name": name,
            "mimetype": "",
            "mode": "hosted",
            "url_private": url,
        }
        file |= {"size": len(self._content(id)), "url_private_download": url}
        return {"file": file}

    def _content(self, id: str) -> bytes:
        """The file with its id at the end, where no reader looks: no two uploads are the same, so
        that nobody can remember the answer."""
        assert self._files, "--files names a folder"
        return (self._files / id.partition("-")[2]).read_bytes() + id.encode()


class Connection(asyncio.Protocol):
    """One HTTP/1.1 connection; requests one after the other."""

    def __init__(self, slack: Slack, delay: float) -> None:
        self._slack = slack
        self._delay = delay
        self._read = bytearray()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end].decode("latin-1")
            lower = head.lower()
            found = re.search(r"content-length: *(\d+)", lower)
            whole = end + 4 + (int(found[1]) if found else 0)
            if len(self._read) < whole:
                return
            body = bytes(self._read[end + 4 : whole])
            del self._read[:whole]
            path, query = urlsplit(head.split(" ", 2)[1])[2:4]
            answer = self._slack.call(path, _fields(lower, query, body))
            last = "connection: close" in lower
            slow = self._delay if path.startswith("/api/") else 0.0
            if slow:
                asyncio.get_running_loop().call_later(slow, self._answer, answer, last)
            else:
                self._answer(answer, last)

    def _answer(self, body: bytes, last: bool) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        self._transport.write(f"{head}\r\n\r\n".encode() + body)
        if last:
            self._transport.close()


def _fields(head: str, query: str, body: bytes) -> Fields:
    if "application/json" in head:
        return dict(json.loads(body or b"{}"))
    if "urlencoded" in head:
        return dict(parse_qsl(body.decode()))
    return dict(parse_qsl(query))


async def serve(port: int, *, delay: float, files: Path | None) -> None:
    """Listen on the loopback address until killed."""
    slack = Slack(files, port)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(slack, delay), "127.0.0.1", port, backlog=1024
    )
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.sink", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--files", type=Path, help="folder of the files that can be downloaded")
    options = parser.parse_args()
    outrank()
    asyncio.run(serve(options.port, delay=options.delay, files=options.files))
