"""Texts are sealed with one key that two processes agree on."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from core.cipher import Cipher, create_cipher
from core.errors import SetupError
from core.settings import load_settings


def test_two_processes_with_one_data_dir_read_each_other(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path)

    sealed = create_cipher(settings).seal(b"words")

    assert create_cipher(settings).open(sealed) == b"words"


def test_the_key_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    create_cipher(load_settings(data_dir=tmp_path))

    assert (tmp_path / "content.key").stat().st_mode & 0o077 == 0


def test_another_key_is_refused_with_what_to_do() -> None:
    sealed = Cipher(Fernet.generate_key()).seal(b"words")

    with pytest.raises(SetupError, match="the same CONTENT_KEY"):
        Cipher(Fernet.generate_key()).open(sealed)


def test_a_key_that_is_none_is_refused_with_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="CONTENT_KEY is not a key"):
        create_cipher(load_settings(data_dir=tmp_path, content_key="short"))
