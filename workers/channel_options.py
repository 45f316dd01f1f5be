"""`ChannelOptions`: a job gets the options that its channel chose and nobody typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core import preferences
from core.claim import Claim
from core.preferences import Preferences
from core.records import Records
from skills.skill import Skill

CHOSEN = Preferences(redact="yes", rules="…").options().keys()


class ChannelOptions:
    """Asks the database for skills that have such an option only."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def fill(self, claim: Claim, skill: Skill[Any]) -> Claim:
        """The claim with all options; raises TransientError when they cannot be known now.

        Without an answer from the database nothing may run: the channel may want it redacted.
        """
        if not CHOSEN & {option.name for option in skill.options}:
            return claim
        job, content = claim.job, claim.content
        chosen = preferences.read(self._records, team=job.team, channel=job.channel).options()
        names = {option.name for option in skill.options}
        wanted = {name: value for name, value in chosen.items() if name in names}
        return replace(claim, content=replace(content, options={**wanted, **content.options}))
