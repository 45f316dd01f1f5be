"""Redaction: what is found of personal data in texts and transcripts, and what is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest

from skills.pii.redaction import (
    ALL_KINDS,
    DEFAULT_KINDS,
    count,
    find,
    find_in_words,
    redact,
    seconds,
)
from tests.skills.growth import LINEAR, growth_of
from tests.skills.personal_strangers import STRANGERS
from tests.skills.personal_transcripts import Score, make, score
from tests.skills.personal_worlds import HELD, World

CARD, LETTERS = "4111 1111 1111 1111", "four one one one"


@dataclass(frozen=True, kw_only=True)
class Word:
    text: str
    start: float
    end: float


def without(text: str, **options: object) -> str:
    kinds = ALL_KINDS if options.get("names") else DEFAULT_KINDS
    return redact(text, find(text, kinds))


def say(text: str) -> list[Word]:
    """A word a second, half of it silence."""
    return [Word(text=f" {word}", start=n, end=n + 0.5) for n, word in enumerate(text.split())]


def measure(world: World, kinds: frozenset[str]) -> Score:
    """How well the kinds are found in 500 transcripts of a world."""

    def found(text: str) -> list[tuple[int, int, str]]:
        return [(span.start, span.end, span.kind) for span in find(text, kinds)]

    return score(make(world, 500, seed=11), found)


def test_95_percent_are_found_and_95_percent_are_right_in_500_transcripts_that_no_rule_was_made_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = measure(HELD, ALL_KINDS)
    with capsys.disabled():
        print(f"\nrecall {result.recall():.3f}, precision {result.precision():.3f}")
        for kind in sorted(result.there):
            print(
                f"  {kind}: {result.there[kind]}, {result.recall(kind):.3f}, "
                f"{result.precision(kind):.3f}"
            )

    assert result.there.total() > 1500
    assert result.recall() >= 0.95
    assert result.precision() >= 0.95


def test_97_percent_are_found_and_right_where_numbers_of_all_kinds_look_alike() -> None:
    result = measure(STRANGERS, DEFAULT_KINDS)

    assert result.there.total() > 1500
    assert min(result.recall(), result.precision()) >= 0.97


@pytest.mark.parametrize(
    "text",
    [
        f"My card is {CARD}.",
        "My card is 4111-1111-1111-1111.",
        "card 378282246310005 please",
        "it is four one one one, one one one one, one one one one, one one one one",
        "four triple one, double one double one, quadruple one, double one double one",
        "forty one eleven, eleven eleven, eleven eleven, eleven eleven",
        "uh four one one one um one one one one okay one one one one and then one one one one",
        "The card number is 4111 1111 1111 1112.",  # a digit misheard, but it was announced
    ],
)
def test_a_card_number_is_found_written_and_said(text: str) -> None:
    left = without(text)

    assert "[card number]" in left
    assert not any(word in left for word in ("1", "one ", "eleven", "5"))


def test_a_number_that_two_people_say_in_turns_is_one() -> None:
    text = "\n".join(
        ["Agent: Go on?", f"Customer: {LETTERS}", "Agent: Yes.", "Customer: one one one one",
         "Agent: Mhm.", "Customer: one one one one one one one one"]
    )  # fmt: skip
    spans = find(text)

    assert count(spans) == {"card": 1}
    assert redact(text, spans).splitlines() == [
        "Agent: Go on?", "Customer: [card number]", "Agent: Yes.", "Customer: [card number]",
        "Agent: Mhm.", "Customer: [card number]",
    ]  # fmt: skip


def test_who_repeats_a_block_does_not_hide_the_card() -> None:
    text = (
        "Customer: four two four two\nAgent: four two four two\nCustomer: four two four two, "
        "four two four two, four two four two"
    )

    assert "four" not in without(text)


@pytest.mark.parametrize(
    "text",
    [
        "call me on (415) 555-2671",
        "call me on +44 7911 123456",
        "call me on four one five five five five two six seven one",
        "my mobile is oh seven nine double one one two three four five six",
        "ring 555-0199 after six",
        "0171 1234567 is my number",
        "plus four nine one seven one one two three four five six seven",
    ],
)
def test_a_phone_number_is_found_written_and_said(text: str) -> None:
    assert "[phone]" in without(text)
    assert count(find(text)) == {"phone": 1}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to john.smith@example.co.uk today", "Write to [e-mail] today"),
        ("It's john dot smith at gmail dot com.", "It's [e-mail]."),
        ("email j o h n at gmail dot com", "email [e-mail]"),
        ("mary underscore jones eighty five at yahoo dot co dot uk", "[e-mail]"),
        ("my email is johnsmith at acme.com thanks", "my email is [e-mail] thanks"),
        ("Look at amazon dot com", "Look at amazon dot com"),
        ("We met at noon. Common sense", "We met at noon. Common sense"),
    ],
)
def test_an_address_of_mail_is_found_written_and_said(text: str, left: str) -> None:
    assert without(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "42 Maple Street, Springfield, IL 62704",
        "42 Maple Street, Apt 4",
        "forty two maple street springfield illinois six two seven oh four",
        "350 5th Avenue, New York, NY 10118",
        "Flat 3, 12 Baker Street, London NW1 6XE",
        "Hauptstraße 12, 10115 Berlin",
        "12 rue de la Paix, 75002 Paris",
        "Calle Mayor 5",
        "PO Box 4403",
        "zip code nine four one oh three",
    ],
)
def test_an_address_is_found_whole(text: str) -> None:
    left = without(f"I live at {text}.")

    assert left in ("I live at [address].", "I live at zip code [address].")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("123-45-6789", "national id"),
        ("my social is one two three, four five, six seven eight nine", "national id"),
        ("my national insurance number is A B one two three four five six C", "national id"),
        ("AB 12 34 56 C", "national id"),
        ("Steuer-ID 86 095 742 719", "national id"),
        ("DNI 12345678Z", "national id"),
        ("2 55 08 14 168 025 38", "national id"),
        ("RSSMRA85T10A562S", "national id"),
        ("passport number 925665416", "national id"),
        ("DE89 3704 0044 0532 0130 00", "bank account"),
        ("G B two nine N W B K six oh one six one three three one nine two six eight one nine",
         "bank account"),
        ("sort code 12-34-56", "bank account"),
    ],
)  # fmt: skip
def test_ids_and_bank_accounts_are_found_by_their_form_and_check(text: str, label: str) -> None:
    left = without(text)

    assert f"[{label}]" in left
    assert not any(letter.isdigit() for letter in left)


@pytest.mark.parametrize(
    "text",
    [
        "My order number is 4539 1488 0343.",
        "Tracking number 9205590164917312751089.",
        "Ticket INC0012345 and case 20240817.",
        "It cost $1,249.99 on 12/05/2024 at 10:30.",
        "We had a one on one in 2019, 2020 and 2021.",
        "Twenty three people, forty one of them for the first time.",
        "We are open twenty four seven.",
        "A five minute drive from a two way street.",
        "Version 10.15.7 in build 19041.",
        "They won three to two, then four to one.",
        "In 1654, 1665 and 1691 they called again.",
        "file 5726ea985951b619008f826",
        "One of the two, or one two three at most.",
        "serial number one two three four five six seven eight nine oh one two",
    ],
)
def test_numbers_that_are_nobodys_are_left_alone(text: str) -> None:
    assert without(text, names=True) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("My name is John Smith.", "My name is [name]."),
        ("my name is john smith and i live in leeds", "my name is [name] and i live in leeds"),
        ("Good morning, this is Maria Gonzalez from Contoso.",
         "Good morning, this is [name] from Contoso."),
        ("I spoke with Dr. Fatima Hassan.", "I spoke with Dr. [name]."),
        ("my name is on the list", "my name is on the list"),
    ],
)  # fmt: skip
def test_names_are_found_on_request(text: str, left: str) -> None:
    assert without(text, names=True) == left
    assert without(text) == text


def test_a_name_is_found_again_wherever_it_is_said() -> None:
    text = "My name is Ingrid Larsen. Larsen with an e, L A R S E N."

    assert "arsen" not in without(text, names=True)
    assert "S E N" not in without(text, names=True)


def test_only_the_kinds_that_are_asked_for_are_found() -> None:
    text = f"{CARD}, call 415 555 2671"

    assert count(find(text, {"phone"})) == {"phone": 1}


def test_spans_never_lie_over_another() -> None:
    for made in make(HELD, 40, seed=5):
        spans = find(made.text, ALL_KINDS)
        assert all(one.end <= two.start for one, two in pairwise(spans))


def test_what_is_said_is_found_with_its_seconds() -> None:
    words = say(f"my card is {LETTERS} one one one one yes one one one one one one one one thanks")
    spans = find_in_words(words)

    assert count(spans) == {"card": 1}
    assert seconds(words, spans) == [(2.8, 10.7), (11.8, 19.7)]


def test_a_number_that_is_one_word_takes_as_long_as_the_pause_around_it_allows() -> None:
    words = [
        Word(text=" It's", start=0, end=0.5),
        Word(text=" 4111111111111111.", start=8.0, end=8.6),  # cut to a word's length
        Word(text=" Thanks", start=9, end=9.5),
    ]

    assert seconds(words, find_in_words(words)) == [(0.3, 9.2)]


@pytest.mark.parametrize(
    "text",
    [
        "We said one or two things, and 42 people agreed. ",
        "1 ",
        "a at ",
        "one ",
        "(",
        "A1",
        "1-",
        "x dot ",
        "9",
        "A 1 ",
        "1,",
        "12 ",
        "a. at b.c ",
    ],
)
def test_eight_times_a_hostile_text_takes_about_eight_times_as_long(text: str) -> None:
    assert growth_of(find, lambda size: text * (size // len(text)), size=1_000) < LINEAR
