"""Start and size: how soon a fresh worker answers, and what the processes hold in memory.

Each start is a new process; the files that it reads are in the system's cache, as on a machine that
restarts a program and not itself. The worker finds one /sentiment waiting in the ledger, queued by
a real bot against local Slack. Memory is what /proc says of one process: RSS counts its shared
pages in full, PSS (in brackets) counts each shared page once among those who share it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.figure import Figure, interleave, median, seconds
from local.fleet import Fleet
from local.stage import Stage

ROUNDS = 3
MODELS = 4  # sentiment, summarize, classify, transcribe
MOST_FIRST_ANSWER = 8.0  # seconds; with the two below, what the project promises
MOST_BOT, MOST_WORKER = 80.0, 1536.0  # MB
PATIENCE = 120.0
PLAIN = "a plain Celery worker, from transformers import pipeline, MiniLM alone"


def measure(*, quick: bool = False) -> list[Figure]:
    """The first answer of a cold worker, the memory of an idle bot and of a full worker."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Fleet(Path(folder) / "fleet") as fleet,
        plain_queue(Path(folder) / "plain") as queue,
    ):
        ours = lambda: first_answer(fleet, Path(folder))  # noqa: E731
        theirs = lambda: plain_answer(queue)[0]  # noqa: E731
        cold = [
            median(each)
            for each in interleave(ours, theirs, rounds=1 if quick else ROUNDS, warm=not quick)
        ]
        worker = full_worker(fleet)
        bot = memory(fleet.pid("bot"))
        plain = plain_answer(queue)[1]
    return [
        Figure(
            name="first answer, cold",
            ours=cold[0],
            peer=cold[1],
            unit="s",
            peer_is=PLAIN,
            limit=MOST_FIRST_ANSWER,
            limit_is="promised",
            less=True,
        ),
        Figure(
            name="memory of an idle bot",
            ours=bot["Rss"],
            peer=None,
            unit="MB RSS",
            peer_is="",
            limit=MOST_BOT,
            limit_is="promised",
            less=True,
            quality={"PSS": f"{bot['Pss']:.0f} MB"},
        ),
        Figure(
            name="memory of a worker",
            ours=worker["Rss"],
            peer=plain["Rss"],
            unit="MB RSS",
            peer_is=PLAIN,
            limit=MOST_WORKER,
            limit_is="promised, with all four models",
            less=True,
            quality={
                "models": f"{MODELS}, the peer's 1",
                "PSS": f"{worker['Pss']:.0f} MB, peer {plain['Pss']:.0f} MB",
            },
        ),
    ]


def first_answer(fleet: Fleet, folder: Path) -> float:
    """Seconds from the start of a worker process to its answer in the thread."""
    stage = Stage(fleet.workspace, folder)
    before = stage.latest("support")
    killed = fleet.process("worker")
    fleet.kill("worker")
    killed.wait()  # one that is dying would take the wake-up with it, as in a crash
    stage.ada.slash(
        "/sentiment", "The start was quick, thank you!", channel=fleet.workspace.channel("support")
    )
    while fleet.pid("worker") == killed.pid:
        time.sleep(0.005)
    return seconds(
        lambda: stage.answer(stage.parent("support", "/sentiment", after=before), "positive")
    )


def full_worker(fleet: Fleet) -> dict[str, float]:
    """The memory of the worker once every model is loaded."""
    deadline = time.monotonic() + PATIENCE
    pid = fleet.pid("worker")
    steady = 0.0
    while time.monotonic() < deadline:
        time.sleep(1.0)
        found = memory(pid)["Rss"]
        if abs(found - steady) < 1 and fleet.log("worker").count("model loaded") % MODELS == 0:
            break
        steady = found
    return memory(pid)


@contextmanager
def plain_queue(folder: Path) -> Iterator[str]:
    """The socket of a Redis of its own for the plain worker."""
    from core.redis_server import ensure_embedded, stop_embedded

    folder.mkdir()
    try:
        yield str(ensure_embedded(folder))
    finally:
        stop_embedded(folder)


def plain_answer(queue: str) -> tuple[float, dict[str, float]]:
    """Seconds from the start of a plain worker to its answer, and the memory it then holds."""
    from celery import Celery

    broker, backend = f"redis+socket://{queue}", f"redis+socket://{queue}"
    asked: Any = Celery("plain", broker=broker, backend=backend)
    result = asked.send_task("embed", ["The start was quick, thank you!"])
    command = ["-m", "celery", "-A", "bench.plain_worker", "worker", "--pool", "solo"]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command, "--without-gossip", "--without-mingle"],
        env={**os.environ, "PLAIN_BROKER": broker, "PLAIN_BACKEND": backend},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        result.get(timeout=PATIENCE, interval=0.01)
        return time.perf_counter() - start, memory(process.pid)
    finally:
        process.terminate()
        process.wait()


def memory(pid: int) -> dict[str, float]:
    """`Rss` and `Pss` of a process in MB, as Linux counts them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: rest.split()[0] for name, _, rest in (line.partition(":") for line in lines)}
    return {name: int(sizes[name]) / 1024 for name in ("Rss", "Pss")}


if __name__ == "__main__":
    for figure in measure():
        print(figure)
