"""The fleet under fault: two workers, a killable Redis, and a bad network between any two of them.

Every process has a proxy of its own to Redis. The bot has one to Slack's Web API; the workers share
another, which is also Slack's public address: downloads, response URLs and the bot's socket lead
through it. The oracle (local Slack's control API) and the suite's own look at Redis go straight,
so that what they see is the truth.
"""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

from local.fleet import COMMANDS, Fleet
from tests.faults.proxy import Proxy
from tests.faults.redis_server import RedisServer

SKILLS = Path(__file__).with_name("skills")
CLOCK = Path(__file__).with_name("clock")
WORKERS = ("one", "two")
PROCESSES = ("bot", *WORKERS, "reaper")
QUEUES = "train,control"  # echo's, which has no model


def commands(*, models: bool = False) -> dict[str, list[str]]:
    """The command line of every process that is started again when it dies."""
    worker = [*COMMANDS["worker"], "-Q", f"{QUEUES},text" if models else QUEUES]
    return {
        "bot": COMMANDS["bot"],
        **{name: [*worker, "-n", f"{name}@%h"] for name in WORKERS},
        "reaper": COMMANDS["reaper"],
    }


class FaultyFleet(Fleet):
    """A fleet with handles for every fault; `heal` ends them all."""

    def __init__(self, folder: Path, *, models: bool = False) -> None:
        """`models` has the workers load those for texts, too."""
        self.notes = folder.resolve() / "notes"  # which process echoes what
        super().__init__(
            folder,
            environment={
                "SKILLS_DIR": str(SKILLS),
                "FAULTS_FOLDER": str(self.notes),
                "DEVICE": "cpu",
                "OMP_NUM_THREADS": "1",
            },
        )
        self.redis = RedisServer(self.folder / "redis")
        self.to_redis = {name: Proxy(self.redis.socket) for name in PROCESSES}
        self.to_slack = {name: Proxy(self.port) for name in ("bot", "workers")}
        self._commands = commands(models=models)
        self._clocks: dict[str, float] = {}
        self._shared = dict(self._environment)

    def __enter__(self) -> FaultyFleet:
        self.notes.mkdir(parents=True, exist_ok=True)
        for proxy in self.proxies:
            proxy.start()
        try:
            self.redis.start()
            self._start_slack()
            for name, command in self._commands.items():
                self._start(name, command)
            self._wait_for_bot()
            self._wait_for_workers()
            self._watcher.start()
        except BaseException:
            self.stop()
            raise
        return self

    @property
    def proxies(self) -> list[Proxy]:
        return [*self.to_redis.values(), *self.to_slack.values()]

    def pause(self, name: str) -> None:
        """SIGSTOP: the process is alive and does nothing."""
        os.killpg(self.pid(name), signal.SIGSTOP)

    def resume(self, name: str) -> None:
        """SIGCONT."""
        os.killpg(self.pid(name), signal.SIGCONT)

    def shift_clock(self, name: str, seconds: float) -> None:
        """Restart a process on a host whose clock is wrong by so much."""
        self._clocks[name] = seconds
        self.kill(name)

    def heal(self) -> None:
        """A good day again for everyone."""
        self.redis.restart()
        with self.redis.client() as redis:
            redis.config_set("maxmemory", 0)
        for proxy in self.proxies:
            proxy.heal()
        for name in PROCESSES:
            try:
                self.resume(name)
            except ProcessLookupError:
                continue  # dead; the watcher starts it again
        self.workspace.faults(
            fail_next=[], latency=0, duplicate_delivery=False, rate_limit=False, retry_scale=0.05
        )

    def stop(self) -> None:
        """End everything, Redis and the proxies last."""
        for name in self._running:
            try:
                self.resume(name)
            except ProcessLookupError:
                continue
        super().stop()
        self.redis.stop()
        for proxy in self.proxies:
            proxy.stop()

    def holder(self, word: str, *, seconds: float = 20.0) -> str:
        """The worker that echoes the text beginning with this word."""
        note = self.notes / word
        deadline = time.monotonic() + seconds
        while True:
            pids = {str(self.pid(name)): name for name in WORKERS}
            if note.exists() and (name := pids.get(note.read_text())):
                return name
            assert time.monotonic() < deadline, f"nobody works on {word}"
            time.sleep(0.01)

    def _wait_for_workers(self) -> None:
        for name in WORKERS:
            self._wait(name, partial(self._is_ready, name), seconds=60)

    def _is_ready(self, name: str) -> bool:
        return " ready" in self.log(name)

    def _start(self, name: str, arguments: list[str]) -> None:
        """Start a process whose way to Redis and Slack leads through its own proxies."""
        if name == "slack":
            public = str(self.to_slack["workers"].port)
            arguments = ["-m", "tests.faults.slack", "--public", public, *arguments[2:]]
        else:
            slack = self.to_slack["bot" if name == "bot" else "workers"]
            own = {
                "REDIS_URL": f"redis://127.0.0.1:{self.to_redis[name].port}/0",
                "SLACK_API_URL": f"http://127.0.0.1:{slack.port}/api/",
            }
            if name in self._clocks:
                own |= {"FAULTS_CLOCK": str(self._clocks[name]), "PYTHONPATH": str(CLOCK)}
            self._environment = {**self._shared, **own}
        super()._start(name, arguments)
        self._environment = self._shared
