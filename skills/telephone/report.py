"""What a call was about, in its own words: why, how it ended, what was promised, what was asked.

Found by the phrases that people use on the telephone, and quoted; nothing is worded anew, so
nothing can be made up. English only: in other languages there are no findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skills.telephone.agent import find_agent
from skills.telephone.ending import find_endings
from skills.telephone.promise import Promise, find_promises
from skills.telephone.question import Question, find_questions
from skills.telephone.reason import find_reason
from skills.timed import Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A sentence of the call: who said it and when, in seconds."""

    speaker: int
    start: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """How it ended; `solved` is None where only what comes next is said.

    `still_open` is said of another thing, where one was settled and that was not.
    """

    quote: Quote
    solved: bool | None
    still_open: Quote | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """`agent` is the speaker who works there, -1 when that cannot be told."""

    agent: int
    reason: Quote | None
    end: End | None
    promises: list[Promise]
    questions: list[Question]


def find(sentences: Sequence[Sentence], *, speakers: int, agent: int = -1) -> Findings:
    """What is found in the sentences of a call, in order; `agent` when it is known."""
    agent = agent if agent >= 0 else find_agent(sentences, speakers)
    return Findings(
        agent=agent,
        reason=tell_reason(sentences, agent),
        end=tell_end(sentences, agent),
        promises=list(find_promises(sentences, speakers=speakers)),
        questions=list(find_questions(sentences)),
    )


def tell_reason(sentences: Sequence[Sentence], agent: int) -> Quote | None:
    """Why somebody called, were the `agent` who works there; -1 when nobody knows."""
    found = find_reason(sentences, agent)
    return _quote(found) if found else None


def tell_end(sentences: Sequence[Sentence], agent: int) -> End | None:
    """How it ended, were the `agent` who works there; None when nobody knows or says it."""
    ends = find_endings(sentences, agent)
    if not ends:
        return None
    (said, solved), *others = ends
    still_open = next((_quote(other) for other, _ in others), None)
    return End(quote=_quote(said), solved=solved, still_open=still_open)


def _quote(sentence: Sentence) -> Quote:
    return Quote(speaker=sentence.speaker, start=sentence.start, text=sentence.text)
