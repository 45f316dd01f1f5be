"""The child process that opens untrusted files: it gives up its rights, then calls one decoder.

Started as a script by `interview.py`. The request is one JSON object on standard input; each file's
answer is one line of JSON on what was standard output. It knows only the standard library, because
every import is paid for again with every child.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38
BEHIND = 10  # the models, for which others wait, go before
MAX_OUTPUT_BYTES = 4 * 1024**3
MAX_OPEN_FILES = 256
ROOT = Path(__file__).parents[2]
# Libraries, fonts and time zones; what Python's `mimetypes` and OpenSSL look up when imported; what
# the number libraries ask about the processor.
SYSTEM = tuple(
    Path(each)
    for each in (
        "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts",
        "/etc/mime.types", "/etc/httpd/mime.types", "/etc/httpd/conf/mime.types",
        "/etc/apache/mime.types", "/etc/apache2/mime.types",
        "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf", "/etc/crypto-policies",
        "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu",
    )
)  # fmt: skip
DEVICES = tuple(Path(each) for each in ("/dev/null", "/dev/zero", "/dev/urandom"))
LIBRARY_BYTES = 3 * 1024**3  # mapped code and reserved, unwritten address space: not memory in use


def main() -> None:
    """Read the request, shut every door, answer file by file."""
    request = json.load(sys.stdin.buffer)
    answers = _take_standard_streams()
    _set_limits(memory_bytes=request["memory_bytes"], cpu_seconds=request["cpu_seconds"])
    _go_behind()
    _leave_the_world(parent=request["parent"])
    sys.path[:] = request["import_path"]
    from skills.decode.seccomp import give_up_calls  # importable only now

    try:
        decode = find_decoder(request["target"])
        _keep_only(request["files"])
        give_up_calls()
    except ImportError as error:
        missing = f"A package is missing ({error.name}): run `make setup`."
        _answer(answers, json.dumps({"setup": missing}))
        return
    for path, out_dir in request["files"]:
        os.chdir(out_dir)
        for line in _attempt(decode, Path(path), Path(out_dir), request["options"]):
            _answer(answers, line)


def find_decoder(target: str) -> Callable[..., Any]:
    """The function that "package.module:name" names."""
    module, _, name = target.partition(":")
    decode: Callable[..., Any] = getattr(import_module(module), name)
    return decode


def look_around(path: Path, out_dir: Path, options: dict[str, Any]) -> dict[str, Any]:
    """A decoder that only tells what a child can reach: a network, a file of no use."""
    return {"network": _has_network(), "files": _can_open(options["elsewhere"])}


def _has_network() -> bool:
    try:
        return any(name != "lo" for _, name in socket.if_nameindex())
    except OSError:  # not even a socket to ask with
        return False


def _can_open(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True


def _attempt(
    decode: Callable[..., Any], path: Path, out_dir: Path, options: dict[str, Any]
) -> Iterator[str]:
    """One file's answer; an exception crosses as its class's name: its text may quote the file.

    A decoder that yields has each of its results sent at once, and the end said.
    """
    from core.errors import SetupError, UserError  # importable only once the request was read

    try:
        result = decode(path, out_dir, dict(options))
        if isinstance(result, Iterator):
            for part in result:
                yield _line({"result": part, "more": True})
            yield _line({"end": True})
        else:
            yield _line({"result": result})
    except UserError as error:
        yield _line({"refused": str(error)})
    except SetupError as error:
        yield _line({"setup": str(error)})
    except Exception as error:
        yield _line({"failed": type(error).__name__})


def _line(answer: dict[str, Any]) -> str:
    """Letters as they are: escaped, each would take six bytes."""
    return json.dumps(answer, ensure_ascii=False)


def _answer(answers: int, line: str) -> None:
    """One line to the parent."""
    with os.fdopen(os.dup(answers), "wb") as pipe:
        pipe.write(line.encode("utf-8", "surrogatepass") + b"\n")


def _take_standard_streams() -> int:
    """The pipe to the parent; what a decoder prints or reads goes to and comes from nowhere."""
    answers = os.dup(sys.stdout.fileno())
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return answers


def _set_limits(*, memory_bytes: int, cpu_seconds: int) -> None:
    """Bound memory, processor time, files; a limit that is already tighter stays."""
    limits = {
        resource.RLIMIT_DATA: memory_bytes,
        resource.RLIMIT_AS: memory_bytes + LIBRARY_BYTES,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: MAX_OUTPUT_BYTES,
        resource.RLIMIT_NOFILE: MAX_OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for which, wanted in limits.items():
        _, hard = resource.getrlimit(which)
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(which, (value, value))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a full file is then an OSError


def _keep_only(files: list[list[str]]) -> None:
    """Leave this process Python, its packages, our code, the files to open and their folders.

    Not our folder as a whole, nor one above it: a `.env` and the queue's key may lie in it.
    """
    from skills.decode.landlock import confine

    folders = [Path(each) for each in sys.path]
    packages = [each for each in folders if each.name.endswith("-packages") or not _holds(each)]
    confine(
        readable=[*SYSTEM, Path(sys.base_prefix), *packages, ROOT / "skills", ROOT / "core"]
        + [Path(path) for path, _ in files],
        writable=[*DEVICES, *(Path(folder) for _, folder in files)],
    )


def _holds(folder: Path) -> bool:
    """Whether our folder is this one or in it."""
    return folder == ROOT or folder in ROOT.parents


def _go_behind() -> None:
    """Linux shares processors among sessions before it looks at priorities, and this is one."""
    os.nice(BEHIND)
    with suppress(OSError):  # no autogroups, or not Linux
        Path("/proc/self/autogroup").write_text(str(BEHIND))


def _leave_the_world(*, parent: int) -> None:
    """Die with the parent, gain no rights, see no network, where Linux lets us."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        sys.exit(1)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWNET)  # a container's root may have this right and not the other


if __name__ == "__main__":
    main()
