"""A refusal: what Slack answers when it says no, as an exception with Slack's own error code."""

from typing import Any

from local.shapes import Json


class Refusal(Exception):
    """Raised anywhere below the Web API; the dispatcher turns it into `ok: false`."""

    def __init__(self, error: str, *, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []
        self.extra: Json = extra

    def as_json(self) -> Json:
        """The body Slack sends; schema complaints go into response_metadata as Slack does."""
        body: Json = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            body["errors"] = self.messages
            body["response_metadata"] = {"messages": [f"[ERROR] {text}" for text in self.messages]}
        return body
