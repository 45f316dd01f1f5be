"""Downloads a Slack file: only from Slack's hosts, with the token going nowhere else.

The token is sent to an allowed host alone and redirects are not followed; size is counted while
streaming, whatever the file's entry says; Slack's HTML sign-in page (its answer to a missing
permission, with status 200) is recognized.
"""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

import requests

from core import words
from core.errors import TransientError, UserError

CHUNK = 256 * 1024
STALL_SECONDS = 30
SLACK_HOSTS = ("slack.com", "slack-gov.com")
HTML = (b"<!doctype html", b"<html")


class Downloader:
    """Downloads with one token; `api_url` tells which host besides Slack's is allowed."""

    def __init__(self, *, token: str, api_url: str) -> None:
        self._token = token
        self._local = urlsplit(api_url).netloc if not _is_slack(urlsplit(api_url).hostname) else ""

    def fetch(self, url: str, target: Path, *, max_bytes: int, name: str) -> None:
        """Write the file to `target`.

        Raises UserError when it is gone, forbidden, external or too large, TransientError when
        Slack or the network failed.
        """
        if not self._allowed(url):
            raise UserError(words.EXTERNAL_FILE)
        try:
            self._stream(url, target, max_bytes, name)
        except requests.RequestException as error:
            raise TransientError(f"The download broke off ({type(error).__name__}).") from error

    def _allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        if self._local and parts.netloc == self._local:
            return True
        plain = parts.port is None and parts.username is None
        return parts.scheme == "https" and plain and _is_slack(parts.hostname)

    def _stream(self, url: str, target: Path, max_bytes: int, name: str) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        with requests.get(
            url, headers=headers, stream=True, allow_redirects=False, timeout=(5, STALL_SECONDS)
        ) as answer:
            _check(answer.status_code)
            size, first = 0, b""
            last = time.monotonic()
            with target.open("wb") as file:
                for chunk in answer.iter_content(CHUNK):
                    if not size:
                        first = chunk[:64].lstrip().lower()
                    size += len(chunk)
                    if size > max_bytes:
                        raise UserError(words.too_big(name, max_bytes // (1024 * 1024)))
                    if time.monotonic() - last > STALL_SECONDS:
                        raise TransientError("The download stalled.")
                    last = time.monotonic()
                    file.write(chunk)
        if answer.headers.get("Content-Type", "").startswith("text/html") and first.startswith(
            HTML
        ):
            raise UserError(words.NO_FILE_ACCESS)


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
