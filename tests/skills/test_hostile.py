"""Files that have broken parsers, and files broken at random: a result or one sentence, in time."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from PIL import Image

from core.errors import UserError
from skills.decode.images import Picture, open_pictures

SEED = 20
DAMAGED_COPIES = 25


def test_pictures_that_broke_parsers_end_in_an_answer(shared_data: Path) -> None:
    paths = sorted((shared_data / "hostile" / "images").iterdir())
    start = time.monotonic()

    answers = open_pictures(paths, short_side=240)

    assert len(answers) == len(paths)
    assert all(isinstance(each, Picture | UserError) for each in answers)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif", "tif", "bmp"])
def test_pictures_broken_at_random_end_in_an_answer(suffix: str, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    picture = Image.effect_noise((80, 60), 60).convert("RGB")
    picture.save(tmp_path / f"good.{suffix}")
    good = (tmp_path / f"good.{suffix}").read_bytes()
    paths = [tmp_path / f"{number}.{suffix}" for number in range(DAMAGED_COPIES)]
    for path in paths:
        broken = bytearray(good)
        for _ in range(chance.choice([1, 4, 32])):
            broken[chance.randrange(min(len(broken), 2000))] = chance.randrange(256)
        path.write_bytes(broken[: chance.choice([len(broken), chance.randrange(len(broken))])])

    answers = open_pictures(paths, short_side=240)

    assert len(answers) == len(paths)
    assert all(isinstance(each, Picture | UserError) for each in answers)


def test_a_header_that_promises_a_huge_picture_costs_nothing(tmp_path: Path) -> None:
    Image.new("1", (8, 8)).save(tmp_path / "bomb.bmp")
    content = bytearray((tmp_path / "bomb.bmp").read_bytes())
    content[18:26] = (60_000).to_bytes(4, "little") * 2
    (tmp_path / "bomb.bmp").write_bytes(content)
    start = time.monotonic()

    [answer] = open_pictures([tmp_path / "bomb.bmp"], short_side=240)

    assert str(answer).startswith("This picture has 3600 megapixels")
    assert time.monotonic() - start < 5
