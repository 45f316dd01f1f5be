"""A channel and a time are read as they are meant, and only for who may read that channel."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot import parse
from bot.period import DAY, Period, period_in
from bot.source import source_of
from core import words
from core.errors import UserError
from core.job import Surface
from local.ids import Ids
from skills.catalog import catalog
from tests.bot.conftest import Reception

BERLIN = ZoneInfo("Europe/Berlin")
SUMMARIZE = catalog()["summarize"]


@pytest.mark.parametrize(
    ("text", "channel", "seconds"),
    [
        ("<#C1|general> 7d", "C1", 7 * DAY),
        ("<#C1|> 24h", "C1", DAY),
        ("<#C1>", "C1", DAY),
        ("in <#C1|general>", "C1", DAY),
        ("2w <#C1|general>", "C1", 14 * DAY),
        ("7d", "", 7 * DAY),
        ("36 hours", "", 36 * 3600),
        ("the last 3 days", "", 3 * DAY),
        ("this channel", "", DAY),
        ("This channel 2W", "", 14 * DAY),
    ],
)
def test_a_channel_and_a_time_are_understood(text: str, channel: str, seconds: int) -> None:
    assert period_in(text) == Period(channel=channel, seconds=seconds)


@pytest.mark.parametrize(
    ("text", "channel", "day"),
    [
        ("today", "", "today"),
        ("Yesterday", "", "yesterday"),
        ("yesterday <#C1|general>", "C1", "yesterday"),
        ("<#C1|general> since Monday", "C1", "since monday"),
        ("this channel since tue", "", "since tuesday"),
        ("since yesterday", "", "since yesterday"),
        ("since last Fri", "", "since last friday"),
        ("this week", "", "this week"),
        ("of last week in <#C1>", "C1", "last week"),
    ],
)
def test_a_day_of_the_calendar_is_understood(text: str, channel: str, day: str) -> None:
    assert period_in(text) == Period(channel=channel, day=day)


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        ("today", "2026-11-25", ""),  # a Wednesday
        ("yesterday", "2026-11-24", "2026-11-25"),
        ("since yesterday", "2026-11-24", ""),
        ("since monday", "2026-11-23", ""),
        ("since wednesday", "2026-11-25", ""),
        ("since thursday", "2026-11-19", ""),
        ("since last tuesday", "2026-11-24", ""),
        ("since last wednesday", "2026-11-18", ""),  # not today
        ("this week", "2026-11-23", ""),
        ("last week", "2026-11-16", "2026-11-23"),
    ],
)
def test_a_day_begins_at_midnight_where_the_asker_lives(day: str, since: str, until: str) -> None:
    noon = datetime(2026, 11, 25, 12, 30, tzinfo=BERLIN)

    assert Period(channel="", day=day).bounds(lambda: noon) == (midnight(since), midnight(until))


@pytest.mark.parametrize(
    ("day", "name"),
    [("since last monday", "since last Monday"), ("since yesterday", "since yesterday")],
)
def test_a_day_is_named_as_people_write_it(day: str, name: str) -> None:
    assert Period(channel="", day=day).name == name


def midnight(day: str) -> float:
    """By Berlin's clock; 0 for none."""
    return datetime.fromisoformat(day).replace(tzinfo=BERLIN).timestamp() if day else 0.0


def test_a_day_when_the_clock_changes_is_a_day() -> None:
    noon = datetime(2026, 3, 30, 12, tzinfo=BERLIN)  # the day after clocks went forward

    assert Period(channel="", day="yesterday").bounds(lambda: noon) == (
        midnight("2026-03-29"),
        midnight("2026-03-30"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday was a good day",
        "since monday nothing works",
        "We move to <#C1|general> in 7d",
        "7d is too long",
        "The release takes 2 weeks",
        "channel",
        "this channel is quiet",
        "7",
        "d",
        "#1 priority is the release",
        "#general is where we talk",
    ],
)
def test_a_text_is_no_channel_and_no_time(text: str) -> None:
    assert period_in(text) is None


@pytest.mark.parametrize("text", ["91d", "0d", "<#C1|general> 9999w"])
def test_a_time_that_is_nothing_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="24h, 7d or 2w, at most 90d"):
        period_in(text)


def test_a_channel_that_slack_did_not_resolve_is_asked_for_again() -> None:
    with pytest.raises(UserError, match="choose it from the list"):
        period_in("#generl 7d")


@pytest.mark.parametrize(
    ("seconds", "name"),
    [(DAY, "last day"), (7 * DAY, "last 7 days"), (14 * DAY, "last 2 weeks"), (3600, "last hour")],
)
def test_a_time_has_a_name(seconds: int, name: str) -> None:
    assert Period(channel="", seconds=seconds).name == name


def test_options_stand_beside_a_channel() -> None:
    asked = parse.ask(SUMMARIZE, "<#C1|general> 7d length:short")

    assert (asked.period, asked.options) == (
        Period(channel="C1", seconds=7 * DAY),
        {"length": "short"},
    )


def test_a_question_may_be_asked_of_a_channel() -> None:
    asked = parse.ask(SUMMARIZE, 'question:"the budget" <#C1|general> 2w')

    assert (asked.period, asked.options) == (
        Period(channel="C1", seconds=14 * DAY),
        {"question": "the budget"},
    )


def test_another_skill_takes_it_for_text() -> None:
    assert parse.ask(catalog()["sentiment"], "7d").text == "7d"


def test_another_channel_is_refused_where_others_read_along() -> None:
    with pytest.raises(UserError, match="everybody here would read the answer"):
        source_of(SUMMARIZE, parse.ask(SUMMARIZE, "<#C2|other> 7d"), "C1", clock=datetime.now)


def test_only_slack_resolves_channels_for_the_command_that_takes_them() -> None:
    from bot.manifest import manifest

    commands = manifest(catalog())["features"]["slash_commands"]

    assert [each["command"] for each in commands if each["should_escape"]] == ["/summarize"]


def test_the_own_channel_is_read_for_everybody_in_it(reception: Reception) -> None:
    began = time.time()
    assert reception.ada.slash("/summarize", "7d", channel="general")["ok"]
    (job,) = reception.jobs()

    assert job.surface is Surface.THREAD
    assert job.source_channel == job.channel == reception.workspace.channel("general")
    assert began - 7 * DAY - 1 < float(job.source_since) < time.time() - 7 * DAY + 1


def test_another_channel_is_answered_to_the_asker_alone(reception: Reception) -> None:
    reception.ada.slash("/summarize", "#support 2d", channel="general")
    (job,) = reception.jobs()

    assert job.surface is Surface.PRIVATE
    assert job.source_channel == reception.workspace.channel("support")


@pytest.fixture
def secret(reception: Reception) -> str:
    """A private channel with the bot in it, and without ada."""
    return reception.workspace.add_channel("secret", kind="private", members=["grace"])


def refused(reception: Reception, text: str) -> None:
    reception.ada.slash("/summarize", text, channel="general")
    assert reception.whispers()[-1] == words.NOT_BOTH_IN
    assert reception.jobs() == []


def test_who_is_not_in_a_channel_gets_nothing_of_it(reception: Reception, secret: str) -> None:
    refused(reception, f"<#{secret}> 7d")


def test_a_public_channel_is_read_by_its_members_only(reception: Reception) -> None:
    reception.workspace.leave("support", "ada")

    refused(reception, "#support 7d")


def test_a_link_into_a_channel_is_read_by_its_members_only(
    reception: Reception, secret: str
) -> None:
    said = reception.workspace.person("grace").say(secret, "The numbers are bad.")
    link = f"{reception.workspace.url}/archives/{secret}/p{said['ts'].replace('.', '')}"

    refused(reception, link)


def test_a_direct_message_of_somebody_else_is_read_by_nobody(reception: Reception) -> None:
    said = reception.workspace.person("grace").say("dm", "Only for you")
    link = f"{reception.workspace.url}/archives/{said['channel']}/p{said['ts'].replace('.', '')}"
    reception.ada.slash("/summarize", link, channel="general")

    assert reception.whispers()[-1] == words.NOT_BOTH_IN


def test_a_channel_without_the_bot_is_refused_in_the_same_words(reception: Reception) -> None:
    refused(reception, "#random 7d")


def test_a_link_into_another_channel_is_answered_to_the_asker_alone(reception: Reception) -> None:
    said = reception.workspace.person("grace").say("support", "The numbers are good.")
    link = f"{reception.workspace.url}/archives/{said['channel']}/p{said['ts'].replace('.', '')}"
    reception.ada.slash("/summarize", link, channel="general")
    (job,) = reception.jobs()

    assert (job.surface, job.source_thread) == (Surface.PRIVATE, said["ts"])


def test_a_channel_shared_with_another_company_is_not_read(reception: Reception) -> None:
    shared = reception.workspace.add_channel("partners", is_ext_shared=True)
    reception.ada.slash("/summarize", f"<#{shared}> 7d", channel="general")

    assert reception.whispers()[-1] == words.EXTERNAL
    assert reception.jobs() == []


def test_a_mention_about_another_channel_is_refused(reception: Reception) -> None:
    said = reception.ada.say("general", f"<@{reception.bot}> summarize #support 7d")
    reception.settle(2)

    assert reception.said(said) == [words.OTHER_CHANNEL_HERE]


def test_a_direct_message_may_ask_about_a_channel_of_the_asker(
    reception: Reception, secret: str
) -> None:
    reception.ada.say("dm", "summarize #support 7d")
    refusal = reception.ada.say("dm", f"summarize <#{secret}> 7d")
    reception.settle(2)
    (job,) = reception.jobs()

    assert job.source_channel == reception.workspace.channel("support")
    assert reception.said(refusal) == [words.NOT_BOTH_IN]


@pytest.mark.parametrize(
    "policy", [f'[channels.{Ids.fixed("C", "support")}]\nskills = ["sentiment"]\n']
)
def test_the_policy_of_the_channel_that_is_read_holds_too(reception: Reception) -> None:
    reception.ada.slash("/summarize", "#support 7d", channel="general")

    assert "switched off" in reception.whispers()[-1]
    assert reception.jobs() == []


def test_a_mention_reads_its_own_channel(reception: Reception) -> None:
    reception.ada.say("general", f"<@{reception.bot}> summarize this channel 12h")
    reception.settle(2)
    (job,) = reception.jobs()

    assert job.source_since
    assert job.source_channel == reception.workspace.channel("general")


def test_a_mention_that_says_this_channel_means_the_channel(reception: Reception) -> None:
    reception.ada.say("general", f"<@{reception.bot}> summarize this channel")
    reception.settle(2)
    (job,) = reception.jobs()

    assert job.source_since
    assert job.source_channel == reception.workspace.channel("general")


def test_a_mention_in_a_thread_that_says_this_channel_means_the_channel(
    reception: Reception,
) -> None:
    root = reception.ada.say("general", "Shall we ship?")
    asked = f"<@{reception.bot}> please summarize this channel"
    reception.ada.say("general", asked, thread=root["ts"])
    reception.settle(2)
    (job,) = reception.jobs()

    assert job.source_since
    assert not job.source_thread


def test_a_text_that_speaks_of_a_channel_is_a_text(reception: Reception) -> None:
    said = "Our sales channel grew by a third, and we hire two people for it in May."
    reception.ada.say("general", f"<@{reception.bot}> summarize {said}")
    reception.settle(2)
    (job,) = reception.jobs()

    assert not job.source_since


def test_calling_everybody_in_a_thread_does_not_mean_the_channel(reception: Reception) -> None:
    root = reception.ada.say("general", "Shall we ship?")
    asked = f"<!channel> <@{reception.bot}> summarize"
    reception.ada.say("general", asked, thread=root["ts"])
    reception.settle(2)

    assert [job.source_thread for job in reception.jobs()] == [root["ts"]]


def test_yesterday_is_that_of_the_asker(reception: Reception) -> None:
    reception.ada.slash("/summarize", "yesterday", channel="general")
    (job,) = reception.jobs()

    assert float(job.source_until) - float(job.source_since) == DAY
    assert float(job.source_until) % DAY == 0  # midnight in UTC, where everybody lives here


def test_a_day_is_not_guessed_while_slack_does_not_say_where_the_asker_lives(
    reception: Reception,
) -> None:
    reception.ada.slash("/summarize", "1d", channel="general")  # from now on she is known
    reception.workspace.faults(fail_next=[{"method": "users.info", "status": 429}])
    reception.ada.slash("/summarize", "yesterday", channel="general")

    assert reception.whispers()[-1] == words.BUSY
    assert len(reception.jobs()) == 1
