"""Prose: a business report of any length, the same for the same seed, with hardly a sentence twice.

Made from a grammar, so that no book has to be carried: sentences of 8 to 35 words, paragraphs of 3
to 7, a heading now and then, names and numbers that differ. What it says is of no interest.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

WHO = """
the support team|the board|our largest customer|the finance department|a supplier in {place}|
the new billing service|the {place} office|the works council|an external auditor|the data team|
the marketing department|the product group|the regional manager for {place}|the security review|
the steering committee|a group of volunteers|the logistics partner|the hiring panel
"""
DID = """
reported|confirmed|decided|warned|found|proposed|expected|announced|complained|calculated|promised
"""
THAT = """
the costs of {thing} fell by {number} percent|{thing} will take {number} weeks longer than planned|
nobody had been told about {thing}|{number} customers asked for {thing} during the {season}|
{thing} should move to {place} before the {season}|the contract for {thing} ends in the {season}|
two thirds of the complaints concern {thing}|{thing} needs {number} more people than it has|
the plan for {thing} was approved without changes|{thing} is no longer the bottleneck|
the figures for {thing} were off by {number} thousand euros|{thing} could be bought for less|
training for {thing} reaches {number} employees|an earlier estimate of {thing} was too cautious
"""
THING = """
the warehouse|invoice processing|the mobile app|customer onboarding|the help centre|energy use|
night shifts|spare parts|the loyalty programme|data protection|the returns desk|fleet maintenance|
the quarterly forecast|translation work|accessibility|the payment provider|packaging|recruiting|
the intranet|laboratory tests|the price list|insurance claims|export licences|the apprenticeship
"""
MORE = """
because {thing} had been neglected since the {season}|although {who} had expected the opposite|
while {who} looked into {thing}|which makes {thing} easier to plan|after a long talk with {who}|
so that {thing} can begin in {place}|and {who} agreed with that view|despite the delays in {place}|
as long as {thing} stays within its budget|in spite of what {who} had said about {thing}
"""
WHEN = """
In the {season}, |At the meeting in {place}, |According to the minutes, |For the first time, |
Two weeks later, |In {place}, |On closer inspection, |||||||
"""
PLACES = """
Lisbon|Bremen|Kraków|Lyon|Malmö|Turin|Ghent|Porto|Leeds|Graz|Tartu|Cork|Bilbao|Basel|Aarhus|Split
"""
SEASONS = "spring|summer|autumn|winter|first quarter|second quarter|third quarter|last quarter"


class Prose:
    """Sentences, paragraphs and pages of one report."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._choices = {
            name: "".join(text.splitlines()).split("|")
            for name, text in (
                ("who", WHO), ("did", DID), ("that", THAT), ("thing", THING), ("more", MORE),
                ("when", WHEN), ("place", PLACES), ("season", SEASONS),
            )
        }  # fmt: skip

    def sentence(self) -> str:
        """One sentence."""
        shape = "{when}{who} {did} that {that}" + ", {more}" * (self._random.random() < 0.6)
        while "{" in shape:
            start, end = shape.index("{"), shape.index("}")
            shape = shape[:start] + self._word(shape[start + 1 : end]) + shape[end + 1 :]
        return f"{shape[0].upper()}{shape[1:]}."

    def paragraph(self) -> str:
        """Three to seven sentences."""
        return " ".join(self.sentence() for _ in range(self._random.randint(3, 7)))

    def pages(self, count: int, *, lines: int = 42, width: int = 80) -> Iterator[list[str]]:
        """`count` pages of about 450 words, as lines; a heading begins each eighth."""
        waiting: list[str] = []
        for number in range(count):
            if number % 8 == 0:
                waiting += ["", f"{number // 8 + 1} {self._word('thing').title()}", ""]
            while len(waiting) < lines:
                waiting += [*_wrapped(self.paragraph(), width), ""]
            yield waiting[:lines]
            waiting = waiting[lines:]

    def _word(self, name: str) -> str:
        if name == "number":
            return str(self._random.randint(2, 97))
        return self._random.choice(self._choices[name])


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines
