"""The requests: slash commands and uploads as Slack sends them, spread over people and channels.

Slack lets an app post once a second in a channel, so no figure here comes from one channel: each
request has a pair of channel and person of its own, by which its answer is found.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Sequence
from urllib.parse import urlencode

from bench.load import Plan, Sent
from bench.process import ROOT
from bench.side import SECRET, Side
from bench.sink import BOT, TEAM

CHANNELS = 50
_numbers, _turns = itertools.count(1), itertools.count(1)


def whose(number: int) -> tuple[str, str]:
    """The channel and the person of the request with this number."""
    return f"C{number % CHANNELS:03d}", f"U{number // CHANNELS:05d}"


def turn(count: int) -> list[int]:
    """Numbers for so many requests, each time in another order: the same text comes from another
    channel in every round, so that nobody can remember the answer."""
    shift = next(_turns)
    return [(place + shift) % count for place in range(count)]


def command(name: str, text: str, number: int) -> str:
    """The body of a slash command; every one is a new act."""
    channel, user = whose(number)
    return urlencode({
        "team_id": TEAM, "team_domain": "bench", "channel_id": channel, "channel_name": "general",
        "user_id": user, "user_name": "ada", "command": f"/{name}", "text": text,
        "api_app_id": "ABENCH", "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/1/2/3",
        "trigger_id": f"{next(_numbers)}.bench",
    })  # fmt: skip


def upload(name: str, mimetype: str, number: int) -> tuple[str, str]:
    """The body of the event of an upload, and its ts."""
    channel, user = whose(number)
    unique = next(_numbers)
    ts = f"1690000000.{unique:06d}"
    file = {
        "id": f"{unique}-{name}",
        "name": name,
        "mimetype": mimetype,
        "mode": "hosted",
        "title": name,
    }
    event = {
        "type": "message", "subtype": "file_share", "channel": channel, "user": user, "ts": ts,
        "text": "", "channel_type": "channel", "files": [file], "event_ts": ts,
    }  # fmt: skip
    body = {
        "type": "event_callback", "team_id": TEAM, "api_app_id": "ABENCH", "event": event,
        "event_id": f"Ev{unique}", "event_time": 1690000000,
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
    }  # fmt: skip
    return json.dumps(body), ts


def send(
    side: Side, bodies: Sequence[str], *, due: Sequence[float] = (), connections: int = 256
) -> list[Sent]:
    """Have another process send these when they are `due` (seconds; at once when left out)."""
    plan = Plan(
        port=side.port,
        path=side.path,
        secret=SECRET,
        bodies=list(bodies),
        due=list(due) or [0.0] * len(bodies),
        connections=connections,
    )
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=plan.dumps(), stdout=subprocess.PIPE, cwd=ROOT, check=True,
    )  # fmt: skip
    sent = [Sent(**each) for each in json.loads(done.stdout)]
    if refused := [each.status for each in sent if each.status != 200]:
        raise RuntimeError(f"{len(refused)} of {len(sent)} requests were answered {refused[0]}.")
    return sent
