"""Buttons: Cancel under a placeholder."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.desk import Desk
from core import blocks, words
from core.blocks import CANCEL_ACTION
from core.errors import UserError
from core.job import Surface
from core.placeholder import respond


def register(app: App, *, desk: Desk) -> None:
    """The one button that we have."""

    @app.action(CANCEL_ACTION)
    def on_cancel(
        ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient
    ) -> None:
        job = desk.ledger.find(action["value"])
        if job is None:
            raise UserError(words.OVER)
        if job.user != body["user"]["id"]:
            raise UserError(words.ONLY_THEIRS)
        outcome = desk.ledger.cancel(job.id)
        if outcome == "over":
            raise UserError(words.OVER)
        ack()
        if outcome == "cancelled":
            desk.audit.ended(job, "cancelled")
        else:  # a running job says it itself when it has stopped
            return
        post = blocks.sentence(words.CANCELLED, title=desk.catalog[job.skill].title)
        if job.surface is Surface.PRIVATE:
            respond(body["response_url"], post, replace=True)
        else:
            client.chat_update(
                channel=job.channel, ts=body["container"]["message_ts"],
                text=post.text, blocks=post.blocks,
            )  # fmt: skip
