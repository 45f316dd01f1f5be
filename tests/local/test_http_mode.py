"""HTTP mode: signed requests to the app's request URL, retries and their headers."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from tests.local.conftest import RunningSlack


class Receiver:
    """An HTTP server that remembers requests and answers as told."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.body = b""
        self.headers: dict[str, str] = {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((dict(self.headers), content))
                self.send_response(receiver.status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(receiver.body)))
                self.end_headers()
                self.wfile.write(receiver.body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def wait_for(self, count: int) -> None:
        deadline = time.monotonic() + 5
        while len(self.requests) < count and time.monotonic() < deadline:
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def slack(start_slack: Callable[..., RunningSlack], receiver: Receiver) -> RunningSlack:
    slack = start_slack()
    slack.slack.installation.events_url = receiver.url
    return slack


def test_an_event_is_signed(slack: RunningSlack, receiver: Receiver) -> None:
    slack.ada.say("support", "hello")
    receiver.wait_for(1)
    headers, body = receiver.requests[0]

    assert SignatureVerifier("local-signing-secret").is_valid_request(body, headers)


def test_a_command_is_a_form(slack: RunningSlack, receiver: Receiver) -> None:
    slack.ada.slash("/sentiment", "I love it", channel="support")
    form = parse_qs(receiver.requests[0][1].decode())

    assert (form["command"], form["text"]) == (["/sentiment"], ["I love it"])


def test_a_plain_text_answer_is_shown(slack: RunningSlack, receiver: Receiver) -> None:
    receiver.body = b"on it"
    slack.ada.slash("/sentiment", "x", channel="support")

    assert slack.workspace.ephemerals(user="ada")[-1]["text"] == "on it"


def test_an_interaction_is_json_in_a_form(slack: RunningSlack, receiver: Receiver) -> None:
    slack.ada.shortcut("look", slack.ada.say("random", "hi"))
    form = parse_qs(receiver.requests[-1][1].decode())

    assert json.loads(form["payload"][0])["callback_id"] == "look"


def test_a_failed_event_comes_again_with_number_and_reason(
    slack: RunningSlack, receiver: Receiver
) -> None:
    receiver.status = 500
    slack.workspace.faults(retry_scale=0.001)
    slack.ada.say("support", "hello")
    receiver.wait_for(4)
    told = [
        (headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason"))
        for headers, _ in receiver.requests
    ]

    assert told == [
        (None, None),
        ("1", "http_error"),
        ("2", "http_error"),
        ("3", "http_error"),
    ]


def test_the_app_can_stop_the_retries(slack: RunningSlack, receiver: Receiver) -> None:
    receiver.status, receiver.headers = 500, {"x-slack-no-retry": "1"}
    slack.workspace.faults(retry_scale=0.0)
    slack.ada.say("support", "hello")
    slack.workspace.wait_for(lambda: slack.workspace.log()["deliveries"][0]["finished"], 3)

    assert len(receiver.requests) == 1


def test_a_failed_command_is_told_to_the_person(slack: RunningSlack, receiver: Receiver) -> None:
    receiver.status = 500

    assert slack.ada.slash("/sentiment", "x", channel="support")["error"] == "dispatch_failed"


def test_the_request_url_of_the_manifest_is_used(
    start_slack: Callable[..., RunningSlack], receiver: Receiver
) -> None:
    command = {"command": "/a", "url": receiver.url}
    slack = start_slack(
        {"features": {"slash_commands": [command]}, "settings": {"socket_mode_enabled": False}}
    )
    slack.ada.slash("/a", channel="support")

    assert len(receiver.requests) == 1


def test_socket_mode_is_off_then(slack: RunningSlack) -> None:
    answer = slack.client.api_call(
        "api.test", headers={"Authorization": "Bearer xapp-local-app-token"}
    )

    assert (answer["ok"], slack.workspace.about()["app"]["socket_mode"]) == (True, False)
