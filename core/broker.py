"""The Celery app that both processes configure alike; the bot only sends wake-ups with it."""

from __future__ import annotations

from typing import Any

from celery import Celery
from kombu.entity import Queue
from kombu.exceptions import OperationalError

from core.errors import TransientError
from core.job import QUEUES
from core.redis_address import read_address
from core.redis_server import sentinel_options

CONTROL = "control"
DRAIN = "workers.drain"
CANARY = "workers.canary"


def create_celery(url: str) -> Celery:
    """A Celery app on `url` with one queue a kind of work, JSON only, and no result backend."""
    address = read_address(url)
    sentinel = (
        {"master_name": address.primary, "sentinel_kwargs": sentinel_options(address)}
        if address.primary
        else {}
    )
    celery = Celery("readymade", broker=address.celery_url, set_as_current=False)
    celery.conf.update(
        task_queues=[Queue(name) for name in (*QUEUES, CONTROL)],
        task_default_queue=CONTROL,
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
        worker_pool="threads",
        worker_concurrency=16,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=1,
        broker_transport_options={
            "socket_timeout": 5,
            "socket_connect_timeout": 1,
            "max_retries": 1,
            **sentinel,
        },
        task_publish_retry=False,
    )
    return celery


def send_wake_up(celery: Celery, queue: str) -> None:
    """Wake a worker of `queue`; a lost one costs seconds (the reaper sends another).

    Raises TransientError when the broker does not take it.
    """
    _send(celery, DRAIN, [queue], queue=queue)


def send_canary(celery: Celery, queue: str) -> None:
    """Send a worker's own task into its own queue; raises TransientError as `send_wake_up`."""
    _send(celery, CANARY, [], queue=queue, expires=60)


def _send(celery: Celery, task: str, arguments: list[str], **options: Any) -> None:
    try:
        celery.send_task(task, args=arguments, ignore_result=True, **options)
    except OperationalError as error:
        raise TransientError("The queue could not be reached.") from error
