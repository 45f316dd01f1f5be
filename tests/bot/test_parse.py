"""What people type is read as they mean it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import parse
from bot.link import Link, link_in
from core.errors import UserError
from core.markup import unformat
from skills.catalog import catalog

LINK = "https://acme.slack.com/archives/C0123/p1700000000000100"


def test_a_link_names_channel_message_and_thread() -> None:
    assert link_in(f"<{LINK}?thread_ts=1699999999.000200&amp;cid=C0123>") == Link(
        channel="C0123", ts="1700000000.000100", thread="1699999999.000200"
    )


def test_a_link_to_a_message_outside_a_thread_is_its_own_thread() -> None:
    link = link_in(LINK)

    assert link is not None
    assert link.thread == link.ts


def test_a_link_among_other_words_is_text() -> None:
    assert link_in(f"look at {LINK}") is None


def test_options_and_the_private_flag_are_taken_out_of_the_text() -> None:
    asked = parse.ask(catalog()["summarize"], "--private length:short The text itself")

    assert asked == parse.Asked(text="The text itself", options={"length": "short"}, private=True)


def test_rules_for_one_call_are_given_in_quotes() -> None:
    rules = "agent says within 15 s: good morning; silence under 20 s"
    asked = parse.ask(catalog()["call"], f"<{LINK}> rules:“{rules}” agent:first")

    assert asked.link is not None
    assert asked.options == {"rules": rules, "agent": "first"}


def test_options_are_looked_for_at_the_edges_of_the_text_only() -> None:
    asked = parse.ask(catalog()["summarize"], "a pole of length:12 m is long length:short")

    assert (asked.text, asked.options) == ("a pole of length:12 m is long", {"length": "short"})


def test_an_unknown_value_of_an_option_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        UserError, match="length can be short, medium or long: you wrote length:huge"
    ):
        parse.ask(catalog()["summarize"], "length:huge The text")


def test_line_breaks_of_the_text_are_kept() -> None:
    assert parse.ask(catalog()["summarize"], "one\n\ntwo").text == "one\n\ntwo"


def test_slacks_markup_becomes_the_words_people_read() -> None:
    text = "<@U1|ada> &lt;3 <https://x.example|our site> <!here> <#C1|general>"

    assert unformat(text) == "@ada <3 our site @here #general"


def test_a_phone_number_that_slack_links_is_read_as_it_was_typed() -> None:
    assert unformat("call <tel:+15551234567|+1 555 123-4567>") == "call +1 555 123-4567"
    assert unformat("call <tel:5551234567>") == "call 5551234567"


def test_a_mention_is_found_and_taken_out() -> None:
    assert parse.mentions("hey <@UBOT> summarize", "UBOT")
    assert not parse.mentions("hey <@UBOT2> summarize", "UBOT")
    assert parse.after_mention("<@UBOT|readymade> summarize", "UBOT") == "summarize"


@given(st.text(max_size=2_000))
def test_no_text_breaks_the_reading(text: str) -> None:
    for skill in catalog().values():
        try:
            parse.ask(skill, text)
        except UserError as error:
            assert str(error)  # noqa: PT017  # most texts raise nothing


@pytest.mark.parametrize(
    "flag",
    [
        "--private", "—private", "–private", "--PRIVATE", "—Private", "-private", "--private.",
        "(--private)", "--Private", "—private,", "*--private*", "_--private_", "`--private`",
        "“--private”", "−−private", "--private!", "---private", "[-private]",
    ],
)  # fmt: skip
def test_private_is_understood_however_a_phone_writes_it(flag: str) -> None:
    skill = catalog()["sentiment"]

    assert parse.ask(skill, f"{flag} I hate mondays").private
    assert parse.ask(skill, f"I hate mondays {flag}").private


@pytest.mark.parametrize("flag", ["--privat", "-privat", "--pirvate", "(--privte)", "—privat."])
def test_a_misspelled_flag_posts_nothing(flag: str) -> None:
    for text in (f"{flag} I hate mondays", f"I hate mondays {flag}"):
        with pytest.raises(UserError, match="Did you mean --private"):
            parse.ask(catalog()["sentiment"], text)


@pytest.mark.parametrize(
    "text",
    [
        "I hate --private mondays", "I hate (—private) mondays", "--private,I hate mondays",
        "-- private I hate mondays", "I hate mondays — private", "I hate mondays.--private",
        "I hate mondays--private",
        "I hate\n--private\nmondays",
    ],
)  # fmt: skip
def test_a_private_that_is_not_understood_posts_nothing(text: str) -> None:
    with pytest.raises(UserError, match=r"write --private first or last.*Nothing was sent"):
        parse.ask(catalog()["sentiment"], text)


@pytest.mark.parametrize(
    "text",
    [
        "I love --verbose", "a non-private talk", "- private beta\n- public beta", "semi-private",
        "use -v or --help", "it is private", "see https://x.example/-private",
    ],
)  # fmt: skip
def test_a_dash_that_means_nothing_is_text(text: str) -> None:
    asked = parse.ask(catalog()["sentiment"], text)

    assert (asked.text, asked.private) == (text, False)


def test_a_dash_in_a_sentence_is_no_flag() -> None:
    assert parse.ask(catalog()["sentiment"], "good — but late").text == "good — but late"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("lenght:short The plan is set.", "length:short"),
        ("page:3 The plan is set.", "pages:3"),
        ("The plan is set. page:3-7", "pages:3-7"),
    ],
)
def test_a_slip_of_an_option_is_not_summarized(text: str, near: str) -> None:
    with pytest.raises(UserError, match=f"Did you mean {near}"):
        parse.ask(catalog()["summarize"], text)


@pytest.mark.parametrize("text", ["name:Smith, John", "data:none", "http://x.example/a is down"])
def test_a_word_with_a_colon_that_is_no_slip_is_text(text: str) -> None:
    for skill in ("redact", "sentiment", "summarize"):
        assert parse.ask(catalog()[skill], text).text == text


@pytest.mark.parametrize("text", ["-" * 100_000, "-a" + "_" * 100_000 + "!", "— " * 50_000])
def test_a_hostile_run_of_dashes_is_read_at_once(text: str) -> None:
    assert parse.ask(catalog()["sentiment"], f"x {text} x").private is False
