"""A transcript as files: SubRip (.srt), WebVTT (.vtt) and plain text with times (.txt)."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from skills.timed import Timed

LINE, LINES = 42, 2
SHORTEST = 0.7  # seconds that a cue stays at least, where the next leaves room


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue:
    """What is on screen at once: at most two lines."""

    start: float
    end: float
    lines: tuple[str, ...]


def write_srt(cues: Sequence[Cue]) -> str:
    """SubRip: numbered cues, commas before the milliseconds."""
    return "".join(
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{_lines(cue)}\n\n"
        for number, cue in enumerate(cues, start=1)
    )


def write_vtt(cues: Sequence[Cue]) -> str:
    """WebVTT: a header, dots before the milliseconds, &, < and > escaped."""
    return "WEBVTT\n\n" + "".join(
        f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n"
        f"{escape(_lines(cue), quote=False)}\n\n"
        for cue in cues
    )


def write_text(segments: Sequence[Timed]) -> str:
    """One line a segment: [mm:ss] and what was said."""
    return "".join(f"[{clock(each.start)}] {each.text}\n" for each in segments)


def clock(seconds: float) -> str:
    """A time as people write it: 03:07, and 1:03:07 from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def make_cues(sentences: Sequence[Sequence[Timed]]) -> list[Cue]:
    """The words of each sentence as cues of two lines; none overlaps the next."""
    rough = [cue for words in sentences for cue in _cues(words)]
    cues: list[Cue] = []
    for index, cue in enumerate(rough):
        start = max(cue.start, cues[-1].end) if cues else cue.start
        limit = rough[index + 1].start if index + 1 < len(rough) else cue.end + SHORTEST
        end = max(cue.end, min(start + SHORTEST, limit), start + 0.001)
        cues.append(Cue(start=start, end=end, lines=cue.lines))
    return cues


def _cues(words: Sequence[Timed]) -> Iterator[Cue]:
    """One sentence cut wherever the next word would need a third line."""
    start = 0
    for index in range(len(words)):
        following = words[start : index + 2]
        if index + 1 == len(words) or len(_wrap(following)) > LINES:
            shown = words[start : index + 1]
            yield Cue(start=shown[0].start, end=shown[-1].end, lines=tuple(_wrap(shown)))
            start = index + 1


def _wrap(words: Sequence[Timed]) -> list[str]:
    """The lines of some words; "-->" would end a cue's text, so it is written as an arrow."""
    text = " ".join("".join(word.text for word in words).replace("-->", "→").split())
    return textwrap.wrap(text, LINE, break_on_hyphens=False)


def _lines(cue: Cue) -> str:
    return "\n".join(cue.lines)


def _stamp(seconds: float, separator: str) -> str:
    """hh:mm:ss and milliseconds."""
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}{separator}{milliseconds:03}"
