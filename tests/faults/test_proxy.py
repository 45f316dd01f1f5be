"""The fault proxy does to a connection what its switches say."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.proxy import Proxy


class Parrot(socketserver.BaseRequestHandler):
    """Sends back what it hears."""

    def handle(self) -> None:
        while data := self._heard():
            self.request.sendall(data)

    def _heard(self) -> bytes:
        try:
            return bytes(self.request.recv(65536))
        except OSError:
            return b""


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    server = Server(("127.0.0.1", 0), Parrot)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    made = Proxy(server.server_address[1])
    made.start()
    yield made
    made.stop()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def client(proxy: Proxy) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as connection:
        yield connection


def said_back(client: socket.socket, data: bytes) -> bytes:
    client.sendall(data)
    heard = b""
    while len(heard) < len(data):
        part = client.recv(65536)
        if not part:
            break
        heard += part
    return heard


def test_on_a_good_day_everything_passes_unchanged(client: socket.socket) -> None:
    data = bytes(range(256)) * 1000

    assert said_back(client, data) == data


def test_single_bytes_arrive_in_order(proxy: Proxy, client: socket.socket) -> None:
    proxy.change(single_bytes=True)
    data = bytes(range(256)) * 12

    assert said_back(client, data) == data


@pytest.mark.parametrize("direction", ["latency", "late_answers"])
def test_latency_is_felt(proxy: Proxy, client: socket.socket, direction: str) -> None:
    proxy.change(**{direction: 0.3})
    started = time.monotonic()
    said_back(client, b"hello")

    assert time.monotonic() - started >= 0.3


def test_a_cut_connection_is_reset(proxy: Proxy, client: socket.socket) -> None:
    said_back(client, b"hello")
    proxy.cut()

    with pytest.raises(ConnectionResetError):
        client.recv(1)


def test_a_silent_connection_says_nothing_and_is_cut_when_healed(
    proxy: Proxy, client: socket.socket
) -> None:
    proxy.change(silent=True)
    client.sendall(b"hello")
    client.settimeout(0.3)
    with pytest.raises(TimeoutError):
        client.recv(1)
    client.settimeout(5)
    proxy.heal()

    with pytest.raises(ConnectionResetError):
        client.recv(1)


def test_a_closed_proxy_lets_nobody_in_until_it_is_healed(proxy: Proxy) -> None:
    proxy.change(closed=True)
    with (
        pytest.raises(ConnectionError),
        socket.create_connection(("127.0.0.1", proxy.port)) as refused,
    ):
        refused.recv(1)
    proxy.heal()

    with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as client:
        assert said_back(client, b"hello") == b"hello"


def test_a_target_that_is_away_costs_only_the_connection(tmp_path: Path) -> None:
    made = Proxy(tmp_path / "nobody.sock")
    made.start()
    try:
        with socket.create_connection(("127.0.0.1", made.port), timeout=5) as client:
            heard = client.recv(1)
    except ConnectionResetError:  # at once, or when it is read from
        heard = b""
    made.stop()

    assert heard == b""
