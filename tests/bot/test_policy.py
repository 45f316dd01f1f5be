"""The policy file: what is allowed where, to whom, how much; and what is wrong in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import SetupError, UserError
from core.policy import Policy, load_policy
from core.quota import AUDIO, REQUESTS, Quota
from core.words import used_up
from tests.core.test_ledger import a_job

SKILLS = ("sentiment", "summarize", "transcribe")
FILE = """
[everywhere]
skills = ["sentiment", "summarize"]

[channels.CQUIET]
automatic = false

[channels.CSUPPORT]
skills = ["transcribe"]
who = ["UADA"]

[limits]
requests_per_hour = { person = 60, team = 1000 }
audio_minutes_per_day = { person = 120 }
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(FILE)
    return path


@pytest.fixture
def policy(path: Path) -> Policy:
    return load_policy(path, jobs_per_hour=0, skills=SKILLS)


def test_without_a_file_everything_is_allowed_to_everybody() -> None:
    policy = load_policy(None, jobs_per_hour=0, skills=SKILLS)
    policy.admit(skill="transcribe", channel="C1", user="U1")

    assert policy.automatic("C1")
    assert policy.quotas(a_job()) == []


def test_a_skill_that_is_not_listed_is_switched_off(policy: Policy) -> None:
    policy.admit(skill="sentiment", channel="C1", user="U1")

    with pytest.raises(UserError, match=r"/transcribe is switched off.*/sentiment, /summarize"):
        policy.admit(skill="transcribe", channel="C1", user="U1")


def test_a_channels_own_rule_comes_before_the_one_for_everywhere(policy: Policy) -> None:
    policy.admit(skill="transcribe", channel="CSUPPORT", user="UADA")

    with pytest.raises(UserError, match="switched off"):
        policy.admit(skill="sentiment", channel="CSUPPORT", user="UADA")


def test_who_is_not_on_the_list_of_a_channel_is_told_so(policy: Policy) -> None:
    with pytest.raises(UserError, match="only some people"):
        policy.admit(skill="transcribe", channel="CSUPPORT", user="UBOB")


def test_uploads_can_be_left_alone_in_one_channel(policy: Policy) -> None:
    assert not policy.automatic("CQUIET")
    assert policy.automatic("C1")


def test_requests_are_limited_for_all_and_minutes_for_recordings(policy: Policy) -> None:
    text, speech = a_job(), replace(a_job(), queue="speech")

    assert [(each.unit, each.whose, each.limit) for each in policy.quotas(text)] == [
        (REQUESTS, "T1.U1", 60),
        (REQUESTS, "T1", 1000),
    ]
    assert [(each.unit, each.limit) for each in policy.quotas(speech)][2:] == [(AUDIO, 7200)]


def test_the_setting_stands_in_for_a_limit_that_the_file_does_not_give() -> None:
    policy = load_policy(None, jobs_per_hour=5, skills=SKILLS)

    assert [each.limit for each in policy.quotas(a_job())] == [5]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[everywhere", "not TOML"),
        ("[everywhere]\nskils = []", "everywhere.skils"),
        ("[everywhere]\nautomatic = 'perhaps'", "everywhere.automatic"),
        ("[limits]\nrequests_per_hour = { person = -1 }", "limits.requests_per_hour.person"),
        ("[channels.C1]\nskills = ['dance']", "no skill dance"),
        ("[channels.support]\nautomatic = false", r"channels\.support.*not names"),
        ('[channels."#support"]\nautomatic = false', r"channels\.#support.*not names"),
        ("[everywhere]\nwho = ['ada']", r"everywhere\.who\.0.*not names"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(path: Path, text: str, named: str) -> None:
    path.write_text(text)

    with pytest.raises(SetupError, match=named):
        load_policy(path, jobs_per_hour=0, skills=SKILLS)


def test_a_file_in_another_encoding_is_named(path: Path) -> None:
    path.write_bytes("[everywhere] # für alle".encode("latin-1"))

    with pytest.raises(SetupError, match="not written in UTF-8"):
        load_policy(path, jobs_per_hour=0, skills=SKILLS)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"policy\.toml"):
        load_policy(tmp_path / "policy.toml", jobs_per_hour=0, skills=SKILLS)


def test_people_are_told_what_is_used_up_and_for_how_long(policy: Policy) -> None:
    mine, ours, audio = policy.quotas(replace(a_job(), queue="speech"))

    assert used_up(mine, 1800) == (
        "You have made 60 requests in the last hour, which is the limit here. "
        "Please try again in 30 min."
    )
    assert used_up(ours, 10).startswith("Your workspace has made 1,000 requests")
    assert "120 minutes of recordings" in used_up(audio, 5 * 3600)
    assert "5 hours" in used_up(audio, 5 * 3600)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (0, "1 min"), (60, "1 min"), (119, "2 min"), (121, "3 min"), (90 * 60, "90 min"),
        (90 * 60 + 1, "2 hours"), (round(2.45 * 3600), "3 hours"), (86_400, "24 hours"),
    ],
)  # fmt: skip
def test_who_waits_as_long_as_told_is_not_told_to_wait_again(left: int, said: str) -> None:
    quota = Quota(unit=REQUESTS, whose="T1.U1", limit=5, window=86_400)

    assert used_up(quota, left).endswith(f"Please try again in {said}.")


@pytest.mark.parametrize(
    ("file", "may"),
    [
        ("", True),
        ('[everywhere]\nsettings = ["UADA"]', False),
        ('[everywhere]\nsettings = ["UADA"]\n[channels.C1]\nsettings = ["UBOB"]', True),
        ('[channels.C1]\nwho = ["UADA"]', False),  # who may not ask may not change anything either
        ('[channels.C2]\nsettings = ["UADA"]', True),
    ],
)
def test_the_settings_of_a_channel_may_be_left_to_some_people(
    path: Path, file: str, may: bool
) -> None:
    path.write_text(file)
    policy = load_policy(path, jobs_per_hour=0, skills=SKILLS)
    try:
        policy.admit_settings(channel="C1", user="UBOB")
    except UserError:
        assert not may
    else:
        assert may
