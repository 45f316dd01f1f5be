"""`Place`: where a job's answer goes, and who posts the message that becomes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """`state` is "placed" (at `ts` in `thread`), "yours" (post it), "again", "wait" or "gone".

    "again" is "yours" after somebody took the right and vanished: look before posting.
    `new` when it was made just now, by the caller's own message.
    """

    state: str
    thread: str = ""
    ts: str = ""
    new: bool = False
