"""Redaction of what says where and who: addresses, e-mails and dates of birth."""

from __future__ import annotations

from functools import partial

import pytest

from skills.pii.redaction import count, find, redact
from tests.skills.growth import LINEAR, growth_of


def without(text: str) -> str:
    return redact(text, find(text))


@pytest.mark.parametrize(
    "address",
    [
        "6317 Patricia Loaf Suite 907, Salem, OR 97301",
        "819 Johnson Course, East William, AK 74064",
        "PSC 4115, Box 4376, APO AP 92762",
        "Flat 47h, Hughes passage, West Kerry, M2 1FG",
        "1776a Wellington Walk, LS6 3UX",
        "Kölner Straße 126, 16804 Köln",
        "Heinz-Walter-Bärer-Platz 2-5, 10045 München",
        "Am Marktplatz 78, 95081 Bad Homburg",
        "C/ de Alcalá 30, 04132 Bilbao",
        "190 place de la République, 69001 Lyon",
        "172 bis chemin des Lilas, 78796 Lyon",
        "ten castle road in leeds and the postcode is l s six five a b",
        "2012 Acacia Lane Providence, Rhode Island zip code zero two nine oh three",
        "Wellington Boulevard 4, 10115 Berlin",
    ],
)
def test_an_address_is_one_whatever_the_street_is_called(address: str) -> None:
    assert without(f"Send it to {address}.") == "Send it to [address]."


@pytest.mark.parametrize(
    "email",
    [
        "john dot smith, at, example dot com",
        "anna dot weber uh at gmail dot com",
        "p dot horvath... at brightside dot agency",
        "j point smith all one word at outlook dot com",
        "smith eighty two at g mail dot com",
        "anna dot delgado at my company dot net",
        "info at orange dot fr",
    ],
)
def test_an_address_of_mail_is_found_with_the_pauses_in_it(email: str) -> None:
    assert without(f"It should have gone to {email}.") == "It should have gone to [e-mail]."


@pytest.mark.parametrize("lead", ["So that was", "Yes,", "You'd get me on", "And where to?"])
def test_an_address_of_mail_is_known_by_what_leads_to_it(lead: str) -> None:
    assert without(f"{lead} lfitzgerald at telefonica dot es") == f"{lead} [e-mail]"


@pytest.mark.parametrize(
    "text",
    [
        "Look at amazon dot com every day.",
        "You can find more info at example dot com.",
        "There are offers at example dot com.",
        "The team at example dot com was nice.",
        "I bought the printer at currys dot com.",
    ],
)
def test_a_place_in_the_web_is_no_address_of_mail(text: str) -> None:
    assert without(text) == text


@pytest.mark.parametrize(
    "date",
    [
        "04/03/1982",
        "1982-03-04",
        "4.3.82",
        "March 4, 1982",
        "4th of March 1982",
        "the fourth of march nineteen eighty two",
        "March twenty first two thousand and five",
        "oh four oh three nineteen eighty two",
        "zero eight zero one nineteen seventy three",
    ],
)
@pytest.mark.parametrize(
    "cue",
    [
        "My date of birth is ",
        "DOB: ",
        "And your date of birth?\nSpeaker 1: Yes, ",
        "[00:12] And the date of birth?\n[00:14] It's ",
        "I was born on ",
    ],
)
def test_a_date_of_birth_is_found_written_and_said(cue: str, date: str) -> None:
    text = f"{cue}{date}."

    assert without(text) == f"{cue}[date of birth]."
    assert count(find(text)) == {"birth": 1}


@pytest.mark.parametrize(
    "text",
    [
        "I ordered it on March 4, 2025, and it came on 03/09/2025.",
        "Two boys were born there; the ticket is from 2025.",
        "It was my birthday and nothing had arrived.",
        "The meeting is on the fourth of March.",
    ],
)
def test_another_date_is_left_alone(text: str) -> None:
    assert without(text) == text


@pytest.mark.parametrize(
    "text",
    ["born ", "born twenty-", "[00:10] born ", "12 Aa, ", "Aa 1, 12345 ", "PSC a, ", "1 rue a ",
     "C/ aa ", "uh at ", "one word at ", "between one and ", "four\nyes\n", "call 555-0142, "],
)  # fmt: skip
def test_eight_times_a_hostile_text_takes_about_eight_times_as_long(text: str) -> None:
    assert growth_of(find, lambda size: text * (size // len(text)), size=1_000) < LINEAR


@pytest.mark.parametrize("text", ["a", "a-", "a'"])
def test_eight_times_a_word_without_end_takes_about_eight_times_as_long(text: str) -> None:
    find_it = partial(find, kinds={"name"})
    find_it("Ada Byron is here.")  # the recognizer is loaded once

    assert growth_of(find_it, lambda size: text * (size // len(text)), size=1_000) < LINEAR
