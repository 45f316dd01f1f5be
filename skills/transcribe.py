"""/transcribe: what is said in a recording, with times, as text and subtitles.

How it is done is imported where it is done: the bot reads the declaration alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from core.reply import Reply
from core.settings import load_settings
from skills.divisible import Divisible, Part, Partial
from skills.kinds import RECORDING
from skills.options import REDACT
from skills.skill import Input, Option

if TYPE_CHECKING:
    from skills.models.whisper import Whisper
    from skills.speech.transcription import Transcription


class Transcribe(Divisible["Transcription"]):
    """What is said in a recording."""

    name = "transcribe"
    title = "Transcript"
    summary = "What is said in a recording?"
    hint = "[link to a message with a recording] [language:de]"
    takes_files = (RECORDING,)
    automatic = ("recordings",)
    model = "whisper-base"
    queue = "speech"
    options = (
        Option(
            name="language",
            description="The language spoken (en, de, fr, …); found out by itself when left out.",
        ),
        REDACT,
    )
    examples = ("https://example.slack.com/archives/C024BE91L/p1355517523000005 language:en",)

    def load(self, device: str) -> Whisper:
        from skills.models.lock import choose
        from skills.models.shared import shared
        from skills.models.whisper import load_whisper

        settings = load_settings()
        choice = choose(self.name, models=settings.models)
        return shared(load_whisper, choice, device, settings.data_dir / "models")

    def subject(self, name: str, options: Mapping[str, str]) -> str:
        from skills.speech.redacted import without_secrets

        return without_secrets(name, options)

    def opened(self, asked: Input) -> AbstractContextManager[Input]:
        from skills.speech import transcription

        return transcription.opened(asked)

    def divide(self, model: Any, asked: Input, *, after: Part | None = None) -> Iterator[Part]:
        from skills.speech import transcription

        return transcription.divide(model, asked, after=after)

    def work(self, model: Any, asked: Input, part: Part, *, lead: Partial | None) -> Partial:
        from skills.speech import transcription

        return transcription.work(model, asked, part, lead=lead)

    def preview(self, lead: Partial) -> Reply | None:
        from skills.speech import transcription

        return transcription.preview(lead)

    def join(self, model: Any, asked: Input, partials: Sequence[Partial]) -> Transcription:
        from skills.speech import transcription

        return transcription.join(asked, partials)

    def render(self, result: Transcription) -> Reply:
        from skills.speech import transcription

        return transcription.report(result)


skill = Transcribe()
