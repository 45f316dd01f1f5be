"""Naming: which skill a message names, and the polite words that people put around its name."""

from __future__ import annotations

import re
from collections.abc import Collection

GREETINGS = {"hello", "hi", "hey", "help", "thanks", "thank", "what", "who", "how", "can"}
_FILLING = {
    "please", "can", "could", "you", "this", "the", "that", "it", "thread", "message", "file",
    "for", "me", "us", "here", "above", "a", "of", "now", "and", "conversation", "channel", "text",
    "discussion", "chat", "messages", "whole", "entire", "all",
}  # fmt: skip
_HELLO = {"hello", "hi", "hey"}
# Said after something: alone, it is what is asked about.
_THANKS = re.compile(r"(?:(?<=[\w>])\s+|[,.;!–—-]\s*)(?:thanks|thank you|thx)\W*$", re.IGNORECASE)
_CALLS = re.compile(r"<[@!][^>]*>")
_PRAISE = {
    "thanks", "thank", "thx", "ty", "cheers", "ok", "okay", "great", "good", "nice", "cool", "got",
    "perfect", "awesome", "excellent", "brilliant", "wonderful", "amazing", "super", "lovely",
    *"🙏👍👌👏🙌🎉💯✅😊❤", ":pray:", ":+1:", ":thumbsup:", ":ok_hand:", ":clap:", ":raised_hands:",
    ":tada:", ":100:", ":white_check_mark:", ":blush:", ":heart:",
}  # fmt: skip
_BESIDE_PRAISE = {
    "you", "so", "very", "really", "much", "a", "lot", "many", "all", "again", "for", "the", "this",
    "that", "it", "your", "job", "work", "bot", "no",
}  # fmt: skip
_ASIDE = re.compile(r"<[@!][^>]*>|:skin-tone-\d:|\bfor \w+ help\b", re.IGNORECASE)
_WORD_OR_EMOJI = re.compile(
    r":[\w+-]+:|\w+|[\u2600-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001faff]"
)
_WHAT = re.compile(
    r"(?:(?:hi|hello|hey)\W+)?(?:what (?:can|do) you do|how (?:do you|does this) work|who are you)"
    r"(?: for (?:me|us))?\W*",
    re.IGNORECASE,
)


def first_word(text: str) -> tuple[str, str]:
    """ "/Sentiment I love it" → ("sentiment", "I love it")."""
    found = re.match(r"\s*[/!]?(\w*):?\s*(.*)", text, re.DOTALL)
    return (found[1].lower(), found[2].strip()) if found else ("", text.strip())


def skill_word(text: str, names: Collection[str]) -> tuple[str, str]:
    """The skill that a message names, and the words for it.

    Usually it is the first word; "please summarize this thread" names it, too, when the words
    around it are polite ones only. ("", text) when none is named.
    """
    word, rest = first_word(text)
    if _spelled(word) in names:
        return _spelled(word), "" if _fills(rest) else rest
    plain = [_spelled(each) for each in _said(_THANKS.sub("", text))]
    named = [each for each in plain if each in names]
    if len(named) == 1 and set(plain) - set(named) <= _FILLING | _HELLO:
        return named[0], ""
    return "", text


def means_channel(text: str) -> bool:
    """Whether polite words say that the channel is meant, and not the thread that they stand in."""
    words_only = re.sub(r"<[^>]*>", " ", text)  # "<!channel>" calls people, and means no place
    said = set(re.findall(r"\w+", words_only.lower()))
    return "channel" in said and "thread" not in said


def asks_what_it_does(text: str) -> bool:
    """Whether a message to the bot asks what the bot is good for, and nothing else."""
    return bool(_WHAT.fullmatch(text.strip()))


def only_thanks(text: str) -> bool:
    """Whether a message to the bot is thanks or praise, which wants no answer."""
    said = set(_WORD_OR_EMOJI.findall(_ASIDE.sub(" ", text).lower()))
    return bool(said & _PRAISE) and said <= _PRAISE | _BESIDE_PRAISE and "?" not in text


def asks_for_help(text: str) -> bool:
    """Whether the words after a skill's name, or after a mention, are "help" and nothing else."""
    return bool(re.fullmatch(r"\W*help\W*", text, re.IGNORECASE))


def _fills(rest: str) -> bool:
    """Whether the words behind a skill's name say nothing: polite ones, and calls to people."""
    rest = _CALLS.sub(" ", _THANKS.sub("", rest))
    said = _said(rest)
    return set(said) <= _FILLING if said else not rest.strip()


def _said(text: str) -> list[str]:
    return re.findall(r"[\w']+", _CALLS.sub(" ", text).lower())


def _spelled(word: str) -> str:
    """ "summarise" as its skill is spelled."""
    return re.sub("ise$", "ize", word)
