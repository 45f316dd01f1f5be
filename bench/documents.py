"""Documents: pages a second of a 300-page PDF, and how soon its first points are on the screen.

The peer is the plain thing: pypdfium2's text, sentences by a regular expression, transformers'
feature-extraction pipeline over the same MiniLM in batches, the most central sentences of all. It
knows no columns, headings or page furniture, and has nothing to show before its end.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.figure import Figure, interleave, median
from bench.prose import Prose
from core.reply import Reply
from local.samples import pdf
from skills.models.device import resolve_device
from skills.models.lock import locate
from skills.skill import Input
from skills.summarize import skill

PAGES = 300
ROUNDS = 3  # a round of the peer takes a minute or two
WARM_PAGES = 20
PEER_BATCH = 32
COUNT = 7


def measure(pages: int = PAGES, *, quick: bool = False) -> list[Figure]:
    """Pages a second and seconds to the first points, of the same file in the same rounds."""
    pages, rounds = (WARM_PAGES * 2, 1) if quick else (pages, ROUNDS)
    device = resolve_device("auto")
    with tempfile.TemporaryDirectory() as folder:
        long, short = (write(Path(folder), count) for count in (pages, WARM_PAGES))
        ours, peer = Ours(skill.load(device)), Peer(load_peer(device))
        ours.read(short), peer.read(short)
        first: list[float] = []

        def read() -> float:
            run = ours.read(long)
            first.append(run.first)
            return run.whole

        whole, others = interleave(read, lambda: peer.read(long), rounds=rounds, warm=False)
    return _figures(pages, whole=median(whole), first=median(first), peer=median(others))


def _figures(pages: int, *, whole: float, first: float, peer: float) -> list[Figure]:
    words = "pypdfium2 + transformers feature-extraction (fp32, batches of 32) + centrality"
    return [
        Figure(
            name="documents",
            ours=pages / whole,
            peer=pages / peer,
            unit="pages/s",
            peer_is=words,
            quality={"words a page": f"{_words_a_page(pages):.0f}"},
        ),
        Figure(
            name="documents: first points",
            ours=first,
            peer=peer,
            unit="s",
            peer_is=f"{words}, which shows nothing before its end",
            less=True,
            quality={"pages": str(pages)},
        ),
    ]


def write(folder: Path, pages: int) -> Path:
    """A PDF of so many pages of prose."""
    path = folder / f"{pages} pages.pdf"
    path.write_bytes(pdf(list(Prose().pages(pages))))
    return path


def _words_a_page(pages: int) -> float:
    return sum(len(line.split()) for page in Prose().pages(pages) for line in page) / pages


@dataclass(slots=True)
class Run:
    """When the first points were known and when the answer was, in seconds from the start."""

    first: float = 0.0
    whole: float = 0.0
    started: float = field(default_factory=time.perf_counter)

    def see(self, preview: Reply) -> None:
        """The first preview."""
        self.first = self.first or time.perf_counter() - self.started


@dataclass(frozen=True, slots=True)
class Ours:
    """`/summarize` as a worker runs it, the sandboxed child included."""

    model: Any

    def read(self, path: Path) -> Run:
        """One document from its file to its answer in words."""
        run = Run()
        given = skill.prepare(Input(path=path, name=path.name, preview=run.see))
        (result,) = skill.run(self.model, [given])
        skill.render(result)
        run.whole = time.perf_counter() - run.started
        run.first = run.first or run.whole
        return run


@dataclass(frozen=True, slots=True)
class Peer:
    """The same by hand, in the worker's own process."""

    embed: Callable[[list[str]], Any]

    def read(self, path: Path) -> float:
        """Seconds from the file to the most central sentences."""
        import pypdfium2

        start = time.perf_counter()
        document = pypdfium2.PdfDocument(path)
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        sentences = re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
        vectors = self.embed(sentences)
        likeness = vectors @ vectors.T
        chosen = likeness.mean(axis=0).argsort()[-COUNT:]
        assert len(chosen) == COUNT
        return time.perf_counter() - start


def load_peer(device: str) -> Callable[[list[str]], Any]:
    """transformers' pipeline over the bundled MiniLM, sorted by length, in batches."""
    import numpy
    import torch
    from transformers import AutoModel, AutoTokenizer, pipeline

    torch.set_num_threads(len(os.sched_getaffinity(0)))
    folder = str(locate("minilm")["model/config.json"].parent)
    extract: Any = pipeline(
        "feature-extraction",
        model=AutoModel.from_pretrained(folder),
        tokenizer=AutoTokenizer.from_pretrained(folder),
        device=device,
    )

    def embed(sentences: list[str]) -> Any:
        order = sorted(range(len(sentences)), key=lambda place: len(sentences[place]))
        texts = [sentences[place] for place in order]
        rows = extract(texts, batch_size=PEER_BATCH, truncation=True, return_tensors="pt")
        means = numpy.stack([row[0].mean(0).cpu().numpy() for row in rows])
        vectors = numpy.empty_like(means)
        vectors[order] = means / numpy.linalg.norm(means, axis=1, keepdims=True)
        return vectors

    return embed
