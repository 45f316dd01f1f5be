"""Cursor: pages are asked for one by one, and only as long as somebody wants more."""

from __future__ import annotations

from itertools import islice
from typing import Any

from core.cursor import pages


class Method:
    """Answers with three pages; remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def __call__(self, **arguments: Any) -> dict[str, Any]:
        self.asked.append(arguments)
        number = int(arguments["cursor"] or 1)
        return {"n": number, "response_metadata": {"next_cursor": f"{number + 1}"[: number < 3]}}


def test_every_page_is_asked_for_with_the_cursor_of_the_one_before() -> None:
    method = Method()

    assert [page["n"] for page in pages(method, limit=9)] == [1, 2, 3]
    assert method.asked == [{"cursor": each, "limit": 9} for each in (None, "2", "3")]


def test_who_has_seen_enough_asks_no_more() -> None:
    method = Method()
    list(islice(pages(method), 2))

    assert len(method.asked) == 2


def test_an_answer_without_a_cursor_is_the_last() -> None:
    assert list(pages(lambda cursor: {"n": 1, "response_metadata": None})) == [
        {"n": 1, "response_metadata": None}
    ]
