"""The bot alone, over signed HTTP, on a real Redis and a real local Slack: nobody works on jobs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from redis import Redis

from bot.announcer import MOMENT
from bot.app import create_app
from bot.http import create_wsgi
from bot.manifest import manifest
from core.broker import create_celery
from core.cipher import Cipher
from core.job import Job
from core.ledger import Ledger
from core.records import Records, create_records
from core.scripts import PREFIX
from core.settings import load_settings
from core.slack import create_client
from local.fleet import free_port
from local.installation import DEFAULT_BOT_TOKEN, DEFAULT_SIGNING_SECRET
from local.person import Workspace
from local.shapes import Json
from local.transcript import plain, visible_text
from skills.catalog import catalog
from skills.sentiment import Sentiment
from tests.hosted import Hosted
from tests.local.conftest import RunningSlack


@dataclass(frozen=True, kw_only=True)
class Reception(Hosted):
    """The bot with its surroundings, and what tests ask of them."""

    slack: RunningSlack
    ledger: Ledger
    redis: Redis
    records: Records
    folder: Path
    url: str
    executor: ThreadPoolExecutor

    @property
    def workspace(self) -> Workspace:
        return self.slack.workspace

    def settle(self, deliveries: int = 1) -> None:
        """Until Slack has told everything, and the bot is done with what it does later."""

        def told() -> bool:
            records = self.workspace.log()["deliveries"]
            return len(records) >= deliveries and all(each["finished"] for each in records)

        self.workspace.wait_for(told, 60)

    def quiet(self) -> None:
        """Until the bot has done all that it does later; nothing is done later after this."""
        time.sleep(MOMENT + 0.3)  # what it does in a moment has begun by then
        self.executor.shutdown()

    def replies(self, message: Json) -> list[Json]:
        root = message.get("thread_ts") or message["ts"]
        return self.workspace.thread(message["channel"], root)[1:]

    def said(self, message: Json) -> list[str]:
        """What the bot said in the thread of a message."""
        return [plain(visible_text(each)) for each in self.replies(message)]

    def whispers(self, user: str = "ada") -> list[str]:
        """What only this person sees."""
        return [plain(visible_text(each)) for each in self.workspace.ephemerals(user=user)]

    def jobs(self) -> list[Job]:
        """Every job in the ledger."""
        rows = [*self.redis.scan_iter(f"{PREFIX}job:*", count=1000)]
        return [Job.loads(self.redis.hget(row, "job") or b"") for row in rows]

    def audit(self) -> list[Json]:
        """The audit file."""
        path = self.folder / "audit.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


class Stumble(Sentiment):
    """Breaks while it is being asked, with what people wrote in its error."""

    name = "stumble"
    automatic = ()

    def lane(self, *, text: str) -> str:
        raise KeyError(text)


class Server(ThreadingMixIn, WSGIServer):
    """Ends at once, unlike waitress."""


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def policy() -> str:
    """What POLICY's file says; tests parametrize it."""
    return ""


@pytest.fixture
def reception(
    ledger: Ledger, cipher: Cipher, redis: Redis, redis_url: str, tmp_path: Path, policy: str
) -> Iterator[Reception]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    slack = RunningSlack(tmp_path / "slack", manifest(catalog(), url=url))
    (tmp_path / "policy.toml").write_text(policy)
    settings = load_settings(
        policy=tmp_path / "policy.toml",
        slack_bot_token=DEFAULT_BOT_TOKEN,
        slack_signing_secret=DEFAULT_SIGNING_SECRET,
        slack_api_url=f"{slack.url}/api/",
        data_dir=tmp_path,
    )
    executor = ThreadPoolExecutor(4)
    records = create_records(settings, cipher=cipher)
    app = create_app(
        settings,
        ledger=ledger,
        celery=create_celery(redis_url),
        client=create_client(settings),
        catalog={**catalog(), "stumble": Stumble()},
        records=records,
        executor=executor,
    )
    wsgi = create_wsgi(app, secret=DEFAULT_SIGNING_SECRET, ledger=ledger)
    server = make_server("127.0.0.1", port, wsgi, Server, Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    slack.workspace.faults(retry_scale=0.05)
    yield Reception(
        slack=slack, ledger=ledger, redis=redis, records=records, folder=tmp_path, url=url,
        executor=executor,
    )  # fmt: skip
    slack.stop()
    executor.shutdown()
    server.shutdown()
    thread.join(5)
    server.server_close()
