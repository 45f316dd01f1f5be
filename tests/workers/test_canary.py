"""The canary: a deaf worker starts again, a stopped one or one without a broker does not."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from core.errors import TransientError
from workers.canary import Canary


class Mine:
    """A worker that hears its canary or does not."""

    def __init__(self) -> None:
        self.hears = True
        self.broker = True
        self.sent = threading.Semaphore(0)
        self.restarted = threading.Event()
        self.canary = Canary(send=self._send, restart=self.restarted.set, every=0.02, patience=0.1)

    def _send(self) -> None:
        self.sent.release()
        if not self.broker:
            raise TransientError("away")
        if self.hears:
            self.canary.sing()

    def wait_for(self, count: int) -> None:
        for _ in range(count):
            assert self.sent.acquire(timeout=5)


@pytest.fixture
def mine() -> Iterator[Mine]:
    mine = Mine()
    mine.canary.start()
    yield mine
    mine.canary.close()


def test_a_worker_that_hears_is_left_alone(mine: Mine) -> None:
    mine.wait_for(20)

    assert not mine.restarted.is_set()


def test_a_worker_that_has_gone_deaf_starts_again(mine: Mine) -> None:
    mine.hears = False

    assert mine.restarted.wait(5)


def test_a_broker_that_is_away_is_not_the_workers_fault(mine: Mine) -> None:
    mine.hears = mine.broker = False
    mine.wait_for(20)

    assert not mine.restarted.is_set()
