"""Next steps: the button below an answer opens a form, and what is written there changes it."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.act import Act, enterprise_of, team_of
from bot.desk import Desk
from bot.forms import open_form
from bot.gate import Gate
from bot.problems import in_words
from core import steps, words
from core.archive import Archive
from core.errors import ReadymadeError, UserError
from core.steps import FORM, STEP_ACTION, Target
from skills.keeping import Keeping
from skills.skill import Skill


def register(app: App, *, desk: Desk, gate: Gate, archive: Archive, client: WebClient) -> None:
    """Everyone in the channel may press it; `client` is a punctual one."""

    @app.action(STEP_ACTION)
    def on_step(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        target = _target(body, action["value"])
        gate.admit(channel=target.channel, user=body["user"]["id"])
        skill = _keeping(desk, target)
        if (
            archive.find(skill.keeps, team=team_of(body), channel=target.channel, job=target.job)
            is None
        ):
            raise UserError(words.NOT_KEPT)
        open_form(client, steps.form(action["value"], target), trigger=body["trigger_id"])
        ack()

    @app.view(FORM)
    def on_written(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        target, written = steps.read(view)
        doubled = dict.fromkeys(steps.doubled(written), words.TWICE)
        if doubled:
            ack(response_action="errors", errors=doubled)
            return
        act = _act(body, view, target)
        try:
            gate.admit(channel=act.channel, user=act.user)
            desk.amend(_keeping(desk, target), act, target, written)
        except ReadymadeError as error:  # the form is still open: it is said there
            desk.audit.turned_away(team=act.team, channel=act.channel, user=act.user)
            ack(response_action="errors", errors={"0": in_words(error)})
            return
        ack()


def _target(body: dict[str, Any], value: str) -> Target:
    """The answer above the button, and where it stands."""
    place, pressed = body["container"], steps.target_of(value)
    return Target(
        skill=pressed.skill,
        job=pressed.job,
        channel=place["channel_id"],
        thread=place.get("thread_ts") or place["message_ts"],
        ts=place["message_ts"],
    )


def _keeping(desk: Desk, target: Target) -> Keeping[Any]:
    skill: Skill[Any] | None = desk.catalog.get(target.skill)
    if not isinstance(skill, Keeping):  # taken out since
        raise UserError(words.NOT_KEPT)
    return skill


def _act(body: dict[str, Any], view: dict[str, Any], target: Target) -> Act:
    return Act(
        team=team_of(body),
        enterprise=enterprise_of(body),
        channel=target.channel,
        user=body["user"]["id"],
        id=view["id"],
        thread=target.thread,
    )
