"""The fuzzer: good files broken by a seeded chance, so that any of them can be made again.

Each broken file depends on the seed and its own number alone.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.hostile.corpus import Sample, as_sample

SUFFIXES = (".pdf", ".docx", ".pptx", ".txt", ".md", ".html", ".eml", ".zip", ".png", ".jpg",
            ".gif", ".webp", ".tif", ".bmp", ".csv", ".tsv", ".xlsx", ".wav", ".mp3", ".m4a",
            ".ogg", ".flac", ".avi")  # fmt: skip
TELLING = (b"\x00", b"\xff", b"\x7f", b"\x80", b"<", b'"', b"(", b"/", b"\r\n", b"\xd8\x00")
LENGTHS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
HEADER_BYTES = 512

Mutation = Callable[[bytearray, random.Random], None]


def flip_bits(content: bytearray, chance: random.Random) -> None:
    """One to 64 bits, half of the time all of them near the beginning."""
    reach = chance.choice([len(content), min(len(content), HEADER_BYTES)])
    for _ in range(chance.choice([1, 4, 16, 64])):
        content[chance.randrange(reach)] ^= 1 << chance.randrange(8)


def cut_off(content: bytearray, chance: random.Random) -> None:
    """The end, as a broken upload loses it."""
    del content[chance.randrange(1, len(content) + 1) :]


def cut_out(content: bytearray, chance: random.Random) -> None:
    """A block somewhere."""
    start, length = _block(content, chance)
    if length < len(content):
        del content[start : start + length]


def double(content: bytearray, chance: random.Random) -> None:
    """A block, up to 200 times, put anywhere."""
    start, length = _block(content, chance)
    place = chance.randrange(len(content) + 1)
    content[place:place] = content[start : start + length] * chance.choice([1, 2, 20, 200])


def lie_about_a_length(content: bytearray, chance: random.Random) -> None:
    """Two or four bytes become an edge case of a length, an offset or a size."""
    width = chance.choice([2, 4])
    if len(content) < width:
        return
    reach = chance.choice([len(content), min(len(content), HEADER_BYTES)])
    place = chance.randrange(max(1, reach - width))
    value = chance.choice(LENGTHS) & ((1 << 8 * width) - 1)
    content[place : place + width] = value.to_bytes(width, chance.choice(["big", "little"]))


def sow_telling_bytes(content: bytearray, chance: random.Random) -> None:
    """Bytes that mean something to parsers: zeros, quotes, brackets, half a surrogate."""
    for _ in range(chance.choice([1, 10, 100])):
        place = chance.randrange(len(content))
        content[place : place + 1] = chance.choice(TELLING)


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits, cut_off, cut_out, double, lie_about_a_length, sow_telling_bytes,
)  # fmt: skip


def mutate(content: bytes, chance: random.Random) -> bytes:
    """The content after one to three mutations; mostly inside of a zip file, not around it."""
    if content.startswith(b"PK\x03\x04") and chance.random() < 0.7:
        return _mutate_part(content, chance)
    broken = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 3])):
        if broken:
            chance.choice(MUTATIONS)(broken, chance)
    return bytes(broken)


def _mutate_part(content: bytes, chance: random.Random) -> bytes:
    """A zip file with one part broken and its checksum right, so that a parser sees the damage."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = chance.choice([name for name in parts if parts[name]])
    parts[part] = mutate(parts[part], chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def fuzzed(
    good: Sequence[Path], folder: Path, *, numbers: Sequence[int], seed: int
) -> Iterator[Sample]:
    """One broken file for each number, made just before it is used."""
    for number in numbers:
        chance = random.Random(f"{seed}.{number}")
        source = good[number % len(good)]
        suffix = chance.choice(SUFFIXES) if chance.random() < 0.1 else source.suffix
        path = folder / f"{number:05}-{source.stem}{suffix}"
        path.write_bytes(mutate(source.read_bytes(), chance))
        yield as_sample(path, name=path.name)


def _block(content: bytearray, chance: random.Random) -> tuple[int, int]:
    """The place and length of a block of at most 4 KiB."""
    length = chance.randint(1, min(4096, len(content)))
    return chance.randrange(len(content) - length + 1), length
