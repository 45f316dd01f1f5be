"""How a call ended: which of its sentences says so best, and whether it is settled.

Of a call about two things each has an end, and both are told where one is settled and one is not.

Each sentence of the later part does something (see call_outcome.py) or nothing. The later it is
said and the more it says, the more it counts; a customer who is glad of it adds to that, and one
who takes it back ("actually no") takes from it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from skills.telephone.outcome import Act, act_of
from skills.timed import Sentence

BEGINS = 0.45  # of the sentences; what was said before is not yet the end
PART_BEGINS = 0.2  # of those about one of several things: it is named, and answered soon
LATER = 1.2  # what the last sentence counts more than the first of them
GLAD, TAKEN_BACK = 0.4, 2.0
ENOUGH = 1.5  # less says nothing
FEW_WORDS, SHORT = 2, 1.2  # so few words say less
PARTING, LAST = 1.0, 0.9  # more, where a customer gives up in the last of the sentences
THANKS = re.compile(
    r"^\W*(?:(?:oh|ah|okay|ok|right|yes|yeah|well)\W+)*(?:that(?:['’]s| is|['’]d be| would be)"
    r" )?(?:so |very |really |absolutely )?(?:great|brilliant|perfect|lovely|wonderful|fantastic"
    r"|excellent|amazing|super|fab|thank\w*|cheers|good|nice|kind|cool|phew)\b",
    re.IGNORECASE,
)
TAKES_BACK = re.compile(
    r"^\W*(?:(?:oh|ah|um|uh|okay|well|sorry)\W+)*(?:actually|no\W+(?:wait|hang on|hold on|sorry)"
    r"|hang on|wait\b|sorry\W+no\b|I tell a lie|scratch that)",
    re.IGNORECASE,
)
# Somebody turns to another thing that the call is about.
ANOTHER = re.compile(
    r"\b(?:(?:the|my|your|that|an|one) ?other (?:thing|one|question|problem|issue|matter|bit|half)"
    r"|(?:second|next|last|one more) (?:thing|question|problem|issue)"
    r"|while (?:I['’]ve got you|I have you|I['’]m (?:on|at it|here)|you['’]re there))\b"
    r"|^\W*(?:(?:and|so|right|okay|then)\W+)*(?:now,? (?:the|your|for|about|on to)|as for)\b",
    re.IGNORECASE,
)
# Of a call about several things, as who calls says at once, a short turn to one is enough.
SEVERAL = re.compile(
    r"\b(?:two|couple of|few) (?:things|questions|problems|issues)\b"
    r"|\bfirst (?:thing|of all|off)\b|\bthere['’]s also\b"
    r"|\b(?:and|then) I (?:also )?(?:want|need|had)(?:ed)?\b.{0,80}\b(?:about|ask)\b",
    re.IGNORECASE,
)
TURN = re.compile(
    r"^\W*(?:and|so|now|okay|right)\W+(?:what about )?(?:the|this|that|my|your)"
    r" (?:[\w'’]+\W+){1,3}$",
    re.IGNORECASE,
)
SAID_AT_ONCE = 0.3  # of the sentences
SHORTEST = 6  # sentences about one thing


def find_endings(sentences: Sequence[Sentence], agent: int) -> list[tuple[Sentence, bool | None]]:
    """How it ended; where one thing was settled and another was not, first how that was."""
    opening = sentences[: int(len(sentences) * SAID_AT_ONCE)]
    several = any(each.speaker != agent and SEVERAL.search(each.text) for each in opening)
    turns = [
        place
        for place, each in enumerate(sentences)
        if ANOTHER.search(each.text) or (several and TURN.match(each.text))
    ]
    borders = [0, *turns, len(sentences)]
    parts = [sentences[a:b] for a, b in itertools.pairwise(borders) if b - a >= SHORTEST]
    ends = {
        each[1]: each for part in parts if (each := find_ending(part, agent, begins=PART_BEGINS))
    }
    if True in ends and False in ends:
        return [ends[True], ends[False]]
    whole = find_ending(sentences, agent)
    return [whole] if whole else []


def find_ending(
    sentences: Sequence[Sentence], agent: int, *, begins: float = BEGINS
) -> tuple[Sentence, bool | None] | None:
    """The sentence that says how it ended and whether that is well; None where none does.

    Whether it is well is None, too, where it only says what comes next.

    `agent` is who works there; where nobody knows (-1) it may be no customer's call at all, and
    what is done in a meeting is no end of it.
    """
    if agent < 0:
        return None
    first = int(len(sentences) * begins)
    span = max(1, len(sentences) - 1 - first)
    best, most = None, ENOUGH
    for place in range(first, len(sentences)):
        said = sentences[place]
        act = act_of(said.text, served=said.speaker == agent)
        if act is None:
            continue
        weight = _weight(act, sentences, place, agent) + LATER * (place - first) / span
        if weight >= most:
            best, most = (said, act.solved), weight
    return best


def _weight(act: Act, sentences: Sequence[Sentence], place: int, agent: int) -> float:
    """How much an act says by itself and by what the other one says to it."""
    said = sentences[place]
    weight = act.weight - SHORT * (len(said.text.split()) <= FEW_WORDS)
    if act.solved is False and said.speaker != agent:
        weight += PARTING * (place >= LAST * len(sentences))
    reply = next((each for each in sentences[place + 1 :] if each.speaker != said.speaker), None)
    if reply is not None and act.solved is not False:
        weight += GLAD * bool(THANKS.match(reply.text))
        weight -= TAKEN_BACK * bool(TAKES_BACK.match(reply.text))
    return weight
