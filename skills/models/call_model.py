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


@dataclass(frozen=True, kw_only=True, slots=True)
class CallModel:
    """What hears words, voices and moods, and finds what means the same."""

    whisper: Whisper
    voices: VoiceEncoder
    sentiment: SentimentModel
    meanings: MiniLM


def load_call_model(settings: Settings, device: str) -> CallModel:
    """All of them on `device`; raises SetupError in one sentence."""
    choice = choose("transcribe", models=settings.models)
    return CallModel(
        whisper=shared(load_whisper, choice, device, settings.data_dir / "models"),
        voices=load_voice_encoder(),
        sentiment=shared(load_sentiment, device),
        meanings=shared(load_minilm, device),
    )
