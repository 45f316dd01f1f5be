"""A person: a small client of the control API, with which tests and the demo act like people.

It uses only the standard library and is synchronous, so that a script reads like a story.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from local.shapes import Json
from local.transcript import visible_text
from local.wire import LocalSlackError, NeverHappened, Wire, multipart

__all__ = ["LocalSlackError", "NeverHappened", "Person", "Workspace"]


class Workspace(Wire):
    """The workspace as a whole: reads everything, arranges faults, hands out people."""

    def about(self) -> Json:
        """Team, users, channels, commands, shortcuts and the app."""
        return dict(self.call("GET", "workspace"))

    @property
    def bot(self) -> str:
        """The app's own user id."""
        return str(self.about()["bot"]["id"])

    def person(self, name: str) -> "Person":
        """A person who exists: ada, grace and linus do."""
        return Person(workspace=self, name=name)

    def add_person(self, name: str, **details: Any) -> "Person":
        """A new person."""
        self.call("POST", "users", {"name": name, **details})
        return self.person(name)

    def channel(self, name: str) -> str:
        """The id of a channel."""
        wanted = name.lstrip("#")
        channels = self.about()["channels"]
        named = [c["id"] for c in channels if wanted in (c["name"], c["id"])]
        if not named:
            raise LocalSlackError("channel_not_found")
        return str(named[0])

    def add_channel(self, name: str, **details: Any) -> str:
        """A new channel: kind="private", members=[…], bot=False, is_ext_shared=True."""
        return str(self.call("POST", "channels", {"name": name, **details})["id"])

    def invite_bot(self, channel: str) -> None:
        """Make the bot a member."""
        self.call("POST", "members", {"channel": channel})

    def remove_bot(self, channel: str) -> None:
        """Take the bot out."""
        self.call("POST", "members", {"channel": channel, "remove": True})

    def messages(self, channel: str, *, user: str = "") -> list[Json]:
        """The top level of a channel, oldest first; with user, their ephemerals too."""
        return list(self.call("GET", f"channels/{quote(channel)}/messages", user=user)["messages"])

    def thread(self, channel: str, ts: str, *, user: str = "") -> list[Json]:
        """The parent and its replies, oldest first."""
        path = f"channels/{quote(channel)}/threads/{ts}"
        return list(self.call("GET", path, user=user)["messages"])

    def status(self, channel: str, ts: str) -> str:
        """The loading status that the app shows in a thread."""
        return str(self.call("GET", f"channels/{quote(channel)}/threads/{ts}")["status"])

    def ephemerals(self, *, user: str = "", channel: str = "") -> list[Json]:
        """The messages that only one person sees."""
        return list(self.call("GET", "ephemerals", user=user, channel=channel)["messages"])

    def views(self, user: str) -> list[Json]:
        """The open modals of a person, root first."""
        return list(self.call("GET", "views", user=user)["views"])

    def home(self, user: str) -> Json | None:
        """The published Home tab of a person."""
        home = self.call("GET", "views", user=user)["home"]
        return dict(home) if home else None

    def files(self) -> list[Json]:
        """All shared files."""
        return list(self.call("GET", "files")["files"])

    def log(self) -> Json:
        """`calls`, `counts` and `deliveries` since the start or the last clear_log."""
        return dict(self.call("GET", "log"))

    def clear_log(self) -> None:
        """Forget the log."""
        self.call("DELETE", "log")

    def faults(self, **switches: Any) -> Json:
        """Set switches (see docs/local-slack.md), or read them without arguments."""
        return dict(self.call("POST", "faults", switches))

    def join(self, channel: str, name: str) -> None:
        """Make a person a member, which Slack says in the channel."""
        self.call("POST", "members", {"channel": channel, "member": name})

    def leave(self, channel: str, name: str) -> None:
        """Take a person out."""
        self.call("POST", "members", {"channel": channel, "member": name, "remove": True})

    def app_says(self, channel: str, text: str, *, app: str, thread: str = "") -> Json:
        """A message of an app that is not ours."""
        said = {"channel": channel, "text": text, "app": app, "thread_ts": thread}
        return dict(self.call("POST", "messages", said))

    def revoke(self, *scopes: str) -> None:
        """Take scopes from the app."""
        self.call("POST", "scopes", {"revoke": list(scopes)})

    def grant(self, *scopes: str) -> None:
        """Give revoked scopes back."""
        self.call("POST", "scopes", {"grant": list(scopes)})

    def set_manifest(self, manifest: Json) -> None:
        """Install another manifest."""
        self.call("PUT", "manifest", manifest)

    def wait_for_reply(self, message: Json, containing: str = "", timeout: float = 30.0) -> Json:
        """The first message of a bot in the thread of this message that contains a text."""
        root = str(message.get("thread_ts", message["ts"]))

        def found() -> Json | None:
            for reply in self.thread(message["channel"], root)[1:]:
                if reply.get("bot_id") and containing.lower() in visible_text(reply).lower():
                    return reply
            return None

        reply = self.wait_for(found, timeout)
        assert reply is not None
        return reply

    def wait_for_app(self, timeout: float = 30.0) -> None:
        """Until the app has a Socket Mode connection."""
        self.wait_for(lambda: self.about()["app"]["connections"], timeout)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone in the workspace; every verb returns what the workspace answered."""

    workspace: Workspace
    name: str

    def _act(self, path: str, **body: Any) -> Json:
        return dict(self.workspace.call("POST", path, {"user": self.name, **body}))

    def say(self, channel: str, text: str, *, thread: str = "") -> Json:
        """Post a message; channel is an id, a name or `dm`; thread is a ts."""
        return self._act("messages", channel=channel, text=text, thread_ts=thread)

    def upload(
        self,
        channel: str,
        paths: Iterable[str | Path],
        *,
        text: str = "",
        thread: str = "",
        mimetype: str = "",
    ) -> Json:
        """Upload files as one message."""
        fields = {
            "user": self.name,
            "channel": channel,
            "text": text,
            "thread_ts": thread,
            "mimetype": mimetype,
        }
        content, content_type = multipart(fields, [Path(path) for path in paths])
        return dict(self.workspace.send("POST", "uploads", content, content_type))

    def stage(self, paths: Iterable[str | Path]) -> list[str]:
        """Upload files for a modal's file input; their ids are the value to submit."""
        content, content_type = multipart({"user": self.name}, [Path(path) for path in paths])
        answer = self.workspace.send("POST", "files", content, content_type)
        return [file["id"] for file in answer["files"]]

    def slash(
        self, command: str, text: str = "", *, channel: str = "general", thread: str = ""
    ) -> Json:
        """Run a slash command; `ok` tells whether the app acknowledged in time."""
        return self._act("commands", command=command, text=text, channel=channel, thread_ts=thread)

    def click(
        self, message: Json, action_id: str, *, value: Any = None, block_id: str = ""
    ) -> Json:
        """Press a button (or choose `value` in a menu) of a message or an open view."""
        place = (
            {"view_id": message["id"]}
            if str(message.get("id", "")).startswith("V")
            else {"channel": message["channel"], "ts": message["ts"]}
        )
        return self._act("actions", action_id=action_id, value=value, block_id=block_id, **place)

    def shortcut(self, callback_id: str, message: Json | None = None) -> Json:
        """Run a message shortcut, or a global one without a message."""
        place = {"channel": message["channel"], "ts": message["ts"]} if message else {}
        return self._act("shortcuts", callback_id=callback_id, **place)

    def submit(self, view: Json, values: Json | None = None) -> Json:
        """Submit a modal with values by block_id or action_id."""
        return self._act("views/submit", view_id=view["id"], values=values or {})

    def close(self, view: Json) -> Json:
        """Close a modal with its X."""
        return self._act("views/close", view_id=view["id"])

    def open_home(self, tab: str = "home") -> Json:
        """Open the app's Home (or `messages`) tab."""
        return self._act("home", tab=tab)

    def react(self, message: Json, name: str, *, remove: bool = False) -> Json:
        """Add or remove a reaction."""
        return self._act(
            "reactions", channel=message["channel"], ts=message["ts"], name=name, remove=remove
        )

    def edit(self, message: Json, text: str) -> Json:
        """Change the text of a message."""
        return self._act("edits", channel=message["channel"], ts=message["ts"], text=text)

    def delete(self, message: Json) -> Json:
        """Delete a message."""
        return self._act("deletions", channel=message["channel"], ts=message["ts"])

    def delete_file(self, file_id: str) -> Json:
        """Delete a file."""
        return self._act("deletions", file=file_id)
