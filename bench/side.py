"""`Side`: everything that one of the two contestants consists of, as real processes in a folder.

Ours is `python -m bot` over signed HTTP, Celery workers and the reaper, as in the Procfile. The
peer is what a good developer writes in an afternoon: Bolt's default `App()` that acknowledges and
calls `task.delay()`, and a stock Celery worker. Both have a Redis of their own with the same
options, and the same sink as their Slack.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from bench.process import Process, listens, says
from bench.redis import redis
from bench.sink_control import SinkControl
from local.fleet import free_port

SECRET = "a-signing-secret-of-the-bench"
TOKEN = "xoxb-bench"
SKILLS = Path(__file__).with_name("skills")
CELERY = ["-m", "celery", "-A"]
QUIET = ["--without-gossip", "--without-mingle"]


class Side:
    """One contestant, running inside a `with`; requests go to `path` on `port`."""

    name: str
    path = "/slack/events"

    def __init__(
        self, folder: Path, sink: SinkControl, *, environment: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self._stack = ExitStack()
        self._processes: dict[str, Process] = {}
        self._environment = {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_APP_TOKEN": "",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"{sink.url}/api/",
            "REMEMBER_MINUTES": "0",  # every answer is worked out
            "PORT": str(self.port),
            "DATA_DIR": str(folder),
            "SKILLS_DIR": str(SKILLS),
            "OMP_WAIT_POLICY": "PASSIVE",
            "PYTHONUNBUFFERED": "1",  # their logs say when they are ready
            **(environment or {}),
        }

    def __enter__(self) -> Side:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            url, self._processes["redis"] = self._stack.enter_context(redis(self.folder))
            self._environment["REDIS_URL"] = url
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def redis_url(self) -> str:
        return self._environment["REDIS_URL"]

    def cpu_seconds(self) -> dict[str, float]:
        """What each process has used of the processors so far."""
        return {name: process.cpu_seconds for name, process in self._processes.items()}

    def signal_workers(self, number: signal.Signals) -> None:
        """Stop the workers for a while (SIGSTOP), or have them go on (SIGCONT)."""
        for name, process in self._processes.items():
            if name.startswith("worker"):
                os.killpg(process.pid, number)

    def _start(self) -> None:
        raise NotImplementedError

    def _run(self, name: str, arguments: list[str], ready: str = "") -> None:
        process = Process(
            [sys.executable, *arguments],
            log=self.folder / f"{name}.log",
            environment=self._environment,
            ready=says(ready) if ready else listens(self.port),
        )
        self._processes[name] = self._stack.enter_context(process)


class Ours(Side):
    """Readymade, with so many worker processes."""

    name = "ours"

    def __init__(
        self,
        folder: Path,
        sink: SinkControl,
        *,
        workers: int = 1,
        queues: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`queues` names those the workers serve, so that they load only these models."""
        super().__init__(folder, sink, environment=environment)
        self._workers = workers
        self._queues = ["-Q", queues + ",control"] if queues else []

    def _start(self) -> None:
        self._run("bot", ["-m", "bot"])
        for number in range(self._workers):
            command = [*CELERY, "workers.main", "worker", *QUIET, *self._queues]
            self._run(f"worker{number}", [*command, "-n", f"w{number}@bench"], "ready")
        self._run("reaper", [*CELERY, "workers.main", "beat"], "beat")


class Peer(Side):
    """Bolt's default and plain Celery.

    `server` is "bolt" (its own `App.start()`) or "waitress" (the WSGI server that ours has);
    `pool` is Celery's: "solo", "threads", or "prefork" with so many processes. It shows people what
    ours shows them in the end (the request, and the answer in its thread) and no placeholder, or,
    when `terse`, posts the answer and nothing else.
    """

    name = "peer"

    def __init__(
        self,
        folder: Path,
        sink: SinkControl,
        *,
        server: str = "waitress",
        pool: str = "solo",
        processes: int = 1,
        terse: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(folder, sink, environment=environment)
        self._environment |= {"PEER_SERVER": server, "PEER_TERSE": "1" if terse else ""}
        self._pool = ["--pool", pool, "--concurrency", str(processes)]

    def _start(self) -> None:
        command = [*CELERY, "bench.peers.tasks", "worker", *QUIET]
        self._run("worker0", [*command, *self._pool, "-n", "w0@peer"], "w0@peer")
        self._run("bot", ["-m", "bench.peers.bot"])
