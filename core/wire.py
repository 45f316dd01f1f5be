"""The wire to Slack: HTTP over connections that are kept, where slack_sdk opens one a call.

A new connection costs a TLS handshake, which is more time than most calls take. What comes back is
what urllib would have answered or raised, because slack_sdk's retries are made for that.
"""

from __future__ import annotations

import io
import ssl
from email.message import Message
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request

import urllib3

CONNECTIONS = 32  # kept; a burst opens more and drops them


class Wire:
    """A pool of connections; any thread may send."""

    def __init__(self, *, proxy: str | None, context: ssl.SSLContext | None) -> None:
        options: dict[str, Any] = {"maxsize": CONNECTIONS, "ssl_context": context, "retries": False}
        self._pool = (
            urllib3.ProxyManager(proxy, **options) if proxy else urllib3.PoolManager(**options)
        )

    def send(self, request: Request, *, timeout: float) -> dict[str, Any]:
        """The status, headers and text of a 2xx answer.

        Raises urllib's HTTPError for other statuses, TimeoutError and ConnectionError when there is
        no whole answer: it may have been heard all the same.
        """
        try:
            answer = self._pool.request(
                request.get_method(), request.full_url,
                body=request.data,  # type: ignore[arg-type]  # slack_sdk gives bytes
                headers=dict(request.header_items()), timeout=timeout, redirect=False,
            )  # fmt: skip
        except urllib3.exceptions.TimeoutError as error:
            raise TimeoutError(f"Slack's answer took too long ({type(error).__name__}).") from None
        except urllib3.exceptions.HTTPError as error:
            raise ConnectionError(f"Slack's answer was cut ({type(error).__name__}).") from None
        headers = Message()
        for name, value in answer.headers.items():
            headers[name] = value
        if not 200 <= answer.status < 300:
            body = io.BytesIO(answer.data)
            raise HTTPError(request.full_url, answer.status, answer.reason or "", headers, body)
        text = answer.data.decode(headers.get_content_charset() or "utf-8")
        return {"status": answer.status, "headers": headers, "body": text}
