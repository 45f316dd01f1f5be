"""/classify: what is in a picture, with how sure the model is, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.reply import Point, Reply
from core.settings import load_settings
from core.words import listed
from skills.decode.images import Picture, open_pictures
from skills.kinds import IMAGE
from skills.models.image_classifier import ImageClassifier, load_image_classifier
from skills.skill import Input, Skill

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHOWN = 5
# Below this the best guess is more likely wrong than right: candidates are the honest answer.
DOUBTFUL = 0.5
WORTH_SAYING = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """One guess: `label` is the class as its data set calls it, `name` the same in plain words."""

    label: str
    score: float
    name: str
    class_index: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """The five best guesses, best first; `label` is the first one's.

    `model` made them, out of `classes` it knows; `moving` when only the first frame was looked at.
    """

    label: str
    labels: list[Label]
    model: str
    classes: int
    moving: bool


class Classify(Skill[Classification]):
    """The best guesses for a picture."""

    name = "classify"
    title = "Picture"
    summary = "What is in a picture?"
    hint = "[link to a message with a picture]"
    takes_files = (IMAGE,)
    automatic = ("images",)
    model = "efficientnet-lite"
    queue = "vision"
    batch = 32
    examples = ("https://example.slack.com/archives/C024BE91L/p1355517523000005",)

    def load(self, device: str) -> ImageClassifier:
        return load_image_classifier(device, models=load_settings().models)

    def run(self, model: Any, batch: Sequence[Input]) -> list[Classification | UserError]:
        results: list[Classification | UserError] = [
            UserError("Send a picture: I look at images, not at text.") for _ in batch
        ]
        wanted = [(place, each.path) for place, each in enumerate(batch) if each.path is not None]
        opened = open_pictures([path for _, path in wanted], short_side=model.short_side)
        seen: list[tuple[int, Picture]] = []
        for (place, _), picture in zip(wanted, opened, strict=True):
            if isinstance(picture, UserError):
                results[place] = picture
            else:
                seen.append((place, picture))
        if seen:
            shares = model.classify([picture.pixels for _, picture in seen])
            for (place, picture), row in zip(seen, shares, strict=True):
                results[place] = rank(row, model, moving=picture.moving)
        return results

    def render(self, result: Classification) -> Reply:
        guesses = merge(result.labels)
        best, share = guesses[0]
        if share < DOUBTFUL:
            text = f"Not sure what this is. It could be {join(guesses[:3])}."
        else:
            text = f"Most likely: {best} ({percent(share)} sure)."
        return Reply(
            text=text,
            points=tuple(Point(text=f"{name}: {percent(score)}") for name, score in guesses),
            notes=tuple(describe(result)),
        )


def rank(shares: NDArray[Any], model: ImageClassifier, *, moving: bool) -> Classification:
    """The five most likely classes of one picture."""
    labels = [
        Label(
            label=model.names[index].label,
            score=round(float(shares[index]), 4),
            name=model.names[index].plain,
            class_index=index,
        )
        for index in (int(place) for place in shares.argsort()[::-1][:SHOWN])
    ]
    return Classification(
        label=labels[0].label,
        labels=labels,
        model=model.title,
        classes=len(model.names),
        moving=moving,
    )


def merge(labels: Sequence[Label]) -> list[tuple[str, float]]:
    """Guesses worth saying, best first; classes that people call the same count as one."""
    shares: dict[str, float] = {}
    for each in labels:
        shares[each.name] = shares.get(each.name, 0.0) + each.score
    best = max(shares, key=lambda name: shares[name])
    said = [(name, share) for name, share in shares.items() if share >= WORTH_SAYING]
    return sorted(said, key=lambda guess: guess[1], reverse=True) or [(best, shares[best])]


def describe(result: Classification) -> list[str]:
    """The small print."""
    notes = [
        f"By {result.model}, which knows {result.classes:,} kinds of things and animals "
        "and recognizes no person."
    ]
    if result.moving:
        notes.append("This picture moves: I looked at its first frame only.")
    return notes


def join(guesses: Sequence[tuple[str, float]]) -> str:
    """Guesses in a row: "ant (8 %), bee (6 %) or hen (5 %)"."""
    return listed([f"{name} ({percent(share)})" for name, share in guesses], "or")


def percent(share: float) -> str:
    """A share in whole percent; nothing is ever 100 % sure."""
    return f"{min(99, round(share * 100))} %"


skill = Classify()
