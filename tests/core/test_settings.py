"""The settings: read once, documented, and wrong ones named without their value."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import SetupError
from core.settings import Settings, load_settings


def test_a_wrong_value_is_refused_by_name_without_being_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PORT", "hunter2")

    with pytest.raises(SetupError, match="PORT") as refused:
        load_settings()

    assert "hunter2" not in str(refused.value)


def test_tokens_do_not_show_when_the_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")

    assert "xoxb-very-secret" not in repr(load_settings())


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text()

    assert all(f"`{name.upper()}`" in page for name in Settings.model_fields)


def test_the_example_file_names_every_setting_but_the_address_of_slack() -> None:
    lines = (Path(__file__).parents[2] / ".env.example").read_text().splitlines()
    named = {line.removeprefix("# ").partition("=")[0] for line in lines if "=" in line}

    assert named == {name.upper() for name in Settings.model_fields} - {"SLACK_API_URL"}


def test_a_policy_that_is_left_empty_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY", "")

    assert load_settings().policy is None
