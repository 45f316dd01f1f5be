"""`Hosted`: the bot in a local Slack, as tests speak of it, whatever runs behind."""

from __future__ import annotations

from abc import ABC, abstractmethod

from local.person import Person, Workspace


class Hosted(ABC):
    """What every one of them has."""

    @property
    @abstractmethod
    def workspace(self) -> Workspace: ...

    @property
    def ada(self) -> Person:
        return self.workspace.person("ada")

    @property
    def bot(self) -> str:
        return self.workspace.bot
