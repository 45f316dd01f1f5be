"""Question: what is asked of a document, and the words of it that matter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from skills.texts.wordings import group_by_stem

LONGEST = 500
MOST_WORDS_OF_REQUEST = 20  # a longer text that speaks of a summary is a text
_FUNCTION_WORDS = """
a an the of in on at to for from by with about as into over after before between and or but if than
is are was were be been being am do does did done has have had having will would can could shall
should may might must what which who whom whose when where why how many much long often far
it its this that these those there here he she they them his her their we us our you your i me my
not no any some all each every both either say says said tell tells mention mentions mentioned state
states stated write written document file text page pages please find show anything something
ist sind der die das den dem ein eine einen und oder von zu im in wie was wer wann wo warum welche
welcher muss müssen kann wird werden hat haben bei auf mit für hoch viel viele lang lange
que qui quoi quel quelle est sont le la les un une des du de et ou dans pour comment quand combien
peut on il elle se en cas qué quién cuánto cuánta cuándo cómo el los las del por para con está
son puede
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
# The words around a topic: "what does it say about", "is there anything on", "find".
_IT = r"(?:it|this|that|he|she|they|(?:the|this|that|our|their|my)\s+\S+(?:\s+\S+)?|\S+\.\w{2,5})"
_SAYS = (
    r"(?:says?|said|states?|stated|tells?|mentions?|mentioned|writes?|written|talks?|speaks?|"
    r"discuss(?:es)?|covers?|contains?|has|have)"
)
_ABOUT = r"(?:about|on|regarding|concerning|of|to|for|as\s+to|with\s+regard\s+to)"
_SOME = r"(?:anything|something|everything|a\s+word|more|us|me)"
TOPIC = re.compile(
    r"\W*(?:(?:please|can|could|would|will|you|kindly)\s+)*"
    r"(?:"
    rf"(?:what|where|which\s+\w+|how|if|whether)?\s*(?:does|do|did|is|are)\s+{_IT}\s+{_SAYS}"
    rf"(?:\s+{_SOME})?\s+{_ABOUT}\s+|"
    rf"what\s+(?:is|are|was)\s+(?:there\s+)?{_SAYS}\s+(?:there\s+|in\s+{_IT}\s+)?{_ABOUT}\s+|"
    rf"(?:what|where)\s+{_IT}\s+{_SAYS}\s+{_ABOUT}\s+|"
    rf"is\s+there\s+{_SOME}\s+(?:said\s+|written\s+|in\s+{_IT}\s+)?{_ABOUT}\s+|"
    rf"(?:tell|show|find|give)(?:\s+{_SOME})*\s+(?:{_ABOUT}\s+)?|"
    rf"(?:{_SOME}\s+)?{_ABOUT}\s+|search\s+(?:for\s+)?|look\s+for\s+|"
    rf"(?:does|do|did)\s+{_IT}\s+(?:mention|cover|discuss|contain|have|say)\s+"
    rf"(?:{_SOME}\s+{_ABOUT}\s+)?"
    r")",
    re.IGNORECASE,
)
SAYS_ABOUT = re.compile(
    rf"\W*(?:what|where)\s+(?:does|do|did|is)?\s*{_IT}\s+{_SAYS}\s+{_ABOUT}\b", re.I
)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
ELIDED = re.compile(r"^(?:[ldjnscmt]|qu)['’](?=\w\w)")  # "l'inscription"
ENDINGS = (
    "ables", "able", "izations", "ization", "ations", "ation", "ating", "ators", "ator", "ated",
    "ates", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "er", "ies", "ied", "ed", "es",
    "ate", "ly", "s", "y", "e",
)  # fmt: skip
SHORTEST_STEM = 4
# Forms that no ending tells.
_IRREGULAR = """
paid pay|held hold|kept keep|sent send|won win|began begin|begun begin|taken take|took take|
chosen choose|chose choose|built build|grew grow|grown grow|rose rise|risen rise|fell fall|
fallen fall|bought buy|sold sell|left leave|lost lose|found find|told tell|made make|met meet|
went go|gone go|wrote write|gave give|given give|spent spend|spoke speak|spoken speak|led lead|
came come|broke break|broken break|burst burst|stood stand|understood understand|caught catch|
brought bring|thought think|knew know|known know|leaves leave|men man|women woman|people person|
children child|data datum|feet foot
"""
IRREGULAR = dict(pair.split() for pair in _IRREGULAR.replace("\n", "").split("|"))
SHORT_BEFORE = {"s": 3, "ment": 3, "ments": 3, "able": 3}  # "fees" and "fee", "payment" and "pay"

ASKS = re.compile(
    r"(?:please\s+)?(?:what|which|who|whose|whom|when|where|why|how|does|do|did|is|are|was|were|can|"
    r"could|should|must|find|search|look\s+for|tell\s+me|show\s+me|anything|wer|wann|wo|"
    r"warum|wie|welche\w*|que|qui|quand|combien|cuándo|qué)\b",
    re.IGNORECASE,
)
# What people ask of whoever reads for them, and not of the document.
_OF_THE_READER = """
summarize summarise summary summaries sum main key point gist tldr look check read have take help
know think briefly short overview explain opinion understand thank thanks hello hey
contract invoice slides deck presentation pdf proposal attachment attached enclosed
"""
# Who asks for a summary, of whatever, or sends a file along, asks nothing of it.
SUMS_UP = re.compile(
    r"\b(?:summari[sz]\w*|(?:a|an|the|short|brief|quick)\s+(?:summary|overview|gist)|tl;?dr|"
    r"(?:key|main)\s+(?:points?|takeaways?)|zusammenfass\w*|zusammenzufassen)\b",
    re.IGNORECASE,
)
SENDS = re.compile(r"\b(?:attached|enclosed|anbei|beigefügt)\b", re.IGNORECASE)


# What an answer has in it: a number, or a reason.
ASKS_NUMBER = re.compile(
    r"\b(?:how\s+(?:much|many|high|long|often|soon|fast|quickly|big|large|heavy|far|old|early|late)|"
    r"when|what\s+(?:time|day|date|percentage|share|amount|number)|deadline|"
    r"(?:wie\s+(?:hoch|viel|viele|lange?|groß|schwer|oft|weit)|wann)|combien|quand|cu[aá]nt[oa]s?|"
    r"cu[aá]ndo)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|half|"
    r"once|twice|daily|weekly|monthly|yearly|immediately|at once|free|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|"
    r"september|october|november|december|zwei|drei|vier|fünf|sechs|acht|zehn|deux|trois|quatre|"
    r"cinq|huit|dix|dos|tres|cuatro|cinco|diez|treinta|gratuit\w*|kostenlos)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(?:how\s+many|wie\s+viele|combien\s+d[e'’]|cu[aá]nt[oa]s)\s*(?P<noun>[^\W_]+)",
    re.IGNORECASE,
)
NEAR_NUMBER = 3  # words behind a number, among which is what it counts
ASKS_REASON = re.compile(r"\bwhy\b|\breasons?\b|\bcaus|\bwarum\b|\bpourquoi\b|por qu[eé]", re.I)
REASON = re.compile(
    r"\b(?:because|due to|caus\w+|reasons?|since|as a result|weil|wegen|parce|car|porque)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """`text` is what people read, `topic` what is looked for, `stems` its telling words."""

    text: str
    topic: str
    stems: frozenset[str]

    def suits(self, text: str) -> int:
        """1 where a text has the kind of thing that is asked for, -1 where not, 0 for any kind."""
        for asks, has in ((ASKS_NUMBER, NUMBER), (ASKS_REASON, REASON)):
            if asks.search(self.text):
                return 1 if has.search(text) else -1
        return 0

    def counts(self, text: str) -> bool:
        """Whether a text has a number of what "how many" asks for: "24 apple orchards"."""
        asked = COUNTED.search(self.text)
        if not asked:
            return False
        noun, words = stem(asked["noun"].lower()), text.lower().split()
        return any(
            NUMBER.search(word)
            and noun in stems_of(" ".join(words[place : place + 1 + NEAR_NUMBER]))
            for place, word in enumerate(words)
        )

    @property
    def names(self) -> frozenset[str]:
        """The telling words with a digit, or with a capital letter behind the first word."""
        _, *words = WORD.findall(self.text) or [""]
        named = [word for word in words if word[0].isupper()]
        return stems_of(" ".join(named)) | {
            word for word in self.stems if any(letter.isdigit() for letter in word)
        }

    def lacks_name(self, texts: Iterable[str]) -> bool:
        """Whether a name or number of the question is in none of the texts."""
        lowered = [text.lower() for text in texts]
        return any(all(name not in text for text in lowered) for name in self.names)

    def lacks_figure(self, text: str) -> bool:
        """Whether a number or code of the question ("E9", "2025") is not in a text."""
        figures = {word for word in self.stems if any(letter.isdigit() for letter in word)}
        return bool(figures) and not figures <= stems_of(text)


def is_question(text: str) -> bool:
    """Whether words beside a document ask something of it, instead of just sending it along.

    "Can you summarize the lease?" asks of us, and "What is this about?" is answered by a summary;
    "Please find attached the lease" asks nothing.
    """
    marked = text.rstrip(' "”»)').endswith(("?", "？"))
    asks = marked or (ASKS.match(text.lstrip()) and not SENDS.search(text))
    return bool(asks) and not (says_nothing(text) or _wants_summary(text))


def _wants_summary(text: str) -> bool:
    """Whether a summary is what is asked for; "what does the summary say about pay?" is not."""
    return bool(SUMS_UP.search(text)) and not SAYS_ABOUT.match(" ".join(text.split())[:LONGEST])


def says_nothing(text: str) -> bool:
    """Whether words are only polite ones, or ask for a summary: "please look at this"."""
    few = len(text.split()) <= MOST_WORDS_OF_REQUEST
    return not stems_of(text) - OF_THE_READER or (few and _wants_summary(text))


def read_question(text: str) -> Question:
    """A question as it was typed."""
    whole = " ".join(text.split())[:LONGEST]
    found = TOPIC.match(whole)
    rest = whole[found.end() :] if found else whole
    topic = rest.strip(" ?!.\"“”'«»") or whole
    # A verb may be left of a question that only began like one ("Is it to be paid in May?").
    stems = stems_of(topic) or stems_of(whole)
    return Question(text=whole, topic=topic if stems_of(topic) else whole, stems=stems)


def stems_of(text: str) -> frozenset[str]:
    """The telling words of a text without their endings; a number is one as it is."""
    return frozenset(_stems(WORD.findall(text.lower())))


def _stems(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        plain = re.sub(r"['’]\w*$", "", ELIDED.sub("", word))
        if plain and plain not in FUNCTION_WORDS:
            yield stem(plain)


def stem(word: str) -> str:
    """A word without the commonest English ending: "terminated" and "termination" are one."""
    word = IRREGULAR.get(word, word)
    for ending in ENDINGS:
        shortest = SHORT_BEFORE.get(ending, SHORTEST_STEM)
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


OF_THE_READER = stems_of(_OF_THE_READER)
# What a question may say and its answer need not.
VAGUE = stems_of(
    "early possible possibly happen happens get need want kind type thing things exactly currently "
    "usually actually really still ever also already again late later soon allowed able"
)
GROUPS = group_by_stem(stem)


def groups_of(stems: Iterable[str]) -> frozenset[int]:
    """The groups of words with one meaning that have some of these."""
    return frozenset(number for each in stems for number in GROUPS.get(each, ()))
