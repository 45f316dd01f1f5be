"""The audit file keeps what AUDIT_DAYS allows, whoever writes to it meanwhile."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core.audit import DAY, Audit


def records(folder: Path, *ages: float) -> Path:
    """An audit file with records of these ages in days."""
    path = folder / "audit.jsonl"
    lines = [json.dumps({"at": time.time() - age * DAY, "user": f"U{age}"}) for age in ages]
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def people(path: Path) -> list[str]:
    return [json.loads(line)["user"] for line in path.read_text().splitlines()]


def test_records_older_than_wanted_go_with_the_next_one(tmp_path: Path) -> None:
    path = records(tmp_path, 40, 31, 30.5, 29, 1)
    Audit(tmp_path, days=30).turned_away(team="T", channel="C", user="UNEW")

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

    assert sorted(people(path)) == sorted(f"W{number}" for number in range(200))
