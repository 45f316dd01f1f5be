"""A rule is a line that people write; one that is not understood is refused with an example."""

from __future__ import annotations

import pytest

from core.errors import UserError
from core.rule import FORMS, MOST_RULES, Kind, Rule, read_rules, write_rules


def read(line: str) -> Rule:
    (rule,) = read_rules(line)
    return rule


@pytest.mark.parametrize("example", [form.example for form in FORMS])
def test_every_example_is_a_rule(example: str) -> None:
    assert read(example).line == example


@pytest.mark.parametrize(
    ("line", "kind", "who", "limit"),
    [
        ("silence under 30 s", Kind.SILENCE, "anybody", 30),
        ("No silence over 1 min", Kind.SILENCE, "anybody", 60),
        ("no interruption longer than 3 seconds", Kind.INTERRUPTIONS, "anybody", 3),
        ("agent's interruptions under 2.5s", Kind.INTERRUPTIONS, "agent", 2.5),
        ("Customer is not negative at the end", Kind.MOOD, "customer", 0),
        ("the agent talks under 70%", Kind.TALK, "agent", 70),
        ("agent speaks at most 180 wpm", Kind.PACE, "agent", 180),
    ],
)
def test_a_limit_is_written_in_several_ways(line: str, kind: Kind, who: str, limit: float) -> None:
    rule = read(line)

    assert (rule.kind, rule.who, rule.limit, rule.least) == (kind, who, limit, False)


@pytest.mark.parametrize(
    ("line", "kind", "who", "first", "last"),
    [
        ("agent says within 15 s: good morning, hello", Kind.SAYS, "agent", 15, 0),
        ("Agent must say in the first 15 s: “good morning”, hello", Kind.SAYS, "agent", 15, 0),
        ("agent says in the last 1 min any of: good morning, hello", Kind.SAYS, "agent", 0, 60),
        ("somebody says: good morning, hello", Kind.SAYS, "anybody", 0, 0),
        ("nobody says: good morning, hello", Kind.NEVER_SAYS, "anybody", 0, 0),
        ("agent never says: good morning, hello", Kind.NEVER_SAYS, "agent", 0, 0),
        ("flag: good morning, hello", Kind.FLAG, "anybody", 0, 0),
        ("flag if customer says: good morning, hello", Kind.FLAG, "customer", 0, 0),
    ],
)
def test_what_is_said_is_listed_behind_a_colon(
    line: str, kind: Kind, who: str, first: float, last: float
) -> None:
    rule = read(line)

    assert (rule.kind, rule.who, rule.first, rule.last) == (kind, who, first, last)
    assert rule.phrases == ("good morning", "hello")


def test_a_least_is_told_from_a_most() -> None:
    assert read("customer talks over 30 %").least


def test_a_rule_may_weigh_more() -> None:
    rules = read_rules("silence under 30 s (x2)\nnobody says: lawsuit (×3)\nflag: lawyer")

    assert [rule.weight for rule in rules] == [2, 3, 1]
    assert rules[1].phrases == ("lawsuit",)


def test_rules_are_lines_or_parted_by_semicolons_and_may_be_a_list() -> None:
    rules = read_rules("• silence under 30 s\n\n2. nobody says: x; flag: y\n")

    assert write_rules(rules) == "silence under 30 s\nnobody says: x\nflag: y"
    assert read_rules(write_rules(rules)) == rules


@pytest.mark.parametrize(
    ("line", "says", "example"),
    [
        ("silnce 30", "silnce 30", "agent says within 15 s"),
        ("silence below zero", "silence below zero", "silence under 30 s"),
        ("agent says within 15 s:", "agent says within 15 s:", "agent says within 15 s"),
        ("nobody says: ,", "words are missing", "nobody says: guarantee"),
        ("agent talks under 170 %", "1 to 99", "agent talks under 70 %"),
        ("silence under 0 s", "no length of time", "silence under 30 s"),
        ("silence under 30 s (x0)", "weight", "silence under 30 s"),
        ("flag: " + "word " * 16, "15 words", "flag when"),
    ],
)
def test_a_line_that_is_not_understood_is_refused_with_an_example(
    line: str, says: str, example: str
) -> None:
    with pytest.raises(UserError) as refused:
        read_rules(f"silence under 30 s\n{line}")

    assert says in str(refused.value)
    assert f"for example: {example}" in str(refused.value)


def test_no_more_rules_are_taken_than_an_answer_shows() -> None:
    with pytest.raises(UserError, match=f"{MOST_RULES} fit"):
        read_rules("flag: x\n" * (MOST_RULES + 1))


@pytest.mark.parametrize(
    ("written", "phrases"),
    [
        ("guarantee, lawsuit", ("guarantee", "lawsuit")),
        ("1,000 euros, 2,50", ("1,000 euros", "2,50")),
        ('"no, sorry", never', ("no, sorry", "never")),
        ("“no, sorry”,„nie, nein“", ("no, sorry", "nie, nein")),
        ("never say \"never\", 'hm', it's", ('never say "never', "hm", "it's")),
        ("one,,two,", ("one", "two")),
    ],
)
def test_a_comma_in_quotes_or_in_a_number_parts_no_phrases(
    written: str, phrases: tuple[str, ...]
) -> None:
    (rule,) = read_rules(f"nobody says: {written}")

    assert rule.phrases == phrases
