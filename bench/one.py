"""One part of the bench in a process of its own, so that no part inherits another's threads.

`python -m bench.one MODULE` prints its figures as JSON in the last line.
"""

from __future__ import annotations

import inspect
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import Any

from bench.samples import find_samples, need_samples
from skills.models.device import prepare_libraries


def main(module: str, *options: str) -> None:
    """Measure and print; ends everything that it has started when it is told to end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    prepare_libraries()  # as the worker does: what a model reaches alone is its best
    measure = import_module(module).measure
    figures = measure(**_wanted(measure, quick="--quick" in options))
    print(json.dumps([asdict(each) for each in figures]))


def _wanted(measure: Callable[..., Any], *, quick: bool) -> dict[str, Any]:
    """What this part asks for by name: the folder of samples, and whether to be quick."""
    names = inspect.signature(measure).parameters
    given: dict[str, Any] = {"quick": quick} if "quick" in names else {}
    if "data" in names:
        needed = names["data"].default is inspect.Parameter.empty
        given["data"] = need_samples() if needed else find_samples()
    return given


if __name__ == "__main__":
    main(*sys.argv[1:])
