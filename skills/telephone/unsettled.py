"""What leaves something open on the telephone: it is refused, handed on, fails, or given up.

Patterns only; what makes them count (who says it, no "if") is in call_outcome.py.
"""

from __future__ import annotations

import re

from skills.telephone.settled import WILL

# Only from somebody who works there, or may.
REFUSED = re.compile(
    r"\b(?:unable to|not able to"
    r"|(?:can['’]?t|cannot|can not|couldn['’]t) (?!believe|see\b|hear|wait|complain|remember|think"
    r"|promise|guarantee|thank|imagine|quite|you\b|we\b|I\b|they\b|say fairer|go wrong)\w+"
    r"|(?:won['’]t|not going to|isn['’]t going to) be (?:able|possible)"
    r"|(?:not|isn['’]t|aren['’]t) (?:possible|allowed|eligible|entitled|covered|refundable)"
    r"|nothing (?:more |else )?(?:that )?(?:I|we) can do|all (?:that )?(?:I|we) can (?:do|offer)"
    r"|(?:don['’]t|do not|have no|there['’]s no|there is no)(?: have| got)?(?: (?:a|any|the))? "
    r"(?:way|solution|access|authority|fix|power|alternative)"
    r"|(?:['’]s|is) not something (?:that )?(?:we|I)|(?:we|policy|plan|cover|warranty) (?:don['’]t"
    r"|doesn['’]t|does not|do not) (?:do|offer|cover|give|include|allow|accept|refund)"
    r"|won['’]t (?:pay|cover|refund)|you(?:['’]d|['’]ll| would| will) (?:have|need) to (?:contact"
    r"|speak (?:to|with)|talk to|write to|get in touch with|take (?:it|that) up"
    r"|go (?:back )?(?:to|through))"
    r"|decision (?:stands|is final|won['’]t change)|out of stock|against (?:our|the) policy"
    r"|(?:has|have) been (?:\w+ (?:and|but) )?(?:rejected|declined|refused|denied|delayed))\b",
    re.IGNORECASE,
)
# A regret says less: "the window seat's gone, I'm afraid".
REGRETS = re.compile(r"\b(?:unfortunately|I['’]m afraid(?! so\b))", re.IGNORECASE)
_TEAM = (
    r"(?:team|department|manager|supervisor|colleagues?|specialists?|office|engineers|people"
    r"|management|section|warehouse|depot|branch|line)"
)
_ONCE = r"(?: (?:back|the moment|as soon as|once|when|know|an? update))"
PENDING = re.compile(
    r"\b(?:call (?:you |me |us )?back|(?:get|come|write) (?:back )?to (?:you|me) with"
    r"|(?:get|come) back to (?:you|me)|(?:be|keep) in touch|(?:let|letting) you know|keep you"
    r" (?:posted|updated|informed)|update you|give (?:you|us|me) an? (?:update|call|ring|bell"
    rf"|shout|buzz)|(?:call|ring|phone|email|text|tell|message) you{_ONCE}"
    r"|(?:team|someone|somebody|they|colleagues?|manager|supervisor|specialist|engineer|technician"
    rf"|adviser|advisor|department|he|she|we|I)(?:{WILL}| should| is going to| are going to)"
    r"(?: \w+ly| then| also)? (?:contact|call|ring|phone|write|reach out"
    # "I'll email you the form" sends it, and nothing stays open by that.
    r"|(?:email|text|message)(?!(?: \w+)? (?:an?|the|that|this|it|some|my|our|your|both)\b)"
    r"|get back|be in touch|follow up|review|investigate|assess|chase|find out|ask|monitor"
    r"|check with)"
    r"|leave (?:it|that|this) with (?:me|us)|under review|being (?:reviewed|looked at|investigated)"
    r"|(?:it|that|this|case|claim)(?:['’]s| is) (?:now )?with (?:the|our) [\w ]{2,25}(?=[,.!]|$)"
    r"|look(?:ing)? into (?:it|this|that)|(?:being |be )?investigat\w+|escalat\w+"
    r"|(?:open|rais|creat|logg?)(?:e|ed|ing)? (?:you )?(?:a|the|an) (?:\w+ )?(?:ticket|case|claim"
    r"|complaint)"
    r"|(?:put|putting|transferr?|transferring|transferred|connect|connecting)"
    r" (?:you|that call)(?: straight| directly)? (?:now|through|over|across|to)"
    r"|(?:pass|refer|hand|forward|send|rais|report|flag)\w*(?: [\w'’]+){1,5}? (?:to|with)"
    rf"(?: [\w'’]+){{1,4}}? ?{_TEAM})\b"
    r"|\b(?:put|added) (?:you|it|that|your name)(?: down)? (?:on|to|for) (?:the|a|our)"
    r" [\w ]{0,20}?list\b"
    r"|(?<!\bI )\b(?:has|have)(?: not|n['’]t)\b[^.,;:]{0,40} yet\b",
    re.IGNORECASE,
)
# They ring before they come: that is arranged.
BEFOREHAND = re.compile(
    r"\b(?:day|evening|night|week|hour|minutes|hours|days) before\b"
    r"|\bwhen (?:he|she|they)(?:['’]s|['’]re| is| are) (?:outside|near|close|on (?:his|her|the))\b",
    re.IGNORECASE,
)
# Whoever says it.
FAILS = re.compile(
    r"\bstill (?:not|nothing|waiting|the same|no\b|\w+n['’]t|does(?:n['’]t)? (?:it|that)|doing)\b"
    r"|\b(?:the )?same (?:thing|message|error|problem|again)\b"
    r"|\bno (?:luck|joy|change|difference)\b"
    r"|(?:\bnot|n['’]t)(?! worry)(?: [\w'’]+){0,2} "
    r"(?:fixed|resolved|sorted|solved|working|works?|worked|help(?:ed|ing)?|refunded)\b",
    re.IGNORECASE,
)
# Only from somebody who does not work there.
GIVES_UP = re.compile(
    r"\b(?:forget it|I give up|I['’]m done(?= with|\W*$)|my (?:lawyer|attorney|solicitor)"
    r"|(?:my )?business elsewhere|speak to (?:a|your|the|another) (?:manager|supervisor|human)"
    r"|I(?:['’]ll| will) (?:call|ring|phone|try)(?: you| them| it| that)? (?:back|again|later"
    r"|another|tomorrow|and see)|(?:need|want) a (?:manager|supervisor|human)"
    r"|think (?:about it|it over|on it)|(?:have|having) a think"
    r"|I(?:['’]ll| will) (?:let you know|leave it|(?:go|try|shop|look) (?:elsewhere|somewhere"
    r"|another))|(?:I|we)(?:['’]ll|['’]m going to|['’]re going to| will) (?:\w+ ){0,4}?(?:solicitor"
    r"|lawyer|ombudsman|trading standards|court|dispute|complain|elsewhere)"
    r"|(?:that['’]s|you['’]re|it['’]s|is) (?:no (?:use|good|help)|useless|not good enough"
    r"|not acceptable|unacceptable)|waste of (?:my )?time"
    r"|never (?:\w+ing|again))\b",
    re.IGNORECASE,
)
