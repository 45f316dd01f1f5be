"""No answer: what people type to get past a field ("N/A", "Nothing to add"), and is no comment.

"No complaints" is praise, but below a question for what is bad it says that nothing is.
"""

from __future__ import annotations

import re

LONGEST = 60
_NOBODY_SAYS = r"""
n\.?/?\s?a\.?|nil|null|nan|idk|tbd|tba|tbc|ditto|test(?:ing)?|skip|pass|undefined|unknown|blank|xx?x?
not applicable|(?:i )?(?:do not|don't|dont) know|not sure|no idea|dunno|prefer not to (?:say|answer)
(?:same )?as (?:above|before)|see (?:above|below)|#(?:n/a|ref!|value!|name\?|div/0!)
keine?|nichts|k\.?\s?a\.?|keine angabe|kein kommentar|nada|ninguno|ninguna|rien|aucune?|niente|nee?
"""
_NOTHING = r"(?:no(?:ne|thing)?|nope|nada|not (?:really|much|at all)|nothing much)"
_FURTHER = r"(?:further|other|more|additional|particular|specific|special|new|real)"
_THINGS = r"(?:comments?|answers?|feedback|suggestions?|remarks?|opinions?|ideas?|notes?)"
_WHERE = (
    r"(?:really|special|specific|at all|in particular|else|more|further|new|much|yet|so far"
    r"|for now|for me|here|from me|at (?:this|the) (?:time|moment|stage)|at present|right now"
    r"|currently|today|this time|(?:that )?i can think of|(?:that )?comes to mind"
    r"|to (?:add|report|say|mention|note|share|comment|declare))"
)
_THINK = r"(?:i )?(?:can't|cant|can not|cannot|couldn't) (?:really )?think of (?:anything|any|one)"
NO_ANSWER_IS = re.compile(
    rf"(?:{'|'.join(filter(None, _NOBODY_SAYS.splitlines()))}"
    rf"|(?:{_NOTHING}|{_THINK}|no(?: {_FURTHER})? {_THINGS})(?:,? {_WHERE}){{0,3}})"
)
_FAULTS = r"(?:complaints?|problems?|issues?|faults?|dislikes?|negatives?|improvements?|downsides?)"
NO_FAULT = re.compile(
    rf"(?:(?:i have |there (?:are|is) )?no(?: {_FURTHER})? {_FAULTS}|nothing (?:bad|negative|wrong)"
    rf"|nothing to (?:complain about|improve|change|dislike))(?:,? {_WHERE}){{0,3}}"
)
NO_ANSWER = "no answer"


def is_no_answer(text: str, *, of_faults: bool = False) -> bool:
    """Whether it says nothing; `of_faults` below a question for what is bad."""
    if len(text) > LONGEST:
        return False
    plain = " ".join(text.casefold().replace("’", "'").split()).strip(" .!-–—…,;:()[]\"'*_")
    if NO_ANSWER_IS.fullmatch(plain):
        return True
    return of_faults and bool(NO_FAULT.fullmatch(plain))
