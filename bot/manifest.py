"""`python -m bot.manifest`: the Slack app's manifest, made from the catalog.

`--http URL` makes one for signed HTTP at that address; without it, Socket Mode.
"""

from __future__ import annotations

import argparse
import json
from typing import Any
from urllib.parse import urlsplit

from bot.http import PATH
from skills.catalog import Catalog, catalog

# Why each is needed stands in docs/security.md.
SCOPES = (
    "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands",
    "files:read", "files:write", "groups:history", "groups:read", "im:history", "im:read",
    "im:write", "mpim:history", "mpim:read", "users:read",
)  # fmt: skip
EVENTS = (
    "app_mention", "app_uninstalled", "message.channels", "message.groups", "message.im",
    "message.mpim", "tokens_revoked",
)  # fmt: skip
DESCRIPTION = (
    "Readymade answers in the thread: is this text happy or angry, what does this document or "
    "thread say, who said what in this call, what is in this picture; and it takes personal data "
    "out of texts, documents and calls. It runs on your company's own machines with pre-trained "
    "models, and no file leaves them."
)


def manifest(skills: Catalog, *, url: str = "") -> dict[str, Any]:
    """The manifest as Slack's schema 2.0 wants it; `url` chooses HTTP, "" Socket Mode."""
    endpoint = {"request_url": f"{url.rstrip('/')}{PATH}"} if url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": "Readymade",
            "description": "Pre-trained models in your threads",
            "long_description": DESCRIPTION,
            "background_color": "#2b3a55",
        },
        "features": _features(skills, url),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**endpoint, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **endpoint},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _features(skills: Catalog, url: str) -> dict[str, Any]:
    own = _command(
        "readymade", "What I can do, and what is running", "[help, status, settings or forget]", url
    )
    commands = [
        _command(each.name, each.summary, each.hint, url, channels=each.takes_channel)
        for each in skills.values()
    ]
    return {
        "bot_user": {"display_name": "Readymade", "always_online": True},
        "app_home": {
            "home_tab_enabled": False,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "slash_commands": [*commands, own],
        "shortcuts": [
            {
                "name": skill.shortcut,
                "type": "message",
                "callback_id": skill.name,
                "description": skill.summary[:150],
            }
            for skill in skills.values()
            if skill.shortcut
        ],
    }


def _command(
    name: str, summary: str, hint: str, url: str, *, channels: bool = False
) -> dict[str, Any]:
    """A slash command; of one that takes `channels` Slack tells which one a "#name" is."""
    command: dict[str, Any] = {
        "command": f"/{name}",
        "description": summary,
        "usage_hint": hint,
        "should_escape": channels,
    }
    if url:
        command["url"] = f"{url.rstrip('/')}{PATH}"
    return command


def address(text: str) -> str:
    """A base URL that Slack can call; plain HTTP is for this machine (local Slack) only.

    Raises argparse's error, which names what to write.
    """
    parts = urlsplit(text)
    here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    if not parts.hostname or not (parts.scheme == "https" or here) or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(
            "write the public address of the bot, for example https://readymade.example.com"
        )
    return text


def main() -> None:
    """Print the manifest as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bot.manifest", description=__doc__)
    parser.add_argument("--http", metavar="URL", type=address, help="public address of the bot")
    print(json.dumps(manifest(catalog(), url=parser.parse_args().http or ""), indent=2))


if __name__ == "__main__":
    main()
