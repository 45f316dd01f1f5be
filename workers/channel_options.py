"""`ChannelOptions`: a job gets the options that its channel chose and nobody typed.

What the channel wants taken out is taken out, whatever somebody types.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core import preferences
from core.claim import Claim
from core.preferences import Preferences
from core.records import Records
from skills.skill import Skill

REDACT = ("no", "yes", "names")  # what is chosen to be taken out can be more for one, not less
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
        # What another channel chose holds for its words, too, when they are answered elsewhere.
        channel = job.source_channel or job.channel
        chosen = preferences.read(self._records, team=job.team, channel=channel).options()
        names = {option.name for option in skill.options}
        wanted = {name: value for name, value in chosen.items() if name in names}
        options = {**wanted, **content.options}
        if "redact" in wanted:
            options["redact"] = max(wanted["redact"], options["redact"], key=REDACT.index)
        return replace(claim, content=replace(content, options=options))
