"""Decoders that misbehave, for test_sandbox.py: each runs in a sandboxed child, never in a test."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import resource
import socket
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from core.errors import UserError

Options = dict[str, Any]
CALLS = {
    "rt_tgsigqueueinfo": {"x86_64": 297, "aarch64": 240},
    "vfork": {"x86_64": 58},
    "clone3": {"x86_64": 435, "aarch64": 435},
}


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
    worker = os.getppid()
    tries: dict[str, Callable[[], object]] = {
        "tcp": lambda: socket.create_connection(("127.0.0.1", options["port"]), timeout=1),
        "udp": lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"?", ("127.0.0.1", 9)),
        "socket file": lambda: socket.socket(socket.AF_UNIX).connect(options["socket"]),
        "password file": lambda: Path("/etc/passwd").read_text(),
        "host name": lambda: Path("/etc/hostname").read_text(),
        "memory of the worker": lambda: os.open(f"/proc/{worker}/mem", os.O_RDONLY),
        "signal to the worker": lambda: os.kill(worker, 0),
        "queued signal to the worker": lambda: _call("rt_tgsigqueueinfo", worker, worker, 0, 0),
        "alarm to the worker": lambda: fcntl.fcntl(_pipe(), fcntl.F_SETOWN, worker),
        "limit on the worker": lambda: resource.prlimit(worker, resource.RLIMIT_CORE),
        "priority of the worker": lambda: os.setpriority(os.PRIO_PROCESS, worker, 19),
        "processors of the worker": lambda: os.sched_setaffinity(worker, {0}),
        "handle on the worker": lambda: os.pidfd_open(worker),
        "group of its own": lambda: os.setpgid(0, 0),
        "pair of sockets": socket.socketpair,
        "program": lambda: os.execv("/bin/true", ["/bin/true"]),
        "process": _fork,
        "process by vfork": lambda: _call("vfork"),
        "process by clone3": lambda: _call("clone3", 0, 0),
    }
    return {name: _works(attempt) for name, attempt in tries.items()}


def _call(name: str, *arguments: int) -> None:
    """A system call by its name; raises OSError where the filter denies it."""
    number = CALLS[name].get(platform.machine())
    if number is None:
        raise OSError(errno.ENOSYS, "not on this processor")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *arguments) < 0 and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS):
        raise OSError(ctypes.get_errno(), name)


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _pipe() -> int:
    return os.pipe()[0]


def stay_at_work(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    """What stays allowed: threads, and looking at one's own limits."""
    thread = threading.Thread(target=(out_dir / "thread").touch)
    thread.start()
    thread.join()
    return {"thread": (out_dir / "thread").exists(), "limit": resource.getrlimit(4)[0]}


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


def list_modules(path: Path, out_dir: Path, options: Options) -> dict[str, Any]:
    """What a decoder of pictures has imported before it opens one."""
    import skills.decode.images  # noqa: F401  # what every decoder of ours imports

    return {"modules": sorted(sys.modules)}
