"""`create_app`: the bot, built from its collaborators; the tests call it too."""

from __future__ import annotations

import logging
from concurrent.futures import Executor, ThreadPoolExecutor

from celery import Celery
from slack_bolt import App
from slack_sdk import WebClient

from bot import listeners, problems
from bot.announcer import Announcer
from bot.cancelling import TIMEOUT_SECONDS, Canceller
from bot.channel_settings import ChannelSettings
from bot.channels import Channels
from bot.deadline import PunctualApp, PunctualClient
from bot.desk import Desk
from bot.forgetting import Forgetter
from bot.gate import Gate
from bot.help import Help
from bot.people import People
from bot.readers import Readers
from bot.speaker import Speaker
from bot.status import Status
from core.archive import Archive
from core.audit import Audit
from core.ledger import Ledger
from core.notices import Notices
from core.placeholder import Placeholders
from core.policy import load_policy
from core.records import Records
from core.settings import Settings
from core.slack import create_impatient_client
from skills.catalog import Catalog
from skills.keeping import kinds_kept


def create_app(
    settings: Settings,
    *,
    ledger: Ledger,
    celery: Celery,
    client: WebClient,
    catalog: Catalog,
    records: Records,
    executor: Executor | None = None,
    prompt: Executor | None = None,
) -> App:
    """The Bolt app.

    `executor` does what need not be done before Slack gets its answer, and may be left undone;
    `prompt` (the same, unless given) what people wait for.
    """
    later = executor or ThreadPoolExecutor(16, thread_name_prefix="later")
    prompt = prompt or later
    audit = Audit(settings.data_dir, days=settings.audit_days)
    punctual = PunctualClient(settings)
    held = create_impatient_client(settings, seconds=TIMEOUT_SECONDS)
    policy = load_policy(
        settings.policy, jobs_per_hour=settings.jobs_per_hour, skills=catalog.keys()
    )
    people = People(punctual, guests=settings.allow_guests)
    gate = Gate(channels=Channels(punctual), people=people, readers=Readers(punctual))
    archive = Archive(records, kinds=kinds_kept(catalog.values()), days=settings.keep_calls_days)
    forgetter = Forgetter(ledger=ledger, records=records, archive=archive)
    app = _bolt(settings, client)
    problems.register(app, audit=audit, executor=prompt)
    listeners.register(
        app,
        desk=Desk(
            ledger=ledger,
            celery=celery,
            catalog=catalog,
            audit=audit,
            policy=policy,
            announcer=Announcer(
                ledger=ledger,
                placeholders=Placeholders(ledger=ledger, client=create_impatient_client(settings)),
                audit=audit,
                executor=later,
            ),
        ),
        gate=gate,
        status=Status(ledger=ledger),
        forgetter=forgetter,
        archive=archive,
        help=Help(catalog),
        speaker=Speaker(notices=Notices(ledger.scripts), client=punctual, audit=audit),
        canceller=Canceller(
            ledger=ledger, client=held, catalog=catalog, audit=audit, executor=prompt
        ),
        settings=ChannelSettings(
            records=records,
            gate=gate,
            people=people,
            policy=policy,
            audit=audit,
            punctual=punctual,
            client=client,
            executor=prompt,
        ),
        punctual=punctual,
        executor=prompt,
    )
    return app


def _bolt(settings: Settings, client: WebClient) -> App:
    """Bolt itself.

    `process_before_response`: a listener has written the ledger when Slack gets its answer, so
    that a request is either queued or honestly refused; it also spares Bolt's 10 ms of polling.
    Slack is asked who we are here, so that no request has to wait for that.
    """
    quiet = logging.getLogger("readymade.bolt")
    quiet.setLevel(logging.ERROR)  # below that, Bolt logs whole requests
    return PunctualApp(
        client=client,
        logger=quiet,
        signing_secret=settings.slack_signing_secret.get_secret_value() or "unused-in-socket-mode",
        process_before_response=True,
    )
