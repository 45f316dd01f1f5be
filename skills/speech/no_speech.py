"""What is said of a recording in which nobody speaks."""

from __future__ import annotations

from core.reply import Figure, Reply
from skills.speech.subtitles import clock

NO_SPEECH = "No speech found in this recording."


def no_speech(*, model: str, duration: float) -> Reply:
    """The whole answer; `model` listened to so many seconds."""
    return Reply(
        text=NO_SPEECH,
        figures=(Figure(label="Length", value=clock(duration)),),
        notes=(f"By {model}.",),
        audio_seconds=duration,
    )
