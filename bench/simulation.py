"""A discrete-event simulation of the fleet: who waits how long for which worker.

It knows requests, workers and the order in which workers choose; not where the figures come from.
As in workers/: each worker has one model a kind, and every model does one step at a time. A step is
a batch of a quick kind, or a piece of a long job; a worker first goes on with the job it has
claimed, then claims another, then helps with pieces of a job that is shared. Within a kind, persons
take turns (core/lua/claim.lua). Models that work at once on one device share it: a step that begins
beside n others takes n + 1 times as long.
"""

from __future__ import annotations

import heapq
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import factorial, inf


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One kind of job: `batch` jobs share one pass, which takes `fixed` seconds besides theirs.

    A job that is not `quick` is done in pieces, by other workers, too, when it is `shared`.
    """

    name: str
    batch: int = 1
    fixed: float = 0.0
    quick: bool = True
    shared: bool = False


@dataclass(slots=True)
class Request:
    """One job: when it comes (s), from whom, and the model's seconds of each of its pieces.

    The simulation fills in when its first piece began and its last one ended.
    """

    at: float
    kind: Kind
    person: int
    pieces: Sequence[float]
    channel: int = 0
    began: float = inf
    ended: float = inf
    _next: int = 0
    _done: int = 0

    @property
    def wait(self) -> float:
        """Seconds until somebody worked on it."""
        return self.began - self.at

    @property
    def left(self) -> bool:
        """Whether a piece is there that nobody has begun."""
        return self._next < len(self.pieces)

    def begin(self, now: float) -> float:
        """Begin its next piece; how long that takes."""
        self.began = min(self.began, now)
        self._next += 1
        return self.pieces[self._next - 1]

    def finish_piece(self, now: float) -> None:
        """One piece is done, and with the last of them the job."""
        self._done += 1
        if self._done == len(self.pieces):
            self.ended = now


class Lane:
    """The waiting jobs of one kind, going round the persons who wait there."""

    def __init__(self) -> None:
        self._ring: OrderedDict[int, deque[Request]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._ring)

    def put(self, request: Request) -> None:
        """The last of its person."""
        self._ring.setdefault(request.person, deque()).append(request)

    def take(self) -> Request:
        """The first of the person whose turn it is."""
        person, line = self._ring.popitem(last=False)
        request = line.popleft()
        if line:
            self._ring[person] = line
        return request


@dataclass(slots=True)
class Device:
    """What the models of one worker share."""

    busy: int = 0


@dataclass(slots=True)
class Model:
    """One kind's model in one worker: the job it has claimed, and what it works on just now."""

    kind: Kind
    device: Device
    claimed: Request | None = None
    at_work: list[Request] = field(default_factory=list)


class Fleet:
    """Workers before the lanes of all kinds."""

    def __init__(self, kinds: Sequence[Kind], *, workers: int) -> None:
        devices = [Device() for _ in range(workers)]
        self._lanes = {kind.name: Lane() for kind in kinds}
        self._idle = {
            kind.name: deque(Model(kind=kind, device=device) for device in devices)
            for kind in kinds
        }
        self._open: OrderedDict[int, Request] = OrderedDict()  # shared, with pieces left
        self._ends: list[tuple[float, int, Model]] = []
        self._number = 0

    def run(self, requests: Iterable[Request]) -> None:
        """Work off requests, which come in order of time, until all are done."""
        for request in requests:
            self._until(request.at)
            self._lanes[request.kind.name].put(request)
            self._engage(request.kind, request.at)
        self._until(inf)

    def _until(self, when: float) -> None:
        """All ends of steps before `when`."""
        while self._ends and self._ends[0][0] <= when:
            now, _, model = heapq.heappop(self._ends)
            for request in model.at_work:
                request.finish_piece(now)
            model.at_work = []
            model.device.busy -= 1
            self._idle[model.kind.name].appendleft(model)  # first to go on with what it claimed
            self._engage(model.kind, now)

    def _engage(self, kind: Kind, now: float) -> None:
        """Give steps to idle models of a kind as long as there are both."""
        idle = self._idle[kind.name]
        while idle:
            seconds = self._step(idle[0], now)
            if seconds is None:
                return
            model = idle.popleft()
            model.device.busy += 1
            self._number += 1
            end = now + seconds * model.device.busy
            heapq.heappush(self._ends, (end, self._number, model))

    def _step(self, model: Model, now: float) -> float | None:
        """Begin what comes next for a model; its seconds, None when there is nothing."""
        kind, lane = model.kind, self._lanes[model.kind.name]
        if kind.quick:
            while lane and len(model.at_work) < kind.batch:
                model.at_work.append(lane.take())
        elif request := self._long_job(model, lane):
            model.at_work = [request]
        if not model.at_work:
            return None
        seconds = kind.fixed + sum(each.begin(now) for each in model.at_work)
        for each in model.at_work:
            if not each.left:
                self._open.pop(id(each), None)
        return seconds

    def _long_job(self, model: Model, lane: Lane) -> Request | None:
        """Its own while pieces of it are left, else a new one, else somebody's in turn."""
        if model.claimed is not None and model.claimed.left:
            return model.claimed
        model.claimed = lane.take() if lane else None
        if model.claimed is not None:
            if model.kind.shared:
                self._open[id(model.claimed)] = model.claimed
            return model.claimed
        if not (model.kind.shared and self._open):
            return None
        key, request = self._open.popitem(last=False)
        self._open[key] = request
        return request


def erlang_c(*, rate: float, seconds: float, workers: int) -> float:
    """Mean wait of M/M/c in seconds (A. K. Erlang, 1917): what the simulation is checked against.

    `rate` requests a second of `seconds` each on the average.
    """
    load = rate * seconds
    last = load**workers / factorial(workers) * workers / (workers - load)
    waits = last / (sum(load**n / factorial(n) for n in range(workers)) + last)
    return waits * seconds / (workers - load)
