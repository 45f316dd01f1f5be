"""The nastiest files, made on the spot: bombs, liars, and readers of a file beside them.

`secret` is the file that must never be read for anybody: a text, and a recording with its ending.
"""

from __future__ import annotations

import io
import pickle
import struct
import wave
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from local.samples import pdf

MIB = 1024 * 1024
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
UNPACKED = 400 * MIB


def make_nasty(folder: Path, secret: Path) -> list[Path]:
    """Every file, in `folder`, under a name that a skill takes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in NASTY.items():
        (folder / name).write_bytes(make(secret))
    return [folder / name for name in NASTY]


def zip_bomb(secret: Path) -> bytes:
    """A document of 0.4 MB that unpacks to 400 MB of XML."""
    return _word(b"<w:document>" + bytes(UNPACKED))


def full_archive(secret: Path) -> bytes:
    """An archive of 0.4 MB with a text of 400 MB."""
    return _zip({"notes.txt": bytes(UNPACKED)})


def deep_page(secret: Path) -> bytes:
    """A web page of half a million boxes in each other, and a comment that never ends."""
    return b"<!doctype html><body>" + b"<div>" * (MIB // 2) + b"Words." + b"<!--" * 50_000


def nested_mail(secret: Path) -> bytes:
    """A mail in a mail in a mail, five hundred deep."""
    head = b"From: a@b.c\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    return head * 500 + b"Subject: the innermost\n\nWords.\n"


def nested_zip(secret: Path) -> bytes:
    """Archives in archives, called a document."""
    content = b"the innermost" * 1000
    for depth in range(20):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(3):
                archive.writestr(f"{depth}-{copy}.zip", content)
        content = packed.getvalue()
        if len(content) > MIB:
            break
    return content


def climbing_zip(secret: Path) -> bytes:
    """A document whose parts are named to land elsewhere."""
    packed = io.BytesIO(_word(b"<x/>"))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("../../../../tmp/escaped", b"was here")
        archive.writestr("/tmp/escaped", b"was here")
    return packed.getvalue()


def flate_bomb(secret: Path) -> bytes:
    """A PDF whose page is 400 MB of spaces, packed twice."""
    packed = zlib.compress(zlib.compress(b" " * UNPACKED, 9), 9)
    page = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>" % len(packed)
    whole = pdf([["A page."]])
    start = whole.index(b"<< /Length")
    end = whole.index(b"endstream") + len(b"endstream")
    return whole[:start] + page + b"\nstream\n" + packed + b"\nendstream" + whole[end:]


def huge_header(secret: Path) -> bytes:
    """A picture of 100 bytes that says it is 60,000 by 60,000."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 16, 6, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(bytes(1000)))
        + _chunk(b"IEND", b"")
    )


def endless_comment(secret: Path) -> bytes:
    """A picture whose text chunk unpacks to 400 MB."""
    text = b"Comment\x00\x00" + zlib.compress(bytes(UNPACKED), 9)
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(8 * 25))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [_chunk(b"IHDR", header), _chunk(b"zTXt", text), _chunk(b"IDAT", pixels),
         _chunk(b"IEND", b"")]
    )  # fmt: skip


def concat_playlist(secret: Path) -> bytes:
    """A list for ffmpeg that plays the recording beside it, called .mp3."""
    return b"ffconcat version 1.0\nfile '%s'\n" % str(_recording(secret)).encode()


def near_playlist(secret: Path) -> bytes:
    """The same by a relative name, which ffmpeg holds to be safe."""
    return b"ffconcat version 1.0\nfile '%s'\n" % _recording(secret).name.encode()


def hls_playlist(secret: Path) -> bytes:
    """A streaming playlist that points to the text and to the recording, called .wav."""
    lines = ["#EXTM3U", "#EXT-X-MEDIA-SEQUENCE:0", "#EXTINF:10.0,",
             f"file://{_recording(secret)}",
             "#EXTINF:10.0,", f"concat:{_recording(secret)}|{secret}",
             "#EXT-X-ENDLIST"]  # fmt: skip
    return "\n".join(lines).encode()


def dash_manifest(secret: Path) -> bytes:
    """A manifest of another streaming format, called .mp4."""
    return (
        f'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static">'
        f"<Period><AdaptationSet><Representation id='1'><BaseURL>file://{_recording(secret)}"
        "</BaseURL></Representation></AdaptationSet></Period></MPD>"
    ).encode()


def boastful_wave(secret: Path) -> bytes:
    """A recording whose header promises four gigabytes."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(32_000))
    content = bytearray(made.getvalue())
    content[4:8] = content[40:44] = b"\xff\xff\xff\xfe"
    return bytes(content)


def outside_word(secret: Path) -> bytes:
    """A document with an entity that stands for the secret file."""
    body = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body><w:p><w:r><w:t>These words are before it '
        "&s; and these are behind it.</w:t></w:r></w:p></w:body></w:document>"
    )
    return _word(body.encode())


def laughing_word(secret: Path) -> bytes:
    """A document of a thousand million words by entities within entities."""
    entities = '<!ENTITY a0 "ha ha ha ha ha ">' + "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10)
    )
    body = (
        f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><w:document xmlns:w="{WORD_NAMESPACE}">'
        "<w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    )
    return _word(body.encode())


def outside_sheet(secret: Path) -> bytes:
    """A workbook with an entity that stands for the secret file."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["comment"])
    book.active.append(["I love this release, it is so much faster!"])
    made = io.BytesIO()
    book.save(made)
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        f'<worksheet xmlns="{SHEET_NAMESPACE}"><sheetData><row r="1"><c r="A1" t="inlineStr">'
        "<is><t>comment</t></is></c></row><row r='2'><c r='A2' t='inlineStr'>"
        "<is><t>These are words &s; and more</t></is></c></row></sheetData></worksheet>"
    )
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _zip(parts | {"xl/worksheets/sheet1.xml": sheet.encode()})


def quotes(secret: Path) -> bytes:
    """A table of 10 MB of quotes."""
    return b"comment\n" + b'"' * (10 * MIB)


def one_long_line(secret: Path) -> bytes:
    """A text of 50 MB without a break."""
    return b"word " * (10 * MIB)


def brackets(secret: Path) -> bytes:
    """A text for patterns that try again and again: a megabyte of openings and no end."""
    return b"[(" * (MIB // 4) + b"<a " * (MIB // 12) + b"*_`" * (MIB // 12) + b"<!--" * (MIB // 16)


def pickled(secret: Path) -> bytes:
    """A pickle that runs a command when it is loaded, called .pdf."""

    class Run:
        def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
            return print, (f"{secret} was read",)

    return pickle.dumps(Run())


NASTY: dict[str, Callable[[Path], bytes]] = {
    "bomb.docx": zip_bomb, "nested.docx": nested_zip, "climbing.docx": climbing_zip,
    "flate.pdf": flate_bomb, "pickle.pdf": pickled, "header.png": huge_header,
    "comment.png": endless_comment, "concat.mp3": concat_playlist, "near.mp3": near_playlist,
    "playlist.wav": hls_playlist, "manifest.mp4": dash_manifest, "boastful.wav": boastful_wave,
    "outside.docx": outside_word, "laughing.docx": laughing_word, "outside.xlsx": outside_sheet,
    "full.zip": full_archive, "deep.html": deep_page, "nested.eml": nested_mail,
    "quotes.csv": quotes, "line.txt": one_long_line, "brackets.md": brackets,
}  # fmt: skip


def _recording(secret: Path) -> Path:
    return secret.with_suffix(".wav")


def _chunk(name: bytes, content: bytes) -> bytes:
    """A PNG chunk."""
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def _word(body: bytes) -> bytes:
    """A .docx with this as its document."""
    import docx

    made = io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _zip(parts | {"word/document.xml": body})


def _zip(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
