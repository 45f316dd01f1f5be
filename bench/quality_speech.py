"""How well transcribe hears English: `python -m bench.quality_speech [DATA] [BACKEND]`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.samples import samples_asked_for
from core.settings import load_settings
from skills.models.lock import Choice
from skills.models.whisper import load_whisper
from skills.skill import Input
from skills.speech.transcription import Transcription
from skills.transcribe import Transcribe


def measure(data: Path, *, backend: str = "") -> dict[str, float]:
    """Word error rate (%) over the English clips, with Whisper's normalizer; speed on a CPU."""
    from jiwer import process_words
    from whisper.normalizers import EnglishTextNormalizer

    normalize = EnglishTextNormalizer()
    rows = [json.loads(line) for line in (data / "speech" / "clips.jsonl").open()]
    rows = [row for row in rows if row["lang"] == "en"]
    inputs = [Input(path=data / "speech" / row["file"], name=row["id"]) for row in rows]
    folder = load_settings().data_dir / "models"
    model = load_whisper(Choice(profile="bundled"), device="cpu", folder=folder, backend=backend)
    Transcribe().run(model, inputs[:1])  # warm
    start, busy = time.perf_counter(), time.process_time()
    results = Transcribe().run(model, inputs)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    heard = [each for each in results if isinstance(each, Transcription)]
    if len(heard) != len(rows):
        raise RuntimeError(f"{len(rows) - len(heard)} of {len(rows)} clips were refused.")
    words = process_words(
        [normalize(row["text"]) for row in rows], [normalize(each.text) for each in heard]
    )
    audio = sum(each.duration for each in heard)
    return {
        "n_clips": len(rows),
        "n_words": words.hits + words.substitutions + words.deletions,
        "wer_percent": 100 * words.wer,
        "audio_seconds": audio,
        "audio_seconds_a_second": audio / seconds,
        "audio_seconds_a_cpu_second": audio / busy,
    }


if __name__ == "__main__":
    for name, value in measure(samples_asked_for(), backend="".join(sys.argv[2:3])).items():
        print(f"{name:26} {value:.2f}")
