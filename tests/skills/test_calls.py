"""/calls: trends and search over the calls that were kept of a channel."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest

from core.errors import UserError
from core.records import DAY
from core.reply import Reply
from local.limits.messages import check_message
from skills.call import skill as call_skill
from skills.calls import skill
from skills.models.embedded import embed, read_meanings
from skills.skill import Input, Past
from skills.telephone.files import Line
from skills.telephone.look_back import NO_CALLS
from skills.telephone.overview import Looked
from skills.telephone.past import read_calls
from skills.telephone.trends import spread
from tests.skills.test_call_record import a_call, stored

NOW = time.time()
QUESTION = {"who": "Speaker 1", "text": "Are you there?", "start": 4.0, "answered": False}


@pytest.fixture(scope="module")
def model() -> Any:
    return skill.load("cpu")


def past(
    model: Any,
    *said: str,
    days: float = 1.0,
    mood: float = 40.0,
    names: dict[str, str] | None = None,
) -> Past:
    """A call in which the customer says this, `days` ago; the first is why he called."""
    lines = [
        Line(start=30.0 * at, end=30.0 * at + 3, text=text, confidence=0.9, speaker="Customer")
        for at, text in enumerate(said)
    ]
    call = replace(
        a_call(), segments=lines, duration=600.0,
        reason={"speaker": "Customer", "start": 0.0, "text": said[0]},
        mood={"Agent": [50.0] * 4, "Customer": [mood] * 4},
        details=replace(a_call().about, meanings=embed(model, said)),
    )  # fmt: skip
    values = stored(call_skill.pack(call))
    values["names"] = names or {}
    number = int(days * 100)
    return Past(
        values=values, at=NOW - days * DAY, link=f"https://x.slack.com/archives/C/p{number}"
    )


def look(model: Any, text: str, *calls: Past, **options: str) -> Looked:
    (result,) = skill.run(model, [Input(text=text, past=calls, kept_days=30, options=options)])
    assert isinstance(result, Looked), result
    return result


def refused(model: Any, text: str, *calls: Past) -> str:
    (result,) = skill.run(model, [Input(text=text, past=calls, kept_days=30)])
    assert isinstance(result, UserError)
    return str(result)


def test_trends_count_the_calls_and_their_moods_over_time(model: Any) -> None:
    calls = [
        past(model, "My parcel is late.", days=d, mood=m) for d, m in ((1, 80), (9, 40), (9, 20))
    ]
    result = look(model, "trends 30d", *calls)
    moods = [(span.calls, span.mood) for span in result.spans if span.calls]

    assert result.calls == 3
    assert result.whole.seconds == 1800
    assert sorted(moods) == [(1, 80.0), (2, 30.0)]
    assert sum(span.calls for span in result.spans) == 3


def test_less_than_a_minute_of_calls_is_said_in_seconds(model: Any) -> None:
    call = past(model, "My parcel is late.")
    values = {**call.values, "call": {**call.values["call"], "duration": 30.2}}
    shown = skill.render(look(model, "", replace(call, values=values)))

    assert shown.text.endswith(", 30 s in all.")
    assert shown.table is not None
    assert shown.table.rows[0][2] == "30 s"


def test_nothing_said_means_trends_of_thirty_days(model: Any) -> None:
    calls = [past(model, "My parcel is late.", days=days) for days in (1, 20, 40)]

    assert look(model, "", *calls) == look(model, "trends 30d", *calls)
    assert look(model, "", *calls).calls == 2


def test_reasons_that_mean_the_same_are_one_with_a_quote(model: Any) -> None:
    calls = [
        past(model, text, days=number + 1)
        for number, text in enumerate([
            "My parcel has not arrived yet.", "My package still hasn't arrived.",
            "I forgot my password.", "I am calling because my parcel did not arrive.",
        ])
    ]  # fmt: skip
    first, second = look(model, "trends", *calls).reasons

    assert (first.count, second.count) == (3, 1)
    assert "arrive" in first.text
    assert second.text == "I forgot my password."


def test_names_that_people_gave_are_used_and_the_agent_is_known_all_the_same(model: Any) -> None:
    call = past(model, "My parcel is late.", names={"Agent": "Maria", "Customer": "Tom"})
    result = look(model, "search parcel", call)

    assert result.moments[0].speaker == "Tom"
    assert result.whole.agent_share == 0.5
    assert result.whole.mood == 40.0


def test_a_word_that_was_said_comes_before_what_means_the_same(model: Any) -> None:
    calls = [
        past(model, "Hello.", "I want my money back, please.", days=1),
        past(model, "Hello.", "The refunds were agreed with your colleague.", days=2),
        past(model, "Hello.", "The weather is nice today.", days=3),
    ]
    first, *others = look(model, "search refund", *calls).moments

    assert (first.exact, first.text) == (True, "The refunds were agreed with your colleague.")
    assert (first.start, first.link) == (30.0, calls[1].link)
    assert [each.text for each in others] == ["I want my money back, please."]


def test_nothing_found_is_said_with_how_much_was_searched(model: Any) -> None:
    shown = skill.render(
        look(model, "search heat pump maintenance", past(model, "My card is blocked."))
    )

    assert shown.text.startswith("I found nothing about “heat pump maintenance” in 1 call")
    assert shown.points == ()


def test_one_call_does_not_take_all_the_room(model: Any) -> None:
    many = past(model, *["I want a refund for this."] * 12, days=1)
    other = past(model, "I want a refund for that.", days=2)
    moments = look(model, "refund", many, other).moments

    assert [each.link for each in moments].count(many.link) == 3
    assert moments[-1].link == other.link


def test_every_answer_is_one_that_slack_takes(model: Any) -> None:
    from core import blocks

    calls = [
        past(model, "<!here> *My parcel* & " + "long " * 90, days=number / 3, mood=number)
        for number in range(80)
    ]
    for text in ("", "trends 7d", "trends 90d", "trends 12m", "search parcel <!channel>"):
        post = blocks.answer(skill.render(look(model, text, *calls)), title="Calls")
        check_message({"text": post.text, "blocks": post.blocks})
        assert "<!here>" not in post.text


def test_the_answer_to_trends_has_two_charts_a_table_and_how_long_calls_are_kept(
    model: Any,
) -> None:
    calls = [past(model, "My parcel is late.", days=days) for days in (1, 9, 16)]
    shown: Reply = skill.render(look(model, "trends", *calls))

    assert [chart.title for chart in shown.every_chart] == [
        "Calls a week", "Mood of customers (0 negative, 100 positive)"
    ]  # fmt: skip
    assert shown.table is not None
    assert {len(row) for row in shown.table.rows} == {len(shown.table.header)}
    assert shown.notes[-1].startswith("Calls of this channel are kept for 30 days;")
    assert "Top reasons" in [section.title for section in shown.sections]


def test_a_score_of_the_rules_is_shown_where_calls_have_one(model: Any) -> None:
    call = past(model, "My parcel is late.")
    scored = replace(call, values={**call.values, "call": {**call.values["call"], "score": 75.0}})
    shown = skill.render(look(model, "trends", scored, call))

    assert "Rules kept" in [figure.label for figure in shown.figures]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("trends soon", "days, weeks or months"),
        ("search", "what to look for"),
        ("search  ", "look"),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(model: Any, text: str, why: str) -> None:
    assert why in refused(model, text, past(model, "My parcel is late."))


def test_without_a_call_it_says_how_to_get_one(model: Any) -> None:
    assert refused(model, "trends") == NO_CALLS


def test_a_call_that_another_version_kept_is_left_out(model: Any) -> None:
    good = past(model, "My parcel is late.")

    assert look(model, "trends", good, Past(values={"version": 9}, at=NOW)).calls == 1


@pytest.mark.parametrize(
    ("days", "spans"), [(1, 1), (7, 7), (14, 14), (30, 5), (90, 14), (365, 13)]
)
def test_spans_are_days_weeks_or_months_and_cover_the_whole_time(days: int, spans: int) -> None:
    found = spread([], days=days, today=date(2026, 3, 5))

    assert len(found) == spans
    assert len({each.begins for each in found}) == spans


def test_kept_meanings_are_nearly_the_ones_that_were_found(model: Any) -> None:
    texts = ["My parcel is late.", "Where is my order?", "The weather is nice."]
    exact, kept = model.embed(texts), read_meanings(embed(model, texts))

    assert abs(exact @ exact.T - kept @ kept.T).max() < 0.01


def test_a_call_reads_back_what_search_needs(model: Any) -> None:
    (call,) = read_calls([past(model, "My parcel is late.", "Thank you.")])

    assert [asdict(each)["start"] for each in call.said] == [0.0, 30.0]
    assert (call.asked, call.unanswered) == (1, 0)


def test_nothing_is_claimed_of_a_time_from_which_no_call_is_kept(model: Any) -> None:
    result = look(model, "trends 12m", past(model, "My parcel is late."))
    shown = skill.render(result)

    assert result.days == 30
    assert shown.text.startswith("1 call in the last 30 days")


@pytest.mark.parametrize("text", ["search phone number", "trends"])
def test_what_a_channel_wants_taken_out_is_taken_out_of_calls_that_were_kept_before(
    model: Any, text: str
) -> None:
    call = past(model, "My phone number is 020 7946 0018, and I need a refund.")
    shown, hidden = (
        str(skill.render(look(model, text, call, **options))) for options in ({}, {"redact": "yes"})
    )

    assert "7946" in shown
    assert "7946" not in hidden
    assert "[phone]" in hidden


def test_a_question_of_somebody_who_speaks_alone_waits_for_no_answer() -> None:
    alone = replace(a_call(), speakers=["Speaker 1"], questions=[QUESTION],
                    details=replace(a_call().about, roles=("Speaker 1",)))  # fmt: skip
    call = stored(call_skill.pack(alone))
    (read,) = read_calls([Past(values=call, at=NOW)])

    assert (read.asked, read.unanswered) == (1, 0)
