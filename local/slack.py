"""Slack: all collaborators of one localhost workspace, wired in one place."""

from dataclasses import dataclass, field
from pathlib import Path

from local.conversations import Conversations
from local.delivery import Delivery
from local.events import Events
from local.faults import Faults
from local.files import Files, StoredFile
from local.http_mode import HttpMode
from local.ids import Ids
from local.installation import Installation
from local.interactivity import Interactivity
from local.journal import Journal
from local.modals import Modals
from local.response_urls import ResponseUrls
from local.shapes import Json
from local.sockets import Sockets
from local.triggers import Triggers
from local.uploads import Uploads
from local.views import Views
from local.workspace import Workspace


@dataclass(kw_only=True)
class Slack:
    """What the Web API and the control API have in common."""

    installation: Installation
    base_url: str
    state_dir: Path
    ids: Ids = field(default_factory=Ids)
    faults: Faults = field(default_factory=Faults)
    journal: Journal = field(default_factory=Journal)

    def __post_init__(self) -> None:
        self.workspace = Workspace(self.ids, bot_name=self.installation.manifest.bot_name)
        self.statuses: dict[tuple[str, str], Json] = {}
        self.streams: dict[tuple[str, str], float] = {}
        self._wire_delivery()
        self._wire_content()
        self._wire_interaction()

    def _wire_delivery(self) -> None:
        """How things reach the app."""
        self.sockets = Sockets(self.ids, self.installation.app_id, self.journal)
        self.http = HttpMode(self.installation)
        self.delivery = Delivery(
            installation=self.installation,
            sockets=self.sockets,
            http=self.http,
            faults=self.faults,
            journal=self.journal,
        )
        self.events = Events(
            workspace=self.workspace,
            installation=self.installation,
            delivery=self.delivery,
            faults=self.faults,
        )

    def _wire_content(self) -> None:
        """What people and the app say and share."""
        self.conversations = Conversations(
            workspace=self.workspace, events=self.events, journal=self.journal
        )
        self.files = Files(
            folder=self.state_dir / "files",
            ids=self.ids,
            team=self.workspace.team,
            base_url=self.base_url,
        )
        self.uploads = Uploads(
            ids=self.ids,
            files=self.files,
            installation=self.installation,
            workspace=self.workspace,
        )

    def _wire_interaction(self) -> None:
        """What people do to the app, and its answers to that."""
        self.triggers = Triggers(self.ids, self.faults)
        self.response_urls = ResponseUrls(
            workspace=self.workspace,
            conversations=self.conversations,
            installation=self.installation,
            faults=self.faults,
            base_url=self.base_url,
        )
        self.views = Views(
            ids=self.ids,
            team_id=self.workspace.team.id,
            installation=self.installation,
            journal=self.journal,
        )
        self.interactivity = Interactivity(
            workspace=self.workspace,
            installation=self.installation,
            delivery=self.delivery,
            faults=self.faults,
            conversations=self.conversations,
            response_urls=self.response_urls,
            triggers=self.triggers,
        )
        self.modals = Modals(
            views=self.views,
            files=self.files,
            delivery=self.delivery,
            interactivity=self.interactivity,
            workspace=self.workspace,
        )

    def delete_file(self, stored: StoredFile) -> None:
        """Delete a file and tell the app, wherever it was shared."""
        self.files.delete(stored)
        self.journal.changed("file_deleted", file=stored.about["id"])
        for channel_id in stored.shared_in:
            event = {
                "type": "file_deleted",
                "file_id": stored.about["id"],
                "channel_ids": [channel_id],
                "event_ts": self.ids.timestamp(),
            }
            self.events.simple(event, self.workspace.channels[channel_id])

    async def close(self) -> None:
        """Stop everything that runs in the background."""
        self.journal.close()
        await self.delivery.close()
        await self.sockets.close()
        await self.http.close()
