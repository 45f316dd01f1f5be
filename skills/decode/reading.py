"""`Reading`: a document while it is being read, in a thread beside whoever works on it.

A long PDF is read for seconds by the sandboxed child; its first pages can be worked on meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from skills.decode.document import Document
from skills.decode.documents import read_document

LOOK_SECONDS = 0.2


class Reading:
    """Begins at once; what could not be read is raised by whoever asks for the document."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._news = threading.Condition()
        self._latest: Document | Exception | None = None
        self._closed = threading.Event()
        threading.Thread(target=self._read, name="reading", daemon=True).start()

    def close(self) -> None:
        """Read no further: nobody waits for the rest."""
        self._closed.set()

    def begin(self) -> None:
        """Wait for the first pages. Raises what `read_document` raises until then."""
        with self._news:
            self._news.wait_for(lambda: self._latest is not None)
            if isinstance(self._latest, Exception):
                raise self._latest

    def growing(self, waiting: Callable[[float], None]) -> Iterator[Document]:
        """The newest document each time that one is asked for; the last is the whole.

        While there is none newer, `waiting` is told the share that is read (0..1), and may raise.
        Raises what `read_document` raises.
        """
        seen: Document | None = None
        while seen is None or not seen.whole:
            with self._news:
                if self._latest is seen:
                    self._news.wait(LOOK_SECONDS)
                latest = self._latest
            if isinstance(latest, Exception):
                raise latest
            if latest is None or latest is seen:
                waiting(seen.share if seen else 0.0)
                continue
            seen = latest
            yield seen

    def _read(self) -> None:
        try:
            given_up = self._closed.is_set
            self._hear(read_document(self.path, heard=self._hear_part, given_up=given_up))
        except Exception as error:  # it belongs to whoever waits
            self._hear(error)

    def _hear_part(self, latest: Document) -> None:
        """Not yet the whole: that is told when the child and its folder are gone."""
        if not latest.whole:
            self._hear(latest)

    def _hear(self, latest: Document | Exception) -> None:
        with self._news:
            self._latest = latest
            self._news.notify_all()
