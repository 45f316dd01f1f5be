"""The embedded Redis: one server a folder, which keeps what it was told."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from core.broker import create_celery
from core.errors import SetupError
from core.redis_server import connect, embedded_runs, ensure_embedded, redis_url, stop_embedded
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


def process_of(socket: Path) -> int:
    """The process id of the server that answers at this socket."""
    facts: Any = connect(f"unix://{socket}").info()
    return int(facts["process_id"])


def test_a_server_that_does_not_answer_for_a_while_is_waited_for(tmp_path: Path) -> None:
    process = process_of(ensure_embedded(tmp_path))
    os.kill(process, signal.SIGSTOP)
    threading.Timer(2, os.kill, (process, signal.SIGCONT)).start()

    assert process_of(ensure_embedded(tmp_path)) == process
    stop_embedded(tmp_path)


def test_a_server_that_does_not_answer_at_all_gets_no_second_one_beside_it(tmp_path: Path) -> None:
    socket = ensure_embedded(tmp_path)
    process = process_of(socket)
    os.kill(process, signal.SIGSTOP)

    with pytest.raises(SetupError, match="runs and does not answer"):
        ensure_embedded(tmp_path, seconds=0)

    assert embedded_runs(tmp_path)
    os.kill(process, signal.SIGCONT)
    assert process_of(socket) == process
    stop_embedded(tmp_path)


def test_a_server_whose_socket_was_swept_away_gets_no_second_one_beside_it(tmp_path: Path) -> None:
    socket = ensure_embedded(tmp_path)
    process = process_of(socket)
    socket.unlink()

    with pytest.raises(SetupError, match="runs and does not answer"):
        ensure_embedded(tmp_path, seconds=0)

    os.kill(process, signal.SIGTERM)


def test_a_killed_server_is_started_again(tmp_path: Path) -> None:
    socket = ensure_embedded(tmp_path)
    connect(f"unix://{socket}").set("a", "1")
    os.kill(process_of(socket), signal.SIGKILL)

    assert connect(f"unix://{ensure_embedded(tmp_path)}").get("a") == b"1"
    stop_embedded(tmp_path)
