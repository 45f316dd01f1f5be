"""Speech: seconds of sound a second and word errors of /transcribe, beside both Whisper libraries.

All have the same weights and hear the same files in turn: the English clips one by one, then a long
recording made of these with pauses. Ours is the whole skill, from the file to words with times;
the peers decode in their own process and give no word times.
`python -m bench.speech DATA` prints the figures; `python -m bench.speech DATA MINUTES` measures
the memory of a recording so long, in this process alone.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import wave
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.figure import Figure, median, seconds
from bench.speech_peers import Listen, faster_whisper, openai_whisper
from core.settings import load_settings
from local.samples import recording
from skills.models.device import resolve_device
from skills.models.lock import Choice
from skills.models.whisper import RATE, load_whisper
from skills.skill import Input
from skills.speech.transcription import Transcription
from skills.transcribe import Transcribe

OURS = "ours"
MINUTES = 4
ROUNDS = 1  # all sides hear a clip before the next one: each clip is a round of its own
LONG_ROUNDS = 3
PAUSES = (0.3, 1.0, 0.6, 2.0, 0.1, 3.0)  # seconds of silence after each clip, in turn


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """A file and what is said in it, "" when nobody wrote it down."""

    path: Path
    text: str
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What one side wrote, recording by recording, and how long each hearing took."""

    texts: list[str] = field(default_factory=list)
    times: list[list[float]] = field(default_factory=list)

    @property
    def total(self) -> float:
        """Seconds for all recordings, each the median of its rounds."""
        return sum(median(each) for each in self.times)


def measure(data: Path | None = None, *, quick: bool = False) -> list[Figure]:
    """Four figures: clips and a long recording, each against both libraries.

    Of openai-whisper's two settings the one that was faster on the clips hears the long recording.
    """
    device = resolve_device("auto")
    folder = load_settings().data_dir / "models"
    with tempfile.TemporaryDirectory() as scratch:
        clips = read_clips(data, Path(scratch))[: 2 if quick else None]
        long = join_clips(clips, Path(scratch) / "long.wav", minutes=0.5 if quick else MINUTES)
        whispers = openai_whisper(device, folder=folder)
        batched = faster_whisper(device, folder=folder)
        ours = {OURS: listen(device, folder=folder)}
        short = hear(ours | whispers | batched, clips, rounds=1 if quick else ROUNDS)
        best = [min(names, key=lambda name: short[name].total) for names in (whispers, batched)]
        rest = {name: (whispers | batched)[name] for name in best}
        whole = hear(ours | rest, [long], rounds=1 if quick else LONG_ROUNDS)
    return [
        compare(name, side, peer, material)
        for name, side, material in (("clips", short, clips), ("long", whole, [long]))
        for peer in best
    ]


def compare(
    name: str, heard: Mapping[str, Heard], peer: str, material: Sequence[Recording]
) -> Figure:
    """Our speed beside a peer's on the same recordings."""
    sound = sum(each.seconds for each in material)
    library = peer.partition(" ")[0].rstrip(",")
    return Figure(
        name=f"speech, {name}, against {library}",
        ours=sound / heard[OURS].total,
        peer=sound / heard[peer].total,
        unit="s of sound/s",
        peer_is=peer,
        quality={
            "WER": word_errors(heard[OURS], material),
            "WER of the peer": word_errors(heard[peer], material),
        },
    )


def hear(
    sides: Mapping[str, Listen], material: Sequence[Recording], *, rounds: int
) -> dict[str, Heard]:
    """All sides on each recording in turn, as often as `rounds`; each side is warmed first."""
    heard = {name: Heard() for name in sides}
    shortest = min(material, key=lambda each: each.seconds)
    for listen_to in sides.values() if shortest.seconds < 60 else ():
        listen_to(shortest.path)
    for each in material:
        times: dict[str, list[float]] = {name: [] for name in sides}
        texts: dict[str, str] = {}
        for first in range(rounds):
            turns = [*sides.items()]
            for name, listen_to in turns[first % len(turns) :] + turns[: first % len(turns)]:
                times[name].append(seconds(_kept(texts, name, listen_to, each.path)))
        for name, side in heard.items():
            side.texts.append(texts[name])
            side.times.append(times[name])
    return heard


def _kept(texts: dict[str, str], name: str, listen_to: Listen, path: Path) -> Callable[[], None]:
    def run() -> None:
        texts[name] = listen_to(path)

    return run


def listen(device: str, *, folder: Path) -> Listen:
    """The skill as a worker runs it, one recording at a time."""
    skill = Transcribe()
    model = load_whisper(Choice(profile="bundled"), device=device, folder=folder)

    def run(path: Path) -> str:
        result = skill.run(model, [Input(path=path, name=path.name)])[0]
        if not isinstance(result, Transcription):
            raise result
        return result.text

    return run


def word_errors(heard: Heard, material: Sequence[Recording]) -> str:
    """The word error rate over all, with Whisper's own normalizer for English."""
    from jiwer import process_words
    from whisper.normalizers import EnglishTextNormalizer

    if not all(each.text for each in material):
        return "not known: nobody wrote down what is said"
    plain = EnglishTextNormalizer()
    said, written = [plain(each.text) for each in material], [plain(text) for text in heard.texts]
    found = process_words(said, written)
    wrong = found.substitutions + found.deletions + found.insertions
    words = found.hits + found.substitutions + found.deletions
    return f"{100 * found.wer:.2f} % ({wrong} of {words} words)"


def read_clips(data: Path | None, folder: Path) -> list[Recording]:
    """The English clips of the shared samples, or the demo's telephone call."""
    listing = data / "speech" / "clips.jsonl" if data else None
    if listing is None or not listing.exists():
        return [Recording(path=recording(folder), text="", seconds=30.0)]
    rows = [json.loads(line) for line in listing.read_text().splitlines()]
    return [
        Recording(path=listing.parent / row["file"], text=row["text"], seconds=row["seconds"])
        for row in rows
        if row["lang"] == "en"
    ]


def join_clips(clips: Sequence[Recording], path: Path, *, minutes: float) -> Recording:
    """The clips over and over with pauses between them, in one WAV file at `path`."""
    import numpy
    from faster_whisper.audio import decode_audio

    sounds = [(decode_audio(str(each.path)) * 32767).astype(numpy.int16) for each in clips]
    said: list[str] = []
    written = 0
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        for clip, sound, pause in zip(
            itertools.cycle(clips), itertools.cycle(sounds), itertools.cycle(PAUSES), strict=False
        ):
            if written >= minutes * 60 * RATE:
                break
            silence = numpy.zeros(round(pause * RATE), dtype=numpy.int16)
            file.writeframes(sound.tobytes() + silence.tobytes())
            said.append(clip.text)
            written += len(sound) + len(silence)
    text = " ".join(said) if all(said) else ""
    return Recording(path=path, text=text, seconds=written / RATE)


def peak(data: Path | None, *, minutes: float) -> dict[str, float]:
    """Memory and speed of a recording so long; of a process that has done nothing else."""
    with tempfile.TemporaryDirectory() as scratch:
        clips = read_clips(data, Path(scratch))
        long = join_clips(clips, Path(scratch) / "long.wav", minutes=minutes)
        run = listen(resolve_device("auto"), folder=load_settings().data_dir / "models")
        heard = hear({OURS: run}, [long], rounds=1)[OURS]
    return {
        "speed": long.seconds / heard.total,
        "wer_percent": float(word_errors(heard, [long]).split()[0]) if long.text else -1,
        "peak_mb": peak_megabytes(),
    }


def peak_megabytes() -> float:
    """The most memory that this process has held, by the kernel (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if len(sys.argv) > 2:
        print(peak(source, minutes=float(sys.argv[2])))
    else:
        for figure in measure(source):
            print(figure, f"ratio {figure.ratio:.2f}")
