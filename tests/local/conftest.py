"""A local Slack on a free port for every test, and apps that connect to it."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web
from slack_sdk import WebClient

from local.installation import Installation
from local.manifest import Manifest
from local.person import Workspace
from local.server import create_app
from local.shapes import Json
from local.slack import Slack
from tests.local.recording_app import RecordingApp


class RunningSlack:
    """A local Slack in a thread, with the clients that tests use."""

    def __init__(self, state_dir: Path, manifest: Json | None = None) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        installation = Installation(manifest=Manifest(source=manifest))
        self.slack = Slack(installation=installation, base_url=self.url, state_dir=state_dir)
        self.workspace = Workspace(self.url, timeout=10)
        self.ada = self.workspace.person("ada")
        self.client = WebClient(
            installation.bot_token, base_url=f"{self.url}/api/", retry_handlers=[]
        )
        self._runner = web.AppRunner(create_app(self.slack), shutdown_timeout=0.1)
        self._apps: list[RecordingApp] = []
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(),))
        self._ready = threading.Event()
        self._thread.start()
        self._ready.wait(5)

    async def _serve(self) -> None:
        """Until `stop`; requests that wait then for something are cancelled by `asyncio.run`."""
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        await self._runner.setup()
        await web.SockSite(self._runner, self._door).start()
        self._ready.set()
        await self._ended.wait()
        # asyncio forgets what it accepted in the very turn in which its server closes, and leaves
        # that socket open: so nothing more is accepted first, and what was begins.
        self._loop.remove_reader(self._door)
        await asyncio.sleep(0.02)
        await self._runner.cleanup()

    def connect(self) -> RecordingApp:
        """An app on Socket Mode that acknowledges and remembers."""
        app = RecordingApp(self.url, self.slack.installation.app_token)
        self._apps.append(app)
        self.workspace.wait_for_app(5)
        return app

    def stop(self) -> None:
        """End the server, then the apps, whose clients would else wait for its next word."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(5)
        for app in self._apps:
            app.close()


@pytest.fixture
def start_slack(tmp_path: Path) -> Iterator[Callable[..., RunningSlack]]:
    """Starts a local Slack with a manifest of the test's own."""
    started: list[RunningSlack] = []

    def start(manifest: Json | None = None) -> RunningSlack:
        started.append(RunningSlack(tmp_path / "state", manifest))
        return started[-1]

    yield start
    for slack in started:
        slack.stop()


@pytest.fixture
def slack(start_slack: Callable[..., RunningSlack]) -> RunningSlack:
    """A local Slack with the permissive default app."""
    return start_slack()


@pytest.fixture
def app(slack: RunningSlack) -> RecordingApp:
    """An app connected to it."""
    return slack.connect()
