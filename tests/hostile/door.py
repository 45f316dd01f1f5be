"""The whole way: files uploaded into local Slack as people do, answered by real processes."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.request import urlopen

from local.fleet import Fleet
from local.person import LocalSlackError
from local.shapes import Json
from local.stage import finished
from local.transcript import plain, visible_text
from tests.hostile.bystander import Bystander
from tests.hostile.canary import Canary
from tests.hostile.corpus import Sample
from tests.hostile.outcome import ANSWERED, PATIENCE, REFUSED, SILENCE, Outcome, judge_words

PROCESSES = ("bot", "worker", "reaper")
CRASHED = re.compile(
    r"Fatal Python error|Segmentation fault|WorkerLostError|Killed|MemoryError|job failed|"
    r"answer not delivered|not even an apology|cannot start"
)
LOCK = "lock"  # a worker's hold on its own folder
LINGERING = 60.0  # how long a temporary folder may outlive its answer


def send_all(
    fleet: Fleet, samples: Iterable[Sample], *, canary: Canary, at_a_time: int
) -> tuple[list[Outcome], list[str], Bystander]:
    """Every file through the door; the outcomes, what broke besides, and the clean job's times."""
    before = {name: fleet.pid(name) for name in PROCESSES}
    lanes = [Lane(fleet, number) for number in range(at_a_time)]
    bystander = Bystander(fleet.workspace)
    bystander.measure_alone()
    waiting = iter(list(samples))
    with bystander, ThreadPoolExecutor(at_a_time) as pool:
        outcomes = [each for some in pool.map(lambda lane: lane.work(waiting), lanes)
                    for each in some]  # fmt: skip
    broken = [f"{name} died and was started again" for name in PROCESSES
              if fleet.pid(name) != before[name]]  # fmt: skip
    broken += crashes(fleet) + leftovers(fleet.folder) + leaks(fleet, canary)
    return outcomes, broken + bystander.violations(), bystander


class Lane:
    """One person's channel: a file is uploaded when the one before it was answered."""

    def __init__(self, fleet: Fleet, number: int) -> None:
        self._workspace = fleet.workspace
        self._channel = self._workspace.add_channel(f"hostile-{number}", members=["ada"], bot=True)
        self._bot = self._workspace.bot

    def work(self, waiting: Iterable[Sample]) -> list[Outcome]:
        """Take files as long as there are any."""
        return [self._send(sample) for sample in waiting]

    def _send(self, sample: Sample) -> Outcome:
        start = time.monotonic()
        try:
            message = self._workspace.person("ada").upload(
                self._channel, [sample.path], text=f"<@{self._bot}>"
            )
        except LocalSlackError as error:
            return Outcome(sample=sample, word=REFUSED, seconds=0.0, said=f"Slack said {error}.")
        while (seconds := time.monotonic() - start) < PATIENCE:
            if replies := self._final(message):
                return _outcome(sample, replies, seconds)
            time.sleep(0.05)
        return Outcome(sample=sample, word=SILENCE, seconds=seconds)

    def _final(self, message: Json) -> list[Json]:
        replies = self._workspace.thread(self._channel, message["ts"])[1:]
        return [each for each in replies if finished(each) and not _is_file(each)]


def _outcome(sample: Sample, replies: list[Json], seconds: float) -> Outcome:
    """A refusal is a heading and a sentence, or a sentence alone; answers have more blocks."""
    blocks = [block for reply in replies for block in reply.get("blocks", [])]
    said = plain("\n".join(visible_text(reply) for reply in replies))
    last = plain(str(blocks[-1].get("text", {}).get("text", ""))) if blocks else said
    refused = len(blocks) <= 2
    word = judge_words(said, refused=refused)
    return Outcome(sample=sample, word=word, seconds=seconds,
                   said=said if word == ANSWERED else last)  # fmt: skip


def _is_file(message: Json) -> bool:
    return bool(message.get("files")) and not message.get("blocks")


def crashes(fleet: Fleet) -> list[str]:
    """Lines of the logs that tell of something broken."""
    return [
        f"{name}.log: {line[:200]}"
        for name in PROCESSES
        for line in fleet.log(name).splitlines()
        if CRASHED.search(line)
    ]


def leftovers(folder: Path) -> list[str]:
    """What is still in the temporary folders a minute after the last answer."""

    def lying() -> list[Path]:
        jobs = [each for each in (folder / "tmp").glob("*/*") if each.name != LOCK]
        return jobs + list((folder / "elsewhere").glob("readymade-*"))

    deadline = time.monotonic() + LINGERING
    while lying() and time.monotonic() < deadline:
        time.sleep(0.5)
    return [f"left behind: {path.relative_to(folder)}" for path in lying()]


def leaks(fleet: Fleet, canary: Canary) -> list[str]:
    """Where the canary shows: in any message, in a file of the bot's, in a log."""
    workspace = fleet.workspace
    places = {f"{name}.log": partial(fleet.log, name) for name in PROCESSES}
    for channel in workspace.about()["channels"]:
        places[f"#{channel['name']}"] = partial(_everything, fleet, channel["id"])
    for file in workspace.files():
        if str(file["name"]).endswith((".srt", ".vtt", ".csv")):
            places[f"file {file['name']}"] = partial(_content, workspace.url, file["id"])
    return [f"the canary is in {place}" for place, read in places.items() if canary.word in read()]


def _everything(fleet: Fleet, channel: str) -> str:
    """A channel with all its threads."""
    roots = fleet.workspace.messages(channel)
    return json.dumps([fleet.workspace.thread(channel, each["ts"]) for each in roots])


def _content(url: str, id: str) -> str:
    with urlopen(f"{url}/local/files/{id}", timeout=10) as answer:
        return str(answer.read().decode("utf-8", "replace"))
