"""`python -m bench.past_calls`: how long a search of many kept calls takes, database included.

The calls are made up of sentences of the telephone; each has as many as ten minutes have.
"""

from __future__ import annotations

import random
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

from core.archive import Answered, Archive
from core.cipher import Cipher
from core.records import Records
from skills.calls import skill
from skills.models.embedded import embed
from skills.skill import Input, Past

CALLS, SENTENCES, SECONDS = 200, 150, 4.0
QUERIES = ("search refund", "search somebody is unhappy about the waiting time", "trends 30d")
THINGS = [
    "parcel",
    "invoice",
    "card",
    "router",
    "contract",
    "ticket",
    "heater",
    "order",
    "password",
    "delivery",
    "refund",
]
SAID = (
    "I am calling because my {} is {}.", "Could you tell me when the {} will be {}?",
    "I will send you a new {} by Friday.", "Let me check the {} for you.", "Yes, please.",
    "The {} has been {} since last week and nobody called me back.", "Thank you for waiting.",
    "That is the third time that a {} was {}.", "Is there anything else about the {}?",
)  # fmt: skip
STATES = [
    "late",
    "broken",
    "missing",
    "blocked",
    "wrong",
    "cancelled",
    "charged",
    "twice",
    "expired",
]


def sentence(chance: random.Random) -> str:
    """One of some hundred."""
    return chance.choice(SAID).format(chance.choice(THINGS), chance.choice(STATES))


def values(chance: random.Random, model: Any) -> dict[str, Any]:
    """A kept call of ten minutes, with subtitles and turns as a real one has."""
    names = ["Agent", "Customer"]
    texts = [sentence(chance) for _ in range(SENTENCES)]
    lines = [
        {"start": SECONDS * at, "end": SECONDS * at + 3, "text": text, "confidence": 0.9,
         "speaker": names[at % 2]}
        for at, text in enumerate(texts)
    ]  # fmt: skip
    call = {
        "text": " ".join(texts), "language": "en", "duration": SECONDS * SENTENCES,
        "speakers": names, "segments": lines,
        "metrics": {"speakers": {name: {"talk_share": 0.5} for name in names}},
        "mood": {name: [chance.uniform(20, 80) for _ in range(4)] for name in names},
        "reason": {**lines[1]}, "outcome": None, "actions": [], "questions": [],
    }  # fmt: skip
    details = {
        "roles": names,
        "meanings": embed(model, texts),
        "cues": [{"start": x["start"], "end": x["end"], "lines": [x["text"]]} for x in lines],
        "turns": [[x["start"], x["end"], x["speaker"]] for x in lines],
    }
    return {"call": call, "details": details, "names": {}, "renamed": 0}


def main() -> None:
    """Fill a database, ask each question five times, print the medians."""
    chance, model = random.Random(1), skill.load("cpu")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.sqlite"
        archive = Archive(
            Records(f"sqlite:///{path}", cipher=Cipher(Fernet.generate_key())),
            kinds=["call"],
            days=30,
        )
        for number in range(CALLS):
            archive.put("call", Answered(
                job=str(number), team="T", channel="C", person="U", values=values(chance, model),
                at=time.time() - number * 3 * 3600,
            ))  # fmt: skip
        print(f"{CALLS} calls, {CALLS * SENTENCES:,} sentences, {path.stat().st_size / 1e6:.0f} MB")
        for query in QUERIES:
            seconds = [ask(archive, query, model) for _ in range(5)]
            print(f"{query}: {statistics.median(seconds):.2f} s")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def ask(archive: Archive, query: str, model: Any) -> float:
    """Seconds from the question to the words of its answer."""
    begun = time.perf_counter()
    past = [
        Past(values=each.values, at=each.at)
        for each in archive.of_channel("call", team="T", channel="C")
    ]
    (result,) = skill.run(model, [Input(text=query, past=tuple(past), kept_days=30)])
    skill.render(result)  # type: ignore[arg-type]  # no refusal: there are calls
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
