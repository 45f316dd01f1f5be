"""What is found in Redis when a person or a workspace wants to be forgotten."""

from __future__ import annotations

from redis import Redis

from core.scripts import PREFIX, text

ROW = f"{PREFIX}job:"


def owners(redis: Redis) -> list[tuple[str, str]]:
    """The id of every job with whose it is."""
    rows = [text(row) for row in redis.scan_iter(f"{ROW}*", count=1000)]
    with redis.pipeline(transaction=False) as pipe:
        for row in rows:
            pipe.hget(row, "person")
        found = [text(owner or b"") for owner in pipe.execute()]
    return [(row.removeprefix(ROW), owner) for row, owner in zip(rows, found, strict=True)]


def erase_counts(redis: Redis, team: str) -> None:
    """The counts against the limits of a team and of everyone in it."""
    _delete(redis, f"{PREFIX}spent:*:{team}", f"{PREFIX}spent:*:{team}.*")


def erase_answers(redis: Redis, team: str) -> None:
    """The answers that are kept for who asks the same: they do not say who asked first."""
    _delete(redis, f"{PREFIX}answer:{team}:*")


def _delete(redis: Redis, *patterns: str) -> None:
    for pattern in patterns:
        for name in redis.scan_iter(pattern, count=1000):
            redis.delete(name)
