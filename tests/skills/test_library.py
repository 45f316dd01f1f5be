"""Twenty documents whose pages the test knows: answers and points name the right ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from core.errors import UserError
from skills.models.minilm import load_minilm
from skills.skill import Input
from skills.summarize import skill
from skills.texts.digest import Summarizer
from skills.texts.summary import Summary
from tests.skills.library import MAKERS, Paper, papers

PRINTED = re.compile(r" \((?:[ivx]+|\d+)\)")  # "page 3 (1)": the number that is printed there


@pytest.fixture(scope="module")
def model() -> Summarizer:
    return Summarizer(minilm=load_minilm("cpu"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> list[Paper]:
    return list(papers(tmp_path_factory.mktemp("library")))


def run(model: Summarizer, paper: Paper, **options: str) -> Summary:
    (result,) = skill.run(model, [Input(path=paper.path, name=paper.path.name, options=options)])
    if isinstance(result, UserError):
        raise result
    assert isinstance(result, Summary)
    return result


def places(paper: Paper, source: str) -> Iterator[str]:
    """The places of a document that a source may name: "page 3, Terms" names "page 3"."""
    plain = PRINTED.sub("", source)
    return (each for each in paper.said if plain == each or plain.startswith(f"{each}, "))


@pytest.mark.parametrize(
    "number", range(len(MAKERS)), ids=lambda n: f"{n + 1} {MAKERS[n].__name__}"
)
def test_each_question_is_answered_from_the_page_that_says_it(
    model: Summarizer, library: list[Paper], number: int
) -> None:
    paper = library[number]
    for question, fact, place in paper.asked:
        best = run(model, paper, question=question).points[0]

        assert fact in best.text
        assert place in list(places(paper, best.source))


@pytest.mark.parametrize(
    "number", range(len(MAKERS)), ids=lambda n: f"{n + 1} {MAKERS[n].__name__}"
)
def test_each_point_of_a_summary_stands_on_the_page_it_names(
    model: Summarizer, library: list[Paper], number: int
) -> None:
    paper = library[number]
    points = run(model, paper, length="long").points

    assert points
    for point in points:
        (place,) = places(paper, point.source)
        assert point.text in paper.said[place]


@pytest.mark.parametrize(
    "number", range(len(MAKERS)), ids=lambda n: f"{n + 1} {MAKERS[n].__name__}"
)
def test_what_a_document_does_not_say_is_not_answered(
    model: Summarizer, library: list[Paper], number: int
) -> None:
    found = run(model, library[number], question="Which dentist treats horses in Peru?")

    assert (found.found, found.points) == (False, [])


def test_there_are_twenty() -> None:
    assert len(MAKERS) == 20
