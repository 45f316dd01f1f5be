"""/transcribe: what is said in a recording, with times, as text and subtitles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import InitVar, dataclass, replace
from pathlib import PurePath
from typing import Any

from core.errors import UserError
from core.reply import Attachment, Figure, Reply
from core.settings import load_settings
from skills.decode.audio import open_recording
from skills.decode.recording import Recording
from skills.decode.scratch import scratch_for
from skills.divisible import Divisible, Part, Partial
from skills.kinds import RECORDING
from skills.models.doubt import doubts, marked, mean_confidence, refuse_nonsense
from skills.models.languages import LANGUAGES, read_language
from skills.models.lock import choose
from skills.models.redacted_speech import (
    REDACT,
    Taken,
    describe_taken,
    is_wanted,
    name_of,
    take_out,
    without_secrets,
)
from skills.models.redacted_speech import attach as attach_beeped
from skills.models.shared import shared
from skills.models.shortened import shorten
from skills.models.spoken_parts import divide, first_words, join, write_part
from skills.models.subtitles import Cue, clock, make_cues, write_srt, write_text, write_vtt
from skills.models.whisper import RATE, Whisper, load_whisper
from skills.skill import Input, Option

NO_SPEECH = "No speech found in this recording."
SHORT = 300  # a transcript of so few characters is the answer itself


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A sentence or so: seconds from the start, and 0..1 how sure the model is."""

    start: float
    end: float
    text: str
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """What the answer needs and `--json` leaves out: the recording's name, the model, subtitles."""

    name: str
    model: str
    english_only: bool
    cues: tuple[Cue, ...]
    taken: Taken | None = None


@dataclass(frozen=True, kw_only=True)
class Transcription:
    """All that was said, "" and [] when nobody spoke; `duration` is seconds of the recording."""

    text: str
    language: str
    segments: list[Said]
    duration: float
    details: InitVar[Details]

    def __post_init__(self, details: Details) -> None:
        self.__dict__["about"] = details

    @property
    def about(self) -> Details:
        about: Details = self.__dict__["about"]
        return about


class Transcribe(Divisible[Transcription]):
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
        settings = load_settings()
        choice = choose(self.name, models=settings.models)
        return shared(load_whisper, choice, device, settings.data_dir / "models")

    def subject(self, name: str, options: Mapping[str, str]) -> str:
        return without_secrets(name, options)

    @contextmanager
    def opened(self, asked: Input) -> Iterator[Input]:
        if asked.path is None:
            raise UserError("Send a recording: I listen to audio and video, I do not read text.")
        language_of(asked)
        asked.progress("Opening", 0.0)
        with scratch_for(asked.path) as scratch, open_recording(asked.path, scratch=scratch) as it:
            yield replace(asked, opened=it)

    def divide(self, model: Any, asked: Input, *, after: Part | None = None) -> Iterator[Part]:
        start = after["end"] if after else 0
        return divide(asked.opened, most=model.batch, start=start, longest=model.longest)

    def work(self, model: Any, asked: Input, part: Part, *, lead: Partial | None) -> Partial:
        language = lead["language"] if lead else language_of(asked)
        written = write_part(model, asked.opened, part, language=language)
        asked.progress("Transcribing", how_far(asked.opened, part["end"]))
        return {
            **written,
            "model": model.label,
            "english_only": model.english_only,
            "whole_only": is_wanted(asked.options),
        }

    def preview(self, lead: Partial) -> Reply | None:
        words = first_words(lead)
        if not words or lead["whole_only"]:  # a number that the next part ends is not known yet
            return None
        return Reply(
            text=f"The first {clock(lead['end'] / RATE)}, so far:", body=shorten(words, SHORT)
        )

    def join(self, model: Any, asked: Input, partials: Sequence[Partial]) -> Transcription:
        result = collect(asked, partials)
        if not language_of(asked):
            english_only = result.about.english_only
            refuse_nonsense(result.language, result.segments, english_only=english_only)
        return result

    def render(self, result: Transcription) -> Reply:
        length = Figure(label="Length", value=clock(result.duration))
        if not result.text:
            return Reply(
                text=NO_SPEECH,
                figures=(length,),
                notes=(f"By {result.about.model}.",),
                audio_seconds=result.duration,
            )
        return Reply(
            text=shorten(result.text, SHORT),
            figures=(
                length,
                Figure(label="Language", value=LANGUAGES.get(result.language, result.language)),
                Figure(label="Words", value=f"{len(result.text.split()):,}"),
                Figure(
                    label="Confidence",
                    value=f"{min(99, round(100 * mean_confidence(result.segments)))} %",
                ),
            ),
            body=write_text(mark(result.segments)) if len(result.segments) > 1 else "",
            files=tuple(attach(result)),
            notes=tuple(describe(result)),
            audio_seconds=result.duration,
        )


def language_of(asked: Input) -> str:
    """The code of the language that was asked for, "" to find out."""
    return read_language(asked.options.get("language", ""))


def how_far(recording: Recording, end: int) -> float:
    """The fraction of a recording that is written down; 0 while its length is not known."""
    return end / max(1, recording.length()) if recording.whole else 0.0


def collect(asked: Input, partials: Sequence[Partial]) -> Transcription:
    """The results of all parts as one, with what its answer needs."""
    transcript, taken = take_out(join(partials), asked)
    said = [
        Said(start=each.start, end=each.end, text=each.text, confidence=each.confidence)
        for each in transcript.segments
    ]
    return Transcription(
        text=" ".join(each.text for each in said),
        language=transcript.language,
        segments=said,
        duration=round(partials[-1]["end"] / RATE, 2),
        details=Details(
            name=name_of(asked),
            model=partials[0]["model"],
            english_only=partials[0]["english_only"],
            cues=tuple(make_cues([each.words for each in transcript.segments])),
            taken=taken,
        ),
    )


def mark(segments: Sequence[Said]) -> list[Said]:
    """Segments with a sign before those that the model was least sure of."""
    return [replace(each, text=marked(each)) for each in segments]


def attach(result: Transcription) -> list[Attachment]:
    """The transcript as text and as both kinds of subtitles."""
    stem = PurePath(result.about.name).stem or "recording"
    written = {
        ".srt": (write_srt(result.about.cues), "Subtitles (SubRip)"),
        ".vtt": (write_vtt(result.about.cues), "Subtitles (WebVTT)"),
        ".txt": (write_text(result.segments), "The whole transcript with times"),
    }
    files = [
        Attachment(name=stem + suffix, content=text.encode(), alt=f"{alt} of {result.about.name}")
        for suffix, (text, alt) in written.items()
    ]
    return [*files, *attach_beeped(stem, result.about.name, result.about.taken)]


def describe(result: Transcription) -> list[str]:
    """The small print."""
    about = result.about
    notes = [f"By {about.model}, on your company's own machine.", *describe_taken(about.taken)]
    return [*notes, *doubts(result.language, result.segments, english_only=about.english_only)]


skill = Transcribe()
