"""`python -m skills NAME [TEXT or FILE …]`: a skill in the terminal, without Slack or Redis.

Exit code 0: every input was answered; 1: some were refused; 2: wrong usage; 3: the installation
lacks something. Answers go to standard output, all else to standard error.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import logging
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.errors import SetupError, UserError
from core.reply import Reply
from core.settings import load_settings
from skills.catalog import Catalog, catalog
from skills.models.device import prepare_libraries, resolve_device
from skills.skill import Skill, silent
from skills.terminal.answers import answer
from skills.terminal.asked import (
    Asked,
    read_argument,
    read_lines,
    read_options,
    read_text,
    split_options,
    usage,
)
from skills.terminal.shown import render_reply

LIST = "list"


def main(arguments: Sequence[str]) -> int:
    """Read the command line, answer, say how it went."""
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    prepare_libraries()
    try:
        skills = catalog()
        parser = create_parser(list(skills))
        given = parser.parse_intermixed_args(arguments)
        if given.name is None or given.name not in skills:
            print(f"python -m skills NAME [TEXT or FILE …]\n\n{list_skills(skills)}")
            return 0
        skill = skills[given.name]
        try:
            asked = read_inputs(skill, given)
        except UserError as error:
            parser.error(str(error))
        except (OSError, UnicodeDecodeError):
            parser.error(f"I can't read {given.lines}: check its name, and that it is a text file.")
        if not asked:
            parser.error(f"give it something: {usage(skill)}, or - for standard input")
        if given.save is not None and (reason := refused_folder(given.save)):
            parser.error(f"I can't write to {given.save} ({reason}): name another folder.")
        return answer_all(skill, asked, as_json=given.json, folder=given.save)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 3


def create_parser(names: Sequence[str]) -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m skills", description="Run a skill. Without a name: list them."
    )
    parser.add_argument(
        "name", nargs="?", choices=[*names, LIST], metavar="NAME", help=", ".join([*names, LIST])
    )
    parser.add_argument(
        "inputs", nargs="*", metavar="TEXT or FILE", help="one input each; - reads standard input"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object an input, in order")
    parser.add_argument(
        "--lines", metavar="FILE", help="read one input a line; - for standard input"
    )
    parser.add_argument(
        "--option", action="append", default=[], metavar="NAME=VALUE", help="an option of the skill"
    )
    parser.add_argument(
        "--save", type=Path, metavar="FOLDER", help="write result files (subtitles, tables) here"
    )
    return parser


def list_skills(skills: Catalog) -> str:
    """The skills with what each does and is given here."""
    return "\n".join(f"{usage(skill)}\n    {skill.summary}" for skill in skills.values())


def refused_folder(folder: Path) -> str:
    """Why no file can be written into a folder, asked before the work; "" when one can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return error.strerror or type(error).__name__


def read_inputs(skill: Skill[Any], given: argparse.Namespace) -> list[Asked]:
    """Every input in the order of the command line, the lines of --lines last."""
    words, written = split_options(skill, given.inputs)
    options = read_options(skill, [*written, *given.option])
    progress = show_progress if sys.stderr.isatty() else silent
    asked = [
        read_text(skill, sys.stdin.read()) if word == "-" else read_argument(skill, word)
        for word in words
    ]
    if given.lines is not None:
        source = Path(given.lines)
        content = sys.stdin.read() if given.lines == "-" else source.read_bytes().decode("utf-8")
        asked += read_lines(skill, content, folder=source.parent)
    return [
        each
        if isinstance(each, UserError)
        else dataclasses.replace(each, options=options, progress=progress)
        for each in asked
    ]


def answer_all(
    skill: Skill[Any], asked: Sequence[Asked], *, as_json: bool, folder: Path | None
) -> int:
    """Print each answer as soon as it and all before it are there; the exit code."""
    refused = False
    for result in answer(skill, asked, load=lambda: load(skill)):
        refused = refused or isinstance(result, UserError)
        words = to_json(result) if as_json else to_words(skill, result, saved=folder is not None)
        print(words, flush=True)
        if folder and not isinstance(result, UserError):
            save(skill.render(result), folder)
    return int(refused)


def save(reply: Reply, folder: Path) -> None:
    """Write the files of a reply; a name that came from a file is only ever a name."""
    for file in reply.files:
        name = Path(file.name)
        numbers = (f"{name.stem} {count}{name.suffix}" for count in itertools.count(2))
        free = next(
            each for each in itertools.chain([name.name], numbers) if not (folder / each).exists()
        )
        (folder / free).write_bytes(file.content)
        print(f"Saved {folder / free}", file=sys.stderr, flush=True)


def load(skill: Skill[Any]) -> Any:
    """The skill's model on the device of the settings."""
    return skill.load(resolve_device(load_settings().device))


def to_json(result: Any) -> str:
    """A result's fields on one line, or why it was refused."""
    if isinstance(result, UserError):
        return json.dumps({"error": str(result)}, ensure_ascii=False)
    return json.dumps(dataclasses.asdict(result), ensure_ascii=False, default=str)


def to_words(skill: Skill[Any], result: Any, *, saved: bool) -> str:
    """A result as people would read it in Slack, or why it was refused."""
    if isinstance(result, UserError):
        return f"{result}\n"
    return render_reply(skill.render(result), saved=saved)


def show_progress(stage: str, fraction: float) -> None:
    """One line that is written over."""
    print(f"\r{stage} {fraction:.0%}\x1b[K", end="\r", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
