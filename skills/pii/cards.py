"""Card numbers: the check digit, the issuers' first digits and lengths, and security codes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from skills.pii.cues import cue_before, cue_of
from skills.pii.numbers import TEENS, TENS, UNITS
from skills.pii.runs import Run, digits_of, windows, without_echo
from skills.pii.tokens import Token

SHORTEST, LONGEST = 13, 19
MOST_DIGITS = 2 * LONGEST  # with what is said twice
CLOSE = 7  # words before a number in which another kind may be named
FAR = 8  # words before a security code in which it is named
SECURITY = ("cvv", "cvc", "cvv2", "cv2", "security", "back")
DIGITS = {"digits", "numbers", "number", "code"}  # "the three digits on the back"


def find_cards(tokens: Sequence[Token], run: Run) -> Iterator[tuple[int, int]]:
    """The cards in a run of numbers, each as the groups from one to before another."""
    found = list(_checked(tokens, run))
    for first, last in found:
        yield _with_echoes(run, first, last)
    if found:
        return
    digits = digits_of(run)
    said = cue_of(tokens, run[0].first, run[-1].last)
    if said == "card" and SHORTEST - 1 <= len(digits) <= LONGEST + 1 and not run[0].glued:
        yield 0, len(run)  # one digit misheard, and the sum is wrong
    elif length := security_code(tokens, run):
        yield 0, length


def _with_echoes(run: Run, first: int, last: int) -> tuple[int, int]:
    """With the blocks of it that somebody repeats right before or behind it."""
    digits = digits_of(run[first:last])
    while last < len(run) and run[last].loose:
        end = next((n for n in range(last + 1, len(run)) if run[n].loose), len(run))
        said = digits_of(run[last:end])
        if len(said) < 3 or said not in digits:
            break
        last = end
    while first and run[first].loose:
        begin = next((n for n in range(first - 1, 0, -1) if run[n].loose), 0)
        said = digits_of(run[begin:first])
        if len(said) < 3 or said not in digits:
            break
        first = begin
    return first, last


def security_code(tokens: Sequence[Token], run: Run) -> int:
    """How many groups at the beginning are the three or four digits from the back of a card."""
    before = [each.text for each in tokens[max(0, run[0].first - FAR) : run[0].first]]
    places = [place for place, word in enumerate(before) if word in SECURITY]
    if not places or any(_is_number(word) for word in before[places[-1] :]):
        return 0
    word = before[places[-1]]
    if (word == "security" and before[places[-1] + 1 :][:1] != ["code"]) or (
        word == "back" and not DIGITS & {*before[max(0, places[-1] - 4) :]}
    ):
        return 0
    ends = [n for n in range(1, len(run)) if run[n].loose]
    return next((n for n in (*ends, len(run)) if len(digits_of(run[:n])) in (3, 4)), 0)


def _is_number(word: str) -> bool:
    return word.isdigit() or word in UNITS or word in TEENS or word in TENS


def _checked(tokens: Sequence[Token], run: Run) -> Iterator[tuple[int, int]]:
    """The longest windows whose sum is right, none over another."""
    done = 0
    kept = without_echo(run)
    for start, ends in windows(run, least=SHORTEST, most=MOST_DIGITS):
        if start < done:
            continue
        for end in ends:
            if _is_one(tokens, run, start, end, kept):
                yield start, end
                done = end
                break


def _is_one(tokens: Sequence[Token], run: Run, start: int, end: int, kept: list[int]) -> bool:
    window = run[start:end]
    if any(group.glued for group in (window[0], window[-1])):
        return False
    digits = digits_of(window)
    if not is_card(digits):
        heard = digits_of(
            [run[index] for index in kept[bisect_left(kept, start) : bisect_left(kept, end)]]
        )
        if heard == digits or not is_card(heard):
            return False
        digits = heard
    cue = cue_before(tokens, window[0].first, within=CLOSE)
    sizes = [len(group.digits) for group in window]
    if sizes in ([4, 4, 4, 4], [4, 6, 5]) or cue == "card":
        return True
    return cue not in ("other", "account") and not digits.startswith(
        ("50", "56", "57", "58", "6304")
    )


def is_card(digits: str) -> bool:
    """Whether a card could have this number."""
    return len(digits) in _lengths(digits) and luhn(digits)


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def _lengths(digits: str) -> tuple[int, ...]:
    """How long a card with these first digits is; none when nobody issues such cards."""
    two, three, four = int(digits[:2] or 0), int(digits[:3] or 0), int(digits[:4] or 0)
    if two // 10 == 4:
        return (13, 16, 19)  # Visa
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return (16,)  # Mastercard
    if two in (34, 37):
        return (15,)  # American Express
    if 300 <= three <= 305 or two in (36, 38, 39):
        return (14, 16)  # Diners Club
    if 3528 <= four <= 3589:
        return (16, 17, 18, 19)  # JCB
    if four == 6011 or two in (62, 64, 65, 60, 81):
        return (16, 17, 18, 19)  # Discover, UnionPay, RuPay
    if two in (50, 56, 57, 58, 63, 67):
        return (13, 14, 15, 16, 17, 18, 19)  # Maestro
    return ()
