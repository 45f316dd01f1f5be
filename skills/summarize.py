"""/summarize: a text, a document or a thread in a few points, each with where it comes from.

Bundled, it picks whole sentences and rewrites none, so it cannot invent a fact. With a model of the
hub profile a language model writes them, and only what the source supports is shown. A question
about a document is answered in quotes, by whichever profile. How it is done is imported where it is
done: the bot reads the declaration alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.reply import Reply
from core.settings import load_settings
from skills.kinds import DOCUMENT, MOST_TYPED, TABLE
from skills.options import LENGTHS
from skills.skill import Input, Option, Skill, one_by_one

if TYPE_CHECKING:
    from skills.texts.digest import Summarizer
    from skills.texts.summary import Summary


class Summarize(Skill["Summary"]):
    """Points of a text, a document or a thread."""

    name = "summarize"
    title = "Summary"
    summary = (
        "The main points of a text, document, thread or channel, or what it says about something."
    )
    hint = "[text, or a question and a link, or #channel 7d] [length:short|medium|long] [pages:3-7]"
    takes_text = MOST_TYPED
    takes_thread = True
    takes_channel = True
    takes_files = (DOCUMENT, TABLE)
    takes_question = True
    automatic = ("documents",)
    shortcut = "Summarize thread"
    model = "minilm"
    queue = "text"
    options = (
        Option(
            name="length",
            description="How many points: short is 3, medium 5, long 10.",
            choices=LENGTHS,
            default="medium",
        ),
        Option(
            name="pages",
            description="Only these pages or slides of a document: 3-7, or 5.",
            of_files=True,
        ),
        Option(
            name="chapter",
            description="Only this chapter of a document, by its “name” or number.",
            of_files=True,
        ),
        Option(
            name="question", description="What to look for in a document, in “”.", of_files=True
        ),
    )
    examples = (
        "The release is on Friday. Marketing has the page ready, and support has read the notes.",
        "length:short The release is on Friday. Marketing has the page ready.",
        "7d",
    )

    def load(self, device: str) -> Summarizer:
        """MiniLM, and the language model where MODELS names one."""
        from skills.texts.digest import load_summarizer

        return load_summarizer(device, models=load_settings().models)

    def prepare(self, asked: Input) -> Input:
        """Open a file, as far as its first pages."""
        from skills.texts.sources import open_source

        return replace(asked, opened=open_source(asked)) if asked.path else asked

    def run(self, model: Summarizer, batch: Sequence[Input]) -> list[Summary | UserError]:
        """One summary an input."""
        from skills.texts.summary import summarize

        return one_by_one(batch, lambda each: summarize(model, each))

    def render(self, result: Summary) -> Reply:
        """The points with their sources, or the text itself when it was short."""
        from skills.texts.report import report

        return report(result)


skill: Skill[Any] = Summarize()
