"""Minutes: what a conversation came to, each item in its message's words and with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.reply import Point, Section
from skills.skill import Progress, silent
from skills.texts.extract import Vectors
from skills.texts.material import Material
from skills.texts.talk import Talk

MOST_DECISIONS, MOST_QUESTIONS, MOST_TASKS = 6, 6, 8
BY_WORDING = (
    "Decisions, open questions and tasks are found by their wording, so some are missed: "
    "check what matters."
)
NOBODY = "nobody named"
ONLY_ENGLISH = "Decisions, open questions and tasks are found in English only."


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A sentence of the conversation; `link` leads to its message, `author` wrote it.

    Of a task `owner` is who is to do it, "nobody named" when nobody is, `due` when, in its words,
    and `state` is "", "confirmed" or "done". `about` is what a decision that only agrees agrees to.
    """

    text: str
    author: str
    source: str
    link: str
    about: str = ""
    owner: str = ""
    due: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Minutes:
    """Each list in the order of the conversation."""

    decisions: list[Item]
    questions: list[Item]
    tasks: list[Item]

    def __bool__(self) -> bool:
        return bool(self.decisions or self.questions or self.tasks)


def take_minutes(material: Material, vectors: Vectors, *, progress: Progress = silent) -> Minutes:
    """The minutes of a conversation, empty ones of anything else and of other languages.

    `progress` is told of every step, so that the job can be cancelled between two.
    """
    if not material.messages or not material.looks_english():
        return Minutes(decisions=[], questions=[], tasks=[])
    # Their patterns take a megabyte, which the bot does without.
    from skills.texts.decisions import find_decisions
    from skills.texts.open_questions import find_open_questions
    from skills.texts.tasks import find_tasks

    def alike(question: str, replies: Sequence[str]) -> list[float]:
        progress("Looking for answers", 0.0)
        rows = vectors.of([question, *replies], progress=lambda share: None)
        return [float(like) for like in rows[1:] @ rows[0]]

    def item(place: int, text: str, **details: str) -> Item:
        message = material.messages[place]
        source = material.source_of(place)
        return Item(text=text, author=message.author, source=source, link=message.link, **details)

    talk = Talk(material.messages)
    tasks, decided = find_tasks(talk), find_decisions(talk)
    settled = {each.about for each in decided}
    given = {(task.message, task.text) for task in tasks}
    return Minutes(
        decisions=[item(each.message, each.text, about=each.about) for each in decided],
        questions=[
            item(each.message, each.text)
            for each in find_open_questions(talk, alike)
            if (each.message, each.text) not in given and each.text not in settled
        ],
        tasks=[
            item(
                each.message, each.text, owner=each.owner or NOBODY, due=each.due, state=each.state
            )
            for each in tasks
        ],
    )


def as_sections(minutes: Minutes) -> tuple[Section, ...]:
    """The lists that have something in them, the latest items where there are too many."""
    undone = [each for each in minutes.tasks if each.state != "done"]
    tasks = minutes.tasks if len(minutes.tasks) <= MOST_TASKS else undone
    lists = (
        ("Decided", minutes.decisions, minutes.decisions[-MOST_DECISIONS:]),
        ("Questions without an answer", minutes.questions, minutes.questions[-MOST_QUESTIONS:]),
        ("To do", minutes.tasks, tasks[-MOST_TASKS:]),
    )
    return tuple(
        Section(title=_heading(name, len(shown), len(all)), points=tuple(map(_point, shown)))
        for name, all, shown in lists
        if shown
    )


def _heading(name: str, shown: int, all: int) -> str:
    return name if shown == all else f"{name} ({shown} of {all})"


def _point(item: Item) -> Point:
    """One item as people read it."""
    text = f"“{item.about}” — “{item.text}”" if item.about else item.text
    return Point(text=f"{_who(item)}{text}", source=item.source, link=item.link)


def _who(item: Item) -> str:
    """ "✓ Ana (by Friday): " of a task, else nothing."""
    if not item.owner:
        return ""
    done = "✓ " if item.state == "done" else ""
    due = f" ({item.due})" if item.due else ""
    return f"{done}{item.owner}{due}: "
