"""The cipher that keeps people's words unreadable in Redis, in its file on disk and in logs."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from core.errors import SetupError
from core.settings import Settings


class Cipher:
    """Authenticated encryption (Fernet: AES-128-CBC and HMAC-SHA256) with one shared key."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)
        self._key = key

    def mark(self, content: bytes) -> str:
        """A keyed hash: equal for equal contents, and of no use to who has not the key."""
        return hmac.new(self._key, content, hashlib.sha256).hexdigest()

    def seal(self, content: bytes) -> bytes:
        return self._fernet.encrypt(content)

    def open(self, sealed: bytes) -> bytes:
        """Raises SetupError when another key sealed it."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise SetupError(
                "The queue holds texts sealed with another key: give bot and workers "
                "the same CONTENT_KEY, or the same DATA_DIR."
            ) from None


def create_cipher(settings: Settings) -> Cipher:
    """The cipher of CONTENT_KEY, or of a key file made once in DATA_DIR."""
    configured = settings.content_key.get_secret_value()
    try:
        return Cipher(configured.encode() if configured else _key_file(settings.data_dir))
    except ValueError:
        raise SetupError(
            "CONTENT_KEY is not a key: leave it empty, or make one with "
            "`python -c 'from cryptography.fernet import Fernet as F; "
            "print(F.generate_key().decode())'`."
        ) from None


def has_key(settings: Settings) -> bool:
    """Whether there is a key already, so that `create_cipher` would make none."""
    return bool(settings.content_key.get_secret_value()) or _key_path(settings.data_dir).exists()


def _key_path(data_dir: Path) -> Path:
    return data_dir / "content.key"


def _key_file(data_dir: Path) -> bytes:
    """Read the key, or make it: linked into place, so that two processes agree on one."""
    path = _key_path(data_dir)
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = data_dir / f".content.key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_bytes(Fernet.generate_key())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first: its key counts
        finally:
            fresh.unlink()
    return path.read_bytes()
