"""The dead letters: what failed is listed without its content, and can be done again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.cipher import create_cipher
from core.job import Content, Surface
from core.ledger import Ledger
from core.redis_server import connect
from core.settings import load_settings
from tests.core.test_ledger import a_job, claim_one
from workers import dead_letters


@pytest.fixture
def ledger(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """The ledger that the command will find, empty."""
    monkeypatch.setenv("REDIS_URL", redis_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    client = connect(redis_url)
    client.flushdb()
    return Ledger(redis=client, cipher=create_cipher(load_settings()))


def test_nothing_failed_is_said(ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    assert dead_letters.main([]) == 0
    assert capsys.readouterr().out == "No job has failed in the last day.\n"


def test_a_failed_file_is_listed_and_queued_again(
    ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger.submit(replace(a_job(), file="F1"), Content(subject="secret.pdf"))
    failed = claim_one(ledger)
    ledger.close(failed, state="failed")
    dead_letters.main(["list"])
    listed = capsys.readouterr().out
    code = dead_letters.main(["replay", failed.job.id[:8]])

    assert failed.job.id[:8] in listed
    assert "secret" not in listed
    assert (code, ledger.state(failed.job.id)) == (0, "waiting")


def test_a_text_that_is_forgotten_cannot_be_done_again_and_says_so(
    ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger.submit(a_job(), Content(text="words"))
    failed = claim_one(ledger)
    ledger.close(failed, state="failed")

    assert dead_letters.main(["replay", "all"]) == 1
    assert capsys.readouterr().out == "0 of 1 queued again.\n"


@pytest.mark.parametrize(
    "forgotten",
    [{"with_options": True}, {"surface": Surface.PRIVATE}],
    ids=["options", "who asked alone"],
)
def test_a_file_is_not_done_again_without_what_was_asked_of_it(
    ledger: Ledger, capsys: pytest.CaptureFixture[str], forgotten: dict[str, Any]
) -> None:
    ledger.submit(replace(a_job(), file="F1", **forgotten), Content())
    failed = claim_one(ledger)
    ledger.close(failed, state="failed")
    dead_letters.main(["list"])
    listed = capsys.readouterr().out
    code = dead_letters.main(["replay", failed.job.id[:8]])

    assert "forgotten" in listed
    assert (code, ledger.state(failed.job.id)) == (1, "failed")
