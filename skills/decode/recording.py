"""`Recording`: samples that may be read while the decoder in its child still writes them.

Nothing is mapped into memory: the child is not to be believed, and a mapped file that it cut short
would kill this process. What has arrived is read piece by piece, so that 90 minutes cost disk.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError
from skills.decode.sandbox import DAMAGED

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Samples = NDArray[numpy.int16]

LOOK_SECONDS = 0.02
SAMPLE_BYTES = 2


class Recording:
    """16 kHz samples in a raw file that grows, of one side or of both in turns.

    `decode` writes the file and answers with the number of samples, or raises why there are none;
    it is told to stop by what it is given. Every method raises that UserError as soon as it is
    known, also for samples that had arrived before: nothing of a refused recording is answered.
    """

    def __init__(
        self, raw: Path, decode: Callable[[Callable[[], bool]], int], *, sides: int = 1
    ) -> None:
        self._raw = raw
        self._sides = sides
        self._file = -1
        self._reading = threading.Lock()
        self._closed = threading.Event()
        self._over = threading.Event()
        self._length = 0
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(decode,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the decoder; who still reads gets a ValueError."""
        self._closed.set()
        self._thread.join()
        with self._reading:
            if self._file >= 0:
                os.close(self._file)
                self._file = -1

    @property
    def whole(self) -> bool:
        """Whether everything is decoded; no method waits any more."""
        return self._over.is_set()

    def length(self) -> int:
        """How many samples there are; waits for the last one."""
        self._over.wait()
        self._raise_refusal()
        return self._length

    def read(self, start: int, end: int) -> Samples:
        """The samples from `start` up to `end`, fewer where the recording ends; waits for them.

        Of two sides the mean.
        """
        import numpy

        sides = self.sides(start, end)
        return sides[:, 0] if self._sides == 1 else sides.mean(axis=1).astype(numpy.int16)

    def sides(self, start: int, end: int) -> Samples:
        """The same of each side: (samples, sides)."""
        import numpy

        while not self._over.is_set() and self._arrived() < end:
            self._over.wait(LOOK_SECONDS)
        self._raise_refusal()
        if self._over.is_set():
            end = min(end, self._length)
        content = self._bytes(start, max(start, end))
        return numpy.frombuffer(content, dtype=numpy.int16).reshape(-1, self._sides)

    def blocks(self, size: int) -> Iterator[Samples]:
        """All samples in order, `size` at a time, the last ones fewer; waits for each block."""
        start = 0
        while len(block := self.read(start, start + size)):
            yield block
            start += size

    def _run(self, decode: Callable[[Callable[[], bool]], int]) -> None:
        try:
            self._length = decode(self._closed.is_set)
            if self._length != self._arrived():
                raise UserError(DAMAGED)
        except Exception as error:  # raised again where the samples are asked for
            self._error = error
        finally:
            self._over.set()

    def _raise_refusal(self) -> None:
        if self._closed.is_set():
            raise ValueError("this recording is closed")
        if self._error is not None:
            raise self._error

    def _arrived(self) -> int:
        """How many samples are in the file so far."""
        with self._reading:
            if self._file < 0 and not self._open():
                return 0
            return os.fstat(self._file).st_size // (SAMPLE_BYTES * self._sides)

    def _open(self) -> bool:
        """Open the file once it is there; a link may lead to what the child cannot read."""
        if self._closed.is_set():
            return False
        try:
            file = os.open(self._raw, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return False
        if not stat.S_ISREG(os.fstat(file).st_mode):
            os.close(file)
            return False
        self._file = file
        return True

    def _bytes(self, start: int, end: int) -> bytes:
        """A piece of the file; raises when the child has cut it short meanwhile."""
        width = SAMPLE_BYTES * self._sides
        wanted = (end - start) * width
        with self._reading:
            if self._file < 0:
                raise ValueError("this recording is closed")
            content = os.pread(self._file, wanted, start * width)
        if len(content) != wanted:
            raise UserError(DAMAGED)
        return content
