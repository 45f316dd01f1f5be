"""What Slack refuses in messages and views: one case a limit, right at its edge."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from local.limits.blocks import check_blocks
from local.limits.manifests import check_manifest
from local.limits.messages import check_message
from local.limits.views import check_view
from local.refusal import Refusal
from tests.local.conftest import RunningSlack


def plain(length: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": "x" * length}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(5), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def context(count: int) -> dict[str, Any]:
    return {"type": "context", "elements": [mrkdwn(1)] * count}


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "image_url": "https://example.com/a.png", **more}


def rows(count: int, columns: int = 2) -> list[Any]:
    return [[{"type": "raw_text", "text": "x"}] * columns for _ in range(count)]


def data_table(count: int, **more: Any) -> dict[str, Any]:
    return {"type": "data_table", "caption": "c", "rows": rows(count), **more}


def pie(count: int, title: str = "t") -> dict[str, Any]:
    segments = [{"label": str(n), "value": n + 1} for n in range(count)]
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {"type": "pie", "segments": segments},
    }


DIVIDER = {"type": "divider"}
ALLOWED = [
    [DIVIDER] * 50,
    [{"type": "section", "text": mrkdwn(3000)}],
    [{"type": "section", "fields": [mrkdwn(1000)] * 10}],
    [{"type": "header", "text": plain(150)}],
    [context(10)],
    [actions(*[button(action_id=str(n)) for n in range(25)])],
    [{"type": "markdown", "text": "x" * 12_000}],
    [image(alt_text="a" * 2000)],
    [actions(button(value="v" * 2000, action_id="a" * 255))],
    [{"type": "table", "rows": rows(100)}],
    [data_table(101)],
    [pie(6), pie(1)],
]
REFUSED = [
    ([DIVIDER] * 51, "/blocks"),
    ([{"type": "section", "text": mrkdwn(3001)}], "/blocks/0/text/text"),
    ([{"type": "section", "text": mrkdwn(0)}], "/blocks/0/text/text"),
    ([{"type": "section"}], "/blocks/0"),
    ([{"type": "section", "fields": [mrkdwn(2001)]}], "/blocks/0/fields/0/text"),
    ([{"type": "section", "fields": [mrkdwn(1)] * 11}], "/blocks/0/fields"),
    ([{"type": "header", "text": plain(151)}], "/blocks/0/text/text"),
    ([{"type": "header", "text": mrkdwn(5)}], "/blocks/0/text/type"),
    ([context(11)], "/blocks/0/elements"),
    ([actions(*[button(action_id=str(n)) for n in range(26)])], "/blocks/0/elements"),
    ([actions(button(action_id="a"), button(action_id="a"))], "/blocks/0/elements/1/action_id"),
    ([actions({"type": "button", "text": plain(76)})], "/blocks/0/elements/0/text/text"),
    ([actions(button(value="v" * 2001))], "/blocks/0/elements/0/value"),
    ([actions(button(action_id="a" * 256))], "/blocks/0/elements/0/action_id"),
    ([actions(button(style="pink"))], "/blocks/0/elements/0/style"),
    ([actions(button(url="javascript:alert(1)"))], "/blocks/0/elements/0/url"),
    ([{"type": "markdown", "text": "x" * 12_001}], "/blocks/0/text"),
    ([image()], "/blocks/0"),
    ([image(alt_text="a" * 2001)], "/blocks/0/alt_text"),
    ([{"type": "image", "alt_text": "a"}], "/blocks/0"),
    ([{**DIVIDER, "block_id": "b" * 256}], "/blocks/0/block_id"),
    ([{**DIVIDER, "block_id": "b"}] * 2, "/blocks/1/block_id"),
    ([{"type": "table", "rows": rows(1)}] * 2, "/blocks"),
    ([{"type": "table", "rows": rows(1, columns=21)}], "/blocks/0/rows/0"),
    ([data_table(102)], "/blocks/0/rows"),
    ([data_table(2, page_size=101)], "/blocks/0/page_size"),
    ([{"type": "data_table", "rows": rows(2)}], "/blocks/0"),
    ([pie(7)], "/blocks/0/chart/segments"),
    ([pie(2, title="t" * 51)], "/blocks/0/title"),
    ([pie(1)] * 3, "/blocks"),
    ([{"type": "alert", "text": plain(5)}], "/blocks/0/type"),
    ([{"type": "sparkles"}], "/blocks/0/type"),
    (["text"], "/blocks/0"),
]


@pytest.mark.parametrize("blocks", ALLOWED)
def test_blocks_at_the_limit_pass(blocks: list[Any]) -> None:
    check_blocks(blocks, surface="message")


@pytest.mark.parametrize(("blocks", "pointer"), REFUSED)
def test_blocks_over_the_limit_are_refused_with_their_place(
    blocks: list[Any], pointer: str
) -> None:
    with pytest.raises(Refusal) as caught:
        check_blocks(blocks, surface="message")

    assert any(text.endswith(f"[json-pointer:{pointer}]") for text in caught.value.messages)


def test_all_blocks_together_have_a_limit() -> None:
    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        check_blocks([{"type": "section", "text": mrkdwn(2700)}] * 5, surface="message")


def test_a_block_type_may_be_switched_off(slack: RunningSlack) -> None:
    slack.workspace.faults(reject_blocks=["data_table"])
    with pytest.raises(SlackApiError) as caught:
        slack.client.chat_postMessage(channel="support", text="t", blocks=[data_table(2)])

    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] unsupported type: data_table [json-pointer:/blocks/0/type]"
    ]


def test_a_long_text_is_cut() -> None:
    assert len(check_message({"text": "x" * 50_000})["text"]) == 40_000


def test_a_long_text_is_too_long_for_an_update(slack: RunningSlack) -> None:
    posted = slack.client.chat_postMessage(channel="support", text="t")
    with pytest.raises(SlackApiError, match="msg_too_long"):
        slack.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="x" * 4001)


def test_markdown_text_excludes_blocks() -> None:
    with pytest.raises(Refusal, match="markdown_text_conflict"):
        check_message({"markdown_text": "x", "text": "y"})


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(24), "blocks": [DIVIDER], **more}


INPUT = {"type": "input", "label": plain(5), "element": {"type": "plain_text_input"}}


@pytest.mark.parametrize(
    "view",
    [
        modal(title=plain(25)),
        modal(blocks=[INPUT]),
        modal(blocks=[DIVIDER] * 101),
        modal(private_metadata="x" * 3001),
        modal(callback_id="x" * 256),
        modal(blocks=[{"type": "table", "rows": rows(1)}]),
        {"type": "home", "blocks": []},
    ],
)
def test_a_bad_modal_is_refused(view: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="invalid_arguments"):
        check_view(view)


def test_a_modal_at_its_limits_passes() -> None:
    assert check_view(modal(blocks=[INPUT] * 100, submit=plain(24)))["type"] == "modal"


def test_blocks_can_be_validated_without_a_token(slack: RunningSlack) -> None:
    answer = slack.client.api_call("blocks.validate", json={"blocks": [DIVIDER]})

    assert answer["ok"]


@pytest.mark.parametrize(
    "manifest",
    [
        {"display_information": {"name": "x" * 36}},
        {"features": {"slash_commands": [{"command": "/a"}] * 2}},
        {"features": {"slash_commands": [{"command": f"/c{n}"} for n in range(51)]}},
        {"features": {"slash_commands": [{"command": "/Big Name"}]}},
        {"features": {"shortcuts": [{"name": "x" * 25, "callback_id": "a", "type": "global"}]}},
        {"settings": {"event_subscriptions": {"bot_events": ["app_mention"]}}},
    ],
)
def test_a_bad_manifest_is_refused(manifest: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="invalid_manifest"):
        check_manifest(manifest)


def test_a_bad_manifest_stops_the_program(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"features": {"slash_commands": [{"command": "hello"}]}}')
    command = [sys.executable, "-m", "local", "--port", "0", "--manifest", str(manifest)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=10)

    assert (done.returncode, "must be a slash" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "block",
    [
        actions(button(action_id=["list"]), button(action_id={})),
        actions({"type": "static_select", "option_groups": ["group"]}),
        {"type": "section", "text": "text", "accessory": []},
        {"type": "table", "rows": ["row"]},
        {"type": "data_visualization", "title": "t", "chart": {"type": "line", "series": [1]}},
    ],
)
def test_what_is_not_an_object_is_refused_not_a_crash(block: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="invalid_blocks"):
        check_blocks([block], surface="message")


@pytest.mark.parametrize("attachments", ["text", ["text"], 5])
def test_attachments_that_are_no_objects_are_refused(attachments: Any) -> None:
    with pytest.raises(Refusal, match="invalid_attachments"):
        check_message({"attachments": attachments})


def option(length: int = 5, value: Any = "v") -> dict[str, Any]:
    return {"text": plain(length), "value": value}


def select(**more: Any) -> dict[str, Any]:
    return actions({"type": "static_select", **more})


def feedback(**more: Any) -> dict[str, Any]:
    return {"type": "context_actions", "elements": [{"type": "feedback_buttons", **more}]}


def question(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "label": plain(5), "element": element}


@pytest.mark.parametrize(
    "block",
    [
        select(options=[option()] * 101),
        select(options=[option(76)]),
        select(options=[option(value="v" * 151)]),
        select(options=[]),
        select(option_groups=[{"label": plain(5)}]),
        actions({"type": "overflow", "options": [option()] * 6}),
        actions({"type": "checkboxes", "options": [option()] * 11}),
        actions(button(confirm={"title": plain(101)})),
        actions({"type": "plain_text_input"}),
        feedback(positive_button={"text": plain(5), "value": "v"}),
        question({"type": "plain_text_input", "max_length": 3001}),
        question({"type": "number_input"}),
        question({"type": "file_input", "max_files": 11}),
        question({"type": "button", "text": plain(5)}),
        {"type": "input", "label": plain(5)},
        {"type": "container", "child_blocks": [{"type": "header"}]},
        {"type": "video", "alt_text": "a"},
    ],
)
def test_elements_have_limits_too(block: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="invalid_blocks"):
        check_blocks([block], surface="message")
