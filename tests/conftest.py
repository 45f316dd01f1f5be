"""What every test may use: a real Redis of its own, a ledger on it, and the labelled samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from redis import Redis

from bench.samples import MISSING, find_samples
from core.cipher import Cipher
from core.ledger import Ledger
from core.redis_server import connect, ensure_embedded, stop_embedded


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
    return find_samples() or pytest.skip(MISSING)
