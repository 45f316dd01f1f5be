"""Questions in other words than the document's: answered where one place surely answers, or not."""

from __future__ import annotations

import pytest

from skills.models.minilm import load_minilm
from skills.skill import Input
from skills.summarize import skill
from skills.texts.digest import Summarizer
from skills.texts.summary import IN_OTHER_WORDS, Summary

RULES = """# House rules of the boat club

Members collect a boat at the pier and sign the book before they leave.

Whoever capsizes stays with the hull and waves until the launch arrives.

Oars are rinsed with fresh water and hung up by size.

Youngsters below fourteen row only beside a coach.

The bar closes at eleven in the evening, on Sundays at nine.

Subscriptions are collected in March and cover the lockers.
"""


@pytest.fixture(scope="module")
def model() -> Summarizer:
    return Summarizer(minilm=load_minilm("cpu"))


def ask(model: Summarizer, question: str) -> Summary:
    (result,) = skill.run(model, [Input(text=RULES, options={"question": question})])
    assert isinstance(result, Summary)
    return result


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How do I clean the paddles?", "Oars are rinsed"),
        ("What do I do with wet paddles?", "Oars are rinsed"),
        ("When does the pub shut?", "The bar closes"),
    ],
)
def test_a_question_in_other_words_is_answered(
    question: str, answer: str, model: Summarizer
) -> None:
    assert [each.text[: len(answer)] for each in ask(model, question).points] == [answer]


@pytest.mark.parametrize(
    "question",
    [
        "Is there a car park?",
        "Who is the president?",
        "May I bring my dog?",
        "Which insurance do we have?",
        "How old is the building?",
        "When does the regatta in Henley begin?",
    ],
)
def test_a_question_that_nothing_answers_is_not_answered(question: str, model: Summarizer) -> None:
    assert ask(model, question).points == []


def test_an_answer_in_other_words_says_so(model: Summarizer) -> None:
    reply = skill.render(ask(model, "How do I clean the paddles?"))

    assert reply.notes[0] == IN_OTHER_WORDS


def test_an_answer_in_the_words_of_the_question_needs_no_such_note(model: Summarizer) -> None:
    reply = skill.render(ask(model, "When does the bar close?"))

    assert IN_OTHER_WORDS not in reply.notes


def test_where_no_place_surely_answers_the_nearest_passages_are_shown(model: Summarizer) -> None:
    found = ask(model, "May my twelve year old daughter take out a boat without a grown-up?")
    reply = skill.render(found)

    assert not found.found
    assert found.points == []
    assert reply.text.startswith("I found no clear answer in ")
    assert reply.points[0].text.startswith("“Youngsters below fourteen row only")


def test_a_name_that_the_document_has_nowhere_asks_for_something_else(model: Summarizer) -> None:
    assert ask(model, "How do I clean the Yamaha paddles?").points == []
