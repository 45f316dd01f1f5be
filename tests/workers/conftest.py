"""A worker's claim loop on a real Redis and a real local Slack, with a small skill of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from slack_sdk import WebClient

from core.answers import Answers
from core.audit import Audit
from core.board import Boards
from core.cipher import Cipher
from core.errors import TransientError, UserError
from core.job import Content, Job, key_of
from core.ledger import Ledger
from core.placeholder import Placeholders
from core.records import Records
from core.reply import Attachment, Reply
from core.scripts import PREFIX
from local.stage import finished
from local.transcript import visible_text
from skills.skill import Input, Option, Skill
from tests.local.conftest import RunningSlack
from workers.channel_options import ChannelOptions
from workers.deliver import Deliverer
from workers.download import Downloader
from workers.drain import Drain
from workers.fetch import Fetcher
from workers.finisher import Finisher
from workers.heartbeat import Heartbeat
from workers.opener import Opener
from workers.outbox import Outbox
from workers.pace import Pace
from workers.pool import ModelPool
from workers.progress import Presenter
from workers.recall import Recall
from workers.scratch import Scratch


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
        return Reply(text=result, files=files if result == "ATTACH" else (), audio_seconds=heard)


@dataclass
class Shop:
    """The claim loop with its surroundings."""

    drain: Drain
    outbox: Outbox
    deliverer: Deliverer
    placeholders: Placeholders
    ledger: Ledger
    slack: RunningSlack
    redis: Redis
    echo: Echo
    records: Records
    roots: dict[str, tuple[str, str]] = field(default_factory=dict)

    def ask(
        self, text: str, *, channel: str = "general", lane: str = "echo", **options: str
    ) -> str:
        """Queue a job in a thread of its own; its id."""
        place = self.slack.workspace.channel(channel)
        message = self.slack.ada.say(place, text)
        job = Job(
            key=key_of(message["ts"]), skill="echo", queue="text", lane=lane, team="T1",
            channel=place, user=message["user"], thread=message["ts"],
        )  # fmt: skip
        self.ledger.submit(job, Content(text=text, options=options))
        self.roots[job.id] = (place, message["ts"])
        return job.id

    def work(self) -> None:
        """Work until the queue is empty and every outcome is in Slack, or given back."""
        self.drain.drain("text")
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
    echo = Echo()
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
    finisher = Finisher(
        ledger=ledger,
        deliverer=deliverer,
        heartbeat=heartbeat,
        presenter=presenter,
        audit=Audit(tmp_path),
        pace=pace,
        recall=recall,
        settle=1.0,
    )
    outbox = Outbox(finisher.deliver)
    drain = Drain(
        ledger=ledger,
        boards=Boards(scripts=ledger.scripts, cipher=cipher),
        recall=recall,
        channel_options=ChannelOptions(records),
        catalog={"echo": echo},
        pool=ModelPool(device="cpu", catalog={"echo": echo}),
        opener=Opener(
            fetcher=Fetcher(client=client, downloader=Downloader(token="x", api_url=slack.url)),
            scratch=scratch,
            queues={echo.queue},
        ),
        deliverer=deliverer,
        heartbeat=heartbeat,
        presenter=presenter,
        scratch=scratch,
        outbox=outbox,
        wake=lambda queue: None,
    )
    yield Shop(drain, outbox, deliverer, placeholders, ledger, slack, redis, echo, records)
    heartbeat.close()
    presenter.close()
    drain.close()
    slack.stop()
