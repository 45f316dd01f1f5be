"""How much of scanned receipts is read: `python -m bench.quality_scans`.

Each receipt of ICDAR 2019 SROIE is a PDF of one picture, read as `/summarize` reads it. Counted is
the share of its words (as people wrote them down) that is read letter for letter, capitals aside.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.samples import samples_asked_for
from core.errors import UserError
from skills.decode.documents import read_document

MOST = 15


def measure(data: Path) -> dict[str, float]:
    """The share of words read, of totals read, and seconds a page."""
    from PIL import Image

    rows = [json.loads(line) for line in (data / "documents" / "receipts.jsonl").open()][:MOST]
    words = found = totals = 0
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for row in rows:
            path = Path(folder) / "receipt.pdf"
            with Image.open(data / "documents" / row["file"]) as picture:
                picture.convert("RGB").save(path)
            wanted, read = Counter(_words(" ".join(row["ocr_lines"]))), Counter(_words(_read(path)))
            words += sum(wanted.values())
            found += sum((wanted & read).values())
            totals += row["key"]["total"] in read
    return {
        "scans_n": len(rows),
        "scans words read": found / words,
        "scans totals read": totals / len(rows),
        "scans seconds a page": (time.perf_counter() - start) / len(rows),
    }


def _read(path: Path) -> str:
    try:
        return " ".join(each.text for each in read_document(path).passages)
    except UserError:
        return ""


def _words(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", text.lower())


if __name__ == "__main__":
    for name, value in measure(samples_asked_for()).items():
        print(f"{name:30} {value:.3f}", file=sys.stdout)
