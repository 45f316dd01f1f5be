"""An app on slack_sdk's Socket Mode client that remembers envelopes and answers as told."""

import contextlib
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.waiting import until

Json = dict[str, Any]


class RecordingApp:
    """Acknowledges everything unless `is_silent`; `answer` gives the payload of an ack."""

    def __init__(self, url: str, app_token: str) -> None:
        web_client = WebClient(base_url=f"{url}/api/", retry_handlers=[])
        self.envelopes: list[Json] = []
        self.is_silent = False
        self.answer: Callable[[Json], Json | None] = lambda payload: None
        self._client = SocketModeClient(
            app_token=app_token, web_client=web_client, auto_reconnect_enabled=False
        )
        self._client.socket_mode_request_listeners.append(self._receive)
        self._client.connect()

    def _receive(self, client: Any, request: SocketModeRequest) -> None:
        self.envelopes.append(
            {
                "type": request.type,
                "payload": request.payload,
                "retry_attempt": request.retry_attempt,
                "retry_reason": request.retry_reason,
            }
        )
        if not self.is_silent:
            payload = self.answer(request.payload)
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

    def payloads(self, kind: str) -> list[Json]:
        """The payloads of one kind: events_api, slash_commands or interactive."""
        return [one["payload"] for one in self.envelopes if one["type"] == kind]

    def events(self, type: str) -> list[Json]:
        """The events of one type."""
        heard = (payload["event"] for payload in self.payloads("events_api"))
        return [event for event in heard if event["type"] == type]

    def wait_for(self, type: str, timeout: float = 5.0) -> Json:
        """The first event of a type."""
        return until(lambda: self.events(type), seconds=timeout)[0]

    def close(self) -> None:
        """Disconnect; its reader is woken first, since it would sleep for another second."""
        self._client.message_processor.event.set()
        self._client.message_queue.put(None)
        # slack_sdk's own reader may take the socket away between its check and its use.
        with contextlib.suppress(AttributeError):
            self._client.close()
