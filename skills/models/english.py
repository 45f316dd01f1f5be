"""Whether a text is in English, with the doubt on the side of yes.

A language guesser alone calls "omg so good" Swedish, so a text is only foreign when most of its
words are also unknown to MiniLM's English vocabulary and VADER's. Very short texts pass.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from skills.models.sentiment_words import analyzer, readable
from skills.models.tongue import OF_ONE

WORD = re.compile(r"[^\W\d_]+")
NOISE = re.compile(r"[@#]\w+|\S*\d\S*")
LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
# Letters that English borrows at most for a café; beyond them a short text is foreign too.
BEYOND = re.compile(r"[\u0100-\u024f\u0300-\u036f\u1e00-\u1eff]")
MOST_CHARACTERS = 1000
FEW_WORDS = 3
FEWEST_GRAMMAR = 2  # words such as "the" and "was"
KNOWN_ALWAYS = 0.8
KNOWN_MOSTLY = 0.7
KNOWN_IF_UNSURE = 0.6
KNOWN_WITH_FEELING = 0.5
SURE = 0.9
CERTAIN = 0.99
# Words that VADER knows and other languages write as well.
SHARED = frozenset({"no", "super", "die", "war", "fun", "gross", "fest"})


def is_english(text: str, *, tokenizer: Any) -> bool:
    """False when the text is quite certainly in another language."""
    text = NOISE.sub(" ", readable(text[:MOST_CHARACTERS])).lower()
    words = WORD.findall(text)
    letters = "".join(words)
    if not letters:
        return True
    if len(LATIN.findall(letters)) < len(letters) / 2:
        return False
    known = sum(_is_known(word, tokenizer) for word in words) / len(words)
    if len(words) < FEW_WORDS:
        return known > 0 or not BEYOND.search(letters)
    if known >= KNOWN_ALWAYS:
        return True
    language, chance = _guesser().classify(text)
    if language == "en":
        return True
    if known >= KNOWN_WITH_FEELING and _has_english_grammar(words):
        return True
    if known >= KNOWN_WITH_FEELING and _feels_english(words):
        return len(words) <= FEW_WORDS or known >= KNOWN_MOSTLY or chance <= CERTAIN
    return known >= KNOWN_IF_UNSURE and chance <= SURE


def _has_english_grammar(words: list[str]) -> bool:
    """Whether the small words are English, as in "The crème brûlée was awful"."""
    codes = [OF_ONE[word] for word in words if word in OF_ONE]
    return codes.count("en") >= FEWEST_GRAMMAR and set(codes) == {"en"}


def _feels_english(words: list[str]) -> bool:
    lexicon = analyzer().lexicon
    return any(word in lexicon and word not in SHARED for word in words)


@lru_cache(maxsize=65_536)
def _is_known(word: str, tokenizer: Any) -> bool:
    """One piece in MiniLM's vocabulary is a common English word."""
    if word in analyzer().lexicon:
        return True
    return len(tokenizer.encode(word, add_special_tokens=False).ids) == 1


@cache
def _guesser() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
