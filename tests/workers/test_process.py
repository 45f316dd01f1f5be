"""A worker that ends or is replaced hands its jobs on as they are."""

from __future__ import annotations

import threading

from tests.workers.conftest import Shop


def test_a_process_that_is_replaced_gives_its_running_job_back_as_it_was(shop: Shop) -> None:
    id = shop.ask("long")
    working = threading.Thread(target=shop.drain.drain, args=("text",))
    working.start()
    assert shop.echo.opening.acquire(timeout=5)
    shop.process.abandon()
    shop.ledger.reap()
    again = shop.ledger.claim("text", batch={})[0][0]
    shop.echo.gate.set()
    working.join()

    assert (again.job.id, again.attempts, again.waits) == (id, 1, 0)


def test_a_job_of_a_worker_that_ends_is_another_workers_at_once(shop: Shop) -> None:
    id = shop.ask("long")
    working = threading.Thread(target=shop.drain.drain, args=("text",))
    working.start()
    assert shop.echo.opening.acquire(timeout=5)
    shop.process.interrupt()
    working.join()
    assert shop.outbox.join(5)
    shop.ledger.reap()
    again = shop.ledger.claim("text", batch={})[0][0]

    assert (again.job.id, again.attempts, again.waits) == (id, 1, 0)
