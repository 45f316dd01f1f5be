"""Transcripts with known personal data, made from a seed, and how much of it was found."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tests.skills.personal_numbers import say_harmless, say_personal
from tests.skills.personal_worlds import World

SLOT = re.compile(r"\{(\w+)\}")
PERSONAL = {
    "card": "card", "phone": "phone", "email": "email", "address": "address", "ssn": "id",
    "nino": "id", "steuer": "id", "dni": "id", "iban": "account", "name": "name",
    "passport": "id", "sort": "account", "account": "account", "birth": "birth",
}  # fmt: skip
STYLES = ("turns", "lower", "prose", "stamped")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing that is personal; of a number that two turns divide there are several pieces."""

    kind: str
    pieces: tuple[tuple[int, int], ...]


@dataclass(kw_only=True, slots=True)
class Transcript:
    """What was said and what of it is personal."""

    text: str = ""
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How many were there, how many of them were found, how many of what was found was there."""

    there: Counter[str]
    found: Counter[str]
    said: Counter[str]
    right: Counter[str]
    missed: list[str]
    wrong: list[str]

    def recall(self, kind: str = "") -> float:
        return _share(self.found, self.there, kind)

    def precision(self, kind: str = "") -> float:
        return _share(self.right, self.said, kind)


def _share(part: Counter[str], whole: Counter[str], kind: str) -> float:
    if kind:
        return part[kind] / max(1, whole[kind])
    return part.total() / max(1, whole.total())


def make(world: World, count: int, seed: int) -> Iterator[Transcript]:
    """The same transcripts for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        yield _transcript(world, chance, STYLES[number % len(STYLES)])


def _transcript(world: World, chance: random.Random, style: str) -> Transcript:
    kinds = chance.sample(sorted(world.personal), k=chance.randint(2, 5))
    sentences = [chance.choice(world.personal[kind]) for kind in kinds]
    sentences += chance.sample(world.harmless, k=chance.randint(2, 4))
    sentences += chance.sample(world.talk, k=chance.randint(3, 6))
    chance.shuffle(sentences)
    made = Transcript()
    speaker, seconds = 0, 0
    for sentence in sentences:
        for turn in sentence.split("|"):
            speaker = 1 - speaker
            seconds += chance.randint(2, 9)
            _begin(made, style, speaker, seconds)
            _say(made, world, chance, turn.strip(), style)
    return made


def _begin(made: Transcript, style: str, speaker: int, seconds: int) -> None:
    """What stands before a turn."""
    if style == "turns":
        made.text += ("\n" if made.text else "") + ("Agent: ", "Customer: ")[speaker]
    elif style == "stamped":
        stamp = f"[{seconds // 60:02}:{seconds % 60:02}] "
        made.text += ("\n" if made.text else "") + stamp
    elif made.text:
        made.text += " "


def _say(made: Transcript, world: World, chance: random.Random, turn: str, style: str) -> None:
    """A turn with its slots filled, in the letters of the style."""
    place = 0
    for slot in SLOT.finditer(turn):
        _add(made, turn[place : slot.start()], style)
        kind = PERSONAL.get(slot[1], "")
        spoken = style == "lower" or chance.random() < 0.5
        if kind:
            parts = say_personal(slot[1], world, chance, spoken=spoken)
            made.items.append(_item(made, kind, parts, style, chance))
        else:
            _add(made, say_harmless(slot[1], world, chance, spoken=spoken), style)
        place = slot.end()
    _add(made, turn[place:], style)


def _add(made: Transcript, text: str, style: str) -> None:
    made.text += re.sub(r"[.,?!:]", "", text).lower() if style == "lower" else text


def _item(made: Transcript, kind: str, parts: list[str], style: str, chance: random.Random) -> Item:
    """Personal data, now and then with an "okay" of the other person in its midst."""
    pieces = []
    for index, part in enumerate(parts):
        if index:
            made.text += _between(style, chance)
        start = len(made.text)
        made.text += part.lower() if style == "lower" else part
        pieces.append((start, len(made.text)))
    return Item(kind=kind, pieces=tuple(pieces))


def _between(style: str, chance: random.Random) -> str:
    word = chance.choice(("okay", "yes", "mm", "got it", "go on"))
    if style == "turns":
        return f"\nAgent: {word.capitalize()}.\nCustomer: "
    if style == "stamped":
        return f"\n[10:00] {word.capitalize()}.\n[10:02] "
    return chance.choice((f" {word} ", " uh ", " um and then "))


def score(
    transcripts: Iterable[Transcript], find: Callable[[str], Iterable[tuple[int, int, str]]]
) -> Score:
    """`find` gives start, end and kind of each stretch that it would take out.

    An item is found when each letter and digit of it is taken out as its kind; a stretch is right
    when more than half of it is personal data of its kind.
    """
    result = Score(
        there=Counter(), found=Counter(), said=Counter(), right=Counter(), missed=[], wrong=[]
    )
    for each in transcripts:
        stretches = list(find(each.text))
        for item in each.items:
            result.there[item.kind] += 1
            taken = {
                n for start, end, kind in stretches if kind == item.kind for n in range(start, end)
            }
            places = [n for start, end in item.pieces for n in range(start, end)]
            if all(n in taken for n in places if each.text[n].isalnum()):
                result.found[item.kind] += 1
            else:
                begin, end = item.pieces[0][0], item.pieces[-1][1]
                result.missed.append(f"{item.kind}: {each.text[max(0, begin - 60) : end + 10]!r}")
        for start, end, kind in stretches:
            personal = sum(
                max(0, min(end, stop) - max(start, begin))
                for item in each.items
                if item.kind == kind
                for begin, stop in item.pieces
            )
            result.said[kind] += 1
            if 2 * personal > end - start:
                result.right[kind] += 1
            else:
                result.wrong.append(
                    f"{kind}: {each.text[max(0, start - 50) : start]!r} >> {each.text[start:end]!r}"
                )
    return result
