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
from functools import partial
from pathlib import Path
from typing import Any

from bench.figure import ROUNDS, Figure, interleave, median, seconds
from bench.samples import samples_asked_for
from skills.classify import Classification, Classify
from skills.decode.images import Picture, open_pictures
from skills.models.device import resolve_device
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
Peer = Callable[[str], Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Photo:
    """A file and the number of the class that people gave it."""

    path: Path
    truth: int


def measure(data: Path, *, quick: bool = False) -> list[Figure]:
    """Images a second and top-1 on the photos of `data`; the limit is the first network alone."""
    device = resolve_device("auto")
    with tempfile.TemporaryDirectory() as folder:
        photos = read_photos(data)[: 4 if quick else None]
        photos += enlarge(photos, Path(folder))
        model, peer = load_efficientnet(device), create_peer(device)
        rates, answers = rate(model, peer, photos, rounds=1 if quick else ROUNDS)
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
                    "top-1": f"{top1(answers[0], photos):.3f}",
                    "top-1, peer": f"{top1(answers[1], photos):.3f}",
                    "one picture alone": alone(model, peer, photos[0], rounds=1 if quick else 11),
                },
            )
        ]


def rate(
    model: EfficientNetPair, peer: Peer, photos: Sequence[Photo], *, rounds: int
) -> tuple[list[float], list[list[int]]]:
    """Images a second of ours, of the peer and of the first network alone; and both's answers."""
    import numpy

    pixels = numpy.stack([middle_square(each.pixels) for each in decode(photos)])
    answers: list[list[int]] = [[], []]

    def ours() -> None:
        answers[0] = run_ours(model, photos)

    def theirs() -> None:
        answers[1] = run_peer(peer, photos)

    def network() -> None:
        model.first(pixels)

    runs = [partial(seconds, run) for run in (ours, theirs, network)]
    return [len(photos) / median(each) for each in interleave(*runs, rounds=rounds)], answers


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


def create_peer(device: str) -> Peer:
    """The pipeline of transformers with our first network's weights, in half precision on a GPU."""
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
    if device != "cpu":
        network = network.half()
    made: Peer = pipeline(
        "image-classification", model=network, image_processor=processor, device=device
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


def run_peer(peer: Peer, photos: Sequence[Photo]) -> list[int]:
    """The class of each photo, one by one."""
    return [peer(str(each.path))[0]["label"] for each in photos]


def decode(photos: Sequence[Photo]) -> list[Picture]:
    """The pixels of each photo."""
    opened = open_pictures([each.path for each in photos], short_side=SIDE)
    return [each for each in opened if isinstance(each, Picture)]


def top1(found: Sequence[int], photos: Sequence[Photo]) -> float:
    """The share of right answers."""
    return sum(a == b.truth for a, b in zip(found, photos, strict=True)) / len(photos)


def alone(model: EfficientNetPair, peer: Peer, photo: Photo, *, rounds: int) -> str:
    """What a single small upload takes, ours and theirs."""
    ours, theirs = interleave(
        lambda: seconds(lambda: run_ours(model, [photo])),
        lambda: seconds(lambda: run_peer(peer, [photo])),
        rounds=rounds,
    )
    return f"{median(ours) * 1000:.0f} ms, peer {median(theirs) * 1000:.0f} ms"


if __name__ == "__main__":
    for figure in measure(samples_asked_for()):
        print(figure, figure.ratio)
