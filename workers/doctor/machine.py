"""Checks of this machine: packages, folder, device, models, and how files are opened."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from core.cipher import create_cipher, has_key
from core.settings import Settings, make_data_dir
from skills.catalog import catalog
from skills.decode.audio import RATE, open_recording
from skills.decode.sandbox import isolation_level
from skills.models.device import describe_device, resolve_device
from skills.models.lock import choose, locate, read_lock
from workers.doctor.finding import Finding, note, ok, wrong

GIB = 1024**3
LITTLE, TOO_LITTLE = 5 * GIB, GIB // 4  # bytes of disk
PYTHON = ".".join(map(str, sys.version_info[:3]))
_PINNED = re.compile(r"([\w.-]+)(?:\[\w+\])?==([\w.]+)$")


def packages(_: Settings) -> Finding:
    """Each package is there, in the version that the tests ran with."""
    pins = [
        found.groups() for each in requires("readymade") or () if (found := _PINNED.match(each))
    ]
    missing, other = [], []
    for name, wanted in pins:
        try:
            if version(name).split("+")[0] != wanted:  # "2.13.0+cpu"
                other.append(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return wrong(f"Packages are missing ({', '.join(missing)}): run `make setup`.")
    if other:
        return note(f"Not the versions that were tested: {', '.join(other)}; `make setup` helps.")
    return ok(f"Python {PYTHON}, {len(pins)} packages")


def folder(settings: Settings) -> Finding:
    """DATA_DIR can be written and has room; it is not made here."""
    if not settings.data_dir.exists():
        return _not_yet(settings.data_dir)
    make_data_dir(settings)
    free = shutil.disk_usage(settings.data_dir).free
    room = f"{settings.data_dir}: {free / GIB:.1f} GiB free"
    if free < TOO_LITTLE:
        return wrong(f"{room}, which is too little: free some, or set DATA_DIR to a larger disk.")
    if free < LITTLE:
        return note(f"{room}; recordings of 90 minutes need a few while they are worked on.")
    return ok(room)


def _not_yet(folder: Path) -> Finding:
    """What the first start will do."""
    above = next(each for each in folder.absolute().parents if each.exists())
    if not os.access(above, os.W_OK):
        return wrong(
            f"DATA_DIR is {folder}, which cannot be made: name another folder, or give this user "
            "the right to write there."
        )
    return note(f"{folder} is made at the first start.")


def content_key(settings: Settings) -> Finding:
    """The key that encrypts texts can be read; none is made here."""
    if not has_key(settings):
        return note("None yet: it is made in DATA_DIR at the first start.")
    create_cipher(settings)
    if settings.content_key.get_secret_value():
        return ok("set")
    return ok("made in DATA_DIR; workers on other machines need the same as CONTENT_KEY")


def policy(settings: Settings) -> Finding:
    """The bot can read it and the skills; the bot looks itself, and we do not import it."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "--check"], capture_output=True, text=True, check=False
    )
    said = ended.stderr.strip().rpartition("Readymade: ")
    if ended.returncode:
        return wrong(said[2] if said[1] else "The bot cannot start: run `python -m bot`.")
    return ok(str(settings.policy or "none: everybody may use every skill"))


def device(settings: Settings) -> Finding:
    """What models run on, and its memory."""
    facts = describe_device(resolve_device(settings.device))
    total, used = facts["memory_total"], facts["memory_used"]
    said = f"{facts['device']} ({facts['name']}), {(total - used) / GIB:.1f} GiB of memory free"
    if total and total - used < 2 * GIB:
        return note(f"{said}: the models need about two.")
    return ok(said)


def models(settings: Settings) -> Finding:
    """Every bundled file has its checksum; what MODELS names besides is only listed."""
    artefacts = [key for key, entry in read_lock().items() if "file" in entry]
    for key in artefacts:
        locate(key)
    chosen = {name: choose(name, models=settings.models) for name in catalog() if _has_model(name)}
    hub = ", ".join(sorted(name for name, choice in chosen.items() if choice.profile == "hub"))
    said = f"{len(artefacts)} bundled, every checksum as in lock.toml"
    return ok(f"{said}; seen only when a worker loads them: those for {hub}" if hub else said)


def _has_model(name: str) -> bool:
    return "hub" in read_lock().get(name, {})


def files(_: Settings) -> Finding:
    """A recording is opened where uploads are: in the child process, by the ffmpeg of PyAV."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "silence.wav"
        path.write_bytes(_wav(b"\0" * RATE))
        with open_recording(path, scratch=Path(scratch)) as recording:
            samples = recording.length()
    walls = isolation_level()
    if "no network" not in walls or "no other files" not in walls:
        return note(
            f"Files are opened behind fewer walls here ({walls}): see docs/untrusted-files.md."
        )
    return ok(f"opened in a child process ({walls}); {samples} samples through ffmpeg")


def _wav(samples: bytes) -> bytes:
    """16-bit mono sound with a header."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    body = form + struct.pack("<4sI", b"data", len(samples)) + samples
    return struct.pack("<4sI4s", b"RIFF", 4 + len(body), b"WAVE") + body
