"""The HTTP door turns a recorded request away, not a try again of one that failed; nothing huge."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot.http import MAX_BODY, PATH, create_http_server
from local.fleet import free_port
from local.installation import DEFAULT_SIGNING_SECRET
from local.shapes import Json
from tests.bot.conftest import Reception


def signed(reception: Reception, payload: Json) -> Callable[[], int]:
    """Sends the same bytes with the same signature whenever it is called; the status."""
    body, stamp = json.dumps(payload).encode(), str(int(time.time()))
    base = f"v0:{stamp}:".encode() + body
    digest = hmac.new(DEFAULT_SIGNING_SECRET.encode(), base, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }

    def send() -> int:
        try:
            with urlopen(Request(f"{reception.url}{PATH}", body, headers), timeout=10) as answer:
                return int(answer.status)
        except HTTPError as error:
            error.close()
            return error.code

    return send


def test_a_request_that_failed_may_come_again_as_it_was_and_one_that_did_not_may_not(
    reception: Reception,
) -> None:
    about = reception.workspace.about()
    user = next(each["id"] for each in about["users"] if each["name"] == "ada")
    event = {
        "type": "app_mention", "channel": reception.workspace.channel("general"), "user": user,
        "ts": "1700000000.000100", "text": f"<@{reception.bot}> sentiment I love it",
        "files": [],
    }  # fmt: skip
    send = signed(
        reception,
        {"type": "event_callback", "team_id": about["team"]["id"], "event_id": "E", "event": event},
    )
    reception.workspace.faults(fail_next=[{"method": "users.info", "reset": "before"}])

    assert [send(), send(), send()] == [503, 200, 401]


def test_a_body_above_the_limit_is_refused_unread() -> None:
    port = free_port()
    server = create_http_server(lambda *_: [], port=port)

    def serve() -> None:
        with suppress(OSError):  # closing takes the sockets from under its feet
            server.run()

    serving = threading.Thread(target=serve)
    serving.start()
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("POST", PATH)
    connection.putheader("Content-Length", str(MAX_BODY + 1))
    connection.endheaders()
    connection.send(b"x" * 1000)
    status = connection.getresponse().status
    connection.close()
    server.close()
    serving.join(10)

    assert status == 413
