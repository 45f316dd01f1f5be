"""How a call ended, told by what people say when something is settled, or stays open.

What somebody only hopes, was told, or says under a condition settles nothing; nor does what a
customer says that he did himself. English only.
"""

from __future__ import annotations

import re

DONE = (
    r"(?:sent|shipped|dispatched|delivered|booked|rebooked|confirmed|refunded|credited|replaced"
    r"|resolved|solved|fixed|repaired|updated|corrected|processed|arranged|ordered|reset"
    r"|activated|reactivated|unlocked|unblocked|restored|issued|renewed|extended|upgraded"
    r"|sorted|scheduled|rescheduled|waived|approved|completed|set up|registered|taken care of)"
)
OURS = r"(?:cancell?ed|changed|removed|added|placed|made)"  # good where we did it, or it was asked
# Whoever says it.
SETTLED = re.compile(
    rf"\b(?:on (?:it's|its|the) way|all set|no problem at all|works? (?:now|again)|working now"
    r"|did the trick|ready (?:for you )?(?:to (?:collect|pick up)|for (?:collection|pick-?up))"
    r"|(?:that|it|everything)(?:'s| is| has been)(?: (?:now|all)){0,2} "
    rf"(?:done|cancell?ed|{DONE}))\b",
    re.IGNORECASE,
)
# Only from somebody who works there, or may.
SERVED = re.compile(
    rf"\b(?:(?:has|have)(?: (?:now|just|already))? been (?:now |just )?{DONE}"
    rf"|(?:that|it|everything)(?:['’]s| has)(?: (?:now|just|already))? been {OURS}"
    rf"|(?:I|we)(?:'ve| have)(?: (?:just|now|already|also))? (?:{DONE}|{OURS})"
    r"(?! my\b| you on hold\b| (?:a|your) (?:call|note)\b)"
    r"|you(?:'re| are) (?:(?:now|all) )*(?:booked|registered|covered|signed up|on the list)\b"
    r"|you(?:'ll| will) (?:get|receive)\b(?! (?:a|an|our) (?:\w+ )?(?:survey|questionnaire)\b)"
    rf"|will (?:arrive|be (?:{DONE}|there|with you)))\b",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"\b(?:unfortunately|I'm afraid|(?:can't|cannot) (?:do|help|offer)|unable to|not able to"
    r"|nothing (?:I|we) can do|call (?:you |me |us )?back|get back to (?:you|me)|escalat\w+"
    r"|(?:call|ring|phone|email|text|tell|let) you (?:know )?(?:the moment|as soon as|once|when)"
    r" (?:I|we) (?:know|hear|have)|look into (?:it|this)"
    r"|(?:open|rais|creat|logg?)(?:e|ed|ing)? (?:you )?(?:a|the) ticket"
    r"|(?:has|have) been (?:\w+ (?:and|but) )?(?:rejected|declined|refused|denied|delayed)"
    r"|still (?:not|waiting|\w+n't))\b"
    r"|(?<!\bI )\b(?:has|have)(?: not|n['’]t)\b[^.,;:]{0,40} yet\b"
    r"|(?:\bnot|n't)(?! worry)(?: [\w']+){0,2} "
    r"(?:fixed|resolved|sorted|solved|working|works?|refunded)\b",
    re.IGNORECASE,
)
NOT = re.compile(r"\b(?:not|never|no longer|nothing|nobody|hardly)\b|n't\b", re.IGNORECASE)
UNSURE = re.compile(
    r"\b(?:if|unless|until|once|when|whether|hope\w*|supposed|should|would|could|told|said|says)\b",
    re.IGNORECASE,
)


def how_it_ended(text: str, *, served: bool) -> bool | None:
    """Whether a sentence says that all is settled, or stays open; None when it says neither.

    `served`: who says it works there, or may.
    """
    if text.rstrip("\"'”’)").endswith("?"):
        return None
    if OPEN.search(text):
        return False
    patterns = (SETTLED, SERVED) if served else (SETTLED,)
    found = (match for each in patterns for match in each.finditer(text))
    return True if any(_holds(text[: match.start()]) for match in found) else None


def _holds(before: str) -> bool:
    """Whether what comes before it lets it stand."""
    clause = re.split(r"[,;:.!]|\bworry\b", before)[-1]
    return not (NOT.search(clause) or UNSURE.search(before))
