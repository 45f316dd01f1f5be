"""Checks of Slack: the tokens, and whether they may do what the manifest asks for."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from http.client import HTTPException
from urllib.request import urlopen

from slack_sdk.errors import SlackApiError

from core.errors import SetupError, TransientError
from core.settings import Settings
from core.slack import app_token_refused, check_bot_token, create_impatient_client, transient
from workers.doctor.finding import Finding, note, ok, wrong


def bot_token(settings: Settings) -> Finding:
    """Slack knows it."""
    try:
        answer = check_bot_token(settings, create_impatient_client(settings))
    except TransientError as error:
        if isinstance(error.__cause__, SlackApiError):
            return later(error)
        raise
    return ok(f"{answer.get('user')} in {answer.get('team')}")


def scopes(settings: Settings) -> Finding:
    """The installed app has every scope of the manifest as it is today."""
    try:
        answer = check_bot_token(settings, create_impatient_client(settings))
    except (SetupError, TransientError):
        return note("Not known without a bot token that works.")
    granted = str(answer.headers.get("x-oauth-scopes") or "")
    missing = sorted(_wanted() - {each.strip() for each in granted.split(",")})
    if missing:
        return wrong(
            f"The app lacks {', '.join(missing)}: put the output of `make manifest` into its "
            "page “App Manifest”, and install it again."
        )
    return ok("all that the manifest asks for")


def way_in(settings: Settings) -> Finding:
    """How requests arrive: Socket Mode with an app token that Slack takes, or signed HTTP."""
    token = settings.slack_app_token.get_secret_value()
    if token:
        try:
            create_impatient_client(settings).apps_connections_open(app_token=token)
        except SlackApiError as error:
            if passing := transient(error):
                return later(passing)
            return wrong(app_token_refused(error))
        return ok("Socket Mode")
    if not settings.slack_signing_secret.get_secret_value():
        return wrong("Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) in .env.")
    return _port(settings.port)


def _port(port: int) -> Finding:
    """It is free for the bot, or the bot has it."""
    try:
        socket.create_server(("", port)).close()
    except OSError:
        if not _is_bot(port):
            return wrong(
                f"Port {port} is used by another program, or may not be: end that one, or set "
                "another PORT in .env."
            )
        return ok(f"signed HTTP on port {port}, where the bot listens")
    return ok(f"signed HTTP on port {port}, which is free for the bot")


def _is_bot(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return bool(answer.read(3) == b"ok")
    except (OSError, HTTPException):
        return False


def later(error: TransientError) -> Finding:
    """Slack could not say, which tells nothing about the token."""
    return note(f"Not known: {error} Ask again in a minute.")


def _wanted() -> set[str]:
    """The manifest's scopes; the bot prints it, and we do not import the bot."""
    made = subprocess.run(
        [sys.executable, "-m", "bot.manifest"], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise SetupError("`make manifest` does not work: run it and see why.")
    return set(json.loads(made.stdout)["oauth_config"]["scopes"]["bot"])
