"""Period: a channel and how far back, as people write it: "#general 7d", "yesterday"."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import words
from core.errors import UserError

DAY = 86_400
UNITS = {"h": 3_600, "d": DAY, "w": 7 * DAY}
NAMES = {"h": "hour", "d": "day", "w": "week"}
MOST_DAYS = 90
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHANNEL = r"<#(?P<channel>[A-Z0-9]+)(?:\|[^>]*)?>"
_BACK = (
    r"(?:(?:for |of )?(?:the )?(?:last|past) )?(?P<count>\d{1,4})\s?"
    r"(?P<unit>h|d|w|hours?|days?|weeks?)"
)
_DAY = (
    r"(?:(?:for|of|from) )?(?P<day>today|yesterday|(?:this|last) week|since yesterday|since "
    rf"(?:last )?(?:{'|'.join(f'{day[:3]}(?:{day[3:]})?' for day in WEEK)}))"
)
_WHEN = rf"(?:{_BACK}|{_DAY})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:in )?{_CHANNEL}(?:\s+{_WHEN})?",
        rf"{_WHEN}(?:\s+(?:of |in )?{_CHANNEL})?",
        rf"(?:in )?this channel(?:\s+{_WHEN})?",
    )
)
# What people write and Slack did not resolve: no such channel, or an old installation.
_UNRESOLVED = re.compile(rf"#[\w.-]{{1,80}}(?:\s+{_WHEN})?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """`channel` is an id, "" where the request was made.

    `seconds` is how far back, or `day` the part of the calendar: "yesterday", "since monday".
    """

    channel: str
    seconds: int = 0
    day: str = ""

    @property
    def name(self) -> str:
        """ "last 7 days", "since Monday" """
        if self.day:
            return re.sub("|".join(WEEK), lambda found: found[0].capitalize(), self.day)
        for unit in ("w", "d", "h"):
            if self.seconds % UNITS[unit] == 0 and (unit != "w" or self.seconds > 7 * DAY):
                count = self.seconds // UNITS[unit]
                return f"last {NAMES[unit]}" if count == 1 else f"last {count} {NAMES[unit]}s"
        return f"last {self.seconds // 3_600} hours"

    def bounds(self, clock: Callable[[], datetime]) -> tuple[float, float]:
        """From when until when, in seconds since 1970; until 0 is until now.

        `clock` tells the time where the asker lives; it is asked only for a day of the calendar.
        """
        if not self.day:
            return time.time() - self.seconds, 0.0
        today = clock().replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        monday = today - timedelta(days=today.weekday())
        if self.day == "last week":
            return (monday - timedelta(days=7)).timestamp(), monday.timestamp()
        if self.day == "yesterday":
            return (today - timedelta(days=1)).timestamp(), today.timestamp()
        back = {"today": 0, "yesterday": 1, "this week": today.weekday()}
        for number, each in enumerate(WEEK):
            back[each] = (today.weekday() - number) % 7
            back[f"last {each}"] = back[each] or 7
        days = back[self.day.removeprefix("since ")]
        return (today - timedelta(days=days)).timestamp(), 0.0


def period_in(text: str) -> Period | None:
    """The period when the text is one and nothing else; a day where none is named.

    Raises UserError for one that is too long, and for a channel that Slack did not recognize.
    """
    plain = " ".join(text.split())
    for form in _FORMS:
        if found := form.fullmatch(plain):
            parts = found.groupdict()
            channel = parts.get("channel") or ""
            if day := parts["day"]:
                return Period(channel=channel, day=_spelled(day.lower()))
            seconds = int(parts["count"] or 0) * UNITS[(parts["unit"] or "d")[0].lower()]
            if parts["count"] and not 0 < seconds <= MOST_DAYS * DAY:
                raise UserError(words.bad_period(MOST_DAYS))
            return Period(channel=channel, seconds=seconds or DAY)
    if _UNRESOLVED.fullmatch(plain):
        raise UserError(words.UNKNOWN_CHANNEL)
    return None


def _spelled(day: str) -> str:
    """ "since last mon" as "since last monday" """
    since, _, short = day.rpartition(" ")
    named = (each for each in WEEK if since.startswith("since") and each[:3] == short[:3])
    return f"{since} {next(named, short)}".strip()
