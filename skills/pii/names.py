"""Names of people, by spaCy's recognizer and by the words around them ("my name is …").

Transcripts are often in small letters, where a recognizer alone finds half: what follows "my name
is" is a name in any case, and one that was found once is found again wherever it is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from skills.pii.name_words import NO_NAMES, PARTICLES
from skills.pii.people import people
from skills.pii.recognizer import is_name, recognize

Found = tuple[int, int]
WORD = r"[^\W\d_]+(?:['’\-][^\W\d_]+)*"
NAME = re.compile(WORD)
# What a name is said after, whatever the letters.
SURE = re.compile(
    r"\b(?:(?:my|his|her|their|the|whose|full|first|last|middle|maiden|family|given|customer|"
    r"patient|client|caller|holder|cardholder|your)(?:'s)?\s+(?:full |first |last |sur|legal )?"
    r"name(?:\s+is|'s|\s+was|:)|(?<![\w'])(?:first name|last name|surname|full name)\s*(?:is|:)|"
    r"under the name(?: of)?|in the name of|the name's|goes by|"
    r"(?:mr|mrs|ms|miss|mister|dr|doctor|prof|professor|sir|madam|herr|frau|monsieur|madame)\b\.?)"
    r"\s+",
    re.IGNORECASE,
)
# Somebody says who they are: two words are a name, of one the recognizer must agree.
SELF = re.compile(
    rf"\b(?:this is|i'm|i am|it's|here is)\s+(?P<name>{WORD}(?: {WORD}){{0,2}}?)"
    rf"(?=,? (?:speaking|calling|from|here|on behalf|and i|with the|at the)\b)",
    re.IGNORECASE,
)
# From the first letter of a word: from each, one word of a million letters takes hours.
SPEAKING = re.compile(
    rf"(?<![^\W\d_])(?<![^\W\d_]['’\-])(?P<name>{WORD}(?: {WORD})?)(?= (?:speaking|here)\b)",
    re.IGNORECASE,
)
# What may be followed by a name: a capital letter or the recognizer must agree.
MAYBE = re.compile(
    r"\b(?:this is|i'm|i am|it's|(?:speak|talk|spoke|talked|speaking|talking) (?:to|with)|call me|"
    r"ask for|asked for|ask|(?:over|through) to|(?:card|account|policy)\s?holder is|spoke w/|"
    r"loop in|according to|(?:be|is|it's) under|pls call|please call|cc|hi|hello|hey|"
    r"dear|thanks|thank you|regards|sincerely|cheers|named|called|"
    r"meet|contact|bye|goodbye|"
    r"(?:wife|husband|son|daughter|brother|sister|mother|father|mum|mom|dad|partner|boss|manager|"
    r"colleague|friend|supervisor|neighbour|neighbor|assistant|landlord|aunt|uncle|cousin)),?\s+",
    re.IGNORECASE,
)
OF = re.compile(r"^,? (?:from|at|with|of|for) (?:the )?$", re.IGNORECASE)
SPELLED = re.compile(r"(?<![\w'])[A-Za-z](?:[\s,.\-–]+[A-Za-z](?![\w'’])){2,}(?!\w)")
SPELLING = re.compile(
    r"\b(?:spell(?:ed|s|ing)?|spelt|letters?|that's|that is)(?:\s+\w+){0,3}[\s:,]+$", re.IGNORECASE
)
# What stands behind somebody who is named first.
BY_A_PERSON = re.compile(r"[,:]|\s+(?:from|and|or|at|in|said|says|here|has|was|\w+ed)\b|['’]s\b")
ARTICLE = re.compile(r"\b(?:the|a|an|this|that|each|every)$", re.IGNORECASE)
MOST_WORDS = 3


def find_names(text: str) -> Iterator[Found]:
    """The names in a text, as the letters from one to before another."""
    called = (_after(text, match.end(), sure=True) for match in SURE.finditer(text))
    sure = [each for each in called if each]
    sure += _selves(text)
    trimmed = (_trimmed(text, *found) for found in recognize(text))
    recognized = [found for found in trimmed if _plausible(text, found)]
    all_found = [*sure, *recognized, *_cued(text, recognized), *_listed(text)]
    found = [each for each in all_found if not _is_firm(text, each, all_found)]
    yield from found
    yield from _said_again(text, found)
    yield from _spelled(text, found)


def _listed(text: str) -> Iterator[Found]:
    """First names that are nothing else, each with the family names behind it."""
    known = people()
    said = list(NAME.finditer(text))
    place = 0
    while place < len(said):
        start, word = said[place].start(), _alone(said[place][0])
        capital = word[0].isupper()
        place += 1
        if len(word) < (3 if capital else 4) or not known.is_first(word, doubtful=True):
            continue
        doubtful = not known.is_first(word)
        if _bare(word) in NO_NAMES and not (doubtful and capital):
            continue
        end = start + len(word)
        while place < len(said) and said[place].start() == end + 1 and text[end] == " ":
            after = _alone(said[place][0])
            named = known.is_first(after) or known.is_last(after, doubtful=not doubtful)
            if not named or _bare(after) in NO_NAMES or after[0].isupper() != capital:
                break
            doubtful = False
            end = said[place].start() + len(after)
            place += 1
        if not doubtful:
            yield start, end


def _alone(word: str) -> str:
    """Without the 's of what belongs to somebody."""
    return re.sub(r"['’]s$", "", word)


def _selves(text: str) -> Iterator[Found]:
    """Who says who they are."""
    for match in [*SELF.finditer(text), *SPEAKING.finditer(text)]:
        said = match["name"].split()
        if any(_bare(word) in NO_NAMES for word in said):
            continue
        if (len(said) > 1 and match.re is SELF) or _asked(match["name"]):
            yield match.span("name")


def _is_firm(text: str, found: Found, others: Sequence[Found]) -> bool:
    """Whether it is where a person that is named before works: "Ada Byron from Contoso"."""
    return any(0 < found[0] - end < 12 and OF.match(text[end : found[0]]) for _, end in others)


def _trimmed(text: str, start: int, end: int) -> Found:
    """Without the words at both ends that belong to no name."""
    found = list(NAME.finditer(text, start, end))
    while found and _bare(found[0][0]) in NO_NAMES:
        found.pop(0)
    known = list(takewhile(lambda one: _bare(one[0]) not in NO_NAMES, found))
    if not known:
        return start, start
    last = known[-1]
    return known[0].start(), last.start() + len(_alone(last[0]))


def _bare(word: str) -> str:
    return word.lower().replace("’", "'")


def _plausible(text: str, found: Found) -> bool:
    """Whether what the recognizer found can be a name: no digits, no shouted abbreviation."""
    name = text[found[0] : found[1]]
    if len(name) < 2 or any(letter.isdigit() or letter in "@_/\n[]" for letter in name):
        return False
    if name.islower() and " " not in name:
        return len(name) > 2 and is_name(name.title())
    if name.isupper() and len(name) <= 4:
        return False
    return len(name.split()) <= 4 and not _is_a_word(text, found)


def _is_a_word(text: str, found: Found) -> bool:
    """ "Mark my words", "Young Drivers pay more", "the Bill": words that are names as well.

    Where a sentence begins capitals say nothing, and nobody is called "the": what stands behind a
    person decides.
    """
    said, before = NAME.findall(text, *found), text[: found[0]].rstrip(" ")
    known = people()
    if any(known.is_first(word) or known.is_last(word) for word in said):
        return False
    if not said or not known.is_first(said[0], doubtful=True):
        return False
    begins = not before or before[-1] in ".!?\n"
    if begins:
        return not BY_A_PERSON.match(text, found[1])
    return ARTICLE.search(before[-8:]) is not None


def _after(text: str, start: int, *, sure: bool) -> Found | None:
    """The name that begins at a place."""
    end = start
    capital = text[start : start + 1].isupper()
    for count in range(MOST_WORDS):
        match = NAME.match(text, end + (1 if count else 0))
        if match is None or (count and text[end] not in " "):
            break
        word = _bare(match[0])
        if word in NO_NAMES or (capital and not match[0][0].isupper() and word not in PARTICLES):
            break
        end = match.end()
    if end == start:
        return None
    found = _trimmed(text, start, end)
    return found if found[1] - found[0] > 1 and (sure or capital) else None


def _cued(text: str, recognized: Sequence[Found]) -> Iterator[Found]:
    """What a person may be named by, where the recognizer agrees once it has capitals."""
    taken = {start for start, _ in recognized}
    for match in MAYBE.finditer(text):
        start = match.end()
        if start in taken:
            continue
        word = NAME.match(text, start)
        if word is None or _bare(word[0]) in NO_NAMES:
            continue
        written = _after(text, start, sure=False)
        if written and " " in text[written[0] : written[1]]:
            yield written
        elif found := _asked(_sentence(text, start)):
            yield start, start + found


def _sentence(text: str, start: int) -> str:
    """The words from a place to the end of the sentence, a few of them."""
    return re.split(r"[.?!,\n]", text[start : start + 60], maxsplit=1)[0]


def _asked(rest: str) -> int:
    """How many letters of what follows a cue are a name, when it is written as one."""
    said = list(NAME.finditer(rest))[:MOST_WORDS]
    for count in range(len(said), 0, -1):
        chosen = said[:count]
        if any(_bare(word[0]) in NO_NAMES for word in chosen):
            continue
        name = rest[: chosen[-1].end()]
        if _agreed(name):
            return len(name)
    return 0


def _agreed(name: str) -> bool:
    """Whether the list or the recognizer knows it as a name, once it is where one is expected."""
    known, (first, *more) = people(), name.split()
    if known.is_first(first, doubtful=True) and all(
        known.is_last(word, doubtful=True) or known.is_first(word) for word in more
    ):
        return True
    return is_name(name.title())


def _said_again(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """The parts of the names that were found, wherever else they are written the same way."""
    parts = {
        word[0]
        for start, end in found
        for word in NAME.finditer(text, start, end)
        if len(word[0]) > 2 and _bare(word[0]) not in PARTICLES
    }
    capital = {part for part in parts if part[0].isupper()}
    known = capital | {part for part in parts if is_name(part.title(), once=True)}
    if not known:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(known)))})(?![\w-])")
    yield from (match.span() for match in pattern.finditer(text))


def _spelled(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Names said letter by letter, after "spelled" or after the name itself."""
    parts = {word[0].lower() for start, end in found for word in NAME.finditer(text, start, end)}
    for match in SPELLED.finditer(text):
        letters = "".join(letter for letter in match[0].lower() if letter.isalpha())
        before = text[max(0, match.start() - 40) : match.start()]
        near = any(match.start() - end in range(60) for _, end in found)
        if any(part in letters for part in parts if len(part) > 2) or (
            near and SPELLING.search(before)
        ):
            yield match.span()
