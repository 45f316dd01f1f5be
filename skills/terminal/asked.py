"""What was asked for in the terminal: arguments and lines become inputs, or a refusal each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.kinds import KINDS, kind_of, taken_by
from skills.skill import FileKind, Input, Skill

Asked = Input | UserError
LONGEST_PATH = 4096


def usage(skill: Skill[Any]) -> str:
    """What to give a skill in the terminal: "summarize TEXT or FILE …, length=short"."""
    text = ["TEXT"] if skill.takes_text else []
    file = ["FILE"] if skill.takes_files else []
    options = "".join(
        f" [--option {each.name}={'|'.join(each.choices) or each.name.upper()}]"
        for each in skill.options
    )
    return f"{skill.name} {' or '.join([*text, *file])} …{options}"


def split_options(skill: Skill[Any], words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Inputs, and options written as in Slack (length:short), these as name=value.

    What chooses in a file may be of several words, as no text begins so: chapter:"Terms of use".
    """
    names = tuple(f"{option.name}:" for option in skill.options)
    of_files = tuple(f"{option.name}:" for option in skill.options if option.of_files)
    options = [
        word
        for word in words
        if (word.startswith(names) and " " not in word)
        or (word.startswith(of_files) and not word.partition(":")[2].startswith(" "))
    ]
    inputs = [word for word in words if word not in options]
    return inputs, [word.replace(":", "=", 1) for word in options]


def read_options(skill: Skill[Any], pairs: Sequence[str]) -> dict[str, str]:
    """The options given as name=value, with the defaults of the others.

    Raises UserError when a skill has no such option or choice.
    """
    known = {option.name: option for option in skill.options}
    chosen = {option.name: option.default for option in skill.options if option.default}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        option = known.get(name)
        if not equals or option is None:
            names = ", ".join(f"{each}=…" for each in known) or "none"
            raise UserError(f"{skill.name} has no option “{pair}”; it has: {names}.")
        if option.choices and value not in option.choices:
            raise UserError(f"{name} is one of {', '.join(option.choices)}, not “{value}”.")
        chosen[name] = value
    return chosen


def read_argument(skill: Skill[Any], word: str) -> Asked:
    """A text or a file; a word that names no file but ends like one is a file that is missing."""
    path = _existing(word, Path())
    if path is not None:
        return _read_file(skill, path)
    if _is_a_folder(word):
        return UserError(f"{word} is a folder: give the files in it, for example {word}/*.")
    if not skill.takes_text or _looks_like_a_file(skill, word):
        return UserError(f"There is no file {word}: check its name and folder.")
    return _read_text(skill, word)


def read_lines(skill: Skill[Any], content: str, *, folder: Path) -> list[Asked]:
    """One input a line: a path where the line is one, beside us or beside the file of lines.

    A skill that takes text gets every other line as a text; an empty line is refused in its place,
    so that answers and lines keep their numbers.
    """
    content = content.removeprefix("\ufeff")
    lines = content.removesuffix("\n").split("\n") if content else []
    asked: list[Asked] = []
    for line in (each.rstrip("\r") for each in lines):
        path = _existing(line, Path()) or _existing(line, folder)
        if path is not None and (not skill.takes_text or _taken(skill, path)):
            asked.append(_read_file(skill, path))
        elif skill.takes_text:
            asked.append(_read_text(skill, line))
        elif line.strip():
            asked.append(UserError(f"There is no file {line}: check its name and folder."))
        else:
            asked.append(UserError("This line is empty: write the path of a file."))
    return asked


def read_text(skill: Skill[Any], text: str) -> Asked:
    """A text from standard input."""
    if not skill.takes_text:
        return UserError(f"{skill.name} takes {taken_by(skill)}, not text: give it a file.")
    return _read_text(skill, text)


def _read_text(skill: Skill[Any], text: str) -> Asked:
    if not text.strip():
        return UserError("There is no text here: write some.")
    if len(text) > skill.takes_text:
        file = " or give it as a file" if _taken(skill, Path("x.txt")) else ""
        return UserError(
            f"This text has {len(text):,} characters and {skill.name} takes at most "
            f"{skill.takes_text:,}: shorten it{file}."
        )
    return Input(text=text)


def _read_file(skill: Skill[Any], path: Path) -> Asked:
    """A file of a kind that the skill takes; one whose name says nothing is tried all the same."""
    claimed = kind_of(name=path.name)
    if not skill.takes_files or (claimed is not None and claimed not in skill.takes_files):
        name = claimed.name if claimed is not None else "files"
        return UserError(f"{skill.name} does not read {name}: it takes {_takes(skill)}.")
    kind = claimed or skill.takes_files[0]
    size = path.stat().st_size
    if size > kind.max_bytes:
        return UserError(
            f"{path.name} has {size // 1024**2:,} MB and {kind.name} may have "
            f"{kind.max_bytes // 1024**2:,}: send a smaller file."
        )
    return Input(path=path, name=path.name, kind=kind.name)


def _existing(word: str, folder: Path) -> Path | None:
    """The file that a word names, if there is one; a text is too long or odd to be a path."""
    if not word.strip() or len(word) > LONGEST_PATH or "\n" in word or "\x00" in word:
        return None
    try:
        path = folder / word
        return path if path.is_file() else None
    except OSError:
        return None


def _is_a_folder(word: str) -> bool:
    """Whether a word that is written like a path names one; "docs" alone may be a text."""
    if len(word) > LONGEST_PATH or "\x00" in word or not ("/" in word or word in (".", "..")):
        return False
    try:
        return Path(word).is_dir()
    except OSError:
        return False


def _taken(skill: Skill[Any], path: Path) -> bool:
    return kind_of(name=path.name) in skill.takes_files


def _looks_like_a_file(skill: Skill[Any], word: str) -> bool:
    """One word with the ending of a kind of file: "report.pdf"."""
    return len(word.split()) == 1 and any(
        word.lower().endswith(kind.extensions) for kind in KINDS if skill.takes_files
    )


def _takes(skill: Skill[Any]) -> str:
    """What a skill takes, in words: "text and tables (.csv, .tsv, .xlsx)"."""
    text = ["text"] if skill.takes_text else []
    return " and ".join([*text, *(_with_endings(kind) for kind in skill.takes_files)])


def _with_endings(kind: FileKind) -> str:
    shown = ", ".join(kind.extensions[:5])
    return f"{kind.name} ({shown}{', …' if len(kind.extensions) > 5 else ''})"
