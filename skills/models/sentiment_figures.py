"""How good a sentiment model is: accuracy and macro-F1 on labelled texts, beside plain peers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skills.models.minilm import MiniLM
from skills.models.sentiment_data import LABELS
from skills.models.sentiment_words import analyzer

if TYPE_CHECKING:
    from numpy.typing import NDArray

Predict = Callable[[Sequence[str]], list[str]]
# The thresholds that VADER's authors recommend.
VADER_NEUTRAL = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Shares of 1; `both` is the accuracy between positive and negative alone, as the label says.

    A neutral answer to a positive or negative text counts as wrong everywhere.
    """

    n: int
    accuracy: float
    macro_f1: float
    both: float


def measure(predicted: Sequence[str], expected: Sequence[str]) -> Figures:
    """Predicted labels against the expected ones."""
    pairs = list(zip(predicted, expected, strict=True))
    sided = [(mine, theirs) for mine, theirs in pairs if theirs != "neutral"]
    scores = [_f1(pairs, label) for label in LABELS if label in expected]
    return Figures(
        n=len(pairs),
        accuracy=round(_share(pairs), 4),
        macro_f1=round(sum(scores) / len(scores), 4),
        both=round(_share(sided), 4),
    )


def _share(pairs: Sequence[tuple[str, str]]) -> float:
    return sum(mine == theirs for mine, theirs in pairs) / max(1, len(pairs))


def _f1(pairs: Sequence[tuple[str, str]], label: str) -> float:
    right = sum(mine == theirs == label for mine, theirs in pairs)
    named = sum(mine == label for mine, _ in pairs) + sum(theirs == label for _, theirs in pairs)
    return 2 * right / named if named else 0.0


def vader(texts: Sequence[str], *, sided: bool = False) -> list[str]:
    """Plain VADER's labels; `sided` never says neutral (what it cannot tell is positive then)."""
    found = []
    for text in texts:
        verdict = analyzer().polarity_scores(text)["compound"]
        neutral = abs(verdict) < VADER_NEUTRAL and not sided
        found.append("neutral" if neutral else "positive" if verdict >= 0 else "negative")
    return found


def fit_frozen(model: MiniLM, texts: Sequence[str], labels: Sequence[str]) -> Predict:
    """Logistic regression on frozen MiniLM vectors, trained on the same texts as ours."""
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(max_iter=2000, C=4.0, class_weight="balanced")
    regression.fit(model.embed(texts), list(labels))
    return lambda asked: [str(label) for label in regression.predict(model.embed(asked))]


def label_all(shares: NDArray[Any]) -> list[str]:
    """The label with the largest share of each row."""
    return [LABELS[place] for place in shares.argmax(axis=1)]
