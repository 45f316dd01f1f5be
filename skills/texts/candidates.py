"""Candidates: which sentences of a text may stand in a summary, and what weighs against each.

Left out: headings, code, links alone, greetings and thanks, page furniture, tables of contents,
reference lists, rows of figures. Nothing here knows what a sentence means: extract.py does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from skills.decode.document import QUOTED, Passage
from skills.decode.sentences import count_words, split_sentences

_STOP_WORDS = """
that with this have from they would there what which when were been will about just like really
think know yeah okay then them some your could also more than into only because very well going
other their those these
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
SECTIONS = 50
ENOUGH = 5  # sentences, beside which rows of tables are no points
ROW = 0.3  # what a row of a table is behind a sentence
ENOUGH_SAID = 3  # sentences of a mail, beside which those that it quotes are no points
FEWEST_WORDS, MOST_WORDS = 5, 70
MOST_LETTERS = 700
BULLET = re.compile(r"^(?:[•▪◦●○■□‣∙·–—*-]|\[[ xX]\])\s+")
FENCED = re.compile(r"```.*?(?:```|$)", re.DOTALL)
URL = re.compile(r"<?(?:https?://|www\.)\S+")
GREETING = re.compile(
    r"^\W*(hi|hello|hey|dear|thanks?|thank you|thx|cheers|welcome|good (morning|afternoon|evening)|"
    r"(best|kind|warm)? ?regards|sincerely|yours|congrat\w*|lol|haha\w*|ok(ay)?|sure|great|perfect|"
    r"nice|cool|awesome|yes|yep|yeah|no worries|sounds good|got it|will do|see you|\+1|morning|"
    r"bye|ping|bump|please find attached|hope (this|you))\b",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"all rights reserved|^©|^copyright\b|intentionally left blank|^table of contents|^page \d+|"
    r"\.{4,}|unsubscribe|^(mime-version|message-id|content-type):|^keywords?\s*[:—-]|"
    r"^\[\d+\]\s|^(table|fig(ure|\.)?|chart|exhibit)\s*\d+\b",
    re.IGNORECASE,
)
MAIL_HEADER = re.compile(r"^from: [^;]{1,200}; (?:to|cc|date): ", re.IGNORECASE)
REFERENCES = re.compile(
    r"^(?:\d+\.?\s+)?(references|bibliography|works cited|literatur\w*|références|"
    r"acknowledge?ments)$",
    re.IGNORECASE,
)
CODE = re.compile(r"[{}<>=;|\\$#@~^_]|\(\)|::|->|//")
# Such a beginning points at a sentence that will not stand before it any more.
DANGLING = re.compile(
    r"^\W*(however|this|that|these|those|he|she|it|they|but|and|so|also|then|or|his|her|their|its|"
    r"such|here|there|therefore|thus|hence|moreover|furthermore|instead|otherwise|similarly)\b",
    re.IGNORECASE,
)
# Spoken words: hesitations, and words said twice.
FILLER = re.compile(
    r"^\W*(um|uh|well|yeah|oh|hmm|mm|okay|so)\b|\b(um|uh|you know|i mean)\b|\b(\w+) \3\b",
    re.IGNORECASE,
)
# Who was there and when, a date line, a line with a name for what follows: true, and no point.
FORMALITY = re.compile(
    r"^(?:held (?:on|at|in)|welcome to|(?:present|excused|absent|apologies|attendees|participants|"
    r"in attendance|chair|minutes(?: by)?|venue|place|date|time|anwesend|entschuldigt|"
    r"protokoll|présents|excusés|asistentes)\s*:)|"
    r"^(?:[^.!?]{0,40}, )?\d{1,2}\.? [^\W\d]+\.? (?:19|20)\d\d$",
    re.IGNORECASE,
)
DECIDES = re.compile(
    r"\b(decid\w+|agree[ds]?|agreement|conclu\w+|recommend\w*|deadline|launch\w*|must|approved?|"
    r"rejected|next steps?|action items?|in (summary|short)|overall|we will|we'll|plan to|"
    r"by (monday|tuesday|wednesday|thursday|friday|tomorrow|next week)|"
    r"results?|found that|aims?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A whole sentence; `passage` is the index of where it stands, `weight` 1 or somewhat less."""

    text: str
    source: str
    passage: int
    weight: float
    first: bool


def find_candidates(passages: Sequence[Passage]) -> list[Candidate]:
    """The sentences that may be picked; when the strict look finds almost none, all but scraps."""
    kept = _unlike_each_other(_candidates(passages))
    kept = _without_quoted(_without_rows(kept, passages))
    if len(kept) >= 3:
        return kept
    loose = [
        Candidate(text=text, source=source, passage=index, weight=0.5, first=False)
        for index, each in enumerate(passages)
        for text, source in _placed(each)
        if count_words(text) >= 3 and len(text) <= MOST_LETTERS and not MAIL_HEADER.match(text)
    ]
    return _unlike_each_other(loose) if len(loose) > len(kept) else kept


def _without_rows(found: list[Candidate], passages: Sequence[Passage]) -> list[Candidate]:
    """Without rows of tables, where there are sentences enough to choose from."""
    sentences = [each for each in found if passages[each.passage].table < 0]
    return sentences if len(sentences) >= ENOUGH else found


def _without_quoted(found: list[Candidate]) -> list[Candidate]:
    """Without what a mail repeats of earlier ones, where it says enough itself."""
    own = [each for each in found if QUOTED not in each.source]
    return own if len(own) >= ENOUGH_SAID else found


def _candidates(passages: Sequence[Passage]) -> Iterator[Candidate]:
    in_references = False
    for index, passage in enumerate(passages):
        if passage.heading or REFERENCES.match(passage.text):
            in_references = bool(REFERENCES.match(passage.text))
            continue
        if in_references or (index == 0 and _is_title(passages)):
            continue
        for place, (sentence, source) in enumerate(_placed(passage)):
            if weight := weigh(sentence):
                weight -= ROW * (passage.table >= 0)
                yield Candidate(
                    text=sentence, source=source, passage=index, weight=weight, first=place == 0
                )


def _is_title(passages: Sequence[Passage]) -> bool:
    """Whether a text begins with a line that is no sentence and stands above the first heading."""
    first, *rest = passages
    return (
        bool(rest) and rest[0].heading and not first.text.endswith((".", "!", "?", "。", "”", ")"))
    )


def _placed(passage: Passage) -> Iterator[tuple[str, str]]:
    """The sentences of a passage, each with where it begins; a row of a table is one."""
    if passage.table >= 0:
        yield passage.text, passage.source
        return
    place = 0
    for sentence in _sentences(passage.text):
        if passage.turns:  # else all stand in one place, and need not be looked for
            place = max(place, passage.text.find(sentence, place))
        yield sentence, passage.source_at(place)
        place += len(sentence)


def _sentences(text: str) -> list[str]:
    """Sentences without the bullet that marked them as an item."""
    lines = FENCED.sub("\n", text).splitlines()
    return [BULLET.sub("", each) for line in lines for each in split_sentences(line)]


def _unlike_each_other(candidates: Iterator[Candidate] | list[Candidate]) -> list[Candidate]:
    """Each sentence once, however often the text repeats it."""
    found: dict[str, Candidate] = {}
    for each in candidates:
        found.setdefault(re.sub(r"\W+", " ", each.text.lower()).strip(), each)
    return list(found.values())


def weigh(sentence: str) -> float:
    """0 for what is left out, else 1 less what makes a sentence stand badly alone."""
    words = count_words(sentence)
    if not FEWEST_WORDS <= words <= MOST_WORDS or len(sentence) > MOST_LETTERS:
        return 0.0
    if (
        MAIL_HEADER.match(sentence)
        or FURNITURE.search(sentence)
        or FORMALITY.search(sentence)
        or (GREETING.match(sentence) and words < 9)
    ):
        return 0.0
    bare = URL.sub("", sentence)
    letters = sum(letter.isalpha() for letter in bare)
    if count_words(bare) < FEWEST_WORDS - 1 or letters < 0.6 * len(bare.replace(" ", "")):
        return 0.0
    if len(CODE.findall(bare)) > 0.05 * len(bare):
        return 0.0
    weight = 1.0
    weight -= 0.2 * bool(DANGLING.match(sentence))

    weight -= 0.25 * (FILLER.search(sentence) is not None)
    weight -= 0.15 * (not sentence.rstrip("\"”’')]»*_ ").endswith((".", "!", "?", "。", "…")))
    weight -= 0.15 * sentence.rstrip("\"”’')]»").endswith(("?", "？"))
    weight += 0.05 * (DECIDES.search(sentence) is not None)
    return weight


def thin_out(
    candidates: list[Candidate], *, most: int, sections: int = SECTIONS
) -> list[Candidate]:
    """At most `most`, the same share from every section, by how common their words are here.

    It keeps a book's summary as cheap as a chapter's, and every chapter in the running.
    """
    if len(candidates) <= most:
        return candidates
    values = [
        common * each.weight * (1.2 if each.first else 1.0)
        for common, each in zip(commonness(candidates), candidates, strict=True)
    ]
    size = -(-len(candidates) // sections)
    kept: list[int] = []
    for start in range(0, len(candidates), size):
        section = range(start, min(start + size, len(candidates)))
        ranked = sorted(section, key=lambda place: -values[place])
        kept += sorted(ranked[: max(1, most // sections)])
    return [candidates[place] for place in kept]


def commonness(candidates: Sequence[Candidate]) -> list[float]:
    """For each, how many other sentences have its content words (mean of the logarithm)."""
    contents = [_content_words(each.text) for each in candidates]
    counts = Counter(word for words in contents for word in words)
    return [sum(log(counts[word]) for word in words) / (len(words) + 2) for words in contents]


def _content_words(text: str) -> set[str]:
    """Words of four letters or more that say something of their own."""
    return set(re.findall(r"[^\W\d_]{4,}", text.lower())) - STOP_WORDS
