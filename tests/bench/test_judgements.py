"""What was judged by hand is counted by kind, and nothing is counted unjudged."""

from __future__ import annotations

import pytest

from bench.judgements import count

ROW = {"kind": "bank: side", "thing": "card", "comment": "My card is lost", "right": "y"}


def test_what_is_right_is_counted_of_each_kind_and_in_all() -> None:
    rows = [ROW, {**ROW, "right": "N"}, {**ROW, "kind": "reviews: side", "right": " y"}]

    assert count(rows).splitlines() == [
        "bank: side: 1 of 2 right (50%)",
        "all sides: 2 of 3 right (67%)",
        "reviews: side: 1 of 1 right (100%)",
    ]


def test_a_line_that_nobody_judged_is_not_counted() -> None:
    with pytest.raises(SystemExit, match="Not judged yet: “card”"):
        count([ROW, {**ROW, "right": ""}])
