"""A finding: what one check saw, and whether answers depend on it. Never a secret or a content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import ReadymadeError
from core.settings import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """`mark` is "ok", "note" (it answers, but read this) or "WRONG" (it cannot answer)."""

    mark: str
    said: str


Check = Callable[[Settings], Finding]


def ok(said: str) -> Finding:
    return Finding(mark="ok", said=said)


def note(said: str) -> Finding:
    return Finding(mark="note", said=said)


def wrong(said: str) -> Finding:
    return Finding(mark="WRONG", said=said)


def examine(check: Check, settings: Settings) -> Finding:
    """A check's finding; its errors are findings, too, and a bug in one hides no other."""
    try:
        return check(settings)
    except ReadymadeError as error:
        return wrong(str(error))
    except Exception as error:
        return wrong(f"This could not be checked ({type(error).__name__}).")
