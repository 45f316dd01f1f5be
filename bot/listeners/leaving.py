"""Leaving: a workspace that removes the app, or its tokens, is forgotten."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.forgetting import Forgetter
from core.log import logger

log = logger("bot")


def register(app: App, *, forgetter: Forgetter) -> None:
    """The two events arrive in any order, and each of them is enough."""

    @app.event("app_uninstalled")
    def on_uninstalled(body: dict[str, Any]) -> None:
        _forget(forgetter, body["team_id"])

    @app.event("tokens_revoked")
    def on_revoked(body: dict[str, Any], event: dict[str, Any]) -> None:
        if (event.get("tokens") or {}).get("bot"):  # a person's token is none of ours
            _forget(forgetter, body["team_id"])


def _forget(forgetter: Forgetter, team: str) -> None:
    log.info("team forgotten", team=team, jobs=forgetter.forget_team(team))
