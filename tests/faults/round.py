"""A round: some schedules played side by side on one fleet, then judged."""

from __future__ import annotations

import tempfile
import threading
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.fleet import FaultyFleet
from tests.faults.oracle import Oracle
from tests.faults.people import Done, People
from tests.faults.schedule import Act, Fault, Schedule
from tests.faults.weather import Weather


@dataclass(kw_only=True)
class Played:
    """What came of a round."""

    schedules: Sequence[Schedule]
    seconds: float = 0.0
    owed: int = 0  # acts that Slack knows to be taken: each has exactly one answer
    complaints: list[str] = field(default_factory=list)

    def line(self) -> str:
        numbers = f"{self.schedules[0].number}-{self.schedules[-1].number}"
        faults = ", ".join(fault.kind for each in self.schedules for fault in each.faults)
        verdict = "FAILED" if self.complaints else "ok"
        return f"schedules {numbers:>9}  {self.seconds:5.1f} s  {verdict:6}  {faults}"

    def report(self, options: Namespace) -> str:
        replay = (
            f"python -m tests.faults --seed {options.seed} --schedule {self.schedules[0].number} "
            f"--together {options.together}{' --models' * options.models}"
        )
        return "\n".join([*self.complaints, *map(str, self.schedules), f"play it again: {replay}"])


class Round:
    """Plays, heals, waits, judges."""

    def __init__(self, fleet: FaultyFleet, oracle: Oracle) -> None:
        self._fleet = fleet
        self._oracle = oracle
        self._done: list[Done] = []
        self._complaints: list[str] = []

    def play(self, schedules: Sequence[Schedule]) -> Played:
        """The acts and faults of all schedules in their time, and what is wrong afterwards."""
        started = time.monotonic()
        self._fleet.heal()
        self._fleet.workspace.wait_for_app(60)
        self._fleet.workspace.clear_log()
        with tempfile.TemporaryDirectory() as folder:
            self._run(schedules, Path(folder))
        self._fleet.heal()
        self._complaints += self._oracle.wait_until_idle()
        self._oracle.settle(self._done)
        for done in self._done:
            self._complaints += self._oracle.judge(done)
        self._complaints += self._oracle.leaks()
        return Played(
            schedules=schedules,
            seconds=time.monotonic() - started,
            owed=sum(done.delivered is True for done in self._done),
            complaints=self._complaints,
        )

    def _run(self, schedules: Sequence[Schedule], folder: Path) -> None:
        people, weather = People(self._fleet, folder), Weather(self._fleet)
        began = time.monotonic()
        threads = [
            threading.Thread(target=self._at, args=(began, what, people, weather))
            for schedule in schedules
            for what in (*schedule.acts, *schedule.faults)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _at(self, began: float, what: Act | Fault, people: People, weather: Weather) -> None:
        time.sleep(max(0.0, began + what.at - time.monotonic()))
        try:
            if isinstance(what, Fault):
                weather.apply(what)
            else:
                self._done.append(people.do(what))
        except Exception as error:  # a thread's error would else go unseen
            self._complaints.append(f"the suite itself failed at {what}: {error!r}")
