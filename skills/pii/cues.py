"""Cues: what kind of number is being spoken of, by the nearest word that says so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from skills.pii.runs import Run
from skills.pii.tokens import Token

BEFORE, NEAR, CLOSE, AFTER = 18, 9, 3, 6  # words
ANOTHER = {"is", "number", "number's", "was", "has"}
JOINING = {"and", "or", "also", "und", "oder", "et", "ou", "y", "o"}
LEAST_SPENT = (6, 4)  # digits of a number that was spoken of, and of one that is nobody's
CUES = {
    "card": "card visa mastercard amex maestro credit debit",
    "phone": (
        "phone phones telephone mobile mobiles cell cellphone landline call reach ring dial "
        "whatsapp fax tel callback voicemail hotline contact sms telefon telefonnummer handy "
        "handynummer téléphone telefono teléfono móvil portable rufnummer texted phoned switchboard"
    ),
    "id": (
        "ssn social nino nhs passport steuer steuerid dni nie nif nir insee codice fiscale "
        "personalausweis ausweis ausweisnummer sozialversicherungsnummer taxpayer licence license "
        "tin sécu sécurité identity steuernummer identifikationsnummer medicare medicaid "
        "steueridentifikationsnummer steueridnr reisepass pasaporte passeport pesel aadhaar aadhar"
    ),
    "account": "iban routing sort bic swift kontonummer bank aba bsb konto cuenta",
    "other": (
        "order ticket reference ref tracking invoice booking reservation confirmation case "
        "serial model part item sku product claim policy meter reading version build flight "
        "room customer membership member parcel shipment batch asset transaction imei pin "
        "barcode isbn ean code loyalty contract device firmware job request purchase receipt "
        "quote incident release id article container consignment lot warranty registration "
        "subscription voucher coupon gift score ordered orders tickets booked bookings invoices "
        "invoiced shipments parcels serials batches references page row column bug issue pallet "
        "bestellnummer kundennummer isin train seat coach ip key expiry expires "
    ),
}  # fmt: skip
KIND = {word: kind for kind, words in CUES.items() for word in words.split()}
# Words that together say it together, or that mean nothing of the kind.
PHRASES: dict[tuple[str, ...], str] = {
    ("national", "insurance"): "id",
    ("social", "security"): "id",
    ("tax", "id"): "id",
    ("tax", "number"): "id",
    ("tax", "identification"): "id",
    ("id", "card"): "id",
    ("identity", "card"): "id",
    ("steuer", "id"): "id",
    ("national", "id"): "id",
    ("ni", "number"): "id",
    ("drivers", "license"): "id",
    ("driving", "licence"): "id",
    ("health", "service"): "id",
    ("my", "pan"): "id",
    ("pan", "is"): "id",
    ("pan", "number"): "id",
    ("permanent", "account", "number"): "id",
    ("insurance", "number"): "id",
    ("id", "number"): "id",
    ("text", "me"): "phone",
    ("text", "us"): "phone",
    ("my", "number"): "phone",
    ("best", "number"): "phone",
    ("my", "numbers"): "phone",
    ("home", "number"): "phone",
    ("work", "number"): "phone",
    ("direct", "line"): "phone",
    ("new", "number"): "phone",
    ("my", "extension"): "other",
    ("account", "number"): "account",
    ("account", "no"): "account",
    ("account", "is"): "account",
    ("account", "was"): "account",
    ("customer", "account", "number"): "other",
    ("direct", "debit"): "account",
    ("in", "order"): "",
    ("in", "case"): "",
    ("part", "of"): "",
    ("postal", "code"): "",
    ("zip", "code"): "",
    ("area", "code"): "phone",
    ("this", "call"): "",
    ("bank", "account"): "account",
    ("sort", "code"): "account",
    ("contact", "number"): "phone",
    ("gift", "card"): "other",
    ("loyalty", "card"): "other",
    ("membership", "card"): "other",
    ("phone", "call"): "",
    ("the", "call"): "",
    ("call", "id"): "other",
    ("sort", "of"): "",
    ("security", "code"): "card",
    ("identity", "number"): "id",
    ("case", "of"): "",
    ("score", "of"): "",
    ("ssn", "is"): "id",
    ("sim", "card"): "other",
    ("report", "card"): "",
    ("bank", "card"): "card",
    ("reference", "number"): "other",
    ("social", "media"): "",
    ("of", "course"): "",
    ("bank", "account", "number"): "account",
    ("call", "reference"): "other",
    ("phone", "model"): "other",
    ("call", "number"): "other",
    ("licence", "key"): "other",
    ("license", "key"): "other",
    ("i'm", "on"): "phone",
    ("try", "me"): "phone",
    ("the", "line"): "phone",
    ("on", "the", "line"): "",
    ("this", "card"): "card",
    ("sixteen", "digits"): "card",
    ("16", "digits"): "card",
    ("sixteen", "digit"): "card",
    ("long", "number"): "card",
    ("just", "text"): "phone",
    ("can", "text"): "phone",
    ("please", "text"): "phone",
    ("then", "text"): "phone",
    ("my", "new", "one"): "phone",
}


def with_cues(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, each with what it says of the number behind it."""
    found = []
    for index, token in enumerate(tokens):
        cue, said = _cue_at(tokens, index)
        found.append(replace(token, cue=cue, said=said) if cue or said > 1 else token)
    return found


def spend(tokens: Sequence[Token], runs: Sequence[Run]) -> list[Token]:
    """The tokens, whose cues end with the first number behind them: it is what they spoke of.

    Of several numbers in a row that are as long as the first one all are meant.
    """
    starts = [run[0].first for run in runs]
    lengths = [sum(len(group.digits) for group in run) for run in runs]
    spent = list(tokens)
    for index, token in enumerate(tokens):
        if not token.cue:
            continue
        number = bisect_right(starts, index)
        least = LEAST_SPENT[token.cue == "other"]
        while number < len(runs) and starts[number] - index <= BEFORE and lengths[number] < least:
            number += 1
        if number == len(runs) or starts[number] - index > BEFORE:
            continue
        while (
            number + 1 < len(runs)
            and lengths[number + 1] == lengths[number]
            and runs[number + 1][0].spoken == runs[number][0].spoken
            and _are_joined(tokens, runs[number], runs[number + 1])
        ):
            number += 1
        spent[index] = replace(token, until=runs[number][-1].last)
    return spent


def _are_joined(tokens: Sequence[Token], one: Run, two: Run) -> bool:
    between = tokens[one[-1].last + 1 : two[0].first]
    return len(between) <= CLOSE and all(each.text in JOINING for each in between)


def cue_before(tokens: Sequence[Token], first: int, *, within: int = BEFORE) -> str:
    """The kind that the nearest cue before a token names, "" for none."""
    index = first - 1
    while index >= max(0, first - within):
        until = tokens[index].until
        if tokens[index].cue and (until is None or first <= until):
            return tokens[index].cue
        index -= tokens[index].said
    return ""


def cue_after(tokens: Sequence[Token], last: int) -> str:
    """The kind that is named right after a token ("… is my mobile"), "" for none."""
    behind = tokens[last + 1 : last + 1 + AFTER]
    words = [each.text for each in behind]
    if not words or words[0] not in (
        "is",
        "that's",
        "that",
        "it's",
        "for",
        "was",
        "as",
        "on",
        "my",
    ):
        return ""
    if words[0] in ("for", "on") and words[1:2] != ["my"]:
        return ""
    place = next((n for n, each in enumerate(behind) if each.cue), None)
    if place is None or (words[0] == "my" and {*words[place : place + 3]} & ANOTHER):
        return ""  # "… my DNI is" speaks of the next one
    return behind[place].cue


def cue_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The kind of a number by what is said around it; what stands before it counts more."""
    close = cue_before(tokens, first, within=CLOSE) or cue_after(tokens, last)
    far = cue_before(tokens, first)
    return close or cue_before(tokens, first, within=NEAR) or ("" if far == "other" else far)


def _cue_at(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    """The kind of the word that ends at a token, and how many words it has."""
    word = tokens[index].text
    for length in (3, 2):
        if index >= length - 1:
            said = tokens[index - length + 1 : index + 1]
            phrase = tuple(each.text.removesuffix("'s") for each in said)
            if phrase in PHRASES:
                return PHRASES[phrase], length
    return KIND.get(word.removesuffix("'s"), ""), 1
