"""Downloads: only from Slack, the token nowhere else, and no more bytes than allowed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core.errors import Cancelled, TransientError, UserError
from workers.download import Downloader

SIGN_IN = b"<!DOCTYPE html><html><body>Sign in to Acme</body></html>"


class Files(BaseHTTPRequestHandler):
    """A file server with a page a behaviour; it remembers who sent a token."""

    seen: list[tuple[str, str]] = []  # noqa: RUF012  # shared with the test on purpose

    def do_GET(self) -> None:
        Files.seen.append((self.path, self.headers.get("Authorization", "")))
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{self.server.server_port}/stolen")
            self.end_headers()
            return
        status = {"/gone": 404, "/broken": 503}.get(self.path, 200)
        kind = "text/html; charset=utf-8" if self.path == "/sign-in" else "application/octet-stream"
        body = SIGN_IN if self.path == "/sign-in" else b"x" * 2_000_000
        self.send_response(status)
        if self.path == "/half":
            self.send_header("Content-Length", "4000000")
        self.send_header("Content-Type", kind)
        self.end_headers()
        if status != 200:
            return
        if self.path == "/drop-by-drop":
            for _ in range(200):
                self.wfile.write(b"x")
                time.sleep(0.05)
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    Files.seen.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def fetch(url: str, target: Path, *, api: str, limit: int = 10_000_000) -> None:
    downloader = Downloader(token="xoxb-secret", api_url=f"{api}/api/")
    downloader.fetch(url, target, max_bytes=limit, name="call.wav")


def test_a_file_arrives_with_the_token_shown_to_its_host(server: str, tmp_path: Path) -> None:
    fetch(f"{server}/file", tmp_path / "file", api=server)

    assert (tmp_path / "file").stat().st_size == 2_000_000
    assert Files.seen == [("/file", "Bearer xoxb-secret")]


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/x",
        "https://files.slack.com.evil.example/x",
        "https://slack.com@evil.example/x",
        "https://evilslack.com/x",
        "https://files.slack.com:8443/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://drive.google.com/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_other_hosts_are_never_asked(server: str, tmp_path: Path, url: str) -> None:
    with pytest.raises(UserError, match="outside Slack"):
        fetch(url, tmp_path / "file", api=server)


def test_the_local_host_is_not_allowed_when_the_real_slack_is_set(
    server: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="outside Slack"):
        fetch(f"{server}/file", tmp_path / "file", api="https://slack.com")

    assert Files.seen == []


def test_the_token_does_not_follow_a_redirect(server: str, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        fetch(f"{server}/moved", tmp_path / "file", api=server)

    assert [path for path, _ in Files.seen] == ["/moved"]


def test_slacks_sign_in_page_is_not_taken_for_the_file(server: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="files:read"):
        fetch(f"{server}/sign-in", tmp_path / "file", api=server)


def test_bytes_are_counted_whatever_was_declared(server: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"call\.wav is too big: I take up to 1 MB"):
        fetch(f"{server}/file", tmp_path / "file", api=server, limit=1024 * 1024)


def test_a_deleted_file_is_the_persons_to_solve_and_a_broken_server_is_not(
    server: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="deleted"):
        fetch(f"{server}/gone", tmp_path / "file", api=server)
    with pytest.raises(TransientError):
        fetch(f"{server}/broken", tmp_path / "file", api=server)


def test_half_a_file_is_not_taken_for_a_whole_one(server: str, tmp_path: Path) -> None:
    with pytest.raises(TransientError, match="broke off"):
        fetch(f"{server}/half", tmp_path / "file", api=server)


def test_a_slow_download_can_be_stopped_at_its_first_bytes(server: str, tmp_path: Path) -> None:
    heard: list[int] = []

    def arrived(size: int) -> None:
        heard.append(size)
        raise Cancelled("stop")

    downloader = Downloader(token="x", api_url=f"{server}/api/")
    with pytest.raises(Cancelled):
        downloader.fetch(
            f"{server}/drop-by-drop", tmp_path / "f", max_bytes=10**7, name="a", arrived=arrived
        )

    assert heard[0] < 100
