"""The link of a message leads to its file, else to the thread that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.archive import Archive
from core.cipher import Cipher
from core.errors import UserError
from core.job import Content, Job
from core.records import Records
from local.shapes import Json
from skills.catalog import catalog
from skills.skill import Input, silent
from tests.local.conftest import RunningSlack
from workers.download import Downloader
from workers.fetch import Fetcher


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningSlack]:
    slack = RunningSlack(tmp_path / "slack")
    yield slack
    slack.stop()


@pytest.fixture
def fetcher(running: RunningSlack, cipher: Cipher, tmp_path: Path) -> Fetcher:
    records = Records(f"sqlite:///{tmp_path}/records.sqlite", cipher=cipher)
    return Fetcher(
        client=running.client,
        downloader=Downloader(token=running.client.token or "", api_url=f"{running.url}/api/"),
        archive=Archive(records, kinds=(), days=0),
        pages=running.client,
    )


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.write_text("The release is on Friday.")
    return path


def given(fetcher: Fetcher, message: Json, folder: Path, *, skill: str = "summarize") -> Input:
    """What a skill gets of a link to this message, as the bot makes a job of it."""
    thread = message.get("thread_ts") or message["ts"]
    job = Job(
        key="k", skill=skill, queue="text", lane=f"{skill}/fetched", team="T1", user="U1",
        channel=message["channel"], source_channel=message["channel"], source_thread=thread,
        source_message="" if thread == message["ts"] else message["ts"],
    )  # fmt: skip
    return fetcher.input(job, Content(), catalog()[skill], lambda: folder, silent)


def test_a_reply_without_a_file_leads_to_its_thread(
    running: RunningSlack, fetcher: Fetcher, tmp_path: Path
) -> None:
    root = running.ada.say("support", "Shall we ship?")
    reply = running.ada.say("support", "Yes, on Friday.", thread=root["ts"])

    read = given(fetcher, reply, tmp_path)

    assert [each.text for each in read.messages] == ["Shall we ship?", "Yes, on Friday."]


def test_a_reply_with_a_file_leads_to_the_file(
    running: RunningSlack, fetcher: Fetcher, note: Path, tmp_path: Path
) -> None:
    root = running.ada.say("support", "Shall we ship?")
    reply = running.ada.upload("support", [note], thread=root["ts"])

    assert given(fetcher, reply, tmp_path).name == "notes.txt"


def test_a_thread_of_nothing_but_an_upload_leads_to_the_file(
    running: RunningSlack, fetcher: Fetcher, note: Path, tmp_path: Path
) -> None:
    upload = running.ada.upload("support", [note])

    assert given(fetcher, upload, tmp_path).name == "notes.txt"


def test_a_thread_below_an_upload_that_people_talk_in_is_a_thread(
    running: RunningSlack, fetcher: Fetcher, note: Path, tmp_path: Path
) -> None:
    upload = running.ada.upload("support", [note])
    running.ada.say("support", "Friday is too early.", thread=upload["ts"])

    assert [each.text for each in given(fetcher, upload, tmp_path).messages][1:] == [
        "Friday is too early."
    ]


def test_a_thread_without_a_word_or_a_file_that_is_taken_says_so(
    running: RunningSlack, fetcher: Fetcher, tmp_path: Path
) -> None:
    strange = tmp_path / "odd.xyz"
    strange.write_bytes(b"odd")
    upload = running.ada.upload("support", [strange])

    assert [each.text for each in given(fetcher, upload, tmp_path).messages] == [""]


def test_a_skill_that_takes_no_threads_gets_the_words_of_the_message(
    running: RunningSlack, fetcher: Fetcher, tmp_path: Path
) -> None:
    root = running.ada.say("support", "Shall we ship?")
    reply = running.ada.say("support", "I love it.", thread=root["ts"])

    assert given(fetcher, reply, tmp_path, skill="sentiment").text == "I love it."


def test_a_link_to_no_message_is_refused(
    running: RunningSlack, fetcher: Fetcher, tmp_path: Path
) -> None:
    root = running.ada.say("support", "Shall we ship?")
    nowhere = {**root, "ts": "1700000000.000001", "thread_ts": root["ts"]}

    with pytest.raises(UserError):
        given(fetcher, nowhere, tmp_path)


def test_of_several_files_the_first_is_taken_and_the_others_are_counted(
    running: RunningSlack, fetcher: Fetcher, note: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("We hire two people.")
    strange = tmp_path / "odd.xyz"
    strange.write_bytes(b"odd")
    upload = running.ada.upload("support", [strange, note, plan])
    read = given(fetcher, upload, tmp_path)

    assert (read.name, read.left_out) == ("notes.txt", 1)


def test_a_file_of_another_kind_is_refused_with_the_kinds_that_are_taken(
    running: RunningSlack, fetcher: Fetcher, tmp_path: Path
) -> None:
    picture = tmp_path / "garden.png"
    picture.write_bytes(b"png")
    upload = running.ada.upload("support", [picture])
    job = Job(
        key="k", skill="redact", queue="text", lane="redact/fetched", team="T1", user="U1",
        channel=upload["channel"], file=upload["files"][0]["id"],
    )  # fmt: skip

    with pytest.raises(UserError, match=r"takes documents and tables, and garden\.png"):
        fetcher.input(job, Content(), catalog()["redact"], lambda: tmp_path, silent)
