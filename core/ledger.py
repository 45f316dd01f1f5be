"""The ledger: the truth about every job, in Redis. A Celery message only wakes a worker.

One job is a row (a hash), an entry in the waiting list of its lane, and, while somebody works on
it, a lease. Every change is one Lua script, so that a process that dies between two of them leaves
no half of anything; Redis's own clock times the leases, so that a wrong clock on a host does not.
It knows nothing of Slack or of models.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from redis import Redis

from core.cipher import Cipher
from core.claim import Claim
from core.erasing import erase_answers, erase_counts, owners
from core.errors import SetupError
from core.job import Content, Job
from core.place import Place
from core.quota import Quota
from core.scripts import PREFIX, Scripts, text

LEASE_MS = 15_000
PLACING_MS = 15_000
WAKE_SECONDS = 10
KEEP_SECONDS = 24 * 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Submission:
    """What `submit` did: `new` is False when the same act was known; `wake` asks for a wake-up.

    `over` is the quota that is used up, when that is why nothing was queued, and `left` the
    seconds until it begins anew.
    """

    id: str = ""
    new: bool = False
    wake: bool = False
    over: Quota | None = None
    left: int = 0


class Ledger:
    """Jobs in Redis. Every method raises TransientError when Redis does not answer in time."""

    def __init__(self, *, redis: Redis, cipher: Cipher) -> None:
        self.scripts = Scripts(redis)  # others keep things in the same Redis
        self._cipher = cipher

    def submit(self, job: Job, content: Content, quotas: Sequence[Quota] = ()) -> Submission:
        """Write the row and queue the job, once per key and within the quotas."""
        keys = [
            f"{PREFIX}key:{job.key}", _row(job.id), _lanes(job.queue), _wake(job.queue),
            f"{PREFIX}queues", *map(_spent, quotas),
        ]  # fmt: skip
        sealed = self._cipher.seal(content.dumps())
        limits = [value for each in quotas for value in (each.limit, each.cost, each.window)]
        new, answer, number = self.scripts.call(
            "submit", keys, job.id, job.dumps(), sealed, job.skill, job.lane, job.queue,
            KEEP_SECONDS, WAKE_SECONDS, PREFIX, f"{job.team}.{job.user}", *limits,
        )  # fmt: skip
        if new == 2:
            return Submission(over=quotas[int(answer)], left=max(0, int(number)))
        return Submission(id=text(answer), new=bool(new), wake=bool(number))

    def spend(self, quota: Quota, amount: int) -> None:
        """Count what is known only after the work."""
        self.scripts.call("spend", [_spent(quota)], amount, quota.window)

    def claim(
        self, queue: str, *, batch: Mapping[str, int], fetched: bool = True
    ) -> tuple[list[Claim], bool]:
        """Claim jobs of one lane, and whether more are waiting that could be claimed.

        At most `batch[skill]`, or `batch[skill + FETCHED]` where that is given; with `fetched`
        false no job whose input must be fetched first.
        """
        left, *rows = self.scripts.call(
            "claim", [_lanes(queue), _leases()], PREFIX, queue, LEASE_MS, json.dumps(batch),
            int(fetched),
        )  # fmt: skip
        return [claim for row in rows if (claim := self._claim(row))], bool(left)

    def _claim(self, row: Sequence[Any]) -> Claim | None:
        """None for a job that another version wrote and nobody here can even answer: closed."""
        id, data, sealed, fence, attempts, cancelled, waits = row
        try:
            job = Job.loads(data)
        except (TypeError, ValueError, KeyError):
            self._close(text(id), int(fence), "failed")
            return None
        try:
            content = Content.loads(self._cipher.open(sealed)) if sealed else Content()
        except (SetupError, TypeError, ValueError):  # another key, or another version's words
            content = None
        return Claim(
            job=job,
            content=content or Content(),
            unreadable=content is None,
            fence=int(fence),
            attempts=int(attempts),
            waits=int(waits),
            cancelled=bool(cancelled),
        )

    def renew(self, claims: Iterable[Claim]) -> dict[str, str]:
        """Extend leases; a word a job id: "held", "lost" or "cancelled"."""
        owned = list(claims)
        pairs = [value for claim in owned for value in (claim.job.id, claim.fence)]
        words = self.scripts.call("renew", [_leases()], PREFIX, LEASE_MS, *pairs)
        return {claim.job.id: text(word) for claim, word in zip(owned, words, strict=True)}

    def release(self, claim: Claim, *, delay: float) -> bool:
        """Give the job back for another try in `delay` seconds; False when it is not ours."""
        keys = [_row(claim.job.id), _leases()]
        return bool(
            self.scripts.call("release", keys, claim.job.id, claim.fence, int(delay * 1000))
        )

    def close(self, claim: Claim, *, state: str) -> bool:
        """Close for good as "done", "refused", "failed" or "cancelled"; False when not ours."""
        return self._close(claim.job.id, claim.fence, state)

    def _close(self, id: str, fence: int, state: str) -> bool:
        keys = [_row(id), _leases(), f"{PREFIX}totals", f"{PREFIX}dead", _board(id)]
        return bool(self.scripts.call("close", keys, id, fence, state, KEEP_SECONDS))

    def stop(self, id: str) -> Claim | str:
        """Cancel a job, by a claim when it waited: who gets it must show that it ended.

        Else "asked" (a worker has it, and shows it) or "over".
        """
        keys = [_row(id), _leases()]
        word, *values = self.scripts.call("stop", keys, PREFIX, id, LEASE_MS)
        claim = self._claim([id, *values]) if values else None
        return claim or text(word)

    def dead(self) -> list[Job]:
        """The jobs that failed in the last day, the latest first."""
        ids = self.scripts.ask(lambda redis: redis.lrange(f"{PREFIX}dead", 0, -1))
        return [job for id in ids if (job := self.find(text(id)))]

    def replay(self, job: Job) -> bool:
        """Queue a failed job again; False when it did not fail or is forgotten."""
        keys = [_row(job.id), f"{PREFIX}dead", _lanes(job.queue)]
        return bool(self.scripts.call("replay", keys, PREFIX, job.id))

    def erase(self, *, team: str, user: str = "") -> int:
        """Erase what is kept of a team or of one person in it; how many jobs that were.

        A person's counts against the limits stay until their hour or day is over: else this would
        begin them anew.
        """
        whose = f"{team}.{user}"
        theirs = [
            id
            for id, owner in self.scripts.ask(owners)
            if owner == whose or (not user and owner.startswith(whose))
        ]
        self.scripts.ask(lambda redis: erase_answers(redis, team))
        if not user:
            self.scripts.ask(lambda redis: erase_counts(redis, team))
        erase = partial(self.scripts.call, "erase")
        return sum(int(erase([_row(id), _leases(), _board(id)], whose, id)) for id in theirs)

    def place(self, id: str) -> Place:
        """Ask where the answer goes, or take the right to post the placeholder for a while."""
        state, *where = [
            text(value or b"") for value in self.scripts.call("place", [_row(id)], PLACING_MS)
        ]
        thread, ts = [*where, "", ""][:2]
        return Place(state=state, thread=thread, ts=ts)

    def placed(self, id: str, *, thread: str, ts: str, look: bool = False) -> Place:
        """Record the placeholder that was posted, or with no `ts` only the parent of its thread.

        The answer is the place that counts, when two were posted. With `look`, who posts the rest
        looks first.
        """
        where = [
            text(value) for value in self.scripts.call("placed", [_row(id)], thread, ts, int(look))
        ]
        return Place(state="placed", thread=where[0], ts=where[1])

    def unplace(self, id: str, *, look: bool = False) -> None:
        """Give back the right to post the placeholder; `look`: who gets it looks first."""
        self.scripts.call("unplace", [_row(id)], int(look))

    def displace(self, id: str) -> None:
        """Forget a placeholder that somebody deleted; who posts the next one looks first."""
        self.scripts.call("displace", [_row(id)])

    def find(self, id: str) -> Job | None:
        """The job of an id, while its row is kept."""
        data = self.scripts.ask(lambda redis: redis.hget(_row(id), "job"))
        return Job.loads(data) if data else None

    def state(self, id: str) -> str:
        """ "waiting", "running", a final state, or "" when forgotten."""
        return text(self.scripts.ask(lambda redis: redis.hget(_row(id), "state")) or b"")

    def awake(self, queue: str) -> None:
        """A wake-up arrived: the next submit sends a new one."""
        self.scripts.ask(lambda redis: redis.delete(_wake(queue)))

    def want_wake(self, queue: str) -> bool:
        """Whether a further wake-up should be sent now (none is on its way)."""
        return bool(
            self.scripts.ask(lambda redis: redis.set(_wake(queue), 1, nx=True, ex=WAKE_SECONDS))
        )

    def reap(self) -> tuple[int, list[str]]:
        """Put back jobs with an expired lease; how many, and the queues to wake."""
        count, *queues = self.scripts.call(
            "reap", [_leases(), f"{PREFIX}queues"], PREFIX, WAKE_SECONDS
        )
        return int(count), [text(queue) for queue in queues]


def _row(id: str) -> str:
    return f"{PREFIX}job:{id}"


def _board(id: str) -> str:
    return f"{PREFIX}board:{id}"


def _lanes(queue: str) -> str:
    return f"{PREFIX}lanes:{queue}"


def _wake(queue: str) -> str:
    return f"{PREFIX}wake:{queue}"


def _spent(quota: Quota) -> str:
    return f"{PREFIX}spent:{quota.name}"


def _leases() -> str:
    return f"{PREFIX}leases"
