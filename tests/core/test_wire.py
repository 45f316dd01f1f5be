"""The wire heeds proxies as urllib does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from urllib.request import Request

import pytest

from core.wire import Wire


def overhear(listener: socket.socket, heard: list[bytes]) -> None:
    """Answer one request, whatever it is, and remember it."""
    connection, _ = listener.accept()
    with connection:
        heard.append(connection.recv(65_536))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.settimeout(5)
        yield made


def test_a_proxy_may_want_a_name_and_a_password(listener: socket.socket) -> None:
    heard: list[bytes] = []
    port = listener.getsockname()[1]
    thread = threading.Thread(target=overhear, args=(listener, heard))
    thread.start()
    wire = Wire(proxy=f"http://ada:s%40fe@127.0.0.1:{port}", context=None)
    wire.send(Request("http://slack.example/api/auth.test", data=b"", method="POST"), timeout=5)
    thread.join()

    assert b"proxy-authorization: basic YWRhOnNAZmU=".lower() in heard[0].lower()


def test_a_proxy_needs_no_scheme(listener: socket.socket) -> None:
    heard: list[bytes] = []
    thread = threading.Thread(target=overhear, args=(listener, heard))
    thread.start()
    wire = Wire(proxy=f"127.0.0.1:{listener.getsockname()[1]}", context=None)
    wire.send(Request("http://slack.example/api/auth.test", data=b"", method="POST"), timeout=5)
    thread.join()

    assert heard[0].startswith(b"POST http://slack.example/api/auth.test")


def test_no_proxy_goes_straight_there(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    heard: list[bytes] = []
    port = listener.getsockname()[1]
    thread = threading.Thread(target=overhear, args=(listener, heard))
    thread.start()
    wire = Wire(proxy="http://127.0.0.1:9", context=None)
    wire.send(Request(f"http://127.0.0.1:{port}/api/auth.test", data=b"x"), timeout=5)
    thread.join()

    assert heard[0].startswith(b"POST /api/auth.test")


def test_a_server_that_is_not_there_could_not_be_reached() -> None:
    with pytest.raises(ConnectionError, match="reached"):
        Wire(proxy=None, context=None).send(Request("http://127.0.0.1:9/", data=b""), timeout=5)
