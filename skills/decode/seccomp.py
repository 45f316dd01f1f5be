"""Seccomp: a process on Linux gives up the system calls that no decoder needs, for good.

Above all sockets: Landlock governs neither UDP nor the socket files of a Redis on this machine, and
many containers allow no private network. It knows only the standard library. On a processor that
it does not know nothing happens; `child.py` has further walls.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

PR_SET_SECCOMP, MODE_FILTER = 22, 2
ALLOW, DENY = 0x7FFF0000, 0x00050000 | errno.EPERM
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT = 0, 4, 16
OTHER_CALLS = 0x40000000  # on x86-64 a second set of numbers for the same calls begins here
# By processor: its name for the kernel, then the number of each call.
PROCESSORS = {
    "x86_64": (0xC000003E, {
        "socket": 41, "connect": 42, "bind": 49, "execve": 59, "kill": 62, "ptrace": 101,
        "rt_sigqueueinfo": 129, "tkill": 200, "keyctl": 250, "unshare": 272,
        "perf_event_open": 298, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311,
        "bpf": 321, "execveat": 322, "userfaultfd": 323, "pidfd_send_signal": 424,
        "io_uring_setup": 425,
    }, 234),
    "aarch64": (0xC00000B7, {
        "socket": 198, "connect": 203, "bind": 200, "execve": 221, "kill": 129, "ptrace": 117,
        "rt_sigqueueinfo": 138, "tkill": 130, "keyctl": 219, "unshare": 97,
        "perf_event_open": 241, "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271,
        "bpf": 280, "execveat": 281, "userfaultfd": 282, "pidfd_send_signal": 424,
        "io_uring_setup": 425,
    }, 131),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def give_up_calls() -> bool:
    """Deny the calls above to this process and all that it starts; whether the system could.

    Needs "no new privileges" to be set before.
    """
    known = PROCESSORS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, denied, tgkill = known
    code = ctypes.create_string_buffer(
        _rules(architecture, sorted(denied.values()), tgkill=tgkill, pid=os.getpid())
    )
    program = _Program(length=(len(code) - 1) // 8, filter=ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _rules(architecture: int, denied: list[int], *, tgkill: int, pid: int) -> bytes:
    """The filter: other processors' calls and the denied ones fail, all others are allowed.

    `tgkill` is how a process aborts, so it stays for signals to itself.
    """
    rules = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, DENY),
        (LOAD, 0, 0, NUMBER_AT),
    ]
    # Each jump is counted in rules between here and the last RETURN but one.
    rules += [(AT_LEAST, len(denied) + 3, 0, OTHER_CALLS)]
    rules += [(EQUAL, len(denied) + 2 - place, 0, call) for place, call in enumerate(denied)]
    rules += [
        (EQUAL, 0, 3, tgkill),
        (LOAD, 0, 0, FIRST_ARGUMENT_AT),
        (EQUAL, 1, 0, pid),
        (RETURN, 0, 0, DENY),
        (RETURN, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *rule) for rule in rules)
