"""The worker process: `celery -A workers.main worker`; its reaper: `celery -A workers.main beat`.

`app` is made when Celery asks for it, not at import, by `create_worker`, which the tests call too.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_ready, worker_shutdown, worker_shutting_down

from core.audit import Audit
from core.broker import CANARY, CONTROL, DRAIN, create_celery, send_canary, send_wake_up
from core.cipher import create_cipher
from core.errors import SetupError, TransientError
from core.ledger import Ledger
from core.log import configure_logging, logger
from core.placeholder import Placeholders
from core.redis_server import connect, is_there, redis_url
from core.settings import Settings, load_settings, make_data_dir
from core.slack import (
    TIMEOUT_SECONDS,
    check_bot_token,
    create_client,
    create_impatient_client,
)
from skills.catalog import catalog
from skills.models.device import describe_device, resolve_device
from skills.models.lock import choose, read_lock
from workers.canary import Canary
from workers.deliver import Deliverer
from workers.download import Downloader
from workers.drain import Drain
from workers.fetch import Fetcher
from workers.finisher import Finisher
from workers.heartbeat import Heartbeat
from workers.outbox import Outbox
from workers.pool import ModelPool
from workers.progress import Presenter
from workers.scratch import Scratch

REAP = "workers.reap"
REAP_SECONDS = 5.0
REDIS_SECONDS = 10.0  # a worker has more patience than a person

log = logger("worker")


def create_worker(settings: Settings) -> Celery:
    """The Celery app with its two tasks; models start with the worker, not with beat."""
    configure_logging(format=settings.log_format)
    make_data_dir(settings)
    cipher = create_cipher(settings)
    url = redis_url(settings)
    redis = connect(url, timeout=REDIS_SECONDS)
    if not is_there(redis):
        log.error("Redis does not answer: waiting until it does")
    celery = create_celery(url)
    ledger = Ledger(redis=redis, cipher=cipher)
    schedule_reaper(celery, settings)
    started: list[Drain] = []
    canary = create_canary(celery, started)
    audit = Audit(settings.data_dir, days=settings.audit_days)
    add_tasks(celery, ledger, started, canary, audit)
    follow_the_worker(
        celery, started, canary, lambda: create_drain(settings, ledger=ledger, celery=celery)
    )
    return celery


def schedule_reaper(celery: Celery, settings: Settings) -> None:
    """Have beat call the reaper."""
    celery.conf.beat_schedule = {
        "reap": {
            "task": REAP,
            "schedule": REAP_SECONDS,
            # Compared with the clock of another host, so it is long; reaping twice is harmless.
            "options": {"queue": CONTROL, "expires": 3600},
        }
    }
    celery.conf.beat_schedule_filename = str(settings.data_dir / "celerybeat-schedule")


def create_canary(celery: Celery, started: list[Drain]) -> Canary:
    """The proof that this process still hears the broker; a deaf one starts itself again."""

    def restart() -> None:
        started[0].stop()
        started[0].close()
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606  # the command that started us

    return Canary(send=lambda: send_canary(celery, own_queue()), restart=restart)


def own_queue() -> str:
    """The queue that only this process listens to."""
    return f"canary.{socket.gethostname()}-{os.getpid()}"


def add_tasks(
    celery: Celery, ledger: Ledger, started: list[Drain], canary: Canary, audit: Audit
) -> None:
    """The tasks: work off a queue, put back what dead workers held, and prove to be well."""

    @celery.task(name=CANARY)
    def sing() -> None:
        canary.sing()

    @celery.task(name=DRAIN)
    def drain(queue: str) -> None:
        started[0].drain(queue)

    @celery.task(name=REAP)
    def reap() -> None:
        count, queues = ledger.reap()
        if count:
            log.warning("jobs put back", count=count)
        for queue in queues:
            send_wake_up(celery, queue)
        started[0].tidy()
        audit.prune()


def follow_the_worker(
    celery: Celery, started: list[Drain], canary: Canary, create: Callable[[], Drain]
) -> None:
    """Make the claim loop when the worker process starts (beat has none) and end it with it."""

    @worker_init.connect(weak=False)
    def on_init(**_: Any) -> None:
        try:
            started.append(create())
            celery.amqp.queues.select_add(own_queue(), auto_delete=True)
        except SetupError as error:
            sys.exit(f"Readymade: {error}")

    @worker_ready.connect(weak=False)
    def on_ready(**_: Any) -> None:
        log.info("ready", **describe_device(started[0].device))
        canary.start()
        started[0].warm(set(celery.amqp.queues.consume_from))

    @worker_shutting_down.connect(weak=False)
    def on_stop(**_: Any) -> None:
        canary.close()
        if started:
            started[0].stop()

    @worker_shutdown.connect(weak=False)
    def on_end(**_: Any) -> None:
        if started:
            started[0].close()


def create_drain(settings: Settings, *, ledger: Ledger, celery: Celery) -> Drain:
    """The claim loop with its collaborators; checks the models and warms them in the background.

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
    deliverer, presenter = create_deliverer(settings, ledger), Presenter()
    finisher = Finisher(
        ledger=ledger,
        deliverer=deliverer,
        heartbeat=heartbeat,
        presenter=presenter,
        audit=Audit(settings.data_dir, days=settings.audit_days),
    )
    return Drain(
        ledger=ledger,
        catalog=skills,
        pool=pool,
        fetcher=Fetcher(
            client=create_client(settings),
            downloader=Downloader(
                token=settings.slack_bot_token.get_secret_value(), api_url=settings.slack_api_url
            ),
        ),
        deliverer=deliverer,
        heartbeat=heartbeat,
        presenter=presenter,
        scratch=scratch,
        outbox=Outbox(finisher.deliver),
        wake=lambda queue: wake(celery, queue),
    )


def create_deliverer(settings: Settings, ledger: Ledger) -> Deliverer:
    """What speaks to Slack for the worker."""
    impatient = create_impatient_client(settings)
    return Deliverer(
        uploader=create_client(settings),
        answerer=create_impatient_client(settings, seconds=TIMEOUT_SECONDS),
        reporter=impatient,
        placeholders=Placeholders(ledger=ledger, client=impatient),
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


def __getattr__(name: str) -> Celery:
    """`celery -A workers.main` looks for `app`; making it here keeps the import free of effects."""
    if name == "app":
        try:
            globals()["app"] = create_worker(load_settings())
        except SetupError as error:
            sys.exit(f"Readymade: {error}")
        made: Celery = globals()["app"]
        return made
    raise AttributeError(name)
