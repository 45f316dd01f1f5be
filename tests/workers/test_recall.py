"""Answers given before: the same question in the same channel needs no model again."""

from __future__ import annotations

import threading

from tests.workers.conftest import Shop


def test_the_same_question_in_a_channel_is_answered_from_memory(shop: Shop) -> None:
    first = shop.ask("one")
    shop.work()
    second = shop.ask("one")
    shop.work()

    assert shop.echo.batches == [["one"]]
    assert shop.said(second) == shop.said(first) == ["*Echo*\nONE"]


def test_asking_again_does_not_keep_an_answer_for_longer(shop: Shop) -> None:
    shop.ask("one")
    shop.work()
    (name,) = [each for each in shop.redis.scan_iter() if b"answer:" in each]
    kept = shop.redis.get(name)
    shop.ask("one")
    shop.work()

    assert shop.redis.get(name) == kept


def test_another_channel_asks_anew(shop: Shop) -> None:
    shop.ask("one")
    shop.work()
    shop.ask("one", channel="support")
    shop.work()

    assert shop.echo.batches == [["one"], ["one"]]


def test_neither_question_nor_answer_lies_in_redis_in_clear(shop: Shop) -> None:
    shop.ask("a secret thing")
    shop.work()
    names = [name for name in shop.redis.scan_iter() if b"answer:" in name]
    values = [bytes(shop.redis.get(name) or b"") for name in names]

    assert len(names) == 1
    assert not any(b"secret" in each.lower() for each in [*names, *values])


def test_forgetting_takes_the_answers_with_it(shop: Shop) -> None:
    shop.ask("one")
    shop.work()
    shop.ledger.erase(team="T1", user="U1")
    shop.ask("one")
    shop.work()

    assert shop.echo.batches == [["one"], ["one"]]


def test_a_refusal_is_not_remembered(shop: Shop) -> None:
    for _ in range(2):
        shop.ask("no")
        shop.work()

    assert shop.echo.batches == [["no"], ["no"]]


def test_what_was_cancelled_is_not_remembered(shop: Shop) -> None:
    id = shop.ask("long")
    working = threading.Thread(target=shop.drain.drain, args=("text",))
    working.start()
    shop.echo.opening.acquire()
    shop.ledger.stop(id)
    working.join(20)
    shop.outbox.join(20)

    assert shop.ledger.state(id) == "cancelled"
    assert not [name for name in shop.redis.scan_iter() if b"answer:" in name]
