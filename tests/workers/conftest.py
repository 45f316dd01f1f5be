"""A worker's claim loop on a real Redis and a real local Slack, with a small skill of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from core.cipher import Cipher
from core.errors import TransientError, UserError
from core.job import AMENDED, AMENDING, FETCHED, Content, Job, Surface, key_of
from core.ledger import Ledger
from core.place import Place
from core.reply import Attachment, Chart, Field, Reply, Slice, Step, Table
from core.scripts import PREFIX
from core.settings import Settings, load_settings
from local.installation import DEFAULT_BOT_TOKEN
from local.stage import finished
from local.transcript import visible_text
from skills.keeping import Keeping, Values
from skills.skill import Input, Option, Skill
from tests.local.conftest import RunningSlack
from workers.archivist import Archivist
from workers.assembly import Assembly
from workers.task import Task

CHART = Chart(
    title="Comments by sentiment",
    kind="pie",
    slices=(Slice(label="Positive", value=3), Slice(label="Negative", value=1)),
)
CHARTS = tuple(replace(CHART, title=title) for title in ("First", "Second", "Third"))
TABLE = Table(caption="Liked", header=("About", "Like"), rows=(("price", "3"), ("fit", "1")))
QUEUES = {"echo": "text", "badge": "speech", "roll": "text"}


class Echo(Skill[str]):
    """Says what it was told; some words make it fail. It remembers its batches."""

    name = "echo"
    title = "Echo"
    summary = "Says it again"
    hint = "[text]"
    takes_text = 100
    model = "none"
    queue = "text"
    batch = 8
    options = (Option(name="redact", description="Says that it was asked to."),)

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.loads = 0
        self.opening = threading.Semaphore(0)
        self.gate = threading.Event()

    def prepare(self, asked: Input) -> Input:
        if asked.text == "hang":
            self.opening.release()
            self.gate.wait(20)
        return asked

    def load(self, device: str) -> Any:
        self.loads += 1
        return str.upper

    def run(self, model: Any, batch: Sequence[Input]) -> list[str | UserError]:
        texts = [each.text for each in batch]
        self.batches.append(texts)
        while "long" in texts and not self.gate.is_set():
            self.opening.release()
            batch[0].preview(Reply(text="<!here> *Lo* so far"))
            batch[0].progress("Working", 0.5)
        if "bug" in texts:
            raise RuntimeError(f"the texts were {texts}")
        if "slack is away" in texts:
            raise TransientError("Slack is away.")
        said = [model(f"{each.text}{each.options.get('redact', '')}") for each in batch]
        refused = UserError("Say it otherwise.")
        return [refused if text == "no" else word for text, word in zip(texts, said, strict=True)]

    def render(self, result: str) -> Reply:
        if result == "SPEECHLESS":
            raise KeyError(result)
        files = (Attachment(name="echo.txt", content=b"echo", alt="The same again"),)
        heard = 90.4 if result == "LISTEN" else 0.0
        return Reply(
            text=result,
            files=files if result in ("ATTACH", "DRAW") else (),
            chart=CHART if result in ("DRAW", "CHART") else None,
            charts=CHARTS if result == "CHARTS" else (),
            table=TABLE if result in ("DRAW", "TABLE") else None,
            audio_seconds=heard,
        )


class Badge(Keeping[dict[str, str]]):
    """Says hello to a name that people may change afterwards."""

    name = "badge"
    title = "Badge"
    summary = "Says hello"
    hint = "[name]"
    takes_text = 100
    model = "none"
    queue = "speech"
    keeps = "call"

    def __init__(self) -> None:
        self.runs = 0

    def load(self, device: str) -> Any:
        return None

    def run(self, model: Any, batch: Sequence[Input]) -> list[dict[str, str] | UserError]:
        self.runs += len(batch)
        return [{"name": each.text} for each in batch]

    def pack(self, result: dict[str, str]) -> dict[str, str]:
        return result

    def unpack(self, values: Values) -> dict[str, str]:
        return dict(values)

    def amend(self, values: Values, written: Mapping[str, str]) -> dict[str, str]:
        return {**values, "name": written["0"]}

    def render(self, result: dict[str, str]) -> Reply:
        name = result["name"]
        return Reply(
            text=f"Hello {name}",
            files=(Attachment(name=f"{name}.txt", content=name.encode(), alt="A name"),),
            step=Step(label="Name it", fields=(Field(label="Name", value=name),)),
            audio_seconds=60.0,
        )


class Roll(Skill[str]):
    """Says which badges are kept in the channel, and where."""

    name = "roll"
    title = "Roll"
    summary = "Who was greeted here?"
    hint = ""
    takes_text = 100
    looks_back = "call"
    model = "none"
    queue = "text"

    def load(self, device: str) -> Any:
        return None

    def run(self, model: Any, batch: Sequence[Input]) -> list[str | UserError]:
        return [
            "; ".join(f"{each.values['name']} {each.link}" for each in one.past) for one in batch
        ]

    def render(self, result: str) -> Reply:
        return Reply(text=result)


class Witness(Archivist):
    """Lets something happen between an answer and its keeping."""

    before: Callable[[], object] = staticmethod(lambda: None)

    def keep(self, task: Task, place: Place) -> bool:
        self.before()
        return super().keep(task, place)


class Shop(Assembly):
    """A worker's process with its surroundings."""

    settle = 1.0

    def __init__(
        self,
        settings: Settings,
        *,
        slack: RunningSlack,
        redis: Redis,
        ledger: Ledger,
        cipher: Cipher,
    ) -> None:
        self.slack = slack
        self.redis = redis
        self.echo, self.badge = Echo(), Badge()
        self.roots: dict[str, tuple[str, str]] = {}
        self.woken: Callable[[str], None] = lambda queue: None
        super().__init__(
            settings,
            ledger=ledger,
            cipher=cipher,
            catalog={"echo": self.echo, "badge": self.badge, "roll": Roll()},
            device="cpu",
            wake=lambda queue: self.woken(queue),
        )

    @cached_property
    def archivist(self) -> Witness:
        return Witness(self.archive)

    def close(self) -> None:
        self.heartbeat.close()
        self.presenter.close()
        self.process.close()
        self.slack.stop()

    def ask(
        self,
        text: str,
        *,
        channel: str = "general",
        lane: str = "echo",
        surface: Surface = Surface.THREAD,
        **options: str,
    ) -> str:
        """Queue a job in a thread of its own; its id."""
        place = self.slack.workspace.channel(channel)
        message = self.slack.ada.say(place, text)
        skill = lane.removesuffix(FETCHED)
        job = Job(
            key=key_of(message["ts"]), skill=skill, queue=QUEUES[skill], lane=lane, team="T1",
            channel=place, user=message["user"], thread=message["ts"], surface=surface,
        )  # fmt: skip
        self.ledger.submit(job, Content(text=text, options=options))
        self.roots[job.id] = (place, message["ts"])
        return job.id

    def rename(self, id: str, name: str, **job: Any) -> str:
        """Queue a change of what a badge says; the change's id."""
        channel, thread = self.roots[id]
        ts = self.ledger.place(id).ts
        change = Job(
            key=key_of(id, name), skill="badge", queue=AMENDING, lane="badge" + AMENDED,
            thread=thread, amends=id, message=ts,
            **{"team": "T1", "channel": channel, "user": "U2", **job},
        )  # fmt: skip
        self.ledger.submit(change, Content(options={"0": name}))
        return change.id

    def work(self) -> None:
        """Work until the queue is empty and every outcome is in Slack, or given back."""
        for queue in ("text", "speech"):
            self.drain.drain(queue)
        assert self.outbox.join(20)

    def said(self, id: str) -> list[str]:
        """The finished messages in the thread of a job."""
        thread = self.slack.workspace.thread(*self.roots[id])[1:]
        return [visible_text(message) for message in thread if finished(message)]

    def worker_dies(self) -> None:
        """Every lease runs out, and the reaper comes by."""
        for id in self.redis.zrange(f"{PREFIX}leases", 0, -1):
            self.redis.zadd(f"{PREFIX}leases", {id: 1})
        self.ledger.reap()


@pytest.fixture
def shop(ledger: Ledger, cipher: Cipher, redis: Redis, tmp_path: Path) -> Iterator[Shop]:
    slack = RunningSlack(tmp_path / "slack")
    settings = load_settings(
        slack_bot_token=DEFAULT_BOT_TOKEN, slack_api_url=f"{slack.url}/api/", data_dir=tmp_path
    )
    shop = Shop(settings, slack=slack, redis=redis, ledger=ledger, cipher=cipher)
    yield shop
    shop.close()
