"""The worker process: `celery -A workers.main worker`; its reaper: `celery -A workers.main beat`.

`app` is made when Celery asks for it, not at import, by `create_worker`, which the tests call too.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_ready, worker_shutdown, worker_shutting_down

from core.audit import Audit
from core.broker import CANARY, CONTROL, DRAIN, create_celery, send_canary, send_wake_up
from core.cipher import create_cipher
from core.errors import SetupError
from core.ledger import Ledger
from core.log import configure_logging, logger
from core.policy import load_policy
from core.records import create_records
from core.redis_server import connect, is_there, redis_url
from core.settings import Settings, load_settings, make_data_dir
from skills.catalog import catalog
from skills.models.device import describe_device, prepare_libraries
from workers.canary import Canary
from workers.digests import Digests, send_quietly
from workers.process import Process
from workers.start import create_process, wake

REAP = "workers.reap"
REAP_SECONDS = 5.0
DIGEST = "workers.digest"
DIGEST_SECONDS = 120.0  # one comes so long after its hour at most; asking twice is harmless
BEHIND = 10  # of 19 steps of niceness
REDIS_SECONDS = 10.0  # a worker has more patience than a person

log = logger("worker")


def create_worker(settings: Settings) -> Celery:
    """The Celery app with its two tasks; models start with the worker, not with beat."""
    configure_logging(format=settings.log_format)
    prepare_libraries()
    make_data_dir(settings)
    cipher = create_cipher(settings)
    url = redis_url(settings)
    redis = connect(url, timeout=REDIS_SECONDS)
    if not is_there(redis):
        log.error("Redis does not answer: waiting until it does")
    celery = create_celery(url)
    ledger = Ledger(redis=redis, cipher=cipher)
    schedule_reaper(celery, settings)
    started: list[Process] = []
    canary = create_canary(celery, started)
    audit = Audit(settings.data_dir, days=settings.audit_days)
    digests = Digests(
        records=create_records(settings, cipher=cipher),
        ledger=ledger,
        policy=load_policy(
            settings.policy, jobs_per_hour=settings.jobs_per_hour, skills=catalog().keys()
        ),
        wake=lambda queue: wake(celery, queue),
    )
    add_tasks(celery, ledger, started, canary, audit, digests)
    follow_the_worker(
        celery, started, canary, lambda: create_process(settings, ledger=ledger, celery=celery)
    )
    return celery


def schedule_reaper(celery: Celery, settings: Settings) -> None:
    """Have beat call the reaper, and look which digests are due."""
    celery.conf.beat_schedule = {
        "reap": {
            "task": REAP,
            "schedule": REAP_SECONDS,
            # Compared with the clock of another host, so it is long; reaping twice is harmless.
            "options": {"queue": CONTROL, "expires": 3600},
        },
        "digest": {
            "task": DIGEST,
            "schedule": DIGEST_SECONDS,
            "options": {"queue": CONTROL, "expires": 3600},
        },
    }
    celery.conf.beat_schedule_filename = str(settings.data_dir / "celerybeat-schedule")


def create_canary(celery: Celery, started: list[Process]) -> Canary:
    """The proof that this process still hears the broker; a deaf one starts itself again."""

    def restart() -> None:
        started[0].abandon()
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606  # the command that started us

    return Canary(send=lambda: send_canary(celery, own_queue()), restart=restart)


def own_queue() -> str:
    """The queue that only this process listens to."""
    return f"canary.{socket.gethostname()}-{os.getpid()}"


def add_tasks(
    celery: Celery,
    ledger: Ledger,
    started: list[Process],
    canary: Canary,
    audit: Audit,
    digests: Digests,
) -> None:
    """The tasks: work off a queue, put back what dead workers held, send digests, and be well."""

    @celery.task(name=CANARY)
    def sing() -> None:
        canary.sing()

    @celery.task(name=DRAIN)
    def drain(queue: str) -> None:
        started[0].loop.drain(queue)

    @celery.task(name=REAP)
    def reap() -> None:
        count, queues = ledger.reap()
        if count:
            log.warning("jobs put back", count=count)
        for queue in queues:
            send_wake_up(celery, queue)
        started[0].tidy()
        audit.prune()

    @celery.task(name=DIGEST)
    def digest() -> None:
        send_quietly(digests)


def go_behind() -> None:
    """Let bot and Redis have a processor first: Slack waits three seconds for them.

    Where nobody else wants one, the models get all of them, as before. Linux shares processors
    among sessions before it looks at priorities, so a session of our own goes behind as a whole.
    """
    os.setpriority(os.PRIO_PROCESS, 0, max(BEHIND, os.getpriority(os.PRIO_PROCESS, 0)))
    if os.getsid(0) == os.getpid():
        with suppress(OSError):  # a kernel without autogroups, or not Linux
            Path("/proc/self/autogroup").write_text(str(BEHIND))


def follow_the_worker(
    celery: Celery, started: list[Process], canary: Canary, create: Callable[[], Process]
) -> None:
    """Make the claim loop when the worker process starts (beat has none) and end it with it."""

    @worker_init.connect(weak=False)
    def on_init(**_: Any) -> None:
        go_behind()
        try:
            started.append(create())
            celery.amqp.queues.select_add(own_queue(), auto_delete=True)
        except SetupError as error:
            sys.exit(f"Readymade: {error}")

    @worker_ready.connect(weak=False)
    def on_ready(sender: Any, **_: Any) -> None:
        log.info("ready", **describe_device(started[0].device))
        canary.start(busy=lambda: started[0].loop.working >= sender.pool.limit)
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
