"""`Boards`: what is planned, taken and done of a job that several workers do together, in Redis.

One hash a job. The worker that has the job's claim plans its parts; any worker takes a part for as
long as a lease lasts, by Redis's clock, and puts up its result; the first one counts. Parts and
results are sealed, as people's words are; a board goes when its job closes, after a day at most.
It knows nothing of what a part is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from core.cipher import Cipher
from core.claim import Claim
from core.job import Content, Job
from core.ledger import KEEP_SECONDS, PREFIX
from core.scripts import Scripts, text

LEASE_MS = 10_000
# How often a part may have been taken before: whoever has the job goes on until it is done, others
# leave a part alone that may be what kills them.
PERSISTENT, VOLUNTEERED = 1_000_000, 1
Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A part that somebody works on; `lead` is the result of the first part, once there is one."""

    id: str
    number: int
    who: str
    part: Json
    lead: Json | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a board stands: counts of parts; `whole` when no more will be planned.

    `state` is the job's, "" when its board is gone or its results are not wanted any more. `free`
    counts the parts that could be taken now.
    """

    state: str = ""
    planned: int = 0
    whole: bool = False
    done: int = 0
    free: int = 0

    @property
    def finished(self) -> bool:
        """Whether the results of all parts are there."""
        return self.whole and self.done == self.planned


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """All that is on a board: the parts in order, and the results by number.

    Where there is a part, there is the first one's result.
    """

    parts: list[Json] = field(default_factory=list)
    results: dict[int, Json] = field(default_factory=dict)
    whole: bool = False

    @property
    def finished(self) -> bool:
        """Whether the results of all parts are there."""
        return self.whole and len(self.results) == len(self.parts)

    def in_order(self) -> list[Json]:
        """The results of all parts."""
        return [self.results[number] for number in range(len(self.parts))]


class Boards:
    """The boards of all jobs. Every method raises TransientError when Redis does not answer."""

    def __init__(self, *, scripts: Scripts, cipher: Cipher) -> None:
        self._scripts = scripts
        self._cipher = cipher

    def open(self, claim: Claim) -> bool:
        """Open a claimed job's board, unless it is open; False when the job is not ours."""
        job = claim.job
        keys = [*_keys(job.id), _boards(job.queue)]
        content = self._cipher.seal(claim.content.dumps())
        return bool(
            self._scripts.call(
                "board_open", keys, PREFIX, job.id, claim.fence, job.dumps(), content, KEEP_SECONDS
            )
        )

    def plan(self, claim: Claim, number: int, part: Json | None) -> bool:
        """Write the next part, or None after the last one; False when the job is not ours."""
        sealed = b"" if part is None else self._seal(part)
        keys = _keys(claim.job.id)
        return bool(self._scripts.call("board_plan", keys, claim.fence, number, sealed))

    def take(self, id: str, *, tries: int = PERSISTENT) -> Taken | None:
        """Take the next part that was taken at most `tries` times before, if there is one."""
        who = uuid4().hex
        found = self._scripts.call("board_take", _keys(id), who, LEASE_MS, tries)
        if not found:
            return None
        number, part, lead = found
        return Taken(
            id=id,
            number=int(number),
            who=who,
            part=self._open(part),
            lead=self._open(lead) if lead else None,
        )

    def keep(self, taken: Taken) -> bool:
        """Extend the lease; False when the part's result is not wanted from us any more."""
        keys = _keys(taken.id)
        return bool(self._scripts.call("board_keep", keys, taken.number, taken.who, LEASE_MS))

    def give_back(self, taken: Taken) -> None:
        """Let another worker have the part at once."""
        self._scripts.call("board_keep", _keys(taken.id), taken.number, taken.who, 0)

    def put(self, id: str, number: int, result: Json) -> bool:
        """Put up a part's result; False when there is one already, or it is not wanted."""
        return bool(self._scripts.call("board_put", _keys(id), number, self._seal(result)))

    def look(self, id: str, *, queue: str, tries: int = PERSISTENT) -> Look:
        """How a board stands for somebody who takes parts as `take` does."""
        keys = [*_keys(id), _boards(queue)]
        state, planned, whole, done, free = self._scripts.call("board_look", keys, id, tries)
        return Look(
            state=text(state),
            planned=int(planned),
            whole=bool(whole),
            done=int(done),
            free=int(free),
        )

    def read(self, id: str) -> Written:
        """Everything on a board; nothing when there is none."""
        fields: dict[Any, Any] = self._scripts.ask(lambda redis: redis.hgetall(_board(id)))
        known = {text(name): value for name, value in fields.items()}
        planned = range(int(known.get("planned", 0)))
        return Written(
            parts=[self._open(known[f"part:{number}"]) for number in planned],
            results={
                number: self._open(known[f"done:{number}"])
                for number in planned
                if f"done:{number}" in known
            },
            whole="whole" in known,
        )

    def of_queue(self, queue: str) -> list[str]:
        """The ids of the jobs with a board, the oldest first; some may be over."""
        ids = self._scripts.ask(lambda redis: redis.zrange(_boards(queue), 0, -1))
        return [text(id) for id in ids]

    def asked(self, id: str) -> tuple[Job, Content] | None:
        """The job of a board, with what the person wrote."""
        found: Any = self._scripts.ask(lambda redis: redis.hmget(_board(id), "job", "content"))
        job, sealed = found
        if not job or not sealed:
            return None
        return Job.loads(job), Content.loads(self._cipher.open(sealed))

    def _seal(self, value: Json) -> bytes:
        return self._cipher.seal(json.dumps(value, separators=(",", ":")).encode())

    def _open(self, sealed: bytes) -> Json:
        opened: Json = json.loads(self._cipher.open(sealed))
        return opened


def _keys(id: str) -> list[str]:
    return [f"{PREFIX}job:{id}", _board(id)]


def _board(id: str) -> str:
    return f"{PREFIX}board:{id}"


def _boards(queue: str) -> str:
    return f"{PREFIX}boards:{queue}"
