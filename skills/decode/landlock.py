"""Landlock: a process on Linux gives up every file it does not need, without extra rights.

It knows only the standard library. On a kernel without Landlock nothing happens; `child.py` has
further walls.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every processor
GET_VERSION, PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
TRUNCATE, IOCTL_DEVICE = 1 << 14, 1 << 15
FOR_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE
READ = READ_FILE | READ_DIR
# What each version of Landlock governs: actions on files, TCP, signals and sockets outside.
FILE_ACTIONS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
TCP_BIND_AND_CONNECT = 0b11
SOCKETS_AND_SIGNALS = 0b11


def confine(*, readable: Iterable[Path], writable: Iterable[Path]) -> bool:
    """Leave this process only these files and folders; whether the system could do it.

    Nothing can be executed any more, and where the kernel can, no TCP and no signal leaves.
    Needs "no new privileges" to be set before.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(CREATE_RULESET, None, 0, GET_VERSION)
    if version < 1:
        return False
    every_action = (1 << FILE_ACTIONS[min(version, 5)]) - 1
    words = [every_action]
    words += [TCP_BIND_AND_CONNECT] if version >= 4 else []
    words += [SOCKETS_AND_SIGNALS] if version >= 6 else []
    attributes = struct.pack(f"={len(words)}Q", *words)
    ruleset = libc.syscall(CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    for path in readable:
        _allow(libc, ruleset, path, READ)
    for path in writable:
        _allow(libc, ruleset, path, every_action & ~EXECUTE)
    confined = bool(libc.syscall(RESTRICT_SELF, ruleset, 0) == 0)
    os.close(ruleset)
    return confined


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, actions: int) -> None:
    """Allow `actions` on a file, or on all that is below a folder; skips what does not exist."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not stat.S_ISDIR(os.fstat(place).st_mode):
        actions &= FOR_FILES
    rule = struct.pack("=Qi", actions, place)
    libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule, 0)
    os.close(place)
