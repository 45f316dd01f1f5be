"""`python -m workers.doctor`: one line a check; exit code 1 when something prevents answers.

It starts nothing and makes no file in DATA_DIR. It leaves one word in a Redis that runs, for an
hour: the doctor of another machine tells by it whether both have the same key.
"""

from __future__ import annotations

import logging
import sys

from core.errors import SetupError
from core.log import configure_logging
from core.settings import Settings, load_settings
from workers.doctor import machine, redis, slack
from workers.doctor.finding import Check, Finding, examine

CHECKS: dict[str, Check] = {
    "Packages": machine.packages,
    "Data folder": machine.folder,
    "Redis": redis.server,
    "Content key": machine.content_key,
    "Shared key": redis.shared_key,
    "Bot token": slack.bot_token,
    "Scopes": slack.scopes,
    "Way in": slack.way_in,
    "Policy": machine.policy,
    "Opening files": machine.files,
    "Device": machine.device,
    "Models": machine.models,
    "Workers": redis.workers,
}


def main() -> int:
    """Examine everything that the settings lead to."""
    configure_logging()
    logging.disable(logging.CRITICAL)  # a finding says it in one sentence
    try:
        settings = load_settings()
    except SetupError as error:
        print(line("Settings", Finding(mark="WRONG", said=str(error))))
        return 1
    return examine_all(settings)


def examine_all(settings: Settings) -> int:
    """Print each finding as it is made; the exit code."""
    prevented = 0
    for name, check in CHECKS.items():
        finding = examine(check, settings)
        print(line(name, finding), flush=True)
        prevented += finding.mark == "WRONG"
    if prevented:
        these = "1 line" if prevented == 1 else f"{prevented} lines"
        print(f"\n{these} of {len(CHECKS)} must be mended before Readymade can answer.")
    return int(bool(prevented))


def line(name: str, finding: Finding) -> str:
    return f"{finding.mark:<5}  {name:<13}  {finding.said}"


if __name__ == "__main__":
    sys.exit(main())
