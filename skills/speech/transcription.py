"""A transcription: a recording written down part by part, joined, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePath

from core.errors import UserError
from core.reply import Attachment, Figure, Reply
from skills.decode.audio import open_recording
from skills.decode.scratch import scratch_for
from skills.detailed import Detailed
from skills.divisible import Part, Partial
from skills.models.languages import LANGUAGES
from skills.models.whisper import RATE, Whisper
from skills.skill import Input
from skills.speech import parts as parts
from skills.speech.doubt import doubts, marked, mean_confidence, refuse_nonsense
from skills.speech.no_speech import no_speech
from skills.speech.redacted import (
    Taken,
    describe_taken,
    is_wanted,
    name_of,
    take_out,
)
from skills.speech.redacted import attach as attach_beeped
from skills.speech.subtitles import Cue, clock, make_cues, write_srt, write_text, write_vtt
from skills.texts.shortened import shorten

SHORT = 300  # characters of a single sentence, or of the first words


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
class Transcription(Detailed[Details]):
    """All that was said, "" and [] when nobody spoke; `duration` is seconds of the recording."""

    text: str
    language: str
    segments: list[Said]
    duration: float


@contextmanager
def opened(asked: Input) -> Iterator[Input]:
    """The recording, closed in the end; what cannot be understood is refused."""
    if asked.path is None:
        raise UserError("Send a recording: I listen to audio and video, I do not read text.")
    parts.language_of(asked)
    asked.progress("Opening", 0.0)
    with scratch_for(asked.path) as scratch, open_recording(asked.path, scratch=scratch) as it:
        yield replace(asked, opened=it)


def divide(model: Whisper, asked: Input, *, after: Part | None = None) -> Iterator[Part]:
    """The parts of the recording that follow `after`."""
    start = after["end"] if after else 0
    return parts.divide(asked.opened, most=model.batch, start=start, longest=model.longest)


def work(model: Whisper, asked: Input, part: Part, *, lead: Partial | None) -> Partial:
    """The words of a part."""
    language = lead["language"] if lead else parts.language_of(asked)
    asked.progress("Transcribing", parts.how_far(asked.opened, part["start"]))
    written = parts.write_part(model, asked.opened, part, language=language)
    asked.progress("Transcribing", parts.how_far(asked.opened, part["end"]))
    return {**written, "whole_only": is_wanted(asked.options)}


def preview(lead: Partial) -> Reply | None:
    """The first words, as far as they may be shown."""
    return parts.preview(lead, shorten(parts.first_words(lead), SHORT))


def join(asked: Input, partials: Sequence[Partial]) -> Transcription:
    """All that was said, unless it is nonsense."""
    result = collect(asked, partials)
    if not parts.language_of(asked):
        english_only = result.about.english_only
        refuse_nonsense(result.language, result.segments, english_only=english_only)
    return result


def report(result: Transcription) -> Reply:
    """The answer: the words (one sentence alone, more below), how many and how sure, the files."""
    if not result.text:
        return no_speech(model=result.about.model, duration=result.duration)
    length, language = clock(result.duration), LANGUAGES.get(result.language, result.language)
    alone = len(result.segments) == 1
    return Reply(
        text=shorten(result.text, SHORT)
        if alone
        else f"Here is what was said ({length}, {language}):",
        figures=(
            Figure(label="Length", value=length),
            Figure(label="Language", value=language),
            Figure(label="Words", value=f"{len(result.text.split()):,}"),
            Figure(
                label="Confidence",
                value=f"{min(99, round(100 * mean_confidence(result.segments)))} %",
            ),
        ),
        body="" if alone else write_text(mark(result.segments)),
        files=tuple(attach(result)),
        notes=tuple(describe(result)),
        audio_seconds=result.duration,
    )


def collect(asked: Input, partials: Sequence[Partial]) -> Transcription:
    """The results of all parts as one, with what its answer needs."""
    transcript, taken = take_out(parts.join(partials), asked)
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
