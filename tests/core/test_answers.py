"""The cache of answers comes back with what was put in, and never with half of it."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from redis import Redis

from core.answers import MOST_BYTES, Answers
from core.cipher import Cipher
from core.job import Content, Job
from core.reply import Attachment, Chart, Figure, Point, Reply, Section, Slice, Table
from core.scripts import Scripts

WHOLE = Reply(
    text="All of it",
    figures=(Figure(label="Share", value="93 %"),),
    points=(Point(text="One", source="page 3", link="https://example.com"),),
    sections=(Section(title="Decisions", points=(Point(text="Two"),)),),
    charts=(Chart(title="Pie", kind="pie", slices=(Slice(label="y", value=1.5),)),),
    table=Table(caption="Rows", header=("a", "b"), rows=(("1", "2"),)),
    chart=Chart(title="Bars", kind="bar", slices=(Slice(label="x", value=0.5),)),
    files=(Attachment(name="ä.csv", content="\ufeffä,b\n".encode(), alt="A table"),),
    notes=("small print",),
    audio_seconds=1.5,
)


def make(redis: Redis, *, key: bytes = b"", edition: str = "1") -> Answers:
    return Answers(Scripts(redis), Cipher(key or Fernet.generate_key()), edition=edition)


def job(**changes: str) -> Job:
    given = {"key": "k", "skill": "echo", "queue": "text", "lane": "echo", "team": "T1"}
    return Job(**{**given, "channel": "C1", "user": "U1", **changes})  # type: ignore[arg-type]


def test_an_answer_comes_back_as_it_was(redis: Redis) -> None:
    answers = make(redis)
    answers.keep("readymade:answer:T1:x", WHOLE)

    assert answers.find(["readymade:answer:T1:x", "readymade:answer:T1:y"]) == [WHOLE, None]


@pytest.mark.parametrize("files", [(b"\xff\xfe",), (b"x" * MOST_BYTES,)])
def test_what_is_too_large_or_no_text_is_not_kept(redis: Redis, files: tuple[bytes, ...]) -> None:
    attached = tuple(Attachment(name="a", content=each, alt="") for each in files)
    answers = make(redis)
    answers.keep("readymade:answer:T1:x", Reply(text="One", files=attached))

    assert answers.find(["readymade:answer:T1:x"]) == [None]


def test_nothing_is_remembered_for_no_minutes(redis: Redis) -> None:
    answers = Answers(Scripts(redis), Cipher(Fernet.generate_key()), edition="1", minutes=0)
    answers.keep("readymade:answer:T1:x", WHOLE)

    assert not redis.exists("readymade:answer:T1:x")


def test_another_key_finds_nothing(redis: Redis) -> None:
    make(redis).keep("readymade:answer:T1:x", WHOLE)

    assert make(redis).find(["readymade:answer:T1:x"]) == [None]


@pytest.mark.parametrize(
    "other",
    [
        {"channel": "C2"}, {"team": "T2"}, {"skill": "shout"}, {"enterprise": "E1"},
    ],
)  # fmt: skip
def test_each_place_and_skill_has_answers_of_its_own(redis: Redis, other: dict[str, str]) -> None:
    answers, content = make(redis), Content(text="one")

    assert answers.name(job(), content, sha256="") != answers.name(job(**other), content, sha256="")


def test_who_asks_makes_no_difference(redis: Redis) -> None:
    answers, content = make(redis), Content(text="one")
    names = {answers.name(job(user=user), content, sha256="") for user in ("U1", "U2")}

    assert len(names) == 1


def test_other_models_answer_anew(redis: Redis) -> None:
    key = Fernet.generate_key()
    names = {
        make(redis, key=key, edition=each).name(job(), Content(text="one"), sha256="")
        for each in ("1", "2")
    }

    assert len(names) == 2
