"""Recordings: every format becomes 16 kHz mono, everything else one sentence."""

from __future__ import annotations

import resource
import wave
from pathlib import Path

import numpy
import pytest

from core.errors import UserError
from skills.decode import audio
from skills.decode.audio import EMPTY, NOT_SOUND, RATE, SILENT_VIDEO, open_recording
from tests.skills import sounds

FORMATS = [
    ("a.mp3", "libmp3lame", 44_100, "stereo"),
    ("a.m4a", "aac", 48_000, "stereo"),
    ("a.mp4", "aac", 22_050, "mono"),
    ("a.opus", "libopus", 48_000, "mono"),
    ("a.ogg", "libopus", 16_000, "stereo"),
    ("a.webm", "libopus", 48_000, "mono"),
    ("a.flac", "flac", 96_000, "5.1"),
    ("a.mkv", "libmp3lame", 32_000, "stereo"),
    ("a.wav", "pcm_mulaw", 8_000, "mono"),
    ("a.wav", "pcm_f32le", 192_000, "stereo"),
    ("a.amr", "libopencore_amrnb", 8_000, "mono"),
    ("a.aiff", "pcm_s16be", 22_050, "mono"),
    ("a.avi", "pcm_s16le", 32_000, "stereo"),
    ("a.au", "pcm_s16be", 8_000, "mono"),
    ("a.aac", "aac", 44_100, "mono"),
]


def samples_of(path: Path, scratch: Path) -> sounds.Sound:
    with open_recording(path, scratch=scratch) as recording:
        return recording.read(0, recording.length())


def refusal(path: Path, scratch: Path) -> str:
    with pytest.raises(UserError) as refused:
        samples_of(path, scratch)
    return str(refused.value)


def loudest_pitch(samples: sounds.Sound) -> float:
    middle = samples[RATE // 2 : RATE // 2 + RATE]
    return float(abs(numpy.fft.rfft(middle)).argmax())


@pytest.mark.parametrize(("name", "codec", "rate", "layout"), FORMATS)
def test_every_format_becomes_the_same_two_seconds(
    name: str, codec: str, rate: int, layout: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    sounds.encode(path, sounds.tone(2), codec=codec, rate=rate, layout=layout)

    samples = samples_of(path, tmp_path)

    assert (abs(len(samples) / RATE - 2) < 0.1, loudest_pitch(samples)) == (True, 440)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.mp3", b"", EMPTY),
        ("text.mp3", b"Dear all, this is text and not sound.\n", NOT_SOUND),
        ("junk.wav", bytes(range(256)) * 400, NOT_SOUND),
        ("header.wav", b"RIFF\x24\x00\x00\x00WAVE", NOT_SOUND),
    ],
)
def test_what_is_not_sound_is_refused_in_one_sentence(
    name: str, content: bytes, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert refusal(path, tmp_path) == sentence


def test_a_video_without_sound_is_refused(tmp_path: Path) -> None:
    assert refusal(sounds.video(tmp_path / "a.mp4"), tmp_path) == SILENT_VIDEO


def test_a_recording_cut_off_in_the_middle_is_heard_up_to_there(tmp_path: Path) -> None:
    whole = tmp_path / "whole.mp3"
    sounds.encode(whole, sounds.tone(4), codec="libmp3lame", rate=44_100, layout="mono")
    cut = tmp_path / "cut.mp3"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    assert 1.5 < len(samples_of(cut, tmp_path)) / RATE < 2.5


@pytest.mark.parametrize("name", ["list.wav", "list.mp3", "list.mp4", "list.m3u8"])
@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nsecret.wav\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile secret.wav\n",
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period>'
        "<AdaptationSet><Representation><BaseURL>secret.wav</BaseURL></Representation>"
        "</AdaptationSet></Period></MPD>",
    ],
    ids=["hls", "concat", "dash"],
)
def test_a_playlist_never_opens_another_file(name: str, playlist: str, tmp_path: Path) -> None:
    sounds.write_wav(tmp_path / "secret.wav", sounds.tone(2))
    (tmp_path / name).write_text(playlist)

    assert refusal(tmp_path / name, tmp_path) == NOT_SOUND


def test_a_recording_over_the_limit_is_refused_with_its_length(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 8_000, 0, "NONE", ""))
        for _ in range(120):
            file.writeframes(b"\x80" * 8_000 * 60)

    assert refusal(path, tmp_path) == (
        "This recording is 120 minutes long and I take up to 90 minutes: "
        "cut it into parts and send them one by one."
    )


def test_a_header_that_lies_about_the_length_does_not_get_past_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "stream.mp3"  # no length in front: ffmpeg guesses from the first packets
    quiet = tmp_path / "quiet.mp3"
    sounds.encode(quiet, sounds.silence(3), codec="libmp3lame", rate=44_100, layout="mono")
    path.write_bytes(quiet.read_bytes() * 4)

    with pytest.raises(UserError, match=r"I take up to"):
        audio.decode_file(path, tmp_path, {"most_seconds": 4})


def test_an_hour_of_sound_costs_disk_and_not_memory(tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "hour.wav", sounds.silence(3600))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with open_recording(path, scratch=tmp_path) as recording:
        heard = sum(len(block) for block in recording.blocks(60 * RATE))

    assert heard == 3600 * RATE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # KiB


def test_hostile_media_is_refused(shared_data: Path, tmp_path: Path) -> None:
    files = sorted((shared_data / "hostile" / "media").iterdir())

    assert {refusal(path, tmp_path) for path in files} <= {NOT_SOUND, SILENT_VIDEO}
