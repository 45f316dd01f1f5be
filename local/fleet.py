"""The fleet: local Slack, bot, worker and reaper as real processes, started, watched and stopped.

It knows the programs by their command lines only. A process that dies is started again, as a
process manager would; everything ends with the fleet, whatever way that ends.
"""

import ctypes
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from local.installation import DEFAULT_APP_TOKEN, DEFAULT_BOT_TOKEN, DEFAULT_SIGNING_SECRET
from local.person import Workspace

STOP_SECONDS = 15.0
PARENT_DIED = 1  # prctl's PR_SET_PDEATHSIG

COMMANDS = {
    "bot": ["-m", "bot"],
    "worker": ["-m", "celery", "-A", "workers.main", "worker", "--loglevel", "WARNING",
               "--without-gossip", "--without-mingle"],
    "reaper": ["-m", "celery", "-A", "workers.main", "beat", "--loglevel", "WARNING"],
}  # fmt: skip


class FleetError(Exception):
    """A process could not be started; the text says which, and where its log is."""


@dataclass(slots=True)
class Running:
    """One process and the log it writes."""

    process: subprocess.Popen[bytes]
    log: Path
    started: float


class Fleet:
    """Everything that a working Readymade consists of, on this machine, in one folder."""

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        environment: Mapping[str, str] | None = None,
        socket_mode: bool = True,
        workers: int = 1,
        queues: str = "",
    ) -> None:
        """`queues` restricts the workers to some, as celery's -Q does."""
        self.folder = folder.resolve()
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.workspace = Workspace(self.url)
        self._http_port = 0 if socket_mode else free_port()
        self._environment = {**os.environ, **self._settings(), **(environment or {})}
        self._commands = commands(workers=workers, queues=queues)
        self._running: dict[str, Running] = {}
        self._lock: IO[str] | None = None
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="fleet", daemon=True)

    def _settings(self) -> dict[str, str]:
        settings = {
            "SLACK_BOT_TOKEN": DEFAULT_BOT_TOKEN,
            "SLACK_APP_TOKEN": "" if self._http_port else DEFAULT_APP_TOKEN,
            "SLACK_SIGNING_SECRET": DEFAULT_SIGNING_SECRET,
            "SLACK_API_URL": f"{self.url}/api/",
            "DATA_DIR": str(self.folder),
            "REDIS_URL": "",
            "HF_HUB_OFFLINE": "1",
            # Idle BLAS threads must not spin while another process works on the same cores.
            "OMP_WAIT_POLICY": "PASSIVE",
        }
        return {**settings, "PORT": str(self._http_port)} if self._http_port else settings

    def __enter__(self) -> "Fleet":
        self._take_folder()
        try:
            self._start_slack()
            for name, command in self._commands.items():
                self._start(name, command)
            self._watcher.start()
            self._wait_for_bot()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def pid(self, name: str) -> int:
        """The process id of `bot`, `worker`, `reaper` or `slack`."""
        return self.process(name).pid

    def process(self, name: str) -> subprocess.Popen[bytes]:
        """The process that runs now under this name."""
        return self._running[name].process

    def kill(self, name: str) -> None:
        """kill -9, as an out-of-memory killer would; the watcher starts it again."""
        os.killpg(self.pid(name), signal.SIGKILL)

    def log(self, name: str) -> str:
        """What a process has written."""
        return self._running[name].log.read_text(errors="replace")

    def stop(self) -> None:
        """End every process: politely, then not; and the embedded Redis last."""
        self._ended.set()
        if self._watcher.is_alive():
            self._watcher.join()  # or it starts again what is being stopped
        for running in self._running.values():
            _signal(running.process, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for running in self._running.values():
            try:
                running.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(running.process, signal.SIGKILL)
                running.process.wait()
        self._run(["-m", "core.redis_server", "stop"])
        if self._lock is not None:
            self._lock.close()

    def _take_folder(self) -> None:
        """Two fleets in one folder would share one Redis, and answer each other's people."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "fleet.lock").open("w")
        except OSError as error:
            raise FleetError(f"{self.folder} cannot be written ({error.strerror}).") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise FleetError(
                f"Another one is running in {self.folder}: stop it first, or name another folder "
                "with DATA_DIR."
            ) from None

    def _start_slack(self) -> None:
        manifest = self.folder / "manifest.json"
        url = f"http://127.0.0.1:{self._http_port}" if self._http_port else ""
        made = self._run(["-m", "bot.manifest", *(["--http", url] if url else [])])
        if made.returncode:
            raise FleetError(f"The manifest could not be made:\n{made.stderr.decode().strip()}")
        manifest.write_bytes(made.stdout)
        self._start("slack", ["-m", "local", "--port", str(self.port), "--manifest", str(manifest)])
        self._wait("slack", self._slack_answers, seconds=20)

    def _slack_answers(self) -> bool:
        try:
            return bool(self.workspace.about())
        except (OSError, json.JSONDecodeError):
            return False

    def _wait_for_bot(self) -> None:
        if self._http_port:
            self._wait("bot", lambda: _listens(self._http_port), seconds=60)
        else:
            connected = lambda: bool(self.workspace.about()["app"]["connections"])  # noqa: E731
            self._wait("bot", connected, seconds=60)

    def _wait(self, name: str, ready: Callable[[], bool], *, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            running = self._running[name]
            if running.process.poll() is not None or time.monotonic() > deadline:
                last = running.log.read_text(errors="replace").strip().splitlines()[-3:]
                raise FleetError(f"{name} did not start; see {running.log}:\n" + "\n".join(last))
            time.sleep(0.05)

    def _start(self, name: str, arguments: list[str]) -> None:
        log = self.folder / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, *arguments], env=self._environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
                preexec_fn=_end_with_parent,
            )  # fmt: skip
        self._running[name] = Running(process=process, log=log, started=time.monotonic())

    def _run(self, arguments: list[str]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, *arguments], env=self._environment, capture_output=True, check=False
        )

    def _watch(self) -> None:
        """Start again what died, at most once a second."""
        while not self._ended.wait(0.2):
            for name, command in self._commands.items():
                running = self._running[name]
                settled = time.monotonic() - running.started > 1.0
                if running.process.poll() is not None and settled and not self._ended.is_set():
                    self._start(name, command)


def commands(*, workers: int = 1, queues: str = "") -> dict[str, list[str]]:
    """The command line of every process: the workers are `worker`, `worker2` and so on."""
    worker = [*COMMANDS["worker"], *(["-Q", queues] if queues else [])]
    more = range(2, workers + 1)
    return {
        **COMMANDS,
        "worker": worker,
        **{f"worker{number}": [*worker, "-n", f"{number}@%h"] for number in more},
    }


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)


def _end_with_parent() -> None:
    """In the child: be terminated when the parent dies, even by kill -9 (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)
