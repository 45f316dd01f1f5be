"""A transcript without personal data: its words, its file name, and the recording with a tone.

It is changed before anything is made of it, so that no quote, file or figure can hold what it held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.reply import Attachment
from skills.decode.audio import open_recording
from skills.decode.scratch import scratch_for
from skills.models.whisper import Word
from skills.pii.span import LABELS, Span
from skills.skill import Input
from skills.speech.beep import beep
from skills.speech.sentences import Segment
from skills.speech.transcript import Transcript

WANTED = ("yes", "names")
NOTHING = "I found no card numbers, phones, e-mails, addresses, birth dates or ids to take out."


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What was taken out: how many of each kind, and the recording with a tone, b"" for none."""

    found: dict[str, int]
    beeped: bytes = b""


def is_wanted(options: Mapping[str, str]) -> bool:
    """Whether something is to be taken out."""
    return options.get("redact", "no") in WANTED


def take_out(transcript: Transcript, asked: Input) -> tuple[Transcript, Taken | None]:
    """The transcript without what the options want taken out; None where they want nothing."""
    if not is_wanted(asked.options):
        return transcript, None
    from skills.pii.redaction import count, find_in_words, seconds  # as in `_kinds`

    words = [word for each in transcript.segments for word in _words_of(each)]
    spans = find_in_words(words, _kinds(asked.options))
    times = seconds(words, spans)
    left = replace(transcript, segments=tuple(_without(transcript.segments, words, spans)))
    return left, Taken(found=count(spans), beeped=_beeped(asked, times) if times else b"")


def name_of(asked: Input) -> str:
    """The recording's name."""
    name = asked.name or (asked.path.name if asked.path else "")
    return without_secrets(name, asked.options)


def without_secrets(text: str, options: Mapping[str, str]) -> str:
    """A quote as the options want it, or a file's name: telephones write numbers into these."""
    if not is_wanted(options):
        return text
    from skills.pii.redaction import find, redact  # as in `_kinds`

    return redact(text, find(text, _kinds(options)))


def describe_taken(taken: Taken | None) -> Iterator[str]:
    """The small print."""
    if taken is None:
        return
    if not taken.found:
        yield NOTHING
        return
    parts = [f"{LABELS[kind]} ({number})" for kind, number in taken.found.items()]
    yield f"Taken out: {', '.join(parts)}. Check what you pass on: I may have missed some."


def attach(stem: str, name: str, taken: Taken | None) -> Iterator[Attachment]:
    """The recording with a tone, where there is one."""
    if taken is not None and taken.beeped:
        yield Attachment(
            name=f"{stem}.beeped.mp3",
            content=taken.beeped,
            alt=f"{name} with a tone over what was taken out",
        )


def _kinds(options: Mapping[str, str]) -> frozenset[str]:
    """What is to be taken out."""
    # Its patterns take a megabyte, which the bot does without.
    from skills.pii.redaction import ALL_KINDS, DEFAULT_KINDS

    return ALL_KINDS if options["redact"] == "names" else DEFAULT_KINDS


def _beeped(asked: Input, times: Sequence[tuple[float, float]]) -> bytes:
    assert asked.path is not None, "only a recording has a transcript"
    with (
        scratch_for(asked.path) as scratch,
        open_recording(asked.path, scratch=scratch, sides=2) as recording,
    ):
        return beep(recording, times, told=lambda share: asked.progress("Beeping", share))


def _words_of(segment: Segment) -> tuple[Word, ...]:
    """The words; a segment without any is one."""
    if segment.words:
        return segment.words
    whole = Word(
        text=segment.text,
        start=segment.start,
        end=segment.end,
        probability=segment.confidence,
    )
    return (whole,)


def _without(
    segments: Sequence[Segment], words: Sequence[Word], spans: Sequence[Span]
) -> Iterator[Segment]:
    """The segments with labels in place of the spans, in the segment's every part of one."""
    from skills.pii.redaction import lay_out  # as in `_kinds`

    _, places = lay_out(words)
    first = 0
    for segment in segments:
        own = _words_of(segment)
        last = first + len(own)
        there = places[first:last]
        touching = [each for each in spans if each.start < there[-1][1] and there[0][0] < each.end]
        first = last
        if not touching:
            yield segment
            continue
        left = _replaced(own, there, touching)
        yield replace(
            segment,
            text="".join(word.text for word in left).strip(),
            words=tuple(left) if segment.words else (),
        )


def _replaced(
    words: Sequence[Word], places: Sequence[tuple[int, int]], spans: Sequence[Span]
) -> list[Word]:
    """The words of a segment with a label in place of each span.

    What of a word is not in the span (a full stop) stays with the label.
    """
    left: list[Word] = []
    open_spans: list[Span] = []
    for word, (start, end) in zip(words, places, strict=True):
        said, place = "", start
        for span in (each for each in spans if each.start < end and start < each.end):
            said += word.text.lstrip()[place - start : max(place, span.start) - start]
            if span not in open_spans:
                open_spans.append(span)
                said += f"[{LABELS[span.kind]}]"
            place = min(end, span.end)
        said += word.text.lstrip()[place - start :]
        space = word.text[: len(word.text) - len(word.text.lstrip())]
        if any(letter.isalnum() for letter in said) or not left:
            left.append(replace(word, text=space + said))
        elif said or left:
            left[-1] = replace(left[-1], text=left[-1].text + said, end=word.end)
    return left
