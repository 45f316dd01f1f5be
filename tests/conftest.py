"""What every test may use: a real Redis of its own, a ledger on it, and the way to shared data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from redis import Redis

from core.cipher import Cipher
from core.ledger import Ledger
from core.redis_server import connect, ensure_embedded, stop_embedded

SHARED = Path(os.environ.get("READYMADE_SHARED_DATA") or Path(__file__).parents[2] / "shared/data")


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real Redis server that ends with the tests."""
    folder = tmp_path_factory.mktemp("redis")
    yield f"unix://{ensure_embedded(folder)}"
    stop_embedded(folder)


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    """An empty database."""
    client = connect(redis_url)
    client.flushdb()
    yield client
    client.close()


@pytest.fixture
def cipher() -> Cipher:
    return Cipher(Fernet.generate_key())


@pytest.fixture
def ledger(redis: Redis, cipher: Cipher) -> Ledger:
    return Ledger(redis=redis, cipher=cipher)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of labelled samples, which the repository does not carry."""
    if not SHARED.is_dir():
        pytest.skip("needs the shared sample data: set READYMADE_SHARED_DATA to its folder")
    return SHARED
