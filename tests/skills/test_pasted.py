"""A pasted list is several comments; a letter, a story or a wrapped paragraph is one text."""

from __future__ import annotations

import pytest

from core.errors import UserError
from skills.comments.judged_table import JudgedTable
from skills.decode.pasted import find_comments
from skills.models.sentiment_model import SentimentModel
from skills.sentiment import TextSentiment, skill
from skills.skill import Input
from tests.skills.growth import LINEAR, SHAPES, growth

LISTS = {
    "bullets": ("- great\n- bad\n• so so", 3),
    "numbers, one of two lines": ("1. Love it\n2) hate it\n   really\n3. fine", 3),
    "a heading above bullets": ("What people said:\n- a good thing\n- a bad thing", 2),
    "short lines": ("Love it\nToo expensive\nGreat app\nIt crashes\nNo idea", 5),
    "lines in lower case": ("love it\ntoo expensive\ngreat app\nit crashes a lot\nno idea", 5),
    "lines with blank ones between": ("Love it\n\nToo dear\n\nGreat\n\nIt crashes\n\nNo idea", 5),
}
TEXTS = {
    "one line": "I love it",
    "two lines": "The food was cold.\nThe waiter was rude.",
    "a letter": "Hi team,\nthe parcel came late.\nI called.\nNobody answered.\nBest,\nAnna",
    "a letter with bullets": "Hello,\nI have two problems:\n- late\n- broken\nPlease call.\nA.",
    "a story": "I bought a phone.\nThen it broke.\nSo I called.\nNobody came.\nAnd I am angry.",
    "a wrapped paragraph": "The parcel that I ordered two weeks ago has still not come and nobody\n"
    "answers my mails about it although I have written to the support three\n"
    "times now which I find really disappointing for a company of your size\n"
    "and I would like to have my money back as soon as that is possible since\n"
    "I have bought it elsewhere in the meantime.",
    "paragraphs": "I love this phone. It is great.\n\nThe battery is weak.\n\nI would buy it.",
}


@pytest.mark.parametrize("name", LISTS)
def test_each_item_of_a_list_is_a_comment(name: str) -> None:
    text, count = LISTS[name]

    assert len(getattr(find_comments(text), "rows", [])) == count


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_no_list_stays_one_text(name: str) -> None:
    assert find_comments(TEXTS[name]) is None


def test_the_marks_are_no_part_of_the_comments() -> None:
    found = find_comments("1. Love it\n2) hate it\n   really\n3. fine")

    assert found is not None
    assert found.rows == [("Love it",), ("hate it really",), ("fine",)]


@pytest.mark.parametrize("shape", SHAPES)
def test_eight_times_the_text_takes_about_eight_times_as_long(shape: str) -> None:
    assert growth(find_comments, shape, size=10_000) < LINEAR


@pytest.fixture(scope="module")
def model() -> SentimentModel:
    return skill.load("cpu")


def test_a_pasted_list_is_answered_like_a_table(model: SentimentModel) -> None:
    [found] = skill.run(model, [Input(text="- I love it\n- It is awful\n- I hate it")])
    assert isinstance(found, JudgedTable)

    reply = skill.render(found)

    assert reply.text == "3 comments: 33 % positive, 0 % neutral, 67 % negative."
    assert reply.notes[0].startswith("Read as a list of 3 comments;")
    assert reply.files[0].name == "comments with sentiment.csv"


def test_a_letter_beside_a_list_is_one_text(model: SentimentModel) -> None:
    texts = [TEXTS["a letter"], LISTS["bullets"][0]]

    found = skill.run(model, [Input(text=text) for text in texts])

    assert [type(each) for each in found] == [TextSentiment, JudgedTable]


def test_a_list_of_another_language_is_refused(model: SentimentModel) -> None:
    text = "- Das Essen war kalt und schlecht\n- Der Kellner war sehr unfreundlich zu uns"

    assert isinstance(skill.run(model, [Input(text=text)])[0], UserError)
