"""The limits that docs/operations.md names are those of the code."""

from __future__ import annotations

from pathlib import Path

from skills.decode import audio, document, formats, pdf, tables
from skills.kinds import DOCUMENT, IMAGE, MOST_TYPED, RECORDING, TABLE
from skills.sentiment import LONGEST_TEXT

MIB = 1024**2


def test_the_page_names_the_limits_of_the_code() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()
    rows = (
        f"| recordings | {RECORDING.max_bytes // MIB:,} MB, {audio.MOST_MINUTES} minutes |",
        f"| documents | {DOCUMENT.max_bytes // MIB} MB, {pdf.MOST_PAGES:,} pages, "
        f"{document.MOST_CHARACTERS:,} characters; "
        f"plain text {formats.MOST_BYTES_OF_TEXT // MIB} MB |",
        f"| tables | {TABLE.max_bytes // MIB} MB, {tables.MOST_ROWS:,} rows, "
        f"{tables.MOST_COLUMNS} columns, {tables.MOST_CELLS:,} cells |",
        f"| images | {IMAGE.max_bytes // MIB} MB |",
        f"| {LONGEST_TEXT:,}, {MOST_TYPED:,} characters |",
    )

    assert [row for row in rows if row not in page] == []
