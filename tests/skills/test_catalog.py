"""The catalog: what every skill declares, and that a broken or clashing one stops the program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.errors import SetupError, UserError
from skills.catalog import catalog, read_catalog
from skills.kinds import DOCUMENT, IMAGE, RECORDING, TABLE
from skills.models.lock import read_lock
from skills.skill import Input, Skill
from skills.terminal.asked import read_argument, read_options

HEAVY = (
    "numpy torch transformers tokenizers onnxruntime whisper faster_whisper ctranslate2 PIL av "
    "docx openpyxl pypdfium2 sklearn peft safetensors charset_normalizer"
)
SKILL = """
from skills.skill import Skill

class Echo(Skill[str]):
    name = "{name}"
    title = "Echo"
    summary = "Says it again."
    hint = "[text]"
    takes_text = 100
    model = "minilm"
    queue = "text"
    shortcut = "{shortcut}"
    def load(self, device): return None
    def run(self, model, batch): return [each.text for each in batch]
    def render(self, result): raise NotImplementedError

skill = Echo()
"""


def write_skill(folder: Path, file: str, *, name: str = "echo", shortcut: str = "") -> None:
    (folder / file).write_text(SKILL.format(name=name, shortcut=shortcut))


@pytest.fixture(params=catalog().values(), ids=lambda skill: skill.name)
def skill(request: pytest.FixtureRequest) -> Skill[Any]:
    found: Skill[Any] = request.param
    return found


def test_the_skills_are_there_in_order() -> None:
    names = list(catalog())

    assert names == sorted(names)
    assert {"call", "classify", "sentiment", "summarize", "transcribe"} <= set(names)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(DOCUMENT, "summarize"), (IMAGE, "classify"), (RECORDING, "transcribe"), (TABLE, "sentiment")],
)
def test_an_upload_of_each_kind_means_one_skill(kind: Any, name: str) -> None:
    meant = [skill.name for skill in catalog().values() if kind.name in skill.automatic]

    assert meant == [name]


def test_what_a_skill_says_of_itself_fits_the_manifest(skill: Skill[Any]) -> None:
    lengths = (len(skill.name) + 1, len(skill.summary), len(skill.hint), len(skill.shortcut))

    assert all(length <= most for length, most in zip(lengths, (32, 2000, 1000, 24), strict=True))


def test_a_skill_names_a_model_of_the_lock_file(skill: Skill[Any]) -> None:
    assert skill.model in read_lock()


def test_a_batch_has_room_for_one_at_least(skill: Skill[Any]) -> None:
    assert skill.batch >= 1


def test_a_skill_has_an_example(skill: Skill[Any]) -> None:
    assert skill.examples


def test_the_choices_of_an_option_hold_its_default(skill: Skill[Any]) -> None:
    assert all(not option.choices or option.default in option.choices for option in skill.options)


def test_an_unknown_option_is_refused_in_a_sentence(skill: Skill[Any]) -> None:
    with pytest.raises(UserError, match="has no option"):
        read_options(skill, ["nonsense=1"])


def test_empty_and_too_long_texts_are_refused(skill: Skill[Any]) -> None:
    for text in ("", "   ", "x " * skill.takes_text):
        asked = read_argument(skill, text)

        assert isinstance(asked, UserError)


def test_a_text_that_is_short_enough_is_taken(skill: Skill[Any]) -> None:
    if not skill.takes_text:
        pytest.skip(f"{skill.name} takes no text")

    asked = read_argument(skill, "x" * skill.takes_text)

    assert isinstance(asked, Input)


def test_importing_every_skill_imports_no_heavy_module() -> None:
    program = (
        "import sys; from skills.catalog import catalog; catalog(); "
        f"print(sorted(set('{HEAVY}'.split()) & set(sys.modules)))"
    )

    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert run.stdout.strip() == "[]", run.stderr


def test_the_bot_reads_declarations_without_the_code_that_hears_and_summarizes() -> None:
    work = ("decode.audio", "models.call_work", "models.transcription", "models.summary")
    script = f"""
import sys
from skills.catalog import catalog
catalog()
print([name for name in {work} if f"skills.{{name}}" in sys.modules])
"""

    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"


def test_a_file_dropped_in_is_a_skill(tmp_path: Path) -> None:
    write_skill(tmp_path, "echo.py")
    (tmp_path / "words.py").write_text("WORDS = 1\n")

    assert list(read_catalog(tmp_path)) == ["echo"]


def test_two_skills_of_one_name_stop_the_program_with_both_files(tmp_path: Path) -> None:
    write_skill(tmp_path, "one.py")
    write_skill(tmp_path, "two.py")

    with pytest.raises(SetupError, match=r"skills/one\.py and skills/two\.py both claim the name"):
        read_catalog(tmp_path)


def test_two_skills_of_one_shortcut_stop_the_program(tmp_path: Path) -> None:
    write_skill(tmp_path, "one.py", name="one", shortcut="Echo")
    write_skill(tmp_path, "two.py", name="two", shortcut="Echo")

    with pytest.raises(SetupError, match="both claim the shortcut"):
        read_catalog(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("def (:", "is not valid Python"),
        ("import no_such_module\nskill = 1\n", "cannot be loaded"),
        ("skill = 1\n", "is not an instance of Skill"),
        (SKILL.format(name="Bad Name", shortcut=""), "a name is lower-case letters"),
        (SKILL.format(name="readymade", shortcut=""), "not readymade"),
        (SKILL.format(name="echo", shortcut="x" * 25), "longer than 24"),
        (SKILL.format(name="echo", shortcut="").replace('"text"', '"slow"'), "queue"),
        (SKILL.format(name="echo", shortcut="").replace("skill = Echo()", ""), "does not end in"),
        (SKILL.format(name="echo", shortcut="").replace('title = "Echo"', ""), "its `title`"),
    ],
)
def test_a_broken_file_stops_the_program_with_its_name(
    tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "broken.py").write_text(content)

    with pytest.raises(SetupError, match=f"skills/broken.py.*{said}"):
        read_catalog(tmp_path)
