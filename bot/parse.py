"""What people type, read: options, and what is between them. Plain functions on strings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.link import Link, beside_a_link, link_in
from bot.period import Period, period_in
from bot.private import means_private, refuse_private_inside
from core import words
from core.errors import UserError
from core.markup import cut, unformat
from core.words import listed
from skills.skill import Skill
from skills.texts.question import is_question, says_nothing

QUESTION = "question"
_SLIP = 0.8  # "lenght" and "page" are slips of options, "data" is none of "date"
# An option of several words: chapter:"Terms of payment", in whatever quotes a phone makes.
_QUOTED = r"(?P<name>\w+):[\"“”„«](?P<value>[^\"“”„«»]{1,500})[\"“”»]"
_QUOTED_FIRST = re.compile(rf"{_QUOTED}(?=\s|$)")
_QUOTED_LAST = re.compile(rf"(?:(?<=\s)|^){_QUOTED}$")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a person asked of a skill: its text, options, and whether only they want to see it."""

    text: str = ""
    options: dict[str, str] = field(default_factory=dict)
    link: Link | None = None
    period: Period | None = None
    private: bool = False


def ask(skill: Skill[object], text: str) -> Asked:
    """Read the words after a skill's name; options stand before or behind the text, not in it.

    Raises UserError when an option has a value that the skill does not know, and whenever the
    person may have meant --private and did not write it where it is understood.
    """
    options, private, rest = _at_the_edges(skill, text)
    link = link_in(rest)
    if link is None and skill.takes_question:
        said, beside = beside_a_link(rest)
        if beside is not None and (is_question(said) or says_nothing(said)):
            link, rest = beside, ""
            if is_question(said):
                options.setdefault(QUESTION, unformat(said).strip())
    period = period_in(rest) if skill.takes_channel and not link else None
    text = "" if period else unformat(rest).strip()
    return Asked(text=text, options=options, link=link, period=period, private=private)


def about_a_file(skill: Skill[object], text: str) -> Asked:
    """Read the words beside a file: options, and a question where they are one; raises as `ask`.

    What else they say is not for us, whether or not the skill was named.
    """
    options, private, rest = _at_the_edges(skill, text)
    said = unformat(beside_a_link(rest)[0]).strip()
    if skill.takes_question and is_question(said):
        options.setdefault(QUESTION, said)
    return Asked(options=options, private=private)


def _at_the_edges(skill: Skill[object], text: str) -> tuple[dict[str, str], bool, str]:
    """The options at both ends of a text, whether it is private, and what is in between."""
    options: dict[str, str] = {}
    private = False
    rest = text.strip()
    for end in (0, -1):
        while rest:
            word = (
                _quoted(skill, rest, end=end)
                or (rest.split(None, 1) if end == 0 else rest.rsplit(None, 1))[end]
            )
            if means_private(word, first=end == 0):
                private = True
            elif not (value := _option(skill, word)):
                break
            else:
                options.setdefault(*value)
            rest = (rest.removeprefix(word) if end == 0 else rest.removesuffix(word)).strip()
    if not private:
        refuse_private_inside(rest)
    return options, private, rest


def _quoted(skill: Skill[object], text: str, *, end: int) -> str:
    """An option in quotes at this end (0 or -1) of a text; "" when there is none."""
    found = (_QUOTED_FIRST.match if end == 0 else _QUOTED_LAST.search)(text)
    names = {each.name for each in skill.options if not each.choices}
    return found[0] if found and found["name"].lower() in names else ""


def _option(skill: Skill[object], word: str) -> tuple[str, str] | None:
    """ "length:short" → ("length", "short"); None for a word that names no option of the skill."""
    name, colon, value = word.partition(":")
    option = next((each for each in skill.options if each.name == name.lower()), None)
    if not colon or not value:
        return None
    if option is None:
        _refuse_a_slip(skill, name, value)
        return None
    chosen = value.lower() if option.choices else unformat(value).strip('"“”„«» ')
    if option.choices and chosen not in option.choices:
        known = listed(option.choices, "or")
        raise UserError(f"{option.name} can be {known}: you wrote {cut(word, 60)}.")
    return option.name, chosen


def _refuse_a_slip(skill: Skill[object], name: str, value: str) -> None:
    """Raises UserError for "lenght:short", which is hardly what anybody wants summarized."""
    options = {each.name: each for each in skill.options}
    for near in get_close_matches(name.lower(), options, 1, _SLIP):
        if not options[near].choices or value.lower() in options[near].choices:
            raise UserError(words.unknown_option(cut(name, 40), near, cut(value, 40)))


def mentions(text: str, user: str) -> bool:
    """Whether the text mentions `user`."""
    return any(each == user for each in _MENTION.findall(text))


def after_mention(text: str, user: str) -> str:
    """The text without the mention of `user`."""
    return re.sub(rf"<@{re.escape(user)}(?:\|[^>]*)?>", " ", text).strip()
