"""Files: bytes on disk under random names, and Slack's file objects that describe them."""

import mimetypes
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from local.ids import Ids
from local.refusal import Refusal
from local.shapes import Json
from local.workspace import Channel, Team

_PRETTY = {
    "png": "PNG",
    "jpg": "JPEG",
    "gif": "GIF",
    "pdf": "PDF",
    "csv": "CSV",
    "text": "Plain Text",
    "docx": "Word Document",
    "xlsx": "Excel Spreadsheet",
    "wav": "WAV Audio",
    "mp3": "MP3",
    "m4a": "AAC Audio",
    "mp4": "MPEG 4 Video",
    "zip": "Zip",
    "binary": "Binary",
    "json": "JSON",
}
_FILETYPES = {"jpeg": "jpg", "txt": "text", "": "binary", "md": "markdown", "htm": "html"}


@dataclass(kw_only=True)
class StoredFile:
    """A file's bytes and what Slack says about it; `path` is None for a remote file."""

    about: Json
    path: Path | None
    shared_in: set[str] = field(default_factory=set)
    uploaded: bool = False
    completed: bool = False
    deleted: bool = False


class Files:
    """All files of the workspace; a name given by a person is never used as a path."""

    def __init__(self, *, folder: Path, ids: Ids, team: Team, base_url: str) -> None:
        self._folder = folder
        self._ids = ids
        self._team = team
        self._base_url = base_url
        self._files: dict[str, StoredFile] = {}

    def reserve(self, *, name: str, user_id: str, title: str = "", alt_txt: str = "") -> StoredFile:
        """A file that is announced but whose bytes are still to come."""
        file_id = self._ids.new("F")
        about = self._describe(file_id, name, user_id)
        about["title"] = title or name
        if alt_txt:
            about["alt_txt"] = alt_txt
        self._folder.mkdir(parents=True, exist_ok=True)
        stored = StoredFile(about=about, path=self._folder / self._ids.secret(32))
        self._files[file_id] = stored
        return stored

    def _describe(self, file_id: str, name: str, user_id: str) -> Json:
        extension = Path(name).suffix.lower().lstrip(".")
        filetype = _FILETYPES.get(extension, extension)
        now = int(time.time())
        pri = f"{self._base_url}/files-pri/{self._team.id}-{file_id}"
        return {
            "id": file_id,
            "created": now,
            "timestamp": now,
            "name": name,
            "title": name,
            "mimetype": mimetypes.guess_type(name)[0] or "application/octet-stream",
            "filetype": filetype,
            "pretty_type": _PRETTY.get(filetype, filetype.upper()),
            "user": user_id,
            "user_team": self._team.id,
            "editable": False,
            "size": 0,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{pri}/{quote(name)}",
            "url_private_download": f"{pri}/download/{quote(name)}",
            "media_display_type": _display_type(name),
            "permalink": f"{self._base_url}/files/{user_id}/{file_id}/{quote(name)}",
            "permalink_public": f"{self._base_url}/public/{self._team.id}-{file_id}",
            "has_rich_preview": False,
            "file_access": "visible",
            "shares": {},
            "channels": [],
            "groups": [],
            "ims": [],
            "comments_count": 0,
            **({"subtype": "slack_audio"} if name.startswith("audio_message") else {}),
        }

    def write(self, stored: StoredFile, data: bytes) -> None:
        """The bytes arrived."""
        assert stored.path is not None
        stored.path.write_bytes(data)
        stored.about["size"] = len(data)
        stored.uploaded = True

    def add_external(self, *, name: str, user_id: str, url: str) -> StoredFile:
        """A remote file: its private URL points outside Slack and it has no bytes here."""
        about = self._describe(self._ids.new("F"), name, user_id)
        about.update(
            is_external=True,
            mode="external",
            external_type="gdrive",
            url_private=url,
            external_id=self._ids.secret(12),
            external_url=url,
        )
        about.pop("url_private_download")
        stored = StoredFile(about=about, path=None, uploaded=True, completed=True)
        self._files[about["id"]] = stored
        return stored

    def share(self, stored: StoredFile, channel: Channel, ts: str) -> None:
        """Note that a message in this channel carries the file."""
        stored.completed = True
        stored.shared_in.add(channel.id)
        about = stored.about
        group = {"public": "channels", "im": "ims"}.get(channel.kind, "groups")
        about[group] = sorted({*about[group], channel.id})
        about["is_public"] = about["is_public"] or channel.kind == "public"
        shares = about["shares"].setdefault("public" if group == "channels" else "private", {})
        shares.setdefault(channel.id, []).append({"ts": ts, "team_id": self._team.id})

    def get(self, file_id: str) -> StoredFile:
        """A file by id, refused as Slack does when it is unknown or gone."""
        stored = self._files.get(file_id)
        if stored is None or not stored.completed:
            raise Refusal("file_not_found")
        if stored.deleted:
            raise Refusal("file_deleted")
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """A file in any state."""
        return self._files.get(file_id)

    def all(self) -> list[StoredFile]:
        """Every file that was shared and not deleted."""
        return [file for file in self._files.values() if file.completed and not file.deleted]

    def delete(self, stored: StoredFile) -> None:
        """Remove the bytes; messages keep a tombstone in the file's place."""
        stored.deleted = True
        if stored.path is not None:
            stored.path.unlink(missing_ok=True)


def in_message(stored: StoredFile) -> Json:
    """A file as messages carry it: a snapshot without what only files.info tells."""
    if stored.deleted:
        return {"id": stored.about["id"], "mode": "tombstone"}
    hidden = ("shares", "channels", "groups", "ims", "comments_count")
    return {name: value for name, value in stored.about.items() if name not in hidden}


def _display_type(name: str) -> str:
    kind = (mimetypes.guess_type(name)[0] or "").split("/")[0]
    return kind if kind in ("audio", "video") else "unknown"
