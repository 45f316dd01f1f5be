"""transcribe: what was said and when, nothing that was not said, and files that players open."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import pytest

from core.errors import Cancelled, UserError
from skills.models.languages import find_language, read_language
from skills.models.lock import Choice
from skills.models.whisper import Decoded, Whisper, Word, load_whisper
from skills.skill import Input
from skills.speech.no_speech import NO_SPEECH
from skills.speech.subtitles import Cue, make_cues, write_srt, write_vtt
from skills.speech.transcript import is_invented, transcribe
from skills.speech.transcription import Details, Said, Transcription
from skills.transcribe import skill
from tests.skills import sounds

# openai-whisper reads its own word list and leaves the file open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*tiktoken:ResourceWarning")

SAID = "This is Diane in New Jersey."
SAID_BETWEEN = (12.4, 14.4)  # seconds of the call


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def whisper(models: Path) -> Whisper:
    """The bundled model as a CPU runs it."""
    return load_whisper(Choice(profile="bundled"), device="cpu", folder=models)


@pytest.fixture(scope="session")
def heard(whisper: Whisper) -> Transcription:
    """The real call."""
    return answer(whisper, sounds.call())


def answer(whisper: Whisper, path: Path, **options: str) -> Transcription:
    result = skill.run(whisper, [Input(path=path, name=path.name, options=options)])[0]
    assert isinstance(result, Transcription), result
    return result


class StuckAtFirst:
    """A model that writes without end unless it hears a whole window; remembers what was tried."""

    label, english_only, batch, temperatures = "stuck", True, 4, (0.0, 0.2)
    longest = 15 * sounds.RATE

    def __init__(self) -> None:
        self.tried: list[tuple[int, float | None]] = []

    def encode(self, windows: Sequence[Any], *, at_least: int = 0) -> list[bool]:
        return [at_least == 30] * len(windows)

    def languages(self, heard: list[bool]) -> list[dict[str, float]]:
        return [{"en": 1.0}] * len(heard)

    def decode(
        self, heard: list[bool], *, language: str, temperature: float | None = None
    ) -> list[Decoded]:
        self.tried += [(whole, temperature) for whole in heard]
        return [
            Decoded(
                tokens=(1,),
                text="Hello." if whole else "Hell",
                mean_log_probability=-0.1,
                no_speech=0.1,
                ended=whole,
            )
            for whole in heard
        ]

    def align(
        self,
        heard: list[bool],
        decoded: Sequence[Decoded],
        *,
        language: str,
        seconds: Sequence[float],
    ) -> list[list[Word]]:
        return [[Word(text=each.text, start=0.0, end=1.0, probability=1.0)] for each in decoded]


class HardOfHearing(StuckAtFirst):
    """A model that is the surer the longer it hears, and never stuck."""

    def encode(self, windows: Sequence[Any], *, at_least: int = 0) -> list[Any]:
        return [at_least] * len(windows)

    def decode(
        self, heard: list[Any], *, language: str, temperature: float | None = None
    ) -> list[Decoded]:
        self.tried += [(seconds, temperature) for seconds in heard]
        return [
            Decoded(
                tokens=(1,),
                text=f"Heard with {seconds} s.",
                mean_log_probability=-0.5 + seconds / 100,
                no_speech=0.1,
            )
            for seconds in heard
        ]


def plain(text: str) -> str:
    return re.sub(r"[^a-z ]", "", text.lower()).strip()


def result_of(*said: Said, language: str = "en") -> Transcription:
    """A finished transcription, one word a cue."""
    words = [Word(text=f" {s.text}", start=s.start, end=s.end, probability=1.0) for s in said]
    return Transcription(
        text=" ".join(each.text for each in said),
        language=language,
        segments=list(said),
        duration=60.0,
        details=Details(
            name="call.wav",
            model="Whisper base (test)",
            english_only=True,
            cues=tuple(make_cues([[word] for word in words])),
        ),
    )


def test_a_real_call_is_written_down(heard: Transcription) -> None:
    said = plain(heard.text)

    assert [word for word in ("new jersey", "texas", "chicago", "yankee") if word not in said] == []


def test_segments_say_when_it_was_said(heard: Transcription) -> None:
    segment = next(each for each in heard.segments if each.text == SAID)

    assert (segment.start, segment.end) == pytest.approx(SAID_BETWEEN, abs=0.5)


def test_nothing_is_heard_in_the_silence_before_the_first_word(heard: Transcription) -> None:
    assert heard.segments[0].start > 6


def test_confidence_lies_between_0_and_1(heard: Transcription) -> None:
    assert all(0 < each.confidence <= 1 for each in heard.segments)


def test_the_result_has_the_fields_that_others_rely_on(heard: Transcription) -> None:
    fields = dataclasses.asdict(heard)

    assert (set(fields), set(fields["segments"][0])) == (
        {"text", "language", "segments", "duration"},
        {"start", "end", "text", "confidence"},
    )


def test_words_survive_a_cut_right_at_their_edges(whisper: Whisper, tmp_path: Path) -> None:
    tight = sounds.samples_of(sounds.call(), first=12.45, last=14.3)

    text = answer(whisper, sounds.write_wav(tmp_path / "tight.wav", tight)).text

    assert plain(text) == plain(SAID)


def test_a_telephone_line_and_a_whisper_of_volume_are_understood(
    whisper: Whisper, tmp_path: Path
) -> None:
    quiet = (sounds.samples_of(sounds.call(), first=12, last=18) / 50).astype(numpy.int16)
    path = tmp_path / "phone.wav"
    sounds.encode(path, quiet, codec="pcm_mulaw", rate=8_000, layout="stereo")

    assert "New Jersey" in answer(whisper, path).text


@pytest.mark.parametrize(
    "sound",
    [
        sounds.silence(5),
        sounds.silence(0.01),
        sounds.noise(5),
        sounds.noise(5, loudness=0.003),
        sounds.tone(5),
        sounds.music(5),
    ],
    ids=["silence", "an instant", "noise", "hiss", "tone", "music"],
)
def test_no_text_is_invented(sound: sounds.Sound, whisper: Whisper, tmp_path: Path) -> None:
    result = answer(whisper, sounds.write_wav(tmp_path / "a.wav", sound))

    assert (result.text, result.segments, skill.render(result).text) == ("", [], NO_SPEECH)


@pytest.mark.parametrize(
    ("text", "probability", "no_speech"),
    [
        ("Thank you for watching!", -1.1, 0.3),
        ("you", -0.8, 0.9),
        ("4-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5-5", -0.1, 0.1),
        ("❤️ ❤️", -0.5, 0.3),
        ("It was a dark and stormy night in the town.", -1.4, 0.2),
        ("", -0.1, 0.1),
    ],
)
def test_what_models_write_when_they_hear_nothing_is_dropped(
    text: str, probability: float, no_speech: float
) -> None:
    decoded = Decoded(tokens=(), text=text, mean_log_probability=probability, no_speech=no_speech)

    assert is_invented(decoded, voiced=5.0)


@pytest.mark.parametrize("text", ["Thank you.", "Okay.", "One two three four five six seven."])
def test_short_answers_that_were_heard_well_are_kept(text: str) -> None:
    decoded = Decoded(tokens=(), text=text, mean_log_probability=-0.3, no_speech=0.2)

    assert not is_invented(decoded, voiced=1.0)


def test_a_short_recording_is_not_heard_as_30_seconds(whisper: Whisper) -> None:
    heard = whisper.encode([numpy.zeros(2 * sounds.RATE, dtype=numpy.float32)])

    assert heard.shape[1] < 300  # two frames of features make one of these: 1,500 are 30 seconds


def test_a_text_that_never_ends_is_heard_again_in_a_whole_window() -> None:
    stuck = StuckAtFirst()

    said = transcribe(stuck, sounds.samples_of(sounds.call(), first=12, last=15)).segments

    assert ([each.text for each in said], stuck.tried) == (
        ["Hello."],
        [(False, None), (True, 0.0)],
    )


def test_what_was_not_heard_clearly_is_heard_longer_and_searched_by_beams() -> None:
    hard = HardOfHearing()

    said = transcribe(hard, sounds.samples_of(sounds.call(), first=12, last=15)).segments

    assert ([each.text for each in said], hard.tried) == (
        ["Heard with 8 s."],
        [(0, None), (8, 0.0)],
    )


def test_a_bad_recording_refuses_itself_alone(whisper: Whisper, tmp_path: Path) -> None:
    good = sounds.write_wav(tmp_path / "good.wav", sounds.silence(1))
    bad = tmp_path / "bad.mp3"
    bad.write_text("not sound")

    results = skill.run(whisper, [Input(path=path) for path in (good, bad, good)])

    assert [type(each) for each in results] == [Transcription, UserError, Transcription]


def test_progress_tells_the_stage_and_ends_at_one(whisper: Whisper) -> None:
    seen: list[tuple[str, float]] = []
    given = Input(path=sounds.call(), progress=lambda stage, done: seen.append((stage, done)))

    skill.run(whisper, [given])

    assert (seen[0], seen[-1]) == (("Opening", 0.0), ("Transcribing", 1.0))


def test_a_cancelled_job_stops_where_it_is(whisper: Whisper) -> None:
    def cancel(stage: str, done: float) -> None:
        if stage == "Transcribing":
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        skill.run(whisper, [Input(path=sounds.call(), progress=cancel)])


def test_both_libraries_hear_the_same_words(heard: Transcription, models: Path) -> None:
    other = load_whisper(
        Choice(profile="bundled"), device="cpu", folder=models, backend="openai-whisper"
    )
    part = sounds.samples_of(sounds.call(), first=SAID_BETWEEN[0], last=SAID_BETWEEN[1])

    said = transcribe(other, part).segments[0]

    assert ("New Jersey" in said.text, said.start) == (True, pytest.approx(0.1, abs=0.3))


def test_the_joined_model_is_made_again_when_it_was_changed(whisper: Whisper, models: Path) -> None:
    weights = models / "whisper-base" / "model.bin"
    weights.write_bytes(b"changed")

    load_whisper(Choice(profile="bundled"), device="cpu", folder=models)

    assert weights.stat().st_size > 100_000_000


@pytest.mark.parametrize(
    ("word", "code"), [("de", "de"), ("DE-at", "de"), ("German", "de"), ("auto", ""), ("", "")]
)
def test_a_language_is_named_by_code_or_word(word: str, code: str) -> None:
    assert read_language(word) == code


def test_an_unknown_language_is_refused_in_one_sentence() -> None:
    with pytest.raises(UserError, match="I do not know the language “klingon”: write a code"):
        read_language("klingon")


def test_every_language_has_a_name() -> None:
    assert find_language("cantonese") == "yue"


def test_another_language_is_answered_with_a_warning() -> None:
    said = Said(start=0.0, end=1.0, text="Guten Tag.", confidence=0.8)

    notes = skill.render(result_of(said, language="de")).notes

    assert "I heard German; this model is only reliable in English: check the words." in notes


def test_a_transcript_shows_its_words_once_below_what_it_is_about() -> None:
    said = [
        Said(start=n, end=n + 1, text=f"Sentence number {n} of many.", confidence=0.9)
        for n in range(40)
    ]

    reply = skill.render(result_of(*said))

    assert reply.text == "Here is what was said (01:00, English):"
    assert reply.body.splitlines()[39] == "[00:39] Sentence number 39 of many."


def test_a_single_sentence_is_the_answer_itself() -> None:
    reply = skill.render(result_of(Said(start=0.0, end=1.0, text="Hello there.", confidence=0.9)))

    assert (reply.text, reply.body) == ("Hello there.", "")


def test_what_was_heard_badly_is_marked() -> None:
    good = Said(start=0.0, end=1.0, text="Hello.", confidence=0.9)
    bad = Said(start=1.0, end=2.0, text="Mumble.", confidence=0.2)

    assert "[00:01] (?) Mumble." in skill.render(result_of(good, bad)).body


def test_the_files_are_named_after_the_recording(heard: Transcription) -> None:
    names = [each.name for each in skill.render(heard).files]

    assert names == ["sample.srt", "sample.vtt", "sample.txt"]


def test_subtitles_of_a_real_call_never_overlap_nor_grow_past_two_lines(
    heard: Transcription,
) -> None:
    edges = [time for cue in heard.about.cues for time in (cue.start, cue.end)]
    widest = max(len(line) for cue in heard.about.cues for line in cue.lines)

    assert (
        sorted(edges) == edges,
        widest <= 42,
        max(len(c.lines) for c in heard.about.cues) <= 2,
    ) == (
        True,
        True,
        True,
    )


def test_srt_is_numbered_and_has_commas() -> None:
    cue = Cue(start=3661.5, end=3662.25, lines=("One", "two"))

    assert write_srt([cue]) == "1\n01:01:01,500 --> 01:01:02,250\nOne\ntwo\n\n"


def test_vtt_escapes_what_players_would_read_as_markup() -> None:
    words = [Word(text=" a <b> & --> c", start=0.0, end=1.0, probability=1.0)]

    assert write_vtt(make_cues([words])) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na &lt;b&gt; &amp; → c\n\n"
    )
