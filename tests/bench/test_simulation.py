"""The simulation: right where a formula knows the answer, and it chooses as the workers do."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from bench.assumptions import CPU, Assumptions
from bench.simulate import END, PAGE, START, on_screen
from bench.simulation import Fleet, Kind, Request, erlang_c
from bench.workday import WARM, Workday

ONE = Kind(name="one")
TEXTS = Kind(name="texts", batch=8, fixed=1.0)
AUDIO = Kind(name="audio", quick=False, shared=True)
BOOKS = Kind(name="books", quick=False)


def work(requests: Sequence[Request], *, workers: int = 1) -> Sequence[Request]:
    """The requests after their day."""
    kinds = {each.kind.name: each.kind for each in requests}
    Fleet(list(kinds.values()), workers=workers).run(requests)
    return requests


def ask(
    kind: Kind, *, at: float = 0.0, person: int = 1, pieces: Sequence[float] = (1.0,)
) -> Request:
    return Request(at=at, kind=kind, person=person, pieces=pieces)


@pytest.mark.parametrize(("workers", "load"), [(1, 0.6), (5, 0.8), (20, 0.85)])
def test_random_requests_wait_as_long_as_erlang_says(workers: int, load: float) -> None:
    draw = random.Random(7)
    at, requests = 0.0, []
    for _ in range(100_000):
        at += draw.expovariate(workers * load)
        requests.append(ask(ONE, at=at, person=0, pieces=[draw.expovariate(1.0)]))
    waits = [each.wait for each in work(requests, workers=workers)]

    assert sum(waits) / len(waits) == pytest.approx(
        erlang_c(rate=workers * load, seconds=1.0, workers=workers), rel=0.06
    )


def test_what_waits_goes_through_in_one_pass() -> None:
    requests = work([ask(TEXTS), *(ask(TEXTS, at=0.5) for _ in range(8))])

    assert {each.began for each in requests[1:]} == {2.0}
    assert {each.ended for each in requests[1:]} == {2.0 + 1.0 + 8.0}


def test_persons_take_turns() -> None:
    requests = work([*(ask(ONE, person=1) for _ in range(5)), ask(ONE, person=2)])

    assert [each.began for each in requests] == [0.0, 1.0, 3.0, 4.0, 5.0, 2.0]


def test_a_recording_is_fanned_out_over_free_workers() -> None:
    (recording,) = work([ask(AUDIO, pieces=[1.0] * 12)], workers=4)

    assert recording.ended == 3.0


def test_a_document_is_not() -> None:
    (document,) = work([ask(BOOKS, pieces=[1.0] * 12)], workers=4)

    assert document.ended == 12.0


def test_whoever_is_free_takes_a_new_recording_before_a_piece_of_another() -> None:
    first, second = work(
        [ask(AUDIO, pieces=[1.0] * 20), ask(AUDIO, at=0.5, person=2, pieces=[1.0])], workers=2
    )

    assert second.began == 1.0
    assert first.ended == 11.0


def test_a_text_does_not_wait_for_a_recording_but_shares_its_device() -> None:
    _, text = work([ask(AUDIO, pieces=[60.0]), ask(TEXTS, at=5.0)])

    assert (text.began, text.ended) == (5.0, 5.0 + 2 * (1.0 + 1.0))


def test_slack_shows_a_minutes_worth_at_once_and_then_so_many_a_minute() -> None:
    requests = work([ask(Kind(name="all", batch=200), pieces=[0.0]) for _ in range(150)])
    shown = on_screen(requests, Assumptions(overhead=0.0))

    assert shown[49] == pytest.approx(0.0)
    assert shown[-1] == pytest.approx(120.0)


def test_a_day_has_as_many_requests_as_were_assumed() -> None:
    assumed = Assumptions()
    requests = list(Workday(assumed, CPU).requests(10_000))
    busy = sum(each.at >= WARM for each in requests)

    assert busy == pytest.approx(10_000 * assumed.requests_a_day * assumed.busy_hour, rel=0.05)
    assert [each.at for each in requests] == sorted(each.at for each in requests)


def test_the_page_has_a_place_for_the_table() -> None:
    page = PAGE.read_text()

    assert page.count(START) == page.count(END) == 1
