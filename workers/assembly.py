"""The worker's parts, put together: what a process owns besides its Celery app."""

from __future__ import annotations

import hashlib
import inspect
import json
import logging
import os
import socket
from pathlib import Path

from celery import Celery

from core.answers import Answers
from core.archive import Archive
from core.audit import Audit
from core.board import Boards
from core.broker import send_wake_up
from core.cipher import Cipher, create_cipher
from core.errors import TransientError
from core.ledger import Ledger
from core.log import logger
from core.notices import Notices
from core.placeholder import Placeholders
from core.records import Records, create_records
from core.settings import Settings
from core.slack import TIMEOUT_SECONDS, check_bot_token, create_client, create_impatient_client
from skills.catalog import FOLDER, Catalog, catalog
from skills.keeping import kinds_kept
from skills.models.device import describe_device, resolve_device
from skills.models.lock import LOCK, choose, read_lock
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

log = logger("worker")


def create_process(settings: Settings, *, ledger: Ledger, celery: Celery) -> Process:
    """The worker's process with its collaborators; checks token and models.

    Raises SetupError when a model is missing, changed or unreachable.
    """
    check_token(settings)
    skills = catalog()
    device = resolve_device(settings.device)
    pool = ModelPool(device=device, catalog=skills)
    check_models(settings, pool, list(skills))
    heartbeat = Heartbeat(
        ledger=ledger,
        name=f"{socket.gethostname()}-{os.getpid()}",
        describe=lambda: describe(device, pool),
    )
    heartbeat.start()
    scratch = Scratch(settings.data_dir)
    scratch.sweep()
    presenter, pace, cipher = Presenter(), Pace(), create_cipher(settings)
    deliverer = create_deliverer(settings, ledger, pace)
    recall = create_recall(settings, ledger, cipher, skills)
    records = create_records(settings, cipher=cipher)
    archive = Archive(records, kinds=kinds_kept(skills.values()), days=settings.keep_calls_days)
    archivist = Archivist(archive)
    finisher = Finisher(
        ledger=ledger,
        deliverer=deliverer,
        heartbeat=heartbeat,
        presenter=presenter,
        pace=pace,
        alarm=create_alarm(settings, ledger, records),
        archivist=archivist,
        books=Books(
            ledger=ledger,
            audit=Audit(settings.data_dir, days=settings.audit_days),
            recall=recall,
        ),
    )
    outbox = Outbox(finisher.deliver)
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
        catalog=skills,
        intake=intake,
        opener=create_opener(settings, scratch, skills, archive),
        recall=recall,
        pool=pool,
        archivist=archivist,
        outbox=outbox,
        wake=lambda queue: wake(celery, queue),
    )
    return Process(
        loop=drain,
        pool=pool,
        heartbeat=heartbeat,
        outbox=outbox,
        archivist=archivist,
        scratch=scratch,
    )


def create_opener(
    settings: Settings, scratch: Scratch, skills: Catalog, archive: Archive
) -> Opener:
    """What gets files and messages out of Slack, and kept answers out of the archive."""
    downloader = Downloader(
        token=settings.slack_bot_token.get_secret_value(), api_url=settings.slack_api_url
    )
    return Opener(
        fetcher=Fetcher(
            client=create_client(settings),
            downloader=downloader,
            archive=archive,
            pages=create_client(settings, waits=False),
        ),
        scratch=scratch,
        queues={skill.queue for skill in skills.values()},
    )


def create_deliverer(settings: Settings, ledger: Ledger, pace: Pace) -> Deliverer:
    """What speaks to Slack for the worker."""
    impatient = create_impatient_client(settings)
    return Deliverer(
        answerer=create_impatient_client(settings, seconds=TIMEOUT_SECONDS),
        reporter=impatient,
        placeholders=Placeholders(ledger=ledger, client=impatient),
        pace=pace,
    )


def create_alarm(settings: Settings, ledger: Ledger, records: Records) -> Alarm:
    """What tells other channels of broken rules."""
    return Alarm(
        records=records,
        notices=Notices(ledger.scripts),
        client=create_impatient_client(settings, seconds=TIMEOUT_SECONDS),
    )


def check_token(settings: Settings) -> None:
    """The worker answers with the bot's token; when Slack cannot say, the answers wait for it.

    Raises SetupError when the token is missing or refused.
    """
    logging.disable(logging.ERROR)  # the library's own lines; ours say what to do
    try:
        check_bot_token(settings, create_impatient_client(settings))
    except TransientError as error:
        log.warning("bot token not checked", reason=str(error))
    finally:
        logging.disable(logging.NOTSET)


def check_models(settings: Settings, pool: ModelPool, names: list[str]) -> None:
    """Load models of the hub now, so that a wrong id is said at start; bundled ones come later."""
    ours = [name for name in names if name in read_lock()]  # others bring their own weights
    choices = {name: choose(name, models=settings.models) for name in ours}
    for name, choice in choices.items():
        if choice.profile == "hub":
            with pool.use(name):
                pass


def create_recall(settings: Settings, ledger: Ledger, cipher: Cipher, skills: Catalog) -> Recall:
    """The memory for answers; another model or another version of a skill does not share it."""
    sources = {Path(inspect.getfile(type(skill))) for skill in skills.values()}
    sources |= {LOCK, *FOLDER.rglob("*.py")}
    edition = hashlib.sha256(settings.models.encode())
    for source in sorted(sources):
        edition.update(source.read_bytes())
    answers = Answers(
        ledger.scripts, cipher, edition=edition.hexdigest(), minutes=settings.remember_minutes
    )
    return Recall(answers)


def wake(celery: Celery, queue: str) -> None:
    """Wake another drain; when the broker is away the reaper does it later."""
    try:
        send_wake_up(celery, queue)
    except TransientError:
        log.warning("wake-up not sent", queue=queue)


def describe(device: str, pool: ModelPool) -> str:
    """What `/readymade status` shows of this worker, as JSON."""
    facts = describe_device(device)
    return json.dumps({"host": socket.gethostname(), "models": pool.loaded(), **facts})
