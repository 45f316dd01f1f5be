"""Seccomp: a process on Linux gives up the system calls that no decoder needs, for good.

Above all sockets: Landlock governs neither UDP nor the socket files of a Redis on this machine, and
many containers allow no private network. Then new processes, and what would end or slow the
worker: signals, limits, priorities. It knows only the standard library. On a processor that it does
not know nothing happens; `child.py` has further walls.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

PR_SET_SECCOMP, MODE_FILTER = 22, 2
ALLOW, DENY, UNKNOWN = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT, SECOND_ARGUMENT_AT = 0, 4, 16, 24
OTHER_CALLS = 0x40000000  # on x86-64 a second set of numbers for the same calls begins here
CLONE_THREAD = 0x00010000
SIGNALS_FOR_OTHERS = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: whom a file kills
# By processor: its name for the kernel, the number of each denied call, and of those in question.
PROCESSORS = {
    "x86_64": (0xC000003E, {
        "socket": 41, "connect": 42, "bind": 49, "socketpair": 53, "fork": 57, "vfork": 58,
        "execve": 59, "kill": 62, "ptrace": 101, "setpgid": 109, "setsid": 112,
        "rt_sigqueueinfo": 129, "setpriority": 141, "sched_setparam": 142,
        "sched_setscheduler": 144, "tkill": 200, "sched_setaffinity": 203, "add_key": 248,
        "request_key": 249, "keyctl": 250, "ioprio_set": 251, "migrate_pages": 256,
        "unshare": 272, "move_pages": 279, "rt_tgsigqueueinfo": 297, "perf_event_open": 298,
        "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
        "sched_setattr": 314, "bpf": 321, "execveat": 322, "userfaultfd": 323,
        "pidfd_send_signal": 424, "io_uring_setup": 425, "pidfd_open": 434, "pidfd_getfd": 438,
        "process_madvise": 440,
    }, {"clone": 56, "fcntl": 72, "tgkill": 234, "prlimit64": 302, "clone3": 435}),
    "aarch64": (0xC00000B7, {
        "ioprio_set": 30, "unshare": 97, "ptrace": 117, "sched_setparam": 118,
        "sched_setscheduler": 119, "sched_setaffinity": 122, "kill": 129, "tkill": 130,
        "rt_sigqueueinfo": 138, "setpriority": 140, "setpgid": 154, "setsid": 157,
        "socket": 198, "socketpair": 199, "bind": 200, "connect": 203, "add_key": 217,
        "request_key": 218, "keyctl": 219, "execve": 221, "migrate_pages": 238,
        "move_pages": 239, "rt_tgsigqueueinfo": 240, "perf_event_open": 241, "setns": 268,
        "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272, "sched_setattr": 274,
        "bpf": 280, "execveat": 281, "userfaultfd": 282, "pidfd_send_signal": 424,
        "io_uring_setup": 425, "pidfd_open": 434, "pidfd_getfd": 438, "process_madvise": 440,
    }, {"clone": 220, "fcntl": 25, "tgkill": 131, "prlimit64": 261, "clone3": 435}),
}  # fmt: skip
Rule = tuple[int, int, int, int]  # what to do, rules to skip when true and when not, a number


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def give_up_calls() -> bool:
    """Deny the calls above to this process and all that it starts; whether the system could.

    Needs "no new privileges" to be set before.
    """
    known = PROCESSORS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    code = ctypes.create_string_buffer(_code(*known, pid=os.getpid()))
    program = _Program(length=(len(code) - 1) // 8, filter=ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _code(architecture: int, denied: dict[str, int], asked: dict[str, int], *, pid: int) -> bytes:
    """The filter: other processors' calls and the denied ones fail, all others are allowed.

    Some depend on what they are asked: aborting is a signal to oneself, a thread is begun like a
    process, and one's own limits may be read. `clone3` hides what it is asked, so it seems not to
    exist, and the C library uses `clone`.
    """
    rules: list[Rule] = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, DENY),
        (LOAD, 0, 0, NUMBER_AT),
        (AT_LEAST, 0, 1, OTHER_CALLS),
        (RETURN, 0, 0, DENY),
    ]
    for number in denied.values():
        rules += [(EQUAL, 0, 1, number), (RETURN, 0, 0, DENY)]
    rules += [(EQUAL, 0, 1, asked["clone3"]), (RETURN, 0, 0, UNKNOWN)]
    rules += _only_when(asked["tgkill"], (EQUAL, pid))
    rules += _only_when(asked["prlimit64"], (EQUAL, 0))
    rules += _only_when(asked["clone"], (ANY_BIT, CLONE_THREAD))
    rules += _never_with(asked["fcntl"], SIGNALS_FOR_OTHERS)
    rules += [(RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("=HBBI", *rule) for rule in rules)


def _only_when(call: int, first_argument: tuple[int, int]) -> list[Rule]:
    """This call is allowed when its first argument passes the test."""
    test, value = first_argument
    return [
        (EQUAL, 0, 4, call),
        (LOAD, 0, 0, FIRST_ARGUMENT_AT),
        (test, 0, 1, value),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, DENY),
    ]


def _never_with(call: int, second_arguments: tuple[int, ...]) -> list[Rule]:
    """This call is denied when its second argument is one of these."""
    count = len(second_arguments)
    return [
        (EQUAL, 0, count + 3, call),
        (LOAD, 0, 0, SECOND_ARGUMENT_AT),
        *((EQUAL, count - place, 0, value) for place, value in enumerate(second_arguments)),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, DENY),
    ]
