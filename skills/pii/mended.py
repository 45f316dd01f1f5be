"""Mended: the end of a number that is put right at once: "… two oh three, no sorry, three oh two".

Only what stands alone behind the words for it: in "no, sorry, nine thirty is better" something else
is put right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from skills.pii.runs import Run
from skills.pii.tokens import Token, words

MENDING = frozenset(words("sorry no mean wait actually correction rather"))
BESIDE = MENDING | frozenset(
    words("i its it's it that's that is should be make the last oh um uh er ah well not hang on")
)
ALONE = re.compile(r"\s*(?:$|[.?!,;\n])")


def find_mended(text: str, tokens: Sequence[Token], run: Run, end: int) -> int:
    """Up to which group of a run a number that ends before `end` goes on; `end` where none does."""
    if end >= len(run):
        return end
    said = {each.text for each in tokens[run[end - 1].last + 1 : run[end].first]}
    if not said & MENDING or not said <= BESIDE:
        return end
    last = end + 1
    while last < len(run) and not run[last].loose:
        last += 1
    return last if ALONE.match(text, run[last - 1].end) else end
