"""What goes out: whatever a text holds, Slack gets valid blocks in which nothing of it is live."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import blocks
from core.blocks import Post
from core.reply import Chart, Figure, Point, Reply, Section, Slice, Table
from skills.decode.results import FORMULA, write_csv

ASKER = "U0ASKING"
PLACE = "C0ASKING"
OURS = (f"@{ASKER}", f"#{PLACE}")
OWN_LINK = "https://acme.slack.com/archives/C1/p1"
HOSTILE = [
    "<!channel>", "<!here|here>", "<!everyone>", "<@U123>", "<@U123|boss>", "<#C123|general>",
    "<!subteam^S1|@all>", "<!date^1392734382^{date}^https://evil.example|x>",
    "<https://evil.example|your bank>", "<mailto:a@b.c|write>", "<tel:+1|call>",
    "https://evil.example",
    "http://a\u202eb.example", "*bold* _it_ ~gone~ `code` ```block```", "> quoted",
    "&lt;!channel&gt;",
    "&amp;lt;!here&amp;gt;", "<<!here>>", "<!he\u200bre>", "<\u2060!here>", "<!here", "|>", "a|b>c",
    "\u202egpj.exe", "\u2066\u2067\u2068\u2069", "\x00\x07\x1b[31m", "\ud800", "\ufeff",
    "e\u0301" * 500,
    "🏳️‍🌈" * 300, "<" * 5_000, "&" * 5_000, "\n" * 5_000, "", " ", "\u2028\u2029", "@channel",
    '{"blocks": []}', "=cmd|' /C calc'!A0",
]  # fmt: skip
CONTROLS = re.compile(r"<([^<>]*)>")
ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")
CONTROL_CLASSES = {"Cc", "Cf", "Cs", "Co"}
ALLOWED = {"\n", "\t", "\u200d", "\u2060"}


def posts(text: str) -> Iterator[Post]:
    """Everything that core.blocks says, with `text` in every place that takes one."""
    slices = tuple(Slice(label=text, value=number) for number in range(8))
    reply = Reply(
        text=text,
        figures=(Figure(label=text, value=text),) * 12,
        points=(Point(text=text, source=text, link=OWN_LINK), Point(text=text, source=text)),
        sections=(Section(title=text, points=(Point(text=text, source=text, link=OWN_LINK),)),),
        body=text,
        table=Table(caption=text, header=(text, text), rows=((text, text),) * 30),
        chart=Chart(title=text, kind="bar", slices=slices),
        charts=(Chart(title=text, kind="line", slices=slices * 3, series=text),),
        notes=(text, text),
    )
    pie = Reply(text=text, chart=Chart(title=text, kind="pie", slices=slices))
    for said in (reply, pie):
        yield blocks.answer(said, title="Summary", subject=text)
    alert = Section(title=text, points=(Point(text=text, source=text),))
    yield blocks.alert(alert, channel=PLACE, link=OWN_LINK)
    yield blocks.sentence(text, title="Summary", subject=text)
    yield blocks.sentence(text)
    yield blocks.progress(text, title="Summary", subject=text, job_id="1", preview=reply)
    yield blocks.request(command="/summarize", user=ASKER, excerpt=text)


def everything(text: str) -> Iterator[Post]:
    for post in posts(text):
        yield post
        yield post.worded()
        yield post.plain()


def mrkdwn(value: Any) -> Iterator[str]:
    """Every text that Slack parses."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from mrkdwn(each)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def live(text: str) -> list[str]:
    """What Slack would make of a text beyond words: mentions, links, half entities, bare URLs."""
    marks = [mark for mark in CONTROLS.findall(text)
             if mark not in OURS and not mark.startswith(f"{OWN_LINK}|")]  # fmt: skip
    rest = CONTROLS.sub("", text)
    stray = [sign for sign in "<>" if sign in rest]
    return marks + stray + ENTITY.findall(text) + re.findall(r"\w+://", rest)


def problems(post: Post) -> list[str]:
    """All that is wrong with a message."""
    texts = [post.text, *mrkdwn(post.blocks)]
    found = [f"live: {each}" for text in texts for each in live(text)]
    found += [f"control: {letter!r}" for text in [post.text, *strings(post.blocks)]
              for letter in text
              if unicodedata.category(letter) in CONTROL_CLASSES
              and letter not in ALLOWED]  # fmt: skip
    found += [f"too long: {block['type']}" for block in post.blocks
              if any(len(t) > 3_000 for t in mrkdwn(block))]  # fmt: skip
    found += [f"field of {len(field['text'])}" for block in post.blocks
              for field in block.get("fields", []) if len(field["text"]) > 2_000]  # fmt: skip
    found += ["empty"] if not all(mrkdwn(post.blocks)) or not post.blocks else []
    json.dumps(post.blocks, allow_nan=False).encode()
    size = len(json.dumps(post.blocks, ensure_ascii=False))
    return found + ([f"{size} characters"] if size > 13_200 or len(post.blocks) > 50 else [])


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_live_gets_out_of_a_hostile_text(text: str) -> None:
    assert [each for post in everything(text) for each in problems(post)] == []


def test_nothing_live_gets_out_of_the_naughty_strings(shared_data: Path) -> None:
    naughty = json.loads((shared_data / "hostile/text/blns.json").read_text())

    found = {text: wrong for text in naughty for post in everything(text)
             if (wrong := problems(post))}  # fmt: skip

    assert len(naughty) > 500
    assert found == {}


@given(st.text(alphabet=st.sampled_from("<>&|!@#*_`~:/a \n\u202e\u2060;ltgamp"), max_size=200))
def test_nothing_live_gets_out_of_any_mixture_of_slacks_own_signs(text: str) -> None:
    assert [each for post in everything(text) for each in problems(post)] == []


@given(st.text(max_size=4_000))
def test_any_text_makes_valid_blocks(text: str) -> None:
    assert [each for post in everything(text) for each in problems(post)] == []


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://a|b>c<!here>", "file:///etc", "\n"]
)
def test_a_points_link_cannot_break_out_of_its_brackets(link: str) -> None:
    point = Point(text="words", source="page 1", link=link)
    post = blocks.answer(Reply(text="a", points=(point,)), title="Summary")

    marks = [mark for text in mrkdwn(post.blocks) for mark in CONTROLS.findall(text)]

    assert all(mark.startswith("https://") and mark.count("|") == 1 for mark in marks)


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), max_size=5))
def test_no_cell_of_a_result_file_is_a_formula(rows: list[list[str]]) -> None:
    content = write_csv(["=1+1", "@name"], rows).decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]

    assert not any(cell.startswith(FORMULA) for cell in cells)


@pytest.mark.parametrize("sign", ["＝", "＋", "－", "＠", " =", "\u200b=", "\ufeff="])
def test_a_formula_behind_a_blank_or_in_full_width_is_harmless_too(sign: str) -> None:
    content = write_csv(["text"], [[f"{sign}HYPERLINK(A1)"]]).decode("utf-8-sig")

    assert content.splitlines()[1].lstrip('"').startswith("'")
