"""What a table of comments adds up to: likes and dislikes, themes, a trend, and their words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy
import pytest

from bench.comments import make_comments
from core.errors import UserError
from core.reply import Reply
from skills.__main__ import to_json
from skills.comments.aspect_words import usual_aspects
from skills.comments.aspects import Aspect, find_aspects
from skills.comments.clauses import only_asks, split_clauses
from skills.comments.irony import is_ironic
from skills.comments.judged_row import JudgedRow
from skills.comments.judged_table import JudgedTable
from skills.comments.phrases import Phrases, singular, tokens_of
from skills.comments.themes import Theme, find_themes
from skills.comments.trend import Trend, find_trend, wording
from skills.comments.unspoken import is_befallen, unspoken_side
from skills.decode.dates import Dates, find_dates
from skills.decode.tables import TableData
from skills.models.sentiment_model import SentimentModel
from skills.sentiment import skill
from skills.skill import Input
from tests.skills.growth import LINEAR, SHAPES, growth

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.fixture(scope="module")
def model() -> SentimentModel:
    return skill.load("cpu")


def test_a_comment_falls_into_the_clauses_that_judge_one_thing_each() -> None:
    found = split_clauses("Great screen and sound, but the battery dies. I like the price too.")

    assert found == ["Great screen and sound", "the battery dies.", "I like the price too."]


@pytest.mark.parametrize(
    "clause",
    ["Please add a larger size", "Could you deliver to Malta?", "Does it come in blue",
     "It would be nice to have more colours", "Is the battery included?",
     "Can I use the app to dispute fraud?", "More vegan options please", "What about an app?",
     "Free parking would be appreciated.", "I want to cancel my order", "How much is delivery"],
)  # fmt: skip
def test_a_request_or_a_question_is_neither_praise_nor_a_complaint(clause: str) -> None:
    assert only_asks(clause)


@pytest.mark.parametrize(
    "clause",
    ["The battery dies", "Do not buy this phone", "Why is this horrible app so slow?",
     "Would not recommend.", "Will buy again", "Can't fault the service", "Has a great screen",
     "Is very comfortable", "Have been waiting three weeks", "When it came it was broken",
     "What a great phone!", "Could not be happier with the fit", "Which was a shame"],
)  # fmt: skip
def test_an_angry_question_a_warning_or_a_telegram_is_judged(clause: str) -> None:
    assert not only_asks(clause)


@pytest.mark.parametrize(
    ("clause", "befallen"),
    [("Someone stole my cards", True), ("Some idiot stole my card", True),
     ("My card must have been compromised", True), ("Somebody has used my card", True),
     ("They lost my parcel", False), ("Some waiters were rude", False),
     ("The card reader is broken", False)],
)  # fmt: skip
def test_what_others_did_to_a_thing_is_no_fault_of_its(clause: str, befallen: bool) -> None:
    assert is_befallen(clause) == befallen


@pytest.mark.parametrize(
    ("clause", "side"),
    [("the parcel arrived a day early", 1), ("shipping took only two days", 1),
     ("support solved it in minutes", 1), ("the battery lasts for days", 1),
     ("they replaced a faulty zip without any fuss", 1), ("the price went up again", -1),
     ("it took only two days to break", 0), ("the battery lasted two days", 0),
     ("nobody answered my mail within 3 days", 0), ("it was supposed to come within a day", 0)],
)  # fmt: skip
def test_praise_and_blame_without_a_word_of_it_have_a_side(clause: str, side: int) -> None:
    assert (unspoken_side(clause) > 0) - (unspoken_side(clause) < 0) == side


@pytest.mark.parametrize(
    ("word", "one"),
    [("batteries", "battery"), ("boxes", "box"), ("rooms", "room"), ("movies", "movie"),
     ("glass", "glass"), ("bus", "bus")],
)  # fmt: skip
def test_words_are_counted_in_one_form(word: str, one: str) -> None:
    assert singular(word) == one


def aspects(model: SentimentModel, *comments: str) -> dict[str, Aspect]:
    rows = list(enumerate(comments, start=2))
    phrases = Phrases(comments)
    found, _ = find_aspects(model, rows, phrases=phrases, told=lambda _: True)
    return {each.name: each for each in found}


MIXED = (
    "The delivery was awful and slow",
    "Shipping took forever, terrible",
    "My parcel arrived broken, I am angry",
    "Please deliver to Malta",
    "I love the price",
    "Great price but the delivery was horrible",
    "The price is excellent",
    "The meeting is on Tuesday",
)


def test_words_for_one_thing_are_counted_together(model: SentimentModel) -> None:
    assert aspects(model, *MIXED)["delivery"].comments == 5


def test_each_thing_is_judged_by_its_own_clause(model: SentimentModel) -> None:
    found = aspects(model, *MIXED)

    assert (found["price"].liked, found["price"].disliked) == (3, 0)
    assert (found["delivery"].liked, found["delivery"].disliked) == (0, 4)


def test_a_request_counts_as_neither(model: SentimentModel) -> None:
    assert aspects(model, *MIXED)["delivery"].neither == 1


def test_what_is_not_bad_is_not_disliked(model: SentimentModel) -> None:
    found = aspects(model, *["The food was not bad at all"] * 4, *["I went there"] * 4)

    assert (found["food"].comments, found["food"].disliked) == (4, 0)


@pytest.mark.parametrize(
    ("clause", "names"),
    [("Avoid it at all costs", set()), ("It costs too much", {"price"}),
     ("The case looks very cheap", {"quality"}), ("It was very cheap", {"price"}),
     ("I cannot wait", set()), ("We waited an hour", {"waiting"}),
     ("The cast is superb", {"acting"}), ("They insulted the cast members", set()),
     ("They upgraded us for free", set()), ("Upgraded to version 3", {"updates"}),
     ("Add time tracking", set()), ("The tracking number was wrong", {"delivery"}),
     ("Which cards do you support", set()), ("Their support is great", {"service"}),
     ("They charged us twice for parking", {"parking"}), ("The heating was broken",
     {"crashes and faults"})],
)  # fmt: skip
def test_a_word_stands_for_a_thing_only_where_it_means_it(clause: str, names: set[str]) -> None:
    assert usual_aspects(clause) == names


RELATIVES = [f"It is for my {who}, bought in May" for who in ("brother", "sister", "mum")] * 4


@pytest.mark.parametrize(
    ("comments", "word"),
    [(RELATIVES, "brother"), (["They explained the mortgage patiently."] * 4, "patiently"),
     (["It rained for the entire week there"] * 4, "entire week")],
)  # fmt: skip
def test_people_and_words_that_only_stress_or_tell_how_are_no_things(
    comments: list[str], word: str
) -> None:
    phrases = Phrases(comments)

    assert not any(word in key for text in comments for key in phrases.of(tokens_of(text)))


def test_names_are_shown_with_their_capitals() -> None:
    phrases = Phrases(["The branch in Leeds", "I like the Leeds branch", "Leeds is far", "an ATM"])

    assert [phrases.shown(key) for key in ("leeds", "branch", "atm")] == ["Leeds", "branch", "ATM"]


SUBJECTS = ("The delivery was late", "The price was fair", "The screen broke", "So it goes")


class BySubject:
    """Puts comments that begin alike together, far from the others."""

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        return numpy.array([[float(text.startswith(each)) for each in SUBJECTS] for text in texts])


def themes(of_each: int) -> list[Theme]:
    """Of so many comments on each subject; those on the last share no noun."""
    texts = [f"{subject}, {number}" for subject in SUBJECTS for number in range(of_each)]
    rows = [
        JudgedRow(number=number, text=text, label="neutral", scores={})
        for number, text in enumerate(texts, start=2)
    ]
    found, _ = find_themes(BySubject, rows, phrases=Phrases(texts), told=lambda _: True)
    return found


def test_few_comments_have_no_themes() -> None:
    assert (themes(7), bool(themes(8))) == ([], True)


def test_a_group_without_a_word_that_most_of_it_share_is_no_theme() -> None:
    assert {each.name for each in themes(20)} == {
        "delivery", "price", "crashes and faults, screen"
    }  # fmt: skip


def test_the_example_of_a_theme_takes_the_side_that_most_of_it_take() -> None:
    texts = [f"{subject}, {number}" for subject in SUBJECTS for number in range(20)]
    rows = [
        JudgedRow(
            number=number, text=text, label="negative" if number % 20 else "positive", scores={}
        )
        for number, text in enumerate(texts)
    ]
    found, _ = find_themes(BySubject, rows, phrases=Phrases(texts), told=lambda _: True)

    assert found
    assert not [each.row for each in found if each.row % 20 == 0]


def test_two_groups_of_which_one_name_holds_the_other_are_one_theme() -> None:
    class Apart:
        """Puts comments of one length together."""

        def embed(self, texts: Sequence[str]) -> NDArray[Any]:
            return numpy.array([numpy.eye(4)[len(text.split()) % 4] for text in texts])

    texts = [
        *["The desk lamp is awful"] * 12, *["The lamp is bad"] * 12,
        *["The fee was raised again my friend"] * 16, *["So it goes and it went"] * 60,
    ]  # fmt: skip
    rows = [
        JudgedRow(number=n, text=text, label="neutral", scores={}) for n, text in enumerate(texts)
    ]
    found, _ = find_themes(Apart, rows, phrases=Phrases(texts), told=lambda _: True)

    assert [(each.name, each.comments) for each in found] == [("lamp", 24), ("fee", 16)]


def dates(*cells: str, title: str = "date", wanted: str = "") -> Any:
    rows = [(cell, "I like it a lot") for cell in cells]
    return find_dates(TableData(header=(title, "comment"), rows=rows), wanted=wanted, but=[1])


@pytest.mark.parametrize(
    "cells",
    [
        ("2024-05-03", "2024-05-14", "2024-06-01", "2024-06-02"),
        ("2024-05-03T10:00:00Z", "2024-05-14 09:30", "2024-06-01", "2024-06-02"),
        ("03/05/2024", "14/05/2024", "01/06/2024", "02/06/2024"),
        ("5/3/2024", "5/14/2024", "6/1/2024", "6/2/2024"),
        ("3.5.24", "14.5.24", "1.6.24", "2.6.24"),
        ("3 May 2024", "May 14, 2024", "1-Jun-24", "Sun, 2 June 2024"),
        ("20240503", "20240514", "20240601", "20240602"),
        (
            "Reviewed in the United Kingdom on 3 May 2024",
            "Reviewed on 14 May 2024",
            "Reviewed in Spain on June 1, 2024",
            "2 June 2024",
        ),
        ("45415", "45426", "45444", "45445.5"),
    ],
)
def test_dates_are_read_however_they_are_written(cells: tuple[str, ...]) -> None:
    assert dates(*cells).days == [
        date(2024, 5, 3), date(2024, 5, 14), date(2024, 6, 1), date(2024, 6, 2)
    ]  # fmt: skip


def test_where_no_day_tells_the_order_of_the_rows_does_and_it_is_said_to_be_a_guess() -> None:
    found = dates("01/02/2024", "02/02/2024", "05/02/2024", "09/02/2024", "01/03/2024")

    assert (found.order, found.guessed, found.days[-1]) == ("day/month", True, date(2024, 3, 1))


@pytest.mark.parametrize(
    "cells",
    [
        ("12", "13", "14", "15"),
        ("a", "b", "c", "d"),
        ("", "", "", ""),
        ("Marathon 2021", "Marathon 2022", "Marathon 2023", "Marathon 2024"),
    ],
)
def test_other_cells_are_no_dates(cells: tuple[str, ...]) -> None:
    assert dates(*cells, title="n") is None


def test_months_with_their_year_are_dates() -> None:
    found = dates("May 2024", "June 2024", "Sept. 2024", "Dec-2024", title="Period")

    assert found == Dates(column="Period", days=[date(2024, month, 1) for month in (5, 6, 9, 12)])


@pytest.mark.parametrize("other", ["Date of birth", "Member since", "hire_date", "dueDate"])
def test_a_date_of_something_else_is_not_when_a_comment_was_made(other: str) -> None:
    rows = [("03/05/2001", f"2024-05-0{day}") for day in range(1, 6)]
    found = find_dates(TableData(header=(other, "Survey completed"), rows=rows))

    assert getattr(found, "column", "") == "Survey completed"


def test_a_date_of_something_else_alone_makes_no_trend_unless_it_is_asked_for() -> None:
    birth = "03/05/2001", "14/05/2002", "01/06/2003", "02/06/2004"

    wanted = dates(*birth, title="DOB", wanted="DOB")

    assert (dates(*birth, title="Date of birth"), bool(wanted)) == (None, True)


def test_a_wanted_column_without_dates_is_refused() -> None:
    with pytest.raises(UserError, match="no dates in the column"):
        dates("a", "b", "c", "d", title="when", wanted="When")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_cell_costs_no_time(shape: str) -> None:
    def work(text: str) -> object:
        Phrases([text] * 3)
        return (
            split_clauses(text),
            dates(text, text, text, text),
            only_asks(text),
            (unspoken_side(text), is_befallen(text), is_ironic(text)),
        )

    assert growth(work, shape, size=10_000) < LINEAR


def trend_of(days: int, *, bad: int = 2, each: int = 20) -> Trend | None:
    """So many days of comments; every `bad`-th is negative."""
    rows = [
        (date(2024, 1, 1) + timedelta(days=day), "negative" if number % bad == 0 else "positive", 0)
        for day in range(days)
        for number in range(each)
    ]
    return find_trend("date", rows)


@pytest.mark.parametrize(
    ("days", "unit"), [(5, "day"), (60, "week"), (300, "month"), (1500, "quarter"), (3000, "year")]
)
def test_a_trend_has_four_to_twenty_points(days: int, unit: str) -> None:
    found = trend_of(days, each=1)

    assert found is not None
    assert (found.unit, 4 <= len(found.periods) <= 20) == (unit, True)


def test_a_survey_on_one_day_of_each_month_is_a_trend_by_month() -> None:
    found = find_trend("date", [(date(2024, month, 11), "negative", 0.0) for month in range(1, 10)])

    assert found is not None
    assert (found.unit, len(found.periods)) == ("month", 9)


@pytest.mark.parametrize(("months", "unit"), [((1, 7), "half-year"), ((1,), "year")])
def test_a_trend_of_halves_or_years_names_them_as_they_were_written(
    months: tuple[int, ...], unit: str
) -> None:
    days = [date(year, month, 1) for year in range(2021, 2025) for month in months]
    found = find_trend("period", [(day, "negative", 0.0) for day in days])
    label = "2021 H1" if unit == "half-year" else "2021"

    assert found is not None
    assert (found.unit, found.periods[0].label, len(found.periods)) == (unit, label, len(days))


def test_three_days_make_no_trend() -> None:
    assert trend_of(3) is None


def test_a_steady_trend_is_said_to_be_steady() -> None:
    found = trend_of(10)

    assert found is not None
    assert wording(found) == (
        "Negative comments over time: about the same (50% in the first half, 50% in the second)."
    )


def halves(each: int, before: int, after: int) -> Trend | None:
    """Ten days, of each so many comments, with so many negative ones in each half."""
    rows = [
        (date(2024, 1, 1 + day), "negative" if number < (after if day > 4 else before) else "", 0)
        for day in range(10)
        for number in range(each)
    ]
    return find_trend("date", rows)


@pytest.mark.parametrize(
    ("each", "before", "after", "said"),
    [(12, 4, 6, "no clear change"), (120, 40, 60, "rose"), (120, 60, 40, "fell"),
     (120, 40, 42, "about the same"), (12, 0, 12, "rose"), (12, 0, 0, "about the same")],
)  # fmt: skip
def test_a_change_that_chance_may_have_made_is_not_called_one(
    each: int, before: int, after: int, said: str
) -> None:
    found = halves(each, before, after)

    assert found is not None
    assert said in wording(found)


def test_a_day_of_few_comments_says_how_many(tmp_path: Path, model: SentimentModel) -> None:
    path = tmp_path / "days.csv"
    days = ["2024-05-01"] * 12 + ["2024-05-02"] * 12 + ["2024-05-03"] * 3 + ["2024-05-04"] * 12
    path.write_text("date,comment\n" + "".join(f"{day},I love it\n" for day in days))

    [found] = skill.run(model, [Input(path=path, name=path.name)])

    [line] = skill.render(found).charts
    assert [each.label for each in line.slices] == ["1 May", "2 May", "3 May (3)", "4 May"]


@pytest.fixture(scope="module")
def judged(model: SentimentModel, tmp_path_factory: pytest.TempPathFactory) -> JudgedTable:
    path: Path = tmp_path_factory.mktemp("study") / "comments.csv"
    make_comments(path, rows=600)
    [found] = skill.run(model, [Input(path=path, name=path.name)])
    assert isinstance(found, JudgedTable)
    return found


@pytest.fixture(scope="module")
def reply(judged: JudgedTable) -> Reply:
    return skill.render(judged)


def test_likes_dislikes_and_neither_add_up_in_the_table_shown(reply: Reply) -> None:
    assert reply.table is not None
    rows = [[int(cell.replace(",", "")) for cell in row[1:]] for row in reply.table.rows]

    assert rows
    assert all(comments == sum(parts) for comments, *parts in rows)


def test_who_likes_a_thing_is_told_beside_who_dislikes_it(
    reply: Reply, judged: JudgedTable
) -> None:
    assert judged.study is not None
    price = next(each for each in judged.study.aspects if each.name == "price")
    said = [each.text for section in reply.sections for each in section.points]

    assert price.disliked
    assert any(
        text.startswith(
            f"price: {price.liked} of the {price.comments} comments on it like it, "
            f"{price.disliked} dislike it. “"
        )
        for text in said
    )


def test_the_pie_holds_every_comment_that_was_judged(judged: JudgedTable, reply: Reply) -> None:
    assert reply.chart is not None
    assert sum(each.value for each in reply.chart.slices) == sum(judged.counts.values()) == 600


def test_the_trend_is_a_line_over_the_dates(reply: Reply) -> None:
    (trend,) = reply.charts

    assert (trend.kind, len(trend.slices)) == ("line", 12)


def test_themes_are_named_by_what_the_comments_are_about(judged: JudgedTable) -> None:
    assert judged.study is not None
    said = {word for theme in judged.study.themes for word in theme.words}

    assert said & {"delivery", "price", "battery", "fit and size", "service", "camera"}


def test_the_order_of_days_and_months_is_said(reply: Reply) -> None:
    assert any("read as day/month" in note for note in reply.notes)


def keys(value: object) -> set[str]:
    """Of the JSON that a result is printed as, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def test_the_page_names_every_key_that_is_printed(judged: JudgedTable) -> None:
    printed = keys(json.loads(to_json(judged)))
    page = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")

    assert {each for each in printed if f"`{each}`" not in page} == set()
