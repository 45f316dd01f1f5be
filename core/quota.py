"""`Quota`: how much of something one person or one team may use in a while."""

from __future__ import annotations

from dataclasses import dataclass

REQUESTS, AUDIO = "requests", "seconds of audio"
HOUR, DAY = 3600, 86_400


@dataclass(frozen=True, kw_only=True, slots=True)
class Quota:
    """At most `limit` of a `unit` (`REQUESTS` or `AUDIO`) in `window` seconds.

    `whose` is who shares it: "T1.U1" for a person, "T1" for a team. `cost` is what a request
    takes at once; 0 when that is known only afterwards (`Ledger.spend`).
    """

    unit: str
    whose: str
    limit: int
    window: int
    cost: int = 1

    @property
    def name(self) -> str:
        """The name of its count."""
        return f"{self.unit}:{self.whose}"
