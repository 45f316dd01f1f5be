"""REDIS_URL is read once: what is unsafe or misspelt is refused in one sentence."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from kombu import Connection

from core.errors import SetupError
from core.redis_address import read_address
from core.settings import load_settings


@pytest.mark.parametrize(
    "url",
    [
        "redis://redis.example:6379/0",
        "redis://10.0.0.5",
        "rediss://10.0.0.5:6379/0",
        "redis://user@10.0.0.5/0",
        "redis://[2001:db8::1]:6379/0",
        "redis://0.0.0.0:6379",
        "redis://localhost.example/0",
        "sentinel://one:26379,two:26379/mymaster",
    ],
)
def test_a_redis_that_others_reach_without_a_password_is_refused(url: str) -> None:
    with pytest.raises(SetupError, match=r"^REDIS_URL names a Redis without a password"):
        read_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "redis://localhost", "redis://127.0.0.1:6379/0", "redis://127.8.9.10", "redis://[::1]:6379",
        "unix:///run/redis.sock", "redis://:secret@redis.example:6379/0",
        "rediss://user:secret@10.0.0.5/1", "sentinel://:secret@one,two:26380/mymaster",
    ],
)  # fmt: skip
def test_a_redis_with_a_password_or_of_this_machine_is_taken(url: str) -> None:
    assert read_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "banana", "http://localhost", "redis://localhost:banana", "redis://:pa/ss@host:6379/0",
        "redis://localhost/banana", "redis://localhost?db=1", "unix://", "redis:///tmp/redis.sock",
        "rediss://:hunter2@host/0?ssl_cert_reqs=none", "unix:///redis.sock?db=1",
        "sentinel://:hunter2@one:26379", "sentinel://:hunter2@/mymaster", "redis://[::1/0",
        "redis://:hunter2@one,two/0", "redis://localhost:99999",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(SetupError, match=r"^REDIS_URL") as refused:
        read_address(url)

    assert "hunter2" not in str(refused.value)
    assert "pa/ss" not in str(refused.value)


def test_the_settings_refuse_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://redis.example:6379/0")

    with pytest.raises(SetupError, match="without a password"):
        load_settings()


def test_the_password_does_not_show_when_settings_or_address_are_printed() -> None:
    url = "redis://:hunter2@redis.example:6379/0"

    assert "hunter2" not in repr(load_settings(redis_url=url)) + repr(read_address(url))


def test_celery_checks_the_certificate_of_a_tls_server() -> None:
    with Connection(read_address("rediss://:secret@host:6379/0").celery_url) as connection:
        assert connection.ssl == {"ssl_cert_reqs": ssl.CERT_REQUIRED}


def test_a_ca_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"REDIS_URL names the file .*ca\.pem, which is not there"):
        read_address(f"rediss://:secret@host/0?ssl_ca_certs={tmp_path}/ca.pem")


def test_celery_spells_a_unix_socket_its_own_way() -> None:
    assert read_address("unix:///tmp/redis.sock").celery_url == "redis+socket:///tmp/redis.sock"
    assert read_address("redis://localhost:6379/0").celery_url == "redis://localhost:6379/0"


def test_celery_gets_every_sentinel_with_the_password_and_the_name_of_the_primary() -> None:
    address = read_address("sentinel://:a%3Bb@one,two:26380/mymaster/3?sentinel_password=c")

    assert address.celery_url == "sentinel://:a%3Bb@one:26379/3;sentinel://:a%3Bb@two:26380/3"
    assert address.primary == "mymaster"
    assert address.options == {"sentinel_password": "c"}
