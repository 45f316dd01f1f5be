"""The summarizer: picks sentences, or has a model write them and keeps what is supported."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from core.errors import UserError
from skills.models.generator import Writer, load_generator
from skills.models.lock import choose
from skills.models.minilm import load_minilm
from skills.models.shared import shared
from skills.skill import Progress
from skills.texts.candidates import SECTIONS, Candidate, find_candidates, thin_out
from skills.texts.extract import Embedder, Vectors, pick
from skills.texts.material import Material
from skills.texts.support import find_support

MOST_CANDIDATES = 1_500
MOST_POINTS = 20  # that an answer shows
FIRST_CANDIDATES = 120  # enough to choose from, and embedded in a third of a second
NO_SENTENCES = (
    "I found no whole sentences in this to pick from: send a text with punctuation, not only "
    "names, code or figures."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """The points chosen, in the order of the material; `written` when a model worded them.

    `left_out` counts passages that are too long for the model to be shown.
    """

    points: list[Candidate]
    written: bool
    left_out: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Summarizer:
    """MiniLM, and a writer in the hub profile."""

    minilm: Embedder
    writer: Writer | None = None

    def digest(
        self, material: Material, *, count: int, progress: Progress, vectors: Vectors | None = None
    ) -> Digest:
        """The best `count` points of the material; `vectors` has those that are known already.

        Raises UserError when there are no sentences in it.
        """
        vectors = vectors or Vectors(self.minilm)
        if material.parts:
            return self._digest_parts(material, count=count, progress=progress, vectors=vectors)
        if self.writer is not None:
            parts, left_out = _parts(material, self.writer)
            written = self._write(
                self.writer, material, parts, vectors, count=count, progress=progress
            )
            if written:
                return Digest(points=written, written=True, left_out=left_out)
        candidates = thin_out(find_candidates(material.passages), most=MOST_CANDIDATES)
        if not candidates:
            raise UserError(NO_SENTENCES)
        points = _pick(candidates, vectors, count=count, lead=material.lead, progress=progress)
        return Digest(points=points, written=False)

    def _digest_parts(
        self, material: Material, *, count: int, progress: Progress, vectors: Vectors
    ) -> Digest:
        """Each file within a file has points of its own, one at least if it has a sentence."""
        parts = len(material.parts)
        each = max(1, min(-(-count // parts), MOST_POINTS // parts))
        digests: list[Digest] = []
        for part in range(parts):
            with suppress(UserError):  # one without a sentence
                own = material.of_part(part)
                digests.append(self.digest(own, count=each, progress=progress, vectors=vectors))
        if not digests:
            raise UserError(NO_SENTENCES)
        return Digest(
            points=[point for digest in digests for point in digest.points],
            written=any(digest.written for digest in digests),
            left_out=sum(digest.left_out for digest in digests),
        )

    def first_points(
        self,
        material: Material,
        *,
        share: float,
        count: int,
        progress: Progress,
        vectors: Vectors,
    ) -> list[Candidate]:
        """The best points of the first `share` (0..1) of a document, none without sentences.

        Thinned out as the whole will be, so that most of what is embedded is needed then, too.
        """
        candidates = thin_out(
            find_candidates(material.passages),
            most=max(FIRST_CANDIDATES, round(share * MOST_CANDIDATES)),
            sections=max(1, round(share * SECTIONS)),
        )
        return _pick(candidates, vectors, count=count, lead=material.lead, progress=progress)

    def _write(
        self,
        writer: Writer,
        material: Material,
        parts: Sequence[Sequence[int]],
        vectors: Vectors,
        *,
        count: int,
        progress: Progress,
    ) -> list[Candidate]:
        """Map: the writer words each part. Reduce: of what is supported, the most central points.

        Nothing is rewritten a second time, so that every point keeps the passage it came from.
        """
        supported: list[Candidate] = []
        for number, part in enumerate(parts):
            progress("Writing", number / len(parts))
            text = "\n".join(_said(material, place) for place in part)
            lines = writer.write(text, count=count)
            passages = [(place, material.passages[place]) for place in part]
            supported += find_support(self.minilm, lines, passages)
        supported.sort(key=lambda each: each.passage)
        if len(supported) <= count:
            return supported
        return _pick(supported, vectors, count=count, lead=material.lead, progress=progress)


def _pick(
    candidates: list[Candidate], vectors: Vectors, *, count: int, lead: bool, progress: Progress
) -> list[Candidate]:
    if not candidates:
        return []
    rows = vectors.of(
        [each.text for each in candidates],
        progress=lambda part: progress("Weighing sentences", part),
    )
    return [candidates[place] for place in pick(candidates, rows, count=count, lead=lead)]


def _said(material: Material, place: int) -> str:
    """A passage as the writer reads it; in a thread with who said it."""
    passage = material.passages[place]
    author, _, number = passage.source.rpartition(", message ")
    return f"{author}: {passage.text}" if author and number else passage.text


def _parts(material: Material, writer: Writer) -> tuple[list[Sequence[int]], int]:
    """The passages' places in runs that fit the writer's context; how many are longer than it."""
    parts: list[list[int]] = [[]]
    room = writer.room
    left_out = 0
    for place in range(len(material.passages)):
        size = writer.count_tokens(_said(material, place)) + 1
        if size > writer.room:
            left_out += 1
            continue
        if size > room:
            parts.append([])
            room = writer.room
        parts[-1].append(place)
        room -= size
    return [part for part in parts if part], left_out


def load_summarizer(device: str, *, models: str) -> Summarizer:
    """What the MODELS setting says.

    Raises SetupError when its files are missing, changed or unreachable.
    """
    choice = choose("summarize", models=models)
    writer = None if choice.profile == "bundled" else load_generator(choice, device=device)
    return Summarizer(minilm=shared(load_minilm, device), writer=writer)
