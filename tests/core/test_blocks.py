"""Block Kit made from replies: Slack's limits are kept and nothing live gets through."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import blocks
from core.markup import clean, cut, escape
from core.reply import Chart, Figure, Point, Reply, Section, Slice, Table
from local.limits.blocks import check_blocks
from local.transcript import visible_text

LIVE = ["<!channel>", "<!here>", "<!everyone>", "<@U123>", "<#C123>", "<!subteam^S1>",
        "<https://evil.example|bank>", "<mailto:a@b.c>"]  # fmt: skip


def texts_of(value: Any) -> list[str]:
    """Every string that Slack would render as mrkdwn, and the fallback text."""
    if isinstance(value, dict):
        own = [value["text"]] if value.get("type") == "mrkdwn" else []
        return own + [text for each in value.values() for text in texts_of(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_of(each)]
    return []


def full(text: str) -> Reply:
    return Reply(
        text=text,
        figures=(Figure(label=text, value=text),),
        points=(Point(text=text, source=text, link="https://acme.slack.com/archives/C1/p1"),),
        sections=(Section(title=text, points=(Point(text=text),)),),
        body=text,
        table=Table(caption=text, header=(text,), rows=((text,),)),
        chart=Chart(title=text, kind="pie", slices=(Slice(label=text, value=1),)),
        charts=(Chart(title=text, kind="bar", slices=(Slice(label=text, value=1),)),),
        notes=(text,),
    )


def test_no_live_mention_or_link_gets_through_any_part_of_a_reply() -> None:
    for live in LIVE:
        post = blocks.answer(full(live), title="Summary", subject=live)

        assert all(live not in text for text in [post.text, *texts_of(post.blocks)])


def test_formatting_characters_do_not_pair_up() -> None:
    assert escape("*bold* _it_ ~s~ `c`").replace("\u2060", "|") == ("*|bold*| _|it_| ~|s~| `|c`|")


def test_a_table_has_no_more_columns_than_slack_takes() -> None:
    cells = tuple(str(number) for number in range(40))
    post = blocks.answer(
        Reply(text="Rows:", table=Table(caption="", header=cells, rows=(cells, cells))),
        title="Summary",
        subject="wide.xlsx",
    )
    (table,) = [block for block in post.blocks if block["type"] == "table"]

    assert [len(row) for row in table["rows"]] == [20, 20, 20]


def test_what_others_wrote_is_shown_where_slack_parses_nothing() -> None:
    told = Reply(text="*their*", body="`their`", points=(Point(text="~their~", source="_their_"),))
    posts = [
        blocks.answer(told, title="Summary", subject="*their*.pdf"),
        blocks.sentence("I can't read *their*.zip", title="Summary", subject="`their`"),
        blocks.progress("Waiting", title="Summary", subject="*their*", job_id="1"),
        blocks.request(command="/summarize", user="U1", excerpt="*their* `words`"),
    ]

    assert not [text for post in posts for text in texts_of(post.blocks) if "their" in text]
    assert all("their" in str(post.blocks) for post in posts)


def test_a_name_with_an_underscore_can_be_copied() -> None:
    assert escape("MODELS=HUB_ID") == "MODELS=HUB_ID"


def test_a_bare_url_is_not_turned_into_a_link() -> None:
    assert "://" not in escape("see https://evil.example/x")


def test_bidi_controls_and_invisible_characters_are_removed() -> None:
    assert clean("invoice\u202etxt.exe\u200b") == "invoicetxt.exe"


@given(st.text(max_size=30_000))
def test_any_text_fits_slacks_limits(text: str) -> None:
    post = blocks.answer(full(text), title="Summary", subject=text)

    assert len(post.blocks) <= 50
    assert len(json.dumps(post.blocks, ensure_ascii=False)) <= 13_200
    assert all(0 < len(each) <= 3_000 for each in texts_of(post.blocks))
    assert 0 < len(post.text) <= 40_000


def test_the_fallback_text_says_the_whole_answer() -> None:
    reply = Reply(
        text="Positive.",
        figures=(Figure(label="Confidence", value="93 %"),),
        points=(Point(text="It ships today", source="page 2"),),
    )

    assert blocks.answer(reply, title="Sentiment", subject="mail").text == (
        "Sentiment of mail: Positive.\nConfidence: 93 %\n• It ships today (page 2)"
    )


def test_a_placeholder_has_a_cancel_button_that_names_its_job() -> None:
    post = blocks.progress("Waiting", title="Summary", subject="a.pdf", job_id="abc")
    button = post.blocks[-1]["elements"][0]

    assert (button["action_id"], button["value"]) == (blocks.CANCEL_ACTION, "abc")
    assert button["accessibility_label"] == "Cancel: Summary of a.pdf"


def test_what_is_known_so_far_stands_between_the_progress_and_its_cancel_button() -> None:
    preview = Reply(text="So far:", points=(Point(text="*It* ships", source="page 2"),))
    post = blocks.progress("Reading", title="Summary", subject="", job_id="abc", preview=preview)

    shown = str(post.blocks)
    assert shown.index("Reading") < shown.index("So far:") < shown.index("•  *It* ships")
    assert post.blocks[-1]["type"] == "actions"


def test_a_preview_of_any_length_fits_a_message_and_keeps_the_cancel_button() -> None:
    points = tuple(Point(text="word " * 200, source="page 1") for _ in range(30))
    preview = Reply(text="So far:", points=points, body="word " * 2_000)
    post = blocks.progress("Reading", title="Summary", subject="", job_id="abc", preview=preview)

    assert len(str(post.blocks)) <= blocks.TOTAL
    assert post.blocks[-1]["type"] == "actions"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc", "", "<!here>"])
def test_a_point_links_to_nothing_but_a_web_address(link: str) -> None:
    reply = Reply(text="a", points=(Point(text="words", source="page 1", link=link),))

    assert "'link'" not in str(blocks.answer(reply, title="Summary").blocks)


def test_the_plain_version_uses_nothing_but_sections_and_says_the_same() -> None:
    post = blocks.answer(full("R&D <b>"), title="Summary").plain()

    assert {block["type"] for block in post.blocks} == {"section"}
    assert texts_of(post.blocks) == [post.text]
    assert "R&amp;D &lt;b&gt;" in post.text


def test_where_tables_and_charts_are_refused_the_rest_stays_and_they_are_in_words() -> None:
    pie = Chart(title="Sides", kind="pie", slices=(Slice(label="For", value=3),))
    line = Chart(title="Trend", kind="line", slices=(Slice(label="May", value=1.5),))
    table = Table(caption="", header=("About", "Like"), rows=(("price", "3"),))
    reply = Reply(text="Two.", chart=pie, charts=(line,), table=table, notes=("Small print",))
    post = blocks.answer(reply, title="Sentiment").worded()

    shown = visible_text({"blocks": post.blocks})
    assert not {"table", "data_visualization"} & {each["type"] for each in post.blocks}
    assert shown == (
        "*Sentiment*\nTwo.\nSides: For: 3.\nTrend: May: 1.5.\nAbout  Like\nprice  3\nSmall print"
    )


@given(st.text(max_size=3_000))
def test_tables_and_charts_in_words_fit_slacks_limits(text: str) -> None:
    wide = Table(caption="", header=(text,) * 20, rows=((text,) * 20,) * 20)
    post = blocks.answer(replace(full(text), table=wide), title="Summary").worded()

    assert len(json.dumps(post.blocks, ensure_ascii=False)) <= 13_200
    check_blocks(post.blocks, surface="message")


def test_a_cut_falls_between_words() -> None:
    assert cut("one two three four", 12) == "one two…"


def test_a_section_stands_below_its_title_in_blocks_and_for_who_listens() -> None:
    decided = Section(title="Decisions", points=(Point(text="Ship on Friday", source="Ana"),))
    post = blocks.answer(Reply(text="One decision.", sections=(decided,)), title="Summary")

    assert "Decisions:\n• Ship on Friday (Ana)" in post.text
    shown = visible_text({"blocks": post.blocks})
    assert shown.endswith("Decisions\n•  Ship on Friday  (Ana)")


def test_an_empty_line_stands_above_the_title_of_a_section() -> None:
    decided = Section(title="Decisions", points=(Point(text="Ship on Friday"),))
    post = blocks.answer(Reply(text="One.", sections=(decided,)), title="Summary")
    titles = [part for each in post.blocks if each["type"] == "rich_text"
              for part in each["elements"][0]["elements"] if part.get("style")]  # fmt: skip

    assert [title["text"] for title in titles] == ["\nDecisions"]


def test_every_chart_of_a_reply_is_shown_in_its_order() -> None:
    bar, pie = (
        Chart(title=kind, kind=kind, slices=(Slice(label="a", value=1),)) for kind in ("bar", "pie")
    )
    post = blocks.answer(Reply(text="Two.", chart=bar, charts=(pie,)), title="Sentiment")

    assert [each["title"] for each in post.blocks if "chart" in each] == ["bar", "pie"]


@pytest.mark.parametrize(("kind", "most"), [("bar", 20), ("line", 20), ("pie", 6)])
def test_fourteen_days_are_fourteen_bars_and_a_pie_has_six_pieces(kind: str, most: int) -> None:
    days = tuple(Slice(label=f"{day} May", value=day) for day in range(1, 25))
    chart = Chart(title="Calls a day", kind=kind, slices=days)
    post = blocks.answer(Reply(text="Calls.", chart=chart), title="Calls")

    drawing = next(each["chart"] for each in post.blocks if "chart" in each)
    points = drawing["segments"] if kind == "pie" else drawing["series"][0]["data"]
    assert len(points) == most
    check_blocks(post.blocks, surface="message")
