"""What the sentiment model reads of a text: emoji as words, and VADER's figures beside them.

MiniLM's vocabulary has no emoji, so each is replaced by its name in VADER's emoji lexicon; Slack
writes them as `:heart_eyes:`, which reads as its words already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

SHORTCODE = re.compile(r":([a-z0-9_+'-]+?)(?:::skin-tone-\d)?:")
# Where the name is a picture ("thumbs up", "fire"), what people mean by it.
MEANT = {
    "👍": "good", "👎": "bad", "🎉": "congratulations", "🔥": "great", "🚀": "great", "💯": "great",
    "✅": "done", "👏": "well done",
}  # fmt: skip
SPOKEN = {
    "+1": "good", "thumbsup": "good", "-1": "bad", "thumbsdown": "bad", "tada": "congratulations",
    "fire": "great", "rocket": "great", "100": "great",
    "white_check_mark": "done", "clap": "well done",
}  # fmt: skip
# Slack's own notation: <@U1>, <#C1|general>, <!here>, <https://…|words>.
# A grade without a word: people write it for "could not be better".
FULL_MARKS = re.compile(r"\b(10\s*/\s*10|5\s*/\s*5)\b")
# And the grade for "could not be worse", of which a model sees only the stars.
LOWEST_MARKS = re.compile(
    r"(?<![\w/.,])(?:[01]\s*/\s*(?:10|5)(?=\W*$)|(?:0|1|zero|one)[ -]stars?\b"
    r"(?![ -](?:off|less|hotels?|restaurants?)\b))",
    re.IGNORECASE,
)
MENTION = re.compile(r"<[@#!][^<>]*>")
LINK = re.compile(r"<https?://[^<>|]*\|([^<>]*)>|<?https?://[^\s<>]+>?")
MODIFIER = re.compile("[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]")
WORD = re.compile(r"[^\W\d_]")
FEATURES = ("neg", "neu", "pos", "compound")


@cache
def analyzer() -> Any:
    """VADER, which reads its lexicon once."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


@cache
def emoji_names() -> Mapping[str, str]:
    """Each emoji's name in words."""
    return {**analyzer().emojis, **MEANT}


def readable(text: str) -> str:
    """The text with emoji spelled out and without links and mentions."""
    text = LINK.sub(lambda found: found.group(1) or " ", MENTION.sub(" ", text))
    text = SHORTCODE.sub(lambda found: f" {_spoken(found.group(1))} ", text)
    text = LOWEST_MARKS.sub("terrible", FULL_MARKS.sub("perfect", text))
    text = MODIFIER.sub("", text)
    if not text.isascii():
        names = emoji_names()
        text = "".join(f" {names[each]} " if each in names else each for each in text)
    return " ".join(text.split())


def _spoken(code: str) -> str:
    return SPOKEN.get(code, code.replace("_", " ").replace("-", " "))


def has_words(text: str) -> bool:
    """Whether any letter is left of a readable text."""
    return WORD.search(text) is not None


def lexicon_features(text: str) -> list[float]:
    """VADER's four figures: shares of negative, neutral and positive words, and its verdict."""
    scores = analyzer().polarity_scores(text)
    return [float(scores[name]) for name in FEATURES]
