"""The forgetter: erases what is kept of a person or a workspace, in Redis and in the database."""

from __future__ import annotations

from core import preferences, words
from core.archive import Archive
from core.blocks import Post, ours
from core.ledger import Ledger
from core.records import Records


class Forgetter:
    """Requests first: a worker that is answering one looks there before it keeps the answer."""

    def __init__(self, *, ledger: Ledger, records: Records, archive: Archive) -> None:
        self._ledger = ledger
        self._records = records
        self._archive = archive

    def forget_person(self, *, team: str, user: str) -> Post:
        """Requests that wait are dropped, running ones stopped, kept answers erased."""
        requests = self._ledger.erase(team=team, user=user)
        return ours(words.forgotten(requests, self._archive.erase(team=team, user=user)))

    def forget_team(self, team: str) -> int:
        """How many requests of a workspace there were."""
        requests = self._ledger.erase(team=team)
        self._archive.erase(team=team)
        self._records.erase(preferences.KIND, team=team)
        return requests
