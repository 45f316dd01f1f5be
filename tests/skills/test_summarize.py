"""Summaries: whole sentences of the source, each with its place; and a writer that is checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.errors import Cancelled, UserError
from skills.coverage import Coverage
from skills.decode.document import Passage
from skills.decode.sentences import count_words, split_sentences
from skills.models.minilm import load_minilm
from skills.skill import Input, Message
from skills.summarize import skill
from skills.texts.candidates import find_candidates, thin_out, weigh
from skills.texts.digest import Summarizer
from skills.texts.summary import Summary
from skills.texts.support import find_support
from tests.skills.papers import column, write_pdf

REPORT = """The harbour bridge will close for repairs on 4 May, the city council decided on Monday.
Engineers found cracks in two of the nine piers during an inspection in March.

The repairs cost 12 million euros and take about seven months. Half of the money comes from the
region, and the city pays the rest out of its reserve.

Buses will take the tunnel while the bridge is closed. Cyclists and pedestrians can use a free ferry
that leaves every ten minutes. Thanks for reading!

Shop owners near the bridge fear that customers will stay away. The council promised them a fund of
200,000 euros. However, owners say that the fund is far too small for a whole summer."""


@pytest.fixture(scope="module")
def model() -> Summarizer:
    return Summarizer(minilm=load_minilm("cpu"))


def summarize(model: Summarizer, **asked: Any) -> Summary:
    """The one result of one input."""
    (result,) = skill.run(model, [Input(**asked)])
    if isinstance(result, UserError):
        raise result
    assert isinstance(result, Summary)
    return result


def test_every_point_is_a_whole_sentence_of_the_source(model: Summarizer) -> None:
    whole = " ".join(REPORT.split())
    points = summarize(model, text=REPORT).points

    assert points
    assert all(point.text in whole for point in points)


def test_points_come_in_the_order_of_the_source_with_their_paragraph(model: Summarizer) -> None:
    sources = [point.source for point in summarize(model, text=REPORT).points]

    assert sources
    assert sources == sorted(sources)
    assert all(source.startswith("paragraph ") for source in sources)


def test_a_point_of_the_json_has_a_text_and_a_source(model: Summarizer) -> None:
    fields = dataclasses.asdict(summarize(model, text=REPORT))

    assert set(fields["points"][0]) == {"text", "source"}


def test_thanks_are_no_point(model: Summarizer) -> None:
    points = summarize(model, text=REPORT, options={"length": "long"}).points

    assert "Thanks for reading!" not in [point.text for point in points]


@pytest.mark.parametrize(("length", "count"), [("short", 3), ("medium", 5)])
def test_the_length_says_how_many_points(model: Summarizer, length: str, count: int) -> None:
    assert len(summarize(model, text=REPORT, options={"length": length}).points) == count


def test_a_short_text_is_given_back_as_it_is(model: Summarizer) -> None:
    reply = skill.render(summarize(model, text="We ship on Friday. Ada has the notes."))

    assert (reply.text, reply.body) == (
        "This is already short:",
        "We ship on Friday. Ada has the notes.",
    )


def test_a_short_thread_keeps_who_said_what(model: Summarizer) -> None:
    messages = (
        Message(author="Ada", text="Ship it?", ts="1"),
        Message(author="Ben", text="Yes.", ts="2"),
    )

    assert skill.render(summarize(model, messages=messages)).body == "Ada: Ship it?\n\nBen: Yes."


def test_the_notes_say_how_much_was_read(model: Summarizer) -> None:
    words = count_words(REPORT)

    assert summarize(model, text=REPORT).notes[0] == (
        f"From 4 paragraphs, {words} words; sentences are quoted, not rewritten."
    )


def test_points_of_a_pdf_name_its_pages(model: Summarizer, tmp_path: Path) -> None:
    paragraphs = REPORT.split("\n\n")
    path = write_pdf(tmp_path / "a.pdf", [column(each.splitlines()) for each in paragraphs])

    found = summarize(model, path=path, name="report.pdf")

    assert {point.source for point in found.points} <= {f"page {n}" for n in range(1, 5)}
    assert found.notes[0].startswith("From 4 of 4 pages, ")


def test_points_of_a_thread_name_author_and_message_and_link_there(model: Summarizer) -> None:
    messages = tuple(
        Message(author=author, text=text, ts=str(number), link=f"https://slack.example/{number}")
        for number, (author, text) in enumerate(
            zip(("Ada", "Ben", "Ada", "Cem"), REPORT.split("\n\n"), strict=True), start=1
        )
    )

    reply = skill.render(summarize(model, messages=messages))

    links = {point.source: point.link for point in reply.points}
    assert links.items() <= {
        (f"{author}, message {number}", f"https://slack.example/{number}")
        for number, author in enumerate(("Ada", "Ben", "Ada", "Cem"), start=1)
    }


def test_a_table_is_not_taken_for_another_language(model: Summarizer, tmp_path: Path) -> None:
    path = tmp_path / "prices.md"
    rows = "".join(f"| Valve type {n} | {n} | Leeds, York |\n" for n in range(40))
    path.write_text(f"| Article | Price | Places |\n|---|---|---|\n{rows}")
    (result,) = skill.run(model, [Input(path=path, name="prices.md")])

    assert isinstance(result, Summary)
    assert len(result.points) == 5
    assert not any("does not look like" in note for note in result.notes)


def test_another_language_is_summarized_with_a_warning(model: Summarizer) -> None:
    text = (
        "Die Hafenbrücke wird ab dem 4. Mai gesperrt, wie der Stadtrat am Montag beschloss. "
        "Fachleute fanden im März Risse in zwei der neun Pfeiler. Die Arbeiten kosten zwölf "
        "Millionen Euro und dauern ungefähr sieben Monate. Die Hälfte des Geldes kommt vom Land. "
    ) * 3

    assert "does not look like English" in summarize(model, text=text).notes[-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing to summarize"),
        ("🎉 🎉 🎉", "no words"),
        ("word " * 10_001, "longer than 40,000 characters: upload it as a .txt file"),
        ("word " * 400, "no whole sentences"),
    ],
)
def test_what_cannot_be_summarized_is_refused_in_one_sentence(
    model: Summarizer, text: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        summarize(model, text=text)


@pytest.mark.parametrize(
    ("files", "said"),
    [(1, "was only 1 file and no words in that"), (3, "only 3 files and"), (0, "were no words in")],
)
def test_of_a_time_without_words_the_files_are_counted(
    model: Summarizer, files: int, said: str
) -> None:
    sent = Message(author="Ada", text="", ts="1.0", when="5 Nov, 10:00")

    with pytest.raises(UserError, match=said):
        summarize(model, messages=(sent,), coverage=Coverage(read=1, files=files))


def test_one_refused_input_leaves_the_others_their_answer(model: Summarizer) -> None:
    results = skill.run(model, [Input(text=""), Input(text=REPORT)])

    assert [type(each) for each in results] == [UserError, Summary]


def test_a_cancelled_summary_stops(model: Summarizer) -> None:
    def cancel(stage: str, fraction: float) -> None:
        raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        skill.run(model, [Input(text=REPORT, progress=cancel)])


@pytest.mark.parametrize(("sentences", "has_rows"), [(20, False), (2, True)])
def test_rows_of_a_table_are_points_only_where_sentences_are_few(
    sentences: int, has_rows: bool
) -> None:
    passages = [
        Passage(text=f"In {1900 + n} the town built a new school for girls.", source="page 1")
        for n in range(sentences)
    ] + [
        Passage(text=f"Name of the school: Hill {n}; Girls in it: many", source="page 2", table=0)
        for n in range(4)
    ]
    found = find_candidates(passages)

    assert any(passages[each.passage].table == 0 for each in found) is has_rows


def test_a_book_is_thinned_out_evenly() -> None:
    passages = [
        Passage(text=f"Chapter {n} tells how the people of town {n} lived.", source=f"page {n}")
        for n in range(5_000)
    ]

    kept = thin_out(find_candidates(passages), most=1_000)

    assert len(kept) <= 1_000
    assert kept[-1].passage > 4_800


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Lee paid $3.5 million, i.e. a lot. Really?", 2),
        ("The U.S. President met J. R. Tolkien at 5 p.m. The rest left.", 2),
        ("See Fig. 3 for more. No. I do not.", 3),
        ("we ship friday. ada knows", 2),
        ("これは文です。次の文です！", 2),
        ("1. First item. 2. Second item.", 2),
        ("He said “Stop.” Then he left.", 2),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text: str, sentences: int) -> None:
    assert len(split_sentences(text)) == sentences


SOURCE = "The repairs cost 12 million euros and take about seven months, says Ada Byron."


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("The repairs take seven months and cost 12 million euros.", True),
        ("The repairs take 7 months and cost 12 million euros.", True),
        ("The repairs take seven months and cost 15 million euros.", False),
        ("The repairs take seven months and cost 12 million euros, says Max Miller.", False),
        ("The repairs will not cost 12 million euros or take seven months.", False),
        ("The repairs cost 12 million euros, see https://evil.example now.", False),
        ("A new stadium will be built next to the old airport.", False),
    ],
)
def test_a_written_sentence_is_kept_only_with_support(
    model: Summarizer, line: str, kept: bool
) -> None:
    found = find_support(model.minilm, [line], [(0, Passage(text=SOURCE, source="page 2"))])

    assert [each.source for each in found] == (["page 2"] if kept else [])


class Rehearsed:
    """A writer that says what it was told to, and remembers what it was given."""

    room = 120

    def __init__(self, say: Callable[[str], list[str]]) -> None:
        self.say = say
        self.given: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def write(self, text: str, *, count: int) -> list[str]:
        self.given.append(text)
        return self.say(text)


def test_what_a_writer_makes_up_is_dropped_and_the_rest_cites_its_source(
    model: Summarizer,
) -> None:
    writer = Rehearsed(lambda _: ["The bridge closes on 4 May.", "The mayor has resigned over it."])

    found = summarize(Summarizer(minilm=model.minilm, writer=writer), text=REPORT)

    assert [(each.text, each.source) for each in found.points] == [
        ("The bridge closes on 4 May.", "paragraph 1")
    ]
    assert found.written


def test_a_writer_without_support_gives_way_to_quotes(model: Summarizer) -> None:
    writer = Rehearsed(lambda _: ["Bananas are an excellent source of potassium."])

    found = summarize(Summarizer(minilm=model.minilm, writer=writer), text=REPORT)

    assert (found.written, len(found.points)) == (False, 5)


def test_a_long_text_is_written_in_parts(model: Summarizer) -> None:
    writer = Rehearsed(lambda _: [])

    summarize(Summarizer(minilm=model.minilm, writer=writer), text=REPORT)

    assert "\n".join(writer.given).split() == REPORT.split()
    assert len(writer.given) > 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Held on 9 September 2026 in the club house, 19:00 to 21:10.",
        "Present: Marta Ilves (chair), Tomas Reed, Ana Souza, Kofi Mensah.",
        "Sales team of the north, 2 July 2026",
        "Welcome to the October issue of the letter for all who live here.",
    ],
)
def test_who_was_there_and_when_is_no_point(sentence: str) -> None:
    assert weigh(sentence) == 0.0


def test_a_title_above_the_first_heading_is_no_point() -> None:
    texts = (("Data policy of the firm of Mallow and Finch", False), ("Purpose", True))
    passages = [Passage(text=text, source="paragraph 1", heading=head) for text, head in texts]
    passages += [
        Passage(text=f"{name} files are kept for seven years.", source="paragraph 3")
        for name in ("Client", "Staff", "Tax")
    ]

    assert not any("Mallow" in each.text for each in find_candidates(passages))


def test_rows_of_a_table_are_no_points_beside_five_sentences() -> None:
    passages = [
        Passage(text=f"Region {name} sold more than was planned.", source="slide 1")
        for name in ("north", "south", "east", "west", "centre")
    ]
    passages += [
        Passage(
            text="Item: Fair in the city of Lyon; Thousand euros: 65", source="slide 2", table=0
        )
    ]

    assert all("Fair" not in each.text for each in find_candidates(passages))
