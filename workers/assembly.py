"""The assembly: the parts of a worker's process, put together; those of the tests are, too."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from functools import cached_property

from slack_sdk import WebClient

from core.answers import Answers
from core.archive import Archive
from core.audit import Audit
from core.board import Boards
from core.cipher import Cipher
from core.ledger import Ledger
from core.notices import Notices
from core.placeholder import Placeholders
from core.records import Records, create_records
from core.settings import Settings
from core.slack import TIMEOUT_SECONDS, create_client, create_impatient_client
from skills.catalog import Catalog
from skills.keeping import kinds_kept
from skills.models.device import describe_device
from workers.alarm import Alarm
from workers.archivist import Archivist
from workers.books import Books
from workers.channel_options import ChannelOptions
from workers.deliver import Deliverer
from workers.download import Downloader
from workers.drain import Drain
from workers.fetch import Fetcher
from workers.finisher import SETTLE_SECONDS, Finisher
from workers.heartbeat import Heartbeat
from workers.intake import Intake
from workers.opener import Opener
from workers.outbox import Outbox
from workers.pace import Pace
from workers.pool import ModelPool
from workers.process import Process
from workers.progress import Presenter
from workers.recall import Recall, edition_of
from workers.scratch import Scratch


class Assembly:
    """Each part is made once, when it is first asked for, of those that it needs."""

    settle = SETTLE_SECONDS  # seconds

    def __init__(
        self,
        settings: Settings,
        *,
        ledger: Ledger,
        cipher: Cipher,
        catalog: Catalog,
        device: str,
        wake: Callable[[str], None],
    ) -> None:
        self.settings = settings
        self.ledger = ledger
        self.cipher = cipher
        self.catalog = catalog
        self.device = device
        self.wake = wake

    @cached_property
    def process(self) -> Process:
        return Process(
            loop=self.drain,
            pool=self.pool,
            heartbeat=self.heartbeat,
            outbox=self.outbox,
            archivist=self.archivist,
            scratch=self.scratch,
        )

    @cached_property
    def drain(self) -> Drain:
        return Drain(
            ledger=self.ledger,
            boards=Boards(scripts=self.ledger.scripts, cipher=self.cipher),
            catalog=self.catalog,
            intake=self.intake,
            opener=self.opener,
            recall=self.recall,
            pool=self.pool,
            archivist=self.archivist,
            outbox=self.outbox,
            wake=self.wake,
        )

    @cached_property
    def intake(self) -> Intake:
        return Intake(
            ledger=self.ledger,
            deliverer=self.deliverer,
            heartbeat=self.heartbeat,
            presenter=self.presenter,
            archivist=self.archivist,
            channel_options=ChannelOptions(self.records),
        )

    @cached_property
    def opener(self) -> Opener:
        """What gets files and messages out of Slack, and kept answers out of the archive."""
        token = self.settings.slack_bot_token.get_secret_value()
        fetcher = Fetcher(
            client=create_client(self.settings),
            downloader=Downloader(token=token, api_url=self.settings.slack_api_url),
            archive=self.archive,
            pages=create_client(self.settings, waits=False),
        )
        queues = {skill.queue for skill in self.catalog.values()}
        return Opener(fetcher=fetcher, scratch=self.scratch, queues=queues)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.finisher.deliver)

    @cached_property
    def finisher(self) -> Finisher:
        audit = Audit(self.settings.data_dir, days=self.settings.audit_days)
        return Finisher(
            ledger=self.ledger,
            deliverer=self.deliverer,
            heartbeat=self.heartbeat,
            presenter=self.presenter,
            pace=self.pace,
            alarm=self.alarm,
            archivist=self.archivist,
            books=Books(ledger=self.ledger, audit=audit, recall=self.recall),
            settle=self.settle,
        )

    @cached_property
    def deliverer(self) -> Deliverer:
        """What speaks to Slack for the worker."""
        return Deliverer(
            answerer=create_impatient_client(self.settings, seconds=TIMEOUT_SECONDS),
            reporter=self.impatient,
            placeholders=self.placeholders,
            pace=self.pace,
        )

    @cached_property
    def placeholders(self) -> Placeholders:
        return Placeholders(ledger=self.ledger, client=self.impatient)

    @cached_property
    def impatient(self) -> WebClient:
        """For what may be tried again, or left out."""
        return create_impatient_client(self.settings)

    @cached_property
    def alarm(self) -> Alarm:
        """What tells other channels of broken rules."""
        return Alarm(
            records=self.records,
            notices=Notices(self.ledger.scripts),
            client=create_impatient_client(self.settings, seconds=TIMEOUT_SECONDS),
        )

    @cached_property
    def recall(self) -> Recall:
        """The memory for answers; another model or another version of a skill does not share it."""
        answers = Answers(
            self.ledger.scripts,
            self.cipher,
            edition=edition_of(self.catalog, models=self.settings.models),
            minutes=self.settings.remember_minutes,
        )
        return Recall(answers)

    @cached_property
    def archivist(self) -> Archivist:
        return Archivist(self.archive)

    @cached_property
    def archive(self) -> Archive:
        kinds = kinds_kept(self.catalog.values())
        return Archive(self.records, kinds=kinds, days=self.settings.keep_calls_days)

    @cached_property
    def records(self) -> Records:
        return create_records(self.settings, cipher=self.cipher)

    @cached_property
    def pool(self) -> ModelPool:
        return ModelPool(device=self.device, catalog=self.catalog)

    @cached_property
    def heartbeat(self) -> Heartbeat:
        heartbeat = Heartbeat(
            ledger=self.ledger,
            name=f"{socket.gethostname()}-{os.getpid()}",
            describe=lambda: describe(self.device, self.pool),
        )
        heartbeat.start()
        return heartbeat

    @cached_property
    def scratch(self) -> Scratch:
        scratch = Scratch(self.settings.data_dir)
        scratch.sweep()
        return scratch

    @cached_property
    def presenter(self) -> Presenter:
        return Presenter()

    @cached_property
    def pace(self) -> Pace:
        return Pace()


def describe(device: str, pool: ModelPool) -> str:
    """What `/readymade status` shows of this worker, as JSON."""
    facts = describe_device(device)
    return json.dumps({"host": socket.gethostname(), "models": pool.loaded(), **facts})
