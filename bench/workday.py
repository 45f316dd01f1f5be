"""A working day: the requests of a company's busiest hour and of the half hour before it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from math import ceil, log

from bench.assumptions import Assumptions, Speed
from bench.simulation import Kind, Request

HOUR = 3_600.0
WARM = 1_800.0


class Workday:
    """Draws requests for workers of one speed; the same for the same seed."""

    def __init__(self, assumed: Assumptions, speed: Speed, *, seed: int = 1) -> None:
        self._assumed, self._speed = assumed, speed
        self._random = random.Random(seed)
        batches = {"texts": assumed.text_batch, "images": assumed.image_batch}
        quick = [
            Kind(name=name, batch=int(batch), fixed=speed.fixed) for name, batch in batches.items()
        ]
        long = [
            Kind(name=name, quick=False, shared=name == "recordings")
            for name in ("documents", "recordings")
        ]
        self.kinds = [*quick, *long]
        self._shares = [getattr(assumed, kind.name) for kind in self.kinds]

    def requests(self, employees: int) -> Iterator[Request]:
        """Half an hour of the day's average, then the busiest hour, in order of time."""
        day = employees * self._assumed.requests_a_day
        usual = day * (1 - self._assumed.busy_hour) / (self._assumed.hours - 1) / HOUR
        for start, end, rate in (
            (0.0, WARM, usual),
            (WARM, WARM + HOUR, day * self._assumed.busy_hour / HOUR),
        ):
            at = start + self._random.expovariate(rate)
            while at < end:
                yield self._request(at, employees)
                at += self._random.expovariate(rate)

    def _request(self, at: float, employees: int) -> Request:
        person = self._random.randrange(employees)
        (kind,) = self._random.choices(self.kinds, self._shares)
        channel = int(person // self._assumed.people_a_channel)
        return Request(
            at=at, kind=kind, person=person, pieces=self._pieces(kind.name), channel=channel
        )

    def _pieces(self, kind: str) -> list[float]:
        """The model's seconds of each piece."""
        assumed, speed = self._assumed, self._speed
        if kind == "texts":
            return [1 / speed.texts]
        if kind == "images":
            return [1 / speed.images]
        if kind == "documents":
            pages = self._long_tail(assumed.pages, assumed.pages_spread)
            work = min(pages * assumed.sentences_a_page, assumed.most_sentences)
            return _cut(work, assumed.document_step, speed.sentences)
        minutes = self._long_tail(assumed.minutes, assumed.minutes_spread)
        seconds = 60 * min(minutes, assumed.most_minutes)
        return _cut(seconds, assumed.piece_seconds, speed.audio)

    def _long_tail(self, middle: float, spread: float) -> float:
        return self._random.lognormvariate(log(middle), spread)


def _cut(amount: float, step: float, speed: float) -> list[float]:
    """Equal pieces of at most a step, as seconds."""
    count = max(1, ceil(amount / step))
    return [amount / count / speed] * count
