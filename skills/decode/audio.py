"""Recordings: any audio or video that ffmpeg opens (PyAV carries it), as samples at 16 kHz.

`decode_file` runs in the sandbox's child and streams raw samples into a file, which a `Recording`
reads while it grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import UserError
from skills.decode.pace import Pace
from skills.decode.recording import Recording
from skills.decode.sandbox import DAMAGED, run_decoder

RATE = 16_000
MOST_MINUTES = 90
RAW = "recording.s16"
# A decoder is stopped that writes nothing for so long, or falls behind a pace that the slowest
# codec keeps 40 times over on a core of its own: beside a model at work it gets a tenth of one.
STALL_SECONDS = 20
LEAST_PACE = 10  # seconds of sound a second
MEMORY_BYTES = 768 * 1024**2
MOST_BAD_PACKETS = 200
# Formats that hold sound themselves. Playlists (HLS, DASH, concat) make ffmpeg read other files,
# whatever the file is called, so this list and not the name decides.
FORMATS = (
    "wav,w64,aiff,au,caf,mp3,aac,flac,ogg,amr,ac3,wv,asf,avi,flv,mpeg,mpegts,"
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
)
EMPTY = "This recording is empty (0 bytes): upload it again."
NOT_SOUND = (
    "I found no sound in this file (it is damaged or not a recording): "
    "send an MP3, M4A, WAV, OGG or MP4."
)
SILENT_VIDEO = "This file has no sound track: send one with sound."
PROTECTED = (
    "This recording is protected or in a format I cannot read: export it as MP3, M4A or WAV first."
)


def open_recording(path: Path, *, scratch: Path, sides: int = 1) -> Recording:
    """The samples of a recording, which a child begins to write into `scratch`; close it.

    With two `sides` left and right are kept apart; those of a recording with one are the same.
    """
    return Recording(scratch / RAW, partial(_decode, path, scratch, sides), sides=sides)


def _decode(path: Path, scratch: Path, sides: int, given_up: Callable[[], bool]) -> int:
    """How many samples the child says that it has written."""
    answer = run_decoder(
        "skills.decode.audio:decode_file",
        path,
        out_dir=scratch,
        options={"most_seconds": MOST_MINUTES * 60, "sides": sides},
        seconds=STALL_SECONDS,
        pace=Pace(
            file=RAW,
            bytes_a_second=LEAST_PACE * RATE * 2 * sides,
            most_seconds=MOST_MINUTES * 60 / LEAST_PACE,
            given_up=given_up,
        ),
        memory_bytes=MEMORY_BYTES,
    )
    samples = answer.get("samples")
    if not isinstance(samples, int):
        raise UserError(DAMAGED)
    return samples


def decode_file(path: Path, out_dir: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Write the sound of `path` to `out_dir` as int16 at 16 kHz; says how many samples.

    Mono, or with two `sides` left and right in turns; of more channels ffmpeg makes two.
    Stops as soon as more than `most_seconds` have been decoded: a header may promise less.
    """
    import av

    if path.stat().st_size == 0:
        raise UserError(EMPTY)
    most, sides = float(options["most_seconds"]), int(options.get("sides", 1))
    try:
        container = av.open(
            str(path),
            options={"format_whitelist": FORMATS, "protocol_whitelist": "file"},
            metadata_errors="ignore",
        )
    except (av.FFmpegError, ValueError):
        raise UserError(NOT_SOUND) from None
    with container, (out_dir / RAW).open("wb") as raw:
        stream = _sound_track(container)
        if container.duration and container.duration / av.time_base > most:
            raise UserError(_too_long(container.duration / av.time_base, most))
        written = 0
        for chunk in _resampled(container, stream, sides=sides):
            raw.write(chunk)
            written += len(chunk) // (2 * sides)
            if written > most * RATE:
                raise UserError(_too_long(0, most))
    if written == 0:
        raise UserError(NOT_SOUND)
    return {"samples": written}


def _sound_track(container: Any) -> Any:
    """The stream to listen to; refuses a file without one that can be decoded."""
    stream = container.streams.best("audio")
    if stream is None:
        raise UserError(SILENT_VIDEO if container.streams.video else NOT_SOUND)
    if stream.codec_context is None or not stream.codec_context.sample_rate:
        raise UserError(PROTECTED if stream.codec_context is None else NOT_SOUND)
    return stream


def _resampled(container: Any, stream: Any, *, sides: int) -> Iterator[bytes]:
    """The decoded samples piece by piece; damaged packets are skipped, within reason."""
    import av

    layout = "stereo" if sides == 2 else "mono"
    resampler = av.AudioResampler(format="s16", layout=layout, rate=RATE)
    bad, good = 0, 0
    for packet in _packets(container, stream):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            bad += 1
            if good == 0 and bad > MOST_BAD_PACKETS:
                raise UserError(PROTECTED) from None
            continue
        good += len(frames)
        for frame in frames:
            frame.pts = None  # times in damaged files jump; samples are simply joined
            for piece in resampler.resample(frame):
                yield _bytes_of(piece, sides)
    for piece in resampler.resample(None) if good else ():
        yield _bytes_of(piece, sides)


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    """The packets of a stream, up to the place where a cut-off file ends."""
    import av

    try:
        yield from container.demux(stream)
    except (av.error.EOFError, av.InvalidDataError, OSError):
        return


def _bytes_of(frame: Any, sides: int) -> bytes:
    """The samples of an int16 frame, packed; its buffer is padded at the end."""
    return bytes(frame.planes[0])[: frame.samples * 2 * sides]


def _too_long(seconds: float, most: float) -> str:
    """The refusal of a recording over the limit, with its length when its header says it."""
    length = f"{round(seconds / 60)} minutes long" if seconds else "too long"
    return (
        f"This recording is {length} and I take up to {round(most / 60)} minutes: "
        "cut it into parts and send them one by one."
    )
