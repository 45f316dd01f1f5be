"""The sentiment skill on the bundled model: texts, refusals, tables and what is said of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from bench.quality_sentiment import measure
from core.errors import Cancelled, UserError
from skills.comments.judged_table import JudgedTable
from skills.decode.results import harmless
from skills.models.model_card import BEGIN, CARD, END, FIGURES, render_figures
from skills.models.sentiment_model import SentimentModel
from skills.sentiment import TextSentiment, skill
from skills.skill import Input


@pytest.fixture(scope="module")
def model() -> SentimentModel:
    return skill.load("cpu")


def answer(model: SentimentModel, text: str) -> Any:
    return skill.run(model, [Input(text=text)])[0]


def save(folder: Path, rows: Sequence[Sequence[str]], name: str = "comments.csv") -> Path:
    with (folder / name).open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder / name


def judge_file(model: SentimentModel, path: Path, **options: str) -> Any:
    return skill.run(model, [Input(path=path, name=path.name, options=options)])[0]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I love this release", "positive"),
        ("not bad at all", "positive"),
        ("thanks a lot, that fixed it", "positive"),
        ("😍😍😍", "positive"),
        (":heart_eyes: :tada:", "positive"),
        ("I don't love this", "negative"),
        ("This is the worst update ever", "negative"),
        ("I've been waiting two weeks for a refund", "negative"),
        ("😡", "negative"),
        ("👍🏽", "positive"),
        (":-1:", "negative"),
        ("The meeting is at 3 pm.", "neutral"),
        ("Where is the office?", "neutral"),
        ("The train leaves from platform 4.", "neutral"),
    ],
)
def test_plain_cases_get_their_label(model: SentimentModel, text: str, label: str) -> None:
    assert answer(model, text).label == label


def test_the_answer_has_a_label_and_three_shares(model: SentimentModel) -> None:
    found = asdict(answer(model, "I love this release"))

    assert (list(found), list(found["scores"])) == (
        ["label", "scores"],
        ["positive", "neutral", "negative"],
    )


def test_shares_add_up_to_one(model: SentimentModel) -> None:
    assert sum(answer(model, "It is fine, I guess").scores.values()) == pytest.approx(1, abs=1e-3)


def test_answers_come_in_the_order_of_the_batch(model: SentimentModel) -> None:
    texts = ["I hate it, it is awful", "", "I love it, it is wonderful"]

    found = skill.run(model, [Input(text=text) for text in texts])

    assert [getattr(each, "label", "refused") for each in found] == [
        "negative",
        "refused",
        "positive",
    ]


def test_a_text_gets_the_same_answer_in_any_company(model: SentimentModel) -> None:
    texts = ["The food was cold.", "The food was good.", "The food was late."]

    together: list[Any] = list(skill.run(model, [Input(text=text) for text in texts]))

    alone = [answer(model, text) for text in texts]
    assert [each.label for each in together] == [each.label for each in alone]
    assert [each.scores["positive"] for each in together] == pytest.approx(
        [each.scores["positive"] for each in alone], abs=0.01
    )


def test_a_long_text_is_judged_as_a_whole(model: SentimentModel) -> None:
    start = "The parcel came on Monday and I opened it in the kitchen. " * 20

    found = answer(model, start + "It is broken, useless and a waste of money. I am furious. " * 20)

    assert found.label == "negative"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no text"),
        ("   \n", "no text"),
        ("12345 !!! ???", "no word or emoji"),
        ("a" * 50_000, "50,000 characters"),
        ("Das ist ein wirklich schlechtes Produkt", "English"),
        ("Este producto llegó roto y nadie contesta", "English"),
        ("このサービスは最高です", "English"),
        ("هذا المنتج رائع", "English"),
        ("Tôi không muốn thi nữa", "English"),
    ],
)
def test_what_cannot_be_judged_is_one_sentence(model: SentimentModel, text: str, says: str) -> None:
    found = answer(model, text)

    assert isinstance(found, UserError)
    assert says in str(found)


@pytest.mark.parametrize(
    "text",
    ["lol gr8", "LGTM", "omg so good", "thx", "sux", "Kudos Priya", "idk tbh", "C'est la vie"],
)
def test_slang_is_english(model: SentimentModel, text: str) -> None:
    assert isinstance(answer(model, text), TextSentiment)


def test_a_clear_answer_says_how_sure_it_is(model: SentimentModel) -> None:
    reply = skill.render(TextSentiment(label="positive", scores=shares(0.93, 0.05, 0.02)))

    assert reply.text == "Positive (93 % sure)."


def test_a_doubtful_answer_says_so(model: SentimentModel) -> None:
    reply = skill.render(TextSentiment(label="neutral", scores=shares(0.40, 0.45, 0.15)))

    assert reply.text == "Not sure: rather neutral (45 %), perhaps positive (40 %)."


def shares(positive: float, neutral: float, negative: float) -> dict[str, float]:
    return {"positive": positive, "neutral": neutral, "negative": negative}


def test_texts_share_a_batch_with_texts_of_their_length() -> None:
    lanes = [skill.lane(text=text) for text in ("", "short", "long " * 100)]

    assert len(set(lanes)) == 3


COMMENTS = [
    ("id", "Customer comment", "stars"),
    ("1", "I love it, it works perfectly", "5"),
    ("2", "Terrible, it broke after a day", "1"),
    ("3", "", "3"),
    ("4", "It is awful and I want my money back", "1"),
    ("5", '=HYPERLINK("http://evil.example","great and wonderful thing")', "5"),
]


def test_every_row_of_a_table_is_judged(model: SentimentModel, tmp_path: Path) -> None:
    found = judge_file(model, save(tmp_path, COMMENTS))

    assert (found.column, found.counts, found.skipped) == (
        "Customer comment",
        {"positive": 2, "neutral": 0, "negative": 2},
        1,
    )


def test_the_result_file_keeps_the_columns_and_adds_the_label(
    model: SentimentModel, tmp_path: Path
) -> None:
    rows = result_rows(judge_file(model, save(tmp_path, COMMENTS)))

    assert [rows[0], rows[2][:4]] == [
        [*COMMENTS[0], "sentiment", "score", "left out because"],
        ["2", "Terrible, it broke after a day", "1", "negative"],
    ]


def test_a_formula_in_a_comment_is_only_text_in_the_result(
    model: SentimentModel, tmp_path: Path
) -> None:
    rows = result_rows(judge_file(model, save(tmp_path, COMMENTS)))

    assert rows[5][1].startswith("'=")


def result_rows(found: JudgedTable) -> list[list[str]]:
    (attached,) = skill.render(found).files
    return list(csv.reader(io.StringIO(attached.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_cells_that_a_spreadsheet_would_run_are_quoted(cell: str) -> None:
    assert harmless(cell) == "'" + cell


def test_the_answer_to_a_table_shows_its_shares(model: SentimentModel, tmp_path: Path) -> None:
    reply = skill.render(judge_file(model, save(tmp_path, COMMENTS)))

    assert reply.text == "4 comments: 50 % positive, 0 % neutral, 50 % negative."


def test_the_clearest_rows_are_quoted_with_their_row(model: SentimentModel, tmp_path: Path) -> None:
    reply = skill.render(judge_file(model, save(tmp_path, COMMENTS)))

    said = [point.source for section in reply.sections for point in section.points]
    assert any(source.startswith("row 3,") for source in said)


def test_a_column_without_a_telling_name_is_found_by_its_sentences(
    model: SentimentModel, tmp_path: Path
) -> None:
    rows = [("a", "b"), ("Ann Lee", "The staff was rude to us"), ("Bo", "We loved the whole stay")]

    assert judge_file(model, save(tmp_path, rows)).column == "b"


def test_a_column_can_be_named(model: SentimentModel, tmp_path: Path) -> None:
    rows = [("review", "reply"), ("I hate it", "We are so happy to help"), ("Awful", "Wonderful")]

    assert judge_file(model, save(tmp_path, rows), column="Reply").counts["positive"] == 2


def test_an_unknown_column_is_answered_with_the_columns(
    model: SentimentModel, tmp_path: Path
) -> None:
    found = judge_file(model, save(tmp_path, COMMENTS), column="mood")

    assert str(found) == (
        "This table has no column “mood”: its columns are id, Customer comment, stars."
    )


def test_a_table_of_numbers_is_answered_with_its_columns(
    model: SentimentModel, tmp_path: Path
) -> None:
    found = judge_file(model, save(tmp_path, [("id", "price"), ("1", "2.50"), ("2", "3.10")]))

    assert isinstance(found, UserError)
    assert "id, price" in str(found)


def test_a_table_in_another_language_is_refused(model: SentimentModel, tmp_path: Path) -> None:
    rows = [("Kommentar",), ("Das Essen war kalt und der Kellner unfreundlich",)]

    assert "English" in str(judge_file(model, save(tmp_path, rows)))


def test_an_empty_file_among_others_is_refused_alone(model: SentimentModel, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    good = save(tmp_path, COMMENTS)

    found = skill.run(model, [Input(path=empty, name="empty.csv"), Input(path=good, name="a.csv")])

    assert [type(each) for each in found] == [UserError, JudgedTable]


def test_a_long_table_reports_its_progress(model: SentimentModel, tmp_path: Path) -> None:
    seen: list[float] = []
    path = save(tmp_path, [("comment",), *[("I like it a lot",)] * 300])

    skill.run(model, [Input(path=path, name="a.csv", progress=lambda _, done: seen.append(done))])

    assert len(seen) > 2
    assert seen == sorted(seen)


def test_cancelling_stops_a_table(model: SentimentModel, tmp_path: Path) -> None:
    def cancel(stage: str, fraction: float) -> None:
        raise Cancelled("stopped")

    path = save(tmp_path, COMMENTS)

    with pytest.raises(Cancelled):
        skill.run(model, [Input(path=path, name="a.csv", progress=cancel)])


def test_the_model_card_shows_the_figures_that_training_left() -> None:
    table = CARD.read_text().split(BEGIN)[1].split(END)[0].strip()

    assert table == render_figures(json.loads(FIGURES.read_text()))


def test_ours_beats_its_peers_on_sources_it_never_saw() -> None:
    figures = json.loads(FIGURES.read_text())["sets"]
    unseen = [found for name, found in figures.items() if "test part" not in name]

    assert all(
        found["Readymade"]["macro_f1"] > max(
            peer["macro_f1"] for name, peer in found.items() if name != "Readymade"
        )
        for found in unseen
    )  # fmt: skip


def test_review_sentences_are_judged_as_people_judge_them(shared_data: Path) -> None:
    assert float(measure(shared_data)["accuracy_answered"]) >= 0.88
