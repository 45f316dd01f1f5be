"""The stage of the demo: the workspace with its people, and ways to wait for what they must see."""

import re
from pathlib import Path

from local.person import Workspace
from local.shapes import Json
from local.transcript import plain, transcript, visible_text

PATIENCE = 120.0


class Failed(Exception):
    """A scene did not end as it should."""


class Stage:
    """The workspace with its people, and a folder for samples."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace = workspace
        self.folder = folder
        self.ada = workspace.person("ada")
        self.grace = workspace.person("grace")
        self.linus = workspace.person("linus")

    def answer(self, message: Json, *expected: str) -> Json:
        """The bot's finished message in this thread that has all the words expected."""
        return self.answers(message, list(expected))[0]

    def answers(self, message: Json, *expected: list[str]) -> list[Json]:
        """One finished message of the bot for each list of words, in any order."""
        root = message.get("thread_ts") or message["ts"]

        def all_there() -> list[Json] | None:
            said = [m for m in self._thread(message["channel"], root) if finished(m)]
            found = [next((m for m in said if says(m, words)), None) for words in expected]
            return [m for m in found if m] if all(found) else None

        try:
            answers = self.workspace.wait_for(all_there, PATIENCE)
        except AssertionError:
            seen = self.shown(message)
            raise Failed(f"expected {expected}, but the thread shows:\n{seen}") from None
        assert answers is not None
        return answers

    def whispered(self, name: str, *words: str) -> str:
        """The bot's finished message that only this person sees and that has all the words."""

        def there() -> list[Json]:
            shown = self.workspace.ephemerals(user=name)
            return [m for m in shown if finished({**m, "bot_id": "B"}) and says(m, [*words])]

        try:
            return read_aloud(visible_text(self.workspace.wait_for(there, PATIENCE)[-1]), {})
        except AssertionError:
            raise Failed(f"{name} was not told {words} privately") from None

    def attached(self, message: Json, ending: str) -> None:
        """Wait for a file with this ending from the bot in the thread."""

        def there() -> bool:
            files = [
                f
                for m in self._thread(message["channel"], message["ts"])[1:]
                for f in m.get("files", [])
            ]
            return any(str(file["name"]).endswith(ending) for file in files)

        try:
            self.workspace.wait_for(there, PATIENCE)
        except AssertionError:
            raise Failed(f"no {ending} file in the thread:\n{self.shown(message)}") from None

    def latest(self, channel: str) -> str:
        """The timestamp of the channel's newest message; "0" in an empty one."""
        messages = self.workspace.messages(self.workspace.channel(channel))
        return max((str(message["ts"]) for message in messages), default="0")

    def parent(self, channel: str, containing: str, after: str = "0") -> Json:
        """The bot's message in the channel that a command's thread hangs on; the first `after`."""
        id = self.workspace.channel(channel)

        def posted() -> Json | None:
            for message in self.workspace.messages(id):
                if message["ts"] > after and containing in visible_text(message):
                    return {**message, "channel": id}
            return None

        message = self.workspace.wait_for(posted, PATIENCE)
        assert message is not None
        return message

    def shown(self, message: Json) -> str:
        """The thread as people see it."""
        root = message.get("thread_ts") or message["ts"]
        about = self.workspace.about()
        names = {user["id"]: user["name"] for user in about["users"]}
        return read_aloud(transcript(self._thread(message["channel"], root), names), names)

    def _thread(self, channel: str, ts: str) -> list[Json]:
        return [{**m, "channel": channel} for m in self.workspace.thread(channel, ts)]


def finished(message: Json) -> bool:
    """Whether this is a bot's message that is no placeholder any more."""
    rows = [each for each in message.get("blocks", []) if each.get("type") == "actions"]
    buttons = [button for row in rows for button in row.get("elements", [])]
    working = any(button.get("action_id") == "cancel" for button in buttons)
    return bool(message.get("bot_id")) and not working


def read_aloud(text: str, names: dict[str, str]) -> str:
    """Text of the terminal as the page shows it: no markup, people by their name."""
    text = re.sub(r"<https?://[^|>]*\|([^>]*)>", r"\1", text)
    text = re.sub(r"(?<![\w*])\*(?![\s\u2060])([^*\n]+)\*(?![\w*\u2060])", r"\1", text)  # bold
    for id, name in names.items():
        text = text.replace(f"<@{id}>", f"@{name}").replace(id, f"@{name}")
    return plain(text)


def says(message: Json, words: list[str]) -> bool:
    """Whether people can read all the words in it."""
    text = visible_text(message).lower().replace("\u2060", "")
    return all(word.lower() in text for word in words)
