"""The lock file: every weight has its origin and checksum, and a changed one is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.errors import SetupError
from skills.models import lock
from skills.models.lock import Choice, choose, locate, read_lock

ROOT = Path(__file__).parents[2]
BUNDLED = [key for key, entry in read_lock().items() if "file" in entry]


@pytest.mark.parametrize("key", BUNDLED)
def test_every_bundled_file_is_the_one_that_was_locked(key: str) -> None:
    assert all(path.is_file() for path in locate(key).values())


@pytest.mark.parametrize("key", BUNDLED)
def test_every_bundled_artefact_names_licence_and_origin(key: str) -> None:
    entry = read_lock()[key]

    assert entry["licence"]
    assert entry["origin"]
    assert all(re.fullmatch(r"[0-9a-f]{64}", file["sha256"]) for file in entry["file"])
    assert all(file["size"] > 0 for file in entry["file"])


def test_one_flipped_byte_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = (lock.PACKAGE_ROOT / "heads" / "sentiment.safetensors").read_bytes()
    (tmp_path / "heads").mkdir()
    changed = bytearray(head)
    changed[-1] ^= 1
    (tmp_path / "heads" / "sentiment.safetensors").write_bytes(changed)
    monkeypatch.setattr(lock, "PACKAGE_ROOT", tmp_path)
    locate.cache_clear()
    try:
        with pytest.raises(
            SetupError, match=r"sentiment\.safetensors is not the one in lock\.toml"
        ):
            locate("sentiment")
    finally:
        locate.cache_clear()


def test_a_missing_file_is_answered_with_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PACKAGE_ROOT", tmp_path)
    locate.cache_clear()
    try:
        with pytest.raises(SetupError, match="is missing: run `make setup`"):
            locate("sentiment")
    finally:
        locate.cache_clear()


def test_every_skill_has_a_model_of_the_hub_with_its_licence() -> None:
    skills = ("sentiment", "summarize", "transcribe", "classify", "call")

    assert all(read_lock()[name]["hub"]["licence"] for name in skills)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("bundled", Choice(profile="bundled")),
        ("hub", Choice(profile="hub", source="google/vit-base-patch16-224", revision="main")),
        ("classify=acme/cats@abc", Choice(profile="hub", source="acme/cats", revision="abc")),
        ("hub,classify=bundled", Choice(profile="bundled")),
        ("hub,sentiment=acme/moods,classify=acme/cats", Choice(profile="hub", source="acme/cats")),
    ],
)
def test_the_setting_chooses_profile_and_model(setting: str, expected: Choice) -> None:
    chosen = choose("classify", models=setting)

    assert (chosen.profile, chosen.source) == (expected.profile, expected.source)


def test_a_profile_that_does_not_exist_is_named() -> None:
    with pytest.raises(SetupError, match="write bundled or hub"):
        choose("classify", models="cloud")


def test_no_weight_can_run_code_when_it_is_loaded() -> None:
    source = "\n".join(path.read_text() for path in (ROOT / "skills").rglob("*.py"))

    assert "trust_remote_code=True" not in source
    assert "weights_only=False" not in source
    assert re.findall(r"torch\.load\((?![^)]*weights_only=True)", source) == []
    assert "pickle.load(" not in source
