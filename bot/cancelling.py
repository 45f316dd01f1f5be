"""Cancelling: a waiting job is stopped here and its placeholder says so; a running one says it.

The bot holds the job while it tries to show that, like a worker; when Slack is away for longer, or
the bot dies, the job goes back to the workers, who try for an hour.
"""

from __future__ import annotations

import time
from concurrent.futures import Executor

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from core import blocks, words
from core.audit import Audit
from core.claim import Claim
from core.errors import ReadymadeError, UserError
from core.ledger import Ledger
from core.log import logger
from core.slack import error_code, limited_for, transient
from skills.catalog import Catalog

TIMEOUT_SECONDS = 3
PAUSES = (0.0, 1.0, 2.0)  # before each try; with three timeouts still within the lease

log = logger("bot")


class Canceller:
    """Ends jobs that their person does not want any more."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        client: WebClient,
        catalog: Catalog,
        audit: Audit,
        executor: Executor,
    ) -> None:
        """`client` gives up after TIMEOUT_SECONDS: the job is held while it waits."""
        self._ledger = ledger
        self._client = client
        self._catalog = catalog
        self._audit = audit
        self._executor = executor

    def cancel(self, id: str, *, user: str, ts: str) -> None:
        """Cancel the job whose placeholder is the message `ts`; returns before that is shown.

        Raises UserError when it is over or another person's, TransientError when Redis is away.
        """
        job = self._ledger.find(id)
        if job is None:
            raise UserError(words.OVER)
        if job.user != user:
            raise UserError(words.ONLY_THEIRS)
        stopped = self._ledger.stop(id)
        if stopped == "over":
            raise UserError(words.OVER)
        if isinstance(stopped, Claim):
            self._executor.submit(self._end, stopped, ts)

    def _end(self, claim: Claim, ts: str) -> None:
        """Show the end and close the job, or give it to the workers, who do the same."""
        try:
            if not self._shown(claim, ts):
                self._ledger.release(claim, delay=claim.patience)
            elif self._ledger.close(claim, state="cancelled"):
                self._audit.ended(claim.job, "cancelled")
        except ReadymadeError as error:  # the lease runs out, and a worker says it
            log.warning("cancellation not closed", job=claim.job.id, reason=str(error))

    def _shown(self, claim: Claim, ts: str) -> bool:
        skill = self._catalog.get(claim.job.skill)
        title = skill.title if skill else claim.job.skill
        post = blocks.sentence(words.CANCELLED, title=title, subject=claim.content.subject)
        for pause in PAUSES:
            time.sleep(pause)
            try:
                self._client.chat_update(
                    channel=claim.job.channel, ts=ts, text=post.text, blocks=post.blocks
                )
                return True
            except OSError:
                continue
            except SlackApiError as error:
                if not transient(error):
                    log.warning("cancellation refused", job=claim.job.id, error=error_code(error))
                    return True  # the message is gone, or the channel closed: time won't help
                if limited_for(error):
                    return False
        return False
