"""The button below a kept answer: its form, what may stand in it, and the job that follows."""

from __future__ import annotations

import pytest

from bot.forgetting import Forgetter
from core import words
from core.archive import Answered, Archive
from core.job import AMENDING
from core.preferences import KIND, Preferences, write
from core.reply import Field, Step
from core.steps import STEP_ACTION, button
from local.shapes import Json
from tests.bot.conftest import Reception

STEP = Step(
    label="Name the speakers",
    fields=(Field(label="Agent", value="Agent"), Field(label="Customer", value="Ms <b>Öz")),
)


def archive(reception: Reception) -> Archive:
    return Archive(reception.records, kinds=["call"], days=30)


def answered(reception: Reception, *, kept: bool = True) -> Json:
    """An answer with its button, as a worker leaves it."""
    channel = reception.workspace.channel("support")
    root = reception.ada.say("support", "a call")
    elements = [button(STEP, skill="call", job="job1")]
    sent = reception.slack.client.chat_postMessage(
        channel=channel, thread_ts=root["ts"], text="Call",
        blocks=[{"type": "actions", "elements": elements}],
    )  # fmt: skip
    if kept:
        team = reception.workspace.about()["team"]["id"]
        archive(reception).put(
            "call",
            Answered(job="job1", team=team, channel=channel, person="U1", values={"names": {}}),
        )
    return {"channel": channel, "ts": sent["ts"], "thread": root["ts"]}


def press(reception: Reception, message: Json, user: str = "grace") -> Json:
    clicked = reception.workspace.person(user).click(message, STEP_ACTION)
    assert clicked["ok"], clicked
    return clicked


def view(reception: Reception, user: str = "grace") -> Json:
    (opened,) = reception.workspace.views(user)
    return opened


def submit(reception: Reception, *names: str, user: str = "grace") -> Json:
    values = {str(number): name for number, name in enumerate(names)}
    return reception.workspace.person(user).submit(view(reception, user), values)


def test_anyone_in_the_channel_is_shown_the_names_as_they_are(reception: Reception) -> None:
    press(reception, answered(reception))
    shown = view(reception)
    fields = [block["element"]["initial_value"] for block in shown["blocks"]]

    assert shown["title"]["text"] == "Name the speakers"
    assert [block["label"]["text"] for block in shown["blocks"]] == ["Agent", "Customer"]
    assert fields == ["Agent", "Ms <b>Öz"]
    assert all(block["element"]["max_length"] == 40 for block in shown["blocks"])


def test_what_is_written_becomes_a_job_for_the_same_message(reception: Reception) -> None:
    message = answered(reception)
    press(reception, message)
    assert submit(reception, "  Maria \n <!here>  ", "")["ok"]
    ((claim,), _) = reception.ledger.claim(AMENDING, batch={})
    job = claim.job

    assert (job.skill, job.queue, job.amends) == ("call", AMENDING, "job1")
    assert (job.channel, job.thread, job.message) == tuple(
        message[each] for each in ("channel", "thread", "ts")
    )
    assert claim.content.options == {"0": "Maria <!here>", "1": "Ms <b>Öz"}


def test_nothing_is_said_before_the_answer_itself_changes(reception: Reception) -> None:
    message = answered(reception)
    press(reception, message)
    submit(reception, "Maria", "Tom")
    reception.quiet()

    thread = reception.workspace.thread(message["channel"], message["thread"])
    assert len(thread) == 2


@pytest.mark.parametrize("names", [("Tom", "tom"), ("", "Agent")])
def test_two_of_one_name_are_refused_in_the_form(
    reception: Reception, names: tuple[str, str]
) -> None:
    press(reception, answered(reception))
    refused = submit(reception, *names)

    assert refused["errors"] == {"1": words.TWICE}
    assert reception.jobs() == []


def test_a_swap_is_no_doubling(reception: Reception) -> None:
    press(reception, answered(reception))

    assert submit(reception, "Ms <b>Öz", "Agent")["ok"]


def test_what_is_no_longer_kept_opens_no_form(reception: Reception) -> None:
    press(reception, answered(reception, kept=False))
    reception.workspace.wait_for(lambda: reception.whispers("grace"))

    assert reception.workspace.views("grace") == []
    assert words.NOT_KEPT in reception.whispers("grace")[-1]


def test_a_guest_may_not_change_it(reception: Reception) -> None:
    guest = reception.workspace.add_person("gus", is_restricted=True)
    message = answered(reception)
    guest.click(message, STEP_ACTION)
    reception.workspace.wait_for(lambda: reception.whispers("gus"))

    assert words.GUEST in reception.whispers("gus")[-1]


def test_a_queue_that_is_away_is_said_in_the_form(reception: Reception) -> None:
    press(reception, answered(reception))
    reception.redis.config_set("maxmemory", 1)
    try:
        refused = submit(reception, "Maria", "Tom")
    finally:
        reception.redis.config_set("maxmemory", 0)

    assert refused["errors"] == {"0": words.BUSY}


def test_forgetting_erases_what_was_kept_and_says_so(reception: Reception) -> None:
    answered(reception)
    (record,) = reception.records.all("call")
    user = reception.workspace.about()["users"]
    ada = next(each["id"] for each in user if each["name"] == "ada")
    mine = Answered(
        job="job2", team=record.team, channel=record.channel, person=ada, values={"names": {}}
    )
    archive(reception).put("call", mine)
    reception.ada.slash("/readymade", "forget")
    reception.workspace.wait_for(reception.whispers, 20)

    assert "1 answer that I kept" in reception.whispers()[-1]
    assert [each.key for each in reception.records.all("call")] == ["job1"]


def test_a_workspace_that_leaves_leaves_nothing(reception: Reception) -> None:
    message = answered(reception)
    (record,) = reception.records.all("call")
    chosen = Preferences(redact="yes")
    write(reception.records, chosen, team=record.team, channel=message["channel"], person="U1")
    forgetter = Forgetter(
        ledger=reception.ledger, records=reception.records, archive=archive(reception)
    )
    forgetter.forget_team(record.team)

    assert [*reception.records.all("call"), *reception.records.all(KIND)] == []


def test_a_slack_that_opens_no_form_just_now_is_not_our_mistake(reception: Reception) -> None:
    message = answered(reception)
    reception.workspace.faults(fail_next=[{"method": "views.open", "status": 429}])
    press(reception, message)
    reception.workspace.wait_for(lambda: reception.whispers("grace"))

    assert reception.whispers("grace")[-1] == words.BUSY
