"""`Rule`: what calls in a channel should keep to, one line of text that people read and type.

A rule is stored and sent around as its line; `read_rules` is the only way to one. How a call is
judged by it stands in skills/telephone/rules.py, the table of all lines in docs/rules.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from core.errors import UserError
from core.markup import clean, cut

MOST_RULES = 20
MOST_TEXT = 3_000  # characters of all rules: what Slack's text box holds
MOST_PHRASE_WORDS = 15
MOST_WEIGHT = 100
# A comma in quotes or in a number ("1,000") belongs to its phrase.
_BETWEEN_COMMAS = re.compile(
    r"\s*(?:[\"“„«]([^\"“”„«»]+)[\"“”»]\s*(?=,|$)|((?:[^,]|(?<=\d),(?=\d))+))(?:,|$)"
)
EXAMPLES = (
    "agent says within 15 s: thank you for calling, good morning",
    "nobody says: guarantee, lawsuit",
    "silence under 30 s",
)


class Kind(StrEnum):
    """What a rule looks at."""

    SAYS = "says"
    NEVER_SAYS = "never says"
    FLAG = "flag"  # neither kept nor broken: somebody should look at the call
    SILENCE = "silence"
    INTERRUPTIONS = "interruptions"
    MOOD = "mood"
    TALK = "talk"
    PACE = "pace"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """`line` is the whole rule as it was written.

    `who` is "agent", "customer" or "anybody". `limit` is in seconds, percent or words a minute, and
    `least` says that it is the least allowed instead of the most. Of what is said, `first` and
    `last` are the seconds at the beginning or the end of the call in which it counts, 0 for all.
    """

    line: str
    kind: Kind
    who: str = "anybody"
    phrases: tuple[str, ...] = ()
    first: float = 0.0
    last: float = 0.0
    limit: float = 0.0
    least: bool = False
    weight: int = 1


def read_rules(text: str) -> tuple[Rule, ...]:
    """The rules of a text, one a line (or between semicolons); empty lines are passed over.

    Raises UserError that names the line that is not understood, and shows how one is written.
    """
    if len(text) > MOST_TEXT:
        raise UserError(f"That is too long: rules may have {MOST_TEXT:,} characters together.")
    lines = [_tidy(each) for each in re.split(r"[\n;]", text)]
    rules = tuple(_read(each) for each in lines if each)
    if len(rules) > MOST_RULES:
        raise UserError(f"Those are {len(rules)} rules, and {MOST_RULES} fit in a channel.")
    return rules


def write_rules(rules: tuple[Rule, ...]) -> str:
    """The text that `read_rules` reads."""
    return "\n".join(rule.line for rule in rules)


def _tidy(line: str) -> str:
    """Without what lists begin with, and with single spaces."""
    plain = " ".join(clean(line).replace("\u2060", "").split())
    return re.sub(r"^(?:[-–—•*]|\d+[.)])\s+", "", plain)


def _read(line: str) -> Rule:
    found = re.fullmatch(r"(?P<rule>.*?)(?: ?\([x×] ?(?P<weight>\d+)\))?", line, re.IGNORECASE)
    assert found is not None, "the pattern takes everything"
    weight = int(found["weight"] or 1)
    for form in FORMS:
        if parts := form.pattern.fullmatch(found["rule"]):
            if not 1 <= weight <= MOST_WEIGHT:
                raise _refused(line, f"a weight is 1 to {MOST_WEIGHT}", form.example)
            return form.read(line, parts.groupdict(""), weight, form.example)
    raise _refused(line, "", _nearest(line))


def _refused(line: str, why: str, example: str) -> UserError:
    reason = f": {why}" if why else ""
    return UserError(f"I don't understand “{cut(line, 60)}”{reason}. Write for example: {example}")


def _nearest(line: str) -> str:
    """The example that shares most words with a line."""
    words = set(re.findall(r"[a-z]+", line.lower()))
    return max(
        (form.example for form in FORMS),
        key=lambda example: len(words & set(re.findall(r"[a-z]+", example))),
    )


def _said(kind: Kind) -> Callable[[str, dict[str, str], int, str], Rule]:
    def read(line: str, parts: dict[str, str], weight: int, example: str) -> Rule:
        seconds = _seconds(line, parts, example)
        at_end = parts.get("edge", "").lower() == "last"
        return Rule(
            line=line,
            kind=kind,
            who=_who(parts),
            phrases=_phrases(line, parts["phrases"], example),
            first=0.0 if at_end else seconds,
            last=seconds if at_end else 0.0,
            weight=weight,
        )

    return read


def _measured(kind: Kind) -> Callable[[str, dict[str, str], int, str], Rule]:
    def read(line: str, parts: dict[str, str], weight: int, example: str) -> Rule:
        seconds = kind in (Kind.SILENCE, Kind.INTERRUPTIONS)
        limit = _seconds(line, parts, example) if seconds else float(parts.get("number") or 0)
        if kind is Kind.TALK and not 0 < limit < 100:
            raise _refused(line, "percent are 1 to 99", example)
        if kind is not Kind.MOOD and not limit:
            raise _refused(line, "the limit is missing", example)
        least = parts.get("bound", "").lower() in ("over", "at least", ">")
        return Rule(
            line=line, kind=kind, who=_who(parts), limit=limit, least=least, weight=weight,
        )  # fmt: skip

    return read


def _who(parts: dict[str, str]) -> str:
    who = parts.get("who", "").lower().removesuffix("'s").removesuffix("’s")
    return who if who in ("agent", "customer") else "anybody"


def _seconds(line: str, parts: dict[str, str], example: str) -> float:
    """A time of the rule in seconds; 0 when it names none."""
    if not parts.get("number"):
        return 0.0
    seconds = float(parts["number"]) * (60 if parts["unit"].lower().startswith("m") else 1)
    if not 0 < seconds <= 24 * 3600:
        raise _refused(line, "that is no length of time in a call", example)
    return seconds


def _phrases(line: str, text: str, example: str) -> tuple[str, ...]:
    """What may be said, between commas, without quotes."""
    parts = (quoted or bare for quoted, bare in _BETWEEN_COMMAS.findall(text))
    phrases = tuple(phrase for each in parts if (phrase := each.strip(" \"'“”„‘’«»")))
    if not phrases or not all(re.search(r"\w", each) for each in phrases):
        raise _refused(line, "words are missing behind the colon", example)
    if any(len(each.split()) > MOST_PHRASE_WORDS for each in phrases):
        raise _refused(line, f"a phrase has {MOST_PHRASE_WORDS} words at most", example)
    return phrases


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One way to write a rule, and a rule written so."""

    pattern: re.Pattern[str]
    read: Callable[[str, dict[str, str], int, str], Rule]
    example: str


def _form(
    pattern: str, read: Callable[[str, dict[str, str], int, str], Rule], example: str
) -> Form:
    return Form(
        pattern=re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE), read=read, example=example
    )


_WHO = r"(?:the )?(?P<who>agent|customer)"
_ANY = r"(?:the )?(?P<who>agent|customer|anybody|anyone|somebody|someone)"
_TIME = r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>s|sec|secs|seconds?|m|min|mins|minutes?)"
_LIMIT = r"(?P<bound>under|below|at most|over|at least|<|>)"
_PHRASES = r"(?: any of)?\s*:\s*(?P<phrases>.+)"
_WITHIN = rf"(?: (?:within|within the first|in the (?P<edge>first|last)) {_TIME})?"
FORMS = (
    _form(
        rf"{_ANY} (?:says|say|must say|has to say){_WITHIN}{_PHRASES}",
        _said(Kind.SAYS),
        EXAMPLES[0],
    ),
    _form(
        rf"(?:nobody says|no one says|{_WHO} (?:never says|must not say|does not say)){_PHRASES}",
        _said(Kind.NEVER_SAYS),
        EXAMPLES[1],
    ),
    _form(
        rf"flag(?: (?:when|if|that))?(?: {_ANY} says)?{_PHRASES}",
        _said(Kind.FLAG),
        "flag when customer says: cancel my contract, lawyer",
    ),
    _form(
        rf"(?:silences? (?:under|below|at most|<)|no silences? (?:over|above|longer than)) {_TIME}",
        _measured(Kind.SILENCE),
        EXAMPLES[2],
    ),
    _form(
        r"(?:(?P<who>agent|customer)(?:['’]s)? interruptions? (?:under|below|at most|<)"
        r"|interruptions? (?:under|below|at most|<)"
        rf"|no interruptions? (?:over|above|longer than)) {_TIME}",
        _measured(Kind.INTERRUPTIONS),
        "interruptions under 3 s",
    ),
    _form(
        r"(?:the )?(?P<who>customer|agent)(?: is)? not negative at the end",
        _measured(Kind.MOOD),
        "customer not negative at the end",
    ),
    _form(
        rf"{_WHO} (?:talks|speaks) {_LIMIT} (?P<number>\d+(?:\.\d+)?)\s*(?:%|percent)",
        _measured(Kind.TALK),
        "agent talks under 70 %",
    ),
    _form(
        rf"{_WHO} (?:talks|speaks) {_LIMIT} (?P<number>\d+(?:\.\d+)?)\s*"
        r"(?:words (?:a|per) minute|wpm)",
        _measured(Kind.PACE),
        "agent speaks under 180 words a minute",
    ),
)
