"""National ids and bank accounts: their forms, their check digits, and the words before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from skills.pii.cues import cue_before, cue_of
from skills.pii.runs import Run, digits_of
from skills.pii.spelling import Spelled
from skills.pii.tokens import Token, words

ODD = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11,
         3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23),
        strict=True,
    )
)  # fmt: skip
DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
COUNTRIES = words(
    "AD AE AL AT BA BE BG BR CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IL IS IT LI LT LU LV MC "
    "MD ME MK MT NL NO PL PT RO RS SA SE SI SK SM TR UA"
)
CUED_LENGTHS = range(6, 20)


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """How an id is written; without its cue only what passes `check` is taken, where `alone`."""

    kind: str
    pattern: re.Pattern[str]
    check: Callable[[str], bool]
    alone: bool = True


def iban(value: str) -> bool:
    """ISO 13616: the rest of 97 is 1."""
    moved = value[4:] + value[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


def nino(value: str) -> bool:
    """A British National Insurance number: prefixes that are never given out are refused."""
    return (
        value[0] not in "DFIQUV"
        and value[1] not in "DFIQUVO"
        and value[:2] not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")
    )


def dni(value: str) -> bool:
    """A Spanish DNI or NIE: its letter is the rest of 23."""
    number = value[:-1].translate(str.maketrans("XYZ", "012"))
    return DNI_LETTERS[int(number) % 23] == value[-1]


def insee(value: str) -> bool:
    """A French social security number: its key is 97 less the rest of 97."""
    number = value[:13].replace("2A", "19").replace("2B", "18")
    return 97 - int(number) % 97 == int(value[13:])


def codice_fiscale(value: str) -> bool:
    """An Italian tax code: its last letter is a sum of the others."""
    even = sum(int(each, 36) - 10 * each.isalpha() for each in value[1:15:2])
    return chr(65 + (even + sum(ODD[each] for each in value[:15:2])) % 26) == value[15]


def steuer_id(value: str) -> bool:
    """A German tax id: one digit occurs twice or thrice in the first ten, and ISO 7064 holds."""
    most = max(value[:10].count(digit) for digit in set(value[:10]))
    if value[0] == "0" or most not in (2, 3):
        return False
    product = 10
    for digit in value[:10]:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return (11 - product) % 10 == int(value[10])


def ssn(value: str) -> bool:
    """A US Social Security number: areas, groups and serials that are never given out."""
    area = value[:3]
    return (
        area not in ("000", "666") and area < "900" and value[3:5] != "00" and value[5:] != "0000"
    )


def personalausweis(value: str) -> bool:
    """A German identity card: the weights 7, 3, 1."""
    total = sum(int(each, 36) * (7, 3, 1)[place % 3] for place, each in enumerate(value[:9]))
    return total % 10 == int(value[9])


FORMS = (
    Form(kind="account", pattern=re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}"), check=iban),
    Form(
        kind="id",
        pattern=re.compile(r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]"),
        check=codice_fiscale,
    ),
    Form(
        kind="id",
        pattern=re.compile(r"(?<!\d)[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2A|2B)\d{8}(?!\d)"),
        check=insee,
    ),
    Form(kind="id", pattern=re.compile(r"[A-Z]{2}\d{6}[A-D]"), check=nino),
    # An Indian PAN: it has no public check digit; the fourth letter says whose it is.
    Form(kind="id", pattern=re.compile(r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]"),
         check=lambda value: True, alone=False),
    Form(kind="id", pattern=re.compile(r"[A-Z]{2}\d{6}(?!\d)"), check=nino, alone=False),
    Form(kind="id", pattern=re.compile(r"(?<!\d)\d{8}[A-Z]"), check=dni),
    Form(kind="id", pattern=re.compile(r"[XYZ]\d{7}[A-Z]"), check=dni),
    Form(
        kind="id",
        pattern=re.compile(r"(?<![A-Z0-9])(?=\d*[A-Z])[CFGHJKLMNPRTVWXYZ0-9]{9}\d(?!\d)"),
        check=personalausweis,
        alone=False,
    ),
    Form(kind="id", pattern=re.compile(r"[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}(?!\d)"),
         check=lambda value: True, alone=False),
    Form(kind="id", pattern=re.compile(r"[A-Z]{1,2}\d{6,8}(?!\d)[A-Z]?"), check=lambda value: True,
         alone=False),
    Form(kind="id", pattern=re.compile(r"[A-Z]{5}\d{6}[A-Z0-9]{5}"), check=lambda value: True,
         alone=False),
)  # fmt: skip


def find_spelled(tokens: Sequence[Token], spelled: Spelled) -> Iterator[tuple[str, int, int]]:
    """What of letters and digits is an id or an account: the kind, from which letter to which."""
    for form in FORMS:
        start = 0
        while start < len(spelled.text):
            if not spelled.begins(start):
                start += 1
                continue
            match = form.pattern.match(spelled.text, start)
            end = _end(form, tokens, spelled, match) if match else 0
            if end:
                yield form.kind, start, end
            start = end or start + 1


def _end(form: Form, tokens: Sequence[Token], spelled: Spelled, match: re.Match[str]) -> int:
    """Where the value ends, 0 when it is none; an IBAN's length is only known by its sum."""
    start, longest = match.span()
    cue = cue_of(tokens, spelled.tokens[start], spelled.tokens[longest - 1])
    cued = cue == form.kind
    for end in range(longest, start + 5, -1):
        if not spelled.whole(start, end) or not _is_one(form, spelled, start, end):
            continue
        if form.check(spelled.text[start:end]):
            alone = form.alone and (cue != "other" or end - start > 11)
            return end if cued or alone else 0
    if form.check is iban and spelled.text[start : start + 2] not in COUNTRIES:
        return 0
    return longest if cued and spelled.whole(start, longest) else 0


def _is_one(form: Form, spelled: Spelled, start: int, end: int) -> bool:
    """Whether the form fits up to there, and not only to a part of the digits there are."""
    if spelled.text[end - 1 : end + 1].isdigit() and end < len(spelled.text):
        return form.check is iban
    return form.pattern.fullmatch(spelled.text, start, end) is not None


def find_numbered(text: str, tokens: Sequence[Token], run: Run) -> Iterator[tuple[str, int, int]]:
    """What of a run of numbers is an id or an account by itself or by what is said before it."""
    sizes = [len(group.digits) for group in run]
    for start in range(len(run) - 2):
        window = run[start : start + 3]
        if sizes[start : start + 3] == [3, 2, 4] and ssn(digits_of(window)):
            cue = cue_before(tokens, window[0].first)
            if cue != "other" and not any(group.glued for group in window):
                yield "id", start, start + 3
                return
    digits = digits_of(run)
    cue = cue_of(tokens, run[0].first, run[-1].last)
    if cue in ("id", "account") and len(digits) in CUED_LENGTHS:
        if not run[0].glued or cue == cue_before(tokens, run[0].first):
            yield cue, 0, len(run)
    elif not cue and len(digits) == 9 and _alternates(run) and ssn(digits):
        yield "id", 0, len(run)


def _alternates(run: Run) -> bool:
    """Three, two and four digits, said with pauses as an SSN is."""
    counts, count = [], 0
    for index, group in enumerate(run):
        if group.loose and index:
            counts.append(count)
            count = 0
        count += len(group.digits)
    return [*counts, count] == [3, 2, 4]
