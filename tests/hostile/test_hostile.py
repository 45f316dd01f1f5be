"""The nastiest files through the skills: a refusal or an answer in time, and nobody's secret."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.canary import Canary, place_canary
from tests.hostile.corpus import from_paths
from tests.hostile.direct import Skills
from tests.hostile.good import make_good
from tests.hostile.mutations import fuzzed
from tests.hostile.nasty import NASTY
from tests.hostile.outcome import REFUSED, Outcome, violations

SECONDS = 30.0  # half of what people are promised: other tests go on beside this one
FUZZED, SEED = 24, 3
PLAYLISTS = ("concat.mp3", "near.mp3", "playlist.wav", "manifest.mp4")


@pytest.fixture(scope="module")
def skills() -> Skills:
    return Skills()


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Canary:
    return place_canary(tmp_path_factory.mktemp("canary"))


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    """Where temporary folders are made during a test."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    yield folder
    tempfile.tempdir = before


def send(skills: Skills, canary: Canary, name: str) -> Outcome:
    """A nasty file, lying beside the canary, through its skill."""
    path = canary.path.parent / name
    path.write_bytes(NASTY[name](canary.path))
    [outcome] = skills.run(from_paths([path]))
    path.unlink()
    return outcome


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_file_ends_in_words_in_time_and_tells_no_secret(
    skills: Skills, canary: Canary, scratch: Path, name: str
) -> None:
    outcome = send(skills, canary, name)

    assert violations([outcome], secrets=canary.secrets) == []
    assert outcome.seconds < SECONDS
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("name", PLAYLISTS)
def test_a_playlist_is_refused_whatever_it_is_called(
    skills: Skills, canary: Canary, name: str
) -> None:
    assert send(skills, canary, name).word == REFUSED


def test_the_canary_would_be_recognized(skills: Skills, canary: Canary) -> None:
    [heard] = skills.run(from_paths([canary.path.with_suffix(".wav")]))

    assert violations([heard], secrets=canary.secrets)


def test_broken_files_of_every_kind_end_in_words(skills: Skills, tmp_path: Path) -> None:
    good = make_good(tmp_path / "good")
    broken = fuzzed(good, tmp_path, numbers=range(FUZZED), seed=SEED)

    assert violations(list(skills.run(broken)), secrets=()) == []


def test_the_same_seed_makes_the_same_file(tmp_path: Path) -> None:
    good = make_good(tmp_path / "good")
    [once] = fuzzed(good, tmp_path, numbers=[7], seed=SEED)
    before = once.path.read_bytes()
    [again] = fuzzed(good, tmp_path, numbers=[7], seed=SEED)

    assert again.path.read_bytes() == before
