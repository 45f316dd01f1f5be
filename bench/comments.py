"""Made-up comments, whose likes, dislikes and dates are known: a table to measure with."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

REMARKS = {
    "delivery": (
        ("delivery was quick", "the parcel arrived a day early", "shipping took only two days"),
        (
            "delivery took three weeks", "the parcel arrived crushed",
            "shipping was slow and nobody told me why", "it was delivered to the wrong address",
        ),
    ),
    "price": (
        ("the price is fair", "great value for money", "it is cheaper than anywhere else"),
        ("it is far too expensive", "the price went up again", "this is overpriced for what it is"),
    ),
    "battery": (
        (
            "the battery lasts for days", "battery life is excellent",
            "I love how long the battery lasts",
        ),
        (
            "the battery dies after two hours", "battery life is awful",
            "the battery will not charge",
        ),
    ),
    "fit and size": (
        ("it fits perfectly", "the size is just right", "the fit is very comfortable"),
        ("the sizes run far too small", "it does not fit at all", "the size is wrong"),
    ),
    "service": (
        ("customer service was friendly and helpful", "support solved it in minutes"),
        ("customer service never answers", "support was rude and useless"),
    ),
    "camera": (
        ("the camera takes beautiful pictures", "I am amazed by the camera"),
        ("the camera is blurry", "the camera stopped working after a week"),
    ),
}  # fmt: skip
PLAIN = (
    "Please add a larger size", "Could you deliver to the islands?", "Does it come in blue?",
    "I bought it in March", "It is for my brother", "When will the camera be in stock again?",
)  # fmt: skip
OPENINGS = ("", "", "", "Honestly, ", "Second order: ", "As a regular customer: ", "In short, ")
FIRST_DAY, DAYS = date(2024, 1, 1), 364
DELIVERY_BREAKS = 200  # from this day on, most of what is said of the delivery is bad


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """What went into the table: how often each thing was liked and disliked, and plain comments."""

    liked: dict[str, int]
    disliked: dict[str, int]
    plain: int


def make_comments(path: Path, *, rows: int, seed: int = 7) -> Made:
    """Write a CSV of so many comments of a year; what was said in them."""
    chance = random.Random(seed)
    liked, disliked = dict.fromkeys(REMARKS, 0), dict.fromkeys(REMARKS, 0)
    plain = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["order", "date", "comment"])
        for number in range(rows):
            day = chance.randrange(DAYS)
            said: list[str] = []
            if chance.random() < 0.12:
                said.append(chance.choice(PLAIN))
                plain += 1
            else:
                topics = chance.sample(list(REMARKS), chance.choice((1, 1, 2)))
                good = chance.random() < 0.6
                for topic in topics:
                    late = topic == "delivery" and day > DELIVERY_BREAKS
                    likes = chance.random() < 0.15 if late else good
                    (liked if likes else disliked)[topic] += 1
                    said.append(chance.choice(REMARKS[topic][0 if likes else 1]))
            text = chance.choice(OPENINGS) + ", and ".join(said)
            shown = text[0].upper() + text[1:] + ("" if text[-1] == "?" else ".")
            written = (FIRST_DAY + timedelta(days=day)).strftime("%d/%m/%Y")
            table.writerow([f"{1000 + number}", written, shown])
    return Made(liked=liked, disliked=disliked, plain=plain)
