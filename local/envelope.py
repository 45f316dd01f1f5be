"""An envelope: one thing to be delivered to the app, and what became of it."""

import uuid
from dataclasses import dataclass, field
from typing import Literal

from local.shapes import Json

EnvelopeKind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One delivery attempt; a retry is a new envelope with the same payload."""

    kind: EnvelopeKind
    payload: Json
    retry_attempt: int = 0
    retry_reason: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def accepts_response_payload(self) -> bool:
        """Commands and modals may be answered within the acknowledgement."""
        return self.kind != "events_api"

    @property
    def type(self) -> str:
        """What it is about, for the log."""
        if self.kind == "events_api":
            return str(self.payload["event"]["type"])
        return str(self.payload.get("type") or self.payload.get("command"))


@dataclass(frozen=True, kw_only=True)
class Ack:
    """The app's acknowledgement, or why there is none; `payload` answers commands and modals."""

    ok: bool
    reason: str = ""
    payload: Json | None = None
    may_retry: bool = True
    ms: float = 0.0
