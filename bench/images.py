"""Images a second: classify as a worker runs it, beside a transformers pipeline one by one.

Both look at the same files: labelled photos of a few hundred pixels, and some of them enlarged to
what a camera makes, generated here. Ours opens each in the locked child process; the peer's
pipeline opens it with Pillow in the process itself. The peer has the weights of the first network
alone, so it never pays for a second opinion; its processor crops and scales like ours.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.figure import Figure, interleave, median, seconds
from skills.classify import Classification, Classify
from skills.decode.images import Picture, open_pictures
from skills.models.efficientnet import (
    SIDE,
    EfficientNetPair,
    load_efficientnet,
    middle_square,
    read_names,
)
from skills.skill import Input

CAMERA_SIZES = ((3000, 2000), (4000, 3000), (3024, 4032), (4000, 2250))  # 6 to 12 megapixels
CAMERA_QUALITY = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class Photo:
    """A file and the number of the class that people gave it."""

    path: Path
    truth: int


def measure(data: Path) -> list[Figure]:
    """Images a second and top-1 on the photos of `data`; the limit is the first network alone."""
    import numpy

    with tempfile.TemporaryDirectory() as folder:
        photos = read_photos(data)
        photos += enlarge(photos, Path(folder))
        model, peer = load_efficientnet("cpu"), create_peer()
        ours = lambda: run_ours(model, photos)  # noqa: E731
        theirs = lambda: run_peer(peer, photos)  # noqa: E731
        pixels = numpy.stack([middle_square(each.pixels) for each in decode(photos)])
        times = interleave(
            lambda: seconds(ours),
            lambda: seconds(theirs),
            lambda: seconds(lambda: model.first(pixels)),
        )
        rates = [len(photos) / median(each) for each in times]
        return [
            Figure(
                name="images",
                ours=rates[0],
                peer=rates[1],
                unit="images/s",
                peer_is="transformers pipeline one by one, EfficientNet-Lite1, torch",
                limit=rates[2],
                limit_is="the first network alone, on pixels already decoded",
                quality={
                    "top-1": f"{top1(ours(), photos):.3f}",
                    "top-1, peer": f"{top1(theirs(), photos):.3f}",
                    "one picture alone": alone(model, peer, photos[0]),
                },
            )
        ]


def read_photos(data: Path) -> list[Photo]:
    """The labelled photos of the shared folder."""
    listing = (data / "images" / "imagenet.jsonl").read_text().splitlines()
    rows = [json.loads(line) for line in listing]
    return [Photo(path=data / "images" / row["file"], truth=row["class_index"]) for row in rows]


def enlarge(photos: Sequence[Photo], folder: Path) -> list[Photo]:
    """The first of the photos at the sizes of cameras."""
    from PIL import Image, ImageOps

    large: list[Photo] = []
    for size, photo in zip(CAMERA_SIZES, photos, strict=False):
        with Image.open(photo.path) as image:
            made = ImageOps.fit(image.convert("RGB"), size)
        path = folder / f"{len(large)}.jpg"
        made.save(path, quality=CAMERA_QUALITY)
        large.append(Photo(path=path, truth=photo.truth))
    return large


def create_peer() -> Callable[[str], Any]:
    """The pipeline of transformers with our first network's weights."""
    from transformers import pipeline
    from transformers.models.bit.image_processing_pil_bit import BitImageProcessorPil

    from skills.models.efficientnet_torch import create_network
    from skills.models.lock import locate
    from skills.models.torch_file import read_tensors

    first = next(iter(locate("efficientnet-lite").values()))
    processor = BitImageProcessorPil(
        size={"shortest_edge": SIDE},
        crop_size={"height": SIDE, "width": SIDE},
        image_mean=[127 / 255] * 3,
        image_std=[128 / 255] * 3,
    )
    network = create_network(read_tensors(first), side=SIDE)
    network.config.id2label = dict(enumerate(range(len(read_names()))))
    made: Callable[[str], Any] = pipeline(
        "image-classification", model=network, image_processor=processor, device=-1
    )
    return made


def run_ours(model: EfficientNetPair, photos: Sequence[Photo]) -> list[int]:
    """The class of each photo, in a worker's batches."""
    skill = Classify()
    found: list[int] = []
    for start in range(0, len(photos), skill.batch):
        batch = [Input(path=each.path) for each in photos[start : start + skill.batch]]
        for answer in skill.run(model, batch):
            found.append(answer.labels[0].class_index if isinstance(answer, Classification) else -1)
    return found


def run_peer(peer: Callable[[str], Any], photos: Sequence[Photo]) -> list[int]:
    """The class of each photo, one by one."""
    return [peer(str(each.path))[0]["label"] for each in photos]


def decode(photos: Sequence[Photo]) -> list[Picture]:
    """The pixels of each photo."""
    opened = open_pictures([each.path for each in photos], short_side=SIDE)
    return [each for each in opened if isinstance(each, Picture)]


def top1(found: Sequence[int], photos: Sequence[Photo]) -> float:
    """The share of right answers."""
    return sum(a == b.truth for a, b in zip(found, photos, strict=True)) / len(photos)


def alone(model: EfficientNetPair, peer: Callable[[str], Any], photo: Photo) -> str:
    """What a single small upload takes, ours and theirs."""
    ours, theirs = interleave(
        lambda: seconds(lambda: run_ours(model, [photo])),
        lambda: seconds(lambda: run_peer(peer, [photo])),
        rounds=11,
    )
    return f"{median(ours) * 1000:.0f} ms, peer {median(theirs) * 1000:.0f} ms"


if __name__ == "__main__":
    from bench.quality_images import find_data

    for figure in measure(find_data()):
        print(figure, figure.ratio)
