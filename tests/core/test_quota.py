"""The count of a person's requests, hour by hour."""

from __future__ import annotations

from core.ledger import Ledger


def test_requests_are_counted_for_each_person_alone(ledger: Ledger) -> None:
    for _ in range(3):
        ledger.spend("T1", "U1")
    ledger.spend("T1", "U2")
    count, left = ledger.spent("T1", "U1")

    assert count == 3
    assert 3_500 < left <= 3_600
    assert ledger.spent("T1", "U3") == (0, 0)
