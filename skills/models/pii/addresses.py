"""Addresses: a house number, a street and what follows it, postcodes and post boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skills.models.pii.cues import KIND, cue_before
from skills.models.pii.numbers import Group
from skills.models.pii.spelling import Spelled
from skills.models.pii.tokens import STOP, Token, words
from skills.models.pii.written_addresses import BRITISH, CITY, STATE, find_written_addresses

STREETS = frozenset(
    words(
        "street road rd avenue ave av lane ln boulevard blvd crescent cres terrace highway hwy "
        "parkway pkwy mews grove expressway turnpike freeway esplanade wharf quay"
    )
)
# These are more often other words: they count with a capital letter or near talk of an address.
MAYBE_STREETS = frozenset(
    words(
        "st drive dr court ct place pl way close square sq walk row hill park view circle cir "
        "trail gardens garden rise green crossing path point ridge run pass loop bend alley "
        "plaza landing broadway gate yard vale heights hollow meadow meadows bridge cove croft "
        "fields"
    )
)
FIRST = frozenset(
    words(
        "rue avenue boulevard bd impasse allée allee quai cours calle avenida paseo via viale "
        "corso piazza plaza place rua praça chemin route"
    )
)
GERMAN = re.compile(
    r"(?:\w{2,}(?:straße|strasse|str|weg|allee|gasse|platz)|\w+(?:Straße|Weg|Allee|Gasse|Platz)"
    r"|^(?:straße|strasse|str))$",
    re.IGNORECASE,
)
DIRECTIONS = frozenset(
    words("north south east west northeast northwest southeast southwest n s e w ne nw se sw")
)
UNITS = frozenset(words("apt apartment flat unit suite ste floor fl room building block house"))
NOT_IN_NAMES = frozenset(
    words(
        "of to in on and is are for a an or with minute minutes hour hours mile miles day days "
        "week weeks month months year years people percent dollars pounds euros per from by my "
        "your our this that at then down up across was were have has different other same more "
        "second seconds blocks times cars persons i you we they he she it if about than but so "
        "just only next almost over around between kilometers kilometres meters metres stores "
        "shops houses offices will can please when as through past off crossed before after "
        "until since number these those some any not no long short quick busy main? parking "
        "working business"
    )
)
# "a two way street", "a four lane road": what stands alone between the number and the street.
SHAPES = frozenset(
    words(
        "way lane lanes car bedroom star storey story foot track person wheel sided point day "
        "hour minute mile dead open toll dirt step half man"
    )
)
# Words that no town's name has, between a street and its postcode.
BETWEEN = frozenset(
    words(
        "the number yes no okay ok thanks thank please says said let look what which its it's "
        "that's there here good also may would could should do does did don't be been has had "
        "my me him her us them get got call called see say take make one's who whom whose "
        "again sorry hello hi"
    )
)
CUES = frozenset(
    words(
        "address live lives living lived deliver delivered delivery ship shipped shipping send "
        "sent located reside resides residing moved moving home house postal postcode zip "
        "billing mailing technician visit street at town city property residence parcel "
        "package goes"
    )
)
POSTCODE_CUES = frozenset(words("zip zipcode postcode postal plz postleitzahl postcodes"))
BRITISH_POSTCODE = re.compile(rf"(?<![\w-]){BRITISH}(?![\w-])")
SPELLED_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2}")
STATE_NAMES = frozenset(
    words(
        "alabama alaska arizona arkansas california colorado connecticut delaware florida "
        "georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland "
        "massachusetts michigan minnesota mississippi missouri montana nebraska nevada "
        "hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania rhode "
        "island tennessee texas utah vermont virginia washington wisconsin wyoming"
    )
)
CITY_AFTER = re.compile(rf"(?:(?:,\s*|\s+in\s+){CITY}(?:,? {STATE}\b)?|\s{CITY}(?=[.,\n]|$))")
BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|post(?:al)? office box|postfach)\s+(?:number\s+)?\d+", re.I
)
MOST_NAME_WORDS, REACH, LONGEST_WORD = 4, 9, 40
Found = tuple[int, int]


def find_addresses(
    text: str, tokens: Sequence[Token], groups: Sequence[Group], spelled: Sequence[Spelled]
) -> Iterator[Found]:
    """The addresses in a text, as the letters from one to before another."""
    ends = {group.last: group for group in groups}
    starts = {group.first: group for group in groups}
    postcodes = list(_postcodes(text, tokens, starts, spelled))
    for index in range(len(tokens)):
        found = _street(text, tokens, index, starts, ends) or _street_first(
            text, tokens, index, starts, ends
        )
        if found:
            first, last = found
            yield tokens[first].start, _to_the_end(text, tokens, last, starts, postcodes)
    yield from postcodes
    yield from (match.span() for match in BOX.finditer(text))
    yield from find_written_addresses(text)


def _street(
    text: str, tokens: Sequence[Token], index: int, starts: dict[int, Group], ends: dict[int, Group]
) -> tuple[int, int] | None:
    """The tokens of "42 Maple Street", which ends at a token."""
    word = tokens[index].text
    if word not in STREETS and word not in MAYBE_STREETS:
        return None
    for back in range(1, MOST_NAME_WORDS + 2):
        place = index - back
        if place < 0 or not _same_line(text, tokens[place], tokens[place + 1]):
            return None
        group = ends.get(place)
        if group is not None and not _ordinal(text, group):
            if text[group.end : group.end + 1] == "-":
                return None  # "a two-lane rural road"
            names = [each.text for each in tokens[place + 1 : index] if not each.text.isdigit()]
            return _accepted(text, tokens, group, names, index, ends, starts)
        name = tokens[place].text
        before = ends.get(place - 1)
        if len(name) == 1 and before is not None and before.end == tokens[place].start:
            continue  # "12a"
        if name == STOP or (name in NOT_IN_NAMES and group is None):
            return None
        if name == "the" and back > 1:
            return None
    return None


def _accepted(
    text: str, tokens: Sequence[Token], group: Group, names: list[str], index: int,
    ends: dict[int, Group], starts: dict[int, Group],
) -> tuple[int, int] | None:  # fmt: skip
    """The first and last token, when number, name and street make an address."""
    names = [name for name in names if name not in DIRECTIONS] or names
    if not names or (len(names) == 1 and names[0] in SHAPES):
        return None
    first = _number_start(text, group, ends)
    before = {each.text for each in tokens[max(0, first - 12) : first]}
    capital = text[tokens[index].start].isupper() and text[tokens[index - 1].start].isupper()
    sure = tokens[index].text not in MAYBE_STREETS or capital or before & CUES
    if not sure and not _town_follows(tokens, index, starts):
        return None
    return _with_unit_before(text, tokens, first), index


def _town_follows(tokens: Sequence[Token], index: int, starts: dict[int, Group]) -> bool:
    """Whether a state or a ZIP code is said soon behind a street."""
    for place in range(index + 1, min(len(tokens), index + 6)):
        group = starts.get(place)
        if tokens[place].text in STATE_NAMES or (group and _zip_length(starts, group)):
            return True
        if group or tokens[place].text in BETWEEN | NOT_IN_NAMES:
            return False
    return False


def _number_start(text: str, group: Group, ends: dict[int, Group]) -> int:
    """The first token of a house number that is said in several numbers."""
    first, digits = group.first, len(group.digits)
    while (before := ends.get(first - 1)) and text[before.end : group.start].strip(" -") == "":
        digits += len(before.digits)
        if digits > 5:
            break
        first, group = before.first, before
    return first


def _with_unit_before(text: str, tokens: Sequence[Token], first: int) -> int:
    """With "Flat 3," before the number, or "flat" where the numbers were said as one."""
    for back in (1, 2, 3):
        if first >= back and tokens[first - back].text in UNITS - {"house", "room"}:
            return first - back
    return first


def _ordinal(text: str, group: Group) -> bool:
    """The 5 of "350 5th Avenue"."""
    return bool(re.match(r"(?:st|nd|rd|th)\b", text[group.end : group.end + 3], re.I))


def _street_first(
    text: str, tokens: Sequence[Token], index: int, starts: dict[int, Group], ends: dict[int, Group]
) -> tuple[int, int] | None:
    """The tokens of "12 rue de la Paix", "Calle Mayor 5" or "Hauptstraße 12"."""
    word = tokens[index].text
    written = text[tokens[index].start : tokens[index].end]
    following = starts.get(index + 1)
    if (
        len(written) <= LONGEST_WORD
        and GERMAN.search(written)
        and following
        and len(following.digits) <= 4
    ):
        near = text[tokens[index].end : following.start]
        if near.strip(" .") == "" and (written[0].isupper() or "str" in word or "weg" in word):
            return _german_first(text, tokens, index), following.last
    if word not in FIRST:
        return None
    number = ends.get(index - 1)
    name = _name_after(text, tokens, index)
    if number is not None and len(number.digits) <= 4 and name and word not in ("via", "place"):
        return index - 1, name
    behind = starts.get(name + 1) if name else None
    if not behind or len(behind.digits) > 4 or word in ("avenue", "boulevard", "place", "route"):
        return None
    return (index, behind.last) if text[tokens[name].end : behind.start].strip(" ,") == "" else None


def _german_first(text: str, tokens: Sequence[Token], index: int) -> int:
    """The first word of "Berliner Str. 4"; most names are one word."""
    return index - 1 if tokens[index].text in ("straße", "strasse", "str") and index else index


def _name_after(text: str, tokens: Sequence[Token], index: int) -> int:
    """The last token of a name that begins with a capital, small words between; 0 for none."""
    last = 0
    for place in range(index + 1, min(len(tokens), index + 6)):
        if not _same_line(text, tokens[place - 1], tokens[place]):
            break
        word = tokens[place].text
        if text[tokens[place].start].isupper():
            last = place
        elif word not in (
            "de",
            "la",
            "le",
            "les",
            "du",
            "des",
            "del",
            "della",
            "dei",
            "d",
            "l",
            "el",
        ):
            break
    return last


def _same_line(text: str, one: Token, two: Token) -> bool:
    """Whether no sentence, comma or line ends between two words."""
    gap = text[one.end : two.start]
    if gap.strip(" -'’") == "":
        return True
    return gap.strip() == "." and one.end - one.start <= 3 and "\n" not in gap


def _to_the_end(
    text: str, tokens: Sequence[Token], last: int, starts: dict[int, Group],
    postcodes: Sequence[Found],
) -> int:  # fmt: skip
    """Where the address ends that has a street up to a token: with its flat, town and postcode."""
    end = tokens[last].end
    if end < len(text) and text[end].isalpha() and not text[end - 1].isalpha():
        end += 1  # "12a"
    furthest = tokens[min(len(tokens) - 1, last + REACH)].end
    leading = _leading_to_postcode(tokens, last)
    for place in range(last + 1, min(len(tokens), last + REACH)):
        word, group = tokens[place].text, starts.get(place)
        if word == STOP:
            break
        if place in leading:
            continue
        if tokens[place - 1].text in UNITS and (group or len(word) == 1):
            end = tokens[group.last if group else place].end
        elif group is not None and _zip_length(starts, group):
            return _zip_end(text, starts, group)
        elif word in STATE_NAMES:
            end = tokens[place].end
        elif (
            group is None
            and word != "in"
            and (word in NOT_IN_NAMES or word in BETWEEN or word in KIND)
        ):
            furthest = tokens[place].start
            break
    for start, stop in postcodes:
        if end <= start < furthest:
            return stop
    city = CITY_AFTER.match(text, end)
    return city.end() if city else end


def _leading_to_postcode(tokens: Sequence[Token], last: int) -> set[int]:
    """The words of "…, and the postcode is" behind an address."""
    leading: set[int] = set()
    for place in range(last + 1, min(len(tokens), last + REACH)):
        if tokens[place].text not in POSTCODE_CUES:
            continue
        before = place
        while before - 1 > last and tokens[before - 1].text in ("the", "and", "my", "with"):
            before -= 1
        behind = place
        while behind + 1 < len(tokens) and tokens[behind + 1].text in ("code", "is", "it's"):
            behind += 1
        leading.update(range(before, behind + 1))
    return leading


def _zip_length(starts: dict[int, Group], group: Group) -> int:
    """5 or 9 when the numbers that begin here are as long as a ZIP code, else 0."""
    digits, following = len(group.digits), starts.get(group.last + 1)
    while following is not None and digits < 5 and not following.glued:
        digits += len(following.digits)
        following = starts.get(following.last + 1)
    return digits if digits in (5, 9) else 0


def _zip_end(text: str, starts: dict[int, Group], group: Group) -> int:
    digits = len(group.digits)
    while digits < 5:
        group = starts[group.last + 1]
        digits += len(group.digits)
    more = re.match(r"-\d{4}\b", text[group.end : group.end + 6])
    city = re.match(rf" {CITY}", text[group.end :]) if digits == 5 and not more else None
    german = city and text[: group.start].rstrip().endswith(",")
    return group.end + (more.end() if more else city.end() if city and german else 0)


def _postcodes(
    text: str, tokens: Sequence[Token], starts: dict[int, Group], spelled: Sequence[Spelled]
) -> Iterator[Found]:
    """Postcodes by themselves: British ones, and what is said to be one."""
    index_of = {token.start: index for index, token in enumerate(tokens)}
    for match in BRITISH_POSTCODE.finditer(text):
        place = index_of.get(match.start())
        if place is None or cue_before(tokens, place, within=6) != "other":
            yield match.span()
    for each in spelled:
        for match in SPELLED_POSTCODE.finditer(each.text):
            first = each.tokens[match.start()]
            if each.whole(*match.span()) and _near(
                tokens, first, POSTCODE_CUES | STREETS | MAYBE_STREETS | CUES
            ):
                yield each.places[match.start()][0], each.places[match.end() - 1][1]
    for index, group in starts.items():
        if _zip_length(starts, group) and _near(tokens, index, POSTCODE_CUES, within=5):
            before = starts.get(index - 1) or next(
                (one for one in starts.values() if one.last == index - 1), None
            )
            if before is None or before.loose:
                yield group.start, _zip_end(text, starts, group)


def _near(tokens: Sequence[Token], index: int, cues: frozenset[str], *, within: int = 10) -> bool:
    return any(each.text in cues for each in tokens[max(0, index - within) : index])
