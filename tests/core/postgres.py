"""A PostgreSQL server of its own on a Unix socket, where the machine has the programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "nobody" if os.getuid() == 0 else None  # the server refuses to run as root


def programs() -> Path | None:
    """The folder of initdb and postgres, the newest version's; None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """The URL of an empty server that ends with the block."""
    folder = Path(tempfile.mkdtemp())
    if USER:
        shutil.chown(folder, USER)
    made = [str(programs / "initdb"), "-D", f"{folder}/data", "-U", "readymade", "-A", "trust"]
    subprocess.run([*made, "--no-sync"], user=USER, cwd=folder, check=True, capture_output=True)
    control = [str(programs / "pg_ctl"), "-D", f"{folder}/data", "-w"]
    options = f"-c listen_addresses= -c fsync=off -k {folder}"
    start = [*control, "-l", f"{folder}/log", "-o", options, "start"]
    subprocess.run(start, user=USER, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    try:
        yield f"postgresql+psycopg://readymade@/postgres?host={folder}"
    finally:
        stop = [*control, "-m", "immediate", "stop"]
        subprocess.run(stop, user=USER, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder)
