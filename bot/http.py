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

from core.errors import TransientError
from core.ledger import Ledger
from core.log import logger

PATH = "/slack/events"
REMEMBER_SECONDS = 660  # Slack's five minutes, to both sides, and a little
MAX_BODY = 1024 * 1024
EVERYWHERE = "0.0.0.0"  # noqa: S104  # Slack, or the proxy before us, is on another machine
Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class SignedOnly:
    """WSGI middleware: lets through what Slack signed less than five minutes ago."""

    def __init__(self, inner: Any, *, secret: str, fresh: Callable[[str], bool]) -> None:
        """`fresh` is true for a signature that was not seen before."""
        self._inner = inner
        self._verifier = SignatureVerifier(secret)
        self._fresh = fresh

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/health":
            return _answer(start_response, "200 OK", b"ok")
        body = _body(environ)
        if body is None or not self._genuine(environ, body):
            logger("bot").warning("request refused", reason="signature")
            return _answer(start_response, "401 Unauthorized", b"invalid request")
        environ["wsgi.input"] = BytesIO(body)
        answer: Iterable[bytes] = self._inner(environ, start_response)
        return answer

    def _genuine(self, environ: Environ, body: bytes) -> bool:
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            return False
        if not signature.isascii():
            return False
        return self._verifier.is_valid(body, timestamp, signature) and self._fresh(signature)


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

    def fresh(signature: str) -> bool:
        """Slack signs each try anew: the same signature again is somebody else's recording."""
        try:
            return ledger.once("signature", signature, seconds=REMEMBER_SECONDS)
        except TransientError:
            return True  # nothing can be queued now anyway: the listener says so honestly

    return SignedOnly(SlackRequestHandler(app, path=PATH), secret=secret, fresh=fresh)


def serve(app: App, *, port: int, secret: str, ledger: Ledger) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    wsgi = create_wsgi(app, secret=secret, ledger=ledger)
    server = create_server(wsgi, host=EVERYWHERE, port=port, threads=32)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # waitress ends cleanly on SystemExit
    logger("bot").info("ready", mode="http", port=port, path=PATH)
    server.run()
