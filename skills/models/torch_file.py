"""Tensors out of a `.pth` file of the older format, without torch: importing it takes seconds.

A `.pth` is a pickle, and a pickle can call any function. This reader knows three harmless ones and
refuses every other name, which is what torch's own `weights_only=True` does.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import SetupError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAGIC = 0x1950A86A20F9469CFC6C
NUMBERS = {"FloatStorage": "<f4", "HalfStorage": "<f2", "LongStorage": "<i8"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tensor:
    """A tensor that waits for its numbers, which follow the pickle."""

    storage: str
    numbers: str
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class _Reader(pickle.Unpickler):
    """Unpickles descriptions of tensors, and nothing else; `kinds` are the numbers they hold."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        self.kinds: dict[str, str] = {}

    def find_class(self, module: str, name: str) -> Any:
        known: dict[tuple[str, str], Callable[..., Any]] = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): _describe,
        }
        if module == "torch" and name in NUMBERS:
            return NUMBERS[name]
        if (module, name) not in known:
            raise SetupError(f"The model file wants to call {module}.{name}: it is not used.")
        return known[module, name]

    def persistent_load(self, pid: Any) -> tuple[str, str]:
        _, numbers, key, *_ = pid
        self.kinds[str(key)] = str(numbers)
        return str(key), str(numbers)


def _describe(
    storage: tuple[str, str], offset: int, shape: Any, strides: Any, *_: object
) -> _Tensor:
    key, numbers = storage
    return _Tensor(
        storage=key, numbers=numbers, offset=offset, shape=tuple(shape), strides=tuple(strides)
    )


def read_tensors(path: Path, *, within: str = "") -> dict[str, NDArray[Any]]:
    """Every tensor of a state dictionary by its name, or of the one `within` a checkpoint.

    Raises SetupError when the file is of another format or holds anything but tensors.
    """
    import numpy

    with path.open("rb") as file:
        magic, _version, _machine = (_Reader(file).load() for _ in range(3))
        if magic != MAGIC:
            raise SetupError(f"The model file {path.name} is of a format that is not read.")
        reader = _Reader(file)
        found = reader.load()
        tensors: dict[str, _Tensor] = found[within] if within else found
        stored: dict[str, bytes] = {}
        sizes = {key: numpy.dtype(numbers).itemsize for key, numbers in reader.kinds.items()}
        for key in _Reader(file).load():
            count = int.from_bytes(file.read(8), "little")
            stored[str(key)] = file.read(count * sizes[str(key)])
    arrays: dict[str, NDArray[Any]] = {}
    for name, each in tensors.items():
        flat = numpy.frombuffer(stored[each.storage], each.numbers)[each.offset :]
        strides = tuple(step * flat.itemsize for step in each.strides)
        arrays[name] = numpy.lib.stride_tricks.as_strided(
            flat, each.shape, strides, writeable=False
        )
    return arrays
