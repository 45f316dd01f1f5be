"""The HTTP door: signed requests from Slack on PORT, served by waitress.

A request that is malformed is turned away here with 401, before Bolt reads it: Bolt answers some
of them with 500, and logs bodies.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from waitress import create_server

from bot.deadline import REQUESTS
from core.errors import TransientError
from core.job import key_of
from core.ledger import Ledger
from core.log import logger
from core.scripts import PREFIX, Scripts

PATH = "/slack/events"
REMEMBER_SECONDS = 660  # Slack's five minutes, to both sides, and a little
MAX_BODY = 1024 * 1024
EVERYWHERE = "0.0.0.0"  # noqa: S104  # Slack, or the proxy before us, is on another machine
Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class Signatures:
    """The signatures of the last minutes, in Redis, so that every bot knows them.

    Slack signs each try anew, unless it tries again within the second: a signature that was served
    is somebody else's recording when it comes again.
    """

    def __init__(self, scripts: Scripts) -> None:
        self._scripts = scripts

    def fresh(self, signature: str) -> bool:
        """Remember it; whether it was new."""
        try:
            return bool(
                self._scripts.command("SET", _name(signature), 1, "NX", "EX", REMEMBER_SECONDS)
            )
        except TransientError:
            return True  # nothing can be queued now anyway: the listener says so honestly

    def forget(self, signature: str) -> None:
        """What it signed was not served and may come again."""
        try:
            self._scripts.ask(lambda redis: redis.delete(_name(signature)))
        except TransientError:
            logger("bot").warning("signature not forgotten")


def _name(signature: str) -> str:
    return f"{PREFIX}signature:{key_of(signature)}"


class SignedOnly:
    """WSGI middleware: lets through what Slack signed less than five minutes ago."""

    def __init__(self, inner: Any, *, secret: str, signatures: Signatures) -> None:
        self._inner = inner
        self._verifier = SignatureVerifier(secret)
        self._signatures = signatures

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/health":
            return _answer(start_response, "200 OK", b"ok")
        body = _body(environ)
        if body is None or not self._genuine(environ, body):
            logger("bot").warning("request refused", reason="signature")
            return _answer(start_response, "401 Unauthorized", b"invalid request")
        environ["wsgi.input"] = BytesIO(body)

        def start(status: str, *arguments: Any) -> Any:
            if status.startswith("5"):
                self._signatures.forget(environ["HTTP_X_SLACK_SIGNATURE"])
            return start_response(status, *arguments)

        answer: Iterable[bytes] = self._inner(environ, start)
        return answer

    def _genuine(self, environ: Environ, body: bytes) -> bool:
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            return False
        if not signature.isascii():
            return False
        return self._verifier.is_valid(body, timestamp, signature) and self._signatures.fresh(
            signature
        )


def _body(environ: Environ) -> bytes | None:
    """The request's body; None when it is too large or not UTF-8."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MAX_BODY:
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    try:
        body.decode()
    except UnicodeDecodeError:
        return None
    return body


def _answer(start_response: StartResponse, status: str, body: bytes) -> list[bytes]:
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def create_wsgi(app: App, *, secret: str, ledger: Ledger) -> SignedOnly:
    """The bot as a WSGI application, for any WSGI server."""
    inner = SlackRequestHandler(app, path=PATH)
    return SignedOnly(inner, secret=secret, signatures=Signatures(ledger.scripts))


def create_http_server(wsgi: Any, *, port: int) -> Any:
    """waitress on PORT, with a thread for every request that waits."""
    return create_server(
        wsgi, host=EVERYWHERE, port=port, threads=REQUESTS, max_request_body_size=MAX_BODY
    )


def serve(app: App, *, port: int, secret: str, ledger: Ledger) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    server = create_http_server(create_wsgi(app, secret=secret, ledger=ledger), port=port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # waitress ends cleanly on SystemExit
    logger("bot").info("ready", mode="http", port=port, path=PATH)
    server.run()
