"""Words for what people usually like and dislike: several words, one aspect.

Other aspects are found in the comments themselves; these are the ones that hide behind many words,
or behind verbs and adjectives ("arrived", "expensive").
"""

from __future__ import annotations

import re

_FAMILIES = {
    "price": r"pric(?:e|es|ed|ing|ey)|overpriced|(?<!all )costs?|costly|expensive|cheaper|cheapest"
    r"|(?:so|very|too|is|was|are|were|pretty|really|quite) cheap"
    r"|affordable|(?:good|great|poor|bad|best) (?:value|deal)|value for (?:the )?money"
    r"|(?:waste of|for the) money|bargain",
    "delivery": r"deliver(?:y|ies|ed|s)?|shipping|shipped|ships|shipment"
    r"|(?<!we )(?<!i )arriv(?:ed|es|al)|courier|dispatch(?:ed)?|parcels?|postage"
    r"|tracking (?:number|code|link|info\w*|page|says?|said|show\w*|updat\w+|never|did)",
    "fit and size": r"(?<!have a )(?<!a )fit(?:s|ted|ting)?|siz(?:e|es|ed|ing)"
    r"|(?:too|bit|very|runs) (?:small|big|large|tight|loose|short|long)",
    "quality": r"quality|well[- ]made|(?:poorly|cheaply|badly) made|durab(?:le|ility)|sturdy|flimsy"
    r"|workmanship|craftsmanship|fell apart|falls apart"
    r"|(?:look|feel|sound)(?:s|ing)? (?:(?:so|very|too|pretty|really|quite) )?cheap",
    "battery": r"batter(?:y|ies)(?: life)?",
    "service": r"(?:customer |technical )?"
    r"(?:service|(?<!you )(?<!guys )(?<!not )(?<!n['’]t )support)"
    r"(?: team| desk| staff)?|help ?desk"
    r"|hotline",
    "staff": r"staff|waiters?|waitress(?:es)?|servers?|employees?|receptionists?|bartenders?"
    r"|managers?|cashiers?|advisers?|advisors?|agents?|representatives?|reps?",
    "food": r"foods?|meals?|dish(?:es)?|flavou?rs?|tast(?:e|es|ed|y|eless)|delicious",
    "refunds and returns": r"refund(?:s|ed|ing)?|money back|return (?:policy|process|label)s?"
    r"|return(?:ed|ing)? (?:it|this|them|the|my)",
    "packaging": r"packag(?:ing|ed)|box(?:es)?|wrapping|wrapped",
    "waiting": r"(?<!can['’]t )(?<!cannot )(?<!can not )wait(?:ed|ing|s)?(?: times?)?"
    r"|queu(?:e|es|ing)|on hold",
    "ease of use": r"(?:easy|easier|hard|harder|difficult|simple) to (?:use|set|install|navigate"
    r"|find|read|understand|follow|operate|learn|assemble|clean)|easy[- ]to[- ]use|user[- ]friendly"
    r"|intuitive|usab(?:le|ility)|complicated|confusing|ease of use|setup|set[- ]up",
    "speed": r"speed|(?:very|so|too|super|really|is|was) (?:fast|quick)|slow|lag(?:s|gy|ging)?"
    r"|loading",
    "crashes and faults": r"crash(?:es|ed|ing)?|freez(?:es|ing)|froze|bugs?|buggy|glitch(?:es|y)?"
    r"|(?:stopped|stops|quit|not|doesn['’]t|didn['’]t|won['’]t) work(?:ing)?"
    r"|defect(?:s|ive)?|faulty|broke(?:n)?|malfunction(?:s|ed|ing)?",
    "sound": r"sound(?:s)?(?! like)(?: quality)?|audio|volume",
    "screen": r"screens?|display|touch ?screen",
    "cleanliness": r"clean(?:liness)?|dirty|filthy|hygien(?:e|ic)|spotless",
    "location": r"location|located",
    "parking": r"parking|car park",
    "atmosphere": r"atmosphere|ambian?ce|ambience|vibe|decor",
    "login": r"log(?:ged|ging)?[- ]?in|logins?|sign(?:ed|ing)?[- ]in|passwords?|passcodes?",
    "payment": r"payments?|checkout|invoices?|billing",
    "fees": r"fees?|surcharges?|overcharged?",
    "updates": r"updat(?:e|es|ed|ing)|upgrad(?:e|es|ed|ing)(?! (?:us|me|our|my|to an?)\b)",
    "advertising": r"ads|adverts?|advertising|advertisements?|commercials",
    "design": r"design(?:s|ed)?|styling|stylish|colou?rs?",
    "comfort": r"comfort(?:able|ably)?|uncomfortable|comfy|cozy|cosy",
    "noise": r"nois(?:e|es|y)|loud",
    "instructions": r"instructions?|manuals?|documentation|tutorials?",
    "acting": r"acting|actors?|actress(?:es)?|cast(?! members?)|performances?",
    "story": r"plot|story|storyline|script|screenplay|dialogues?",
}
NAMES = tuple(_FAMILIES)
# One pattern for all: which alternative matched says which aspect it is.
USUAL = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<a{n}>{words})" for n, words in enumerate(_FAMILIES.values()))
    + r")\b",
    re.IGNORECASE,
)


def usual_aspects(clause: str) -> set[str]:
    """The usual aspects that a clause speaks of."""
    return {NAMES[int(str(found.lastgroup)[1:])] for found in USUAL.finditer(clause)}
