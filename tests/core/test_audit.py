"""The audit file keeps what AUDIT_DAYS allows, whoever writes to it meanwhile."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.audit import DAY, Audit


def records(folder: Path, *ages: float) -> Path:
    """An audit file with records of these ages in days."""
    path = folder / "audit.jsonl"
    lines = [json.dumps({"at": time.time() - age * DAY, "user": f"U{age}"}) for age in ages]
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def people(path: Path) -> list[str]:
    return [json.loads(line)["user"] for line in path.read_text().splitlines()]


def pruned() -> None:
    """Until nobody prunes any more."""
    for thread in threading.enumerate():
        if thread.name == "prune":
            thread.join(30)


def test_records_older_than_wanted_go_with_the_next_one(tmp_path: Path) -> None:
    path = records(tmp_path, 40, 31, 30.5, 29, 1)
    Audit(tmp_path, days=30).turned_away(team="T", channel="C", user="UNEW")
    pruned()

    assert people(path) == ["U29", "U1", "UNEW"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_reaper_takes_them_out_when_nobody_writes(tmp_path: Path) -> None:
    path = records(tmp_path, 40, 2)
    Audit(tmp_path, days=30).prune()

    assert people(path) == ["U2"]


def test_without_a_limit_everything_stays(tmp_path: Path) -> None:
    path = records(tmp_path, 4000)
    Audit(tmp_path, days=0).prune()

    assert people(path) == ["U4000"]


def test_no_record_is_lost_while_another_takes_old_ones_out(tmp_path: Path) -> None:
    path = records(tmp_path, *[40] * 5_000)
    with ThreadPoolExecutor(8) as pool:
        for number in range(200):
            audit = Audit(tmp_path, days=30)
            pool.submit(audit.turned_away, team="T", channel="C", user=f"W{number}")
    pruned()

    assert sorted(people(path)) == sorted(f"W{number}" for number in range(200))


@pytest.mark.parametrize("damaged", [b"{", b"{}\n", b"\xff\x00\n", b"[]\n"])
def test_a_damaged_record_goes_with_the_old_ones(tmp_path: Path, damaged: bytes) -> None:
    path = records(tmp_path, 40, 2)
    path.write_bytes(damaged.rstrip(b"\n") + b"\n" + path.read_bytes() + damaged)
    audit = Audit(tmp_path, days=30)
    audit.turned_away(team="T", channel="C", user="UNEW")
    pruned()

    assert people(path) == ["U2", "UNEW"]


def test_a_record_after_one_that_a_crash_cut_short_stands_on_its_own_line(tmp_path: Path) -> None:
    path = records(tmp_path, 2)
    path.write_bytes(path.read_bytes() + b'{"at": 17')
    Audit(tmp_path).turned_away(team="T", channel="C", user="UNEW")

    assert json.loads(path.read_text().splitlines()[-1])["user"] == "UNEW"


def test_who_writes_a_record_does_not_wait_for_the_old_ones_to_go(tmp_path: Path) -> None:
    records(tmp_path, *[40] * 300_000)
    begun = time.monotonic()
    Audit(tmp_path, days=30).turned_away(team="T", channel="C", user="UNEW")
    took = time.monotonic() - begun
    begun = time.monotonic()
    pruned()

    assert took < time.monotonic() - begun
