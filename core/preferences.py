"""`Preferences`: what a channel has chosen for itself in `/readymade settings`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from core.records import Record, Records

KIND = "preferences"


@dataclass(frozen=True, kw_only=True, slots=True)
class Preferences:
    """One channel's choices; what it did not choose has its default.

    `redact` is "no", "yes" or "names"; `rules` the lines of the rules for calls, one a line;
    `alerts` the channel that hears of broken ones. `digest` is "off", "daily", "weekdays" or
    "weekly", at `digest_hour` (0 to 23) in `digest_timezone` (IANA), wanted by `digest_by` since
    `digest_chosen` (in seconds since 1970).
    """

    redact: str = "no"
    rules: str = ""
    alerts: str = ""
    digest: str = "off"
    digest_hour: int = 9
    digest_timezone: str = "UTC"
    digest_by: str = ""
    digest_chosen: float = 0.0

    def options(self) -> dict[str, str]:
        """What is an option of a skill when nobody types it: only what was chosen."""
        chosen = {"redact": self.redact, "rules": self.rules}
        return {name: value for name, value in chosen.items() if value not in ("", "no")}


def read(records: Records, *, team: str, channel: str) -> Preferences:
    """What the channel chose; raises TransientError when the database does not answer."""
    record = records.get(KIND, team=team, channel=channel)
    return of(record) if record else Preferences()


def of(record: Record) -> Preferences:
    """The preferences in a record; those that this version does not know are left out."""
    known = {each.name for each in fields(Preferences)}
    return Preferences(**{name: value for name, value in record.value.items() if name in known})


def write(
    records: Records, preferences: Preferences, *, team: str, channel: str, person: str
) -> None:
    """Keep what the channel chose now; raises TransientError when the database does not answer."""
    records.put(
        KIND, Record(team=team, channel=channel, key="", person=person, value=asdict(preferences))
    )
