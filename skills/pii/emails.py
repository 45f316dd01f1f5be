"""E-mail addresses, written and said: "john dot smith at gmail dot com"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skills.pii.tokens import words

WRITTEN = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-][\w.!#$%&'*+/=?^`{|}~-]{0,63}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}\b"
)
TOP = (
    r"(?:com|org|net|edu|gov|info|biz|io|ai|app|dev|me|eu|us|uk|ca|au|de|fr|es|it|nl|be|ch|at|ie|"
    r"se|no|dk|fi|pl|pt|in|jp|br|mx|co|nz|za|ru|cz|gr|hu|ro|tv|online|shop|store|tech|email|"
    r"academy|agency|health|law|care|cloud|design|studio|london|berlin|test|example)"
)
LABEL = r"[a-z0-9]+(?:(?:\s+(?:dash|hyphen|minus)\s+|-)[a-z0-9]+)*"
DOT = r"(?:\s*\.|\s+(?:dot|point|period|punkt|punto)\s+)"
# "john smith, all one word, at, gmail dot com"
ASIDE = r"(?:,?\s+(?:(?:all )?(?:one word|lower ?case|together)|no spaces|small letters))?"
PAUSE = r"(?:,|\.{2,3}|…)?"
DOMAIN = re.compile(  # from the first of many blanks: from each of them it takes minutes
    rf"(?<!\s)(?:{ASIDE}{PAUSE}\s+(?:(?:uh|um|er|erm)[,.]?\s+)?(?:at|@|\(at\)|\[at\]|arroba)"
    rf"{PAUSE}\s+(?:the\s+)?|\s*@\s*)"
    rf"(?P<words>(?:[a-z0-9]+\s+){{0,3}}?)(?P<host>{LABEL}(?:{DOT}{LABEL}){{0,2}}?)"
    rf"(?P<tops>(?:{DOT}{TOP}\b){{1,2}})(?![a-z])(?!\s*-)(?!{DOT}[a-z]{{2,}}\b(?!\s))",
    re.IGNORECASE,
)
LAST = re.compile(r"([\w+-]+(?:\.[\w+-]+)*)$")
JOIN = re.compile(
    r"(?:\s+(?:dot|underscore|dash|hyphen|minus|plus|period|point)\s+|\s*[._+-]\s*)$", re.IGNORECASE
)
JOINING = frozenset(words("dot underscore dash hyphen minus plus period point"))
SPACE = re.compile(r"\s+$")
CUE = re.compile(
    r"\b(?:e-?mails?|mail|inbox|gmail|address|addresses|write to|send (?:it|that|them) to|"
    r"reach (?:me|us|him|her) (?:at|on)|username|login|contact|copy|forward|cc|reply)\b",
    re.IGNORECASE,
)
NUMBER_WORDS = frozenset(
    words(
        "zero oh one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty "
        "seventy eighty ninety double triple"
    )
)
# Words that an address does not begin with: they lead to it, or the "at" is only a place.
LEADING = frozenset(
    words(
        "is it's its email e-mail mail address to me on at the and or my your his her our "
        "their us yes so um uh er as that's that this okay ok sure it be was of with for from "
        "in an i'd i'm you under copy cc use using try also then via send emailing forward "
        "write contact reach yeah well right like just a no not please message named called "
        "says reads not? ask in into by"
    )
)
PLACING = frozenset(
    words(
        "look looked looking shop shopped buy bought order ordered available check visit sign "
        "log register registered online site website page apply see seen find found read live "
        "work works worked working team people guys sale everyone here there down up "
        "more details prices cheaper them him her store app account subscribe watch "
        "prices deals offer offers event conference hotel jobs careers news forum orders payment "
        "meet meeting happened start started problem issue based arrived paid pay "
        "stream listen browse engineer manager developer job sold hosted article blog listed"
    )
)
LED = re.compile(
    r"(?:\b(?:to|is|it's|be|use|as|with|under|was|cc|on|of|yes|yeah|sure|okay|and|also|copy),?\s+"
    r"|[.?!:\]]\s+|^\s*)$",
    re.IGNORECASE,
)
# Who reads it: an address where it is led to ("write to info at …"), else what is offered there.
ROLES = frozenset(words("info support help team sales contact office press news"))
ROLE_LED = re.compile(
    r"(?:\b(?:to|is|it's|be|use|with|under|was|cc|copy|e-?mail|mail|write|yes|sure|at),?\s+|^\s*"
    r"|[.?!:\]]\s+)$",
    re.IGNORECASE,
)
FREE = re.compile(
    r"gmail|googlemail|yahoo|hotmail|outlook|icloud|gmx|aol|proton|live|msn|web|comcast|verizon|"
    r"orange|btinternet|mail|fastmail|yandex|zoho",
    re.IGNORECASE,
)
NEAR = 90  # letters in which a word about e-mail speaks of the address


def find_emails(text: str) -> Iterator[tuple[int, int]]:
    """The addresses in a text, as the letters from one to before another."""
    written = [match.span() for match in WRITTEN.finditer(text)]
    yield from written
    for match in DOMAIN.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in written):
            begin = min((s for s, e in written if s < match.end() and match.start() < e))
            longer = _local(text, begin, cued=False, joined=True)
            if longer < begin:
                yield longer, match.end()
            continue
        start = _start(text, match)
        if start < match.start():
            yield start, match.end()


def _start(text: str, match: re.Match[str]) -> int:
    """Where the address begins that a domain ends; the domain's start when there is none."""
    leading = text[max(0, match.start() - NEAR) : match.start()].rsplit("\n", 1)[-1]
    after = text[match.end() : match.end() + 40]
    cued = bool(CUE.search(leading)) or bool(re.search(r"\be-?mail\b|\binbox\b", after, re.I))
    sign = "@" in match[0] or "arroba" in match[0].lower()
    start = _local(text, match.start(), cued=cued, joined=False)
    local = text[start : match.start()]
    if not local:
        return match.start()
    word = local.split()[-1].lower()
    joined = any(part in NUMBER_WORDS or part in JOINING for part in local.lower().split())
    host = re.sub(r"\s", "", match["words"] + match["host"])
    if match["words"] and not (cued or sign or joined or FREE.fullmatch(host)):
        return match.start()
    if sign or joined or not local.replace(" ", "").isalpha():
        return start
    before = text[max(0, start - NEAR) : start]
    if word in PLACING or (word in ROLES and not ROLE_LED.search(before)):
        return match.start()
    led = LED.search(before) and len(word) > 3
    return start if cued or led or FREE.search(host) else match.start()


def _local(text: str, end: int, *, cued: bool, joined: bool) -> int:
    """Where the part before the "at" begins, read from its end."""
    place = end
    bare = 0
    while True:
        rest = text[max(0, place - NEAR) : place]
        rest = rest[rest.rfind("\n") + 1 :]
        offset = place - len(rest)
        if not joined and place < end:
            join = JOIN.search(rest)
            if join and join.start() and not _ends_sentence(join[0]):
                word = LAST.search(rest[: join.start()])
                if word and word[1].lower() not in ("is", "it's"):
                    place = offset + word.start()
                    continue
            space = SPACE.search(rest)
            word = LAST.search(rest[: space.start()]) if space else None
            if word is None or not _spelled(word[1], text[place:end], cued, bare):
                return place
            bare += len(word[1]) > 1 and not _is_number(word[1])
            place = offset + word.start()
            continue
        if joined:
            join = JOIN.search(rest)
            word = LAST.search(rest[: join.start()]) if join else None
            if word is None or not re.search(
                r"dot|underscore|dash|hyphen", join[0] if join else ""
            ):
                return place
            place = offset + word.start()
            continue
        word = LAST.search(rest)
        if word is None or word[1].lower() in LEADING:
            return end
        place = offset + word.start()


def _ends_sentence(join: str) -> bool:
    return join.startswith(".") and join != "."


def _is_number(word: str) -> bool:
    return word.isdigit() or word.lower() in NUMBER_WORDS


def _spelled(word: str, later: str, cued: bool, bare: int) -> bool:
    """Whether a word with only a space behind it is a part of the address, too."""
    low = word.lower()
    if low in LEADING and not (len(low) == 1 and len(later.split()[0]) == 1):
        return False
    first = later.split()[0].lower()
    if len(low) == 1 or _is_number(low):
        return len(first) == 1 or _is_number(first)
    if _is_number(first):
        return True  # "smith eighty five at …"
    return cued and bare < 1 and low not in PLACING and low.isalpha()
