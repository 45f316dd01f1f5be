"""/call: who said what in a recorded call, what it was about, what was promised, and figures.

How it is done is imported where it is done: the bot reads the declaration alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from core.reply import Reply
from core.settings import load_settings
from skills.divisible import Divisible, Part, Partial
from skills.keeping import Keeping, Values
from skills.kinds import RECORDING
from skills.options import ORDER, REDACT, SIDES
from skills.skill import Input, Option

if TYPE_CHECKING:
    from skills.telephone.model import CallModel
    from skills.telephone.result import Call


class CallSkill(Keeping["Call"], Divisible["Call"]):
    """Who said what in a recorded call."""

    name = "call"
    keeps = "call"
    title = "Call"
    summary = "Who said what in a call, and what was promised?"
    hint = "[link to a message with a recording] [speakers:2] [agent:first]"
    takes_files = (RECORDING,)
    model = "whisper-base"
    queue = "speech"
    options = (
        Option(
            name="speakers",
            description="How many people speak; found out by itself when left out.",
            choices=("auto", "1", "2", "3", "4", "5", "6", "7", "8"),
            default="auto",
        ),
        Option(
            name="agent",
            description="Who works for you: who speaks first or second, or the left or right side.",
            choices=("auto", *ORDER, *SIDES),
            default="auto",
        ),
        Option(name="language", description="The language spoken (en, de, fr, …)."),
        Option(
            name="rules",
            description="What to check instead of the channel's own rules: "
            'rules:"silence under 30 s; nobody says: guarantee".',
        ),
        REDACT,
    )
    examples = ("https://example.slack.com/archives/C024BE91L/p1355517523000005 agent:first",)

    def load(self, device: str) -> CallModel:
        from skills.telephone.model import load_call_model

        return load_call_model(load_settings(), device)

    def subject(self, name: str, options: Mapping[str, str]) -> str:
        from skills.speech.redacted import without_secrets

        return without_secrets(name, options)

    def opened(self, asked: Input) -> AbstractContextManager[Input]:
        from skills.telephone import work as call_work

        return call_work.opened(asked)

    def divide(self, model: Any, asked: Input, *, after: Part | None = None) -> Iterator[Part]:
        from skills.telephone import work as call_work

        return call_work.divide(model, asked, after=after)

    def work(self, model: Any, asked: Input, part: Part, *, lead: Partial | None) -> Partial:
        from skills.telephone import work as call_work

        return call_work.work(model, asked, part, lead=lead)

    def preview(self, lead: Partial) -> Reply | None:
        from skills.telephone import work as call_work

        return call_work.preview(lead)

    def join(self, model: Any, asked: Input, partials: Sequence[Partial]) -> Call:
        from skills.telephone import work as call_work

        return call_work.join(model, asked, partials)

    def pack(self, result: Call) -> Values | None:
        from skills.telephone import work as call_work

        return call_work.pack(result)

    def unpack(self, values: Values) -> Call:
        from skills.telephone import work as call_work

        return call_work.unpack(values)

    def about(self, values: Values, subject: str) -> str:
        return str(values["details"]["name"])  # without what was taken out of it

    def amend(self, values: Values, written: Mapping[str, str]) -> Values:
        from skills.telephone import work as call_work

        return call_work.amend(values, written)

    def render(self, result: Call) -> Reply:
        from skills.telephone.answer import answer

        return answer(result)


skill = CallSkill()
