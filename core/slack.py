"""The Slack client of both processes, and its errors in our words.

Posts are not retried on a lost connection: Slack may have taken the first one, and a second would
show the answer twice. Rate limits and server errors are retried, never before Retry-After.
"""

from __future__ import annotations

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import (
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from core.errors import TransientError
from core.settings import Settings

TIMEOUT_SECONDS = 15
PASSING = {"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}


def create_client(settings: Settings) -> WebClient:
    """A Web API client for SLACK_API_URL."""
    return WebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[
            RateLimitErrorRetryHandler(max_retry_count=5),
            ServerErrorRetryHandler(max_retry_count=2),
        ],
    )


def error_code(error: SlackApiError) -> str:
    """Slack's word for what went wrong ("not_in_channel"); a 5xx answer has none of its own."""
    response = error.response
    status = response.get("status") if isinstance(response, dict) else response.status_code
    if isinstance(status, int) and status >= 500:
        return "service_unavailable"
    return str(response.get("error") or "unknown")


def transient(error: Exception) -> TransientError | None:
    """The TransientError that an error of the client stands for, or None when time won't help."""
    if isinstance(error, SlackApiError):
        code = error_code(error)
        return TransientError(f"Slack says {code}.") if code in PASSING else None
    if isinstance(error, OSError):
        return TransientError(f"Slack could not be reached ({type(error).__name__}).")
    return None
