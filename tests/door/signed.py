"""The bot's HTTP door without a network: what tests post to it is signed as Slack signs it."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from bot.app import create_app
from bot.http import PATH, create_wsgi
from core.broker import create_celery
from core.cipher import create_cipher
from core.ledger import Ledger
from core.records import create_records
from core.settings import load_settings
from core.slack import create_client
from local.fleet import Fleet
from local.installation import DEFAULT_BOT_TOKEN
from skills.catalog import catalog

SECRET = "a-signing-secret"
Post = Callable[..., tuple[int, bytes]]


def open_door(fleet: Fleet, ledger: Ledger, redis_url: str, **settings: object) -> Post:
    """POST to a bot with these settings beside a fleet's Slack."""
    wanted = load_settings(
        slack_bot_token=DEFAULT_BOT_TOKEN,
        slack_signing_secret=SECRET,
        slack_api_url=f"{fleet.url}/api/",
        **settings,
    )
    app = create_app(
        wanted,
        ledger=ledger,
        celery=create_celery(redis_url),
        client=create_client(wanted),
        catalog=catalog(),
        records=create_records(wanted, cipher=create_cipher(wanted)),
        executor=ThreadPoolExecutor(2),
    )
    return _caller(create_wsgi(app, secret=SECRET, ledger=ledger))


def _caller(wsgi: Any) -> Post:
    def call(body: bytes, *, kind: str = "application/json", **headers: str) -> tuple[int, bytes]:
        stamp = str(int(time.time()))
        base = b":".join([b"v0", stamp.encode(), body])
        signature = "v0=" + hmac.new(SECRET.encode(), base, "sha256").hexdigest()
        signed = {"timestamp": stamp, "signature": signature, **headers}
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": PATH, "QUERY_STRING": "",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
            "HTTP_X_SLACK_REQUEST_TIMESTAMP": signed["timestamp"],
            "HTTP_X_SLACK_SIGNATURE": signed["signature"],
        }  # fmt: skip
        status: list[int] = []
        answer = wsgi(environ, lambda line, _headers: status.append(int(line.split()[0])))
        return status[0], b"".join(answer)

    return call
