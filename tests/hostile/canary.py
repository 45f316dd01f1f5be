"""The canary: a secret beside the files, as a text and as a recording, that nobody may be shown."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from local.samples import recording

# Words that only the recording says: a playlist that is played gives them away.
SPOKEN = ("New Jersey", "Chicago")


@dataclass(frozen=True, kw_only=True, slots=True)
class Canary:
    """A text file (`path`), a recording with the same stem, and the words that give them away."""

    path: Path
    word: str

    @property
    def secrets(self) -> tuple[str, ...]:
        return (self.word, *SPOKEN)


def place_canary(folder: Path) -> Canary:
    """A new secret in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    word = f"canary{secrets.token_hex(8)}"
    path = folder / "canary.txt"
    path.write_text(f"The password is {word}.\n")
    shutil.move(recording(folder), path.with_suffix(".wav"))
    return Canary(path=path, word=word)
