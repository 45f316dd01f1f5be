"""A Redis behind TLS: ledger and Celery speak with it, and only when they trust its certificate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from core.broker import DRAIN, create_celery, send_wake_up
from core.cipher import Cipher
from core.job import Content, Job
from core.ledger import Ledger
from core.redis_server import connect
from tests.core.servers import PASSWORD, Server, TlsDoor


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsDoor]:
    folder = tmp_path_factory.mktemp("tls")
    server = Server(folder / "redis", f"requirepass {PASSWORD}")
    door = TlsDoor(folder, behind=server.port)
    yield door
    door.close()
    server.kill()


def url_of(door: TlsDoor, *, ca: Path | None) -> str:
    trusting = f"?ssl_ca_certs={ca}" if ca else ""
    return f"rediss://:{quote(PASSWORD, safe='')}@127.0.0.1:{door.port}/0{trusting}"


def test_a_job_and_its_wake_up_go_through_tls(door: TlsDoor, cipher: Cipher) -> None:
    url = url_of(door, ca=door.ca)
    client, celery = connect(url), create_celery(url)
    job = Job(
        key="k", skill="sentiment", queue="text", lane="short", team="T", channel="C", user="U"
    )  # fmt: skip

    Ledger(redis=client, cipher=cipher).submit(job, Content(text="hello"))
    send_wake_up(celery, "text")
    with celery.connection_for_read() as connection:
        message = connection.default_channel.basic_get("text", no_ack=True)

    assert message.headers["task"] == DRAIN
    celery.close()
    client.close()


def test_a_certificate_that_nobody_vouches_for_is_refused(door: TlsDoor) -> None:
    celery = create_celery(url_of(door, ca=None))

    with celery.connection_for_write() as connection, pytest.raises(OperationalError):
        connection.ensure_connection(max_retries=1)
    with pytest.raises(RedisError):
        connect(url_of(door, ca=None)).ping()
