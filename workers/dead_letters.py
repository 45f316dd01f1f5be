"""`python -m workers.dead_letters`: the jobs that failed in the last day, and another try for them.

`replay ID` queues one again (the first characters of its id are enough: people are told eight),
`replay all` every one. What was typed is forgotten when its job fails, and so is the way to a
person who asked alone: only jobs about a file, a message or a thread can be done again, and of
these none with options. One that was to be redacted would not be, the second time.
"""

from __future__ import annotations

import argparse
import sys

from core.broker import create_celery, send_wake_up
from core.cipher import create_cipher
from core.errors import ReadymadeError
from core.job import Job, Surface
from core.ledger import Ledger
from core.redis_server import connect, redis_url
from core.settings import load_settings


def main(arguments: list[str]) -> int:
    """List or replay; 1 when a job that was named cannot be done again."""
    parser = argparse.ArgumentParser(prog="python -m workers.dead_letters", description=__doc__)
    parser.add_argument("verb", nargs="?", choices=("list", "replay"), default="list")
    parser.add_argument("id", nargs="?", default="all")
    options = parser.parse_args(arguments)
    settings = load_settings()
    url = redis_url(settings)
    ledger = Ledger(redis=connect(url), cipher=create_cipher(settings))
    jobs = [job for job in ledger.dead() if options.id == "all" or job.id.startswith(options.id)]
    if options.verb == "list" or not jobs:
        print("\n".join(map(describe, jobs)) or "No job has failed in the last day.")
        return int(options.verb == "replay")
    replayed = [job for job in jobs if again(job) and ledger.replay(job)]
    for queue in {job.queue for job in replayed}:
        send_wake_up(create_celery(url), queue)
    print(f"{len(replayed)} of {len(jobs)} queued again.")
    return int(len(replayed) < len(jobs))


def describe(job: Job) -> str:
    """One line: number, skill, who and where; never what."""
    return f"{job.id[:8]}  {job.skill:12}  {_kind(job):18}  user {job.user} in {job.channel}"


def again(job: Job) -> bool:
    """Whether what was asked is still known, and who is to be answered."""
    return _given(job) and not job.with_options and job.surface is not Surface.PRIVATE


def _given(job: Job) -> bool:
    """Whether the input can still be had."""
    return bool(job.file or job.source_message or job.source_thread)


def _kind(job: Job) -> str:
    if not _given(job):
        return "text (forgotten)"
    what = "file" if job.file else "message or thread"
    return what if again(job) else f"{what}, with words that are forgotten"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ReadymadeError as error:
        sys.exit(f"Readymade: {error}")
