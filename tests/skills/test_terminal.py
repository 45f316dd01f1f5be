"""The terminal: inputs in, answers in their order out, an exit code that tells the truth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.errors import SetupError, UserError
from core.reply import Attachment, Chart, Figure, Point, Reply, Slice, Table
from skills.__main__ import main
from skills.catalog import catalog
from skills.models.device import describe_device, resolve_device
from skills.skill import Input, Skill
from skills.terminal.answers import BROKEN, answer
from skills.terminal.asked import read_lines, split_options
from skills.terminal.shown import render_reply

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Echo:
    text: str


class Shout(Skill[Echo]):
    """A skill without a model that remembers its batches and breaks on "break"."""

    name = "shout"
    takes_text = 20
    batch = 3

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def lane(self, *, text: str) -> str:
        return "long" if len(text) > 3 else "short"

    def load(self, device: str) -> str:
        return "!"

    def run(self, model: Any, batch: Sequence[Input]) -> list[Echo | UserError]:
        self.batches.append([each.text for each in batch])
        if any(each.text == "break" for each in batch):
            raise ValueError("broken")
        return [
            UserError("No.") if each.text == "no" else Echo(text=each.text + model)
            for each in batch
        ]

    def render(self, result: Echo) -> Reply:
        return Reply(text=result.text)


def answers(skill: Shout, *texts: str) -> list[str]:
    found = answer(skill, [Input(text=text) for text in texts], load=lambda: skill.load("cpu"))
    return [str(each) if isinstance(each, UserError) else each.text for each in found]


def test_answers_come_in_the_order_of_the_inputs_whatever_their_lane() -> None:
    assert answers(Shout(), "a", "long one", "b", "no") == ["a!", "long one!", "b!", "No."]


def test_a_batch_holds_one_lane_and_no_more_than_the_skill_says() -> None:
    skill = Shout()

    answers(skill, "a", "b", "long one", "c", "d")

    assert skill.batches == [["a", "b", "c"], ["d"], ["long one"]]


def test_an_input_that_breaks_the_skill_harms_no_other() -> None:
    assert answers(Shout(), "fine", "break", "good") == ["fine!", BROKEN, "good!"]


def test_each_line_is_an_input_and_an_empty_one_keeps_its_place(tmp_path: Path) -> None:
    found = read_lines(Shout(), "one\r\n\ntwo\u2028three\n", folder=tmp_path)

    assert [each.text if isinstance(each, Input) else "" for each in found] == [
        "one", "", "two\u2028three",
    ]  # fmt: skip


def test_a_line_for_a_skill_of_files_is_a_path_beside_the_file_of_lines(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")

    found = read_lines(catalog()["classify"], "a.png\nb.png\n", folder=tmp_path)

    assert isinstance(found[0], Input)
    assert str(found[1]) == "There is no file b.png: check its name and folder."


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "skills", *arguments],
        cwd=ROOT, input=text, capture_output=True, text=True, timeout=120,
        env=os.environ | {"DEVICE": "cpu", "MODELS": "bundled"},
    )  # fmt: skip


def test_each_input_gets_one_json_object_and_a_refusal_makes_the_exit_code_1(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text("We ship on Friday.")
    (tmp_path / "photo.png").write_bytes(b"x")

    done = run(
        "summarize", "--json", "We meet at noon.", str(tmp_path / "a.txt"),
        str(tmp_path / "photo.png"), "gone.pdf", "",
    )  # fmt: skip

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [each["points"][0]["text"] for each in rows[:2]] == [
        "We meet at noon.",
        "We ship on Friday.",
    ]
    assert [list(each) for each in rows[2:]] == [["error"]] * 3


def test_standard_input_is_read_and_the_answer_is_in_words() -> None:
    done = run("summarize", "-", text="We meet at noon.")

    assert (done.returncode, done.stdout) == (
        0,
        "This is already short:\nWe meet at noon.\n\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["summarize"],
        ["summarize", "--lines", "no-such-file"],
        ["summarize", "x", "-y"],
        ["summarize", "x", "--option", "length=huge"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2


def test_without_a_name_the_skills_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "summarize" in capsys.readouterr().out


def test_a_reply_is_shown_as_people_would_see_it() -> None:
    reply = Reply(
        text="Mostly good.",
        figures=(Figure(label="Rows", value="3"),),
        points=(Point(text="It works.", source="page 2"),),
        table=Table(caption="Rows", header=("text", "label"), rows=(("fine", "positive"),)),
        chart=Chart(title="Shares", kind="bar", slices=(Slice(label="good", value=2.0),)),
        files=(Attachment(name="rows.csv", content=b"12", alt="All rows"),),
        notes=("Small print.",),
    )

    assert render_reply(reply).splitlines() == [
        "Mostly good.", "Rows: 3", "• It works.  [page 2]", "Rows", "text  label",
        "----  --------", "fine  positive", "Shares", "good  " + "█" * 30 + " 2",
        "Files, which --save FOLDER keeps: rows.csv (2 bytes)", "(Small print.)",
    ]  # fmt: skip


def test_the_cpu_is_described_with_its_memory() -> None:
    facts = describe_device(resolve_device("cpu"))

    assert facts["device"] == "cpu"
    assert 0 <= facts["memory_used"] <= facts["memory_total"]


@pytest.mark.parametrize("setting", ["tpu", "cuda:x", "cuda:99"])
def test_a_device_that_is_not_there_is_one_sentence(setting: str) -> None:
    with pytest.raises(SetupError, match=f"DEVICE is “{setting}”"):
        resolve_device(setting)


def test_options_may_be_written_as_in_slack() -> None:
    inputs, options = split_options(catalog()["summarize"], ["length:short", "a text of length:1"])

    assert (inputs, options) == (["a text of length:1"], ["length=short"])


def test_result_files_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    table = tmp_path / "comments.csv"
    table.write_text("comment\nI love it\nIt is broken\n")
    main(["sentiment", str(table), "--save", str(tmp_path / "out")])

    assert "I love it,positive" in (tmp_path / "out" / "comments with sentiment.csv").read_text()


def test_what_was_saved_is_named_and_no_more_advised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "comments.csv"
    table.write_text("comment\nI love it\nIt is broken\n")
    main(["sentiment", str(table), "--save", str(tmp_path / "out")])
    shown = capsys.readouterr()

    assert f"Saved {tmp_path / 'out' / 'comments with sentiment.csv'}\n" in shown.err
    assert "--save" not in shown.out


def test_a_file_of_lines_that_is_missing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["sentiment", "--lines", "/no/such/file"])

    assert "I can't read /no/such/file" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["list"]])
def test_the_list_says_what_to_give_each_skill_here(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(arguments)
    said = capsys.readouterr().out

    assert "summarize TEXT or FILE … [--option length=short|medium|long]" in said
    assert "transcribe FILE …" in said
    assert "link" not in said


def test_a_folder_is_not_taken_for_a_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["summarize", str(tmp_path)])

    assert (code, capsys.readouterr().out.strip()) == (
        1, f"{tmp_path} is a folder: give the files in it, for example {tmp_path}/*."
    )  # fmt: skip


def test_a_folder_for_results_that_cannot_be_written_is_named_before_the_work(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["sentiment", "I love it", "--save", "/proc/nowhere"])

    assert ended.value.code == 2
    assert "I can't write to /proc/nowhere (No such file" in capsys.readouterr().err
