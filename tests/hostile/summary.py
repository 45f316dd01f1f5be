"""The table at the end of a run: one row a kind of file."""

from __future__ import annotations

from collections.abc import Sequence

from tests.hostile.outcome import ANSWERED, APOLOGY, REFUSED, SILENCE, Outcome

HEADER = ("kind", "files", ANSWERED, REFUSED, "apologies", "silent", "p50 s", "p95 s", "max s")


def table(outcomes: Sequence[Outcome]) -> str:
    """Counts and seconds by kind, and of all together."""
    kinds = sorted({outcome.sample.kind for outcome in outcomes})
    rows = [_row(kind, [each for each in outcomes if each.sample.kind == kind]) for kind in kinds]
    rows.append(_row("all", outcomes))
    widths = [max(len(row[place]) for row in (HEADER, *rows)) for place in range(len(HEADER))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (HEADER, *rows)
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of all do not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def causes(outcomes: Sequence[Outcome]) -> str:
    """How often sandboxed children gave no answer, by cause: "3 died, 1 took too long"."""
    told = [outcome.cause for outcome in outcomes if outcome.cause]
    counts = sorted(((told.count(each), each) for each in set(told)), reverse=True)
    return ", ".join(f"{count} {cause}" for count, cause in counts) or "none"


def _row(kind: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    words = [outcome.word for outcome in outcomes]
    seconds = [outcome.seconds for outcome in outcomes]
    counts = [len(words), *map(words.count, (ANSWERED, REFUSED, APOLOGY, SILENCE))]
    times = [percentile(seconds, 0.5), percentile(seconds, 0.95), max(seconds, default=0.0)]
    return (kind, *map(str, counts), *(f"{each:.2f}" for each in times))
