"""Delivery: events are tried up to four times, commands and interactions once, as Slack does."""

import asyncio
from typing import Any, Protocol

from local.envelope import Ack, Envelope, EnvelopeKind
from local.faults import Faults
from local.http_mode import HttpMode
from local.installation import Installation
from local.journal import DeliveryRecord, Journal
from local.shapes import Json
from local.sockets import Sockets

RETRY_SECONDS = (0.0, 60.0, 300.0)


class Transport(Protocol):
    """Anything that can deliver one envelope."""

    async def send(self, envelope: Envelope, *, timeout: float) -> Ack:
        """Deliver and wait for the acknowledgement."""


class Delivery:
    """Chooses the transport at each attempt, so that switching modes needs no restart."""

    def __init__(
        self,
        *,
        installation: Installation,
        sockets: Sockets,
        http: HttpMode,
        faults: Faults,
        journal: Journal,
    ) -> None:
        self._installation = installation
        self._sockets = sockets
        self._http = http
        self._faults = faults
        self._journal = journal
        self._tasks: set[asyncio.Task[Any]] = set()

    def send_event(self, payload: Json) -> None:
        """Deliver an event in the background, with retries, and twice under that fault."""
        record = self._record("events_api", payload, id=payload["event_id"])
        record.duplicates = int(self._faults.duplicate_delivery)
        self._in_background(self._tell(payload, record))

    async def ask(self, kind: EnvelopeKind, payload: Json) -> Ack:
        """Deliver a command or an interaction once and hand back the app's answer."""
        envelope = Envelope(kind=kind, payload=payload)
        record = self._record(kind, payload, id=envelope.id)
        ack = await self._attempt(envelope, record)
        record.finished = True
        return ack

    async def _tell(self, payload: Json, record: DeliveryRecord) -> None:
        """Deliver as often as the fault wants, at once; finished with the last."""
        copies = range(1 + record.duplicates)
        await asyncio.gather(*(self._with_retries(payload, record) for _ in copies))
        record.finished = True

    async def _with_retries(self, payload: Json, record: DeliveryRecord) -> None:
        reason = ""
        for attempt in range(1 + len(RETRY_SECONDS)):
            if attempt:
                await asyncio.sleep(RETRY_SECONDS[attempt - 1] * self._faults.retry_scale)
            envelope = Envelope(
                kind="events_api",
                payload=payload,
                retry_attempt=attempt,
                retry_reason=reason,
            )
            ack = await self._attempt(envelope, record)
            if ack.ok or not ack.may_retry:
                break
            reason = ack.reason

    async def _attempt(self, envelope: Envelope, record: DeliveryRecord) -> Ack:
        transport = self._transport()
        ack = await transport.send(envelope, timeout=self._faults.ack_timeout)
        record.acked = record.acked or ack.ok
        record.attempts.append(
            {
                "ok": ack.ok,
                "reason": ack.reason,
                "ack_ms": round(ack.ms, 2),
                "retry_attempt": envelope.retry_attempt,
            }
        )
        self._journal.changed("delivery", id=record.id, type=record.type, ok=ack.ok)
        return ack

    def _transport(self) -> Transport:
        return self._sockets if self._installation.socket_mode else self._http

    def _record(self, kind: EnvelopeKind, payload: Json, *, id: str) -> DeliveryRecord:
        transport = "socket" if self._installation.socket_mode else "http"
        type = Envelope(kind=kind, payload=payload).type
        record = DeliveryRecord(id=id, kind=kind, type=type, transport=transport)
        self._journal.deliveries.append(record)
        return record

    def _in_background(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up on what is still on its way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
