"""Errors become words here, once for every door: who can act decides what is said and to whom."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from slack_bolt import App, BoltResponse

from core import blocks, words
from core.audit import Audit
from core.errors import TransientError, UserError
from core.log import logger
from core.placeholder import respond

log = logger("bot")


def register(app: App, *, audit: Audit) -> None:
    """Answer what a listener raised."""

    @app.error
    def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
        if isinstance(error, UserError):
            text = str(error)
        elif isinstance(error, TransientError):
            text = words.BUSY
            log.warning("request not taken", reason=str(error))
        else:
            number = uuid4().hex
            text = words.apology(number)
            log.error("a listener failed", number=number, exc_info=_where(error))
        if "event" not in body:
            audit.turned_away(**_who(body))
        if "command" in body:
            return BoltResponse(status=200, body=_ephemeral(text))
        if "event" in body:  # Slack tells us again after a 503, and only then
            return BoltResponse(status=503 if isinstance(error, TransientError) else 200)
        if body.get("response_url"):
            respond(body["response_url"], blocks.sentence(text))
        return BoltResponse(status=200)


def _who(body: dict[str, Any]) -> dict[str, str]:
    """Team, channel and person of a command or an interaction."""
    if "command" in body:
        return {"team": body["team_id"], "channel": body["channel_id"], "user": body["user_id"]}
    ids = {name: (body.get(name) or {}).get("id", "") for name in ("team", "channel", "user")}
    return {name: str(id) for name, id in ids.items()}


def _ephemeral(text: str) -> dict[str, Any]:
    post = blocks.sentence(text)
    return {"response_type": "ephemeral", "text": post.text, "blocks": post.blocks}


def _where(error: Exception) -> Exception:
    """The error's place and type without its message, which may quote what a person wrote."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
