"""The device that models run on: what DEVICE means here, and what is known about it."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from core.errors import SetupError

MEMORY_FACTS = Path("/proc/meminfo")
PROCESSOR_FACTS = Path("/proc/cpuinfo")
# What CTranslate2 asks of a processor before it uses 512 bits, and the sign of those generations
# (Ice Lake, Zen 4 and later) that do not slow down for them.
WIDE = {"avx512f", "avx512cd", "avx512vl", "avx512dq", "avx512bw", "avx512_vnni"}
# What a driver for GPUs leaves in /dev: NVIDIA's own, the one of WSL, and AMD's.
GPU_FILES = (Path("/dev/nvidiactl"), Path("/dev/dxg"), Path("/dev/kfd"))


def prepare_libraries(
    environment: MutableMapping[str, str] = os.environ, *, facts: Path = PROCESSOR_FACTS
) -> None:
    """Have numpy and CTranslate2 use this processor well; only before either computes anything.

    numpy computes with one thread: further ones spin while they wait for work, which took a third
    of a core from the models (they have threads of their own). CTranslate2 uses vectors of 512 bits
    where the processor has good ones: by itself it stops at 256 (decision 17). What the
    environment says already stays.
    """
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")
    if _has_wide_vectors(facts):
        environment.setdefault("CT2_FORCE_CPU_ISA", "AVX512")


def _has_wide_vectors(facts: Path) -> bool:
    """Linux on x86 says so; elsewhere nobody knows."""
    if not facts.is_file():
        return False
    flags = re.search(r"^flags\s*:(.*)$", facts.read_text(), re.MULTILINE)
    return flags is not None and set(flags[1].split()) >= WIDE


def resolve_device(setting: str) -> str:
    """ "cpu", "cuda" or "cuda:1" for the DEVICE setting; `auto` takes CUDA where there is one.

    Raises SetupError when the setting names a device that this machine does not have.
    """
    wanted = setting.strip().lower()
    if wanted == "cpu":
        return "cpu"
    kind, _, number = wanted.partition(":")
    if kind not in ("auto", "cuda") or (number and not number.isdecimal()):
        raise SetupError(f"DEVICE is “{setting}”: write auto, cpu, cuda or cuda:0.")
    count = count_gpus()
    if kind == "auto":
        return "cuda" if count else "cpu"
    if int(number or 0) >= count:
        have = (
            "none" if count == 0 else "only " + ", ".join(f"cuda:{each}" for each in range(count))
        )
        raise SetupError(f"DEVICE is “{setting}”, but this machine has {have}: write auto or cpu.")
    return wanted


def count_gpus() -> int:
    """How many CUDA devices there are; asks torch (two seconds of import) only where one can be."""
    if sys.platform == "linux" and not any(path.exists() for path in GPU_FILES):
        return 0
    import torch

    return torch.cuda.device_count() if torch.cuda.is_available() else 0


def describe_device(device: str) -> dict[str, Any]:
    """`device`, `name`, `memory_total` and `memory_used` in bytes, of the GPU or the machine."""
    if device == "cpu":
        total, free = _machine_memory()
        name = f"{platform.machine()} CPU, {os.cpu_count()} cores"
    else:
        import torch

        free, total = torch.cuda.mem_get_info(device)
        name = torch.cuda.get_device_name(device)
    return {"device": device, "name": name, "memory_total": total, "memory_used": total - free}


def _machine_memory() -> tuple[int, int]:
    """Total and available bytes; zeros where the system has no /proc."""
    if not MEMORY_FACTS.is_file():
        return 0, 0
    lines = (line.split() for line in MEMORY_FACTS.read_text().splitlines())
    facts = {line[0].rstrip(":"): int(line[1]) * 1024 for line in lines if len(line) > 1}
    return facts.get("MemTotal", 0), facts.get("MemAvailable", 0)
