"""Errors become words here, once for every door: who can act decides what is said and to whom."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any
from uuid import uuid4

from slack_bolt import App, BoltResponse

from core import blocks, words
from core.audit import Audit
from core.blocks import Post
from core.errors import TransientError, UserError
from core.log import logger, place_only
from core.placeholder import respond

log = logger("bot")


def register(app: App, *, audit: Audit, executor: Executor) -> None:
    """Answer what a listener raised; `executor` tells people what Slack need not wait for."""

    @app.error
    def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
        text = in_words(error)
        if "event" in body:  # Slack tells us again after a 503, and only then
            return BoltResponse(status=503 if isinstance(error, TransientError) else 200)
        if "actions" not in body:  # a button asks for nothing new
            audit.turned_away(**_who(body))
        if "command" in body:
            return BoltResponse(status=200, body=ephemeral(blocks.sentence(text)))
        if body.get("type") == "view_submission":  # an empty answer would look like "saved"
            return BoltResponse(status=200, body=below_the_form(body["view"], text))
        if url := body.get("response_url"):
            executor.submit(tell, url, text)
        return BoltResponse(status=200)


def in_words(error: Exception) -> str:
    """What the person is told; a bug is logged with the number that its apology gives them."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, TransientError):
        log.warning("request not taken", reason=str(error))
        return words.BUSY
    number = uuid4().hex
    log.error("a listener failed", number=number, exc_info=place_only(error))
    return words.apology(number)


def answer(response_url: str, make: Callable[[], Post]) -> None:
    """Show the person alone what `make` returns, or why it cannot be had."""
    try:
        post = make()
    except Exception as error:  # the same words as at the door
        post = blocks.sentence(in_words(error))
    _show(response_url, post)


def tell(response_url: str, text: str) -> None:
    """Say a sentence to the person alone; when even that fails it is only logged."""
    _show(response_url, blocks.sentence(text))


def _show(response_url: str, post: Post) -> None:
    try:
        respond(response_url, post)
    except OSError as error:
        log.warning("answer not shown", error=type(error).__name__)


def below_the_form(view: dict[str, Any], text: str) -> dict[str, Any]:
    """A sentence at the last field of a form, which stays open."""
    last = [block["block_id"] for block in view["blocks"] if block["type"] == "input"][-1]
    return {"response_action": "errors", "errors": {last: text}}


def _who(body: dict[str, Any]) -> dict[str, str]:
    """Team, channel and person of a command or an interaction."""
    if "command" in body:
        return {"team": body["team_id"], "channel": body["channel_id"], "user": body["user_id"]}
    if "view" in body:  # it knows of no channel, but we wrote down which it is for
        body = {**body, "channel": {"id": body["view"].get("private_metadata")}}
    ids = {name: (body.get(name) or {}).get("id", "") for name in ("team", "channel", "user")}
    return {name: str(id) for name, id in ids.items()}


def ephemeral(post: Post) -> dict[str, Any]:
    """The answer to a command that only its person sees, as Slack wants it."""
    return {"response_type": "ephemeral", "text": post.text, "blocks": post.blocks}
