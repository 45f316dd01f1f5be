"""`run_decoder`: open an untrusted file in a child process that can hang, burst or die alone.

The child (`child.py`) starts with no environment, no open file of ours, bounded memory, time and
output; where the system allows it without extra rights, no network and no file but those it needs.
What it says back is checked like any other input. It knows nothing of images, sound or documents.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import cache
from pathlib import Path

from core.errors import SetupError, UserError
from skills.decode.interview import CHILD, Answer, DecoderFailed, Heard, interview
from skills.decode.pace import Deadline, Pace
from skills.decode.scratch import scratch_for

GIB = 1024**3
WORTH_A_CHILD = 8  # small pictures, say, that take about as long to open as a child to start
ROOT = Path(__file__).parents[2]
DAMAGED = "I could not open this file: it looks damaged. Save it again and send the new copy."


def run_decoder(
    target: str,
    path: Path,
    *,
    out_dir: Path | None = None,
    options: Mapping[str, object] | None = None,
    seconds: float = 40,
    pace: Pace | None = None,
    memory_bytes: int = GIB,
    damaged: str = DAMAGED,
    heard: Heard | None = None,
) -> Answer:
    """What `target` ("package.module:decode") says about `path`; big results are in `out_dir`.

    The decoder is `decode(path, out_dir, options) -> dict` of plain JSON values, or yields several:
    `heard` is told each at once, and the last is the answer. Raises its UserError, or one that says
    `damaged` for anything else: an exception, a crash, a timeout (of `seconds`, or by its `pace`).
    """
    with nullcontext(out_dir) if out_dir else scratch_for(path) as folder:
        folder.mkdir(parents=True, exist_ok=True)
        answers = _answers(
            target, [(path, folder)], options or {},
            seconds=seconds, pace=pace, memory_bytes=memory_bytes, heard=heard,
        )  # fmt: skip
        return _open_answer(answers[0], damaged=damaged)


def run_decoder_many(
    target: str,
    paths: Sequence[Path],
    *,
    out_dir: Path,
    options: Mapping[str, object] | None = None,
    seconds: float = 40,
    memory_bytes: int = GIB,
    damaged: str = DAMAGED,
) -> list[Answer | UserError]:
    """`run_decoder` for several files in a few children at a time; `seconds` is for each file.

    The files of the first are in `out_dir/0`, of the second in `out_dir/1`, and so on.
    """
    jobs = [(path, out_dir / str(index)) for index, path in enumerate(paths)]
    for _, folder in jobs:
        folder.mkdir(parents=True)

    def ask(jobs: Sequence[tuple[Path, Path]]) -> list[Answer]:
        return _answers(target, jobs, options or {}, seconds=seconds, memory_bytes=memory_bytes)

    count = max(1, min(os.cpu_count() or 1, len(jobs) // WORTH_A_CHILD))
    answers: list[Answer] = [{}] * len(jobs)
    # A child dies with the thread that started it, so these threads live as long as their children.
    with ThreadPoolExecutor(count) as threads:
        parts = [jobs[first::count] for first in range(count)]
        for first, part in enumerate(threads.map(ask, parts)):
            answers[first::count] = part
    return [_open_or_refuse(answer, damaged=damaged) for answer in answers]


def output_size(path: Path) -> int:
    """The bytes of a file that a child left; 0 for a link: it may lead to what it cannot read."""
    return path.stat().st_size if path.is_file() and not path.is_symlink() else 0


@cache
def isolation_level() -> str:
    """How far a child is locked in here: "limits, no network, no other files" at best."""
    elsewhere = {"elsewhere": "/etc/passwd"}
    reach = run_decoder("skills.decode.child:look_around", CHILD, options=elsewhere)
    walls = ["limits", "" if reach["network"] else "no network"]
    walls.append("" if reach["files"] else "no other files")
    return ", ".join(wall for wall in walls if wall)


def _open_or_refuse(answer: Answer, *, damaged: str) -> Answer | UserError:
    """The result inside an answer, or its refusal."""
    try:
        return _open_answer(answer, damaged=damaged)
    except UserError as error:
        return error


def _open_answer(answer: Answer, *, damaged: str) -> Answer:
    """The result inside an answer; its refusal raised."""
    if isinstance(answer.get("setup"), str):
        raise SetupError(answer["setup"])
    if isinstance(answer.get("refused"), str):
        raise UserError(answer["refused"])
    result = answer.get("result")
    if not isinstance(result, dict):
        raise UserError(damaged) from DecoderFailed(str(answer.get("failed", "not an answer")))
    return result


def _answers(
    target: str,
    jobs: Sequence[tuple[Path, Path]],
    options: Mapping[str, object],
    *,
    seconds: float,
    memory_bytes: int,
    pace: Pace | None = None,
    heard: Heard | None = None,
) -> list[Answer]:
    """One answer a job; a child that dies costs the job it was at, and the next child goes on."""
    answers: list[Answer] = []
    while len(answers) < len(jobs):
        waiting = jobs[len(answers) :]
        most = seconds + (pace.most_seconds if pace else 0)
        request = {
            "target": target,
            "files": [[str(path.absolute()), str(folder.absolute())] for path, folder in waiting],
            "options": dict(options),
            "memory_bytes": memory_bytes,
            "cpu_seconds": int(most * len(waiting)) + 2,
            "parent": os.getpid(),
            "import_path": _import_path(),
        }
        # Each begins when the child comes to its file.
        deadlines = (Deadline(seconds, folder=folder, pace=pace) for _, folder in waiting)
        for answer in interview(request, deadlines, heard=heard):
            answers.append(answer)
            if "setup" in answer:
                return [answer] * len(jobs)
    return answers


def _import_path() -> list[str]:
    """Ours, without the folder we were started in: its files are not packages."""
    here = os.getcwd()
    return [str(ROOT), *(each for each in sys.path if os.path.isabs(each) and each != here)]
