"""Rules through the door: set in a form, shown below the next call, told in the other channel."""

from __future__ import annotations

from local.shapes import Json
from local.transcript import plain, visible_text
from tests.door.conftest import PATIENCE, Office
from tests.skills import sounds

RULES = "somebody says: new jersey\nnobody says: yankee (x3)\nsilence under 30 s"


def settings(office: Office, channel: str) -> Json:
    """The form that ada sees in a channel."""
    answer = office.ada.slash("/readymade", "settings", channel=channel)
    assert answer["ok"], answer
    return office.workspace.views("ada")[-1]


def told(office: Office, channel: str) -> list[str]:
    """What the bot says in a channel, outside threads."""
    messages = office.workspace.messages(channel)
    return [plain(visible_text(each)) for each in messages if each.get("bot_id")]


def test_rules_are_set_in_a_form_and_a_call_that_breaks_one_is_told_elsewhere(
    office: Office,
) -> None:
    calls = office.workspace.add_channel("calls", members=["ada"], bot=True)
    quality = office.workspace.add_channel("quality", members=["ada"], bot=True)
    form = settings(office, calls)
    refused = office.ada.submit(form, {"rules": "silnce under 30 s", "alerts": quality})
    saved = office.ada.submit(form, {"rules": RULES, "alerts": quality})
    office.workspace.wait_for(lambda: told(office, calls), PATIENCE)
    message = office.ada.upload(calls, [sounds.call()], text=f"<@{office.bot}> call")
    answer = office.answer(message)
    office.workspace.wait_for(lambda: told(office, quality), PATIENCE)
    (alert,) = told(office, quality)

    assert "silence under 30 s" in refused["errors"]["rules"]
    assert saved["ok"]
    assert all(line in told(office, calls)[0] for line in RULES.splitlines())
    assert "Scorecard: 2 of 3 rules passed, 40 % by weight" in answer
    assert "✓ somebody says: new jersey" in answer
    assert "✗ nobody says: yankee (x3)" in answer
    assert "✗ nobody says: yankee (x3): said" in alert
    assert "New Jersey" not in alert
    assert calls in alert
