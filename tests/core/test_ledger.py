"""The ledger on a real Redis: nothing lost, nothing doubled, one owner at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from redis import Redis

from core.cipher import Cipher
from core.claim import Claim
from core.errors import TransientError
from core.job import FETCHED, Content, Job, Surface
from core.ledger import LEASE_MS, Ledger
from core.redis_server import connect
from core.roster import Roster
from core.scripts import PREFIX


def a_job(name: str = "one", *, skill: str = "sentiment", lane: str = "short") -> Job:
    return Job(
        key=name, skill=skill, queue="text", lane=f"{skill}:{lane}", team="T1", channel="C1",
        user="U1"
    )  # fmt: skip


def claim_one(ledger: Ledger) -> Claim:
    claims, _ = ledger.claim("text", batch={"sentiment": 1})
    return claims[0]


def expire_leases(redis: Redis) -> None:
    for id in redis.zrange(f"{PREFIX}leases", 0, -1):
        redis.zadd(f"{PREFIX}leases", {id: 1})


def test_a_job_survives_its_trip_through_redis(ledger: Ledger) -> None:
    job = replace(a_job(), surface=Surface.PRIVATE, thread="1.2")
    content = Content(text="I love it", subject="mail.txt", options={"length": "short"})
    ledger.submit(job, content)

    claim = claim_one(ledger)

    assert (claim.job, claim.content, claim.attempts) == (job, content, 1)


def test_the_same_act_is_queued_once(ledger: Ledger) -> None:
    first = ledger.submit(a_job(), Content())

    second = ledger.submit(a_job(), Content())

    assert (first.new, second.new, second.id) == (True, False, first.id)


def test_a_burst_asks_for_one_wake_up(ledger: Ledger) -> None:
    wakes = [ledger.submit(a_job(str(number)), Content()).wake for number in range(5)]

    assert wakes == [True, False, False, False, False]


def test_a_wake_up_that_arrived_lets_the_next_job_send_another(ledger: Ledger) -> None:
    ledger.submit(a_job("a"), Content())
    ledger.awake("text")

    assert ledger.submit(a_job("b"), Content()).wake


def test_a_batch_is_of_one_lane_and_the_oldest_lane_comes_first(ledger: Ledger) -> None:
    for name, lane in [("a", "long"), ("b", "short"), ("c", "long"), ("d", "long")]:
        ledger.submit(a_job(name, lane=lane), Content())

    claims, left = ledger.claim("text", batch={"sentiment": 2})

    assert [claim.job.key for claim in claims] == ["a", "c"]
    assert left


def test_an_empty_queue_gives_nothing(ledger: Ledger) -> None:
    assert ledger.claim("text", batch={}) == ([], False)


def test_what_people_wrote_is_unreadable_in_redis_and_gone_when_the_job_closes(
    ledger: Ledger, redis: Redis
) -> None:
    ledger.submit(a_job(), Content(text="a secret plan"))
    row = next(redis.scan_iter(f"{PREFIX}job:*"))
    stored = redis.hgetall(row)
    claim = claim_one(ledger)
    ledger.close(claim, state="done")

    assert not any(b"secret" in value for value in stored.values())
    assert not redis.hexists(row, "content")


def test_a_job_whose_worker_died_waits_again_at_the_head_of_its_lane(
    ledger: Ledger, redis: Redis
) -> None:
    ledger.submit(a_job("a"), Content())
    dead = claim_one(ledger)
    ledger.submit(a_job("b"), Content())
    expire_leases(redis)
    count, _ = ledger.reap()
    again = claim_one(ledger)

    assert (count, again.job.id, again.attempts) == (1, dead.job.id, 2)
    assert again.fence > dead.fence


def test_jobs_whose_worker_died_are_claimed_one_by_one(ledger: Ledger, redis: Redis) -> None:
    for name in ("a", "b", "c"):
        ledger.submit(a_job(name), Content())
    ledger.claim("text", batch={"sentiment": 2})
    expire_leases(redis)
    ledger.reap()
    ledger.submit(a_job("d"), Content())
    batches = [
        sorted(claim.job.key for claim in ledger.claim("text", batch={"sentiment": 8})[0])
        for _ in range(3)
    ]

    assert sorted(batches) == [["a"], ["b"], ["c", "d"]]


def test_who_died_does_not_join_a_batch_that_began_without_it(ledger: Ledger, redis: Redis) -> None:
    ledger.submit(replace(a_job("suspect"), user="U2"), Content())
    ledger.claim("text", batch={"sentiment": 1})
    for name in ("a", "b"):
        ledger.submit(a_job(name), Content())
    expire_leases(redis)
    ledger.reap()
    ring = f"{PREFIX}ring:text:sentiment:short"
    redis.rpush(ring, redis.lpop(ring))  # the other person's turn comes first
    claimed = []
    for _ in range(3):
        claimed.append([claim.job.key for claim in ledger.claim("text", batch={"sentiment": 8})[0]])

    assert ["suspect"] in claimed
    assert sorted(key for batch in claimed for key in batch) == ["a", "b", "suspect"]


def test_a_zombie_can_neither_renew_nor_close(ledger: Ledger, redis: Redis) -> None:
    ledger.submit(a_job(), Content())
    zombie = claim_one(ledger)
    expire_leases(redis)
    ledger.reap()
    owner = claim_one(ledger)

    assert ledger.renew([zombie]) == {zombie.job.id: "lost"}
    assert not ledger.close(zombie, state="done")
    assert ledger.close(owner, state="done")


def test_a_zombie_is_fenced_off_even_before_anyone_claims_again(
    ledger: Ledger, redis: Redis
) -> None:
    ledger.submit(a_job(), Content())
    zombie = claim_one(ledger)
    expire_leases(redis)
    ledger.reap()

    assert ledger.renew([zombie]) == {zombie.job.id: "lost"}


def test_renewing_keeps_the_lease_from_running_out(ledger: Ledger, redis: Redis) -> None:
    ledger.submit(a_job(), Content())
    claim = claim_one(ledger)
    expire_leases(redis)
    ledger.renew([claim])

    assert ledger.reap()[0] == 0
    assert redis.zscore(f"{PREFIX}leases", claim.job.id) > LEASE_MS


def test_a_job_is_given_up_after_three_attempts(ledger: Ledger, redis: Redis) -> None:
    ledger.submit(a_job(), Content())
    attempts = []
    for _ in range(4):
        attempts.append(claim_one(ledger).exhausted)
        expire_leases(redis)
        ledger.reap()

    assert attempts == [False, False, False, True]


def test_the_reaper_wakes_a_queue_whose_wake_up_was_lost(ledger: Ledger, redis: Redis) -> None:
    ledger.submit(a_job(), Content())
    redis.delete(f"{PREFIX}wake:text")

    assert ledger.reap() == (0, ["text"])


def test_a_waiting_job_is_stopped_by_a_claim_and_nobody_else_gets_it(ledger: Ledger) -> None:
    id = ledger.submit(a_job(), Content(text="hello")).id
    mine = ledger.stop(id)

    assert isinstance(mine, Claim)
    assert (mine.cancelled, mine.content.text) == (True, "hello")
    assert ledger.stop(id) == "asked"
    assert ledger.claim("text", batch={})[0] == []
    assert ledger.close(mine, state="cancelled")
    assert ledger.stop(id) == "over"


def test_who_stopped_a_job_and_died_leaves_the_end_to_a_worker(
    ledger: Ledger, redis: Redis
) -> None:
    ledger.stop(ledger.submit(a_job(), Content()).id)
    expire_leases(redis)
    ledger.reap()

    assert claim_one(ledger).cancelled


def test_a_running_job_hears_of_its_cancellation_with_the_next_beat(ledger: Ledger) -> None:
    ledger.submit(a_job(), Content())
    claim = claim_one(ledger)

    assert ledger.stop(claim.job.id) == "asked"
    assert ledger.renew([claim]) == {claim.job.id: "cancelled"}


def test_a_job_given_back_waits_until_its_delay_is_over(ledger: Ledger, redis: Redis) -> None:
    ledger.submit(a_job(), Content())
    claim = claim_one(ledger)
    ledger.release(claim, delay=60)

    assert ledger.reap()[0] == 0
    assert ledger.renew([claim]) == {claim.job.id: "lost"}


def test_only_one_may_post_the_placeholder_and_the_other_learns_where_it_is(
    ledger: Ledger,
) -> None:
    id = ledger.submit(a_job(), Content()).id
    first, second = ledger.place(id), ledger.place(id)
    ledger.placed(id, thread="1.0", ts="2.0")
    third = ledger.place(id)

    assert (first.state, second.state) == ("yours", "wait")
    assert (third.state, third.thread, third.ts) == ("placed", "1.0", "2.0")


def test_who_takes_over_the_placeholder_is_told_to_look_first(ledger: Ledger, redis: Redis) -> None:
    id = ledger.submit(a_job(), Content()).id
    ledger.place(id)
    redis.hset(f"{PREFIX}job:{id}", "placing", 1)

    assert ledger.place(id).state == "again"


def test_a_redis_that_is_away_is_a_transient_error() -> None:
    ledger = Ledger(redis=connect("redis://127.0.0.1:1/0"), cipher=Cipher(b"A" * 43 + b"="))

    with pytest.raises(TransientError):
        ledger.submit(a_job(), Content())


def test_giving_back_is_no_attempt_but_is_counted(ledger: Ledger, redis: Redis) -> None:
    ledger.submit(a_job(), Content())
    ledger.release(claim_one(ledger), delay=1)
    expire_leases(redis)
    ledger.reap()
    again = claim_one(ledger)

    assert (again.attempts, again.waits) == (1, 1)


def test_of_two_placeholders_the_first_counts(ledger: Ledger) -> None:
    id = ledger.submit(a_job(), Content()).id
    ledger.placed(id, thread="1.0", ts="2.0")

    assert ledger.placed(id, thread="1.0", ts="3.0").ts == "2.0"


def test_the_right_to_post_can_be_given_back(ledger: Ledger) -> None:
    id = ledger.submit(a_job(), Content()).id
    ledger.place(id)
    ledger.unplace(id)

    assert ledger.place(id).state == "yours"


def test_who_gets_the_right_to_post_after_another_looks_first_when_told_to(ledger: Ledger) -> None:
    id = ledger.submit(a_job(), Content()).id
    ledger.place(id)
    ledger.unplace(id, look=True)

    assert ledger.place(id).state == "again"


def test_one_persons_many_jobs_do_not_stand_before_anothers_single_one(ledger: Ledger) -> None:
    for number in range(500):
        ledger.submit(a_job(f"ada {number}"), Content())
    ledger.submit(replace(a_job("grace"), user="U2"), Content())
    claims, _ = ledger.claim("text", batch={"sentiment": 2})

    assert [claim.job.user for claim in claims] == ["U1", "U2"]


def test_lanes_take_turns(ledger: Ledger) -> None:
    for number in range(3):
        ledger.submit(a_job(f"long {number}", lane="long"), Content())
    ledger.submit(a_job("short"), Content())
    turns = [claim_one(ledger).job.key for _ in range(4)]

    assert turns.index("short") == 1


def test_jobs_with_an_input_to_fetch_can_be_left_to_others(ledger: Ledger) -> None:
    for number in range(3):
        ledger.submit(a_job(f"file {number}", lane=f"short{FETCHED}"), Content())
    ledger.submit(a_job("text"), Content())
    texts, more_texts = ledger.claim("text", batch={"sentiment": 2}, fetched=False)
    nothing, _ = ledger.claim("text", batch={"sentiment": 2}, fetched=False)
    files, more = ledger.claim("text", batch={"sentiment": 2, f"sentiment{FETCHED}": 1})

    assert [claim.job.key for claim in texts] == ["text"]
    assert (more_texts, nothing) == (False, [])
    assert ([claim.job.key for claim in files], more) == (["file 0"], True)


def test_every_job_is_claimed_once_whoever_asks_for_how_many(ledger: Ledger) -> None:
    wanted = {f"{user} {number}" for user in ("U1", "U2", "U3") for number in range(7)}
    for name in sorted(wanted):
        ledger.submit(replace(a_job(name), user=name.split()[0]), Content())
    claimed: list[str] = []
    left = True
    while left:
        claims, left = ledger.claim("text", batch={"sentiment": 4})
        claimed += [claim.job.key for claim in claims]

    assert sorted(claimed) == sorted(wanted)
    assert Roster(ledger.scripts).waiting() == {"text": 0}


def test_a_failed_job_is_listed_and_can_be_done_again(ledger: Ledger) -> None:
    ledger.submit(a_job(), Content())
    failed = claim_one(ledger)
    ledger.close(failed, state="failed")
    listed = [job.id for job in ledger.dead()]
    replayed = ledger.replay(failed.job)
    again = claim_one(ledger)

    assert listed == [failed.job.id]
    assert replayed
    assert (again.job.id, again.attempts) == (failed.job.id, 1)
    assert ledger.dead() == []


def test_a_job_that_did_not_fail_is_not_done_again(ledger: Ledger) -> None:
    ledger.submit(a_job(), Content())
    done = claim_one(ledger)
    ledger.close(done, state="done")

    assert not ledger.replay(done.job)


def test_erasing_a_person_takes_their_rows_and_nobody_elses(ledger: Ledger) -> None:
    mine = ledger.submit(a_job("mine"), Content(text="secret")).id
    others = [
        ledger.submit(replace(a_job("colleague"), user="U12"), Content()).id,
        ledger.submit(replace(a_job("elsewhere"), team="T2"), Content()).id,
    ]

    assert ledger.erase(team="T1", user="U1") == 1
    told = claim_one(ledger)
    assert (told.job.id, told.cancelled, told.content) == (mine, True, Content())
    ledger.close(told, state="cancelled")
    assert ledger.state(mine) == ""
    assert [ledger.state(id) for id in others] == ["waiting", "waiting"]


def test_a_running_job_of_a_person_who_is_erased_leaves_no_row(ledger: Ledger) -> None:
    ledger.submit(a_job(), Content())
    running = claim_one(ledger)
    ledger.erase(team="T1", user="U1")
    ledger.close(running, state="failed")

    assert ledger.state(running.job.id) == ""
    assert ledger.dead() == []


def test_a_team_that_left_is_gone_also_where_a_job_was_put_off(ledger: Ledger) -> None:
    id = ledger.submit(a_job(), Content()).id
    ledger.release(claim_one(ledger), delay=300)
    ledger.erase(team="T1")

    assert ledger.state(id) == ""
    assert Roster(ledger.scripts).running() == 0


def test_a_person_whose_job_was_put_off_is_forgotten_without_waiting(ledger: Ledger) -> None:
    ledger.submit(a_job(), Content())
    ledger.release(claim_one(ledger), delay=300)
    ledger.erase(team="T1", user="U1")

    assert ledger.reap()[0] == 1
    assert claim_one(ledger).cancelled


def test_who_asks_and_cancels_gets_no_more_turns_than_others(ledger: Ledger) -> None:
    for number in range(5):
        stopped = ledger.stop(ledger.submit(a_job(f"stopped {number}"), Content()).id)
        assert isinstance(stopped, Claim)
        ledger.close(stopped, state="cancelled")
    for number in range(3):
        ledger.submit(a_job(f"U1 {number}"), Content())
        ledger.submit(replace(a_job(f"U2 {number}"), user="U2"), Content())

    assert [claim_one(ledger).job.user for _ in range(6)] == ["U1", "U2"] * 3


def test_a_team_that_left_is_gone_at_once(ledger: Ledger) -> None:
    waiting = ledger.submit(a_job(), Content()).id
    ledger.erase(team="T1")

    assert ledger.state(waiting) == ""
    assert ledger.claim("text", batch={})[0] == []


def test_a_job_given_back_hears_of_its_cancellation_without_waiting(ledger: Ledger) -> None:
    ledger.submit(a_job(), Content())
    claim = claim_one(ledger)
    ledger.release(claim, delay=300)

    assert ledger.stop(claim.job.id) == "asked"
    assert ledger.reap()[0] == 1
    assert claim_one(ledger).cancelled


def test_a_cancelled_job_no_longer_counts_as_waiting(ledger: Ledger) -> None:
    id = ledger.submit(a_job(), Content()).id
    ledger.stop(id)

    assert Roster(ledger.scripts).waiting() == {"text": 0}


def test_a_job_that_failed_after_cancel_is_done_again_in_full(ledger: Ledger) -> None:
    ledger.submit(a_job(), Content())
    failed = claim_one(ledger)
    ledger.stop(failed.job.id)
    ledger.close(failed, state="failed")
    ledger.replay(failed.job)

    assert not claim_one(ledger).cancelled


def test_a_job_of_another_versions_words_is_given_up_and_not_claimed_for_ever(
    ledger: Ledger, redis: Redis
) -> None:
    id = ledger.submit(a_job(), Content()).id
    sealed = ledger._cipher.seal(b"{")
    redis.hset(f"{PREFIX}job:{id}", "content", sealed)

    assert claim_one(ledger).exhausted


def test_a_row_that_cannot_be_read_is_closed_and_its_neighbours_are_claimed(
    ledger: Ledger, redis: Redis
) -> None:
    broken = ledger.submit(a_job("broken"), Content()).id
    ledger.submit(a_job("fine"), Content())
    redis.hset(f"{PREFIX}job:{broken}", "job", '{"surface": "hologram"}')
    claims, _ = ledger.claim("text", batch={"sentiment": 2})

    assert [claim.job.key for claim in claims] == ["fine"]
    assert ledger.state(broken) == "failed"


def test_erasing_a_team_stops_what_is_running(ledger: Ledger) -> None:
    ledger.submit(a_job(), Content())
    running = claim_one(ledger)
    ledger.erase(team="T1")

    assert ledger.renew([running]) == {running.job.id: "cancelled"}


def test_what_a_newer_bot_adds_to_a_job_does_not_stop_an_older_worker() -> None:
    written = a_job().dumps().replace("{", '{"mood":"new",', 1)

    assert Job.loads(written).key == "one"
