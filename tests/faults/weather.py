"""The weather: begins a fault of a schedule, and ends it."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress

from redis.exceptions import RedisError

from tests.faults.fleet import FaultyFleet
from tests.faults.proxy import Proxy
from tests.faults.schedule import Fault


class Weather:
    """Applies faults to a fleet; each call lasts as long as its fault."""

    def __init__(self, fleet: FaultyFleet) -> None:
        self._fleet = fleet

    def apply(self, fault: Fault) -> None:
        """Begin, wait, end. A process that is dead already cannot be hit: that is fine."""
        with suppress(ProcessLookupError):
            getattr(self, f"_{fault.kind}")(fault)

    def _kill(self, fault: Fault) -> None:
        self._fleet.kill(fault.target)

    def _stop(self, fault: Fault) -> None:
        """SIGTERM to the process, as a rolling restart does."""
        os.kill(self._fleet.pid(fault.target), signal.SIGTERM)

    def _pause(self, fault: Fault) -> None:
        self._fleet.pause(fault.target)
        time.sleep(fault.seconds)
        self._fleet.resume(fault.target)

    def _redis(self, fault: Fault) -> None:
        self._fleet.redis.kill()
        time.sleep(fault.seconds)
        self._fleet.redis.restart()

    def _full(self, fault: Fault) -> None:
        """Redis takes nothing more in."""
        with self._fleet.redis.client() as redis, suppress(RedisError):
            redis.config_set("maxmemory", 1)
            time.sleep(fault.seconds)
            redis.config_set("maxmemory", 0)

    def _network(self, fault: Fault) -> None:
        assert fault.switches is not None
        proxy = self._proxy(fault.target)
        if "cut" in fault.switches:
            for _ in range(3):
                proxy.cut()
                time.sleep(fault.seconds / 3)
            return
        proxy.change(**fault.switches)
        time.sleep(fault.seconds)
        proxy.heal()

    def _proxy(self, target: str) -> Proxy:
        name, link = target.split("-")
        return (self._fleet.to_redis if link == "redis" else self._fleet.to_slack)[name]

    def _slack(self, fault: Fault) -> None:
        assert fault.switches is not None
        self._fleet.workspace.faults(**fault.switches)
        time.sleep(fault.seconds)
        self._fleet.workspace.faults(latency=0)

    def _duplicates(self, fault: Fault) -> None:
        self._fleet.workspace.faults(duplicate_delivery=True)
        time.sleep(fault.seconds)
        self._fleet.workspace.faults(duplicate_delivery=False)

    def _sockets(self, fault: Fault) -> None:
        body = {"action": "drop"} if fault.target == "drop" else {"reason": fault.target}
        self._fleet.workspace.call("POST", "sockets", body)
