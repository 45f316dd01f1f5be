"""`python -m local.up`: a fleet that stays up, for trying Readymade in the browser."""

import os
import signal
import socket
import sys
import threading
from pathlib import Path

from local.fleet import Fleet, FleetError

FOLDER = Path(os.environ.get("DATA_DIR") or "data") / "up"
USUAL_PORT = 3999
FIRST_STEPS = (
    "Open it in a browser on this machine and type / in #general, or drop a file there.\n"
    "Ctrl-C stops it."
)


def main() -> None:
    """Start everything, say where it is, and wait for Ctrl-C."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with Fleet(FOLDER, port=_port()) as fleet:
        print(f"Readymade is up: {fleet.url}/\n{FIRST_STEPS}", flush=True)
        ended.wait()
        print("Stopping…", flush=True)


def _port() -> int:
    """The usual port, so that a bookmark works; any other when it is taken."""
    with socket.socket() as probe:
        return USUAL_PORT if probe.connect_ex(("127.0.0.1", USUAL_PORT)) else 0


if __name__ == "__main__":
    try:
        main()
    except FleetError as problem:
        sys.exit(f"Readymade: {problem}")
