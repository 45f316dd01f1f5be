"""`create_app`: the bot, built from its collaborators; the tests call it too."""

from __future__ import annotations

import logging
from concurrent.futures import Executor, ThreadPoolExecutor

from celery import Celery
from slack_bolt import App
from slack_sdk import WebClient

from bot import listeners, problems
from bot.channels import Channels
from bot.desk import Catalog, Desk
from bot.gate import Gate
from bot.people import People
from bot.status import Status
from core.audit import Audit
from core.ledger import Ledger
from core.placeholder import Placeholders
from core.settings import Settings
from core.slack import create_impatient_client


def create_app(
    settings: Settings,
    *,
    ledger: Ledger,
    celery: Celery,
    client: WebClient,
    catalog: Catalog,
    executor: Executor | None = None,
) -> App:
    """The Bolt app.

    `process_before_response`: a listener has written the ledger when Slack gets its answer, so
    that a request is either queued or honestly refused; it also spares Bolt's 10 ms of polling.
    """
    quiet = logging.getLogger("readymade.bolt")
    quiet.setLevel(logging.ERROR)  # below that, Bolt logs whole requests
    app = App(
        client=client,
        logger=quiet,
        signing_secret=settings.slack_signing_secret.get_secret_value() or "unused-in-socket-mode",
        process_before_response=True,
        token_verification_enabled=False,
    )
    audit = Audit(settings.data_dir, days=settings.audit_days)
    desk = Desk(
        ledger=ledger,
        celery=celery,
        catalog=catalog,
        audit=audit,
        jobs_per_hour=settings.jobs_per_hour,
        placeholders=Placeholders(ledger=ledger, client=create_impatient_client(settings)),
        executor=executor or ThreadPoolExecutor(16, thread_name_prefix="announce"),
    )
    status = Status(catalog=catalog, ledger=ledger)
    # Slack waits three seconds for us, so we wait two for Slack.
    quick = create_impatient_client(settings, seconds=2)
    problems.register(app, audit=audit)
    gate = Gate(channels=Channels(quick), people=People(quick, guests=settings.allow_guests))
    listeners.register(app, desk=desk, gate=gate, status=status, impatient=quick)
    return app
