"""Question: what is asked of a document, and the words of it that matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 500
MOST_WORDS_OF_REQUEST = 20  # a longer text that speaks of a summary is a text
_FUNCTION_WORDS = """
a an the of in on at to for from by with about as into over after before between and or but if than
is are was were be been being am do does did done has have had having will would can could shall
should may might must what which who whom whose when where why how many much long often far
it its this that these those there here he she they them his her their we us our you your i me my
not no any some all each every both either say says said tell tells mention mentions mentioned state
states stated write written document file text page pages please find show anything something
ist sind der die das ein eine und oder von zu im in wie was wer wann wo warum welche welcher
que qui quoi quel quelle est sont le la les un une des du de et ou dans pour comment quand
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
# The words around a topic: "what does it say about", "is there anything on", "find".
_IT = r"(?:it|this|that|he|she|they|(?:the|this|that|our|their|my)\s+\S+(?:\s+\S+)?|\S+\.\w{2,5})"
_SAYS = (
    r"(?:says?|said|states?|stated|tells?|mentions?|mentioned|writes?|written|talks?|speaks?|"
    r"discuss(?:es)?|covers?|contains?|has|have)"
)
_ABOUT = r"(?:about|on|regarding|concerning|of|to|for|as\s+to|with\s+regard\s+to)"
_SOME = r"(?:anything|something|everything|a\s+word|more|us|me)"
TOPIC = re.compile(
    r"\W*(?:(?:please|can|could|would|will|you|kindly)\s+)*"
    r"(?:"
    rf"(?:what|where|which\s+\w+|how|if|whether)?\s*(?:does|do|did|is|are)\s+{_IT}\s+{_SAYS}"
    rf"(?:\s+{_SOME})?\s+{_ABOUT}\s+|"
    rf"what\s+(?:is|are|was)\s+(?:there\s+)?{_SAYS}\s+(?:there\s+|in\s+{_IT}\s+)?{_ABOUT}\s+|"
    rf"(?:what|where)\s+{_IT}\s+{_SAYS}\s+{_ABOUT}\s+|"
    rf"is\s+there\s+{_SOME}\s+(?:said\s+|written\s+|in\s+{_IT}\s+)?{_ABOUT}\s+|"
    rf"(?:tell|show|find|give)(?:\s+{_SOME})*\s+(?:{_ABOUT}\s+)?|"
    rf"(?:{_SOME}\s+)?{_ABOUT}\s+|search\s+(?:for\s+)?|look\s+for\s+|"
    rf"(?:does|do|did)\s+{_IT}\s+(?:mention|cover|discuss|contain|have|say)\s+"
    rf"(?:{_SOME}\s+{_ABOUT}\s+)?"
    r")",
    re.IGNORECASE,
)
SAYS_ABOUT = re.compile(
    rf"\W*(?:what|where)\s+(?:does|do|did|is)?\s*{_IT}\s+{_SAYS}\s+{_ABOUT}\b", re.I
)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
ENDINGS = (
    "izations", "ization", "ations", "ation", "ating", "ators", "ator", "ated", "ates", "ments",
    "ment", "ings", "ing", "ions", "ion", "ers", "er", "ies", "ied", "ed", "es", "ate", "ly", "s",
    "y", "e",
)  # fmt: skip
SHORTEST_STEM = 4
SHORT_BEFORE = {"s": 3, "ment": 3, "ments": 3}  # "fees" and "fee", "payment" and "pay"

ASKS = re.compile(
    r"(?:please\s+)?(?:what|which|who|whose|whom|when|where|why|how|does|do|did|is|are|was|were|can|"
    r"could|should|must|find|search|look\s+for|tell\s+me|show\s+me|anything|wer|wann|wo|"
    r"warum|wie|welche\w*|que|qui|quand|combien|cuándo|qué)\b",
    re.IGNORECASE,
)
# What people ask of whoever reads for them, and not of the document.
_OF_THE_READER = """
summarize summarise summary summaries sum main key point gist tldr look check read have take help
know think briefly short overview explain opinion understand thank thanks hello hey
contract invoice slides deck presentation pdf proposal attachment attached enclosed
"""
# Who asks for a summary, of whatever, or sends a file along, asks nothing of it.
SUMS_UP = re.compile(
    r"\b(?:summari[sz]\w*|(?:a|an|the|short|brief|quick)\s+(?:summary|overview|gist)|tl;?dr|"
    r"(?:key|main)\s+(?:points?|takeaways?)|zusammenfass\w*|zusammenzufassen)\b",
    re.IGNORECASE,
)
SENDS = re.compile(r"\b(?:attached|enclosed|anbei|beigefügt)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """`text` is what people read, `topic` what is looked for, `stems` its telling words."""

    text: str
    topic: str
    stems: frozenset[str]


def is_question(text: str) -> bool:
    """Whether words beside a document ask something of it, instead of just sending it along.

    "Can you summarize the lease?" asks of us, and "What is this about?" is answered by a summary;
    "Please find attached the lease" asks nothing.
    """
    marked = text.rstrip(' "”»)').endswith(("?", "？"))
    asks = marked or (ASKS.match(text.lstrip()) and not SENDS.search(text))
    return bool(asks) and not (says_nothing(text) or _wants_summary(text))


def _wants_summary(text: str) -> bool:
    """Whether a summary is what is asked for; "what does the summary say about pay?" is not."""
    return bool(SUMS_UP.search(text)) and not SAYS_ABOUT.match(" ".join(text.split())[:LONGEST])


def says_nothing(text: str) -> bool:
    """Whether words are only polite ones, or ask for a summary: "please look at this"."""
    few = len(text.split()) <= MOST_WORDS_OF_REQUEST
    return not stems_of(text) - OF_THE_READER or (few and _wants_summary(text))


def read_question(text: str) -> Question:
    """A question as it was typed."""
    whole = " ".join(text.split())[:LONGEST]
    found = TOPIC.match(whole)
    rest = whole[found.end() :] if found else whole
    topic = rest.strip(" ?!.\"“”'«»") or whole
    # A verb may be left of a question that only began like one ("Is it to be paid in May?").
    stems = stems_of(topic) or stems_of(whole)
    return Question(text=whole, topic=topic if stems_of(topic) else whole, stems=stems)


def stems_of(text: str) -> frozenset[str]:
    """The telling words of a text without their endings; a number is one as it is."""
    return frozenset(_stems(WORD.findall(text.lower())))


def _stems(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        plain = re.sub(r"['’]\w*$", "", word)
        if plain and plain not in FUNCTION_WORDS:
            yield stem(plain)


def stem(word: str) -> str:
    """A word without the commonest English ending: "terminated" and "termination" are one."""
    for ending in ENDINGS:
        shortest = SHORT_BEFORE.get(ending, SHORTEST_STEM)
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


OF_THE_READER = stems_of(_OF_THE_READER)
