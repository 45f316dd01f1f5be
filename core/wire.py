"""The wire to Slack: HTTP over connections that are kept, where slack_sdk opens one a call.

A new connection costs a TLS handshake, which is more time than most calls take. What comes back is
what urllib would have answered or raised, because slack_sdk's retries are made for that.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from email.message import Message
from functools import cache
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote
from urllib.request import Request, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection

CONNECTIONS = 64  # kept; a burst opens more and drops them
# A firewall may forget a quiet connection and tell neither side: it is asked for signs of life, and
# after so many seconds without a call a new one is opened.
IDLE_SECONDS = 30.0
KEEP_ALIVE = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)] + [
    (socket.IPPROTO_TCP, getattr(socket, name), value)
    for name, value in (("TCP_KEEPIDLE", 20), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3))
    if hasattr(socket, name)
]


class Wire:
    """A pool of connections; any thread may send."""

    def __init__(self, *, proxy: str | None, context: ssl.SSLContext | None) -> None:
        options: dict[str, Any] = {
            "maxsize": CONNECTIONS, "ssl_context": context, "retries": False,
            "socket_options": [*HTTPConnection.default_socket_options, *KEEP_ALIVE],
        }  # fmt: skip
        self._direct = urllib3.PoolManager(**options)
        self._proxied = _through(proxy, options) if proxy else self._direct
        self._goes_direct = cache(proxy_bypass)
        self._used = time.monotonic()

    def send(self, request: Request, *, timeout: float) -> dict[str, Any]:
        """The status, headers and text of a 2xx answer.

        Raises urllib's HTTPError for other statuses, TimeoutError and ConnectionError when there is
        no whole answer, ValueError when it is no text: it may have been heard all the same.
        """
        try:
            answer = self._pool(request).urlopen(
                request.get_method(), request.full_url,
                body=request.data, headers=dict(request.header_items()),
                timeout=timeout, redirect=False,
            )  # fmt: skip
        except urllib3.exceptions.NewConnectionError as error:
            raise ConnectionError(f"Slack could not be reached ({type(error).__name__}).") from None
        except urllib3.exceptions.TimeoutError as error:
            raise TimeoutError(f"Slack's answer took too long ({type(error).__name__}).") from None
        except urllib3.exceptions.HTTPError as error:
            raise ConnectionError(f"Slack's answer was cut ({type(error).__name__}).") from None
        if not 200 <= answer.status < 300:
            headers = Message()
            for name, value in answer.headers.items():
                headers[name] = value
            body = io.BytesIO(answer.data)
            raise HTTPError(request.full_url, answer.status, answer.reason or "", headers, body)
        return {"status": answer.status, "headers": answer.headers, "body": answer.data.decode()}

    def _pool(self, request: Request) -> urllib3.PoolManager:
        """NO_PROXY is heeded as urllib does."""
        pool = self._direct if self._goes_direct(request.host) else self._proxied
        now = time.monotonic()
        if now - self._used > IDLE_SECONDS:
            pool.clear()
        self._used = now
        return pool


def _through(proxy: str, options: dict[str, Any]) -> urllib3.ProxyManager:
    """The pool behind a proxy, "host:port" or a URL with a name and a password."""
    address = urllib3.util.parse_url(proxy if "://" in proxy else f"http://{proxy}")
    headers = {}
    if address.auth:
        headers = urllib3.make_headers(proxy_basic_auth=unquote(address.auth))
    return urllib3.ProxyManager(address._replace(auth=None).url, proxy_headers=headers, **options)
