"""The next step below an answer: its button, the form it opens, and what was written into that.

The button says itself which answer it belongs to and what stands in the fields: a press needs
nothing of ours to be shown its form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core import words
from core.elements import Block
from core.markup import clean, cut
from core.reply import Step

STEP_ACTION = "step"
FORM = "step"  # the callback_id of its view
INPUT = "text"
LONGEST = 40  # characters of a field
MOST_FIELDS = 10  # a button's value has 2,000 characters
LONGEST_TITLE = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """The answer that a step changes: of which skill and job, and the message that shows it."""

    skill: str
    job: str
    channel: str = ""
    thread: str = ""
    ts: str = ""


def button(step: Step, *, skill: str, job: str) -> Block:
    """The button below the answer of a job."""
    fields = [
        [cut(clean(each.label), LONGEST), cut(clean(each.value), LONGEST)]
        for each in step.fields[:MOST_FIELDS]
    ]
    return {
        "type": "button",
        "action_id": STEP_ACTION,
        "value": json.dumps([skill, job, step.label, fields], ensure_ascii=False),
        "text": {"type": "plain_text", "text": cut(clean(step.label), 75)},
    }


def target_of(value: str) -> Target:
    """Which answer a pressed button belongs to."""
    skill, job, *_ = json.loads(value)
    return Target(skill=skill, job=job)


def form(value: str, target: Target) -> Block:
    """The view that a pressed button opens; a field that is left empty stays as it was."""
    _, _, label, fields = json.loads(value)
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": json.dumps(asdict(target)),
        "title": {"type": "plain_text", "text": cut(label, LONGEST_TITLE)},
        "submit": {"type": "plain_text", "text": words.SAVE},
        "close": {"type": "plain_text", "text": words.CANCEL},
        "blocks": [_field(number, *each) for number, each in enumerate(fields)],
    }


def _field(number: int, label: str, value: str) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": INPUT, "max_length": LONGEST}
    if value:
        element["initial_value"] = value
    return {
        "type": "input",
        "block_id": str(number),
        "optional": True,
        "label": {"type": "plain_text", "text": label or "—"},
        "element": element,
    }


def read(view: Mapping[str, Any]) -> tuple[Target, dict[str, str]]:
    """The answer that a form was about, and what it says now, by the fields' numbers."""
    written = {
        block["block_id"]: _written(view, block) for block in view["blocks"] if "element" in block
    }
    return Target(**json.loads(view["private_metadata"])), written


def _written(view: Mapping[str, Any], block: Mapping[str, Any]) -> str:
    """The words of a field on one line; what stood there when they are none."""
    entered = view["state"]["values"].get(block["block_id"], {}).get(INPUT, {}).get("value")
    line = cut(" ".join(clean(entered or "").split()), LONGEST)
    return line or str(block["element"].get("initial_value", ""))


def doubled(written: Mapping[str, str]) -> Iterator[str]:
    """The fields that say what one before them says."""
    seen: set[str] = set()
    for number, text in written.items():
        if text.casefold() in seen:
            yield number
        seen.add(text.casefold())
