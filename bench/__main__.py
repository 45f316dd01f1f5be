"""`make bench`: every figure against its peer as a table, a picture and bench/results.json.

Each part measures by interleaved rounds in a process of its own, and only while nobody else uses
the machine. `--only ack,text` measures those; `--write` puts table and picture into the docs.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
from pathlib import Path

from bench import report
from bench.figure import Busy, Figure, busy_cores, refuse_when_busy
from bench.process import end_with_parent

RESULTS = Path(__file__).with_name("results.json")
PARTS = {
    "ack": "bench.path_ack",
    "overhead": "bench.path_overhead",
    "text": "bench.path_text",
    "speech": "bench.speech",
    "images": "bench.images",
    "documents": "bench.documents",
    "scale": "bench.path_scale",
    "fanout": "bench.fanout",
    "priority": "bench.path_priority",
    "start": "bench.start",
    "headline": "bench.path_mixed",
}


def main() -> int:
    """Measure, print, write; 1 when something could not be measured."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended
    options = _options()
    failed = []
    results: report.Results = {}
    for name in options.only:
        print(f"{name}…", file=sys.stderr, flush=True)
        try:
            busy = busy_cores(1.0) if options.busy else refuse_when_busy()
            figures = _measure(PARTS[name], quick=options.quick)
            if not options.busy:
                busy = max(busy, refuse_when_busy())  # nor did anybody come meanwhile
        except (Busy, Failed) as error:
            failed.append(f"{name}: {error}")
            continue
        results |= report.as_results(figures, busy=busy, quick=options.quick)
        whole = report.keep(options.results, results)
        if options.write:
            report.write(whole)
    if results:
        print(report.as_table(results))
        print(f"\nThe picture is {options.results.with_suffix('.svg')}.")
    print("\n".join(failed), file=sys.stderr)
    return int(bool(failed))


class Failed(Exception):
    """A part could not be measured; the text is its last word."""


def _measure(module: str, *, quick: bool) -> list[Figure]:
    command = [sys.executable, "-m", "bench.one", module, *(["--quick"] if quick else [])]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=end_with_parent
    ) as process:
        try:
            output, errors = process.communicate()
        except BaseException:
            process.terminate()
            process.communicate()
            raise
    if process.returncode:
        last = errors.decode(errors="replace").strip().splitlines() or ["ended without a word"]
        raise Failed(last[-1])
    return [Figure(**each) for each in json.loads(output.splitlines()[-1])]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", type=_names, default=[*PARTS], help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="tiny numbers: does it run at all?")
    parser.add_argument("--busy", action="store_true", help="measure although others are busy")
    parser.add_argument("--write", action="store_true", help="update docs/performance.md")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where results.json goes")
    return parser.parse_args()


def _names(given: str) -> list[str]:
    names = given.split(",")
    if strange := [name for name in names if name not in PARTS]:
        raise argparse.ArgumentTypeError(f"{strange[0]} is none of {', '.join(PARTS)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
