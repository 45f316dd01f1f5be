"""Parts of a recording that are written down one by one, on any worker, and joined in order.

Parts lie side by side, each cut where the next stretch of speech begins: what lies in no part or in
two would be lost or doubled. They and their results are plain JSON values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.reply import Reply
from skills.decode.recording import Recording
from skills.models.languages import read_language
from skills.models.stretches import LONGEST, RATE, Stretch
from skills.models.voice_activity import BLOCK, find_speech
from skills.models.whisper import Whisper, Word
from skills.skill import Input
from skills.speech.sentences import Segment
from skills.speech.subtitles import clock
from skills.speech.transcript import Transcript, write_down

Json = Mapping[str, Any]


def language_of(asked: Input) -> str:
    """The code of the language that was asked for, "" to find out."""
    return read_language(asked.options.get("language", ""))


def how_far(recording: Recording, end: int) -> float:
    """The fraction of a recording that is written down; 0 while its length is not known."""
    return end / max(1, recording.length()) if recording.whole else 0.0


def divide(
    recording: Recording, *, most: int, start: int = 0, longest: int = LONGEST
) -> Iterator[Json]:
    """The parts from sample `start` on, up to `most` stretches of speech in each; at least one.

    Each stretch has at most `longest` samples.

    The whole recording is heard anew whatever `start` is, so that the cuts are the same ones.
    """
    waiting: list[Stretch] = []
    for stretch in _after(start, find_speech(recording.blocks(BLOCK), longest=longest)):
        if len(waiting) == most:
            yield _part(start, stretch.start, waiting)
            start, waiting = stretch.start, []
        waiting.append(stretch)
    yield _part(start, max(start, recording.length()), waiting)


def _after(start: int, stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """What of the stretches lies after a sample: all of some, part of one, were a cut to differ."""
    for each in stretches:
        if each.end > start:
            begin = max(start, each.start)
            yield replace(each, start=begin, voiced=min(each.voiced, each.end - begin))


def _part(start: int, end: int, stretches: Sequence[Stretch]) -> Json:
    spoken = [[each.start, each.end, each.voiced] for each in stretches]
    return {"start": start, "end": end, "stretches": spoken}


def write_part(whisper: Whisper, recording: Recording, part: Json, *, language: str) -> Json:
    """What is said in a part; `language` "" finds it out."""
    stretches = [
        Stretch(start=start, end=end, voiced=voiced) for start, end, voiced in part["stretches"]
    ]
    written = write_down(whisper, stretches, read=recording.read, language=language)
    return {
        "end": part["end"],
        "language": written.language,
        "segments": [_packed(each) for each in written.segments],
        "model": whisper.label,
        "english_only": whisper.english_only,
    }


def join(results: Sequence[Json]) -> Transcript:
    """All that was said."""
    segments = tuple(_unpacked(each) for result in results for each in result["segments"])
    return Transcript(language=results[0]["language"] if segments else "", segments=segments)


def first_words(result: Json) -> str:
    """The text of a part."""
    return " ".join(_unpacked(each).text for each in result["segments"])


def preview(lead: Json, words: str) -> Reply | None:
    """The first words of a recording, unless personal data is to be taken out."""
    if not words or lead["whole_only"]:  # a number that the next part ends is not known yet
        return None
    return Reply(text=f"The first {clock(lead['end'] / RATE)}, so far:", body=words)


def _packed(segment: Segment) -> list[Any]:
    words = [[each.text, each.start, each.end, each.probability] for each in segment.words]
    return [segment.start, segment.end, segment.text, segment.confidence, words]


def _unpacked(values: Sequence[Any]) -> Segment:
    start, end, text, confidence, words = values
    return Segment(
        start=start,
        end=end,
        text=text,
        confidence=confidence,
        words=tuple(
            Word(text=text, start=start, end=end, probability=probability)
            for text, start, end, probability in words
        ),
    )
