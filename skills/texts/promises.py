"""Promises: whether somebody says in a sentence that he will do something.

The verbs are those of things that people do at work: "I'll send it" is a promise, "I'll be late" is
none. English only.
"""

from __future__ import annotations

import re

from skills.texts.talk import Remark

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
migrate model monitor move negotiate notify offer open order organise organize outline own page pair
pass pay phone pick pilot ping plan post prepare present print process produce propose provide
publish pull push put query raise reach read rebase record redo refactor refresh register reinstall
release remind remove rename renew repair replace reply report reproduce request research reserve
reset resolve respond restart restore retry return revert review revise rewrite roll rotate run save
schedule scope send set settle setup share ship shorten show sign simplify sketch sort speak split
stage start stop store submit summarise summarize supply support switch sync take talk tell test
text track train transfer translate trigger try update upgrade upload validate verify visit
wire work write
"""
# "Turn it off", and not "turn 30".
_TURN = r"turn(?= (?:it|this|that|these|those|the|them|off|on|down)\b)"
DO = rf"(?:{'|'.join(_DO_WORDS.split())}|{_TURN}|let (?:\w+ ){{1,3}}know)"
SOON = r"(?:also |then |just |now |quickly |gladly |happily |personally |definitely |be sure to )*"
MINE = re.compile(
    r"(?:^\W*|[,;:.!–—-]\s*|\b(?:and|but|so|then|also|or|because|while|well|tomorrow|today|later"
    r"|yes|yeah|yep|sure|ok|okay|thanks|meanwhile|week|month|sprint|\w+day|morning|noon|evening)\s+)"
    rf"(?:i(?:'|’)?ll|i will|i(?:'|’)?m going to|i am going to|i(?:'|’)?m gonna|i can|i shall)"
    rf" {SOON}(?P<do>{DO})\b"
    rf"|\blet me (?P<do2>{DO})\b|^\W*(?:ok(?:ay)?|sure|yes|yep)?\W*will (?P<do3>{DO})\b"
    r"|(?<!if )\byou(?:(?:'|’)?ll| will)? (?:have|get) (?:it|them|this|that|the [\w ]{2,20}?)"
    r"(?= (?:by|until|before|within|next|tomorrow|today|tonight|(?:mon|tues|wednes|thurs"
    r"|fri|satur|sun)day)\b)"
    # People also say it without a "will", with the time that makes it one.
    rf"|^\W*i (?!(?:set|put|cut|read|let|propose|suggest)\b){DO} [^.?]*\b(?:tonight|tomorrow"
    r"|later today|this (?:afternoon|evening|morning|week)|next week|(?:on )?(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day)\b",
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
    r"|idea)|put it|try (?:to|and) explain|explain|finish|show you|read|do that in|take a step)\b"
    r"|\bi can (?:reproduce|confirm|verify|see|try|help|look|check|do|take|join|speak|talk|work"
    r"|read|tell|show|get|find|set|make"
    r"|support|list|open|meet|run|reach|turn|split|cover|pay|pick|call|attend)\b(?! (?:it|this"
    r"|that|the|these|those|care|over|a look|up the|into)\b)|\bi can (?:reproduce|confirm) it\b"
    r"|\b(?:maybe|perhaps|might|probably|i think|i guess|i hope|i wish|could|would) i(?:'|’)?ll\b"
    r"|\b(?:first|next(?! \w+day| week| month| sprint|:)|lol|haha)\b.{0,20}\bi(?:'|’)?(?:ll"
    r"| will)\b|\b(?:lol|haha\w*|😂"
    r"|just kidding)\b"
    r"|\bgive (?:it|that|this|you) (?:uh |an? )|\blet me get (?:this|that|it) (?:right|straight)\b"
    r"|\b(?:maybe|perhaps) i (?:can|will)\b|\bi(?:'|’)?ll (?:probably|maybe|try to|have to)\b",
    re.IGNORECASE,
)
# It takes what somebody else asked for.
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


def is_promise(remark: Remark) -> bool:
    """Whether somebody says that he will do something."""
    if remark.asks or NOT_MINE.search(remark.bare):
        return False
    return bool(MINE.search(remark.bare) or TAKEN.match(remark.bare))
