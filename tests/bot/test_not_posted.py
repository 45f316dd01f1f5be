"""Where Slack lets nobody post, the person who typed a command is told alone."""

from __future__ import annotations

import pytest

from core import words
from tests.bot.conftest import Reception


@pytest.mark.parametrize("worker_failed", [False, True])
def test_a_command_that_cannot_be_answered_in_its_channel_is_told_so_privately(
    reception: Reception, worker_failed: bool
) -> None:
    reception.ada.slash("/sentiment", "")  # now the bot knows ada and the channel
    reception.workspace.faults(
        latency=1, fail_next=[{"method": "chat.postMessage", "error": "is_archived"}]
    )
    reception.ada.slash("/sentiment", "I love it")
    (job,) = reception.jobs()
    if worker_failed:
        ((claim,), _) = reception.ledger.claim(job.queue, batch={})
        reception.ledger.close(claim, state="failed")
    reception.workspace.faults(latency=0)
    reception.quiet()

    told = [text for text in reception.whispers() if words.NOT_POSTED in text]
    assert len(told) == 1
    assert reception.ledger.state(job.id) == ("failed" if worker_failed else "cancelled")
