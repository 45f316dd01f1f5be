"""Quotas: what a person or a team may use, counted when the request is new and not before."""

from __future__ import annotations

from dataclasses import replace

from redis import Redis

from core.job import Content
from core.ledger import Ledger
from core.quota import Quota
from core.roster import Roster
from core.scripts import PREFIX
from tests.core.test_ledger import a_job

MINE = Quota(unit="requests", whose="T1.U1", limit=2, window=3600)
OURS = Quota(unit="requests", whose="T1", limit=3, window=3600)
AUDIO = Quota(unit="seconds of audio", whose="T1.U1", limit=60, window=86_400, cost=0)


def test_what_is_over_the_limit_is_not_queued_and_is_told_for_how_long(ledger: Ledger) -> None:
    answers = [ledger.submit(a_job(name), Content(), [MINE]) for name in "abc"]

    assert [each.new for each in answers] == [True, True, False]
    assert answers[2].over == MINE
    assert 3_500 < answers[2].left <= 3_600
    assert Roster(ledger.scripts).waiting() == {"text": 2}


def test_the_same_act_told_again_is_neither_counted_nor_refused(ledger: Ledger) -> None:
    for name in ("a", "b", "a", "b"):
        last = ledger.submit(a_job(name), Content(), [MINE])

    assert (last.new, last.over) == (False, None)


def test_a_team_shares_a_quota_and_others_have_their_own(ledger: Ledger) -> None:
    for user in ("U1", "U2", "U3"):
        ledger.submit(replace(a_job(user), user=user), Content(), [OURS])
    elsewhere = replace(OURS, whose="T2")

    assert ledger.submit(a_job("d"), Content(), [OURS]).over == OURS
    assert ledger.submit(a_job("e"), Content(), [elsewhere]).new


def test_one_quota_used_up_leaves_the_other_uncounted(ledger: Ledger, redis: Redis) -> None:
    full = replace(MINE, limit=0)
    ledger.submit(a_job(), Content(), [OURS, full])

    assert redis.get(f"{PREFIX}spent:{OURS.name}") is None


def test_what_is_known_only_afterwards_is_counted_then(ledger: Ledger, redis: Redis) -> None:
    first = ledger.submit(a_job("a"), Content(), [AUDIO])
    ledger.spend(AUDIO, 61)

    assert first.new
    assert ledger.submit(a_job("b"), Content(), [AUDIO]).over == AUDIO
    assert 86_000 < redis.ttl(f"{PREFIX}spent:{AUDIO.name}") <= 86_400


def test_removing_the_app_erases_the_counts_of_its_workspace_only(
    ledger: Ledger, redis: Redis
) -> None:
    elsewhere = replace(MINE, whose="T12.U1")
    ledger.submit(a_job(), Content(), [MINE, OURS, elsewhere])
    ledger.erase(team="T1")

    assert [*redis.scan_iter(f"{PREFIX}spent:*")] == [f"{PREFIX}spent:requests:T12.U1".encode()]


def test_being_forgotten_does_not_begin_a_limit_anew(ledger: Ledger) -> None:
    for name in "ab":
        ledger.submit(a_job(name), Content(), [MINE])
    ledger.erase(team="T1", user="U1")

    assert ledger.submit(a_job("c"), Content(), [MINE]).over == MINE
