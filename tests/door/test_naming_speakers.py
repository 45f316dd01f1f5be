"""A call through the door: answered, its speakers named, and found again by who looks back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.request import Request, urlopen

import pytest

from local import samples
from local.installation import DEFAULT_BOT_TOKEN
from local.shapes import Json
from local.stage import finished
from local.transcript import plain, visible_text
from tests.door.conftest import PATIENCE, Office

NAMES = ("Diane", "Sheila <!channel>")


def answers(office: Office, message: Json) -> list[Json]:
    """What the bot said in the thread, without its files."""
    thread = office.workspace.thread(message["channel"], message["ts"])[1:]
    return [each for each in thread if each.get("blocks") and finished(each)]


def files(office: Office, message: Json) -> dict[str, Json]:
    thread = office.workspace.thread(message["channel"], message["ts"])[1:]
    return {file["name"]: file for each in thread for file in each.get("files", [])}


def read(file: Json) -> str:
    request = Request(file["url_private"], headers={"Authorization": f"Bearer {DEFAULT_BOT_TOKEN}"})
    with urlopen(request) as answer:
        return str(answer.read().decode())


def wait(office: Office, happened: Callable[[], object]) -> None:
    office.workspace.wait_for(happened, PATIENCE)


def name_the_speakers(office: Office, message: Json) -> None:
    """linus presses the button and writes two names."""
    linus = office.workspace.person("linus")
    (answer,) = answers(office, message)
    assert linus.click({**answer, "channel": message["channel"]}, "step")["ok"]
    (form,) = office.workspace.views("linus")
    assert linus.submit(form, {"0": NAMES[0], "1": NAMES[1]})["ok"]
    wait(office, lambda: f"{samples_stem(message)} (renamed).docx" in files(office, message))


def samples_stem(message: Json) -> str:
    return str(message["files"][0]["name"]).rsplit(".", 1)[0]


def parsed(value: object) -> Iterator[str]:
    """The texts in which Slack looks for mentions."""
    if isinstance(value, dict) and value.get("type") == "mrkdwn":
        yield str(value["text"])
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from parsed(each)


@pytest.fixture
def call(office: Office) -> Json:
    """A recording of two people that was answered; the file itself is deleted then."""
    path = samples.recording(office.folder)
    message = office.ada.upload("support", [path], text=f"<@{office.bot}> call")
    wait(office, lambda: f"{path.stem}.docx" in files(office, message))
    office.ada.delete_file(message["files"][0]["id"])
    return message


def test_speakers_are_named_in_the_same_message_and_found_by_their_names(
    office: Office, call: Json
) -> None:
    (before,) = answers(office, call)
    name_the_speakers(office, call)
    (after,) = answers(office, call)
    shown, stem = plain(visible_text(after)), samples_stem(call)
    subtitles = read(files(office, call)[f"{stem} (renamed).srt"])

    assert after["ts"] == before["ts"]
    assert "Diane" in shown
    assert "Speaker 1" not in shown
    assert "<!channel>" not in str([after["text"], *parsed(after["blocks"])])  # it pings nobody
    assert "Diane: " in subtitles
    assert "Speaker 1" not in subtitles

    trends = office.slash("/calls", "trends 7d", channel="support")
    assert "in the last 7 days" in trends
    assert "kept for 30 days" in trends

    found = office.slash("/calls", "search New Jersey", channel="support")
    assert "with these words" in found
    assert "Diane" in found or "Sheila" in found
    assert "New Jersey" in found


def test_another_channel_sees_none_of_it(office: Office, call: Json) -> None:
    answer = office.slash("/calls", "search New Jersey", channel="general")

    assert answer.endswith("and nowhere else.")


def test_who_has_everything_forgotten_has_the_calls_forgotten_too(
    office: Office, call: Json
) -> None:
    assert "that I kept" in office.told("/readymade", "forget")
    linus = office.workspace.person("linus")
    (answer,) = answers(office, call)
    linus.click({**answer, "channel": call["channel"]}, "step")

    def told() -> bool:
        whispers = office.workspace.ephemerals(user="linus")
        return any("don't keep that answer any more" in plain(visible_text(m)) for m in whispers)

    wait(office, told)
    assert office.workspace.views("linus") == []
