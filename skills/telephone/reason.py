"""Why somebody called: the early sentence in which he says best what he wants, or what is wrong.

Where it is not known who called, only who says that he is calling says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from skills.texts.question import stems_of
from skills.timed import Sentence

WANTED = (
    r"\bI(?:'d| would) (?:like|love|need|want)\b|\bI (?:want|need|wanted|needed)\b"
    r"|\bI(?:'m| am) (?:calling|phoning|ringing|looking|trying|having|wondering|interested)\b"
    r"|\bI was (?:wondering|calling|charged|told|trying)\b"
    r"|\b(?:problem|issue|trouble|question|complaint|refund|charged|broken|faulty|missing|late)\b"
    r"|\bmy (?:order|account|bill|invoice|card|delivery|subscription|phone|payment|package)\b"
)
REASON = re.compile(  # where it is known who does not work there, less will do
    rf"{WANTED}|\bI (?:have|had|got|'ve got) (?:a|an|some)\b"
    r"(?! (?:lot|bit|few|couple|minute|moment|second|time|pen|good|nice|great|lovely)\b)"
    r"|\b(?:isn't|is not|doesn't|does not|won't|hasn't|didn't|can't|cannot|stopped) \w+",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"\b(?:hi|hello|hey|yeah|yes|okay|thanks?|thank you|good (?:morning|afternoon|evening)"
    r"|how are you|my name is \w+(?: \w+)?|this is \w+(?: \w+)?)\b",
    re.IGNORECASE,
)
OURS = re.compile(  # who calls for a family or a firm
    rf"{REASON.pattern}|\bwe(?:'d| would) (?:like|love|need|want)\b|\bwe (?:want|need)\b"
    r"|\bwe(?:'re| are) (?:calling|looking|having|moving|locked)\b"
    r"|\b(?:I|we)(?:'ve| have) (?:got to|to)\b",
    re.IGNORECASE,
)
CALLS = re.compile(
    r"\b(?:I['’]m|I am|we['’]re|we are) (?:just )?(?:calling|phoning|ringing)\b(?! from\b)"
    r"|\bI was (?:just )?(?:calling|phoning|ringing)\b|^\W*(?:(?:hi|hello|so|yes|and)\W+)*"
    r"it['’]s (?:just )?(?:about|regarding)\b",
    re.IGNORECASE,
)
TROUBLE = re.compile(
    r"\b(?:wrong|lost|damaged|smashed|stolen|stuck|locked|cancel\w*|twice|double|overdue|dead"
    r"|broke|burst|leak\w*|complain\w*|nobody|nothing|supposed to|still (?:not|no|hasn|isn"
    r"|waiting)|no (?:signal|heating|water|power)|keeps? \w+ing|out of my"
    r"|turn(?:ed|ing) (?:up|down)"
    r"|(?:you|they)(?:['’]ve| have)? (?:sent|charged|billed|taken|left|told) (?:me|us)|won['’]t"
    r"|(?:was|were) told)\b",
    re.IGNORECASE,
)
# Of the wait, or that something is going to be said.
NO_REASON = re.compile(
    r"\bon hold\b|\b(?:two|three|couple of|few) (?:things|questions)\W*$", re.IGNORECASE
)
OFFER = re.compile(
    r"\b(?:how (?:can|may|could) (?:I|we) (?:help|assist)|(?:can|may) (?:I|we) help|what can"
    r" (?:I|we) do for you|what(?:['’]s| is) (?:the call|it|this|that) (?:all )?about)\b",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\b(?:\w*\d\w*|double|triple|\w)\b", re.IGNORECASE)
NAMES = re.compile(r"(?<=\w\W)[A-Z]\w+|\b(?:Mr|Mrs|Ms|Dr)\b\.?")
# Of a sentence that says what a customer wants in no words that we know; where there is none.
TELLING_WORDS, FEWEST = 4, 3
FIRST, FIRST_SECONDS = 0.5, 60.0  # of the call, and at least: why is said up to here
LEAST_WORDS = 4
FEW = 6  # sentences in which he says it
EARLIER, FULLER = 0.6, 0.25  # what one place, and what a telling word counts of a pattern
FULL = 8  # telling words; more say no more


def is_early(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether it is said in the first part of a call."""
    return sentence.start < sentences[-1].end * FIRST


def find_reason(sentences: Sequence[Sentence], agent: int) -> Sentence | None:
    """The sentence in which somebody who does not work there says best what he wants.

    After it was asked how to help him, where that was; what one says before is often of the wait.
    Where one who works there says why he calls, that.
    """
    if not sentences:
        return None
    limit = max(FIRST_SECONDS, sentences[-1].end * FIRST)
    early = [
        each for each in sentences if each.start <= limit and len(each.text.split()) >= LEAST_WORDS
    ]
    calls = (e for e in early if e.speaker == agent or agent < 0 if CALLS.search(e.text))
    if (why := next(calls, None)) or agent < 0:
        return why
    asked = next((e.start for e in early if e.speaker == agent and OFFER.search(e.text)), -1.0)
    said = [each for each in early if each.speaker != agent]
    after = [each for each in said if each.start > asked] or said
    telling = [e for e in after if OURS.search(e.text) or _tells(e.text) >= TELLING_WORDS]
    telling = telling or [each for each in after if _tells(each.text) >= FEWEST]
    ranked = list(enumerate(telling[:FEW]))
    return max(ranked, key=lambda e: _worth(e[1].text) - EARLIER * e[0])[1] if ranked else None


def _worth(text: str) -> float:
    """How well it says what is wanted or wrong."""
    said = bool(OURS.search(text)) + bool(TROUBLE.search(text)) + bool(CALLS.search(text))
    return said - bool(NO_REASON.search(text)) + FULLER * min(FULL, _tells(text))


def _tells(text: str) -> int:
    """How many telling words it has beside a greeting, names, a number or what is spelled."""
    for pattern in (NAMES, GREETING, DIGITS):
        text = pattern.sub(" ", text)
    return len(stems_of(text))
