"""The files of a call: the transcript with who said what, as text, subtitles, JSON and DOCX."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from typing import Any

from core.reply import Attachment
from skills.speech.chapters import SpokenChapter
from skills.speech.doubt import marked
from skills.speech.subtitles import Cue, clock, make_cues, write_srt, write_vtt
from skills.speech.turns import Spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A sentence with the name of who says it."""

    start: float
    end: float
    text: str
    confidence: float
    speaker: str


def make_lines(said: Sequence[Spoken], names: Sequence[str]) -> list[Line]:
    """The sentences with names instead of numbers."""
    return [
        Line(
            start=each.start, end=each.end, text=each.text, confidence=each.confidence,
            speaker=names[each.speaker],
        )
        for each in said
    ]  # fmt: skip


def spoken_text(lines: Sequence[Line], chapters: Sequence[SpokenChapter] = ()) -> str:
    """One paragraph a turn: [mm:ss] the name, and what was said; below the titles of chapters."""
    paragraphs: list[str] = []
    before = ""
    waiting = list(chapters)
    for line in lines:
        while waiting and line.start >= waiting[0].start:
            gap = "\n" if paragraphs else ""
            paragraphs.append(f"{gap}== {waiting.pop(0).title} ==")
            before = ""
        if line.speaker == before:
            paragraphs[-1] += f" {marked(line)}"
            continue
        paragraphs.append(f"[{clock(line.start)}] {line.speaker}: {marked(line)}")
        before = line.speaker
    return "".join(f"{each}\n" for each in paragraphs)


def make_spoken_cues(said: Sequence[Spoken], names: Sequence[str]) -> list[Cue]:
    """Subtitles in which a dash and the name open each turn."""
    cues = [(each.speaker, cue) for each in said for cue in make_cues([each.words])]
    named: list[Cue] = []
    before = -1
    for speaker, cue in cues:
        if speaker != before and cue.lines:
            first, *rest = cue.lines
            cue = replace(cue, lines=(f"{names[speaker]}: {first}", *rest))
        named.append(cue)
        before = speaker
    return named


def attach(
    stem: str,
    name: str,
    lines: Sequence[Line],
    cues: Sequence[Cue],
    report: dict[str, Any],
    *,
    chapters: Sequence[SpokenChapter] = (),
    scorecard: Sequence[str] = (),
) -> list[Attachment]:
    """All files; `report` is the whole result as plain values, `name` the recording's.

    The lines of a scorecard stand below what was said.
    """
    text = spoken_text(lines, chapters)
    text += "".join(f"{each}\n" for each in ("", *scorecard) if scorecard)
    docx = write_docx(name, lines, chapters, scorecard)
    written = {
        ".txt": (text.encode(), "Who said what, with times"),
        ".srt": (write_srt(cues).encode(), "Subtitles (SubRip)"),
        ".vtt": (write_vtt(cues).encode(), "Subtitles (WebVTT)"),
        ".json": (json.dumps(report, ensure_ascii=False, indent=1).encode(), "The whole report"),
        ".docx": (docx, "Who said what, as a document"),
    }
    return [
        Attachment(name=stem + suffix, content=content, alt=f"{alt} of {name}")
        for suffix, (content, alt) in written.items()
    ]


def write_docx(
    name: str,
    lines: Sequence[Line],
    chapters: Sequence[SpokenChapter] = (),
    scorecard: Sequence[str] = (),
) -> bytes:
    """The transcript as a document: a heading a chapter, a paragraph a turn, then the scorecard."""
    from docx import Document

    document = Document()
    document.add_heading(_printable(name), level=1)
    before = ""
    waiting = list(chapters)
    for line in lines:
        while waiting and line.start >= waiting[0].start:
            document.add_heading(_printable(waiting.pop(0).title), level=2)
            before = ""
        if line.speaker != before:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{line.speaker} ({clock(line.start)}): ").bold = True
        paragraph.add_run(f"{_printable(line.text)} ")
        before = line.speaker
    for number, text in enumerate(scorecard):
        document.add_paragraph(_printable(text)).runs[0].bold = number == 0
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _printable(text: str) -> str:
    """Without the control characters that XML has no place for."""
    return "".join(letter for letter in text if letter.isprintable())


def plain(result: object) -> dict[str, Any]:
    """A dataclass as JSON values."""
    return asdict(result)  # type: ignore[call-overload, no-any-return]
