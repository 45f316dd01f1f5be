"""`python -m bench.simulate`: who waits how long, from 10 to 10,000 employees and 1 to 100 workers.

Prints the table; with `--write` puts it, its curve and its assumptions into docs/operations.md.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

from bench.assumptions import GPU, Assumptions, Speed, measured
from bench.curve import Line, Panel, draw
from bench.figure import percentile
from bench.simulation import Fleet, Request
from bench.workday import HOUR, WARM, Workday

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "operations.md"
CURVE = ROOT / "docs" / "images" / "simulation.svg"
START, END = "<!-- simulation -->\n", "<!-- /simulation -->\n"
EMPLOYEES = (10, 100, 300, 1_000, 3_000, 10_000)
WORKERS = (1, 3, 10, 30, 100)
ENOUGH, MOST_HOURS = 2_000, 20
KINDS = ("texts", "images", "documents", "recordings")
AT_ONCE = 0.1
SLOW = 60.0  # seconds of waiting after which a table says no more than minutes


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """The busiest hour of so many employees before so many workers: seconds."""

    employees: int
    workers: int
    half: dict[str, float]  # p50 and p95 of the wait of each kind
    most: dict[str, float]
    shown: float  # p95 until the answer of a text is on the screen, Slack's limits included


def main() -> None:
    """Simulate the grid for both kinds of worker."""
    parser = argparse.ArgumentParser(prog="python -m bench.simulate", description=__doc__)
    parser.add_argument("--write", action="store_true", help="update docs/operations.md")
    options = parser.parse_args()
    assumed = Assumptions()
    grids = {
        speed: [cell(assumed, speed, employees=e, workers=w) for e in EMPLOYEES for w in WORKERS]
        for speed in (measured(), GPU)
    }
    page = "\n".join([*_tables(grids), "", *_limits(assumed), "", *_assumptions(assumed, grids)])
    print(page)
    if options.write:
        CURVE.write_text(draw(list(_panels(grids))))
        write(page)


def cell(assumed: Assumptions, speed: Speed, *, employees: int, workers: int) -> Cell:
    """Enough busiest hours for a percentile to mean something."""
    waits: dict[str, list[float]] = {kind: [] for kind in KINDS}
    shown: list[float] = []
    for seed in range(MOST_HOURS):
        day = Workday(assumed, speed, seed=seed)
        requests = list(day.requests(employees))
        Fleet(day.kinds, workers=workers).run(requests)
        for request, seen in zip(requests, on_screen(requests, assumed), strict=True):
            if request.at >= WARM:
                waits[request.kind.name].append(request.wait + assumed.overhead)
                shown += [seen - request.at] * (request.kind.name == "texts")
        if sum(map(len, waits.values())) >= ENOUGH:
            break
    return Cell(
        employees=employees,
        workers=workers,
        half={kind: percentile(found, 0.5) for kind, found in waits.items()},
        most={kind: percentile(found, 0.95) for kind, found in waits.items()},
        shown=percentile(shown, 0.95),
    )


def on_screen(requests: Sequence[Request], assumed: Assumptions) -> list[float]:
    """When each answer shows: Slack takes so many updates a minute, a minute's worth at once.

    A text that is answered within a moment is a message of its own and needs none.
    """
    step = 60.0 / assumed.slack_updates
    shown = [inf] * len(requests)
    due = -60.0  # the moment at which the allowance would be unused
    for place in sorted(range(len(requests)), key=lambda each: requests[each].ended):
        request = requests[place]
        ready = request.ended + assumed.overhead
        if request.kind.name == "texts" and ready - request.at < assumed.moment:
            shown[place] = ready
            continue
        due = max(due, ready - 60.0) + step
        shown[place] = max(ready, due)
    return shown


def write(page: str) -> None:
    """Replace what stands between the markers."""
    before, rest = PAGE.read_text().split(START)
    _, after = rest.split(END)
    seen = f"Simulated on {datetime.date.today()} by `python -m bench.simulate --write`.\n"
    curve = "![p95 in the busiest hour by employees, a line for each number of workers]"
    text = f"{seen}\n{curve}({CURVE.relative_to(PAGE.parent)})\n\n{page}\n"
    PAGE.write_text(f"{before}{START}{text}{END}{after}")


def _tables(grids: dict[Speed, list[Cell]]) -> Iterator[str]:
    for speed, cells in grids.items():
        yield f"\nWait in the queue in the busiest hour, p50 / p95, with {speed.name}:\n"
        yield f"(left out: rows in which every p95 is under {AT_ONCE:g} s)\n"
        yield "| employees | workers | " + " | ".join(KINDS) + " | a text's answer shows, p95 |"
        yield "|---|---|" + "---|" * (len(KINDS) + 1)
        for each in cells:
            if max(each.most.values()) < AT_ONCE:
                continue
            pairs = [f"{_time(each.half[kind])} / {_time(each.most[kind])}" for kind in KINDS]
            yield (
                f"| {each.employees:,} | {each.workers} | {' | '.join(pairs)} | "
                f"{_time(each.shown)} |"
            )


def _limits(assumed: Assumptions) -> Iterator[str]:
    """Where Redis and Slack end, by arithmetic: their work a job is known."""
    a_second = assumed.requests_a_day * assumed.busy_hour / HOUR
    redis = 1e6 / assumed.redis_microseconds / a_second
    a_command = assumed.redis_microseconds / assumed.redis_commands / 1e6
    idle = 100 * assumed.redis_idle * a_command
    updated = 1 - assumed.texts
    slack = assumed.slack_updates / 60 / a_second / updated
    yield "What else ends, in the busiest hour:\n"
    yield "| employees | requests a second | of Redis's processor | of Slack's chat.update |"
    yield "|---|---|---|---|"
    for employees in EMPLOYEES:
        rate = employees * a_second
        yield (
            f"| {employees:,} | {rate:.3g} | {rate * assumed.redis_microseconds / 1e6:.2%} | "
            f"{60 * rate * updated / assumed.slack_updates:.0%} |"
        )
    yield ""
    yield (
        f"- **Slack** takes {assumed.slack_updates:.0f} updates a minute in a workspace: enough "
        f"for {slack:,.0f} employees as long as texts are answered within a moment, which takes "
        "none. With more, answers wait for Slack, not for workers, as long as the busiest hour "
        "lasts and longer; Slack calls its limits the least "
        "it grants (“50+”), so it may go on for somewhat longer."
    )
    posts = assumed.people_a_channel * a_second * assumed.posts
    yield (
        f"- **One channel** takes {assumed.slack_posts:.0f} message a second; "
        f"{assumed.people_a_channel:.0f} people need {posts:.2g} a second. "
        f"{assumed.slack_posts / assumed.posts / a_second:,.0f} people who all ask in one channel "
        "reach it."
    )
    yield (
        f"- **Redis** answers {1e6 / assumed.redis_microseconds:,.0f} jobs a second on one core: "
        f"{redis:,.0f} employees, {assumed.redis_commands:.0f} commands a job. A hundred idle "
        f"workers add {100 * assumed.redis_idle:,.0f} commands a second, {idle:.1%} of that core."
    )


def _assumptions(assumed: Assumptions, speeds: Iterable[Speed]) -> Iterator[str]:
    yield "<details><summary>Assumptions</summary>\n"
    yield "| what | value | from |"
    yield "|---|---|---|"
    for name, value, source in assumed.rows():
        yield f"| {name} | {value:,g} | {source} |"
    for speed in speeds:
        said = (
            f"{speed.texts:,.0f} texts/s, {speed.images:,.0f} images/s, "
            f"{speed.sentences:,.0f} sentences/s, {speed.audio:,.1f} s of sound/s, "
            f"{1000 * speed.fixed:g} ms a pass"
        )
        yield f"| {speed.name} | {said} | {speed.source} |"
    yield "\n</details>"


def _panels(grids: dict[Speed, list[Cell]]) -> Iterator[Panel]:
    for speed, cells in grids.items():
        shown = {(each.employees, each.workers): each.shown for each in cells}
        waits = {(each.employees, each.workers): each.most["recordings"] for each in cells}
        yield _panel(f"text: until its answer shows, {speed.name}", shown)
        yield _panel(f"recording: wait in the queue, {speed.name}", waits)


def _panel(title: str, values: dict[tuple[int, int], float]) -> Panel:
    lines = [
        Line(name=str(workers), points=[(each, values[each, workers]) for each in EMPLOYEES])
        for workers in WORKERS
    ]
    return Panel(title=title, lines=lines)


def _time(seconds: float) -> str:
    """ "0.02 s", "4 s", "12 min", "3 h" """
    if seconds < 1:
        return f"{seconds:.2f} s"
    if seconds < SLOW:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < HOUR else f"{seconds / HOUR:.1f} h"


if __name__ == "__main__":
    main()
