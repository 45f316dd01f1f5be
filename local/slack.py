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
        installation, faults, journal = self.installation, self.faults, self.journal
        bot_name = installation.manifest.bot_name
        self.workspace = workspace = Workspace(self.ids, bot_name=bot_name)
        self.sockets = Sockets(self.ids, installation.app_id, journal)
        self.http = HttpMode(installation)
        self.delivery = delivery = Delivery(
            installation=installation,
            sockets=self.sockets,
            http=self.http,
            faults=faults,
            journal=journal,
        )
        self.events = Events(
            workspace=workspace,
            installation=installation,
            delivery=delivery,
            faults=faults,
        )
        self.conversations = Conversations(
            workspace=workspace,
            events=self.events,
            journal=journal,
        )
        self.files = Files(
            folder=self.state_dir / "files",
            ids=self.ids,
            team=workspace.team,
            base_url=self.base_url,
        )
        self.uploads = Uploads(
            ids=self.ids,
            files=self.files,
            installation=installation,
            workspace=workspace,
        )
        self.statuses: dict[tuple[str, str], Json] = {}
        self.streams: dict[tuple[str, str], float] = {}
        self.triggers = Triggers(self.ids, faults)
        self.response_urls = ResponseUrls(
            workspace=workspace,
            conversations=self.conversations,
            installation=installation,
            faults=faults,
            base_url=self.base_url,
        )
        self.views = Views(
            ids=self.ids,
            team_id=workspace.team.id,
            installation=installation,
            journal=journal,
        )
        self.interactivity = Interactivity(
            workspace=workspace,
            installation=installation,
            delivery=delivery,
            faults=faults,
            conversations=self.conversations,
            response_urls=self.response_urls,
            triggers=self.triggers,
        )
        self.modals = Modals(
            views=self.views,
            files=self.files,
            delivery=delivery,
            interactivity=self.interactivity,
            workspace=workspace,
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
