"""Aspects: what the comments like and dislike, each judged in the clauses that speak of it.

"Great screen but the battery dies" likes the screen and dislikes the battery. A comment counts once
an aspect, so that liked, disliked and neither add up to the comments that mention it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from skills.comments.aspect_words import usual_aspects
from skills.comments.clauses import only_asks, split_clauses
from skills.comments.irony import is_ironic
from skills.comments.judgement import LABELS
from skills.comments.phrases import Phrases, tokens_of
from skills.comments.unspoken import UNSPOKEN, is_befallen, unspoken_side
from skills.models.sentiment_model import SentimentModel
from skills.models.sentiment_words import has_words, readable

MOST = 40
TAKES_SIDE = 0.25  # positive less negative, the mean of a comment's clauses on an aspect
SURE = 0.5
CONTRADICTS = 0.85  # "Nothing, I love it" in answer to what is bad
STEP = 128  # comments
LONGEST_EXAMPLE = 160
NEGATIVE, POSITIVE = LABELS.index("negative"), LABELS.index("positive")


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """The words of a comment, and the number of its row."""

    text: str
    row: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Aspect:
    """One thing that comments speak of; liked, disliked and neither add up to `comments`."""

    name: str
    comments: int
    liked: int
    disliked: int
    neither: int
    praise: Example | None = None
    complaint: Example | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """One comment on one aspect: from -1 (all negative) to 1, and its clearest clause."""

    name: str
    side: float
    clause: str
    row: int


Told = Callable[[float], bool]  # progress from 0 to 1; whether there is time for more


def find_aspects(
    model: SentimentModel,
    comments: Sequence[tuple[int, str]],
    *,
    leans: Sequence[int] = (),
    phrases: Phrases,
    told: Told,
) -> tuple[list[Aspect], int]:
    """The aspects of (row, text) comments, the most mentioned first, and of how many comments.

    The comments come in an order that makes any first part of them a fair sample.
    """
    mentions, read = find_mentions(model, comments, leans=leans, phrases=phrases, told=told)
    fewest = fewest_of(read)
    counts = Counter(each.name for each in mentions)
    found = [
        _add_up(name, [each for each in mentions if each.name == name])
        for name, count in counts.most_common(MOST)
        if count >= fewest
    ]
    return [replace(each, name=phrases.shown(each.name)) for each in found], read


def find_mentions(
    model: SentimentModel,
    comments: Sequence[tuple[int, str]],
    *,
    leans: Sequence[int] = (),
    phrases: Phrases,
    told: Told,
) -> tuple[list[Mention], int]:
    """What each comment says of each thing, and of how many comments.

    `leans` are 1 for comments that answer what is good, -1 for what is bad, else 0.
    """
    own = _own_aspects(comments, phrases)
    mentions: list[Mention] = []
    known: dict[str, float] = {}
    read = 0
    for start in range(0, len(comments), STEP):
        if not told(start / len(comments)) and start:
            break
        read = min(len(comments), start + STEP)
        step = [
            (place, clause, names)
            for place in range(start, read)
            for clause in split_clauses(comments[place][1])
            if (names := usual_aspects(clause) | _own_in(clause, phrases, own))
        ]
        _judge(model, [clause for _, clause, _ in step], known)
        for mention in _mentions(step, known):
            row, text = comments[mention.row]
            lean = leans[mention.row] if leans else 0
            side = _leaned(mention.side, lean, ironic=is_ironic(text))
            mentions.append(replace(mention, side=side, row=row))
    return mentions, read


def _leaned(side: float, lean: int, *, ironic: bool) -> float:
    """The side as it is meant: of irony, and of a thing named where good or bad was asked for."""
    if ironic:
        side = min(side, -UNSPOKEN)
    if lean and side * lean <= TAKES_SIDE and abs(side) < CONTRADICTS:
        return lean * UNSPOKEN
    return side


def fewest_of(comments: int) -> float:
    """How many make an aspect: 3 of 100 comments, 4 of 200, 20 of 1,000, 40 of 10,000."""
    return max(3, min(0.02 * comments, 20 + 0.002 * comments))


def _own_aspects(comments: Sequence[tuple[int, str]], phrases: Phrases) -> frozenset[str]:
    """Nouns that are mentioned often enough and are none of the usual aspects."""
    counts = Counter(key for _, text in comments for key in phrases.of(tokens_of(text)))
    fewest = fewest_of(len(comments))
    often = {key for key, count in counts.items() if count >= fewest}
    often = {key for key in often if not usual_aspects(key) | usual_aspects(phrases.shown(key))}
    # "gift card" stands for "card" where nearly all cards are gift cards; otherwise the noun stays.
    pairs = {key for key in often if " " in key and counts[key] > 0.6 * counts[key.split()[1]]}
    return frozenset(
        {key for key in often if " " not in key} - {p.split()[1] for p in pairs} | pairs
    )


def _own_in(clause: str, phrases: Phrases, own: frozenset[str]) -> set[str]:
    return phrases.of(tokens_of(clause)) & own


def _judge(model: SentimentModel, clauses: Sequence[str], known: dict[str, float]) -> None:
    """Which side each new clause takes: positive less negative, 0 where it takes none."""
    new = [each for each in dict.fromkeys(clauses) if each not in known]
    sideless = [each for each in new if _is_sideless(each)]
    known.update(dict.fromkeys(sideless, 0.0))
    judged = [each for each in new if each not in known]
    if not judged:
        return
    for clause, shares in zip(judged, model.score(judged), strict=True):
        if side := unspoken_side(clause):
            known[clause] = side
            continue
        sided = max(shares[POSITIVE], shares[NEGATIVE]) >= SURE
        known[clause] = float(shares[POSITIVE] - shares[NEGATIVE]) if sided else 0.0


def _is_sideless(clause: str) -> bool:
    return only_asks(clause) or is_befallen(clause) or not has_words(readable(clause))


def _mentions(step: Sequence[tuple[int, str, set[str]]], known: dict[str, float]) -> list[Mention]:
    """One for each comment and aspect; `row` is the place of the comment."""
    together: dict[tuple[int, str], list[str]] = {}
    for row, clause, names in step:
        for name in sorted(names):
            together.setdefault((row, name), []).append(clause)
    return [
        Mention(
            name=name,
            side=sum(known[each] for each in clauses) / len(clauses),
            clause=max(clauses, key=lambda each: abs(known[each])),
            row=row,
        )
        for (row, name), clauses in together.items()
    ]


def side_of(side: float) -> str:
    """Whether a comment likes or dislikes a thing, or does neither."""
    return "like" if side > TAKES_SIDE else "dislike" if side < -TAKES_SIDE else "neither"


def _add_up(name: str, mentions: Sequence[Mention]) -> Aspect:
    liked = [each for each in mentions if side_of(each.side) == "like"]
    disliked = [each for each in mentions if side_of(each.side) == "dislike"]
    return Aspect(
        name=name,
        comments=len(mentions),
        liked=len(liked),
        disliked=len(disliked),
        neither=len(mentions) - len(liked) - len(disliked),
        praise=_example(liked),
        complaint=_example(disliked),
    )


def _example(mentions: Sequence[Mention]) -> Example | None:
    """The clearest clause that is short enough to quote."""
    fitting = [each for each in mentions if 3 < len(each.clause.split()) < 30] or mentions
    if not fitting:
        return None
    best = max(fitting, key=lambda each: (round(abs(each.side), 2), -len(each.clause)))
    return Example(text=best.clause[:LONGEST_EXAMPLE], row=best.row)
