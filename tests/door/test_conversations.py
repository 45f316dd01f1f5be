"""Threads and channels through the door: what was decided, what was read, and who may see it."""

from __future__ import annotations

from pathlib import Path

from local.person import Person
from local.shapes import Json
from tests.door.conftest import Office

TALK = (
    ("ada", "The API tests are green since this morning, so we can plan the release of the app."),
    ("grace", "I think we should ship on Thursday, because deploys on a Friday are painful."),
    ("linus", "Thursday works for support, and the help pages are translated by then as well."),
    ("ada", "Agreed, let's ship on Thursday."),
    ("grace", "@linus can you update the status page by Wednesday noon?"),
    ("linus", "Sure, will do."),
    ("grace", "Do the customers on the old plan keep their price?"),
    ("ada", "The banner for mobile phones is ready for review in the design folder now."),
)


def people(office: Office) -> dict[str, Person]:
    return {name: office.workspace.person(name) for name in ("ada", "grace", "linus")}


def talk_in(office: Office, channel: str, *, thread: bool) -> tuple[Json, list[Json]]:
    """The talk, in a thread or on the channel's top level; its first and its other messages."""
    (first, text), *others = TALK
    crowd = people(office)
    root = crowd[first].say(channel, text)
    below = root["ts"] if thread else ""
    return root, [crowd[name].say(channel, said, thread=below) for name, said in others]


def test_a_thread_with_hidden_and_deleted_messages_says_what_of_it_was_read(
    office: Office,
) -> None:
    root, replies = talk_in(office, "support", thread=True)
    grace = office.workspace.person("grace")
    office.workspace.app_says("support", "Build 7 is green.", app="CI", thread=root["ts"])
    notes = [office.file(name, b"a note") for name in ("one.xyz", "two.xyz", "three.xyz")]
    grace.upload("support", notes, thread=root["ts"])
    grace.delete(grace.say("support", "Wrong thread, sorry.", thread=root["ts"]))
    office.ada.delete(root)
    office.ada.say("support", f"<@{office.bot}> summarize", thread=root["ts"])

    said = office.answers(root, count=2)[-1]  # the other app's is the first

    assert "From 8 of 9 messages by 3 people, 3 files not read" in said
    assert "(left out: 1 by an app; deleted: 1)" in said
    assert replies[2]["ts"].replace(".", "") in str(
        office.workspace.thread(root["channel"], root["ts"])[-1]["blocks"]
    )


def test_a_thread_says_what_was_decided_what_is_open_and_who_does_what(office: Office) -> None:
    root, _ = talk_in(office, "marketing", thread=True)
    office.ada.shortcut("summarize", root)

    said = office.answer(root)
    _, lists = said.split("Decided")

    assert "Agreed, let's ship on Thursday." in lists
    assert "Questions without an answer\n•  Do the customers on the old plan keep their" in lists
    assert "linus (by Wednesday noon): @linus can you update the status page" in lists


def test_a_channel_is_summarized_where_it_is_asked(office: Office) -> None:
    place = office.workspace.add_channel("launch")
    talk_in(office, "launch", thread=False)

    said = office.slash("/summarize", "2h", channel=place)

    assert "this channel, last 2 hours" in said
    assert "From 8 of 8 messages by 3 people" in said
    assert "Agreed, let's ship on Thursday." in said


def test_a_private_channel_is_summarized_to_its_member_alone(office: Office) -> None:
    place = office.workspace.add_channel("board", kind="private", members=["ada", "grace", "linus"])
    talk_in(office, place, thread=False)
    seen = len(office.workspace.messages("general"))
    office.ada.slash("/summarize", f"<#{place}> 1d", channel="general")

    said = office.whispered("#board, last day")

    assert "From 8 of 8 messages by 3 people" in said
    assert "Only you can see this: it is about another channel." in said
    assert len(office.workspace.messages("general")) == seen


def test_a_person_named_in_a_command_keeps_the_name(office: Office) -> None:
    assert "Ask @grace about it." in office.slash("/summarize", "Ask @grace about it.")


def test_a_quiet_channel_is_said_to_be_quiet(office: Office, tmp_path: Path) -> None:
    place = office.workspace.add_channel("quiet")

    assert "Nobody wrote anything there" in office.slash("/summarize", "1h", channel=place)
