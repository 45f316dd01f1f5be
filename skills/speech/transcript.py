"""A transcript: what was said when, made from a recording by any Whisper, and nothing invented.

Speech is found first, decoded in batches, tried again where the model was stuck or unsure, and
thrown away where it looks made up.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from skills.models.stretches import RATE, Stretch
from skills.models.voice_activity import BLOCK, find_speech
from skills.models.whisper import Decoded, Whisper
from skills.speech.sentences import Segment, make_sentences

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Samples = NDArray[numpy.int16]
    Sound = NDArray[numpy.float32]

UNSURE = -1.0  # mean log probability, OpenAI's own threshold
# A window below this is heard again, in more time and with a wider search. It costs a tenth more of
# clear speech and a third of a call's, and halves the words that are wrong in a telephone call:
# docs/decisions/0003-choose-speech-backend.md.
DOUBTFUL = -0.3
LONGER, WHOLE = 8, 30  # seconds in which what was not clear is heard again
BEAMS = 0.0  # the temperature that searches by beams, where a library has them
HOPELESS = -1.3
REPETITIVE = 2.4  # compression ratio, OpenAI's own threshold
NO_SPEECH = 0.6
MOST_LETTERS_A_SECOND = 40
ENGLISH = 0.2  # a model that is good at English only hears English from this probability on
# What Whisper writes when it hears nothing: the last words of a million videos.
INVENTED = frozenset(
    {
        "thank you for watching", "thanks for watching", "thank you so much for watching",
        "please subscribe", "like and subscribe", "subtitles by the amara org community",
        "thank you", "thanks", "you", "bye", "bye bye", "music", "applause", "okay", "oh", "so",
        "silence", "the end", "i m sorry", "hmm", "ah", "uh", "mm", "shh",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Transcript:
    """What was said, in a whole recording or a part of it, and in what language."""

    language: str
    segments: tuple[Segment, ...]


def transcribe(whisper: Whisper, samples: Samples, *, language: str = "") -> Transcript:
    """What is said in samples that are all there."""
    blocks = (samples[first : first + BLOCK] for first in range(0, len(samples), BLOCK))
    stretches = list(find_speech(blocks, longest=whisper.longest))
    read = lambda start, end: samples[start:end]  # noqa: E731
    written = write_down(whisper, stretches, read=read, language=language)
    return written if written.segments else replace(written, language="")


def write_down(
    whisper: Whisper,
    stretches: Sequence[Stretch],
    *,
    read: Callable[[int, int], Samples],
    language: str = "",
) -> Transcript:
    """What is said in stretches of speech, whose samples `read` gives.

    The language, when not given, is that of the first batch; "" where there is none.
    """
    segments: list[Segment] = []
    for first in range(0, len(stretches), whisper.batch):
        batch = stretches[first : first + whisper.batch]
        sounds = [_floats(read(each.start, each.end)) for each in batch]
        heard = whisper.encode(sounds)
        language = language or _choose_language(whisper, heard, batch)
        segments += _hear(whisper, heard, sounds, batch, language)
    return Transcript(language=language, segments=tuple(segments))


def _floats(samples: Samples) -> Sound:
    """Samples as the floats that models hear."""
    import numpy

    return samples.astype(numpy.float32) / numpy.float32(32768)


def _choose_language(whisper: Whisper, heard: Any, batch: Sequence[Stretch]) -> str:
    """The likeliest language over the first batch, where more speech says more."""
    totals: dict[str, float] = {}
    for stretch, found in zip(batch, whisper.languages(heard), strict=True):
        for code, probability in found.items():
            totals[code] = totals.get(code, 0.0) + probability * stretch.voiced
    best = max(totals, key=lambda code: totals[code])
    english = totals.get("en", 0.0) >= ENGLISH * sum(each.voiced for each in batch)
    return "en" if whisper.english_only and english else best


def _hear(
    whisper: Whisper,
    heard: Any,
    sounds: Sequence[Sound],
    batch: Sequence[Stretch],
    language: str,
) -> Iterator[Segment]:
    """The segments of one batch, without what was made up."""
    decoded = _decode(whisper, heard, sounds, language)
    seconds = [len(sound) / RATE for sound in sounds]
    aligned = whisper.align(heard, decoded, language=language, seconds=seconds)
    for stretch, each, words in zip(batch, decoded, aligned, strict=True):
        if not is_invented(each, voiced=stretch.voiced / RATE):
            yield from make_sentences(words, offset=stretch.start / RATE, language=language)


def _decode(whisper: Whisper, heard: Any, sounds: Sequence[Sound], language: str) -> list[Decoded]:
    """One text a window; those that are doubtful or look wrong are heard again, the best is kept.

    What looks wrong is heard as 30 s, as the model was trained, and searched ever more widely.
    """
    best = whisper.decode(heard, language=language)

    def hear_again(places: Sequence[int], *, at_least: int, temperature: float) -> None:
        again = whisper.encode([sounds[place] for place in places], at_least=at_least)
        attempts = whisper.decode(again, language=language, temperature=temperature)
        for place, attempt in zip(places, attempts, strict=True):
            best[place] = max(best[place], attempt, key=_worth)

    doubtful = [place for place, each in enumerate(best) if _is_doubtful(each)]
    if doubtful and BEAMS in whisper.temperatures:
        hear_again(doubtful, at_least=LONGER, temperature=BEAMS)
    for temperature in whisper.temperatures:
        wrong = [place for place, each in enumerate(best) if _looks_wrong(each)]
        if not wrong:
            break
        hear_again(wrong, at_least=WHOLE, temperature=temperature)
    return best


def _is_doubtful(decoded: Decoded) -> bool:
    """Not wrong as it looks, and not sure."""
    return decoded.mean_log_probability < DOUBTFUL and not _looks_wrong(decoded)


def _looks_wrong(decoded: Decoded) -> bool:
    """Stuck in a loop, or unsure although somebody speaks."""
    unsure = decoded.mean_log_probability < UNSURE
    silent = decoded.no_speech > NO_SPEECH and unsure
    return not silent and (unsure or _looped(decoded))


def _worth(decoded: Decoded) -> tuple[bool, float]:
    """How good an attempt is: not a loop, then likely."""
    return not _looped(decoded), decoded.mean_log_probability


def is_invented(decoded: Decoded, *, voiced: float) -> bool:
    """Whether the model wrote a text that nobody said; `voiced` is seconds of speech."""
    unsure = decoded.mean_log_probability < UNSURE
    return (
        not any(letter.isalnum() for letter in decoded.text)
        or decoded.mean_log_probability < HOPELESS
        or (decoded.no_speech > NO_SPEECH and unsure)
        or _looped(decoded)
        or len(decoded.text) > MOST_LETTERS_A_SECOND * max(voiced, 0.5)
        or (_plain(decoded.text) in INVENTED and (unsure or decoded.no_speech > NO_SPEECH))
    )


def _looped(decoded: Decoded) -> bool:
    """Whether the model wrote the same over and over: it never ended, or zlib shrinks it much."""
    data = decoded.text.encode()
    return not decoded.ended or len(data) > REPETITIVE * len(zlib.compress(data))


def _plain(text: str) -> str:
    """A text in lower case with its words only."""
    letters = "".join(letter if letter.isalnum() else " " for letter in text.lower())
    return " ".join(letters.split())
