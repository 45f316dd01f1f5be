"""The form of `/readymade settings`: a channel's preferences as a modal, and back.

It knows Slack's modal and our preferences; who may change them, and where, is not its concern.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.errors import UserError
from core.preferences import Preferences
from core.rule import EXAMPLES, MOST_TEXT, read_rules, write_rules

CALLBACK = "settings"
TITLE = "Settings of this channel"  # as long as Slack lets it be
REDACT = {
    "no": "Keep what is said",
    "yes": "Hide numbers of cards, accounts and phones, e-mails and addresses",
    "names": "Hide these, and the names of people",
}
DIGEST = {
    "off": "No digest",
    "daily": "Every day",
    "weekdays": "Monday to Friday",
    "weekly": "Every Monday",
}
RULES_HINT = (
    "One a line, for example: silence under 30 s – customer not negative at the end – agent talks "
    "under 70 % – flag when customer says: cancel my contract. (x2) at the end counts twice. "
    "Everybody in the channel sees which rules are set."
)

Json = dict[str, Any]


def view(chosen: Preferences, *, channel: str) -> Json:
    """The modal with what is chosen now; the channel travels along unseen."""
    hours = {str(hour): f"{hour:02}:00" for hour in range(24)}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": channel,
        "title": _plain(TITLE),
        "submit": _plain("Save"),
        "close": _plain("Cancel"),
        "blocks": [
            _input("redact", "Recordings", _choice("radio_buttons", REDACT, chosen.redact)),
            _input(
                "rules", "Rules that calls should keep", _rules(chosen.rules),
                hint=RULES_HINT, optional=True,
            ),
            _input(
                "alerts", "Channel for alerts", _alerts(chosen.alerts),
                hint="When a call does not keep a rule, I say there which one and when, without a "
                "word of the call. I must be in that channel.",
                optional=True,
            ),
            _input(
                "digest", "Digest of this channel",
                _choice("static_select", DIGEST, chosen.digest),
            ),
            _input(
                "digest_hour", "Time of the digest",
                _choice("static_select", hours, str(chosen.digest_hour)),
                hint="In the time zone of whoever chooses it.",
            ),
        ],
    }  # fmt: skip


def read(form: Json, before: Preferences) -> tuple[Preferences, dict[str, str]]:
    """What was changed in a form that was sent, and what is wrong with it, by field.

    A field that is as it was shown stays as it is by now: somebody else may have changed it since.
    """
    errors: dict[str, str] = {}
    entered = _entered(form)
    try:
        if "rules" in entered:
            entered["rules"] = write_rules(read_rules(entered["rules"]))
    except UserError as error:
        errors["rules"] = str(error)
        del entered["rules"]
    chosen = replace(
        before,
        redact=entered.get("redact", before.redact),
        rules=entered.get("rules", before.rules),
        alerts=entered.get("alerts", before.alerts),
        digest=entered.get("digest", before.digest),
        digest_hour=int(entered.get("digest_hour", before.digest_hour)),
    )
    return chosen, errors


def cut_lines(lines: tuple[str, ...]) -> str:
    """As many lines as a placeholder has room for."""
    text = ""
    for line in lines:
        if len(text) + len(line) < 150:
            text += f"{line}\n"
    return text.strip()


def _entered(form: Json) -> dict[str, str]:
    """The fields that say something else than they were shown with."""
    values = form["state"]["values"]
    shown = {block["block_id"]: _shown(block["element"]) for block in form["blocks"]}
    entered = {field: _value(values[field][field]) for field in shown}
    return {field: value for field, value in entered.items() if value != shown[field]}


def _value(element: Json) -> str:
    """What is in a field now, whatever kind of element it is; "" when it is left empty."""
    option = element.get("selected_option") or {}
    given = option.get("value") or element.get("selected_conversation") or element.get("value")
    return str(given or "")


def _shown(element: Json) -> str:
    """What was in it at first."""
    option = element.get("initial_option") or {}
    given = option.get("value") or element.get("initial_conversation")
    return str(given or element.get("initial_value") or "")


def _rules(chosen: str) -> Json:
    element = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": MOST_TEXT,
        "placeholder": _plain(cut_lines(EXAMPLES)),
    }
    return {**element, "initial_value": chosen} if chosen else element


def _alerts(chosen: str) -> Json:
    element = {
        "type": "conversations_select",
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
        "placeholder": _plain("No channel"),
    }
    return {**element, "initial_conversation": chosen} if chosen else element


def _choice(kind: str, choices: dict[str, str], chosen: str) -> Json:
    options = {value: {"text": _plain(text), "value": value} for value, text in choices.items()}
    initial = options.get(chosen) or next(iter(options.values()))
    return {"type": kind, "options": list(options.values()), "initial_option": initial}


def _input(
    field: str, label: str, element: Json, *, hint: str = "", optional: bool = False
) -> Json:
    block = {
        "type": "input",
        "block_id": field,
        "label": _plain(label),
        "optional": optional,
        "element": {"action_id": field, **element},
    }
    return {**block, "hint": _plain(hint)} if hint else block


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}
