"""`Task`: one claimed job on its way through a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.archive import Answered
from core.claim import Claim
from core.errors import Cancelled, ReadymadeError, TransientError, UserError
from core.job import Surface
from core.reply import Reply
from skills.skill import Input, Skill
from workers.progress import Reporter


@dataclass(slots=True)
class Task:
    """`outcome` is a reply, an error, or None while unknown; `skill` is None when nobody has it.

    `kept` is the outcome as it is kept, None when it is not.
    `undrawn` says that Slack refused the answer's charts: they follow as pictures.
    `unanswered` is the name by which `Recall` may keep the answer, "" when it may not or has it.
    """

    claim: Claim
    skill: Skill[Any] | None
    reporter: Reporter
    input: Input | None = None
    outcome: Reply | Exception | None = None
    kept: Answered | None = None
    undrawn: bool = False
    sha256: str = ""
    unanswered: str = ""

    @property
    def title(self) -> str:
        """What the answer is headed with."""
        return self.skill.title if self.skill else ""

    @property
    def state(self) -> str:
        """How the job ends: "done", "refused", "cancelled" or "failed"."""
        if self.reporter.cancelled or isinstance(self.outcome, Cancelled):
            return "cancelled"
        if isinstance(self.outcome, UserError):
            return "refused"
        return "done" if isinstance(self.outcome, Reply) else "failed"

    @property
    def reason(self) -> str:
        """Why there is no answer, in our words; "" for a bug, whose text may quote the input."""
        return str(self.outcome) if isinstance(self.outcome, ReadymadeError) else ""

    @property
    def has_files(self) -> bool:
        """Whether the answer comes with files, in a thread: nobody else could be shown them."""
        public = self.claim.job.surface is Surface.THREAD
        if not (public and isinstance(self.outcome, Reply)):
            return False
        return bool(self.outcome.files) or (self.undrawn and bool(self.outcome.every_chart))

    @property
    def unfinished(self) -> bool:
        """Whether another try may succeed where this one did not."""
        passing = isinstance(self.outcome, TransientError) and self.state == "failed"
        return passing and not self.claim.exhausted

    @property
    def doubtful(self) -> bool:
        """Whether an update of the progress, ours or a dead worker's, may still reach Slack."""
        public = self.claim.job.surface is Surface.THREAD
        return public and (self.reporter.doubtful or self.claim.attempts + self.claim.waits > 1)
