"""Support: a written sentence is kept only if a passage of its source says the same.

Alike in meaning (MiniLM), every number, name and link of it in that passage, and as negative as it.
This does not prove that a sentence follows, but what a model made up seldom passes all four.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skills.decode.document import Passage
from skills.decode.sentences import count_words, split_sentences
from skills.texts.candidates import Candidate
from skills.texts.extract import Embedder

LEAST_LIKENESS = 0.6
PASSAGES_TRIED = 3
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
NAME = re.compile(r"(?<!^)(?<![.!?]\s)\b[A-Z][\w’'-]*|\b[A-Z]{2,}\b|\b\w*[a-z][A-Z]\w*")
LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
NEGATION = re.compile(
    r"\b(no|not|never|none|nobody|nothing|neither|nor|without|cannot|fail\w*|refus\w*|reject\w*|"
    r"den(?:y|ie[ds])|unable|unlikely)\b|n[’']t\b",
    re.IGNORECASE,
)
WORDS_FOR_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905  # a word list reads better so
    )
}


def find_support(
    model: Embedder, lines: Sequence[str], passages: Sequence[tuple[int, Passage]]
) -> list[Candidate]:
    """The sentences that a passage supports, with that passage as their source."""
    written = [line for line in dict.fromkeys(lines) if count_words(line) >= 4]
    windows = [each for place, passage in passages for each in _windows(place, passage)]
    if not written or not windows:
        return []
    likeness = model.embed(written) @ model.embed([text for _, _, text in windows]).T
    supported = []
    for row, line in enumerate(written):
        best = sorted(range(len(windows)), key=lambda window: -likeness[row, window])
        for window in best[:PASSAGES_TRIED]:
            place, passage, text = windows[window]
            if likeness[row, window] < LEAST_LIKENESS:
                break
            if holds_facts(line, passage, said=text):
                supported.append(
                    Candidate(
                        text=line, source=passage.source, passage=place, weight=1.0, first=False
                    )
                )
                break
    return supported


def _windows(place: int, passage: Passage) -> Iterator[tuple[int, Passage, str]]:
    """Each sentence of a passage, and each with its neighbour: a summary often joins two."""
    sentences = split_sentences(passage.text)
    for index, sentence in enumerate(sentences):
        yield place, passage, sentence
        if index:
            yield place, passage, f"{sentences[index - 1]} {sentence}"


def holds_facts(line: str, passage: Passage, *, said: str) -> bool:
    """Whether the passage has the line's numbers, names and links, and `said` its negation."""
    # Who wrote a message is a fact of the source too.
    source = f"{passage.source} {passage.text}"
    if not _numbers(line) <= _numbers(source):
        return False
    words = set(re.findall(r"\w+", source.lower()))
    names = {part for name in NAME.findall(line) for part in re.findall(r"\w+", name.lower())}
    if not {_singular(name) for name in names} <= {_singular(word) for word in words}:
        return False
    if any(link.rstrip(".,;)") not in source for link in LINK.findall(line)):
        return False
    return bool(NEGATION.search(line)) == bool(NEGATION.search(said))


def _numbers(text: str) -> set[str]:
    """Numbers without their grouping; small ones also when they are spelled out."""
    found = {number.replace(",", "") for number in NUMBER.findall(text)}
    return found | {
        WORDS_FOR_NUMBERS[word]
        for word in re.findall(r"[a-z]+", text.lower())
        if word in WORDS_FOR_NUMBERS and word not in ("one", "zero")
    }


def _singular(word: str) -> str:
    return word.removesuffix("s")
