"""Tongue: the language that a text is written in, as far as its commonest words tell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

# Each word stands for one language only, so that a name or a quotation decides nothing.
_WORDS = {
    "en": "the of and that with this are have was which from they been would there their its will",
    "de": "der das und nicht ist ein eine einen dem den mit auf für wird werden sich auch bei von",
    "fr": "les des une est pour dans qui sur avec ne sont cette être du au ces leur nous vous",
    "es": "el los las del por una con para que como más pero sus fue está son entre también",
    "it": "il gli della di che non sono per delle nel con dei alla più anche questo dal essere",
    "nl": "het een van niet zijn voor met aan ook maar wordt bij naar deze werd uit hij heeft",
    "pt": "os uma não para com mais dos foi ao das são pelo pela também ou seu sua isso",
    "pl": "nie się jest że na do jak przez od oraz przy został które może być ich tego",
    "sv": "och att det som inte för den med av till är på har ett kan ska vara från",
    "da": "og at det som ikke for den med af til er på har et kan skal være fra",
}
_COUNTS = Counter(word for words in _WORDS.values() for word in words.split())
OF_ONE = {
    word: code for code, words in _WORDS.items() for word in words.split() if _COUNTS[word] == 1
}
FEWEST_WORDS = 30  # by which a language is told
FEWEST_FOUND, LEAST_SHARE = 4, 0.04  # of them such words; English prose has 20 %
MANY_WORDS, HARDLY = 100, 0.02  # so many words with so few English ones are of some other language
UNKNOWN = "?"


def find_tongue(texts: Iterable[str]) -> str:
    """The code of the language ("de"), UNKNOWN for one that is not known here, "" if none is told.

    Tables and lists of names have few such words in any language: that is no other language.
    """
    words = re.findall(r"[^\W\d_]+", " ".join(texts).lower())
    if len(words) < FEWEST_WORDS:
        return ""
    counts = Counter(OF_ONE[word] for word in words if word in OF_ONE)
    code, count = counts.most_common(1)[0] if counts else ("", 0)
    if count >= max(FEWEST_FOUND, LEAST_SHARE * len(words)):
        return code
    latin = sum(unicodedata.name(word[0], "").startswith("LATIN") for word in words)
    if latin < 0.5 * len(words):
        return UNKNOWN
    return UNKNOWN if len(words) >= MANY_WORDS and counts["en"] < HARDLY * len(words) else ""
