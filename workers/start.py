"""A worker's start: its token and models are looked at, then its parts are put together."""

from __future__ import annotations

import logging

from celery import Celery

from core.broker import send_wake_up
from core.cipher import create_cipher
from core.errors import TransientError
from core.ledger import Ledger
from core.log import logger
from core.settings import Settings
from core.slack import check_bot_token, create_impatient_client
from skills.catalog import catalog
from skills.models.device import resolve_device
from skills.models.lock import choose, read_lock
from workers.assembly import Assembly
from workers.pool import ModelPool
from workers.process import Process

log = logger("worker")


def create_process(settings: Settings, *, ledger: Ledger, celery: Celery) -> Process:
    """The worker's process with its collaborators; checks token and models.

    Raises SetupError when a model is missing, changed or unreachable.
    """
    check_token(settings)
    assembly = Assembly(
        settings,
        ledger=ledger,
        cipher=create_cipher(settings),
        catalog=catalog(),
        device=resolve_device(settings.device),
        wake=lambda queue: wake(celery, queue),
    )
    check_models(settings, assembly.pool, list(assembly.catalog))
    return assembly.process


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
