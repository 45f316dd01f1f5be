"""Conversations: posting, editing and deleting messages, whoever does it, and telling the app."""

import time
from copy import deepcopy
from typing import Any

from local.events import Events
from local.journal import Journal
from local.shapes import Json
from local.workspace import Channel, Workspace

# What a deleted message does not keep.
_OF_THE_AUTHOR = (
    "blocks", "files", "metadata", "attachments", "reactions", "edited", "client_msg_id", "team",
    "bot_id", "bot_profile", "app_id", "username", "upload", "display_as_bot",
)  # fmt: skip


class Conversations:
    """The verbs of messages; who may use them was decided before."""

    def __init__(self, *, workspace: Workspace, events: Events, journal: Journal) -> None:
        self._workspace = workspace
        self._events = events
        self._journal = journal

    def post(self, channel: Channel, message: Json, *, thread_ts: str = "") -> Json:
        """Add a message, count it in its thread, tell the app."""
        message.setdefault("type", "message")
        message.setdefault("team", self._workspace.team.id)
        message["ts"] = self._workspace.ids.timestamp()
        if thread_ts:
            self._add_to_thread(channel, message, thread_ts)
        channel.messages.append(message)
        self._journal.changed("message", channel=channel.id, ts=message["ts"])
        self._events.posted(message, channel)
        return message

    def _add_to_thread(self, channel: Channel, message: Json, thread_ts: str) -> None:
        parent = channel.find(thread_ts)
        root_ts = str(parent.get("thread_ts", thread_ts)) if parent else thread_ts
        message["thread_ts"] = root_ts
        root = channel.find(root_ts)
        if root is None:
            return
        message["parent_user_id"] = root["user"]
        users = [*root.get("reply_users", [])]
        if message["user"] not in users:
            users.append(message["user"])
        root.update(
            thread_ts=root_ts,
            reply_count=root.get("reply_count", 0) + 1,
            reply_users=users,
            reply_users_count=len(users),
            latest_reply=message["ts"],
            is_locked=False,
            subscribed=True,
        )

    def change(self, channel: Channel, message: Json, user_id: str, **new: Any) -> Json:
        """Edit a message in place and tell the app with both versions."""
        before = deepcopy(message)
        for name, value in new.items():
            if value is None:
                message.pop(name, None)
            else:
                message[name] = value
        now = self._workspace.ids.timestamp()
        message["edited"] = {"user": user_id, "ts": f"{int(time.time())}.000000"}
        self._journal.changed("message", channel=channel.id, ts=message["ts"])
        self._events.message(
            {
                "type": "message",
                "subtype": "message_changed",
                "message": deepcopy(message),
                "previous_message": before,
                "hidden": True,
                "ts": now,
                "event_ts": now,
            },
            channel,
        )
        return message

    def delete(self, channel: Channel, message: Json) -> None:
        """Remove a message; a parent with replies leaves a tombstone, as in Slack."""
        before = deepcopy(message)
        if message.get("reply_count"):
            message.update(
                subtype="tombstone",
                text="This message was deleted.",
                user="USLACKBOT",
                hidden=True,
            )
            for name in _OF_THE_AUTHOR:
                message.pop(name, None)
        else:
            channel.messages.remove(message)
            self._leave_thread(channel, message)
        now = self._workspace.ids.timestamp()
        self._journal.changed("message_deleted", channel=channel.id, ts=message["ts"])
        self._events.message(
            {
                "type": "message",
                "subtype": "message_deleted",
                "previous_message": before,
                "hidden": True,
                "deleted_ts": before["ts"],
                "ts": now,
                "event_ts": now,
            },
            channel,
        )

    @staticmethod
    def _leave_thread(channel: Channel, message: Json) -> None:
        root = channel.find(str(message.get("thread_ts")))
        if root is None or not root.get("reply_count"):
            return
        replies = [each for each in channel.thread(root["ts"]) if each is not root]
        root["reply_count"] = len(replies)
        if replies:
            root["latest_reply"] = replies[-1]["ts"]
        elif root.get("subtype") == "tombstone":  # nothing hangs on it any more
            channel.messages.remove(root)

    def show_only_to(self, channel: Channel, user_id: str, message: Json) -> Json:
        """An ephemeral message: kept outside the history, invisible to the API."""
        message.update(
            type="message",
            ts=self._workspace.ids.timestamp(),
            is_ephemeral=True,
            channel=channel.id,
            visible_to=user_id,
            team=self._workspace.team.id,
        )
        self._workspace.ephemerals.append(message)
        del self._workspace.ephemerals[:-500]
        self._journal.changed("ephemeral", channel=channel.id, ts=message["ts"], user=user_id)
        return message

    def refreshed(self, channel: Channel, message: Json) -> None:
        """Say that a message nobody else sees was changed in place."""
        self._journal.changed("ephemeral", channel=channel.id, ts=message["ts"])

    def slackbot_says(self, channel: Channel, user_id: str, text: str) -> Json:
        """A note by Slack itself that only one person sees."""
        message: Json = {"user": "USLACKBOT", "username": "Slackbot", "text": text}
        return self.show_only_to(channel, user_id, message)

    def join(self, channel: Channel, user_id: str, *, inviter: str = "") -> None:
        """Add a member and tell the app, which then may be that member."""
        if user_id in channel.members:
            return
        channel.members.append(user_id)
        letter = "C" if channel.kind == "public" else "G"
        event: Json = {
            "type": "member_joined_channel",
            "user": user_id,
            "channel": channel.id,
            "channel_type": letter,
            "team": self._workspace.team.id,
            "event_ts": self._workspace.ids.timestamp(),
        }
        if inviter:
            event["inviter"] = inviter
        self._journal.changed("membership", channel=channel.id, user=user_id)
        self._events.simple(event, channel)

    def say_joined(self, channel: Channel, user_id: str) -> None:
        """Slack's own line in the channel."""
        text = f"<@{user_id}> has joined the channel"
        self.post(channel, {"user": user_id, "subtype": "channel_join", "text": text})

    def leave(self, channel: Channel, user_id: str) -> None:
        """Remove a member."""
        if user_id in channel.members:
            channel.members.remove(user_id)
            self._journal.changed("membership", channel=channel.id, user=user_id)

    def react(self, channel: Channel, message: Json, user_id: str, name: str) -> bool:
        """Add a reaction; False if that person already reacted so."""
        reactions: list[Json] = message.setdefault("reactions", [])
        entry = next((r for r in reactions if r["name"] == name), None)
        if entry is None:
            entry = {"name": name, "users": [], "count": 0}
            reactions.append(entry)
        if user_id in entry["users"]:
            return False
        entry["users"].append(user_id)
        entry["count"] += 1
        self._tell_reaction("reaction_added", channel, message, user_id, name)
        return True

    def unreact(self, channel: Channel, message: Json, user_id: str, name: str) -> bool:
        """Remove a reaction; False if there was none."""
        for entry in message.get("reactions", []):
            if entry["name"] == name and user_id in entry["users"]:
                entry["users"].remove(user_id)
                entry["count"] -= 1
                message["reactions"] = [r for r in message["reactions"] if r["count"]]
                self._tell_reaction("reaction_removed", channel, message, user_id, name)
                return True
        return False

    def _tell_reaction(
        self, type: str, channel: Channel, message: Json, user_id: str, name: str
    ) -> None:
        self._journal.changed("message", channel=channel.id, ts=message["ts"])
        self._events.simple(
            {
                "type": type,
                "user": user_id,
                "reaction": name,
                "item_user": message.get("user"),
                "item": {"type": "message", "channel": channel.id, "ts": message["ts"]},
                "event_ts": self._workspace.ids.timestamp(),
            },
            channel,
        )
