"""Pictures: six formats, every mode and orientation, small upright pixels or one sentence."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest
from PIL import Image

from core.errors import UserError
from skills.decode.images import (
    DAMAGED,
    EMPTY,
    NOT_A_PICTURE,
    PHONE_FORMAT,
    Picture,
    open_pictures,
)

SIDE = 64
ORIENTATION = 0x0112
# Where the dark half of a picture lies that was dark on top before the note says how to turn it.
DARK_SIDE = {
    1: "top", 2: "top", 3: "bottom", 4: "bottom", 5: "left", 6: "right", 7: "right", 8: "left",
}  # fmt: skip


def open_one(path: Path) -> Picture:
    picture = open_pictures([path], short_side=SIDE)[0]
    assert isinstance(picture, Picture), picture
    return picture


def refusal(path: Path) -> str:
    refused = open_pictures([path], short_side=SIDE)[0]
    assert isinstance(refused, UserError), refused
    return str(refused)


def half_dark() -> Image.Image:
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste("black", (0, 0, 400, 150))
    return picture


def dark_side(pixels: numpy.ndarray) -> str:
    rows, columns = pixels.shape[:2]
    edges = {
        "top": pixels[4, columns // 2],
        "bottom": pixels[-5, columns // 2],
        "left": pixels[rows // 2, 4],
        "right": pixels[rows // 2, -5],
    }
    return min(edges, key=lambda edge: edges[edge].mean())


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif", "tif", "bmp"])
def test_every_format_becomes_pixels_with_the_shorter_side_wanted(
    suffix: str, tmp_path: Path
) -> None:
    half_dark().save(tmp_path / f"a.{suffix}")

    picture = open_one(tmp_path / f"a.{suffix}")

    assert picture.pixels.shape == (SIDE, 85, 3)
    assert dark_side(picture.pixels) == "top"


def test_a_wrong_name_does_not_matter(tmp_path: Path) -> None:
    half_dark().save(tmp_path / "a.png", format="JPEG")

    assert open_one(tmp_path / "a.png").width == 400


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize(("orientation", "side"), DARK_SIDE.items())
def test_pictures_stand_upright(orientation: int, side: str, suffix: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    half_dark().save(tmp_path / f"a.{suffix}", exif=exif)

    assert dark_side(open_one(tmp_path / f"a.{suffix}").pixels) == side


def test_see_through_parts_are_white(tmp_path: Path) -> None:
    Image.new("RGBA", (90, 90), (255, 0, 0, 0)).save(tmp_path / "a.png")

    assert open_one(tmp_path / "a.png").pixels.min() == 255


def test_a_see_through_palette_colour_is_white(tmp_path: Path) -> None:
    Image.new("P", (90, 90), 0).save(tmp_path / "a.png", transparency=0)

    assert open_one(tmp_path / "a.png").pixels.min() == 255


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_colour_mode_of_png_is_read(mode: str, tmp_path: Path) -> None:
    half_dark().convert(mode).save(tmp_path / "a.png")

    assert dark_side(open_one(tmp_path / "a.png").pixels) == "top"


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_printing_colours_are_read(suffix: str, tmp_path: Path) -> None:
    Image.new("RGB", (90, 90), (250, 10, 10)).convert("CMYK").save(tmp_path / f"a.{suffix}")

    colour = open_one(tmp_path / f"a.{suffix}").pixels[30, 30]

    assert numpy.abs(colour.astype(int) - (250, 10, 10)).max() < 20


@pytest.mark.parametrize(
    ("numbers", "suffix"),
    [("uint16", "png"), ("uint16", "tif"), ("int32", "tif"), ("float32", "tif")],
)
def test_deep_grey_keeps_its_range(numbers: str, suffix: str, tmp_path: Path) -> None:
    ramp = numpy.linspace(0, 65535, 90 * 90).reshape(90, 90).astype(numbers)
    Image.fromarray(ramp).save(tmp_path / f"a.{suffix}")

    pixels = open_one(tmp_path / f"a.{suffix}").pixels

    assert (pixels[0].mean() < 10, pixels[-1].mean() > 245) == (True, True)


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_a_moving_picture_gives_its_first_frame_and_says_so(suffix: str, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (90, 90), colour) for colour in ("black", "white")]
    frames[0].save(tmp_path / f"a.{suffix}", save_all=True, append_images=frames[1:])

    picture = open_one(tmp_path / f"a.{suffix}")

    assert picture.moving
    assert picture.pixels.max() < 10


def test_a_still_picture_does_not_move(tmp_path: Path) -> None:
    half_dark().save(tmp_path / "a.gif")

    assert not open_one(tmp_path / "a.gif").moving


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (20000, 10)])
def test_odd_shapes_are_read(size: tuple[int, int], tmp_path: Path) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "a.png")

    assert min(open_one(tmp_path / "a.png").pixels.shape[:2]) == SIDE


def test_fifty_megapixels_are_taken(tmp_path: Path) -> None:
    Image.new("L", (7071, 7071)).save(tmp_path / "a.jpg")

    assert open_one(tmp_path / "a.jpg").height == 7071


def test_sixty_megapixels_are_refused_with_their_number(tmp_path: Path) -> None:
    Image.new("1", (10000, 6000)).save(tmp_path / "a.png")

    assert refusal(tmp_path / "a.png").startswith("This picture has 60 megapixels")


def test_an_empty_file_is_named_so(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()

    assert refusal(tmp_path / "a.jpg") == EMPTY


@pytest.mark.parametrize("content", [b"hello", b"%PDF-1.7\n", b"<svg/>", b"\0" * 64])
def test_what_is_no_picture_is_named_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(content)

    assert refusal(tmp_path / "a.jpg") == NOT_A_PICTURE


def test_a_phone_format_is_named_so(tmp_path: Path) -> None:
    (tmp_path / "a.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")

    assert refusal(tmp_path / "a.heic") == PHONE_FORMAT


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif", "tif", "bmp"])
def test_half_a_file_is_damaged(suffix: str, tmp_path: Path) -> None:
    noise = numpy.random.default_rng(0).integers(0, 255, (90, 90, 3), dtype=numpy.uint8)
    Image.fromarray(noise).save(tmp_path / f"a.{suffix}")
    content = (tmp_path / f"a.{suffix}").read_bytes()
    (tmp_path / f"a.{suffix}").write_bytes(content[: len(content) // 2])

    assert refusal(tmp_path / f"a.{suffix}") == DAMAGED


def test_a_bad_picture_does_not_touch_its_neighbours(tmp_path: Path) -> None:
    half_dark().save(tmp_path / "good.png")
    (tmp_path / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    answers = open_pictures(
        [tmp_path / "good.png", tmp_path / "bad.png", tmp_path / "good.png"], short_side=SIDE
    )

    assert [type(each) for each in answers] == [Picture, UserError, Picture]
