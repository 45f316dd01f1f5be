"""Phrases: the nouns of many comments, alone or with the word before them ("delivery time").

There is no grammar here: what stands behind "the" and before a pause is used as a noun, counted
over all comments. Words are counted in one form ("rooms" as "room") and shown as people write them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from skills.models.sentiment_words import analyzer

TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[.,;:!?()\n]")
READ = 1_000  # characters of a comment
_DETERMINERS = """
the a an my your our their his her its this these those no any some every each another
"""
_BEFORE_VERBS = """
to i you we they he she it who which can could will would should may might must cannot can't don't
doesn't didn't won't wouldn't couldn't isn't not never always just i've i'd i'll we've please let
"""
_BEFORE_ADJECTIVES = """
very so too really quite pretty extremely super more most less as is was are were been be seems
looks feels felt looked it's that's wasn't isn't i'm am
"""
_FUNCTION = """
and or but nor if then than because while when where why how what that which who whom whose of
in on at by for with without from into onto over under about after before between through during
against up down out off again once here there all both few many much other such only own same
too very just also even ever still yet now back away well maybe perhaps have has had having do
does did doing done be been being is are was were am get gets got getting go goes went going
gone come comes came make makes made making take takes took taken give gives gave given put let
say says said tell told ask asked see saw seen know knew think thought want wanted need needed
use used using try tried keep kept find found look looks work works worked working like liked
love loved hate hated can could will would should may might must shall cannot me us them him you
i we they he she it one two three four five ones first last next per via within since until upon
instead however although though unless yes no not im ive id dont doesnt didnt cant wont isnt
wasnt youre theyre thats its lets u ur ok okay oh lol etc
"""
# Nouns that say nothing about a product.
_EMPTY = """
thing things something anything nothing everything everyone someone anyone nobody stuff way ways
time times day days week weeks month months year years hour hours minute minutes second moment
today yesterday tomorrow lot lots bit kind sort type part parts case fact point end rest side
top person people guy guys man men woman women friend friends wife husband partner boyfriend
girlfriend family kid kids child children son daughter brother sister mother father mom mum dad
parents grandma grandpa grandmother grandfather uncle aunt cousin nephew niece neighbour neighbor
birthday christmas product
products item items place places problem problems issue issues reason reasons experience review
reviews star stars comment comments feedback opinion word words money idea chance job number
amount difference stay visit trip surprise increase decrease
piece pair set one ones hand eye eyes head life world night morning evening weekend name
line question questions answer help information info right matter order purchase company
business customer customers thanks thank hi hello
"""
DETERMINERS = frozenset(_DETERMINERS.split())
BEFORE_VERBS = frozenset(_BEFORE_VERBS.split())
BEFORE_ADJECTIVES = frozenset(_BEFORE_ADJECTIVES.split())
FUNCTION = frozenset(_FUNCTION.split()) | DETERMINERS | BEFORE_VERBS | BEFORE_ADJECTIVES
OF_NOUNS = frozenset(["is", "was", "are", "were", "has", "isn't", "wasn't"])  # "Delivery was slow"
EMPTY = frozenset(_EMPTY.split())
WITH_IE = frozenset(["movies", "cookies", "series", "selfies", "brownies", "smoothies", "calories"])
OPINION = 1.8  # VADER's valence, from which a word is a judgement and no thing
# Mostly verbs and adjectives.
NO_NOUN = ("ing", "ed", "able", "ible", "ous", "ful", "less", "ish")
# Words that only stress the noun behind them: "the entire room" is about the room.
_STRESSING = """
entire whole real actual main overall certain various exact
"""
STRESSING = frozenset(_STRESSING.split())
_WITH_LY = """
family supply reply assembly monopoly jelly belly anomaly butterfly
"""
WITH_LY = frozenset(_WITH_LY.split())
NO_PART = FUNCTION | EMPTY | STRESSING  # of a pair
NOUN = 0.3  # the share of its uses in which a noun is seen to be one
FEWEST = 3


def tokens_of(text: str) -> list[str]:
    """Lower-case words and stops of the beginning of a comment."""
    return [each.lower().replace("’", "'") for each in TOKEN.findall(text[:READ])]


def singular(word: str) -> str:
    """One form for "battery" and "batteries"; English, and only roughly."""
    if len(word) > 4 and word.endswith("ies") and word not in WITH_IE:
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
        return word[:-1]
    return word.removesuffix("'s")


def is_opinion(word: str) -> bool:
    """Whether a word judges ("awful") rather than names."""
    return abs(float(analyzer().lexicon.get(word, 0.0))) >= OPINION


class Phrases:
    """The nouns of these comments, learned once; then what each comment names.

    `naming` are those that answer what is good or bad: a word alone there ("Breakfast") is a noun.
    """

    def __init__(self, comments: Sequence[str], *, naming: Collection[int] = ()) -> None:
        self._shown: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._name = Counter[str]()  # "Leeds"
        self._capital = Counter[str]()  # "ATM": how often a word is shouted, less how often not
        for text in comments:
            words = TOKEN.findall(text[:READ])
            for before, word in pairwise([".", *words]):
                self._capital[word.lower()] += 1 if word.isupper() and len(word) > 1 else -1
                if before[0].isalpha():  # else any word may begin with a capital
                    self._name[word.lower()] += 1 if word.istitle() else -1
        self._nouns = self._learn([tokens_of(text) for text in comments], naming)

    def _learn(self, comments: Sequence[Sequence[str]], naming: Collection[int]) -> frozenset[str]:
        used, noun, other = Counter[str](), Counter[str](), Counter[str]()
        for number, tokens in enumerate(comments):
            alone = number in naming and sum(token[0].isalpha() for token in tokens) == 1
            padded = [".", ".", *tokens, "."]
            for place in range(2, len(padded) - 1):
                word, before, after = padded[place], padded[place - 1], padded[place + 1]
                if word in FUNCTION or len(word) < 3:
                    continue
                key = singular(word)
                used[key] += 1
                self._shown[key][word] += 1
                ends = after in FUNCTION or not after[0].isalpha()
                described = padded[place - 2] in DETERMINERS and before not in FUNCTION
                begins = not before[0].isalpha() and after in OF_NOUNS
                noun[key] += alone or begins or (ends and (before in DETERMINERS or described))
                other[key] += before in BEFORE_VERBS or (before in BEFORE_ADJECTIVES and ends)
        return frozenset(
            key
            for key, count in used.items()
            if count >= FEWEST
            and noun[key] >= NOUN * count
            and noun[key] > other[key]
            and key not in EMPTY
            and not is_opinion(key)
            and not key.endswith(NO_NOUN)
            and (not key.endswith("ly") or key in WITH_LY)
            and key not in FUNCTION
        )

    def of(self, tokens: Sequence[str]) -> set[str]:
        """The nouns of a comment, and pairs of a word and the noun it goes with."""
        return set(self._of(tokens))

    def _of(self, tokens: Sequence[str]) -> Iterator[str]:
        for before, word in pairwise([".", *tokens]):
            key = singular(word)
            if key not in self._nouns:
                continue
            yield key
            if len(before) > 2 and before not in NO_PART and not is_opinion(before):
                pair = f"{singular(before)} {key}"
                self._shown[pair][f"{before} {word}"] += 1
                yield pair

    def shown(self, key: str) -> str:
        """As most people write it, names with a capital, abbreviations all in capitals."""
        written = self._shown.get(key)
        words = (written.most_common(1)[0][0] if written else key).split()
        return " ".join(map(self._spelled, words))

    def _spelled(self, word: str) -> str:
        if self._capital[word] > 0:
            return word.upper()
        return word.capitalize() if self._name[word] > 0 else word
