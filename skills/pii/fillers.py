"""Fillers: the words that may stand in the midst of a number, somebody else's "okay" among them."""

from __future__ import annotations

from collections.abc import Sequence

from skills.pii.tokens import Token, words

FILLERS = frozenset(
    words(
        "uh um er erm ah hm hmm mm mhm and then dash hyphen space that's so okay ok yes yeah "
        "yep yup right uhuh huh got it that go on ahead sure next followed by again sorry "
        "alright perfect great thanks thank you continue please wait no i mean correct good "
        "cool fine carry keep going the rest last is it's digits digit let me see check just a "
        "second moment one's with you i'm writing down noted repeat now finally lastly mine "
        "slash parenthesis bracket pause ready still here listening what's what hang "
        "lovely brilliant super wonderful excellent cheers hold sec yea alrighty dot point"
    )
)


def is_filler(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word may stand in the midst of a number; "on" and "ahead" only behind "go"."""
    word = tokens[index].text
    if word in ("on", "ahead"):
        before = tokens[index - 1].text if index else ""
        return before in ("go", "carry", "keep", "going", "hang", "hold")
    if word in ("i've", "you've"):
        return [each.text for each in tokens[index + 1 : index + 3]] == ["got", "that"]
    return word in FILLERS
