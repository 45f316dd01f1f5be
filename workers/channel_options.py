"""`ChannelOptions`: a job gets the options that its channel chose and nobody typed.

What the channel wants taken out is taken out, whatever somebody types; and what is taken out is
not shown above the answer either, where the name of the file stands.
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
        job, content = claim.job, claim.content
        if not CHOSEN & {option.name for option in skill.options}:
            subject = skill.subject(content.subject, content.options)
            return replace(claim, content=replace(content, subject=subject))
        # What another channel chose holds for its words, too, when they are answered elsewhere.
        places = dict.fromkeys((job.source_channel or job.channel, job.channel))
        chosen = [
            preferences.read(self._records, team=job.team, channel=channel).options()
            for channel in places
        ]
        names = {option.name for option in skill.options}
        wanted = {name: value for name, value in chosen[0].items() if name in names}
        options = {**wanted, **content.options}
        if "redact" in names:
            asked = [each.get("redact", "no") for each in (*chosen, options)]
            strictest = max(asked, key=REDACT.index)
            options.update({"redact": strictest} if strictest != "no" else {})
        subject = skill.subject(content.subject, options)
        return replace(claim, content=replace(content, options=options, subject=subject))
