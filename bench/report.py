"""The report: figures as a table, as JSON, and as a picture for docs/performance.md.

results.json is {name: {ours, peer, ratio, unit, limit, quality, …}}; a run replaces the figures
that it measured and keeps the others, and each says when and where it was measured.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.bars import draw
from bench.figure import QUIET, Figure

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "bench.svg"
START, END = "<!-- figures -->\n", "<!-- /figures -->\n"
Result = Mapping[str, Any]
Results = dict[str, Result]


def as_results(figures: Iterable[Figure], *, busy: float, quick: bool) -> Results:
    """The figures as results.json holds them; `busy` is how many cores others used meanwhile."""
    where = f"{datetime.date.today()}, {machine()}" + (", quick: not to be quoted" if quick else "")
    return {
        each.name: {
            "ours": _short(each.ours),
            "peer": _short(each.peer),
            "ratio": _short(each.ratio),
            "unit": each.unit,
            "limit": _short(each.limit),
            "quality": dict(each.quality),
            "less_is_better": each.less,
            "peer_is": each.peer_is,
            "limit_is": each.limit_is,
            "measured": where,
            "others_used_cores": round(busy, 2),
        }
        for each in figures
    }


def machine() -> str:
    """The processor, its cores, and the GPU if there is one."""
    from skills.models.device import describe_device, resolve_device

    device = resolve_device("auto")
    cores = len(os.sched_getaffinity(0))
    gpu = "CPU only" if device == "cpu" else str(describe_device(device)["name"])
    return f"{platform.machine()}, {cores} cores, {gpu}"


def keep(path: Path, results: Results) -> Results:
    """Write results.json with these in the place of those that it had; all of them."""
    known = json.loads(path.read_text()) if path.exists() else {}
    whole = {**known, **results}
    path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n")
    path.with_suffix(".svg").write_text(draw(whole))
    return whole


def as_table(results: Results) -> str:
    """Markdown: a row a figure."""
    lines = [
        "| figure | ours | peer | times better | limit | beside it |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for name, each in results.items():
        quality = "; ".join(f"{what}: {value}" for what, value in each["quality"].items())
        cells = (
            name,
            f"**{shown(each['ours'])}** {each['unit']}",
            shown(each["peer"]),
            shown(each["ratio"]),
            shown(each["limit"]),
            quality,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def as_notes(results: Results) -> str:
    """Markdown: who the peer of each figure is, what its limit, and when it was measured."""
    lines = []
    for name, each in results.items():
        peer = f" Peer: {each['peer_is']}." if each["peer_is"] else ""
        limit = f" Limit: {each['limit_is']}." if each["limit_is"] else ""
        busy = each["others_used_cores"]
        others = f"; others used {busy:.1f} cores meanwhile" if busy > QUIET else ""
        lines.append(f"- **{name}**.{peer}{limit} ({each['measured']}{others})")
    return "\n".join(lines)


def section(results: Results) -> str:
    """What stands between the markers of the page."""
    return f"{as_table(results)}\n\n{as_notes(results)}\n"


def write(results: Results, *, page: Path = PAGE, picture: Path = PICTURE) -> None:
    """Put table and picture into the docs."""
    before, rest = page.read_text().split(START)
    _, after = rest.split(END)
    page.write_text(f"{before}{START}{section(results)}{END}{after}")
    picture.write_text(draw(results))


def shown(value: float | None) -> str:
    """Three digits that matter."""
    if value is None:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
