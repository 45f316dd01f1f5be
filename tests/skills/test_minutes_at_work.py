"""Minutes of how people really write: asides, short answers, offers, things taken back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from skills.models.minilm import load_minilm
from skills.texts.extract import Vectors
from skills.texts.material import from_messages
from skills.texts.minutes import Minutes, take_minutes
from skills.texts.open_questions import find_open_questions
from skills.texts.talk import Talk
from tests.skills.talked import talked


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return Vectors(load_minilm("cpu"))


def minutes(text: str, vectors: Vectors) -> Minutes:
    return take_minutes(from_messages(talked(text)), vectors)


@pytest.mark.parametrize(
    "text",
    [
        "HR and finance agreed on 30 days at most.",
        "The CFO signed off this morning.",
        "Great, then we make an offer at senior level.",
        "So the importer moves to 5.1.",
        "ok, turning it off on Friday",
        "From now on every change needs two approvals.",
        "We won't run ads this time.",
        "then let's say faster",
        "Publishing on Thursday at 10.",
        "I cleared it with Helen.",
        "ok b it is",
        "so drop everything older than that",
        "We leave the boss as it is.",
        "We stop the ads as of tomorrow, they don't convert.",
        "then B goes live for everyone on Monday",
        "agreed, v1 is frozen",
        "perfect, book the fourteen then",
        "ok, it goes to the top of the backlog",
        "Starting 1 March the garage closes at ten.",
        "no, we said no more themes this year",
    ],
)
def test_what_is_settled_in_passing_is_a_decision(text: str, vectors: Vectors) -> None:
    found = minutes(f"Ana: The plan for the next weeks is here.\nBen: {text}", vectors)

    assert [each.text for each in found.decisions] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "We won't make the deadline on Friday.",
        "Great, let's see what they say about it.",
        "ok let's talk about it tomorrow",
        "Once the CFO signed off we can order.",
        "The parcel goes to Berlin.",
        "I never agreed to that price.",
        "So we have a problem with the importer.",
        "Then we need to ask legal about the importer.",
        "I moved the file to the other folder.",
        "We use the old API on Mondays.",
        "so maybe we can stay with wood.",
        "So, let's say it comes to court.",
        "Agreed, but the price is too high.",
        "Had we decided to wait, we would have lost.",
    ],
)
def test_what_is_only_told_is_no_decision(text: str, vectors: Vectors) -> None:
    found = minutes(f"Ana: The plan for the next weeks is here.\nBen: {text}", vectors)

    assert found.decisions == []


def test_a_word_of_agreement_is_shown_as_the_sentence_behind_it(vectors: Vectors) -> None:
    found = minutes("Ana: Marketing can live with March.\nBen: Sold. Release on 3 March.", vectors)

    assert [each.text for each in found.decisions] == ["Release on 3 March."]


def test_a_proposal_to_drop_it_is_shown_with_the_question_it_answers(vectors: Vectors) -> None:
    found = minutes(
        "Ana: do we ask the async question again? Candidates hated it.\nBen: let's drop it", vectors
    )

    assert [(each.about, each.text) for each in found.decisions] == [
        ("do we ask the async question again?", "let's drop it")
    ]


@pytest.mark.parametrize(
    ("suggested", "said"),
    [
        ("I could cut the crafting part.", "yes, cut it"),
        ("used then? there's a good one", "go for it"),
    ],
)
def test_a_short_yes_to_a_suggestion_decides_it(
    suggested: str, said: str, vectors: Vectors
) -> None:
    found = minutes(f"Ana: {suggested}\nBen: {said}", vectors)

    assert [each.text for each in found.decisions] == [said]
    assert found.decisions[0].about in suggested


def test_a_review_that_is_done_is_no_decision(vectors: Vectors) -> None:
    found = minutes("Ana: Can someone review the two-line fix?\nBen: approved", vectors)

    assert found.decisions == []


def test_a_decision_that_is_taken_back_is_none(vectors: Vectors) -> None:
    found = minutes(
        "Ana: ok, then October it is\nBen: October collides with the audit.\n"
        "Ana: ah true. Scratch that, we stay in September.",
        vectors,
    )

    assert [each.text for each in found.decisions] == ["Scratch that, we stay in September."]


def test_a_never_mind_about_something_later_takes_back_that_alone(vectors: Vectors) -> None:
    found = minutes(
        "Ana: We decided to drop the old plan.\nBen: Do we tell the press?\nBen: never mind, done",
        vectors,
    )

    assert [each.text for each in found.decisions] == ["We decided to drop the old plan."]


@pytest.mark.parametrize(
    "text",
    [
        "They also asked whether we can host in Switzerland. Can we?",
        "I need the list of test accounts. Who has it?",
        "when do we tell them?",
        "what about dark mode?",
    ],
)
def test_a_short_question_is_shown_with_what_it_is_about(text: str, vectors: Vectors) -> None:
    found = minutes(f"Ben: The plan for the week is here.\nAna: {text}", vectors)

    assert [each.text for each in found.questions] == [text]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("is there a macro for that?", "not yet, I'll write one today"),
        ("Anything public facing?", "One of the highs: a hole in the webhook tester."),
        ("So what do we answer?", "HR wants thirty days, not more.\nAna: And outside the EU?"),
        ("Do we offer them a credit?", "One month free, as usual in such cases.\nAna: wow ok"),
    ],
)
def test_a_question_is_answered_in_ways_of_its_own(asked: str, said: str, vectors: Vectors) -> None:
    found = minutes(f"Ana: {asked}\nBen: {said}", vectors)

    assert asked not in [each.text for each in found.questions]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Is their contract up for renewal soon?", "He also wants a roadmap call."),
        ("Who has the keys to the bike room?", "I can't feel my fingers."),
        ("Can we host in Switzerland?", "yes, I'll ask infra"),
        ("Will the next build have sound?", "sorry gotta run, back at 4"),
        ("Does Aya get admin rights?", "We decided to do the training in week one."),
        ("who brings the first aid kits?", "Don't forget the permit for the music."),
    ],
)
def test_what_does_not_answer_leaves_a_question_open(
    asked: str, said: str, vectors: Vectors
) -> None:
    found = minutes(f"Ana: {asked}\nBen: {said}", vectors)

    assert [each.text for each in found.questions] == [asked]


@pytest.mark.parametrize(
    ("said", "owner", "due"),
    [
        ("Ana: you'll have it by Wednesday", "Ana", "by Wednesday"),
        ("Ana: ok will offer that", "Ana", ""),
        ("Ana: I'm out from Thursday, Ben takes over the on-call.", "Ben", ""),
        ("Ana: Ben please write the release notes.", "Ben", ""),
        ("Ana: @Ben you wrote that part, could you take the fix?", "Ben", ""),
        ("Ana: Next: I'll prepare the training slides.", "Ana", ""),
        ("Ana: And who reviews the doc?\nBen: I do", "Ben", ""),
        ("Ana: I could ask Dr. Weber for a talk.\nBen: ooh yes please do", "Ana", ""),
        ("Ana: ok I start the runs tonight", "Ana", "tonight"),
        ("Ana: ok, you get it Wednesday at 9", "Ana", "Wednesday"),
        ("Ana: Ben can you stay reachable tonight?", "Ben", "tonight"),
        ("Ana: The API docs are outdated, Ben will you take care of that?", "Ben", ""),
        ("Ana: Don't forget the permit, Ben!", "Ben", ""),
        ("Ana: @here can someone review the two-line fix?\nBen: on it", "Ben", ""),
        ("Ana: Should I page the database people?\nBen: yes please", "Ana", ""),
    ],
)
def test_a_task_may_be_offered_taken_over_or_given_in_passing(
    said: str, owner: str, due: str, vectors: Vectors
) -> None:
    found = minutes(f"Ben: The plan for the week is here.\n{said}", vectors)

    assert [(each.owner, each.due) for each in found.tasks] == [(owner, due)]


@pytest.mark.parametrize(
    "text",
    [
        "Ana: who's in for ramen at 12:30?\nBen: me!",
        "Ana: I could ask Dr. Weber for a talk.\nBen: He is on leave.",
        "Ana: I work from home on Fridays.",
        "Ana: @here please restart your laptops before six",
        "Ana: If you have it on the screen you can write everything out.",
        "Ana: Ben can you tell me what happened?",
        "Ana: @Ben will you be at the party?\nBen: yes",
        "Ana: @Ben can you check the hotel?\nBen: sure\nAna: never mind, no need anymore",
    ],
)
def test_what_nobody_has_to_do_is_no_task(text: str, vectors: Vectors) -> None:
    assert minutes(f"Ben: The plan for the week is here.\n{text}", vectors).tasks == []


def test_a_short_done_to_another_request_does_not_finish_a_task(vectors: Vectors) -> None:
    (task, *_) = minutes(
        "Ana: I'll renew the token and rerun the job.\nBen: the pager app lost its settings, "
        "check yours please\nAna: Checked, mine's fine",
        vectors,
    ).tasks

    assert task.state == ""


def test_a_task_is_done_where_its_owner_says_so_with_its_verb(vectors: Vectors) -> None:
    (task,) = minutes("Ana: I'll clean up old images.\nAna: cleaned, 54% now", vectors).tasks

    assert task.state == "done"


def test_an_answer_is_looked_for_in_the_next_six_hundred_messages() -> None:
    long = "Ana: When does the audit start?" + "\nBen: The banner is ready." * 700
    compared: list[int] = []

    def alike(question: str, replies: Sequence[str]) -> list[float]:
        compared.append(len(replies))
        return [0.0] * len(replies)

    find_open_questions(Talk(talked(long)), alike)

    assert compared == [600]


@pytest.mark.parametrize(
    ("asked", "said", "chosen"),
    [
        ("Lisbon or Porto?", "Ben: Lisbon has better flights\nAna: Lisbon then!", "Lisbon then!"),
        ("Redis or memcached?", "Ben: we run Redis anyway\nAna: +1 to Redis", "+1 to Redis"),
        ("green or black?", "Ben: I like green\nAna: hm\nCem: green wins", "green wins"),
        ("2 or 3 rounds?", "Ben: three, 2 is too few\nCem: agreed", "three, 2 is too few"),
        ("two or three rounds?", "Ben: 3, it counts\nAna: ok three", "3, it counts"),
        ("step A or step B?", "Ben: B is shorter\nAna: B wins", "B wins"),
        ("shall we invite Cem?", "Ben: yes, he did half of it", "yes, he did half of it"),
        ("should we cancel it?", "Ben: cancel? why\nCem: no, too late", "no, too late"),
        ("do we ship it?", "Ben: not yet, fix the tests\nAna: fair", "not yet, fix the tests"),
        (
            "should we name it?",
            "Ben: I'd rather not\nAna: ok, leaving it out",
            "ok, leaving it out",
        ),
        (
            "what do we do with it?",
            "Ben: give it to the school\nAna: good",
            "give it to the school",
        ),
        ("End of January then?", "Ben: yes, 31 January", "yes, 31 January"),
    ],
)
def test_the_answer_that_settles_a_question_is_a_decision_about_it(
    asked: str, said: str, chosen: str, vectors: Vectors
) -> None:
    found = minutes(f"Ana: {asked}\n{said}", vectors)

    assert [(each.about, each.text) for each in found.decisions] == [(asked, chosen)]


def test_a_question_that_was_decided_is_not_open(vectors: Vectors) -> None:
    found = minutes(
        "Ana: one cluster or a separate one?\nBen: separate, it eats memory\nCem: :+1:", vectors
    )

    assert (len(found.decisions), found.questions) == (1, [])


@pytest.mark.parametrize(
    "talk",
    [
        "Ana: Lisbon or Porto?\nBen: Lisbon\nCem: Porto",
        "Ana: Lisbon or Porto?\nBen: Lisbon has better flights\nCem: true",
        "Ana: Lisbon or Porto?\nBen: not Lisbon\nCem: ok",
        "Ana: is it the cache or the database?\nBen: the cache\nAna: ok",
        "Ana: did you test on Mac or on Linux?\nBen: Linux\nAna: great",
        "Ana: do we have a backup?\nBen: yes, one of last night",
        "Ana: shall we drop it?\nBen: yes, nobody uses it\nCem: wait, the shop does",
        "Ana: shall we drop it?\nBen: maybe, I think so",
        "Ana: shall we drop it?\nBen: let's talk about it on Monday\nAna: ok, dropping it",
        "Ana: path or header?\nBen: path\nAna: can we decide in the guild?",
        "Ana: who is on call, Ben or Cem?\nBen: Cem\nAna: ok",
        "Ana: should we tell them?\nBen: I'll ask legal\nAna: thanks",
    ],
)
def test_an_answer_that_settles_nothing_is_no_decision(talk: str, vectors: Vectors) -> None:
    found = minutes(talk, vectors)

    assert found.decisions == []
