"""Checks of Redis: reached, durable, holding nothing back; and whether all machines share a key."""

from __future__ import annotations

import json
from typing import Any

from redis import Redis

from core.cipher import create_cipher, has_key
from core.errors import SetupError
from core.redis_address import read_address
from core.redis_server import connect, embedded_runs, is_there, redis_url
from core.roster import Roster
from core.scripts import PREFIX, Scripts
from core.settings import Settings
from workers.doctor.finding import Finding, note, ok, wrong

HOUR = 3600
SEALED = f"{PREFIX}doctor"


def server(settings: Settings) -> Finding:
    """Redis answers, keeps what it is told, and throws nothing away when it is full."""
    if not _is_up(settings):
        return note("Embedded, not running: it starts with the bot.")
    facts: Any = _client(settings).info()
    said = f"Redis {facts['redis_version']}, {_where(settings)}"
    if not facts.get("aof_enabled"):
        return note(f"{said}: it forgets what waits when it ends; set `appendonly yes`.")
    policy = facts.get("maxmemory_policy")
    if policy is None:
        return note(f"{said}: it does not say whether it throws jobs away when full.")
    if policy != "noeviction":
        return note(f"{said}: it throws jobs away when full; set `maxmemory-policy noeviction`.")
    return ok(f"{said}, append-only file")


def shared_key(settings: Settings) -> Finding:
    """The doctor of another machine sealed a word in the last hour: this key opens it."""
    if not _is_up(settings) or not has_key(settings):
        return note("Not known before the first start.")
    cipher, redis = create_cipher(settings), _client(settings)
    redis.set(SEALED, cipher.seal(b"readymade"), nx=True, ex=HOUR)
    sealed: Any = redis.get(SEALED)
    try:
        cipher.open(sealed)
    except SetupError:
        return wrong(
            "The doctor on another machine, or before a change, had another key: set the same "
            "CONTENT_KEY everywhere (it asks again in an hour)."
        )
    return ok("the same wherever the doctor ran in the last hour")


def workers(settings: Settings) -> Finding:
    """Somebody is there to answer."""
    if not _is_up(settings):
        return note("Not known while the embedded Redis does not run.")
    roster = Roster(Scripts(_client(settings)))
    hosts = [json.loads(state).get("host", "?") for state in roster.workers()]
    waiting = sum(roster.waiting().values())
    if not hosts:
        return note(f"None is running, {waiting} jobs wait: start `celery -A workers.main worker`.")
    return ok(f"{len(hosts)} running on {', '.join(sorted(set(hosts)))}; {waiting} jobs wait")


def _is_up(settings: Settings) -> bool:
    """Whether there is a Redis to ask; an embedded one is not started for it."""
    return bool(settings.redis_url.get_secret_value()) or embedded_runs(settings.data_dir)


def _client(settings: Settings) -> Redis:
    """Raises SetupError when Redis does not answer."""
    redis = connect(redis_url(settings), timeout=5)
    if not is_there(redis):
        raise SetupError("Redis does not answer: start it, or correct REDIS_URL.")
    return redis


def _where(settings: Settings) -> str:
    url = settings.redis_url.get_secret_value()
    if not url:
        return "embedded"
    address = read_address(url)
    return {"unix": "a socket of this machine", "redis": "not encrypted", "rediss": "TLS"}.get(
        address.scheme, f"the primary {address.primary} of Sentinel"
    )
