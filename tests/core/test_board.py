"""The board of a divided job: each part is somebody's, each result counts once, nothing is read."""

from __future__ import annotations

import pytest
from redis import Redis

from core.board import VOLUNTEERED, Boards, Taken
from core.cipher import Cipher
from core.claim import Claim
from core.job import Content, Job, key_of
from core.ledger import PREFIX, Ledger

LEAD = {"text": "the lead"}


@pytest.fixture
def boards(ledger: Ledger, cipher: Cipher) -> Boards:
    return Boards(scripts=ledger.scripts, cipher=cipher)


@pytest.fixture
def claim(ledger: Ledger) -> Claim:
    job = Job(
        key=key_of("1"), skill="count", queue="train", lane="count", team="T1", channel="C1",
        user="U1", thread="1.1",
    )  # fmt: skip
    ledger.submit(job, Content(text="my secret"))
    return reclaimed(ledger)


def reclaimed(ledger: Ledger) -> Claim:
    (claim,), _ = ledger.claim("train", batch={})
    return claim


def put_up(boards: Boards, claim: Claim, parts: int, *, whole: bool = True) -> None:
    assert boards.open(claim)
    boards.put(claim.job.id, 0, LEAD)
    for number in range(parts):
        assert boards.plan(claim, number, {"number": number})
    if whole:
        assert boards.plan(claim, parts, None)


def take(boards: Boards, claim: Claim) -> Taken:
    taken = boards.take(claim.job.id)
    assert taken is not None
    return taken


def time_passes(redis: Redis, taken: Taken) -> None:
    redis.hset(f"{PREFIX}board:{taken.id}", f"until:{taken.number}", 1)


def worker_dies(redis: Redis, ledger: Ledger, claim: Claim) -> None:
    redis.zadd(f"{PREFIX}leases", {claim.job.id: 1})
    ledger.reap()


def test_parts_are_taken_in_order_with_the_lead_and_each_by_one(
    boards: Boards, claim: Claim
) -> None:
    put_up(boards, claim, 3)
    taken = [boards.take(claim.job.id) for _ in range(3)]

    assert [(each.part["number"], each.lead) for each in taken if each] == [(1, LEAD), (2, LEAD)]


def test_a_part_whose_lease_ran_out_is_another_ones(
    boards: Boards, claim: Claim, redis: Redis
) -> None:
    put_up(boards, claim, 2)
    late = take(boards, claim)
    time_passes(redis, late)
    again = take(boards, claim)

    assert (again.number, boards.keep(again), boards.keep(late)) == (late.number, True, False)


def test_a_part_given_back_is_free_at_once(boards: Boards, claim: Claim) -> None:
    put_up(boards, claim, 2)
    boards.give_back(take(boards, claim))

    assert take(boards, claim).number == 1


def test_a_part_that_two_died_at_is_left_to_who_has_the_job(
    boards: Boards, claim: Claim, redis: Redis
) -> None:
    put_up(boards, claim, 2)
    for _ in range(2):
        time_passes(redis, take(boards, claim))

    assert boards.take(claim.job.id, tries=VOLUNTEERED) is None
    assert boards.look(claim.job.id, queue="train", tries=VOLUNTEERED).free == 0
    assert take(boards, claim).number == 1


def test_the_first_result_of_a_part_counts_and_ends_its_lease(boards: Boards, claim: Claim) -> None:
    put_up(boards, claim, 2)
    taken = take(boards, claim)
    put = [boards.put(claim.job.id, 1, {"text": text}) for text in ("first", "second")]

    assert (put, boards.keep(taken)) == ([True, False], False)
    assert boards.read(claim.job.id).in_order() == [LEAD, {"text": "first"}]


def test_a_board_is_finished_when_no_part_is_to_come_and_none_is_open(
    boards: Boards, claim: Claim
) -> None:
    put_up(boards, claim, 2, whole=False)
    boards.put(claim.job.id, 1, {})
    before = boards.look(claim.job.id, queue="train")
    boards.plan(claim, 2, None)

    assert (before.finished, boards.look(claim.job.id, queue="train").finished) == (False, True)


def test_nothing_on_a_board_can_be_read_in_redis(
    boards: Boards, claim: Claim, redis: Redis
) -> None:
    put_up(boards, claim, 2)
    boards.put(claim.job.id, 1, {"text": "they said this"})
    stored = b"".join(redis.hgetall(f"{PREFIX}board:{claim.job.id}").values())

    assert [word for word in (b"secret", b"lead", b"said") if word in stored] == []


def test_a_board_lasts_a_day_at_most(boards: Boards, claim: Claim, redis: Redis) -> None:
    put_up(boards, claim, 2)

    assert 0 < redis.ttl(f"{PREFIX}board:{claim.job.id}") <= 24 * 3600


def test_the_board_goes_with_its_job(
    boards: Boards, claim: Claim, ledger: Ledger, redis: Redis
) -> None:
    put_up(boards, claim, 2)
    taken = take(boards, claim)
    ledger.close(claim, state="done")

    assert boards.put(claim.job.id, taken.number, {}) is False
    assert redis.exists(f"{PREFIX}board:{claim.job.id}") == 0


def test_a_board_is_erased_with_its_person(
    boards: Boards, claim: Claim, ledger: Ledger, redis: Redis
) -> None:
    put_up(boards, claim, 2)
    ledger.erase(team="T1", user="U1")

    assert boards.look(claim.job.id, queue="train").state == ""
    assert redis.exists(f"{PREFIX}board:{claim.job.id}") == 0


def test_after_cancel_no_part_is_taken_and_no_result_kept(
    boards: Boards, claim: Claim, ledger: Ledger
) -> None:
    put_up(boards, claim, 3)
    taken = take(boards, claim)
    ledger.stop(claim.job.id)

    assert boards.take(claim.job.id) is None
    assert (boards.keep(taken), boards.put(taken.id, 1, {})) == (False, False)
    assert boards.look(claim.job.id, queue="train").state == ""


def test_parts_are_done_while_nobody_has_the_job_and_the_next_one_goes_on(
    boards: Boards, claim: Claim, ledger: Ledger, redis: Redis
) -> None:
    put_up(boards, claim, 2, whole=False)
    worker_dies(redis, ledger, claim)
    boards.put(claim.job.id, take(boards, claim).number, {"text": "meanwhile"})
    heir = reclaimed(ledger)

    assert boards.open(heir)
    assert boards.plan(heir, 2, None)
    assert boards.read(claim.job.id).in_order() == [LEAD, {"text": "meanwhile"}]


def test_who_lost_the_job_can_plan_no_more(
    boards: Boards, claim: Claim, ledger: Ledger, redis: Redis
) -> None:
    put_up(boards, claim, 2, whole=False)
    worker_dies(redis, ledger, claim)
    reclaimed(ledger)

    assert boards.plan(claim, 2, {"number": 2}) is False
    assert boards.open(claim) is False


def test_a_part_written_twice_is_planned_once(boards: Boards, claim: Claim) -> None:
    put_up(boards, claim, 2, whole=False)
    boards.plan(claim, 1, {"number": "again"})

    assert boards.read(claim.job.id).parts == [{"number": 0}, {"number": 1}]


def test_boards_that_are_over_are_no_longer_listed(
    boards: Boards, claim: Claim, ledger: Ledger
) -> None:
    put_up(boards, claim, 2)
    listed = boards.of_queue("train")
    ledger.close(claim, state="done")
    boards.look(claim.job.id, queue="train")

    assert (listed, boards.of_queue("train")) == ([claim.job.id], [])


def test_who_helps_learns_what_was_asked(boards: Boards, claim: Claim) -> None:
    put_up(boards, claim, 2)

    assert boards.asked(claim.job.id) == (claim.job, Content(text="my secret"))
