"""Tasks: what somebody in a conversation is to do, by whom and, if it was said, until when.

Somebody says "I'll …", is asked by name ("@ana can you …") or named ("Ana will …"), or an unnamed
request is taken ("on it"). What the owner then refuses is left out, what he reports as done is
marked so. Quoted, not reworded; English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from skills.models.call_report import DAYS, MONTHS, WHEN
from skills.models.question import stems_of
from skills.models.talk import BEGINS, Remark, Talk, name_at

_DO_WORDS = """
add adjust analyse analyze announce answer apply archive arrange ask assign attach attend audit
backport benchmark block book bring build bump buy calculate call cancel change chase check clarify
clean clear close coach collect comment compare compile complete confirm contact convert coordinate
copy correct cover create cut debug decide delegate delete deliver deploy describe design develop
discuss distribute do document double download draft drop edit email enable ensure escalate estimate
evaluate examine explain export extend file fill finalise finalize find finish fix flag follow
format forward gather generate get give hand handle help hire host implement import improve include
increase inform initiate inspect install integrate interview introduce investigate invite invoice
issue join launch lead link list look mail make manage map measure meet mention merge message
migrate model monitor move negotiate notify open order organise organize outline own pair pass pay
phone pick pilot ping plan post prepare present print process produce propose provide publish pull
push put query raise read reach rebase record redo refactor refresh register reinstall release
remind remove rename renew repair replace reply report reproduce request research reserve reset
resolve respond restart restore retry return revert review revise rewrite roll rotate run save
schedule scope send set settle setup share ship shorten show sign simplify sketch sort speak split
stage start stop store submit summarise summarize supply support switch sync take talk tell test
text track train transfer translate trigger try turn update upgrade upload validate verify visit
wire work write
"""
_DO = rf"(?:{'|'.join(_DO_WORDS.split())}|let (?:\w+ ){{1,3}}know)"
_SOON = r"(?:also |then |just |now |quickly |gladly |happily |personally |definitely |be sure to )*"
MINE = re.compile(
    r"(?:^\W*|[,;:.!–—-]\s*|\b(?:and|but|so|then|also|or|because|while|well|tomorrow|today|later"
    r"|yes"
    r"|yeah|yep|sure|ok|okay|thanks|meanwhile)\s+)"
    rf"(?:i(?:'|’)?ll|i will|i(?:'|’)?m going to|i am going to|i(?:'|’)?m gonna|i can|i shall)"
    rf" {_SOON}(?P<do>{_DO})\b"
    rf"|\blet me (?P<do2>{_DO})\b|^\W*(?:ok(?:ay)?|sure|yes|yep)?\W*will (?P<do3>{_DO})\b",
    re.IGNORECASE,
)
# "I can see", "I'll take it that", "I can work with that": nothing to do.
NOT_MINE = re.compile(
    r"\bi(?:'|’)?(?:ll| will| can) (?:\w+ )?(?:take (?:it that|a (?:look at the menu|break|nap|day"
    r"|coffee|walk)|your word|lunch|pto|vacation|the (?:day|week|afternoon|morning) off)"
    r"|do (?:without|fine|well)|work (?:with that|from home|remotely)|get (?:lunch|coffee"
    r"|it\b(?=\.))"
    r"|try not|have to see|read (?:you|minds)|join (?:later|late)|tell you (?:that|what|one)"
    r"|make it"
    r"|run (?:late|out)|meet you|show up|follow you|help(?: it)?\W*$|say|start by|start with)"
    r"|\bi (?:can|will) (?:only|not|never|hardly|barely)\b|\b(?:if|unless|when(?:ever)?) i\b"
    r"|\blet me (?:check my calendar|tell you|ask you|start|start by|give you an? (?:example"
    r"|idea)|put it"
    r"|try (?:to|and) explain|explain|finish|show you|read|do that in|take a step)\b"
    r"|\bi can (?:reproduce|confirm|verify|see|try|help|look|check|do|take|join|speak|talk|work"
    r"|read|tell|show|get|find|set|make"
    r"|support|list|open|meet|run|reach|turn|split|cover|pay|pick|call|attend)\b(?! (?:it|this"
    r"|that|the|these|those|care|over|a look|up the|into)\b)|\bi can (?:reproduce|confirm) it\b"
    r"|\b(?:maybe|perhaps|might|probably|i think|i guess|i hope|i wish|could|would) i(?:'|’)?ll\b"
    r"|\b(?:first|next|now|lol|haha)\b.{0,20}\bi(?:'|’)?(?:ll| will)\b|\b(?:lol|haha\w*|😂"
    r"|just kidding)\b"
    r"|\bgive (?:it|that|this|you) (?:uh |an? )|\blet me get (?:this|that|it) (?:right|straight)\b"
    r"|\b(?:maybe|perhaps) i (?:can|will)\b|\bi(?:'|’)?ll (?:probably|maybe|try to|have to)\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    rf"^\W*(?:and |also )*(?:(?:can|could|would|will) (?:you|u) (?:please |pls |maybe |also "
    rf"|quickly )*(?P<do>{_DO})"
    rf"|(?:please|pls|kindly) (?:also )?(?P<do2>{_DO})"
    rf"|(?:would|do) you mind (?P<do3>\w+ing)|(?:i need|we need|i(?:'"
    rf"|’)d like) you to (?P<do4>{_DO})"
    rf"|you(?:'|’)?(?:ll| will| should| need to| have to| are going to) (?P<do5>{_DO})"
    rf"|(?:to )?(?P<do6>{_DO}))\b",
    re.IGNORECASE,
)
UNNAMED = re.compile(
    rf"^\W*(?:(?:can|could|would|will) (?:you|u|someone|somebody|anyone|anybody|one of you)"
    rf" (?:please |pls |maybe |also )*{_DO}|(?:please|pls) {_DO}|(?:someone|somebody"
    rf"|we) (?:needs?|has"
    rf"|have|should|must) (?:to )?{_DO}|who(?:'s| is| can| could| will| wants to)? (?!(?:is|are"
    rf"|was|were|has|had|did|does|knows?|owns?"
    rf"|said|told|else|has|\w+ed|broke|wrote|made|added|changed|merged|deployed)\b)\w+)\b",
    re.IGNORECASE,
)
# Behind a name.
IS_TO = re.compile(
    rf"(?:(?:'|’)ll| will| is going to| to| should| has to| needs to| must) {_SOON}{_DO}\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^\W*(?:action(?: item| point)?s?|to-?do|ai|next step|task|follow[- ]?up)\b\s*"
    r"(?:for (?P<who>@?[\w .'’-]{1,40}?))?\s*(?::|–|—|- )\s*",
    re.IGNORECASE,
)
TAKEN = re.compile(
    r"^\W*(?:(?:sure|ok(?:ay)?|yes|yep|yeah|great|cool|of course|no problem)\b\W*)?(?:on it"
    r"|will do|i(?:'|’)?m on (?:it|this)|i(?:'|’)?ll (?:do (?:it|that|this)|take (?:it|this"
    r"|that|care)|handle (?:it|this|that))|i will(?: do (?:it|that|this))?|i can(?: do (?:it"
    r"|that|this)"
    r"| take (?:it|that|this))?|consider it done|leave it (?:to|with) me|mine|i got (?:it|this)"
    r"|i(?:'|’)?ve got this|got it|on my list|assigned to me|taking (?:it|this)|me!?)\W*"
    r"(?:\b(?:today|tomorrow|now|asap|tonight|thanks|by|this|in|after|first)\b.*)?$",
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
_NUMBERS = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|ten|a few|a couple of)"
DUE = re.compile(
    rf"\b(?:by|before|until|till|no later than) (?:the )?(?:end of (?:the |this |next )?(?:day"
    rf"|week|month"
    rf"|quarter|year|sprint)|{DAYS}(?: (?:morning|noon|afternoon|evening|night))?|next \w+|this \w+"
    rf"|tomorrow(?: \w+)?|today|tonight|noon|lunch|then|eod|eow|eom|cob"
    rf"|\d{{1,2}}(?::\d\d)? ?(?:am|pm)?"
    rf"(?!\w)(?: {MONTHS})?|{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?: of)? {MONTHS}"
    rf"|\d{{1,2}}(?:st|nd|rd|th))\b|\b(?:eod|eow|asap|cob)\b|\bend of (?:day|week|month)\b"
    rf"|\bon {DAYS}\b|\b(?:this|next|tomorrow) (?:morning|afternoon|evening|week|month|{DAYS})\b"
    rf"|\b(?:in|within) {_NUMBERS} (?:minute|hour|day|week|month)s?\b|{WHEN.pattern}",
    re.IGNORECASE,
)
OF_A_THING = re.compile(r"\b(?:for|from|since|of|last|like|about) $", re.IGNORECASE)
WHEN_CUT = 40
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
    due = _due(remark.text)
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


def is_promise(remark: Remark) -> bool:
    """Whether somebody says that he will do something."""
    if remark.asks or NOT_MINE.search(remark.bare):
        return False
    return bool(MINE.search(remark.bare) or TAKEN.match(remark.bare))


def _due(text: str) -> str:
    """Until when, in its words; "the room for Tuesday" is no date to keep."""
    for found in DUE.finditer(text):
        if not OF_A_THING.search(text[: found.start()]):
            return found[0][:WHEN_CUT]
    return ""


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
