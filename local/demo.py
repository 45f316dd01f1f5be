"""The demo: real requests through every door, each thread printed as people see it.

`python -m local.demo` starts a fleet of its own, plays the scenes and exits 0 only when every
request got its right answer in its place.
"""

import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from local.fleet import Fleet, FleetError
from local.scenes import SCENES, Scene
from local.stage import Failed, Stage

FOLDER = Path(os.environ.get("DATA_DIR") or "data") / "demo"


def main() -> int:
    """Play all scenes; 0 when each ended as it should."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, leave)
    started = time.monotonic()
    print("Readymade demo: local Slack, bot, worker and real models on this machine.\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="readymade-demo-") as samples, Fleet(FOLDER) as fleet:
        print(
            f"Ready after {time.monotonic() - started:.0f} s; until the end at {fleet.url}/\n",
            flush=True,
        )
        stage = Stage(fleet.workspace, Path(samples))
        failures = [name for name, scene in SCENES.items() if not play(name, scene, stage)]
    answered = len(SCENES) - len(failures)
    print(
        f"{answered} of {len(SCENES)} scenes as they should be, "
        f"in {time.monotonic() - started:.0f} s."
    )
    for name in failures:
        print(f"  not right: {name}")
    if failures:
        print(f"What the processes said is in {FOLDER}/*.log")
    return 1 if failures else 0


def leave(number: int, _frame: object) -> None:
    """End as asked, once: a second signal must not interrupt the stopping."""
    for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)
    print("\nStopping…", flush=True)
    sys.exit(128 + number)


def play(name: str, scene: Scene, stage: Stage) -> bool:
    """Play one scene and print what people see; False when it did not end as it should."""
    print(f"── {name}", flush=True)
    try:
        print(_indented(scene(stage)), "\n", flush=True)
    except (Failed, AssertionError) as error:
        print(_indented(f"✗ {error}"), "\n", flush=True)
        return False
    return True


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in text.splitlines())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (FleetError, FileNotFoundError) as problem:
        sys.exit(f"Readymade demo: {problem}")
