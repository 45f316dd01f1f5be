"""`Process`: one program with its log; it ends with the bench, whatever way that ends."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

START_SECONDS = 180.0
STOP_SECONDS = 8.0
PARENT_DIED = 1  # prctl's PR_SET_PDEATHSIG
ROOT = Path(__file__).parents[1]


class NotStarted(Exception):
    """A program ended, or was not ready in three minutes; the text is the end of its log."""


class Process:
    """A program that runs inside a `with`."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str],
        ready: Callable[[str], bool],
    ) -> None:
        """`arguments` begin with the program; `ready(log)` tells from its log whether it is."""
        self._arguments = list(arguments)
        self._log = log
        self._environment = {**os.environ, **environment}
        self._ready = ready

    @property
    def log(self) -> str:
        """What it has written."""
        return self._log.read_text(errors="replace")

    @property
    def pid(self) -> int:
        return self._running.pid

    @property
    def cpu_seconds(self) -> float:
        """What it has used of the processors so far, without children that still run."""
        numbers = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(int(each) for each in numbers[11:15]) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Process:
        with self._log.open("wb") as output:
            self._running = subprocess.Popen(
                self._arguments, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
                preexec_fn=end_with_parent,
            )  # fmt: skip
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Politely, then not; with everything that it has started."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._running.poll() is None:
                os.killpg(self._running.pid, number)
                try:
                    self._running.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    continue

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._ready(self.log):
            if self._running.poll() is not None or time.monotonic() > deadline:
                last = "\n".join(self.log.strip().splitlines()[-8:])
                raise NotStarted(f"{' '.join(self._arguments[:4])} is not ready:\n{last}")
            time.sleep(0.02)


def says(word: str) -> Callable[[str], bool]:
    """Ready when its log has this word."""
    return lambda log: word in log


def listens(port: int) -> Callable[[str], bool]:
    """Ready when somebody listens on this port."""

    def look(_: str) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return look


def end_with_parent() -> None:
    """In the child: be terminated when the bench dies, even by kill -9 (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)


def outrank() -> None:
    """Go before the sides' processes where that is allowed, because Slack has its own machines.

    Otherwise a sender that waits for a core of this one would count its own waiting as theirs.
    """
    with suppress(OSError):
        os.nice(-10)
        # Linux shares the cores among sessions first: there, niceness is the session's.
        Path("/proc/self/autogroup").write_text("-10")
