"""Good files to break: small ones of every kind that skills take, each opened without complaint."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from local import samples

LARGEST = 200_000  # a broken byte in a large file is seldom in a place that matters
SECONDS = 1
RATE = 16_000
# Container, codec and rate; Opus takes 48 kHz only.
SOUNDS = (
    ("mp3", "mp3", 16_000), ("m4a", "aac", 16_000), ("ogg", "libopus", 48_000),
    ("flac", "flac", 16_000), ("mkv", "aac", 16_000), ("aiff", "pcm_s16be", 16_000),
    ("avi", "mp3", 16_000),
)  # fmt: skip
PICTURES = ("png", "jpg", "gif", "webp", "tif", "bmp")


def make_good(folder: Path, *, shared: Path | None = None) -> list[Path]:
    """The files, made in `folder`; with those of the shared samples that are small enough."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [samples.report(folder), samples.comments(folder), *_texts(folder)]
    made += [*_office(folder), *_pictures(folder), *_sounds(folder)]
    return made + (_small(shared) if shared else [])


def _small(shared: Path) -> list[Path]:
    """At most eight documents and pictures of each ending, and two clips, which take longest."""
    found: list[Path] = []
    for place, most in (("documents/files", 8), ("images/imagenet", 8), ("speech/clips", 2)):
        taken: dict[str, int] = {}
        for path in sorted((shared / place).rglob("*")):
            small = path.is_file() and 0 < path.stat().st_size <= LARGEST
            if small and taken.get(path.suffix, 0) < most:
                taken[path.suffix] = taken.get(path.suffix, 0) + 1
                found.append(path)
    return found


def _texts(folder: Path) -> Iterable[Path]:
    (folder / "notes.txt").write_text(samples.report_text())
    (folder / "notes.md").write_text(f"# Report\n\n{samples.report_text()}\n\n* one\n* `two`\n")
    (folder / "comments.tsv").write_text("name\tcomment\nada\tI love this release\n" * 5)
    return [folder / "notes.txt", folder / "notes.md", folder / "comments.tsv"]


def _office(folder: Path) -> Iterable[Path]:
    import docx
    import openpyxl

    document = docx.Document()
    document.add_heading("Report")
    for paragraph in samples.report_text().split("\n\n"):
        document.add_paragraph(paragraph)
    document.add_table(rows=2, cols=2).cell(0, 0).text = "A cell of words."
    document.save(str(folder / "report.docx"))
    book = openpyxl.Workbook()
    for row in [("customer", "comment"), *samples.COMMENTS]:
        book.active.append(row)
    book.save(folder / "comments.xlsx")
    return [folder / "report.docx", folder / "comments.xlsx"]


def _pictures(folder: Path) -> Iterable[Path]:
    from PIL import Image

    with Image.open(samples.photo(folder)) as photo:
        small = photo.resize((96, 64))
    for suffix in PICTURES:
        small.save(folder / f"photo.{suffix}")
    frames = [small.rotate(angle).quantize(16) for angle in (0, 90, 180)]
    frames[0].save(folder / "dance.gif", save_all=True, append_images=frames[1:])
    return [*(folder / f"photo.{suffix}" for suffix in PICTURES), folder / "dance.gif"]


def _sounds(folder: Path) -> Iterable[Path]:
    with wave.open(str(folder / "tone.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(_beep(RATE).tobytes())
    yield folder / "tone.wav"
    for suffix, codec, rate in SOUNDS:
        yield _encoded(folder / f"tone-{codec}.{suffix}", codec, rate)


def _encoded(path: Path, codec: str, rate: int) -> Path:
    import av

    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(_beep(rate)[None, :], format="s16", layout="mono")
        frame.sample_rate = rate
        fifo = av.AudioFifo()
        wanted = av.AudioResampler(format=stream.format, layout="mono", rate=rate)
        for piece in wanted.resample(frame):
            fifo.write(piece)
        for piece in fifo.read_many(stream.codec_context.frame_size or 1024, partial=True):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path


def _beep(rate: int) -> NDArray[numpy.int16]:
    """A second of a tone that comes and goes, as 16-bit samples."""
    times = numpy.arange(rate * SECONDS) / rate
    loudness = 0.5 + 0.5 * numpy.sin(2 * numpy.pi * 4 * times)
    return (numpy.sin(2 * numpy.pi * 300 * times) * loudness * 16_000).astype(numpy.int16)
