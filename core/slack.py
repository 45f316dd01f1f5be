"""The Slack client of both processes, and its errors in our words.

Posts are not retried on a lost connection: Slack may have taken the first one, and a second would
show the answer twice. Rate limits and server errors are retried, never before Retry-After.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import (
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)
from slack_sdk.web import SlackResponse

from core import words
from core.errors import SetupError, TransientError, UserError
from core.settings import Settings
from core.wire import Wire

TIMEOUT_SECONDS = 15
RATE_LIMITED = 429
PASSING = {"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}

# What keeps us from reading a conversation, and a file, by Slack's code.
NOT_READ = {
    "file_not_found": words.GONE_FILE,
    "file_deleted": words.GONE_FILE,
    "access_denied": words.NO_FILE_ACCESS,
    "not_in_channel": words.NO_HISTORY,
    "channel_not_found": words.NO_HISTORY,
    "thread_not_found": words.UNKNOWN_LINK,
    "message_not_found": words.UNKNOWN_LINK,
    "missing_scope": words.NO_HISTORY,
}
FILE_NOT_READ = {**NOT_READ, "missing_scope": words.NO_FILE_ACCESS}


class Client(WebClient):
    """A client that keeps its connections, and to which an answer it cannot read is a lost one.

    That raises ConnectionError: a reply cut in its body is no OSError in Python, and the page of a
    proxy is no JSON, but in both cases Slack may have done what it was asked. slack_sdk has no
    public place for either; every call and every further page passes here.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._wire = Wire(proxy=self.proxy, context=self.ssl)

    def _perform_urllib_http_request(
        self, *, url: str, args: dict[str, dict[str, Any]]
    ) -> dict[str, Any]:
        try:
            answer = super()._perform_urllib_http_request(url=url, args=args)
            readable = _speaks_by_status(answer["status"]) or isinstance(
                json.loads(answer["body"]), dict
            )
        except (HTTPException, ValueError) as error:  # ValueError: no JSON, or no text at all
            raise ConnectionError(f"Slack's answer was cut ({type(error).__name__}).") from None
        if not readable:
            raise ConnectionError("Slack's answer is not one of Slack's.")
        return answer

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        return self._wire.send(req, timeout=self.timeout)


def create_client(settings: Settings, *, waits: bool = True) -> WebClient:
    """A Web API client for SLACK_API_URL that waits for Slack as long as Slack asks.

    With `waits` false the caller does, and hears of it by an error.
    """
    patience = [RateLimitErrorRetryHandler(max_retry_count=5)] if waits else []
    return Client(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[
            *patience,
            ServerErrorRetryHandler(max_retry_count=2),
        ],
    )


def create_impatient_client(settings: Settings, *, seconds: int = 5) -> WebClient:
    """A client that answers within `seconds` or fails: for what people or locks wait on."""
    return Client(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=seconds,
        retry_handlers=[],
    )


def check_bot_token(settings: Settings, client: WebClient) -> SlackResponse:
    """Ask Slack whose token this is; its answer.

    Raises SetupError when the token is missing, of another kind or refused; TransientError when
    Slack could not say.
    """
    bot = settings.slack_bot_token.get_secret_value()
    app = settings.slack_app_token.get_secret_value()
    if not bot:
        raise SetupError(
            "SLACK_BOT_TOKEN is not set: copy it from your Slack app's page "
            "“OAuth & Permissions” into .env."
        )
    if bot.startswith("xapp-") and app.startswith("xoxb-"):
        raise SetupError(
            "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: the bot token begins with xoxb-, "
            "the app-level token with xapp-."
        )
    if not bot.startswith(("xoxb-", "xoxe.xoxb-")):
        raise SetupError(
            "SLACK_BOT_TOKEN begins with xoxb- when it is a bot token: copy “Bot User OAuth "
            "Token” from your Slack app's page “OAuth & Permissions” into .env."
        )
    if app and not app.startswith("xapp-"):
        raise SetupError(
            "SLACK_APP_TOKEN begins with xapp- when it is an app-level token: copy it from "
            "“Basic Information”, App-Level Tokens, into .env."
        )
    try:
        return client.auth_test()
    except SlackApiError as error:
        if passing := transient(error):
            raise passing from error
        raise SetupError(
            f"Slack refuses SLACK_BOT_TOKEN ({error_code(error)}): "
            "reinstall the app and copy the token again."
        ) from error
    except OSError as error:
        raise TransientError(f"Slack at {settings.slack_api_url} cannot be reached.") from error


def app_token_refused(error: SlackApiError) -> str:
    """What to do when Slack opens no Socket Mode connection."""
    return (
        f"Slack refuses SLACK_APP_TOKEN ({error_code(error)}): copy it again from “Basic "
        "Information”, App-Level Tokens; it needs the scope connections:write."
    )


def _speaks_by_status(status: int) -> bool:
    """Whether an answer says all by its status, whatever stands in it."""
    return status == RATE_LIMITED or status >= 500


def error_code(error: SlackApiError) -> str:
    """Slack's word for what went wrong ("not_in_channel"); of a 429 or 5xx, what that means."""
    response = error.response
    status = response.get("status") if isinstance(response, dict) else response.status_code
    if isinstance(status, int) and _speaks_by_status(status):
        return "ratelimited" if status == RATE_LIMITED else "service_unavailable"
    return str(response.get("error") or "unknown")


def transient(error: Exception) -> TransientError | None:
    """The TransientError that an error of the client stands for, or None when time won't help."""
    if isinstance(error, SlackApiError):
        code = error_code(error)
        after = limited_for(error) or 0.0
        return TransientError(f"Slack says {code}.", after=after) if code in PASSING else None
    if isinstance(error, OSError):
        return TransientError(f"Slack could not be reached ({type(error).__name__}).")
    return None


def limited_for(error: SlackApiError) -> float | None:
    """The seconds after which a rate limited call may be made again; None for other errors."""
    if error_code(error) != "ratelimited":
        return None
    headers = getattr(error.response, "headers", {})
    return float(headers.get("Retry-After") or headers.get("retry-after") or 1)


def has_outsiders(channel: Mapping[str, Any]) -> bool:
    """Whether a channel, as Slack describes it, is shared with another company, or soon will be."""
    return bool(channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"))


@contextmanager
def our_errors(**refusals: str) -> Iterator[None]:
    """Errors of the calls in the `with` are raised as ours: refusals in these words, by their code.

    A refusal that is not named is raised as it is: nobody can act on it, or the caller knows it.
    """
    try:
        yield
    except SlackApiError as error:
        if said := refusals.get(error_code(error)):
            raise UserError(said) from error
        raise transient(error) or error from error
    except OSError as error:
        raise transient(error) or error from error
