"""Addresses by how they are written, whatever the street is called: up to the ZIP code or postcode.

"6317 Patricia Loaf Suite 907, Salem, OR 97301" has no word for a street, and is an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from skills.pii.tokens import words

STATES = words(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
    "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP FM MH PW"
)
CAPITAL = r"(?<!\w)[A-ZÀ-ÖØ-Þ][\w'’-]{0,30}\.?"
CITY = r"(?<!\w)[A-ZÀ-ÖØ-Þ][\w'’-]{1,30}(?: [A-ZÀ-ÖØ-Þ][\w'’-]{1,30}){0,2}"
BRITISH = r"(?:[A-Z]{1,2}\d[A-Z\d]?)\s?\d[ABD-HJLNP-UW-Z]{2}"
STATE = rf"(?:{'|'.join(STATES)})"
UNIT = r"(?:Apt\.?|Apartment|Suite|Ste\.?|Unit|Flat|Studio|Floor|#)\s?\w{1,5}"
NEXT = r"(?:, ?| |,?\n)"
HOUSE = r"(?<![\w-])\d{1,6}[a-zA-Z]?(?:[-/]\d{1,3})?"
TOWN_ZIP = rf"{CITY}{NEXT}{STATE},? \d{{5}}(?:-\d{{4}})?(?!\w)"
FORMS = tuple(
    re.compile(form)
    for form in (
        TOWN_ZIP,
        rf"(?<!\w){STATE},? \d{{5}}(?:-\d{{4}})?(?!\w)",
        rf"{HOUSE}(?: {CAPITAL}| \d{{1,3}}(?:st|nd|rd|th)){{1,5}}(?:{NEXT}{UNIT})?{NEXT}{TOWN_ZIP}",
        r"\b(?:PSC|CMR|Unit|USNS|USS|USCGC|USNV) [\w, ]{1,30}(?:APO|FPO|DPO),? A[AEP] \d{5}\b",
        rf"(?:{UNIT}{NEXT})?(?:{HOUSE},? )?{CAPITAL}(?: [\w'’-]{{2,20}}){{0,3}}"
        rf"(?:,\s?{CITY}){{1,3}},?\s{BRITISH}(?!\w)",
        rf"{CAPITAL}(?: {CAPITAL}){{0,3}} \d{{1,4}} ?(?:[a-z]\b|[-/]\d{{1,3}})?,? \d{{5}} {CITY}",
        rf"(?i:{HOUSE}(?: bis| ter)?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|allée"
        r"|impasse|quai|cours|route|square)"
        r"(?: [^\W\d][\w'’-]{0,20}){1,5},? \d{5} [^\W\d][\w'’-]{1,20})",
        r"(?i:\b(?:C/|Calle|Avda?\.?|Avenida|Plaza|Paseo|Camino|Ronda)(?: [^\W\d]{2,20}){1,4},?"
        r" (?:n[º°]\.? ?)?\d{1,4})(?:,? \d{5} [^\W\d]{2,20})?",
    )
)
# Words that begin a sentence, and no address.
BEGINNINGS = re.compile(
    r"(?:(?:Yes|Yeah|No|It[’']s|So|And|Is|At|To|From|I|We|The|My|Address|Sure|OK|Okay)\b[:,]? )+"
)


def find_written_addresses(text: str) -> Iterator[tuple[int, int]]:
    """The addresses in a text, as the letters from one to before another."""
    for form in FORMS:
        for match in form.finditer(text):
            begin = BEGINNINGS.match(text, match.start())
            yield (begin.end() if begin else match.start()), match.end()
