"""`Skill`: what one appliance declares, and the contract its three methods keep.

A skill is one file in this folder. Class attributes declare (command, what it takes, model, queue,
options, examples), `load` and `run` compute, `render` speaks. It knows nothing of Slack, Redis or
Celery: the doors, the help, the manifest and the contract tests are made from the declaration.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from core.errors import Cancelled, UserError
from core.reply import Reply
from skills.coverage import Coverage

Result = TypeVar("Result")
Progress = Callable[[str, float], None]
Preview = Callable[[Reply], None]


def silent(stage: str, fraction: float) -> None:
    """The progress of a job that nobody watches."""


def unseen(reply: Reply) -> None:
    """The preview of a job that nobody watches."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileKind:
    """A kind of file that a skill takes; `name` is the plural that people read ("recordings").

    `max_bytes` is checked before and while downloading. `extensions` are lower case with a dot.
    What is really in a file is found out by opening it; the name and mimetype only route.
    """

    name: str
    extensions: tuple[str, ...]
    mimetypes: tuple[str, ...]
    max_bytes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """An option a person may add: `/transcribe language:de`; `choices` empty takes any word.

    With one `of_files`, a link means the file of that message, and not the thread below it.
    """

    name: str
    description: str
    choices: tuple[str, ...] = ()
    default: str = ""
    of_files: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One message of a conversation given as input; `ts` is Slack's, `link` its permalink.

    `thread` is the ts of the message that its thread hangs on, its own when it begins one or stands
    alone; `mentions` are the names of the people it mentions, as they stand in `text` behind an @.
    """

    author: str
    text: str
    ts: str
    link: str = ""
    thread: str = ""
    when: str = ""
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """An answer that is kept, for a skill that looks back: the `values` its own skill packed.

    `at` is when it was given, in seconds since 1970; `link` leads to its message.
    """

    values: Mapping[str, Any]
    at: float
    link: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """One request as a skill sees it: exactly one of text, path or messages is given.

    `name` is the file's, or what to call a conversation; `coverage` says how much of one was read.
    `past` are the answers of the channel that a skill which `looks_back` works on, latest first,
    and `kept_days` for how long they are kept. `left_out` counts the other files of its message.
    `opened` is what the skill's own `prepare` made of it; what has a `close` is closed in the end.
    `progress(stage, fraction)` may be called from `run` with a word for the stage ("Transcribing")
    and 0..1; it raises `core.errors.Cancelled` when the person pressed Cancel: let it through.
    `preview(reply)` may be called from `run` with what is known so far (`text`, `points` and `body`
    are shown, until the next one or the answer replaces it); its text says of how much it speaks.
    It raises nothing.
    """

    text: str = ""
    path: Path | None = None
    name: str = ""
    kind: str = ""
    messages: tuple[Message, ...] = ()
    coverage: Coverage | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    past: tuple[Past, ...] = ()
    kept_days: int = 0
    left_out: int = 0
    progress: Progress = silent
    preview: Preview = unseen
    opened: Any = None


class Skill(ABC, Generic[Result]):
    """One appliance.

    Attributes
    ----------
    name: the word people type and the terminal's NAME ("sentiment"); the command is "/" + name.
    title: what the answer is headed with and the shortcut is called ("Sentiment").
    summary: one line for the help ("Is a text positive, neutral or negative?").
    hint: the usage hint of the slash command ("[text or link to a message]").
    takes_text: longest text in characters, 0 when text is not taken.
    discreet: whether the request that is shown above the answer leaves out what was typed.
    takes_thread: whether a whole thread can be the input.
    takes_channel: whether what was written in a channel in some time can be, too.
    takes_files: the kinds of file it takes.
    takes_question: whether words beside a file or a link may be a question about it, which `run`
        then finds in the option "question".
    looks_back: the kind of answers that it works on, those kept of the channel where it is asked
        (see skills/keeping.py); "" for none. It may then be asked without a word.
    automatic: the kinds (names) for which an upload without a word means this skill.
    model: the key of its model in skills/models/lock.toml.
    queue: "text", "speech", "vision" or "train"; batch: most inputs in one `run`.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    hint: ClassVar[str]
    takes_text: ClassVar[int] = 0
    discreet: ClassVar[bool] = False
    takes_thread: ClassVar[bool] = False
    takes_channel: ClassVar[bool] = False
    takes_files: ClassVar[tuple[FileKind, ...]] = ()
    takes_question: ClassVar[bool] = False
    looks_back: ClassVar[str] = ""
    automatic: ClassVar[tuple[str, ...]] = ()
    shortcut: ClassVar[str] = ""
    model: ClassVar[str]
    queue: ClassVar[str]
    batch: ClassVar[int] = 1
    options: ClassVar[tuple[Option, ...]] = ()
    examples: ClassVar[tuple[str, ...]] = ()

    def lane(self, *, text: str) -> str:
        """The name of the batch class of an input: only inputs of one lane share a forward pass."""
        return self.name

    def subject(self, name: str, options: Mapping[str, str]) -> str:
        """What is shown above the answer to a file of this name, given these options."""
        return name

    @abstractmethod
    def load(self, device: str) -> Any:
        """Load the model on `device` ("cpu", "cuda", "cuda:1") and warm it; heavy imports go here.

        Raises SetupError when its files are missing, changed or unreachable.
        """

    def prepare(self, asked: Input) -> Input:
        """Do what needs no model (opening a file, say), and keep it in `opened`.

        A worker calls this beside the forward passes of other jobs; `run` takes inputs that were
        not prepared, too. Raises UserError to refuse the input.
        """
        return asked

    @abstractmethod
    def run(self, model: Any, batch: Sequence[Input]) -> list[Result | UserError]:
        """One result an input, in order; a UserError in its place refuses that input alone."""

    @abstractmethod
    def render(self, result: Result) -> Reply:
        """The result in words. Results are dataclasses; `--json` prints their fields."""


def one_by_one(
    batch: Iterable[Input], answer: Callable[[Input], Result]
) -> list[Result | UserError]:
    """What `run` returns where each input is answered alone; `answer` raises what refuses it."""
    results: list[Result | UserError] = []
    for each in batch:
        try:
            results.append(answer(each))
        except Cancelled:
            raise
        except UserError as error:
            results.append(error)
    return results
