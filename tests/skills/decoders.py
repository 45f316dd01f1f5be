"""Decoders that misbehave, for test_sandbox.py: each runs in a sandboxed child, never in a test."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from core.errors import UserError

Options = dict[str, Any]


def count_bytes(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    content = path.read_bytes()
    (out_dir / "copy").write_bytes(content)
    return {"bytes": len(content), "options": options, "folder": os.getcwd()}


def leave_a_link(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    (out_dir / "link").symlink_to(options["to"])
    return {}


def refuse(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    raise UserError("This is empty: send another.")


def stumble(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    raise ValueError("a secret from inside the file")


def hang(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    while True:
        time.sleep(1)


def get_on_slowly(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    """A little is written at each step, and nothing after the last."""
    for step in range(options["steps"]):
        with (out_dir / "sound").open("ab") as file:
            file.write(bytes(options["bytes"]))
        time.sleep(options["pause"])
        if step + 1 == options["stalls_after"]:
            hang(path, out_dir, options)
    return {"steps": options["steps"]}


def hang_in_a_grandchild(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    grandchild = os.fork()
    if grandchild:
        (out_dir / "pid").write_text(str(grandchild))
    return hang(path, out_dir, options)


def eat_memory(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    return {"bytes": len(bytearray(options["bytes"]))}


def crash(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    return {"text": str(ctypes.string_at(0))}


def crash_when_told(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    if "crash" in path.name:
        ctypes.string_at(0)
    return {"name": path.name}


def babble(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    print("{]" * 1000, flush=True)
    os.write(2, b"garbage")
    return {"read": sys.stdin.read()}


def lie(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    for descriptor in range(3, 256):  # whichever of them is the pipe to the parent
        try:
            os.write(descriptor, b"{] not json\n")
        except OSError:
            continue
    return {}


def return_an_object(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    return {"object": object()}


def say_too_much(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    return {"text": "x" * (65 * 1024**2)}


def call_out(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    with socket.create_connection(("127.0.0.1", options["port"]), timeout=1):
        return {"connected": True}


def reach_out(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    """What of the world outside answers; True where it is reached."""
    tries: dict[str, Callable[[], object]] = {
        "tcp": lambda: socket.create_connection(("127.0.0.1", options["port"]), timeout=1),
        "udp": lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"?", ("127.0.0.1", 9)),
        "socket file": lambda: socket.socket(socket.AF_UNIX).connect(options["socket"]),
        "password file": lambda: Path("/etc/passwd").read_text(),
        "host name": lambda: Path("/etc/hostname").read_text(),
        "memory of the worker": lambda: os.open(f"/proc/{os.getppid()}/mem", os.O_RDONLY),
        "signal to the worker": lambda: os.kill(os.getppid(), 0),
        "program": lambda: os.execv("/bin/true", ["/bin/true"]),
    }
    return {name: _works(attempt) for name, attempt in tries.items()}


def _works(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def abort(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    os.abort()


def read_another_file(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    return {"text": Path(options["path"]).read_text()}


def import_late(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    module = import_module(options["module"])
    if options["module"] == "mimetypes":
        mimetypes: Any = module
        mimetypes.init()
    return {"module": module.__name__}


def write_elsewhere(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    Path(options["path"]).write_text("was here")
    return {}


def look_around(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    return {
        "environment": dict(os.environ),
        "descriptors": [int(each) for each in os.listdir("/proc/self/fd")],
    }
