"""The embedded Redis: one server a folder, which keeps what it was told."""

from __future__ import annotations

from pathlib import Path

from core.broker import create_celery
from core.redis_server import connect, ensure_embedded, redis_url, stop_embedded
from core.settings import load_settings


def test_asking_twice_gives_the_same_server(tmp_path: Path) -> None:
    first = ensure_embedded(tmp_path)
    connect(f"unix://{first}").set("a", "1")

    assert connect(f"unix://{ensure_embedded(tmp_path)}").get("a") == b"1"
    assert stop_embedded(tmp_path)


def test_what_was_written_survives_a_restart(tmp_path: Path) -> None:
    connect(f"unix://{ensure_embedded(tmp_path)}").set("a", "1")
    stop_embedded(tmp_path)

    assert connect(f"unix://{ensure_embedded(tmp_path)}").get("a") == b"1"
    stop_embedded(tmp_path)


def test_a_very_long_folder_name_still_has_a_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 120)

    assert connect(f"unix://{ensure_embedded(deep)}").ping()
    stop_embedded(deep)


def test_stopping_what_does_not_run_is_no_error(tmp_path: Path) -> None:
    assert not stop_embedded(tmp_path)


def test_a_folder_with_odd_characters_still_has_a_server(tmp_path: Path) -> None:
    folder = tmp_path / "a b#c?d%20e"
    url = redis_url(load_settings(data_dir=folder, redis_url=""))
    create_celery(url).connection().ensure_connection(max_retries=1).release()

    assert connect(url).ping()
    stop_embedded(folder)
