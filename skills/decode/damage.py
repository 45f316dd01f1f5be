"""Damage: whatever a library raises of a broken file becomes the sentence that refuses the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import UserError


@contextmanager
def refusing_damage(sentence: str) -> Iterator[None]:
    """Raise a UserError with this sentence for any error in the `with`.

    A broken part leads the libraries (lxml, openpyxl, zipfile, email, …) to errors of no common
    class. Our own refusals stay; a lack of memory or of a package is not the file's fault.
    """
    try:
        yield
    except (UserError, MemoryError, ImportError):
        raise
    except Exception:
        raise UserError(sentence) from None
