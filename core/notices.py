"""Notices: sentences that are said once an act, in Redis, though they belong to no job.

The right to say one is taken for a while and becomes "said" afterwards; a process that dies between
the two leaves a right that runs out, so that the sentence is neither lost nor said twice. It knows
a sentence by its key only.
"""

from __future__ import annotations

from typing import Any

from core.ledger import KEEP_SECONDS
from core.scripts import PREFIX, Scripts, text

SAYING_MS = 15_000


def metadata(kind: str, key: str) -> dict[str, Any]:
    """What a notice carries in Slack, so that it can be found there."""
    return {"event_type": kind, "event_payload": {"key": key}}


class Notices:
    """Who says what; every method raises TransientError when Redis does not answer in time."""

    def __init__(self, scripts: Scripts) -> None:
        self._scripts = scripts

    def take(self, key: str) -> str:
        """ "yours" (say it), "again" (look first whether it was said), "wait" or "said"."""
        return text(self._scripts.call("notice", [_name(key)], SAYING_MS, KEEP_SECONDS))

    def said(self, key: str) -> None:
        """It was said: for a day nobody needs to."""
        self._set(key, "said")

    def unsaid(self, key: str) -> None:
        """Probably it was not said: the next one who wants to may look at once."""
        self._set(key, "0")

    def _set(self, key: str, value: str) -> None:
        self._scripts.ask(lambda redis: redis.set(_name(key), value, ex=KEEP_SECONDS))


def _name(key: str) -> str:
    return f"{PREFIX}notice:{key}"
