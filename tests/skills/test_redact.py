"""redact: a text or a document without personal data."""

from __future__ import annotations

import sys
from pathlib import Path

from core.errors import UserError
from local import samples
from skills.redact import Redacted, skill
from skills.skill import Input


def answer(asked: Input) -> Redacted:
    (result,) = skill.run(None, [asked])
    assert isinstance(result, Redacted), result
    return result


def test_a_text_comes_back_without_and_is_counted() -> None:
    result = answer(Input(text="Call 415 555 2671, card 4111 1111 1111 1111."))

    assert result.text == "Call [phone], card [card number]."
    assert result.found == {"card": 1, "phone": 1}


def test_a_file_comes_back_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Write to ada@example.com.\n\nAll is well.\n")
    (file,) = skill.render(answer(Input(path=path, name=path.name))).files

    assert file.name == "notes.redacted.txt"
    assert file.content.decode() == "Write to [e-mail].\n\nAll is well.\n"


def test_a_text_file_keeps_its_lines_and_what_goes_over_their_ends_is_found(
    tmp_path: Path,
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(
        b"Dear Ms Smith,\r\n  your card 4111 1111\r\n1111 1111 of 3 May is blocked.\r\n\r\n"
        b"I live at 12 Oak\r\nRoad, Leeds LS1 4AB. I was born on 3 May\r\n1980.\r\n"
    )
    result = answer(Input(path=path, name=path.name))

    assert result.text == (
        "Dear Ms Smith,\r\n  your card [card number]\r\n[card number] of 3 May is blocked.\r\n\r\n"
        "I live at [address]\r\n[address]. I was born on [date of birth]\r\n[date of birth].\r\n"
    )
    assert result.found == {"card": 1, "address": 1, "birth": 1}


def test_a_table_in_a_text_is_read_with_the_names_of_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "people.md"
    path.write_text("| passport | order |\n|---|---|\n| 533401372 | 77 |\n| 533401374 | 78 |\n")

    assert answer(Input(path=path, name=path.name)).found == {"id": 2}


def test_a_document_is_opened_by_one_child(tmp_path: Path) -> None:
    children: list[str] = []
    sys.addaudithook(lambda event, _: children.append(event) if "Popen" in event else None)
    path = samples.report(tmp_path)
    answer(Input(path=path, name=path.name))

    assert children == ["subprocess.Popen"]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text(" \n\n")
    (result,) = skill.run(None, [Input(path=path, name=path.name)])

    assert isinstance(result, UserError)


def test_names_are_taken_out_on_request() -> None:
    text = "My name is Ada Byron."

    assert answer(Input(text=text)).text == text
    assert answer(Input(text=text, options={"names": "yes"})).text == "My name is [name]."


def test_nothing_found_is_said() -> None:
    assert "nothing" in skill.render(answer(Input(text="All is well."))).text


def test_an_empty_text_is_refused() -> None:
    (result,) = skill.run(None, [Input(text="  ")])

    assert isinstance(result, UserError)


def test_a_table_comes_back_as_a_table(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "city,phone,note\nLeeds,+44 7911 123456,calls at noon\nYork,415-555-2671,late\n"
    )
    (file,) = skill.render(answer(Input(path=path, name=path.name))).files

    assert file.name == "people.redacted.csv"
    assert file.content.decode().splitlines()[1:] == [
        "Leeds,[phone],calls at noon",
        "York,[phone],late",
    ]


def test_a_table_keeps_its_columns_and_no_number_goes_across_them(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        "order,quantity,phone,street,town,zip\n"
        "4111,1111,07700 900123,12 Oak Road,Leeds,LS1 4AB\n"
        "11111111,5,07700900456,3 Elm Street,York,YO1 7AA\n"
    )

    assert answer(Input(path=path, name=path.name)).text.splitlines()[1:] == [
        "4111,1111,[phone],[address],[address],[address]",
        "11111111,5,[phone],[address],[address],[address]",
    ]


def test_a_column_s_name_says_what_its_numbers_are(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("passport,order\n533401372,533401373\n533401374,533401375\n")

    assert answer(Input(path=path, name=path.name)).text.splitlines()[1:] == [
        "[national id],533401373",
        "[national id],533401375",
    ]
