"""What settles something on the telephone: it works, it was done, arranged, or is about to be.

Patterns only; what makes them count (who says it, no "if", no "not") is in call_outcome.py.
"""

from __future__ import annotations

import re

DONE = (
    r"(?:sent|shipped|dispatched|delivered|booked|rebooked|confirmed|refunded|credited|replaced"
    r"|resolved|solved|fixed|repaired|updated|corrected|processed|arranged|ordered|reset"
    r"|activated|reactivated|unlocked|unblocked|restored|issued|renewed|extended|upgraded"
    r"|sorted(?: out)?|scheduled|rescheduled|waived|approved|completed|set up|registered"
    r"|taken care of|taken off|reversed|lifted|reinstated|released)"
)
MOVED = r"(?:changed|added|moved|switched|swapped)"
OURS = rf"(?:{MOVED}|cancell?ed|removed|placed|made|closed|done)"  # good where we did that
NOW = r"(?: (?:now|just|already|also|all|both|actually|definitely|fully|officially|back))*"
IS, HAVE, WILL = r"(?:['’]s|['’]re| is| are)", r"(?:['’]ve| have)", r"(?:['’]ll| will)"
# What is done in a call and settles nothing by itself.
_BY_THE_WAY = (
    r"(?:looked|checked|noted|asked|told|explained|mentioned|tried|called|phoned|passed|referred"
    r"|escalated|forwarded|raised|logged|opened|flagged|chased|waited|worked|managed|wanted|needed"
    r"|used|received|noticed|apologi[sz]ed|listened|lived|started|clicked|typed|understood|pulled"
    r"|loaded|contacted|messaged|texted|tested|missed|reported|handed|happened|failed|confused"
    r"|stayed|seemed|captured|documented|recorded|verified|requested|submitted|tracked|reviewed"
    r"|discussed|offered|learned|agreed)\b"
)
_DID = (
    rf"(?!{_BY_THE_WAY})(?:\w{{2,}}ed|put|sent|made|done|taken|given|reset|set|got you|let"
    r"|found you)"
)
# What anything may be that we did, said in a word that is not of the bad ones.
_ANY = (
    rf"(?!{_BY_THE_WAY})(?!(?:delayed|damaged|rejected|refused|declined|denied|charged|suspended"
    r"|ended|expired|limited|needed|required|supposed|attempted|scanned|blocked|returned|ignored"
    r"|promised|stopped|billed)\b)(?:\w{3,}ed|frozen|put back|taken off|paid)"
)
_NO_ACT = (
    r"(?! my\b| (?:you|it|that|your name)(?: down)? (?:on|to|for) (?:the|a|our) [\w ]{0,20}?list\b"
    r"| you (?:on hold|the wrong)\b| (?:(?:a|your|an?other|some|the) )?(?:\w+ )?(?:calls?"
    r"|notes?|hold|marker|messages?|mistake|look|query|details)\b"
    r"| (?:everything|all|what|the best) (?:that )?(?:I|we)\b)"
)
_THING = r"(?:that|it|this|everything|(?:the|your|[a-z]+['’]s) (?:\w+ )?\w+)"
# Whoever says it.
WORKS = re.compile(
    r"\b(?:all (?:set|sorted|done)(?! to\b)|no problem at all|works? (?:now|again|fine|perfectly)"
    r"|working (?:now|again|fine|perfectly)|(?:did|done) the trick"
    r"|that(?:['’]s| has)? (?:worked|done it|did it|fixed it)"
    rf"|(?:it|that)(?:['’]s| has){NOW} (?:gone through|let me in|come (?:back|on|up)|worked)"
    rf"|(?:it|that|everything)(?:['’]s| is| has been){NOW} (?:done|cancell?ed|{DONE})"
    r"|it['’]s (?:back(?: on| up)?|up and running)(?=\W*$|[,.!]| now)"
    r"|I['’]m (?:back )?in(?=\W*$|[,.!]| now)|(?:that|you)(?:['’]s|['’]ve| has| have)? (?:fixed it"
    r"|sorted it|cleared (?:it|that) up|answered (?:it|my|that|all)|answers (?:it|my|that|all))"
    r"|clears (?:it|that) up|problem solved|(?:that['’]s|that was) (?:all|exactly what|what) I "
    r"(?:needed|wanted)(?: to (?:know|hear))?|I can (?:see it|log in|get in|hear it) now)\b",
    re.IGNORECASE,
)
# Only from somebody who works there, or may.
DID = re.compile(
    rf"\b(?:I|we){HAVE}(?: (?:just|now|already|also|gone ahead and|actually))* {_DID}\b{_NO_ACT}"
    r"|\bI (?:have )?just (?:did|sent|booked|put) (?!you on)"
    rf"|\b(?:has|have)(?: (?:now|just|already))? been (?:now |just )?(?:{DONE}|{MOVED})\b"
    rf"|\b(?:that|it|everything)(?:['’]s| has)(?: (?:now|just|already))? been (?:{OURS}|{_ANY})\b"
    rf"|\b(?:that|it)['’]s {_ANY} (?:now|for you)\b|\bnew [\w-]+ (?:ordered|booked|sent)\b"
    r"|^\W*(?:(?:okay|right|and|so|there|all)\W+)*done\W*$"
    rf"|\b(?:that|it|this|everything){IS}{NOW} {OURS}\b"
    # A shop is closed and a flight cancelled without us; "the room's now cancelled" is our doing.
    rf"|\b{_THING}{IS}(?: now| all| both)+ {OURS}\b"
    rf"|\b{_THING}{IS}{NOW} (?:{MOVED}|{DONE}|off|gone through|in place|back on|live|booked in)\b"
    rf"|\bthat{IS}(?: [\w'’]+){{1,5}}? (?:{OURS}|{DONE})\b"
    # "Booking confirmed."
    r"|^\W*(?:(?:okay|ok|right|great|perfect|and|so|your|the)\W+)*(?:booking|order|refund|payment"
    rf"|appointment|reservation|cancellation|change){NOW} {DONE}\b"
    rf"|\byou(?:['’]re| are){NOW} (?:(?:in|down) (?:with|for|at|on)|booked|registered|covered"
    r"|exempt|on the (?:[\w-]+ ){1,3}now"
    r"|signed up|on the list|set up|(?:all )?(?:good|ready) to go|all good)\b"
    rf"|\b[a-z]+{IS}{NOW} (?:covered|insured|registered|added|booked)\b",
    re.IGNORECASE,
)
ARRANGED = re.compile(
    r"\bon (?:it['’]s|its|the|his|her|their) way\b"
    r"|\b(?:it|that)['’]s (?:out )?on the (?:van|lorry|truck)\b"
    r"|\bthat['’]s in (?:the|your|my|our) (?:diary|calendar)\b"
    r"|\bready (?:for you )?(?:to (?:collect|pick up)|for (?:collection|pick-?up))\b"
    r"|\b(?:go|goes|going|gone) (?:straight )?back (?:in)?(?:to|on|onto) (?:your|the|you)\b"
    r"|\b(?:has|have|['’]s|['’]ve) (?:agreed|approved) (?:it|that|to)\b"
    r"|\bthere(?:['’]s| is|['’]ll be| will be) [^,.]{2,40} (?:coming|going) (?:out|to|over|round)\b"
    rf"|\b(?:{WILL} be|{IS}) (?:coming|going|heading) out\b"
    r"|\bnothing (?:more |else |left )?(?:to pay|(?:that )?you (?:need|have) to do)\b"
    r"|\b(?:don['’]t|won['’]t) (?:have|need) to (?:do anything|pay (?:anything|a thing))\b"
    r"|\byour (?:new )?(?:appointment|booking|reservation|table|room|delivery|slot|order|visit)"
    rf"{IS}{NOW} (?:for|on|at|confirmed)\b",
    re.IGNORECASE,
)
_REMEDY = (
    r"(?:refund|credit|replace|reimburse|waive|cancel|remove|reset|activate|unlock|unblock|extend"
    r"|switch|upgrade|rebook|book|arrange|order|apply|process|fix|sort|send (?:you )?(?:out )?"
    r"(?:a|an|another) (?:new|replacement|free)|get (?:that|it|this|one|a new one|you) (?:\w+ )?"
    r"(?:sent|booked|sorted|fixed|replaced|refunded|set up))"
)
# What is about to be done, nothing of it yet.
REMEDY = re.compile(
    rf"\b(?:I|we)(?:{WILL}|['’]m| am|['’]re| are)(?: (?:just|now|also|happily|definitely|going to"
    rf"|go ahead and|gonna))* {_REMEDY}\b",
    re.IGNORECASE,
)
# What is being done.
DOING = re.compile(
    r"\bI['’]m (?:just |now )*(?:applying|processing|refunding"
    r"|crediting|cancell?ing|sending|booking|removing|resetting)\b"
    rf"|{WILL} (?:arrive|go out|reach you|be (?:{DONE}|posted|there|with you))\b"
    r"|\b(?:money|refund|payment|credit|amount|it)(?:['’]ll| will| should) (?:be|show|appear|arrive"
    r"|reach|go|come)(?: up| through| back)? (?:in|on|to|into|with|within)\b"
    r"|\b(?:should|ought to) (?:now )?be (?:working|fine|okay|all right|back|fixed|sorted|able to"
    r" [\w ]{2,20})(?: now| again)\b|\bsee you (?:on|at|then|tomorrow|next|\w+day)\b",
    re.IGNORECASE,
)
# What comes next, be it good or bad.
COMES = re.compile(
    rf"\byou(?:{WILL}| should) (?:get|receive)\b(?! (?:a|an|our) (?:\w+ )?(?:survey|questionnaire"
    r"|text asking)\b)|\byou can (?:pick|collect)\b",
    re.IGNORECASE,
)
