"""Redaction in the ways that people talk: words about numbers, turns, echoes and spelling."""

from __future__ import annotations

import pytest

from skills.pii.redaction import find, redact


def without(text: str) -> str:
    return redact(text, find(text))


@pytest.mark.parametrize(
    "text",
    [
        "He scored 78, 32 and 64 in the three rounds.",
        "Sales grew from 8670 to 4830 between 2017 and 2021.",
        "The licence key is 6795-8833-5226.",
        "The IP is 192.168.63.228.",
        "In 2019 it was 1450, in 2020 1520 and in 2021 1610.",
        "The lot number is 681012489, expiry 05/2029.",
    ],
)
@pytest.mark.parametrize(
    "number", ["My social is 123-45-6789.", "The sort code is 12-34-56.", "My DNI is 12345678Z."]
)
def test_a_word_about_a_number_holds_for_that_number_only(number: str, text: str) -> None:
    assert without(f"{number} {text}").endswith(text)


def test_of_several_numbers_in_a_row_all_are_meant() -> None:
    assert without("My phones are 555-0142 and 555-0143.") == "My phones are [phone] and [phone]."


def test_what_another_number_was_said_to_be_does_not_hide_a_card() -> None:
    text = (
        "The routing number is 021000021.\n"
        "Five five five five, five five five five, five five five five, four four four four."
    )

    assert without(text) == "The routing number is [bank account].\n[card number]."


@pytest.mark.parametrize(
    "nod",
    ["Thank you.", "I've got that.", "Brilliant, go on.", "Lovely.", "Next?", "Yep, with you."],
)
def test_a_few_words_of_the_other_person_divide_no_number(nod: str) -> None:
    text = f"Customer: four one one one, one one one one\nAgent: {nod}\nCustomer: eleven eleven"
    left = without(f"{text}, eleven eleven.")

    assert left == f"Customer: [card number]\nAgent: {nod}\nCustomer: [card number]."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("My phone is five oh five\nFive oh five?\nfive five five\noh one four two.",
         "My phone is [phone]\n[phone]?\n[phone]\n[phone]."),
        ("The routing number is oh two one\nOh two one?\nzero zero zero\nzero two one.",
         "The routing number is [bank account]\n[bank account]?\n[bank account]\n[bank account]."),
        ("The card is four two four two Four two four two? four two four two four two four two",
         "The card is [card number]? [card number]"),
    ],
)  # fmt: skip
def test_what_is_said_again_to_be_sure_is_taken_out_with_its_number(text: str, left: str) -> None:
    assert "five" not in without(text)
    assert "two" not in without(text)


@pytest.mark.parametrize(
    "text",
    [
        "And the CVV? 412.",
        "The three digits on the back are 412.",
        "And the three numbers on the back of the card?\nFour, one, two.",
        "CVC four one two",
    ],
)
def test_a_security_code_is_found_by_where_it_stands_on_the_card(text: str) -> None:
    assert "[card number]" in without(text)
    assert "412" not in without(text)


@pytest.mark.parametrize(
    "number",
    [
        "(123) 456-7890",
        "123-456-7890",
        "001-581-896-0013x3890",
        "+1-925-741-2248 ext 244",
        "+44(0)1632 960 123",
        "+49(0)1234 567890",
        "+1 (555) 123-4567",
        "298-555-0152",
    ],
)
def test_what_is_written_as_a_phone_is_one_whether_or_not_a_country_gives_it_out(
    number: str,
) -> None:
    assert without(f"Office: {number}, ask for Ann.") == "Office: [phone], ask for Ann."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("My driving licence is S7999805. IBAN later.", "[national id]. IBAN later."),
        ("My passport number is A\nOkay.\neight six one two three four five six.",
         "[national id]\nOkay.\n[national id]."),
        ("A UK passport, X for x-ray, nine double six one seven three five six.",
         "A UK passport, [national id]."),
        ("ni number qq 12 34 56 c", "ni number [national id]"),
        ("It's KB810399A, my NINO.", "It's [national id], my NINO."),
        ("IBAN gb29 nwbk 6016 1331 9268 19", "IBAN [bank account]"),
        ("Steueridentifikationsnummer: 86095742719", "Steueridentifikationsnummer: [national id]"),
        ("The account number for the direct debit is 75686587.",
         "The account number for the direct debit is [bank account]."),
    ],
)  # fmt: skip
def test_letters_and_digits_are_one_number_however_they_are_said(text: str, left: str) -> None:
    assert without(text).endswith(left)


def test_a_sentence_of_the_other_person_divides_no_number() -> None:
    text = "The card is four one one one, one one one one. I've noted that. Eleven eleven."

    assert without(f"{text} Eleven eleven.").endswith(
        "[card number]. I've noted that. [card number]."
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("4111 1111 1111 1111 is the one you want.", "[card number] is the one you want."),
        ("My passport is A74011565. It's a three bedroom house.",
         "My passport is [national id]. It's a three bedroom house."),
        ("Between nine thirty and eleven fifteen my passport was there.",
         "Between nine thirty and eleven fifteen my passport was there."),
    ],
)  # fmt: skip
def test_words_that_only_sound_like_digits_and_letters_stay(text: str, left: str) -> None:
    assert without(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "My sort code is two oh four five one seven and the account is five five seven seven nine "
        "nine one one",
        "The account was 77 81 20 09, sort code 30-94-57",
    ],
)
def test_an_account_beside_a_sort_code_is_taken_out_without_the_word_number(text: str) -> None:
    assert without(text).count("[bank account]") == 2


def test_an_account_that_is_only_spoken_of_takes_no_other_number_out() -> None:
    text = "The account is closed since 2019, ticket 5519021."

    assert without(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("My PESEL is 44051401359.", "My PESEL is [national id]."),
        ("Aadhaar number two three four five, six seven eight nine, oh one two four.",
         "Aadhaar number [national id]."),
        ("My PAN is ABCPK1234L.", "My PAN is [national id]."),
        ("The part ABCPK1234L fits the pan.", "The part ABCPK1234L fits the pan."),
    ],
)  # fmt: skip
def test_polish_and_indian_ids_are_taken_out_behind_their_names(text: str, left: str) -> None:
    assert without(text) == left


def test_the_end_of_a_number_that_is_put_right_is_taken_out_too() -> None:
    text = (
        "My cell is four one five eight three seven two two oh three, no sorry, three zero two two."
    )

    assert without(text) == "My cell is [phone], no sorry, [phone]."


def test_another_number_that_is_put_right_stays() -> None:
    text = "It is 415 837 2203. No, sorry, 12 is the house number."

    assert without(text) == "It is [phone]. No, sorry, 12 is the house number."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Deliver it to 8848 Alexandra Ville, Larryfurt 73897.", "Deliver it to [address]."),
        (
            "We live at 63215 Harrison Branch Suite 903, Matthewfurt 36280.",
            "We live at [address].",
        ),
        ("The 12 Teamsters Union members called.", "The 12 Teamsters Union members called."),
        ("I bought 2 Fresh Springs waters.", "I bought 2 Fresh Springs waters."),
    ],
)
def test_a_rare_word_for_a_street_needs_a_town_behind_it(text: str, left: str) -> None:
    assert without(text) == left


@pytest.mark.parametrize("blank", [" ", "\n", "\t"])
def test_a_long_run_of_blanks_is_read_at_once(blank: str) -> None:
    text = f"Thanks.{blank * 40_000}Write to ada at example dot com"

    assert without(text).endswith("Write to [e-mail]")
