"""Tasks: what somebody in a conversation is to do, by whom and, if it was said, until when.

Somebody says "I'll …", is asked by name ("@ana can you …") or named ("Ana will …"), or an unnamed
request is taken ("on it"). What the owner then refuses is left out, what he reports as done is
marked so. Quoted, not reworded; English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from skills.models.deadlines import find_due
from skills.models.promises import DO, SOON, TAKEN, is_promise
from skills.models.question import stems_of
from skills.models.talk import BEGINS, Remark, Talk, name_at

ASKED = re.compile(
    rf"^\W*(?:and |also )*(?:(?:can|could|would|will) (?:you|u) (?:please |pls |maybe |also "
    rf"|quickly )*(?P<do>{DO})|(?:please|pls|kindly) (?:also )?(?P<do2>{DO})"
    rf"|(?:would|do) you mind (?P<do3>\w+ing)|(?:i need|we need|i(?:'"
    rf"|’)d like) you to (?P<do4>{DO})"
    rf"|you(?:'|’)?(?:ll| will| should| need to| have to| are going to) (?P<do5>{DO})"
    rf"|(?:to )?(?P<do6>{DO}))\b",
    re.IGNORECASE,
)
UNNAMED = re.compile(
    rf"^\W*(?:(?:can|could|would|will) (?:you|u|someone|somebody|anyone|anybody|one of you)"
    rf" (?:please |pls |maybe |also )*{DO}|(?:please|pls) {DO}|(?:someone|somebody"
    rf"|we) (?:needs?|has"
    rf"|have|should|must) (?:to )?{DO}|who(?:'s| is| can| could| will| wants to)? (?!(?:is|are"
    rf"|was|were|has|had|did|does|knows?|owns?"
    rf"|said|told|else|has|\w+ed|broke|wrote|made|added|changed|merged|deployed)\b)\w+)\b",
    re.IGNORECASE,
)
# Behind a name.
IS_TO = re.compile(
    rf"(?:(?:'|’)ll| will| is going to| to| should| has to| needs to| must) {SOON}{DO}\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^\W*(?:action(?: item| point)?s?|to-?do|ai|next step|task|follow[- ]?up)\b\s*"
    r"(?:for (?P<who>@?[\w .'’-]{1,40}?))?\s*(?::|–|—|- )\s*",
    re.IGNORECASE,
)
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
FEWEST_WORDS = 3
SOON_AFTER = 4  # messages within which somebody takes what was asked of nobody
SHORT = 6
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


def find_tasks(talk: Talk) -> list[Task]:
    """The tasks of a talk, in order; those that their owner refused are left out."""
    found: dict[tuple[str, str], Task] = {}
    for remark in talk.remarks:
        for task in _tasks(talk, remark):
            followed = _follow(talk, task)
            if followed is not None:
                key = task.owner, " ".join(task.text.lower().split())
                found.setdefault(key, followed)
    return _without_echoes(list(found.values()))


def _tasks(talk: Talk, remark: Remark) -> Iterator[Task]:
    """What one sentence gives to do: to its author, to those it names, or to who takes it."""
    if len(remark.text.split()) < FEWEST_WORDS:
        return
    due = find_due(remark.text)
    labelled = LABEL.match(remark.text)
    called = _called(talk, remark)
    if called and (labelled or _is_asked(remark)):
        for owner in called:
            yield Task(text=remark.text, owner=owner, message=remark.message, due=due)
        return
    named = _named(talk, remark)
    if named:
        yield Task(text=remark.text, owner=named, message=remark.message, due=due)
        return
    if is_promise(remark) and not TAKEN.match(remark.bare):
        yield Task(text=remark.text, owner=remark.author, message=remark.message, due=due)
        return
    if labelled and len(remark.text[labelled.end() :].split()) >= FEWEST_WORDS - 1:
        yield Task(text=remark.text, owner="", message=remark.message, due=due)
        return
    if UNNAMED.match(remark.bare) and (owner := _taker(talk, remark)):
        yield Task(
            text=remark.text, owner=owner, message=remark.message, due=due, state="confirmed"
        )


def _is_asked(remark: Remark) -> bool:
    """Whether what follows the names asks for something to be done."""
    found = ASKED.match(remark.bare)
    if found is None:
        return False
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


def _named(talk: Talk, remark: Remark) -> str:
    """Of "Ana will send it" and "@ana to send it" who it is; "" when nobody we know."""
    if remark.asks:
        return ""
    text = LABEL.sub("", remark.text)
    begin = re.match(r"\W*", text)
    name = talk.names.match(text, begin.end() if begin else 0)
    return _whole(talk, name[0]) if name and IS_TO.match(text, name.end()) else ""


def _taker(talk: Talk, remark: Remark) -> str:
    """Who took what was asked of nobody by name."""
    for place in talk.after(remark.message)[:SOON_AFTER]:
        author = talk.messages[place].author
        if author != remark.author and any(TAKEN.match(each.bare) for each in talk.of(place)[:2]):
            return author
    return ""


def _follow(talk: Talk, task: Task) -> Task | None:
    """The task with what its owner said to it later; None when that was no."""
    stems = stems_of(task.text)
    mine = [
        place for place in talk.after(task.message) if talk.messages[place].author == task.owner
    ][:REST]
    own = talk.messages[task.message].author == task.owner
    for number, place in enumerate(mine):
        said = talk.of(place)
        if not said:
            continue
        if not own and number == 0 and REFUSED.match(said[0].text) and not task.state:
            return None
        reports = number == 0 and not own and DONE.match(said[0].bare)
        if any(_is_done(each, stems, reports=bool(reports)) for each in said[:2]):
            return replace(task, state="done")
        yes = TAKEN.match(said[0].bare) or YES.match(said[0].text) or YES.match(said[0].bare)
        if number == 0 and not own and yes:
            task = replace(task, state="confirmed")
    return task


def _is_done(remark: Remark, stems: frozenset[str], *, reports: bool) -> bool:
    """Whether the owner says that it is done: at once, briefly or in the words of the task."""
    if remark.asks or NOT_DONE.search(remark.text) or not DONE.search(remark.bare):
        return False
    return reports or len(remark.bare.split()) <= SHORT or bool(stems & stems_of(remark.bare))


def _without_echoes(tasks: list[Task]) -> list[Task]:
    """Without the owner's "I'll do that" where the request before it is a task already."""
    kept: list[Task] = []
    for task in tasks:
        echo = TAKEN.match(task.text) and any(
            other.owner == task.owner and other.message < task.message for other in kept
        )
        if not echo:
            kept.append(task)
    return kept
