"""Requests as Slack really sends them, straight to the HTTP door: none breaks it."""

from __future__ import annotations

import hmac
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis

from core.cipher import Cipher
from core.ledger import Ledger
from local.fleet import Fleet
from tests.door.signed import SECRET, Post, open_door


@pytest.fixture
def post(fleet: Fleet, ledger: Ledger, redis_url: str) -> Post:
    """POST a body to the bot's WSGI application, signed unless headers are given."""
    return open_door(fleet, ledger, redis_url)


def as_sent(payload: dict[str, Any], name: str) -> tuple[bytes, str]:
    """The body and content type in which Slack sends a payload of this kind."""
    form = "application/x-www-form-urlencoded"
    if name.startswith("slash_command"):
        return urlencode(payload).encode(), form
    if name.startswith(("event", "url_verification")):
        return json.dumps(payload).encode(), "application/json"
    if name.startswith("envelope"):
        inner = payload.get("payload", {})
        if payload.get("type") == "slash_commands":
            return urlencode(inner).encode(), form
        if payload.get("type") == "events_api":
            return json.dumps(inner).encode(), "application/json"
        return urlencode({"payload": json.dumps(inner)}).encode(), form
    return urlencode({"payload": json.dumps(payload)}).encode(), form


def test_none_of_slacks_real_payloads_breaks_the_bot(post: Post, shared_data: Path) -> None:
    broken = {}
    for path in sorted((shared_data / "slack" / "payloads").glob("*.json")):
        body, kind = as_sent(json.loads(path.read_text()), path.name)
        status, _ = post(body, kind=kind)
        if status >= 500:
            broken[path.name] = status

    assert broken == {}


def test_slacks_greeting_is_returned(post: Post) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
    status, answer = post(body)

    assert (status, b"abc" in answer) == (200, True)


def test_a_request_that_is_sent_again_as_it_was_is_turned_away(post: Post) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
    stamp = str(int(time.time()))
    base = b":".join([b"v0", stamp.encode(), body])
    signature = "v0=" + hmac.new(SECRET.encode(), base, "sha256").hexdigest()
    answers = [post(body, timestamp=stamp, signature=signature)[0] for _ in range(3)]

    assert answers == [200, 401, 401]


@pytest.mark.parametrize(
    "headers",
    [
        {"signature": "v0=" + "0" * 64},
        {"signature": ""},
        {"signature": "v0=ünsigned"},
        {"timestamp": "abc"},
        {"timestamp": ""},
        {"timestamp": "1.5"},
        {"timestamp": "9" * 5_000},
        {"timestamp": "1700000000"},
    ],
)
def test_a_request_that_slack_did_not_sign_is_turned_away(
    post: Post, headers: dict[str, str]
) -> None:
    assert post(b"{}", **headers)[0] == 401


def test_a_body_that_is_no_text_is_turned_away(post: Post) -> None:
    assert post(b"\xff\xfe\x00")[0] == 401


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    timestamp=st.text(max_size=40), signature=st.text(max_size=100), body=st.binary(max_size=200)
)
def test_no_header_breaks_the_door(post: Post, timestamp: str, signature: str, body: bytes) -> None:
    assert post(body, timestamp=timestamp, signature=signature)[0] == 401


def test_a_queue_that_is_away_is_admitted_to_slack_and_to_the_person(
    fleet: Fleet, cipher: Cipher
) -> None:
    away = "redis://127.0.0.1:1/0"
    ledger = Ledger(redis=Redis.from_url(away, socket_connect_timeout=1), cipher=cipher)
    call = open_door(fleet, ledger, away)
    about = fleet.workspace.about()
    channel = fleet.workspace.channel("general")
    bot = about["bot"]["id"]
    user = next(each["id"] for each in about["users"] if each["name"] == "ada")
    command = {
        "command": "/sentiment", "text": "I love it", "channel_id": channel, "user_id": user,
        "team_id": about["team"]["id"], "trigger_id": "1.2", "response_url": "https://x.example",
    }  # fmt: skip
    event = {
        "type": "event_callback", "team_id": about["team"]["id"], "event_id": "Ev1",
        "event": {"type": "app_mention", "channel": channel, "user": user, "ts": "1.2",
                  "text": f"<@{bot}> sentiment I love it"},
    }  # fmt: skip
    told, text = call(urlencode(command).encode(), kind="application/x-www-form-urlencoded")
    asked_again, _ = call(json.dumps(event).encode())

    assert (told, asked_again) == (200, 503)
    assert b"try again in a minute" in text


def test_too_many_requests_in_an_hour_are_answered_with_the_time_to_wait(
    fleet: Fleet, ledger: Ledger, redis_url: str
) -> None:
    call = open_door(fleet, ledger, redis_url, jobs_per_hour=2)
    about = fleet.workspace.about()
    answers = []
    for number in range(3):
        command = {
            "command": "/sentiment", "text": f"--private I love it {number}",
            "channel_id": fleet.workspace.channel("general"), "team_id": about["team"]["id"],
            "user_id": next(each["id"] for each in about["users"] if each["name"] == "grace"),
            "trigger_id": f"quota.{number}", "response_url": f"{fleet.url}/commands/T/1/nowhere",
        }  # fmt: skip
        answers.append(call(urlencode(command).encode(), kind="application/x-www-form-urlencoded"))

    assert [status for status, _ in answers] == [200, 200, 200]
    assert [b"limit" in text for _, text in answers] == [False, False, True]
