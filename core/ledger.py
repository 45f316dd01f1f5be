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
from pathlib import Path
from typing import Any

from redis import Redis
from redis.commands.core import Script
from redis.exceptions import RedisError

from core.cipher import Cipher
from core.claim import Claim
from core.errors import SetupError, TransientError
from core.job import Content, Job, key_of
from core.place import Place
from core.quota import Quota

PREFIX = "readymade:"
LEASE_MS = 15_000
PLACING_MS = 15_000
WAKE_SECONDS = 10
KEEP_SECONDS = 24 * 3600
SCRIPTS = Path(__file__).with_name("lua")


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
        self._redis = redis
        self._cipher = cipher
        self._scripts: dict[str, Script] = {
            path.stem: redis.register_script(path.read_text()) for path in SCRIPTS.glob("*.lua")
        }

    def submit(self, job: Job, content: Content, quotas: Sequence[Quota] = ()) -> Submission:
        """Write the row and queue the job, once per key and within the quotas."""
        keys = [
            f"{PREFIX}key:{job.key}", _row(job.id), _lanes(job.queue), _wake(job.queue),
            f"{PREFIX}queues", *map(_spent, quotas),
        ]  # fmt: skip
        sealed = self._cipher.seal(content.dumps())
        limits = [value for each in quotas for value in (each.limit, each.cost, each.window)]
        new, answer, number = self._call(
            "submit", keys, job.id, job.dumps(), sealed, job.skill, job.lane, job.queue,
            KEEP_SECONDS, WAKE_SECONDS, PREFIX, f"{job.team}.{job.user}", *limits,
        )  # fmt: skip
        if new == 2:
            return Submission(over=quotas[int(answer)], left=max(0, int(number)))
        return Submission(id=_text(answer), new=bool(new), wake=bool(number))

    def spend(self, quota: Quota, amount: int) -> None:
        """Count what is known only after the work."""
        self._call("spend", [_spent(quota)], amount, quota.window)

    def claim(
        self, queue: str, *, batch: Mapping[str, int], fetched: bool = True
    ) -> tuple[list[Claim], bool]:
        """Claim jobs of one lane, and whether more are waiting that could be claimed.

        At most `batch[skill]`, or `batch[skill + FETCHED]` where that is given; with `fetched`
        false no job whose input must be fetched first.
        """
        left, *rows = self._call(
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
            self._close(_text(id), int(fence), "failed")
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
        words = self._call("renew", [_leases()], PREFIX, LEASE_MS, *pairs)
        return {claim.job.id: _text(word) for claim, word in zip(owned, words, strict=True)}

    def release(self, claim: Claim, *, delay: float) -> bool:
        """Give the job back for another try in `delay` seconds; False when it is not ours."""
        keys = [_row(claim.job.id), _leases()]
        return bool(self._call("release", keys, claim.job.id, claim.fence, int(delay * 1000)))

    def close(self, claim: Claim, *, state: str) -> bool:
        """Close for good as "done", "refused", "failed" or "cancelled"; False when not ours."""
        return self._close(claim.job.id, claim.fence, state)

    def _close(self, id: str, fence: int, state: str) -> bool:
        keys = [_row(id), _leases(), f"{PREFIX}totals", f"{PREFIX}dead"]
        return bool(self._call("close", keys, id, fence, state, KEEP_SECONDS))

    def cancel(self, id: str) -> str:
        """Answers "cancelled" (it was waiting), "asked" (it is running) or "over"."""
        keys = [_row(id), f"{PREFIX}totals", _leases()]
        return _text(self._call("cancel", keys, PREFIX, id, KEEP_SECONDS))

    def dead(self) -> list[Job]:
        """The jobs that failed in the last day, the latest first."""
        ids = self._guard(lambda: self._redis.lrange(f"{PREFIX}dead", 0, -1))
        return [job for id in ids if (job := self.find(_text(id)))]

    def replay(self, job: Job) -> bool:
        """Queue a failed job again; False when it did not fail or is forgotten."""
        keys = [_row(job.id), f"{PREFIX}dead", _lanes(job.queue)]
        return bool(self._call("replay", keys, PREFIX, job.id))

    def erase(self, *, team: str, user: str = "") -> int:
        """Erase what is kept of a team or of one person in it; how many jobs that were."""
        whose = f"{team}.{user}"
        rows = self._guard(lambda: list(self._redis.scan_iter(f"{PREFIX}job:*", count=1000)))
        with self._redis.pipeline(transaction=False) as pipe:
            for row in rows:
                pipe.hget(row, "person")
            owners = self._guard(pipe.execute)
        theirs = [
            row
            for row, owner in zip(rows, owners, strict=True)
            if owner and (_text(owner) == whose or (not user and _text(owner).startswith(whose)))
        ]
        return sum(int(self._call("erase", [row], whose)) for row in theirs)

    def place(self, id: str) -> Place:
        """Ask where the answer goes, or take the right to post the placeholder for a while."""
        state, *where = [
            _text(value or b"") for value in self._call("place", [_row(id)], PLACING_MS)
        ]
        return Place(state=state, thread=where[0], ts=where[1]) if where else Place(state=state)

    def placed(self, id: str, *, thread: str, ts: str) -> Place:
        """Record the placeholder that was posted; the place that counts, when two were posted."""
        where = [_text(value) for value in self._call("placed", [_row(id)], thread, ts)]
        return Place(state="placed", thread=where[0], ts=where[1])

    def unplace(self, id: str) -> None:
        """Give back the right to post the placeholder."""
        self._guard(lambda: self._redis.hdel(_row(id), "placing"))

    def displace(self, id: str) -> None:
        """Forget a placeholder that somebody deleted; who posts the next one looks first."""
        self._call("displace", [_row(id)])

    def find(self, id: str) -> Job | None:
        """The job of an id, while its row is kept."""
        data = self._guard(lambda: self._redis.hget(_row(id), "job"))
        return Job.loads(data) if data else None

    def state(self, id: str) -> str:
        """ "waiting", "running", a final state, or "" when forgotten."""
        return _text(self._guard(lambda: self._redis.hget(_row(id), "state")) or b"")

    def awake(self, queue: str) -> None:
        """A wake-up arrived: the next submit sends a new one."""
        self._guard(lambda: self._redis.delete(_wake(queue)))

    def want_wake(self, queue: str) -> bool:
        """Whether a further wake-up should be sent now (none is on its way)."""
        return bool(self._guard(lambda: self._redis.set(_wake(queue), 1, nx=True, ex=WAKE_SECONDS)))

    def reap(self) -> tuple[int, list[str]]:
        """Put back jobs with an expired lease; how many, and the queues to wake."""
        count, *queues = self._call("reap", [_leases(), f"{PREFIX}queues"], PREFIX, WAKE_SECONDS)
        return int(count), [_text(queue) for queue in queues]

    def once(self, *parts: str, seconds: int = KEEP_SECONDS) -> bool:
        """True for the first caller with these parts in a while: a refusal is said once an act."""
        key = f"{PREFIX}once:{key_of(*parts)}"
        return bool(self._guard(lambda: self._redis.set(key, 1, nx=True, ex=seconds)))

    def forget(self, *parts: str) -> None:
        """Take `once` back, because what it allowed did not happen."""
        self._guard(lambda: self._redis.delete(f"{PREFIX}once:{key_of(*parts)}"))

    def report_worker(self, name: str, state: str, *, seconds: int) -> None:
        """Publish what a worker says of itself (JSON) for a while."""
        self._guard(lambda: self._redis.set(f"{PREFIX}worker:{name}", state, ex=seconds))

    def workers(self) -> list[str]:
        """What each live worker says of itself."""
        keys = sorted(self._guard(lambda: [*self._redis.scan_iter(f"{PREFIX}worker:*")]))
        return [
            _text(state)
            for state in self._guard(lambda: self._redis.mget(keys) if keys else [])
            if state
        ]

    def waiting(self) -> dict[str, int]:
        """How many jobs wait in each queue."""
        counts = {_text(queue): 0 for queue in self._guard(self._queues)}
        for key in self._guard(lambda: list(self._redis.scan_iter(f"{PREFIX}line:*", count=1000))):
            queue = _text(key).removeprefix(f"{PREFIX}line:").split(":", 1)[0]
            counts[queue] += self._guard(lambda key=key: self._redis.llen(key))
        return dict(sorted(counts.items()))

    def _queues(self) -> Any:
        return self._redis.smembers(f"{PREFIX}queues")

    def running(self) -> int:
        """How many jobs are being worked on."""
        return int(self._guard(lambda: self._redis.zcard(_leases())))

    def _call(self, script: str, keys: list[str], *arguments: Any) -> Any:
        return self._guard(lambda: self._scripts[script](keys=keys, args=arguments))

    @staticmethod
    def _guard(call: Any) -> Any:
        try:
            return call()
        except RedisError as error:
            raise TransientError(f"Redis did not answer ({type(error).__name__}).") from error


def _row(id: str) -> str:
    return f"{PREFIX}job:{id}"


def _lanes(queue: str) -> str:
    return f"{PREFIX}lanes:{queue}"


def _wake(queue: str) -> str:
    return f"{PREFIX}wake:{queue}"


def _spent(quota: Quota) -> str:
    return f"{PREFIX}spent:{quota.name}"


def _leases() -> str:
    return f"{PREFIX}leases"


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
