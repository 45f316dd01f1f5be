"""What people type, read: options, links to messages, mentions. Plain functions on strings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

from bot.period import Period, period_in
from core import words
from core.errors import UserError
from core.markup import cut, unformat
from core.words import listed
from skills.models.question import is_question, says_nothing
from skills.skill import Skill

# Phones turn two hyphens into a dash, and people put brackets and dots around a word; a slip must
# not post in public what was meant for one person.
_DASHES = "-‐‑‒–—―−﹣－"
_DASH = f"[{_DASHES}]"
_AROUND = r"(?:[^\w\s]|_)*"
_DASHED = re.compile(rf"{_AROUND}{_DASH}(?P<name>[A-Za-z]\w*?){_AROUND}")
_FLAG = re.compile(r"(?:--|[–—])[A-Za-z]\w*")
_INSIDE = re.compile(
    rf"(?:(?<![{_DASHES}\w/]){_DASH}+|(?<!{_DASH}){_DASH}{{2,}})private(?!\w)", re.IGNORECASE
)
_APART = re.compile(r"^(?:--|[–—])\s+private\b|(?:--|[–—])\s+private\W*$", re.IGNORECASE)
LONGEST_FLAG = 40
QUESTION = "question"
_ALIKE = 0.7  # "privat" and "pirvate" are, "verbose" is not
_SLIP = 0.8  # "lenght" and "page" are slips of options, "data" is none of "date"
_LINK = re.compile(
    r"<?https?://[\w.:-]+/archives/(?P<channel>[A-Z0-9]+)/p(?P<ts>\d{10})(?P<micro>\d{6})"
    r"(?:\?(?P<query>[^\s>|]*))?(?:\|[^>]*)?>?"
)
_THREAD = re.compile(r"thread_ts=(\d{10}\.\d{6})")
# An option of several words: chapter:"Terms of payment", in whatever quotes a phone makes.
_QUOTED = r"(?P<name>\w+):[\"“”„«](?P<value>[^\"“”„«»]{1,500})[\"“”»]"
_QUOTED_FIRST = re.compile(rf"{_QUOTED}(?=\s|$)")
_QUOTED_LAST = re.compile(rf"(?:(?<=\s)|^){_QUOTED}$")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A permalink: the channel, the message's ts and the ts of the thread it is in."""

    channel: str
    ts: str
    thread: str


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
        said, beside = _beside_a_link(rest)
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
    said = unformat(_beside_a_link(rest)[0]).strip()
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
            if _means_private(word, first=end == 0):
                private = True
            elif not (value := _option(skill, word)):
                break
            else:
                options.setdefault(*value)
            rest = (rest.removeprefix(word) if end == 0 else rest.removesuffix(word)).strip()
    if not private and (_INSIDE.search(rest) or _APART.search(rest)):
        raise UserError(words.PRIVATE_INSIDE)
    return options, private, rest


def _beside_a_link(text: str) -> tuple[str, Link | None]:
    """The words before or behind a link at either end of a text."""
    words = text.split()
    for link, others in ((words[-1:], words[:-1]), (words[:1], words[1:])):
        if link and others and (found := link_in(link[0])):
            return " ".join(others), found
    return text, None


def _quoted(skill: Skill[object], text: str, *, end: int) -> str:
    """An option in quotes at this end (0 or -1) of a text; "" when there is none."""
    found = (_QUOTED_FIRST.match if end == 0 else _QUOTED_LAST.search)(text)
    names = {each.name for each in skill.options if not each.choices}
    return found[0] if found and found["name"].lower() in names else ""


def _means_private(word: str, *, first: bool) -> bool:
    """Whether a word at the edge is --private, however it is written.

    Raises UserError for a slip of it, and for an unknown flag before the text; behind the text
    ("I love --verbose") that is text.
    """
    dashed = _DASHED.fullmatch(word) if len(word) <= LONGEST_FLAG else None
    name = dashed["name"].lower() if dashed else ""
    if name == "private":
        return True
    alike = SequenceMatcher(None, name, "private").ratio() >= _ALIKE
    if alike or (first and _FLAG.fullmatch(word)):
        raise UserError(words.unknown_flag(cut(word, 40)))
    return False


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


def link_in(text: str) -> Link | None:
    """The permalink when the text is one and nothing else."""
    found = _LINK.fullmatch(text.strip())
    if found is None:
        return None
    ts = f"{found['ts']}.{found['micro']}"
    thread = _THREAD.search(found["query"] or "")
    return Link(channel=found["channel"], ts=ts, thread=thread[1] if thread else ts)


def mentions(text: str, user: str) -> bool:
    """Whether the text mentions `user`."""
    return any(each == user for each in _MENTION.findall(text))


def after_mention(text: str, user: str) -> str:
    """The text without the mention of `user`."""
    return re.sub(rf"<@{re.escape(user)}(?:\|[^>]*)?>", " ", text).strip()
