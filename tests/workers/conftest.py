"""A worker's claim loop on a real Redis and a real local Slack, with a small skill of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from slack_sdk import WebClient

from core.answers import Answers
from core.archive import Archive
from core.audit import Audit
from core.board import Boards
from core.cipher import Cipher
from core.errors import TransientError, UserError
from core.job import AMENDED, AMENDING, FETCHED, Content, Job, Surface, key_of
from core.ledger import Ledger
from core.notices import Notices
from core.place import Place
from core.placeholder import Placeholders
from core.records import Records
from core.reply import Attachment, Chart, Field, Reply, Slice, Step, Table
from core.scripts import PREFIX
from local.stage import finished
from local.transcript import visible_text
from skills.keeping import Keeping, Values
from skills.skill import Input, Option, Skill
from tests.local.conftest import RunningSlack
from workers.alarm import Alarm
from workers.archivist import Archivist
from workers.books import Books
from workers.channel_options import ChannelOptions
from workers.deliver import Deliverer
from workers.download import Downloader
from workers.drain import Drain
from workers.fetch import Fetcher
from workers.finisher import Finisher
from workers.heartbeat import Heartbeat
from workers.intake import Intake
from workers.opener import Opener
from workers.outbox import Outbox
from workers.pace import Pace
from workers.pool import ModelPool
from workers.process import Process
from workers.progress import Presenter
from workers.recall import Recall
from workers.scratch import Scratch
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


@dataclass(kw_only=True)
class Shop:
    """A worker's process with its surroundings."""

    process: Process
    drain: Drain
    intake: Intake
    outbox: Outbox
    deliverer: Deliverer
    placeholders: Placeholders
    ledger: Ledger
    slack: RunningSlack
    redis: Redis
    echo: Echo
    badge: Badge
    archive: Archive
    archivist: Witness
    records: Records
    roots: dict[str, tuple[str, str]] = field(default_factory=dict)

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
    client: WebClient = slack.client
    echo, badge = Echo(), Badge()
    catalog: dict[str, Skill[Any]] = {"echo": echo, "badge": badge, "roll": Roll()}
    heartbeat = Heartbeat(ledger=ledger, name="test", describe=lambda: "{}")
    heartbeat.start()
    presenter, scratch, pace = Presenter(), Scratch(tmp_path), Pace()
    placeholders = Placeholders(ledger=ledger, client=client)
    deliverer = Deliverer(
        answerer=client,
        reporter=client,
        placeholders=placeholders,
        pace=pace,
    )
    recall = Recall(Answers(ledger.scripts, cipher, edition=""))
    records = Records(f"sqlite:///{tmp_path}/records.sqlite", cipher=cipher)
    archive = Archive(records, kinds=["call"], days=30)
    archivist = Witness(archive)
    finisher = Finisher(
        ledger=ledger,
        deliverer=deliverer,
        heartbeat=heartbeat,
        presenter=presenter,
        pace=pace,
        alarm=Alarm(records=records, notices=Notices(ledger.scripts), client=client),
        archivist=archivist,
        books=Books(ledger=ledger, audit=Audit(tmp_path), recall=recall),
        settle=1.0,
    )
    outbox = Outbox(finisher.deliver)
    pool = ModelPool(device="cpu", catalog=catalog)
    intake = Intake(
        ledger=ledger,
        deliverer=deliverer,
        heartbeat=heartbeat,
        presenter=presenter,
        archivist=archivist,
        channel_options=ChannelOptions(records),
    )
    drain = Drain(
        ledger=ledger,
        boards=Boards(scripts=ledger.scripts, cipher=cipher),
        catalog=catalog,
        intake=intake,
        recall=recall,
        pool=pool,
        archivist=archivist,
        opener=Opener(
            fetcher=Fetcher(
                client=client,
                downloader=Downloader(token="x", api_url=slack.url),
                archive=archive,
            ),
            scratch=scratch,
            queues={"text", "speech"},
        ),
        outbox=outbox,
        wake=lambda queue: None,
    )
    process = Process(
        loop=drain,
        pool=pool,
        heartbeat=heartbeat,
        outbox=outbox,
        archivist=archivist,
        scratch=scratch,
    )
    yield Shop(
        process=process,
        drain=drain,
        intake=intake,
        outbox=outbox,
        deliverer=deliverer,
        placeholders=placeholders,
        ledger=ledger,
        slack=slack,
        redis=redis,
        echo=echo,
        badge=badge,
        archive=archive,
        archivist=archivist,
        records=records,
    )
    heartbeat.close()
    presenter.close()
    process.close()
    slack.stop()
