"""`python -m bot`: Socket Mode when SLACK_APP_TOKEN is set, signed HTTP on PORT otherwise.

`--check` only reads settings, skills and policy, and says what is wrong with them.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.app import create_app
from bot.http import serve
from bot.sockets import create_handler
from core.broker import create_celery
from core.cipher import create_cipher
from core.errors import SetupError, TransientError
from core.ledger import Ledger
from core.log import configure_logging, logger
from core.policy import load_policy
from core.records import create_records
from core.redis_server import connect, is_there, redis_url
from core.settings import Settings, load_settings, make_data_dir
from core.slack import app_token_refused, check_bot_token, create_client, transient
from skills.catalog import catalog

LEAVING_SECONDS = 3.0
LATER = 64  # threads, at most, that mostly wait for Slack


def main() -> None:
    """Run until SIGTERM or Ctrl-C."""
    settings = load_settings()
    configure_logging(format=settings.log_format)
    make_data_dir(settings)
    cipher = create_cipher(settings)
    client = create_client(settings)
    with silenced():
        check_tokens(settings, client)
    url = redis_url(settings)
    redis = connect(url)
    if not is_there(redis):
        logger("bot").error("Redis does not answer: requests are refused until it does")
    ledger = Ledger(redis=redis, cipher=cipher)
    later = ThreadPoolExecutor(LATER, thread_name_prefix="later")
    app = create_app(
        settings,
        ledger=ledger,
        celery=create_celery(url),
        client=client,
        catalog=catalog(),
        records=create_records(settings, cipher=cipher),
        executor=later,
        prompt=ThreadPoolExecutor(16, thread_name_prefix="prompt"),
    )
    gc.collect()
    gc.freeze()  # what is here stays: looking through it for garbage held up a request for 50 ms
    if settings.slack_app_token.get_secret_value():
        listen(app, settings)
    else:
        secret = settings.slack_signing_secret.get_secret_value()
        check_port(settings.port)
        signal.signal(signal.SIGINT, stopping)
        serve(app, port=settings.port, secret=secret, ledger=ledger)
    later.shutdown(wait=False, cancel_futures=True)
    leave(LEAVING_SECONDS)


def leave(seconds: float) -> None:
    """End the process, at the latest in `seconds`: the workers do what is left undone."""
    ends = time.monotonic() + seconds
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(max(0.0, ends - time.monotonic()))
            if thread.is_alive():
                os._exit(0)


def check() -> None:
    """Raises SetupError that says why the bot could not read what it is told to do."""
    settings = load_settings()
    load_policy(settings.policy, jobs_per_hour=settings.jobs_per_hour, skills=catalog().keys())


def check_tokens(settings: Settings, client: WebClient) -> None:
    """Raises SetupError that says which token is missing or refused, and where to find it."""
    if settings.slack_bot_token.get_secret_value() and not (
        settings.slack_app_token.get_secret_value()
        or settings.slack_signing_secret.get_secret_value()
    ):
        raise SetupError(
            "Set SLACK_APP_TOKEN (Socket Mode, from “Basic Information”, App-Level Tokens) "
            "or SLACK_SIGNING_SECRET (HTTP) in .env."
        )
    try:
        check_bot_token(settings, client)
    except TransientError as error:
        raise SetupError(str(error)) from error


def check_port(port: int) -> None:
    """Raises SetupError when PORT cannot be listened on."""
    try:
        socket.create_server(("", port)).close()
    except OSError:
        raise SetupError(
            f"Port {port} is used by another program: end that one, or set another PORT in .env."
        ) from None


def listen(app: App, settings: Settings) -> None:
    """Socket Mode until a signal ends it."""
    handler = create_handler(app, settings)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    try:
        with silenced():
            handler.connect()
    except SlackApiError as error:
        if passing := transient(error):
            raise SetupError(f"{passing} Start again in a minute.") from error
        raise SetupError(app_token_refused(error)) from error
    logger("bot").info("ready", mode="socket")
    ended.wait()
    with silenced():
        say_stopping()
        handler.close()


@contextmanager
def silenced() -> Iterator[None]:
    """The libraries keep quiet where we say ourselves, in one sentence, what went wrong."""
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def stopping(*_: object) -> None:
    """Ctrl-C over HTTP: waitress ends cleanly on SystemExit."""
    say_stopping()
    sys.exit(0)


def say_stopping() -> None:
    print("Stopping…", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        check() if sys.argv[1:] == ["--check"] else main()
    except SetupError as error:
        sys.exit(f"Readymade: {error}")
