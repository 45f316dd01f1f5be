"""Text in any usual encoding: bytes of a .txt, .md or .csv become a string, or a plain refusal."""

from __future__ import annotations

import codecs

from core.errors import UserError

SAMPLE = 64 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Western text in cp1252 uses above ASCII; other bytes there hint at another alphabet.
WESTERN = frozenset(
    "äöüÄÖÜßéèêëÉÈÊàâáãåæçñíìîïóòôõøœúùûÿÁÀÂÃÅÆÇÑÍÓÔÕØŒÚ€£§°©®™«»‹›“”„‘’‚–—…•·¿¡½¼²³\xa0"
)
BLANK = frozenset("\t\n\r\f\v\x1c\x1d\x1e\x85")


def decode_text(content: bytes, *, what: str) -> str:
    """The text of a file's bytes; `what` ("text", "table") is how a refusal calls the file.

    Raises UserError when the bytes are no text.
    """
    text = content.decode(find_encoding(content), errors="replace")
    if _is_garbage(text):
        raise UserError(
            f"This file holds no readable {what}: save it again, as UTF-8, and send that."
        )
    return text


def find_encoding(content: bytes) -> str:
    """What Python calls the encoding of some text."""
    return _marked(content) or _unmarked(content)


def _marked(content: bytes) -> str:
    """The encoding that a byte order mark names, or ""."""
    return next((name for mark, name in MARKS if content.startswith(mark)), "")


def _unmarked(content: bytes) -> str:
    """UTF-8 when it is valid, UTF-16 when every second byte is zero, else the likeliest one."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return _zero_bytes(content) or "utf-8"
    return _zero_bytes(content) or _eight_bit(content)


def _zero_bytes(content: bytes) -> str:
    """UTF-16 without a mark shows as zeros on the even (or odd) places of mostly Latin text."""
    sample = content[:SAMPLE]
    if len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0) / len(sample), sample[1::2].count(0) / len(sample)
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.05 else ""


def _eight_bit(content: bytes) -> str:
    """cp1252 where the text looks Western (most exports are), else what the detector says."""
    sample = content[:SAMPLE]
    western = sample.decode("cp1252", errors="replace")
    foreign = sum(letter not in WESTERN for letter in western if ord(letter) > 127)
    above = sum(byte > 127 for byte in sample)
    if foreign == 0 or (foreign / above < 0.1 and above / len(sample) < 0.2):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"


def _is_control(letter: str) -> bool:
    return (ord(letter) < 32 or 127 <= ord(letter) < 160) and letter not in BLANK


def _is_garbage(text: str) -> bool:
    """Whether a decoded text is binary: any zero, or more than a few control characters."""
    sample = text[:SAMPLE]
    if "\x00" in sample:
        return True
    odd = sum(letter == "\ufffd" or _is_control(letter) for letter in sample)
    return odd > 0.02 * len(sample)
