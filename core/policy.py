"""The policy: what the administrator allows where, to whom, and how much of it.

Written in a TOML file (`POLICY`), read once when bot or worker starts; without one, everybody in a
channel may use every skill, and uploads are answered unasked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from core import words
from core.errors import SetupError, UserError
from core.job import Job
from core.quota import AUDIO, DAY, HOUR, REQUESTS, Quota

# Ids, never names: a rule for "#support" would hold nowhere, and leave the channel open.
ChannelId = Annotated[str, StringConstraints(pattern=r"^[CGD][A-Z0-9]+$")]
PersonId = Annotated[str, StringConstraints(pattern=r"^[UW][A-Z0-9]+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Strict):
    """What holds in a channel; None leaves it to `[everywhere]`, and there to the default."""

    skills: list[str] | None = None
    automatic: bool | None = None
    who: list[PersonId] | None = None
    settings: list[PersonId] | None = None


class Limit(_Strict):
    """At most so much for one person and for a whole workspace; 0 is no limit."""

    person: int = Field(default=0, ge=0)
    team: int = Field(default=0, ge=0)


class Limits(_Strict):
    """Requests in an hour, and minutes of recordings in a day."""

    requests_per_hour: Limit = Limit()
    audio_minutes_per_day: Limit = Limit()


class Policy(_Strict):
    """The whole file."""

    everywhere: Rule = Rule()
    channels: dict[ChannelId, Rule] = {}
    limits: Limits = Limits()

    def admit(self, *, skill: str, channel: str, user: str) -> None:
        """Raises UserError when the skill or the person is not allowed in the channel."""
        rule = self._rule(channel)
        if rule.who is not None and user not in rule.who:
            raise UserError(words.NOT_YOU)
        if rule.skills is not None and skill not in rule.skills:
            others = [f"/{each}" for each in rule.skills]
            raise UserError(words.switched_off(f"/{skill}", others))

    def admit_settings(self, *, channel: str, user: str) -> None:
        """Raises UserError when the person may not change what the channel has chosen."""
        rule = self._rule(channel)
        if any(who is not None and user not in who for who in (rule.who, rule.settings)):
            raise UserError(words.NOT_YOUR_SETTINGS)

    def automatic(self, channel: str) -> bool:
        """Whether uploads in the channel are answered without anybody asking."""
        return self._rule(channel).automatic is not False

    def _rule(self, channel: str) -> Rule:
        """What holds there: key by key the channel's own, else that of everywhere."""
        own = self.channels.get(channel, Rule())
        return self.everywhere.model_copy(update=own.model_dump(exclude_none=True))

    def admits(self, *, skill: str, channel: str, user: str) -> bool:
        """`admit` for a request that nobody made, so that nobody need be told why not."""
        try:
            self.admit(skill=skill, channel=channel, user=user)
        except UserError:
            return False
        return True

    def quotas(self, job: Job) -> list[Quota]:
        """What may stop this job."""
        requests, minutes = self.limits.requests_per_hour, self.limits.audio_minutes_per_day
        quotas = _for_both(job, REQUESTS, requests.person, requests.team, HOUR, cost=1)
        if job.queue == "speech":
            person, team = minutes.person * 60, minutes.team * 60
            quotas += _for_both(job, AUDIO, person, team, DAY, cost=0)
        return quotas


def _for_both(
    job: Job, unit: str, person: int, team: int, window: int, *, cost: int
) -> list[Quota]:
    limits = {f"{job.team}.{job.user}": person, job.team: team}
    return [
        Quota(unit=unit, whose=whose, limit=limit, window=window, cost=cost)
        for whose, limit in limits.items()
        if limit
    ]


def load_policy(path: Path | None, *, jobs_per_hour: int, skills: Collection[str]) -> Policy:
    """The policy of a file; `jobs_per_hour` is a person's limit where the file gives none.

    Raises SetupError that names the line or the key that cannot be used.
    """
    policy = Policy()
    if path is not None:
        try:
            policy = Policy.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise SetupError(f"POLICY: cannot read {path} ({error.strerror}).") from None
        except UnicodeDecodeError:
            raise SetupError(f"POLICY: {path} is not written in UTF-8.") from None
        except tomllib.TOMLDecodeError as error:
            raise SetupError(f"POLICY: {path} is not TOML: {error}.") from None
        except ValidationError as error:
            raise SetupError(f"POLICY: {path} {_wrong(error)}.") from None
    rules = (policy.everywhere, *policy.channels.values())
    unknown = sorted({name for rule in rules for name in rule.skills or []} - set(skills))
    if unknown:
        known = ", ".join(sorted(skills))
        raise SetupError(f"POLICY: there is no skill {', '.join(unknown)}; there are {known}.")
    if policy.limits.requests_per_hour.person or not jobs_per_hour:
        return policy
    requests = policy.limits.requests_per_hour.model_copy(update={"person": jobs_per_hour})
    limits = policy.limits.model_copy(update={"requests_per_hour": requests})
    return policy.model_copy(update={"limits": limits})


def _wrong(error: ValidationError) -> str:
    """What is wrong in the file, with the keys where it stands."""
    found = error.errors()
    keys = ", ".join(".".join(map(str, each["loc"])) for each in found)
    hint = " (write the ids that Slack shows, C0123456789 and U0123456789, not names)"
    named = any(each["type"] == "string_pattern_mismatch" for each in found)
    return f"has a wrong value or name at {keys}{hint * named}"
