"""Why somebody called: the first sentence in which he says what he wants, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from skills.models.call_metrics import Sentence
from skills.models.question import stems_of

WANTED = (
    r"\bI(?:'d| would) (?:like|love|need|want)\b|\bI (?:want|need|wanted|needed)\b"
    r"|\bI(?:'m| am) (?:calling|phoning|ringing|looking|trying|having|wondering|interested)\b"
    r"|\bI was (?:wondering|calling|charged|told|trying)\b"
    r"|\b(?:problem|issue|trouble|question|complaint|refund|charged|broken|faulty|missing|late)\b"
    r"|\bmy (?:order|account|bill|invoice|card|delivery|subscription|phone|payment|package)\b"
)
WANT = re.compile(WANTED, re.IGNORECASE)
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


def is_early(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether it is said in the first part of a call."""
    return sentence.start < sentences[-1].end * FIRST


def find_reason(sentences: Sequence[Sentence], agent: int) -> Sentence | None:
    """The first sentence in which somebody who does not work there says what he wants.

    After it was asked how to help him, where that was; what one says before is often of the wait.
    """
    if not sentences:
        return None
    limit = max(FIRST_SECONDS, sentences[-1].end * FIRST)
    pattern = WANT if agent < 0 else OURS
    said = [
        each
        for each in sentences
        if each.speaker != agent and each.start <= limit and len(each.text.split()) >= LEAST_WORDS
    ]
    if agent < 0:
        return next((each for each in said if pattern.search(each.text)), None)
    asked = next((e.start for e in sentences if e.speaker == agent and OFFER.search(e.text)), -1.0)
    after = [each for each in said if each.start > asked] or said
    wanted = (each for each in after if pattern.search(each.text) or _tells(each.text))
    return next(wanted, None) or next((each for each in after if _tells(each.text, FEWEST)), None)


def _tells(text: str, words: int = TELLING_WORDS) -> bool:
    """Whether it says more than a greeting, names, a number or what is spelled."""
    for pattern in (NAMES, GREETING, DIGITS):
        text = pattern.sub(" ", text)
    return len(stems_of(text)) >= words
