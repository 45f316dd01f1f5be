"""The page about rules: every line that it shows is one, and its figures are those of the code."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from core.rule import MOST_PHRASE_WORDS, MOST_RULES, MOST_TEXT, MOST_WEIGHT, Kind, read_rules
from skills.telephone.rule_figures import NEGATIVE
from skills.telephone.verdicts import Verdict

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text()
BLOCK = PAGE.split("```")[1].strip().splitlines()
ROWS = re.findall(r"^\| `([^`]+)` \|", PAGE, flags=re.MULTILINE)


@pytest.mark.parametrize("line", [*BLOCK, *ROWS])
def test_every_line_that_is_shown_is_a_rule(line: str) -> None:
    (rule,) = read_rules(line)

    assert rule.line == line


def test_every_kind_of_rule_is_shown() -> None:
    shown = {read_rules(line)[0].kind for line in ROWS}

    assert shown == set(Kind)


def test_the_figures_are_those_of_the_code() -> None:
    assert f"{MOST_RULES} rules, of {MOST_TEXT:,} characters" in PAGE
    assert f"up to {MOST_PHRASE_WORDS} words" in PAGE
    assert f"(x{MOST_WEIGHT})" in PAGE
    assert f"{NEGATIVE:.0f} of 100 or more" in PAGE


def test_every_key_of_a_verdict_is_documented() -> None:
    assert [each.name for each in fields(Verdict) if f"`{each.name}`" not in PAGE] == []
