"""A TCP proxy that misbehaves on demand: slow, cut, silent, in single bytes, or closed.

It runs in a thread of its own; its switches may be set from any thread and hold at once, for open
connections too.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

CHUNK = 65536
SLICED = 2048  # bytes of a chunk that are sent one by one: more would only cost processor time


@dataclass(frozen=True, kw_only=True, slots=True)
class Mood:
    """How the network is today.

    `latency` delays what the client sends, `late_answers` what the server sends (the server has
    done its work then); `silent` takes bytes and passes none on (a half-open connection, which is
    cut when the silence ends); `closed` refuses connections; `single_bytes` slices.
    """

    latency: float = 0.0
    late_answers: float = 0.0
    silent: bool = False
    closed: bool = False
    single_bytes: bool = False


class Proxy:
    """Passes connections of a loopback port on to `target`: a port or a Unix socket's path."""

    def __init__(self, target: int | Path) -> None:
        self._target = target
        self.mood = Mood()
        self.port = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._ready.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def change(self, **switches: float | bool) -> None:
        """Set switches by name; see `Mood`. A closed proxy also cuts what is open."""
        self.mood = replace(self.mood, **switches)  # type: ignore[arg-type]  # checked by the class
        if self.mood.closed:
            self.cut()

    def heal(self) -> None:
        """A good day again; connections that were silent are cut, as a firewall would do."""
        was_silent, self.mood = self.mood.silent, Mood()
        if was_silent:
            self.cut()

    def cut(self) -> None:
        """Reset every open connection."""
        self._loop.call_soon_threadsafe(self._cut)

    def _cut(self) -> None:
        for writer in list(self._open):
            _reset(writer)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", self.port)
        )
        door = server.sockets[0]
        self.port = door.getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        self._loop.remove_reader(door)  # closed in one turn with an accept, asyncio forgets that
        self._loop.run_until_complete(asyncio.sleep(0.02))  # what was just accepted begins
        server.close()
        self._cut()
        for task in list(self._tasks):
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0.02))  # what was closed is let go
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._open.add(writer)
        try:
            if self.mood.closed:
                return _reset(writer)
            await self._join(reader, writer)
        except (OSError, asyncio.CancelledError):
            _reset(writer)
        finally:
            self._open.discard(writer)
            writer.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await self._connect()
        _no_delay(writer)
        self._open.add(up_writer)
        pumps = [
            asyncio.create_task(self._pump(reader, up_writer, "latency")),
            asyncio.create_task(self._pump(up_reader, writer, "late_answers")),
        ]
        try:
            done, _ = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            self._open.discard(up_writer)
            up_writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self._target, Path):
            return await asyncio.open_unix_connection(str(self._target))
        return await asyncio.open_connection("127.0.0.1", self._target)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: str
    ) -> None:
        while data := await reader.read(CHUNK):
            await asyncio.sleep(getattr(self.mood, delay))
            if self.mood.silent:
                continue  # gone; the connection is cut when the silence ends
            for piece in _pieces(data) if self.mood.single_bytes else [data]:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)


def _pieces(data: bytes) -> Iterator[bytes]:
    yield from (data[place : place + 1] for place in range(min(len(data), SLICED)))
    if len(data) > SLICED:
        yield data[SLICED:]


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST, not FIN: what the kernel still holds is thrown away."""
    connection = writer.get_extra_info("socket")
    if connection is not None and connection.family == socket.AF_INET:
        linger = struct.pack("ii", 1, 0)
        with suppress(OSError):  # it is closed already
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    if writer.transport is not None:
        writer.transport.abort()


def _no_delay(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
