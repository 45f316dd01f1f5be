"""Answers in the order of the inputs, run in batches of one lane as the workers run them."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from core.errors import SetupError, UserError
from skills.skill import Input, Skill
from skills.terminal.asked import Asked

# Inputs looked at together: enough to fill batches of every lane, few enough to answer steadily.
BATCHES_AHEAD = 8
BROKEN = "Something went wrong with this one; it is our fault, not yours."
log = logging.getLogger(__name__)


def answer(
    skill: Skill[Any], asked: Sequence[Asked], *, load: Callable[[], Any]
) -> Iterator[Any | UserError]:
    """One result or refusal an input; the model is loaded when the first input needs it.

    Raises SetupError when it cannot be.
    """
    model: list[Any] = []
    window = skill.batch * BATCHES_AHEAD
    for start in range(0, len(asked), window):
        part = asked[start : start + window]
        if not model and any(isinstance(each, Input) for each in part):
            with contextlib.redirect_stdout(sys.stderr):  # libraries print; answers stand alone
                model.append(load())
        yield from _answer_window(skill, part, model[0] if model else None)


def _answer_window(skill: Skill[Any], asked: Sequence[Asked], model: Any) -> list[Any | UserError]:
    lanes: dict[str, list[int]] = {}
    answers: list[Any | UserError] = list(asked)
    for place, each in enumerate(asked):
        if isinstance(each, Input):
            lanes.setdefault(skill.lane(text=each.text), []).append(place)
    for places in lanes.values():
        for start in range(0, len(places), skill.batch):
            batch = places[start : start + skill.batch]
            inputs = [each for place in batch if isinstance(each := asked[place], Input)]
            for place, result in zip(batch, _run(skill, model, inputs), strict=True):
                answers[place] = result
    return answers


def _run(skill: Skill[Any], model: Any, batch: list[Input]) -> list[Any | UserError]:
    """One batch; when it breaks, its inputs one by one, so that one of them harms no other."""
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return skill.run(model, batch)
    except SetupError:
        raise
    except UserError as error:
        return [error] * len(batch)
    except Exception:
        if len(batch) > 1:
            return [result for each in batch for result in _run(skill, model, [each])]
        log.exception("%s broke on an input", skill.name)
        return [UserError(BROKEN)]
