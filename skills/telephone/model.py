"""The models that a call needs, loaded together; those of other skills are shared with them."""

from __future__ import annotations

from dataclasses import dataclass

from core.settings import Settings
from skills.models.lock import choose
from skills.models.minilm import MiniLM, load_minilm
from skills.models.sentiment_model import SentimentModel, load_sentiment
from skills.models.shared import shared
from skills.models.voices import VoiceEncoder, load_voice_encoder
from skills.models.whisper import Whisper, load_whisper
from skills.speech.diarizer import Diarizer


@dataclass(frozen=True, kw_only=True, slots=True)
class CallModel:
    """What hears words, voices, moods and of what is spoken."""

    whisper: Whisper
    voices: VoiceEncoder | None  # None where the diarizer tells voices apart
    diarizer: Diarizer | None
    sentiment: SentimentModel
    meaning: MiniLM


def load_call_model(settings: Settings, device: str) -> CallModel:
    """All of them on `device`; raises SetupError in one sentence."""
    choice = choose("transcribe", models=settings.models)
    diarizer = _load_diarizer(settings, device)
    return CallModel(
        whisper=shared(load_whisper, choice, device, settings.data_dir / "models"),
        voices=None if diarizer else load_voice_encoder(),
        diarizer=diarizer,
        sentiment=shared(load_sentiment, device),
        meaning=shared(load_minilm, device),
    )


def _load_diarizer(settings: Settings, device: str) -> Diarizer | None:
    """The hub's way of telling voices apart where MODELS asks for it."""
    choice = choose("call", models=settings.models)
    if choice.profile == "bundled":
        return None
    from skills.speech.diarizer_hub import load_hub

    return load_hub(choice, device=device)
