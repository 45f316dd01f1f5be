"""The wire to the control API: requests, uploads and changes, with the standard library only."""

import http.client
import json
import mimetypes
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import urlencode, urlsplit

T = TypeVar("T")


class LocalSlackError(Exception):
    """The workspace refused what a person or a test tried; the text is Slack's error code."""


class NeverHappened(AssertionError):
    """What was waited for did not happen in time."""


class Wire:
    """One workspace's control API."""

    def __init__(self, url: str = "http://127.0.0.1:3999", *, timeout: float = 60.0) -> None:
        self.url = url.rstrip("/")
        self.address = urlsplit(self.url).netloc
        self._timeout = timeout

    def call(self, verb: str, path: str, body: Any = None, **query: Any) -> Any:
        """One request to the control API; a refusal raises LocalSlackError."""
        content = None if body is None else json.dumps(body).encode()
        return self.send(verb, path, content, "application/json", **query)

    def send(
        self, verb: str, path: str, content: bytes | None, content_type: str, **query: Any
    ) -> Any:
        """One request with a ready-made body."""
        connection = http.client.HTTPConnection(self.address, timeout=self._timeout)
        try:
            given = {name: value for name, value in query.items() if value}
            target = f"/local/{path}" + (f"?{urlencode(given)}" if given else "")
            connection.request(verb, target, content, {"Content-Type": content_type})
            response = connection.getresponse()
            answer = json.loads(response.read() or b"{}")
        finally:
            connection.close()
        if response.status >= 400:
            raise LocalSlackError(answer.get("error", str(response.status)))
        return answer

    def wait_for(self, predicate: Callable[[], T], timeout: float = 30.0) -> T:
        """Call the predicate after every change until it is truthy; its value is returned."""
        deadline = time.monotonic() + timeout
        with Changes(self.address) as changes:
            while True:
                value = predicate()
                if value:
                    return value
                left = deadline - time.monotonic()
                if left <= 0:
                    raise NeverHappened(f"nothing within {timeout} s")
                changes.wait(min(left, 1.0))


class Changes:
    """The stream of changes as a thing to wait on."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(address, timeout=5.0)

    def __enter__(self) -> Self:
        self._connection.request("GET", "/local/changes")
        self._response = self._connection.getresponse()
        self._response.readline()
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def wait(self, timeout: float) -> None:
        """Until the next change, or for this long."""
        socket = self._connection.sock
        if socket is None:
            time.sleep(min(timeout, 0.1))
            return
        socket.settimeout(timeout)
        try:
            while not self._response.readline().startswith(b"data:"):
                pass
        except TimeoutError:
            # http.client cannot read on after a timeout, so the stream starts anew.
            self._connection.close()
            self._connection.timeout = 5.0
            self.__enter__()


def multipart(fields: dict[str, str], paths: list[Path]) -> tuple[bytes, str]:
    """A form with files: its bytes and its content type."""
    boundary = uuid.uuid4().hex
    parts: list[bytes] = []
    for name, value in fields.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        parts.append(f"{head}{value}\r\n".encode())
    for path in paths:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        name = path.name.replace('"', "%22")
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: {kind}\r\n\r\n"
        )
        parts.append(head.encode() + path.read_bytes() + b"\r\n")
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"
