"""`Claim`: the right to work on a job for a while, and when there is no use in trying again."""

from __future__ import annotations

from dataclasses import dataclass

from core.job import Content, Job

MAX_ATTEMPTS = 3
MAX_WAITS = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """The right to work on a job until its lease runs out.

    `attempts` counts the claims that ended in a crash, and this one; `waits` counts how often the
    job was given back because Slack or the network was away.
    """

    job: Job
    content: Content
    fence: int
    attempts: int
    waits: int
    cancelled: bool
    unreadable: bool = False  # sealed with another key: nothing can be done but to say so

    @property
    def exhausted(self) -> bool:
        """Whether there is no use in trying the job again."""
        return self.unreadable or self.attempts > MAX_ATTEMPTS or self.waits >= MAX_WAITS

    @property
    def patience(self) -> float:
        """Seconds to wait before the next try: 10, 20, 40 … at most 300; an hour or so in all."""
        return min(300.0, 10.0 * 2.0**self.waits)
