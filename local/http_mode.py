"""HTTP mode: deliveries as signed requests to the app's request URLs."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TooManyRedirects

from local.envelope import Ack, Envelope
from local.installation import Installation
from local.shapes import Json

_USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


class HttpMode:
    """Signs, posts and reads the answer; it knows nothing about when to try again."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._session: ClientSession | None = None

    async def send(self, envelope: Envelope, *, timeout: float) -> Ack:
        """Deliver once and wait for the answer."""
        command = str(envelope.payload.get("command") or "")
        url = self._installation.request_url(envelope.kind, command)
        if not url:
            return Ack(ok=False, reason="no_request_url")
        body, content_type = self._body(envelope)
        headers = self.signed_headers(body) | {"Content-Type": content_type}
        if envelope.retry_attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_attempt)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason
        start = time.monotonic()
        try:
            async with self._client().post(
                url,
                data=body,
                headers=headers,
                timeout=ClientTimeout(total=timeout),
                max_redirects=2,
            ) as response:
                return await self._read(response, start)
        except TimeoutError:
            return Ack(ok=False, reason="http_timeout", ms=(time.monotonic() - start) * 1000)
        except TooManyRedirects:
            return Ack(ok=False, reason="too_many_redirects")
        except (ClientError, OSError):
            return Ack(ok=False, reason="connection_failed")

    @staticmethod
    def _body(envelope: Envelope) -> tuple[bytes, str]:
        if envelope.kind == "events_api":
            return json.dumps(envelope.payload).encode(), "application/json"
        form = envelope.payload
        if envelope.kind == "interactive":
            form = {"payload": json.dumps(envelope.payload)}
        return urlencode(form).encode(), "application/x-www-form-urlencoded"

    def signed_headers(self, body: bytes) -> dict[str, str]:
        """Slack's v0 signature over the timestamp and the raw body."""
        timestamp = str(int(time.time()))
        key = self._installation.signing_secret.encode()
        digest = hmac.new(key, f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={digest}",
            "User-Agent": _USER_AGENT,
            "Accept": "*/*",
        }

    @staticmethod
    async def _read(response: ClientResponse, start: float) -> Ack:
        text = await response.text(errors="replace")
        ms = (time.monotonic() - start) * 1000
        if not 200 <= response.status < 300:
            again = response.headers.get("x-slack-no-retry") != "1"
            return Ack(ok=False, reason="http_error", may_retry=again, ms=ms)
        return Ack(ok=True, payload=_payload(text), ms=ms)

    def _client(self) -> ClientSession:
        # Made on first use: a session belongs to the running loop, which starts after create_app.
        if self._session is None:
            self._session = ClientSession()
        return self._session

    async def close(self) -> None:
        """Close the connections kept alive."""
        if self._session is not None:
            await self._session.close()


def _payload(text: str) -> Json | None:
    """An answer's JSON object; other text is a command's plain answer."""
    if not text.strip():
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return {"text": text}
    return value if isinstance(value, dict) else {"text": text}
