"""Hostile calls: whatever an app sends, the answer is Slack's, never a crash."""

import json
import urllib.parse
import urllib.request
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from local.limits.blocks import TYPES, check_blocks
from local.limits.elements import ACCESSORIES, CONTEXT_ACTIONS, INPUTS
from local.limits.views import check_view
from local.refusal import Refusal
from local.web_api.methods import METHODS
from tests.local.conftest import RunningSlack

KINDS = [*TYPES, *ACCESSORIES, *CONTEXT_ACTIONS, *INPUTS, "plain_text", "mrkdwn", "raw_text", "pie"]
FIELDS = [
    "text", "fields", "elements", "accessory", "element", "label", "rows", "chart", "segments",
    "series", "data", "axis_config", "categories", "options", "option_groups", "confirm",
    "positive_button", "child_blocks", "value", "action_id", "block_id", "caption", "title",
    "page_size", "style", "url", "image_url", "alt_text", "max_length", "placeholder",
]  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON = st.recursive(
    SCALARS | st.sampled_from(KINDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
        | st.builds(
            lambda kind, rest: {**rest, "type": kind},
            st.sampled_from(KINDS),
            st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
        )
    ),
    max_leaves=12,
)


def refusal_of(check: Callable[[], object]) -> str:
    """The code of a refusal, empty without one; any other error passes through."""
    try:
        check()
    except Refusal as refusal:
        return refusal.error
    return ""


@settings(max_examples=200, deadline=None)
@given(st.lists(JSON, max_size=3))
def test_any_blocks_are_taken_or_refused(blocks: list[Any]) -> None:
    error = refusal_of(lambda: check_blocks(blocks, surface="message"))

    assert error in ("", "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long")


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_any_view_is_taken_or_refused(view: Any) -> None:
    assert refusal_of(lambda: check_view(view)) in ("", "invalid_arguments")


ARGUMENTS = [
    "channel", "channel_id", "ts", "timestamp", "thread_ts", "user", "user_id", "users", "text",
    "blocks", "attachments", "metadata", "view", "view_id", "trigger_id", "files", "file", "name",
    "limit", "cursor", "latest", "oldest", "types", "filename", "length", "chunks", "status",
    "loading_messages", "markdown_text", "message_ts", "hash", "external_id", "bot",
]  # fmt: skip


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(sorted(METHODS)),
    st.dictionaries(st.sampled_from(ARGUMENTS), JSON, max_size=5),
    st.booleans(),
    st.booleans(),
)
def test_any_call_is_answered_with_ok_or_an_error(
    slack: RunningSlack, method: str, arguments: dict[str, Any], is_form: bool, is_known: bool
) -> None:
    if is_known:
        arguments["channel"] = arguments["channel_id"] = slack.slack.workspace.channel("support").id
    token = "xapp-local-app-token" if METHODS[method].access == "app" else "xoxb-local-bot-token"
    headers = {"Authorization": f"Bearer {token}"}
    if is_form:
        values = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in arguments.items()
        }
        body = urllib.parse.urlencode(values).encode("utf-8", "surrogatepass")
    else:
        headers["Content-Type"] = "application/json; charset=utf-8"
        body = json.dumps(arguments).encode()
    request = urllib.request.Request(f"{slack.url}/api/{method}", body, headers)
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)

    assert answer["ok"] is True or isinstance(answer["error"], str)
