"""`interview`: ask a child of `child.py` about files, hear it in time and in bounds, and end it.

It knows how a child is started and what a line of it is; what its answers mean is sandbox.py's.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from skills.decode.pace import Deadline

LOOK_EVERY = 1.0  # seconds between two looks at what a decoder has written
MAX_ANSWER_BYTES = 64 * 1024**2
CHILD = Path(__file__).with_name("child.py")
# Each of these libraries would start a thread a core, and every thread reserves memory.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "LC_ALL": "C.UTF-8",
    "HOME": "/nonexistent",  # otherwise the password file is asked, which is out of reach
}

Answer = dict[str, Any]
Heard = Callable[[Answer], None]


class DecoderFailed(Exception):
    """Why a child gave no answer; the cause of the UserError, for the log."""


def interview(
    request: dict[str, Any], deadlines: Iterable[Deadline], *, heard: Heard | None
) -> Iterator[Answer]:
    """The answers of one child, one a deadline, the last of them a failure when it stopped early.

    Of several results about one file `heard` is told each.
    """
    with _child() as process:
        assert process.stdin is not None  # for mypy: both are PIPE
        assert process.stdout is not None
        with suppress(BrokenPipeError):  # it died at once: reading says so
            process.stdin.write(json.dumps(request).encode())
            process.stdin.close()
        buffer = bytearray()
        for deadline in deadlines:
            try:
                answer = _read_answer(process.stdout.fileno(), buffer, deadline, heard)
            except (DecoderFailed, ValueError, RecursionError) as error:
                yield {"failed": str(error) or type(error).__name__}
                return
            yield answer


def _read_answer(pipe: int, buffer: bytearray, deadline: Deadline, heard: Heard | None) -> Answer:
    """The answer about one file; of several results the last, when the decoder came to its end."""
    last: Answer = {}
    while True:
        answer = json.loads(_read_line(pipe, buffer, deadline=deadline))
        if not isinstance(answer, dict):
            return {}
        if not answer.get("more"):
            return last if answer.get("end") else answer
        last = answer
        if heard and isinstance(answer.get("result"), dict):
            heard(answer["result"])


def _read_line(pipe: int, buffer: bytearray, *, deadline: Deadline) -> bytes:
    """The next line from the child, in time and of bounded length; the rest stays in `buffer`."""
    searched = 0
    while (end := buffer.find(b"\n", searched)) < 0:
        searched = len(buffer)
        left = deadline.left()
        if not select.select([pipe], [], [], min(max(0.0, left), LOOK_EVERY))[0]:
            if left > LOOK_EVERY:
                continue
            raise DecoderFailed("took too long")
        chunk = os.read(pipe, 1 << 20)
        if not chunk:
            raise DecoderFailed("died")
        buffer += chunk
        if len(buffer) > MAX_ANSWER_BYTES:
            raise DecoderFailed("said too much")
    line = bytes(buffer[:end])
    del buffer[: end + 1]
    return line


@contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    """A child in its own process group, killed with everything it started when we are done.

    `-I -S`: nothing from its working folder or a person's site-packages is imported, and it
    gets our import path instead of searching for its own, which halves its start.
    """
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,  # closing must not try again to write to a child that is gone
        env=ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            # Not yet waited for, so its group still exists and cannot be somebody else's.
            os.killpg(process.pid, signal.SIGKILL)
