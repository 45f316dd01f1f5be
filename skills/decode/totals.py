"""Totals: rows that close a table made by hand ("Total", "Average: 3.8"), and are no answers."""

from __future__ import annotations

import re
from statistics import median

from skills.decode.tables import TableData

MOST = 8  # rows at the end that are looked at
_SUMS = (
    r"(?:(?:grand|sub|over-?all|column)[- ]?)?(?:totals?|sum|averages?|avg\.?|mean|median|count"
    r"|summe|gesamt\w{0,10}|durchschnitt|mittelwert|anzahl|schnitt|total général|moyenne|somme"
    r"|promedio|suma|totale|media)"
)
_OF = (
    r"(?:(?:of|all|number|scores?|ratings?|stars?|responses?|reviews?|comments?|answers?|entries"
    r"|rows?|customers?|participants?|respondents?|nps|csat|n)\b|[-–:=().,%/ø∅\d]++)"
)
SUM = re.compile(rf"\W{{0,3}}{_SUMS}\b(?:\s*+{_OF})*+\s*+", re.IGNORECASE)
FOOT = re.compile(
    r"n\s?=\s?\d{1,9}|end of (?:the )?(?:report|file|list|export|table)\W{0,3}"
    r"|(?:source|exported|generated|created|printed|last updated)\b.{0,80}",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]{2}")
DIGIT = re.compile(r"\d")
LONGEST = 120


def find_totals(table: TableData) -> frozenset[int]:
    """The places of the rows at the end that add up the rest, or tell of the file.

    "Average" may be somebody's answer: it adds up where the row leaves out what the others fill, or
    holds a figure that no other row has.
    """
    filled = [sum(bool(cell) for cell in row) for row in table.rows]
    usual = median(filled)
    found: set[int] = set()
    for place in range(len(table.rows) - 1, max(0, len(table.rows) - MOST), -1):
        if not _closes(table, place, fewer=filled[place] < usual):
            break
        found.add(place)
    return frozenset(found)


def _closes(table: TableData, place: int, *, fewer: bool) -> bool:
    cells = [cell for cell in table.rows[place] if cell]
    words = [cell for cell in cells if WORD.search(cell[:LONGEST])]
    if not words or not all(SUM.fullmatch(cell[:LONGEST]) for cell in words):
        return fewer and len(cells) == 1 and bool(FOOT.fullmatch(cells[0][:LONGEST]))
    if fewer:
        return True
    if len(words) == len(cells):
        return any(map(DIGIT.search, words))
    return not any(
        cell and cell not in words and any(row[column] == cell for row in table.rows[:place])
        for column, cell in enumerate(table.rows[place])
    )
