"""Irony, where it cannot be missed: a word of praise, and with it a plain fault.

"Great, another broken zip." Either alone is not enough: "Great, another level pack!" is praise, and
so is "Great, it never crashes". Most irony has no such words, and is not found here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

READ = 400  # characters
_PRAISE = (
    r"(?:great|brilliant|fantastic|wonderful|awesome|lovely|perfect|excellent|amazing|superb|genius"
    r"|nice|bravo|congratulations|congrats|well done|terrific|marvellous|splendid)"
)
_DOING = r"(?: (?:\w+ )?(?:job|work|news|start|update|upgrade|service|support|idea))?"
# Praise alone, a sign, and what there is to praise.
OPENING = re.compile(
    rf"\W*(?:(?:oh|well|wow|just|yeah|yay|how|what an?|simply|absolutely),? )?{_PRAISE}{_DOING}"
    r"(?:\s*[,.!:;…–—-]+\s*|\s+(?=(?:yet )?another\b))(?!(?:but|although|though|except|only|if)\b)",
    re.IGNORECASE,
)
SO_PRAISED = re.compile(
    r"\W*so (?:reliable|fast|quick|good|helpful|smart|clever|durable|sturdy|intuitive|easy) "
    r"(?:that )?|(?:.*?[.!?] )?\W*(?:just|exactly) what (?:i|we) (?:always |really )?"
    r"(?:needed|wanted)\s*[,.:!–—-]+\s*",
    re.IGNORECASE,
)
SO_MUCH = re.compile(
    r"(?:.{0,200}[.!?] )?so much for "
    r"(?!so\b|little|free\b|such|under|only|the (?:price|money)|\W?\d)",
    re.IGNORECASE,
)
_OURS = (
    r"(?:my|our|all|everything|the)(?: (?:my|our|of my|of our|the))?(?: \w+)? ?(?:data|files?"
    r"|photos|pictures|notes?|money|settings|playlists?|progress|work|history|messages|contacts|orders?"
    r"|parcels?|luggage|booking|reservation|documents?|saves?|time|day|evening|holiday|trip)"
)
_LOSING = r"(?:delet|los|wip|eras)"
_SPOILING = (
    r"(?:wast|ruin|break|ignor|overcharg|crash|forgett|destroy|damag|scamm|steal|ghost|spoil|mess"
    r"|screw|los)ing\b|letting (?:me|us) down|(?:keeping|making|leaving) (?:me|us) wait\w*"
    r"|not (?:answer|reply|respond|deliver|tell|warn|listen|call|com|show)ing\b"
)
THANKED = re.compile(
    r"\b(?:thanks|thank you|thx|cheers|(?:nice|good|great|brilliant|excellent) (?:job|work)"
    r"(?: (?:at|of|on|by))?)(?: (?:a lot|so much|very much|a million))?(?: for)? "
    rf"(?:nothing\b(?! short)|{_SPOILING}|{_LOSING}ing {_OURS}\b"
    r"|(?:clos|cancel|remov|block|lock|suspend|chang|charg|leav|delet|rais|switch|drop)[a-z]{0,2}ing\b"
    r".{0,60}\b(?:for no reason|without (?:\w+ ){0,2}(?:warning|notice|reason|(?:read|ask|tell|warn"
    r"|notify|inform|answer|solv|fix|help|check|look|listen)ing))\b)"
    r"|\b(?:great|brilliant|genius|clever|fantastic|wonderful) idea to "
    r"(?:hide|remove|lock|charge|force|block|bury|kill|break)\b",
    re.IGNORECASE,
)
LOVED = re.compile(
    r"\b(?:love|loving|adore|enjoy) (?:how|that|the way|it when|it that|being|waiting)\b"
    r"(?P<what>.{0,100})",
    re.IGNORECASE,
)
_NO = r"(?:never|no|not|n['’]t|without|zero|nothing|none|hardly|rarely|less|fewer)"
_FAULTS = (
    r"broken|broke|crash(?:es|ed)?|errors?|failures?|fail(?:s|ed)?|faulty|defective|damaged|ruined"
    r"|wiped|missing|late|delay(?:s|ed)?|cancell?ed|leak(?:s|ed|ing)?|stuck|frozen|freezes|wrong"
    r"|useless|unusable|worse|paywall|adverts?|ads|overcharged|outages?|ripped|torn|shut|expired"
    r"|charged? (?:\w+ )?twice|on hold|logs? (?:me|us) out"
)
_WORKS = r"(?:work|load|open|fit|arriv|connect|respond|answer|repl|start|charg|sync|com|call|help)"
SPARED = re.compile(
    rf"\b{_NO}(?: (?:a|an|any|single|one|more|longer|been|had|was|were)){{0,3}} (?:{_FAULTS})\b",
    re.IGNORECASE,
)
FAULT = re.compile(
    rf"\b(?:{_FAULTS}|(?:lost|deleted|wiped) {_OURS}|{_OURS} (?:is|are|has|have)(?: all)? gone"
    r"|not (?:one|a single)|no (?:reply|answer|response|refund|explanation|apology)"
    r"|still (?:no|not|waiting|broken)|(?:hours?|days?|weeks?|months?) (?:without|and (?:still|no))"
    rf"|(?:nothing|never|(?:n['’]t|not)(?: even)?) {_WORKS}\w*|stop(?:s|ped) working"
    r"|nobody (?:\w+ )?(?:answers?|replie[sd]|responds?))\b|n['’]t (?:even )?"
    rf"{_WORKS}",
    re.IGNORECASE,
)
# Of what is loved, only what nobody loves: "I love how it handles errors", "… that it is not late".
UNLOVABLE = re.compile(
    r"\b(?:crashes|crashed|freezes|logs? (?:me|us) out|charged? (?:\w+ )?twice|broke|fell apart"
    rf"|stop(?:s|ped) working|(?:loses|lost|deletes|deleted|wipes|wiped) {_OURS}"
    rf"|(?:nothing|never) {_WORKS}\w*|(?:does|did|wo)n['’]t (?:even )?(?:work|load|open|start))\b",
    re.IGNORECASE,
)
RELIEF = re.compile(
    r"\b(?:fix(?:ed|es)|solved|resolved|repaired|replac\w+|refunded|sorted|no (?:more|longer)"
    r"|thank\w*|finally|despite|even though|recover\w*|restored|compensat\w+|glad|happy|pleased"
    r"|recommend|keep (?:it|them)|perfectly|but"
    r"|even (?:my|on|with|the|if)|(?:last|old|previous|other) (?:one|ones|pair))\b",
    re.IGNORECASE,
)


def is_ironic(text: str) -> bool:
    """Whether its praise is certainly none."""
    text = text[:READ]
    if SO_MUCH.match(text) or THANKED.search(text):
        return True
    if (found := LOVED.search(text)) and _tells(UNLOVABLE, found["what"]):
        return True
    praised = OPENING.match(text) or SO_PRAISED.match(text)
    return bool(praised and _tells(FAULT, text[praised.end() :]))


def _tells(fault: re.Pattern[str], text: str) -> bool:
    return bool(fault.search(SPARED.sub(" ", text))) and not RELIEF.search(text)


def turn_irony(texts: Sequence[str], shares: NDArray[Any]) -> NDArray[Any]:
    """The shares (negative, neutral, positive) of each text, praise turned where it is irony."""
    ironic = [place for place, text in enumerate(texts) if is_ironic(text)]
    if not ironic:
        return shares
    turned = shares.copy()
    turned[ironic, 0] += shares[ironic, 2] + shares[ironic, 1] / 2
    turned[ironic, 1] /= 2
    turned[ironic, 2] = 0
    return turned
