"""People: what time it is where somebody lives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.people import People


class Directory(WebClient):
    """Knows one person, who lives in `zone`."""

    zone = ""

    def users_info(self, **_: Any) -> Any:
        return {"user": {"id": "U1", "tz": self.zone}}


@pytest.mark.parametrize(
    ("zone", "hours"),
    [("Asia/Tokyo", 9), ("America/Phoenix", -7), ("", 0), ("Mars/Olympus", 0), ("../etc", 0)],
)
def test_the_clock_is_that_where_a_person_lives_and_utc_where_nobody_knows(
    zone: str, hours: int
) -> None:
    directory = Directory()
    directory.zone = zone

    assert People(directory, guests=False).clock("U1").utcoffset() == timedelta(hours=hours)
