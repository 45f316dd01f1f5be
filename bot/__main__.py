"""`python -m bot`: Socket Mode when SLACK_APP_TOKEN is set, signed HTTP on PORT otherwise."""

from __future__ import annotations

import signal
import sys
import threading

from redis.exceptions import RedisError
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.app import create_app
from bot.http import serve
from core.broker import create_celery
from core.cipher import create_cipher
from core.errors import SetupError
from core.ledger import Ledger
from core.log import configure_logging, logger
from core.redis_server import connect, redis_url
from core.settings import Settings, load_settings
from core.slack import create_client, error_code
from skills.catalog import catalog


def main() -> None:
    """Run until SIGTERM or Ctrl-C."""
    settings = load_settings()
    configure_logging(format=settings.log_format)
    client = create_client(settings)
    check_tokens(settings, client)
    url = redis_url(settings)
    redis = connect(url)
    try:
        redis.ping()
    except RedisError:
        logger("bot").error("Redis does not answer: requests are refused until it does")
    ledger = Ledger(redis=redis, cipher=create_cipher(settings))
    app = create_app(
        settings,
        ledger=ledger,
        celery=create_celery(url),
        client=client,
        catalog=catalog(),
    )
    if settings.slack_app_token.get_secret_value():
        listen(app, settings)
    else:
        secret = settings.slack_signing_secret.get_secret_value()
        serve(app, port=settings.port, secret=secret, ledger=ledger)


def check_tokens(settings: Settings, client: WebClient) -> None:
    """Raises SetupError that says which token is missing or refused, and where to find it."""
    if not settings.slack_bot_token.get_secret_value():
        raise SetupError(
            "SLACK_BOT_TOKEN is not set: copy it from your Slack app's page "
            "“OAuth & Permissions” into .env."
        )
    if not (
        settings.slack_app_token.get_secret_value()
        or settings.slack_signing_secret.get_secret_value()
    ):
        raise SetupError(
            "Set SLACK_APP_TOKEN (Socket Mode, from “Basic Information”, App-Level Tokens) "
            "or SLACK_SIGNING_SECRET (HTTP) in .env."
        )
    try:
        client.auth_test()
    except SlackApiError as error:
        raise SetupError(
            f"Slack refuses SLACK_BOT_TOKEN ({error_code(error)}): "
            "reinstall the app and copy the token again."
        ) from error
    except OSError as error:
        raise SetupError(f"Slack at {settings.slack_api_url} cannot be reached.") from error


def listen(app: App, settings: Settings) -> None:
    """Socket Mode until a signal ends it."""
    # A dropped connection is noticed by pings: at 10 s, the default, we were deaf for a minute.
    token = settings.slack_app_token.get_secret_value()
    handler = SocketModeHandler(app, token, ping_interval=1)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    try:
        handler.connect()
    except SlackApiError as error:
        raise SetupError(
            f"Slack refuses SLACK_APP_TOKEN ({error_code(error)}): copy it again from "
            "“Basic Information”, App-Level Tokens; it needs the scope connections:write."
        ) from error
    logger("bot").info("ready", mode="socket")
    ended.wait()
    handler.close()


if __name__ == "__main__":
    try:
        main()
    except SetupError as error:
        sys.exit(f"Readymade: {error}")
