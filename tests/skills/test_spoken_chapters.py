"""A long recording has chapters where what is spoken of changes; a short one has none."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from skills.models.minilm import MiniLM, load_minilm
from skills.speech.chapters import SpokenChapter, find_chapters

WORDS_A_SECOND, PAUSE = 2.2, 0.5
PARCEL = [
    "Good morning, thank you for calling, how can I help you?",
    "Hello, I ordered a pair of boots two weeks ago and the parcel has not arrived.",
    "I am sorry to hear that, may I have the order number?",
    "Yes, it is four seven one one, and I paid for express delivery.",
    "Okay.",
    "I see that the parcel left our warehouse on Monday.",
    "The courier tried to deliver it on Tuesday, but nobody was at home.",
    "That cannot be, I was at home all day and nobody rang the bell.",
    "I understand, sometimes the driver rings at the wrong door.",
    "The parcel is now at the depot of the courier.",
    "Can it be delivered again to my office instead?",
    "Yes, I will change the address of the delivery to your office.",
    "It will be delivered on Thursday before noon.",
    "And I will refund what you paid for express shipping.",
]
PASSWORD = [
    "Now, there is another thing, I cannot log in to my account on your website.",
    "Which message do you see when you enter your password?",
    "It says that the password is wrong, but I have not changed it.",
    "Have you tried to reset the password by email?",
    "I have, but the email with the link never comes.",
    "Right.",
    "Please look into your spam folder, it often lands there.",
    "No, there is nothing in the spam folder either.",
    "Then your account may be locked after too many attempts to log in.",
    "I will unlock your account and send you a new link.",
    "Please choose a password with twelve letters at least.",
    "And turn on the second factor, a code that is sent to your phone.",
    "The link has arrived now, and I am logged in to my account.",
    "Wonderful, then your login works again.",
]
HIKING = [
    "By the way, you have a lovely accent, are you from Scotland?",
    "Yes, I grew up in the Highlands, near the mountains.",
    "We are going there on holiday in June to hike with the children.",
    "Then you must walk through Glen Coe, the valley is beautiful.",
    "Is the weather good enough in June for camping in a tent?",
    "It rains a little, and the midges bite in the evening by the loch.",
    "Hm.",
    "Take a warm jumper, it is cold on the summits even in summer.",
    "We have good boots and want to climb Ben Nevis.",
    "Start early in the morning, the path to the summit is steep and long.",
    "The children will like the castle on the island in the loch.",
    "And the steam train over the viaduct that is in the films.",
    "We will take the ferry to the Isle of Skye afterwards.",
    "Enjoy the mountains and the sea, have a good holiday.",
]


@dataclass(frozen=True)
class Said:
    start: float
    end: float
    text: str


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return load_minilm("cpu")


def spoken(texts: list[str]) -> list[Said]:
    said: list[Said] = []
    for text in texts:
        start = said[-1].end + PAUSE if said else 0.0
        said.append(Said(start, start + len(text.split()) / WORDS_A_SECOND, text))
    return said


def chapters_of(minilm: MiniLM, texts: list[str]) -> list[SpokenChapter]:
    said = spoken(texts)
    return find_chapters(said, duration=said[-1].end, embedder=minilm)


@pytest.mark.parametrize(
    "topics", [(PARCEL, PASSWORD, HIKING), (HIKING, PARCEL, PASSWORD)], ids=["one", "other"]
)
def test_three_topics_are_three_chapters(minilm: MiniLM, topics: tuple[list[str], ...]) -> None:
    texts = [text for topic in topics for text in topic]
    starts = [each.start for each in spoken(texts)]
    chapters = chapters_of(minilm, texts)
    found = [
        min(range(len(starts)), key=lambda place: abs(starts[place] - each.start))
        for each in chapters
    ]

    assert found == pytest.approx([0, 14, 28], abs=2)


def test_chapters_follow_each_other_without_a_gap(minilm: MiniLM) -> None:
    chapters = chapters_of(minilm, [*PARCEL, *PASSWORD, *HIKING])

    assert chapters[0].start == 0
    assert [each.end for each in chapters[:-1]] == [each.start for each in chapters[1:]]
    assert chapters[-1].end == pytest.approx(spoken([*PARCEL, *PASSWORD, *HIKING])[-1].end, abs=0.1)


def test_a_title_is_quoted_from_its_chapter(minilm: MiniLM) -> None:
    chapters = chapters_of(minilm, [*PARCEL, *PASSWORD, *HIKING])

    for chapter, topic in zip(chapters, (PARCEL, PASSWORD, HIKING), strict=True):
        title = chapter.title.removesuffix(" …").lower()
        assert any(title in text.lower() for text in topic)


def test_a_short_call_has_none(minilm: MiniLM) -> None:
    assert chapters_of(minilm, [*PARCEL, *HIKING]) == []  # 140 seconds


def test_what_is_about_one_thing_has_none(minilm: MiniLM) -> None:
    said = spoken([text for _ in range(4) for text in PARCEL[1:10]])
    chapters = find_chapters(said, duration=said[-1].end, embedder=minilm)

    assert said[-1].end > 150
    assert chapters == []


def test_an_hour_has_twelve_at_most(minilm: MiniLM) -> None:
    texts = [text for _ in range(16) for topic in (PARCEL, PASSWORD, HIKING) for text in topic]
    said = spoken(texts)

    assert said[-1].end > 3_300
    assert 3 <= len(find_chapters(said, duration=3_600, embedder=minilm)) <= 12
