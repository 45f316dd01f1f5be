"""Tasks: what somebody in a conversation is to do, by whom and, if it was said, until when.

Somebody says "I'll …", is asked by name ("@ana can you …") or named ("Ana will …"), offers it to
who wants it, or an unnamed request is taken ("on it"). Quoted, not reworded; English only.
"""

from __future__ import annotations

from collections.abc import Iterator

from skills.texts.deadlines import find_due
from skills.texts.promises import TAKEN, is_promise
from skills.texts.requested import LABEL, asked_of, is_accepted_offer, named, taker_of
from skills.texts.talk import Remark, Talk
from skills.texts.task import Task, follow

FEWEST_WORDS = 3


def find_tasks(talk: Talk) -> list[Task]:
    """The tasks of a talk, in order; those that their owner refused are left out."""
    found: dict[tuple[str, str], Task] = {}
    for remark in talk.remarks:
        for task in _tasks(talk, remark):
            followed = follow(talk, task)
            if followed is not None:
                key = task.owner, " ".join(task.text.lower().split())
                found.setdefault(key, followed)
    return _without_echoes(list(found.values()))


def _tasks(talk: Talk, remark: Remark) -> Iterator[Task]:
    """What one sentence gives to do: to its author, to those it names, or to who takes it."""
    if len(remark.text.split()) < FEWEST_WORDS:
        return
    due = find_due(remark.text)
    for owner, state in _owners(talk, remark):
        yield Task(text=remark.text, owner=owner, message=remark.message, due=due, state=state)


def _owners(talk: Talk, remark: Remark) -> list[tuple[str, str]]:
    """Who is to do what a sentence says, "" for nobody named, and whether it was confirmed."""
    if asked := asked_of(talk, remark):
        return [(owner, "") for owner in asked]
    if owner := named(talk, remark):
        return [(owner, "")]
    if is_accepted_offer(talk, remark):
        return [(remark.author, "confirmed")]
    if is_promise(remark) and not TAKEN.match(remark.bare):
        return [(remark.author, "")]
    labelled = LABEL.match(remark.text)
    if labelled and len(remark.text[labelled.end() :].split()) >= FEWEST_WORDS - 1:
        return [("", "")]
    owner = taker_of(talk, remark)
    return [(owner, "confirmed")] if owner else []


def _without_echoes(tasks: list[Task]) -> list[Task]:
    """Without the owner's "I'll do that" where the request before it is a task already."""
    kept: list[Task] = []
    for task in tasks:
        echo = TAKEN.match(task.text) and any(
            other.owner == task.owner and other.message < task.message for other in kept
        )
        if not echo:
            kept.append(task)
    return kept
