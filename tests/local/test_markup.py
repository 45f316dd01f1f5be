"""What Slack makes of a typed line, and what a message says aloud."""

from typing import Any

import pytest

from local.ids import Ids
from local.markup import from_typed, mentioned
from local.stage import read_aloud
from local.transcript import transcript, visible_text
from local.workspace import Workspace


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace(Ids(), bot_name="Readymade")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("@here look", "<!here> look"),
        ("@nobody stays", "@nobody stays"),
        ("see https://example.com/a?b=1", "see <https://example.com/a?b=1>"),
        ("<https://example.com|two words>", "<https://example.com|two words>"),
        ("<!channel> <@U0SOMEONE>", "<!channel> <@U0SOMEONE>"),
        ("<img src=x>", "&lt;img src=x&gt;"),
        (":tada: 10:30", ":tada: 10:30"),
    ],
)
def test_a_typed_line_becomes_markup(workspace: Workspace, typed: str, written: str) -> None:
    assert from_typed(typed, workspace)[0] == written


def test_names_become_ids(workspace: Workspace) -> None:
    text, _ = from_typed("@ada is in #support", workspace)
    ada, support = workspace.user("ada"), workspace.channel("support")

    assert ada is not None
    assert support is not None
    assert text == f"<@{ada.id}> is in <#{support.id}|support>"


def test_a_typed_line_becomes_rich_text(workspace: Workspace) -> None:
    _, blocks = from_typed("hi <https://example.com|there> :tada:", workspace)
    elements = blocks[0]["elements"][0]["elements"]

    assert [part["type"] for part in elements] == ["text", "link", "text", "emoji"]


def test_mentions_are_found() -> None:
    assert mentioned("<@U0ONE> and <@U0TWO|two>") == {"U0ONE", "U0TWO"}


def text(value: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": value}


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"type": "section", "text": text("a"), "fields": [text("b"), text("c")]}, "a · b · c"),
        (
            {"type": "section", "fields": [text("*Length*\n00:30"), text("*Words*\n73")]},
            "Length: 00:30 · Words: 73",
        ),
        ({"type": "actions", "elements": [{"text": text("Go")}]}, "[Go]"),
        ({"type": "image", "alt_text": "a cat"}, "[image: a cat]"),
        ({"type": "table", "rows": [[text("a"), {"value": 2}]]}, "a | 2"),
        (
            {
                "type": "data_visualization",
                "title": "T",
                "chart": {"segments": [{"label": "yes", "value": 3}]},
            },
            "[chart: T: yes 3]",
        ),
        ({"type": "divider"}, "---"),
    ],
)
def test_every_block_says_something(block: dict[str, Any], said: str) -> None:
    assert visible_text({"blocks": [block]}) == said


def test_a_transcript_names_who_speaks() -> None:
    messages = [{"user": "U1", "text": "one\ntwo"}, {"user": "U2", "files": [{"name": "a.csv"}]}]

    assert transcript(messages, {"U1": "Ada"}) == "Ada: one\n    two\nU2: [file: a.csv]"


def test_the_terminal_shows_words_without_their_markup() -> None:
    shown = read_aloud("*Sentiment*\n*Ada*: *\u2060not bold*\u2060, 2 * 3 * 4", {})

    assert shown == "Sentiment\nAda: *not bold*, 2 * 3 * 4"
