"""Records come back as they were put, and can be read by nobody who lacks the key."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from core import preferences
from core.cipher import Cipher
from core.errors import SetupError, TransientError
from core.preferences import Preferences
from core.records import DAY, Record, Records, create_records
from core.settings import load_settings
from tests.core.postgres import programs, running


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    found = programs()
    if found is None:
        pytest.skip("needs PostgreSQL's programs: apt-get install postgresql")
    with running(found) as url:
        yield url


@pytest.fixture(params=["", "postgres"], ids=["sqlite", "postgresql"])
def records(request: pytest.FixtureRequest, tmp_path: Path, cipher: Cipher) -> Iterator[Records]:
    url = request.getfixturevalue(request.param) if request.param else ""
    records = create_records(load_settings(data_dir=tmp_path, database_url=url), cipher=cipher)
    for kind in ("call", "preferences"):
        records.erase(kind, team="T1")
    yield records
    records.close()


@pytest.fixture
def file(tmp_path: Path, cipher: Cipher) -> Records:
    return create_records(load_settings(data_dir=tmp_path), cipher=cipher)


def record(key: str = "", *, channel: str = "C1", said: str = "", **more: str) -> Record:
    return Record(team="T1", channel=channel, key=key, value={"said": said}, **more)  # type: ignore[arg-type]


def test_a_record_comes_back_as_it_was_put(records: Records) -> None:
    records.put("call", record("a", said="größer 🎈"))
    found = records.get("call", team="T1", channel="C1", key="a")

    assert found is not None
    assert found.value == {"said": "größer 🎈"}


def test_a_record_takes_the_place_of_the_one_before(records: Records) -> None:
    records.put("call", record("a", said="old"))
    records.put("call", record("a", said="new"))

    assert [each.value["said"] for each in records.all("call", team="T1")] == ["new"]


def test_a_change_keeps_the_age_of_a_record_and_makes_none(records: Records) -> None:
    records.put("call", Record(team="T1", channel="C1", key="a", written=1.0))
    (found,) = records.all("call", team="T1")

    assert records.change("call", replace(found, value={"said": "changed"}))
    assert not records.change("call", replace(found, key="b"))
    assert [(each.written, each.value) for each in records.all("call", team="T1")] == [
        (1.0, {"said": "changed"})
    ]


def test_of_two_who_read_the_same_record_only_one_changes_it(records: Records) -> None:
    records.put("call", record("a", said="found"))
    (one,), (other,) = (list(records.all("call", team="T1")) for _ in range(2))

    assert records.change("call", replace(one, value={"said": "one"}))
    assert not records.change("call", replace(other, value={"said": "other"}))
    assert [each.value for each in records.all("call", team="T1")] == [{"said": "one"}]


def test_neither_another_kind_nor_another_channel_is_seen(records: Records) -> None:
    records.put("call", record("a"))

    assert records.get("preferences", team="T1", channel="C1", key="a") is None
    assert list(records.all("call", team="T1", channel="C2")) == []


def test_the_latest_comes_first_and_what_is_older_than_asked_is_left_out(records: Records) -> None:
    for key, age in (("old", 9), ("older", 10), ("new", 1)):
        records.put("call", Record(team="T1", channel="C1", key=key, written=time.time() - age))
    since = time.time() - 9.5

    assert [each.key for each in records.all("call", since=since)] == ["new", "old"]


def test_the_file_holds_no_word_of_it_and_is_for_its_owner_alone(
    file: Records, tmp_path: Path
) -> None:
    file.put("call", record("a", said="a very secret sentence"))
    [path] = tmp_path.glob("records.sqlite")

    assert b"secret" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_what_another_key_sealed_is_as_good_as_gone(file: Records, tmp_path: Path) -> None:
    file.put("call", record("a"))
    others = create_records(load_settings(data_dir=tmp_path), cipher=Cipher(Fernet.generate_key()))

    assert others.get("call", team="T1", channel="C1", key="a") is None


def test_old_records_of_a_kind_are_pruned(records: Records) -> None:
    for key, days in (("old", 31), ("new", 29)):
        written = time.time() - days * DAY
        records.put("call", Record(team="T1", channel="C1", key=key, written=written))

    assert records.prune("call", days=30) == 1
    assert [each.key for each in records.all("call")] == ["new"]


def test_a_person_is_erased_alone(records: Records) -> None:
    records.put("call", record("a", person="U1"))
    records.put("call", record("b", person="U2"))

    assert records.erase("call", team="T1", person="U1") == 1
    assert [each.key for each in records.all("call")] == ["b"]


def test_a_database_that_is_away_is_a_passing_error_without_its_contents(cipher: Cipher) -> None:
    away = Records("sqlite:////nowhere/at/all.sqlite", cipher=cipher)

    with pytest.raises(TransientError) as raised:
        away.put("call", record("a", said="secret"))

    assert "secret" not in str(raised.value)


def test_an_address_that_is_none_is_said_with_what_to_write(cipher: Cipher) -> None:
    with pytest.raises(SetupError, match="DATABASE_URL"):
        Records("mysterious://x", cipher=cipher).get("call", team="T1", channel="C1")


def test_a_channel_that_chose_nothing_has_the_defaults(records: Records) -> None:
    assert preferences.read(records, team="T1", channel="C1") == Preferences()


def test_what_a_channel_chose_is_read_again(records: Records) -> None:
    chosen = Preferences(redact="names", digest="daily", digest_by="U1")
    preferences.write(records, chosen, team="T1", channel="C1", person="U1")

    assert preferences.read(records, team="T1", channel="C1") == chosen


def test_a_choice_of_a_newer_version_is_left_out(records: Records) -> None:
    value = {"redact": "yes", "colour": "blue"}
    records.put("preferences", Record(team="T1", channel="C1", key="", value=value))

    assert preferences.read(records, team="T1", channel="C1") == Preferences(redact="yes")
