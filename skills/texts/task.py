"""Task: what somebody is to do, and what became of it: what is said to it later.

What its owner refuses, and what who asked for it does not need any more, is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from skills.texts.promises import TAKEN
from skills.texts.question import stem, stems_of
from skills.texts.talk import Remark, Talk

YES = re.compile(
    r"^\W*(?:yes|yep|yeah|sure|ok(?:ay)?|of course|absolutely|certainly|no problem|np|👍|\+1|:\+1:"
    r"|✅|:white_check_mark:|happy to|with pleasure|gladly|roger|ack|sounds good|fine)\b",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"^\W*(?:(?:sorry|no|nope|unfortunately|i(?:'|’)?m afraid)\b(?!\W*(?:problem|worries"
    r"|prob)).*|i (?:can"
    r"(?:'|’)?t|cannot|won(?:'|’)?t|will not|don(?:'|’)t have time)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
NO_NEED = re.compile(
    r"\b(?:never ?mind|nvm|no need|not needed|don(?:'|’)?t bother|forget (?:it|that))\b",
    re.IGNORECASE,
)
_PAST = (
    r"(?:done|sent|fixed|merged|deployed|shipped|finished|completed|uploaded|posted|updated|closed"
    r"|resolved|submitted|published|released|shared|booked|ordered|paid|added|removed|created"
    r"|written"
    r"|reviewed|tested|pushed|reverted|restarted|rolled back|called|emailed|scheduled|signed|filed"
    r"|invited|cancelled|canceled|confirmed|checked|renamed|moved|replied|answered|informed|told"
    r"|asked|prepared|drafted|wrote|set up|handled|sorted|ready|live|cleaned up)"
)
DONE = re.compile(
    rf"^\W*(?:ok(?:ay)?|and|update|all|just|both|it(?:'|’)?s|that(?:'|’)?s|this is|it is"
    rf"|has been|now"
    rf"|i(?:'|’)?ve|i have|i|✅|\W)*\s*(?:just |already |now |all )*{_PAST}\b(?! (?:by|until"
    rf"|on monday"
    r"|tomorrow|you|if|when)\b)|^\W*(?:✅|☑️|✔️?|:white_check_mark:|:heavy_check_mark:)\W*$"
    rf"|\b(?:i(?:'|’)?ve|i have|have|has been|have been|is|are|was|were)(?: now| just"
    rf"| already)? {_PAST}\b",
    re.IGNORECASE,
)
NOT_DONE = re.compile(
    r"\b(?:not|n(?:'|’)?t|yet to|will be|to be|almost|nearly|half|once|when|until|if|after|before"
    r"|should|soon)\b",
    re.IGNORECASE,
)
PLEASE = re.compile(
    r"\b(?:please|pls|(?:can|could|would|will) (?:you|someone|somebody))\b", re.IGNORECASE
)
SHORT = 6
SPARED_WITHIN = 4  # messages in which it may turn out that nobody needs it
REST = 15  # messages in which the owner may report


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """The sentence that says it, who is to do it, and `due` in its words, "" when it does not say.

    `state` is "" or what the owner said to it: "confirmed" or "done".
    """

    text: str
    owner: str
    message: int
    due: str = ""
    state: str = ""


def follow(talk: Talk, task: Task) -> Task | None:
    """The task with what its owner said to it later; None when that was no."""
    stems = stems_of(task.text)
    mine = [
        place for place in talk.after(task.message) if talk.messages[place].author == task.owner
    ][:REST]
    asker = talk.messages[task.message].author
    own = asker == task.owner
    if not own and _is_spared(talk, task, asker):
        return None
    for number, place in enumerate(mine):
        said = talk.of(place)
        if not said:
            continue
        if not own and number == 0 and REFUSED.match(said[0].text) and not task.state:
            return None
        reports = number == 0 and not own and DONE.match(said[0].bare)
        brief = len(said[0].bare.split()) <= SHORT and not _speaks_of_another(talk, place, stems)
        if any(_is_done(each, stems, reports=bool(reports or brief)) for each in said[:2]):
            return replace(task, state="done")
        yes = TAKEN.match(said[0].bare) or YES.match(said[0].text) or YES.match(said[0].bare)
        if number == 0 and not own and yes:
            task = replace(task, state="confirmed")
    return task


def _is_spared(talk: Talk, task: Task, asker: str) -> bool:
    """Whether who asked for it soon says that it is not needed."""
    return any(
        NO_NEED.search(each.text)
        for place in talk.after(task.message)[:SPARED_WITHIN]
        if talk.messages[place].author == asker
        for each in talk.of(place)
    )


def _speaks_of_another(talk: Talk, place: int, stems: frozenset[str]) -> bool:
    """Whether somebody else has asked for something else just before."""
    for before in talk.before(place)[:1]:
        asked = [each for each in talk.of(before) if each.asks or PLEASE.search(each.text)]
        theirs = talk.messages[before].author != talk.messages[place].author
        return theirs and bool(asked) and not any(stems & stems_of(each.text) for each in asked)
    return False


def _is_done(remark: Remark, stems: frozenset[str], *, reports: bool) -> bool:
    """Whether the owner says that it is done, and `reports` just now or uses the task's words."""
    if remark.asks or NOT_DONE.search(remark.text):
        return False
    verb = re.match(r"\W*(?:i |i(?:'|’)ve |just |all )*(\w+ed)\b", remark.bare, re.IGNORECASE)
    if verb and stem(verb[1].lower()) in stems:
        return True
    if not DONE.search(remark.bare):
        return False
    return reports or bool(stems & stems_of(remark.bare))
