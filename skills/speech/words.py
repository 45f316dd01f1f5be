"""Every word of a conversation with its time and its speaker, and where phrases are said in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from skills.speech.phrases import Heard, Match, find, words_of
from skills.timed import Sentence

EVERYBODY = -1


class SpokenWords:
    """A phrase is looked for once for each speaker, however many rules and cases ask for it."""

    def __init__(self, sentences: Sequence[Sentence], *, speakers: int, sides: bool) -> None:
        """`sides`: each speaker has a sound of its own."""
        self._speakers = speakers
        self._words: dict[int, list[Heard]] = {each: [] for each in range(speakers)}
        for index, sentence in enumerate(sentences):
            self._words[sentence.speaker] += _timed(sentence, index)
        # One sound for all: a word in the midst of a phrase may have gone to somebody else.
        mixed = (word for words in self._words.values() for word in words)
        self._mixes = speakers > 1 and not sides
        self._words[EVERYBODY] = sorted(mixed, key=lambda word: word.start) if self._mixes else []
        self._found: dict[tuple[int, tuple[str, ...]], list[Match]] = {}

    def find(self, phrases: tuple[str, ...], speakers: Collection[int]) -> list[Match]:
        """Where some speakers say one of the phrases, in order."""
        whose = [*speakers]
        if self._mixes and len(whose) == self._speakers:
            whose.append(EVERYBODY)
        found = [place for each in whose for place in self._of(each, phrases)]
        return sorted(found, key=lambda place: (place.start, place.sentence))

    def _of(self, speaker: int, phrases: tuple[str, ...]) -> list[Match]:
        key = speaker, phrases
        if key not in self._found:
            self._found[key] = find(self._words[speaker], phrases)
        return self._found[key]


def _timed(sentence: Sentence, index: int) -> Iterator[Heard]:
    """The words of a sentence with their own times, or by their place in it."""
    words = words_of(sentence.text)
    known = [word for word in getattr(sentence, "words", ()) if word.text.strip()]
    step = max(0.0, sentence.end - sentence.start) / max(1, len(words))
    for number, word in enumerate(words):
        start = sentence.start + number * step
        if known:  # counted off: short forms make two words of one
            near = known[min(len(known) - 1, number * len(known) // len(words))]
            start = near.start
        yield Heard(word=word, start=start, end=start + step, sentence=index)
