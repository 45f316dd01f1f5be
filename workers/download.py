"""Downloads a Slack file: only from Slack's hosts, with the token going nowhere else.

The token is sent to an allowed host alone and redirects are not followed; size is counted while
streaming, whatever the file's entry says; Slack's HTML sign-in page (its answer to a missing
permission, with status 200) is recognized.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from core import words
from core.errors import TransientError, UserError

CHUNK = 256 * 1024
STALL_SECONDS = 30
SLOWEST, FIRST_SECONDS = 1024, 60  # bytes a second that a download must keep up after the first
SLACK_HOSTS = ("slack.com", "slack-gov.com")
HTML = (b"<!doctype html", b"<html")


class Downloader:
    """Downloads with one token; `api_url` tells which host besides Slack's is allowed."""

    def __init__(self, *, token: str, api_url: str) -> None:
        self._token = token
        self._local = urlsplit(api_url).netloc if not _is_slack(urlsplit(api_url).hostname) else ""

    def fetch(
        self,
        url: str,
        target: Path,
        *,
        max_bytes: int,
        name: str,
        arrived: Callable[[int], None] = lambda size: None,
    ) -> None:
        """Write the file to `target`; `arrived(bytes so far)` is called often and may raise.

        Raises UserError when it is gone, forbidden, external or too large, TransientError when
        Slack or the network failed.
        """
        if not self._allowed(url):
            raise UserError(words.EXTERNAL_FILE)
        try:
            self._stream(url, target, max_bytes, name, arrived)
        except (requests.RequestException, HTTPError) as error:
            raise TransientError(f"The download broke off ({type(error).__name__}).") from error

    def _allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        if self._local and parts.netloc == self._local:
            return True
        plain = parts.port is None and parts.username is None
        return parts.scheme == "https" and plain and _is_slack(parts.hostname)

    def _stream(
        self, url: str, target: Path, max_bytes: int, name: str, arrived: Callable[[int], None]
    ) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        with requests.get(
            url, headers=headers, stream=True, allow_redirects=False, timeout=(5, STALL_SECONDS)
        ) as answer:
            _check(answer.status_code)
            size, first = 0, b""
            began = time.monotonic()
            with target.open("wb") as file:
                # Not iter_content: that waits for a whole chunk, and we could not be cancelled.
                while chunk := answer.raw.read1(CHUNK, decode_content=True):
                    first = first if size else chunk[:64].lstrip().lower()
                    size += len(chunk)
                    if size > max_bytes:
                        raise UserError(words.too_big(name, max_bytes // (1024 * 1024)))
                    file.write(chunk)
                    arrived(size)
                    if time.monotonic() - began > FIRST_SECONDS + size / SLOWEST:
                        raise TransientError("The download is too slow.")
            _check_whole(answer.headers, size)
        if answer.headers.get("Content-Type", "").startswith("text/html") and first.startswith(
            HTML
        ):
            raise UserError(words.NO_FILE_ACCESS)


def _check_whole(headers: Mapping[str, str], size: int) -> None:
    """A connection that ends early gives half a file, not an error."""
    promised = headers.get("Content-Length", "")
    if promised.isdigit() and "Content-Encoding" not in headers and int(promised) != size:
        raise TransientError("The download broke off.")


def _is_slack(host: str | None) -> bool:
    return host is not None and any(
        host == slack or host.endswith(f".{slack}") for slack in SLACK_HOSTS
    )


def _check(status: int) -> None:
    if status in (404, 410):
        raise UserError(words.GONE_FILE)
    if status in (301, 302, 303, 307, 308, 401, 403):
        raise UserError(words.NO_FILE_ACCESS)
    if status != 200:
        raise TransientError(f"Slack's file server says {status}.")
