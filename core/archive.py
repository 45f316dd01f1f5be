"""`Archive`: the answers that are kept for a while, sealed, with the message that shows each.

What is kept of an answer is its skill's own affair (`skills/keeping.py`); for how long, the
administrator's (KEEP_CALLS_DAYS). What is older is not found any more, erased or not.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.records import DAY, Record, Records

KEPT = ("values", "subject", "thread", "ts", "changed", "sha256")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What was answered to a job, in its skill's `values`, and where: at `ts` in `thread`.

    `subject` is what it is about, as shown above it: a file's name. `person` asked for it, `at`
    that time; `changed` is when somebody asked for its last change, 0 for none. `sha256` is of the
    file that it is about, "" for none. `sealed` is how it was read from the database.
    """

    job: str
    team: str
    channel: str
    person: str
    values: Mapping[str, Any]
    subject: str = ""
    thread: str = ""
    ts: str = ""
    changed: float = 0.0
    sha256: str = ""
    at: float = field(default_factory=time.time)
    sealed: bytes = field(default=b"", compare=False, repr=False)


class Archive:
    """Every method raises TransientError when the database does not answer."""

    def __init__(self, records: Records, *, kinds: Collection[str], days: int) -> None:
        """`kinds` are those of all skills; with `days` 0 nothing is kept."""
        self._records = records
        self._kinds = tuple(kinds)
        self._days = days

    @property
    def keeps(self) -> bool:
        """Whether anything is."""
        return self._days > 0

    @property
    def days(self) -> int:
        """For how many days."""
        return self._days

    def put(self, kind: str, answered: Answered) -> None:
        """Keep an answer."""
        self._records.put(kind, _sealable(answered))

    def change(self, kind: str, answered: Answered) -> bool:
        """Keep one that was found in another form; False when it was erased or changed since."""
        return self._records.change(kind, _sealable(answered))

    def find(self, kind: str, *, team: str, channel: str, job: str) -> Answered | None:
        """The answer to a job of this channel, as long as it is kept."""
        record = self._records.get(kind, team=team, channel=channel, key=job)
        return _answered(record) if record and record.written >= self._oldest() else None

    def of_channel(self, kind: str, *, team: str, channel: str) -> Iterator[Answered]:
        """All that are kept of a channel, the latest first."""
        for record in self._records.all(kind, team=team, channel=channel, since=self._oldest()):
            yield _answered(record)

    def drop(self, kind: str, answered: Answered) -> None:
        """Keep this one no longer."""
        self._records.erase(kind, team=answered.team, channel=answered.channel, key=answered.job)

    def prune(self) -> int:
        """Erase what is too old; how many answers that were."""
        return sum(self._records.prune(kind, days=self._days) for kind in self._kinds)

    def erase(self, *, team: str, user: str = "") -> int:
        """Erase what is kept of a team, or of what one person in it asked for."""
        whose = {"person": user} if user else {}
        return sum(self._records.erase(kind, team=team, **whose) for kind in self._kinds)

    def _oldest(self) -> float:
        return time.time() - self._days * DAY


def of_each_file(answers: Iterable[Answered]) -> list[Answered]:
    """Of several answers about the same file the one that was given or changed last."""
    last: dict[str, Answered] = {}
    answers = list(answers)
    for each in sorted(answers, key=lambda each: max(each.at, each.changed)):
        last[each.sha256 or each.job] = each
    return [each for each in answers if last[each.sha256 or each.job] is each]


def _sealable(answered: Answered) -> Record:
    return Record(
        team=answered.team,
        channel=answered.channel,
        key=answered.job,
        person=answered.person,
        written=answered.at,
        sealed=answered.sealed,
        value={name: getattr(answered, name) for name in KEPT},
    )


def _answered(record: Record) -> Answered:
    return Answered(
        job=record.key,
        team=record.team,
        channel=record.channel,
        person=record.person,
        at=record.written,
        sealed=record.sealed,
        **record.value,
    )
