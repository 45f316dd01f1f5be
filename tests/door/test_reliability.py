"""A request is answered once, whatever happens to the processes and to Slack's deliveries."""

from __future__ import annotations

import os
import signal
import time

from local import samples
from local.stage import finished
from tests.door.conftest import Office


def wait_until_running(office: Office, message: dict[str, object]) -> None:
    """Until the bot's placeholder stands in the thread and a worker has had time to claim."""
    office.workspace.wait_for_reply(message, timeout=30)
    office.workspace.wait_for(lambda: "jobs running: 1" in status(office), 30)


def idle(office: Office) -> None:
    """Until nothing waits and nothing runs."""
    office.workspace.wait_for(lambda: "jobs running: 0  ·  waiting: none" in status(office), 60)


def status(office: Office) -> str:
    return office.told("/readymade", "status").lower()


def test_a_worker_killed_in_the_middle_of_a_recording_costs_no_answer(office: Office) -> None:
    message = office.ada.upload("support", [samples.long_recording(office.folder, times=3)])
    wait_until_running(office, message)
    office.fleet.kill("worker")

    answer = office.answer(message)
    idle(office)
    replies = office.workspace.thread(message["channel"], message["ts"])[1:]
    files = [file["name"] for reply in replies for file in reply.get("files", [])]

    assert "New Jersey" in answer
    assert len([reply for reply in replies if reply.get("blocks")]) == 1
    assert sorted(files) == ["long call.srt", "long call.txt", "long call.vtt"]


def test_every_event_told_twice_is_answered_once(office: Office) -> None:
    office.workspace.faults(duplicate_delivery=True)
    message = office.ada.say("general", f"<@{office.bot}> sentiment I love this release")
    office.answer(message)
    refused = office.ada.upload(
        "support", [samples.archive(office.folder)], text=f"<@{office.bot}>"
    )
    office.answer(refused)
    again = office.ada.say("general", f"<@{office.bot}> sentiment Thank you all")
    office.answer(again)
    idle(office)

    for each in (message, refused, again):
        replies = office.workspace.thread(each["channel"], each["ts"])[1:]
        assert len([reply for reply in replies if finished(reply)]) == 1


def test_a_mention_with_a_file_is_one_job_however_slack_tells_it(office: Office) -> None:
    for how in ("both", "without_files", "message_only"):
        office.workspace.faults(mention_files=how)
        path = samples.comments(office.folder)
        message = office.ada.upload("general", [path], text=f"<@{office.bot}> sentiment")

        assert "positive" in office.answer(message).lower()


def test_a_workspace_without_the_newer_blocks_gets_the_same_answer_plainly(
    office: Office,
) -> None:
    office.workspace.faults(reject_blocks=["table", "data_table", "data_visualization"])

    answer = office.upload(samples.comments(office.folder))

    assert "positive" in answer.lower()


def test_only_the_person_who_asked_can_cancel(office: Office) -> None:
    message = office.ada.upload("support", [samples.long_recording(office.folder)])
    placeholder = office.workspace.wait_for_reply(message)
    place = {**placeholder, "channel": message["channel"]}
    office.workspace.person("grace").click(place, "cancel")
    told = office.workspace.wait_for(lambda: office.workspace.ephemerals(user="grace"))
    office.ada.click(place, "cancel")

    assert "Only the person who asked" in str(told[-1])
    assert "Cancelled" in office.answer(message)


def test_long_work_shows_its_stage_and_percent(office: Office) -> None:
    message = office.ada.upload("support", [samples.long_recording(office.folder)])

    shown = office.workspace.wait_for_reply(message, containing="%", timeout=60)
    office.ada.click({**shown, "channel": message["channel"]}, "cancel")

    assert "left" in str(shown)


def test_neither_log_nor_queue_holds_what_people_wrote_or_a_token(office: Office) -> None:
    office.slash("/summarize", "length:short The zebra sang wonderfully in the canteen")
    logs = "".join(office.fleet.log(name) for name in ("bot", "worker", "reaper"))
    stored = b"".join(path.read_bytes() for path in (office.fleet.folder / "redis").rglob("*.aof"))

    assert stored
    assert "zebra" not in logs
    assert "xoxb-" not in logs
    assert b"zebra" not in stored
    assert b"xoxb-" not in stored


def test_no_temporary_file_is_left_behind(office: Office) -> None:
    office.upload(samples.report(office.folder), channel="general")

    def empty() -> bool:
        return not [path for path in (office.fleet.folder / "tmp").glob("*/*") if path.is_dir()]

    office.workspace.wait_for(empty, 30)


def test_a_worker_asked_to_end_gives_its_long_job_to_the_next_one(office: Office) -> None:
    message = office.ada.upload("support", [samples.long_recording(office.folder)])
    wait_until_running(office, message)
    ended = office.fleet.pid("worker")
    started = time.monotonic()
    os.kill(ended, signal.SIGTERM)
    while office.fleet.pid("worker") == ended and time.monotonic() - started < 60:
        time.sleep(0.2)
    seconds = time.monotonic() - started
    placeholder = office.workspace.wait_for_reply(message)
    office.workspace.wait_for(lambda: "jobs running: 1" in status(office), 60)
    office.ada.click({**placeholder, "channel": message["channel"]}, "cancel")

    assert seconds < 30
    assert "Cancelled" in office.answer(message)
