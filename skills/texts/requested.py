"""Requests: who is asked, named or found for something that is to be done. English only."""

from __future__ import annotations

import re

from skills.texts.promises import DO, NOT_MINE, SOON, TAKEN
from skills.texts.talk import BEGINS, Remark, Talk, name_at

# Anything may be asked of somebody by name, but what only asks for an answer.
_ANY = (
    r"(?!tell (?:me|us)\b|say\b|explain\b|see\b|hear\b|remember\b|believe\b|imagine\b|read\b"
    r"|be (?:at|there|here|in|on|back|around|free|home|late|able|available|joining|coming)\b)\w+"
)
ASKED = re.compile(
    rf"^\W*(?:and |also )*(?:(?:can|could|would|will) (?:you|u) (?:please |pls |maybe |also "
    rf"|quickly )*(?P<do>{_ANY})|don(?:'|’)?t forget \w+"
    rf"|(?:please|pls|kindly) (?:also )?(?P<do2>{DO})"
    rf"|(?:would|do) you mind (?P<do3>\w+ing)|(?:i need|we need|i(?:'"
    rf"|’)d like) you to (?P<do4>{DO})"
    rf"|you(?:'|’)?(?:ll| will| should| need to| have to| are going to) (?P<do5>{DO})"
    rf"|(?:to )?(?P<do6>{DO}))\b",
    re.IGNORECASE,
)
# Behind a name, "you wrote that part, could you take the fix?".
ASKED_LATER = re.compile(
    rf"[,;–—-] ?(?:so |and |but )?(?:can|could|would|will) you (?:please |maybe |also )*{DO}\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^\W*(?:action(?: item| point)?s?|to-?do|ai|next step|task|follow[- ]?up)\b\s*"
    r"(?:for (?P<who>@?[\w .'’-]{1,40}?))?\s*(?::|–|—|- )\s*",
    re.IGNORECASE,
)
# Behind a name.
IS_TO = re.compile(
    r" (?:takes (?:over|care of|on)|covers|handles|owns|picks up)\b"
    rf"|(?:(?:'|’)ll| will| is going to| to| should| has to| needs to| must) {SOON}{DO}\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"^\W*|[,;–—] ?(?:and |so |but |then )?@?", re.IGNORECASE)
UNNAMED = re.compile(
    rf"^\W*(?:(?:can|could|would|will) (?:you|u|someone|somebody|anyone|anybody|one of you)"
    rf" (?:please |pls |maybe |also )*{DO}|(?:please|pls) {DO}|(?:someone|somebody"
    rf"|we) (?:needs?|has"
    rf"|have|should|must) (?:to )?{DO}|who(?:'s| is| can| could| will| wants to)? (?!(?:is|are"
    rf"|was|were|has|had|did|does|knows?|owns?"
    rf"|in|out|up|coming|joining|hungry|free|around|there|here|left|next|said|told|else|has|\w+ed"
    rf"|broke|wrote|made)\b)\w+)\b",
    re.IGNORECASE,
)
I_DO = re.compile(r"^\W*(?:i (?:do|will|can)|me)\W*$", re.IGNORECASE)
OFFERS = re.compile(
    rf"^\W*(?:i (?:could|can|might) (?:also |just |maybe )*|(?:should|shall) i |(?:do you )?want me"
    rf" to )(?!start\b|ask you){DO}\b",
    re.IGNORECASE,
)
ACCEPTS = re.compile(
    r"^\W*(?:(?:ooh?|oh|ah|wow)\W+)?(?:(?:yes|yep|yeah|please|go ahead|go for it|do it|sure"
    r"|ok(?:ay)?|perfect|great|thanks?|thx|(?:that(?:'|’)?d|that would|would) be)\b|👍|🙏"
    r"|:(?:\+1|pray):)",
    re.IGNORECASE,
)
EVERYBODY = ("@here", "@channel", "@everyone")  # what is asked of all is nobody's task
SOON_AFTER = 4  # messages within which somebody takes what was asked of nobody


def asked_of(talk: Talk, remark: Remark) -> list[str]:
    """The people whom a sentence asks by name to do something."""
    called = _called(talk, remark)
    if called and (LABEL.match(remark.text) or _is_asked(remark)):
        return called
    for clause in CLAUSE.finditer(remark.text):
        rest = remark.text[clause.end() :]
        name = name_at(rest, talk.names) if clause.start() else None
        if name and ASKED.match(rest[len(name) :]):
            return [_whole(talk, name)]
    return []


def named(talk: Talk, remark: Remark) -> str:
    """Of "Ana will send it" and "@ana to send it" who it is; "" when nobody we know."""
    if remark.asks:
        return ""
    text = LABEL.sub("", remark.text)
    for clause in CLAUSE.finditer(text):
        name = talk.names.match(text, clause.end())
        if name and IS_TO.match(text, name.end()):
            return _whole(talk, name[0])
    return ""


def taker_of(talk: Talk, remark: Remark) -> str:
    """Who took what was asked of nobody by name, "" when nobody did."""
    if not UNNAMED.match(remark.bare):
        return ""
    for place in talk.after(remark.message)[:SOON_AFTER]:
        author = talk.messages[place].author
        said = talk.of(place)[:2]
        if author != remark.author and any(_takes(each, remark) for each in said):
            return author
    return ""


def is_accepted_offer(talk: Talk, remark: Remark) -> bool:
    """Whether somebody offers to do something and the next one wants it."""
    if not OFFERS.match(remark.bare) or NOT_MINE.search(remark.bare):
        return False
    return any(
        ACCEPTS.match(each.text)
        for place in talk.after(remark.message)[:1]
        if talk.messages[place].author != remark.author
        for each in talk.of(place)[:1]
    )


def _is_asked(remark: Remark) -> bool:
    """Whether what follows the names asks for something to be done."""
    found = ASKED.match(remark.bare)
    if found is None:
        return bool(ASKED_LATER.search(remark.bare))
    # Bare verbs only behind a name: "@ana check the logs", and not "@ana work is fun".
    return found["do6"] is None or not remark.asks


def _called(talk: Talk, remark: Remark) -> list[str]:
    """The people that a sentence calls at its beginning, or at its end: "can you …, @ana?"."""
    rest = BEGINS.sub("", remark.text)
    if labelled := LABEL.match(rest):
        who = (labelled["who"] or "").lstrip("@").lower()
        if who in talk.people:
            return [talk.people[who]]
        rest = rest[labelled.end() :]
    called = []
    while (name := name_at(rest, talk.names)) is not None:
        if name.lower() not in EVERYBODY:
            called.append(_whole(talk, name))
        rest = re.sub(r"^[ ,:;–—-]*(?:(?:and|&)\s+(?=@))?", "", rest[len(name) :])
    if not called:
        last = re.search(r"(?:[ ,]@|, )(?P<name>[\w .'’-]{1,60}?)\W*$", remark.text)
        if last and last["name"].lower() in talk.people:
            called.append(talk.people[last["name"].lower()])
    return called


def _whole(talk: Talk, name: str) -> str:
    """A name as it is shown: of a mention what Slack calls the person."""
    plain = name.removeprefix("@")
    return talk.people.get(plain.lower(), plain)


def _takes(remark: Remark, request: Remark) -> bool:
    """Whether it takes what was asked of nobody by name: "on it"; "I do", when asked who does."""
    asks_who = request.bare.lower().startswith("who")
    return bool(TAKEN.match(remark.bare) or (asks_who and I_DO.match(remark.bare)))
