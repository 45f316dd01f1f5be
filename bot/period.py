"""Period: a channel and how far back, as people write it: "#general 7d", "24h", "this channel"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core import words
from core.errors import UserError

DAY = 86_400
UNITS = {"h": 3_600, "d": DAY, "w": 7 * DAY}
NAMES = {"h": "hour", "d": "day", "w": "week"}
MOST_DAYS = 90
_CHANNEL = r"<#(?P<channel>[A-Z0-9]+)(?:\|[^>]*)?>"
_BACK = (
    r"(?:(?:for |of )?(?:the )?(?:last|past) )?(?P<count>\d{1,4})\s?"
    r"(?P<unit>h|d|w|hours?|days?|weeks?)"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:in )?{_CHANNEL}(?:\s+{_BACK})?",
        rf"{_BACK}(?:\s+(?:of |in )?{_CHANNEL})?",
        rf"(?:in )?this channel(?:\s+{_BACK})?",
    )
)
# What people write and Slack did not resolve: no such channel, or an old installation.
_UNRESOLVED = re.compile(rf"#[\w.-]{{1,80}}(?:\s+{_BACK})?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """`channel` is an id, "" where the request was made; `seconds` is how far back."""

    channel: str
    seconds: int

    @property
    def name(self) -> str:
        """ "last 7 days" """
        for unit in ("w", "d", "h"):
            if self.seconds % UNITS[unit] == 0 and (unit != "w" or self.seconds > 7 * DAY):
                count = self.seconds // UNITS[unit]
                return f"last {NAMES[unit]}" if count == 1 else f"last {count} {NAMES[unit]}s"
        return f"last {self.seconds // 3_600} hours"


def period_in(text: str) -> Period | None:
    """The period when the text is one and nothing else; a day where none is named.

    Raises UserError for one that is too long, and for a channel that Slack did not recognize.
    """
    plain = " ".join(text.split())
    for form in _FORMS:
        if found := form.fullmatch(plain):
            parts = found.groupdict()
            seconds = int(parts["count"] or 0) * UNITS[(parts["unit"] or "d")[0].lower()]
            if parts["count"] and not 0 < seconds <= MOST_DAYS * DAY:
                raise UserError(words.bad_period(MOST_DAYS))
            return Period(channel=parts.get("channel") or "", seconds=seconds or DAY)
    if _UNRESOLVED.fullmatch(plain):
        raise UserError(words.UNKNOWN_CHANNEL)
    return None
