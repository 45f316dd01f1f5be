"""What breaks while a request is taken is told again when it passes, else apologised for."""

from __future__ import annotations

from structlog.testing import capture_logs

from local import samples
from tests.bot.conftest import Reception


def test_a_file_that_slack_did_not_describe_is_taken_when_slack_tells_of_it_again(
    reception: Reception,
) -> None:
    reception.workspace.faults(
        check_file_info=True, fail_next=[{"method": "files.info", "reset": "before", "times": 2}]
    )
    paths = [samples.comments(reception.folder), samples.report(reception.folder)]
    reception.ada.upload("general", paths)
    reception.settle()

    assert sorted(job.skill for job in reception.jobs()) == ["sentiment", "summarize"]


def test_a_bug_is_apologised_for_once_and_logged_without_what_was_written(
    reception: Reception,
) -> None:
    with capture_logs() as logs:
        message = reception.ada.say("general", f"<@{reception.bot}> stumble quetzalcoatl")
        reception.settle(2)
    (said,) = reception.said(message)

    assert "something went wrong on my side" in said
    assert {each["log_level"] for each in logs} == {"error"}
    assert "quetzalcoatl" not in str(logs)


def test_a_refusal_is_said_though_the_audit_file_cannot_be_written(reception: Reception) -> None:
    (reception.folder / "audit.jsonl").mkdir()
    told = reception.ada.slash("/sentiment", "")
    message = reception.ada.say("general", f"<@{reception.bot}> nonsense")
    reception.settle(3)

    assert "for example: /sentiment" in str(told["response"])
    assert len(reception.said(message)) == 1


def test_a_mention_in_a_thread_brings_the_files_of_its_own_message(reception: Reception) -> None:
    reception.workspace.faults(mention_files="without_files")
    root = reception.ada.say("general", "Look at these")
    path = samples.comments(reception.folder)
    reception.ada.upload("general", [path], text=f"<@{reception.bot}> sentiment", thread=root["ts"])
    reception.settle(3)

    assert [bool(job.file) for job in reception.jobs()] == [True]
