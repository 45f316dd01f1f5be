"""Pictures as people send them, turned into small upright RGB pixels of a size a model wants.

`open_pictures` is what skills call; `decode_file` is its half inside the sandboxed child. Only six
formats are tried, however a file is named: each further parser is one more way in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from skills.decode.sandbox import output_size, run_decoder_many
from skills.decode.scratch import scratch_for

if TYPE_CHECKING:
    import numpy
    from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP")
READABLE = "JPEG, PNG, WebP, GIF, TIFF and BMP"
MAX_MEGAPIXELS = 50
MAX_PIXELS = MAX_MEGAPIXELS * 1_000_000
MAX_MEMORY_BYTES = 1024**3  # 50 megapixels with transparency, twice over, and Python
MAX_SECONDS = 15
LONGEST = 4  # a banner is cut to four times its height: its ends would be lost by resizing anyway
DAMAGED = "This picture is damaged: open it on your machine, save it again as JPEG and send that."
EMPTY = "This picture is empty (0 bytes): send it again."
NOT_A_PICTURE = f"This is not a picture I can open: I read {READABLE}."
PHONE_FORMAT = "This picture is in a phone format (HEIC): save it as JPEG and send that."
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """Upright pixels (rows, columns, red-green-blue bytes) and what the file itself said."""

    pixels: numpy.ndarray[Any, Any]
    width: int
    height: int
    moving: bool


def open_pictures(paths: Sequence[Path], *, short_side: int) -> list[Picture | UserError]:
    """Each picture with its shorter side at `short_side`, or the sentence that refuses it."""
    if not paths:
        return []
    with scratch_for(paths[0]) as folder:
        answers = run_decoder_many(
            "skills.decode.images:decode_file",
            paths,
            out_dir=folder,
            options={"short_side": short_side},
            seconds=MAX_SECONDS,
            memory_bytes=MAX_MEMORY_BYTES,
            damaged=DAMAGED,
        )
        return [
            answer
            if isinstance(answer, UserError)
            else _read(folder / str(index), answer, short_side=short_side)
            for index, answer in enumerate(answers)
        ]


def _read(folder: Path, answer: dict[str, Any], *, short_side: int) -> Picture | UserError:
    """The pixels that a child left, if they are what it should have left."""
    import numpy

    columns, rows = int(answer["columns"]), int(answer["rows"])
    left = folder / "pixels"
    size = output_size(left)  # looked at before it fills our memory
    if min(columns, rows) != short_side or size != columns * rows * 3:
        return UserError(DAMAGED)
    return Picture(
        pixels=numpy.fromfile(left, numpy.uint8, count=size).reshape(rows, columns, 3),
        width=int(answer["width"]),
        height=int(answer["height"]),
        moving=bool(answer["moving"]),
    )


def decode_file(path: Path, out_dir: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Open, check by its header, shrink, turn upright; the pixels are the file `pixels`."""
    from PIL import Image

    short_side = int(options["short_side"])
    Image.MAX_IMAGE_PIXELS = None  # we check ourselves, to name the size in the refusal
    with _identify(path) as image:
        width, height = image.size
        _check_size(width, height)
        Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # for frames that are larger than the header said
        # Twice the size still lets JPEG decode at 1/2 to 1/8, which is where its time goes.
        image.draft(image.mode, (short_side * 2, short_side * 2))
        moving = bool(getattr(image, "is_animated", False)) and image.format != "TIFF"
        small = _upright(_shrink(image, short_side), image)
        flat = _flatten(small)
    (out_dir / "pixels").write_bytes(flat.tobytes())
    columns, rows = flat.size
    return {
        "columns": columns, "rows": rows, "width": width, "height": height, "moving": moving,
    }  # fmt: skip


def _identify(path: Path) -> Image.Image:
    """The file opened as one of our formats, by its content."""
    from PIL import Image, UnidentifiedImageError

    with path.open("rb") as file:
        head = file.read(16)
    if not head:
        raise UserError(EMPTY)
    if head[4:8] == b"ftyp" and head[8:11] in (b"hei", b"hev", b"mif", b"msf"):
        raise UserError(PHONE_FORMAT)
    try:
        return Image.open(path, formats=FORMATS)
    except UnidentifiedImageError:
        raise UserError(DAMAGED if head.startswith(SIGNATURES) else NOT_A_PICTURE) from None


def _check_size(width: int, height: int) -> None:
    """Refuse by the header, before memory is spent."""
    if width * height > MAX_PIXELS:
        raise UserError(
            f"This picture has {width * height / 1e6:.0f} megapixels and I take at most "
            f"{MAX_MEGAPIXELS}: make it smaller and send it again."
        )
    if width < 1 or height < 1:
        raise UserError(DAMAGED)


def _shrink(image: Image.Image, short_side: int) -> Image.Image:
    """The shorter side at `short_side`; deep, paletted and printing colours become plain first."""
    from PIL import Image

    image.load()
    plain = _plain(image)
    width, height = plain.size
    shorter = min(width, height)
    cut_x, cut_y = (
        max(0, width - shorter * LONGEST) // 2,
        max(0, height - shorter * LONGEST) // 2,
    )
    box = (cut_x, cut_y, width - cut_x, height - cut_y)
    scale = short_side / shorter
    size = (
        max(short_side, round((box[2] - box[0]) * scale)),
        max(short_side, round((box[3] - box[1]) * scale)),
    )
    return plain.resize(size, Image.Resampling.BICUBIC, box=box, reducing_gap=3.0)


def _plain(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where something is see-through, with 8 bits a channel."""
    if image.mode.startswith(("I", "F")):
        return _shallow(image)
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def _shallow(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits in 8; whole numbers of 16 bits keep their black and white."""
    low, high = (float(bound) for bound in image.getextrema() if not isinstance(bound, tuple))
    if image.mode.startswith("I;16") or (image.mode == "I" and 255 < high <= 65535):
        low, high = 0, 65535
    elif image.mode == "I" and low >= 0 and high <= 255:
        low, high = 0, 255
    scale = 255 / ((high - low) or 1)
    offset = -low * scale
    return image.convert("F").point(lambda value: value * scale + offset).convert("L")


def _upright(small: Image.Image, source: Image.Image) -> Image.Image:
    """Turned as the camera was held; a TIFF is turned by Pillow as it loads."""
    from PIL import Image

    turns = Image.Transpose
    by_orientation = {
        2: turns.FLIP_LEFT_RIGHT, 3: turns.ROTATE_180, 4: turns.FLIP_TOP_BOTTOM,
        5: turns.TRANSPOSE, 6: turns.ROTATE_270, 7: turns.TRANSVERSE, 8: turns.ROTATE_90,
    }  # fmt: skip
    if source.format == "TIFF":
        return small
    try:
        orientation = source.getexif().get(0x0112, 1)
    except Exception:  # a broken note about the picture does not break the picture
        return small
    turn = by_orientation.get(orientation)
    return small if turn is None else small.transpose(turn)


def _flatten(small: Image.Image) -> Image.Image:
    """See-through parts on white, as a page would show them."""
    from PIL import Image

    if small.mode != "RGBA":
        return small.convert("RGB")
    page = Image.new("RGBA", small.size, "white")
    return Image.alpha_composite(page, small).convert("RGB")
