"""Socket Mode: up to ten WebSockets, each envelope to one of them, acknowledged by id."""

import asyncio
import itertools
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from local.envelope import Ack, Envelope
from local.ids import Ids
from local.journal import Journal
from local.refusal import Refusal
from local.shapes import Json

MAX_CONNECTIONS = 10
_TICKET_SECONDS = 30.0
_PING_SECONDS = 10.0
_CLOSE_SECONDS = 0.3


@dataclass(frozen=True, kw_only=True, eq=False)
class _Connection:
    socket: web.WebSocketResponse
    request: web.Request


class Sockets:
    """The open connections of the app and the acknowledgements they still owe."""

    def __init__(self, ids: Ids, app_id: str, journal: Journal) -> None:
        self._ids = ids
        self._journal = journal
        self._app_id = app_id
        self._tickets: dict[str, float] = {}
        self._open: list[_Connection] = []
        self._turn = itertools.count()
        self._waiting: dict[str, asyncio.Future[Json | None]] = {}

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def new_ticket(self) -> str:
        """A single-use ticket for one connection."""
        ticket = self._ids.secret(32)
        self._tickets[ticket] = time.monotonic() + _TICKET_SECONDS
        return ticket

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection from hello to goodbye."""
        expiry = self._tickets.pop(request.query.get("ticket", ""), 0.0)
        if expiry < time.monotonic():
            raise web.HTTPForbidden(text="the ticket is unknown, used or expired")
        socket = web.WebSocketResponse(heartbeat=_PING_SECONDS, timeout=_CLOSE_SECONDS)
        await socket.prepare(request)
        if self.count >= MAX_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        connection = _Connection(socket=socket, request=request)
        self._open.append(connection)
        self._journal.changed("connection", count=self.count)
        try:
            await socket.send_json(self._hello())
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._receive(message.json)
        finally:
            self._open = [other for other in self._open if other is not connection]
            self._journal.changed("connection", count=self.count)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.count,
            "connection_info": {"app_id": self._app_id},
            "debug_info": {
                "host": "applink-local",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
        }

    def _receive(self, read_json: Any) -> None:
        try:
            answer = read_json()
        except ValueError:
            return
        if not isinstance(answer, dict):
            return
        waiting = self._waiting.get(str(answer.get("envelope_id")))
        if waiting is not None and not waiting.done():
            payload = answer.get("payload")
            waiting.set_result(payload if isinstance(payload, dict) else None)

    async def send(self, envelope: Envelope, *, timeout: float) -> Ack:
        """Deliver to one connection and wait for its acknowledgement."""
        if not self._open:
            return Ack(ok=False, reason="no_connection")
        socket = self._open[next(self._turn) % self.count].socket
        start = time.monotonic()
        waiting = self._waiting[envelope.id] = asyncio.get_running_loop().create_future()
        try:
            await socket.send_json(self._on_the_wire(envelope))
            payload = await asyncio.wait_for(waiting, timeout)
            return Ack(ok=True, payload=payload, ms=(time.monotonic() - start) * 1000)
        except TimeoutError:
            return Ack(ok=False, reason="timeout", ms=(time.monotonic() - start) * 1000)
        except (ConnectionError, RuntimeError):
            return Ack(ok=False, reason="connection_failed")
        finally:
            self._waiting.pop(envelope.id, None)

    @staticmethod
    def _on_the_wire(envelope: Envelope) -> Json:
        message: Json = {
            "envelope_id": envelope.id,
            "payload": envelope.payload,
            "type": envelope.kind,
            "accepts_response_payload": envelope.accepts_response_payload,
        }
        if envelope.kind == "events_api":
            message["retry_attempt"] = envelope.retry_attempt
            message["retry_reason"] = envelope.retry_reason
        return message

    async def disconnect(self, reason: str, *, close_after: float = 0.2) -> int:
        """Ask every connection to refresh itself, as Slack does, and close those that linger."""
        if reason not in ("warning", "refresh_requested", "link_disabled"):
            raise Refusal("invalid_reason")
        asked = list(self._open)
        for connection in asked:
            await connection.socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}
            )
        if reason != "warning":
            await asyncio.sleep(close_after)
            await self._close(asked)
        return len(asked)

    async def drop(self) -> int:
        """Cut every connection without a word, as a broken network does."""
        cut = list(self._open)
        for connection in cut:
            if connection.request.transport is not None:
                connection.request.transport.abort()
        return len(cut)

    async def close(self) -> None:
        """Close everything at shutdown."""
        await self._close(list(self._open))

    @staticmethod
    async def _close(connections: list[_Connection]) -> None:
        await asyncio.gather(*(connection.socket.close() for connection in connections))
