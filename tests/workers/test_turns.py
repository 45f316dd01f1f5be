"""Turns: in order of arrival, one at a time, and a long one lets the others go first."""

from __future__ import annotations

import threading

from workers.turns import Turns


def test_who_has_the_turn_has_it_alone_and_the_next_is_who_came_first() -> None:
    turns, order = Turns(), []
    turns.take()

    def come(name: str) -> None:
        turns.take()
        order.append(name)
        turns.leave()

    threads = []
    for number, name in enumerate("abc", start=1):
        threads.append(threading.Thread(target=come, args=(name,)))
        threads[-1].start()
        while len(turns._line) <= number:
            pass
    taken = turns.take_if_free()
    turns.leave()
    for thread in threads:
        thread.join()

    assert (taken, order) == (False, ["a", "b", "c"])
    assert turns.take_if_free()


def test_a_long_turn_is_interrupted_by_who_waits_and_goes_on_after() -> None:
    turns, order = Turns(), []
    turns.take()
    other = threading.Thread(target=lambda: (turns.take(), order.append("short"), turns.leave()))
    other.start()
    while len(turns._line) < 2:
        pass
    order.append("long begins")
    turns.pass_on()
    order.append("long ends")
    turns.pass_on()  # nobody waits: at once
    turns.leave()
    other.join()

    assert order == ["long begins", "short", "long ends"]


def test_who_gives_up_leaves_the_line() -> None:
    turns = Turns()
    turns.take()

    assert not turns.take(given_up=lambda: True)
    turns.leave()
    assert turns.take_if_free()
