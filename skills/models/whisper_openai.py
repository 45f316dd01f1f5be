"""Whisper by openai-whisper: its own names and files, transformers folders, the bundled model."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import SetupError
from skills.models.lock import Choice
from skills.models.snapshot import fetch_snapshot
from skills.models.stretches import LONGEST
from skills.models.whisper import BUNDLED, Decoded, Word
from skills.models.whisper_weights import (
    join_bundled,
    measure,
    read_ctranslate2,
    rename_transformers,
)

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Sound = NDArray[numpy.float32]

log = logging.getLogger(__name__)

CPU_BATCH, GPU_BATCH = 4, 16


def load_bundled(*, device: str, folder: Path) -> OpenAIWhisper:
    """The bundled base model, from the same joined and checked file that faster-whisper reads."""
    model = build_bundled(folder=folder)
    return OpenAIWhisper(model, device=device, label="Whisper base", english_only=True)


def build_bundled(*, folder: Path) -> Any:
    """OpenAI's own `Whisper` with the bundled weights, in 32-bit floats on the processor."""
    import torch

    dims, arrays, heads = read_ctranslate2(join_bundled(BUNDLED, folder=folder))
    state = {name: torch.from_numpy(array) for name, array in arrays.items()}
    return _build(dims, state, heads)


def load_named(name: str, *, device: str, folder: Path) -> OpenAIWhisper:
    """One of OpenAI's own models by name ("turbo"), downloaded into `folder` once."""
    import whisper

    if name not in whisper.available_models():
        raise SetupError(
            f"There is no Whisper model called “{name}”: "
            "name turbo, large-v3, base or another of OpenAI's, a folder, or a hub id."
        )
    try:
        model = whisper.load_model(name, device="cpu", download_root=str(folder))
    except (OSError, RuntimeError) as error:
        raise SetupError(
            f"Cannot download the speech model {name} into {folder}: "
            "check the network, or set MODELS=bundled."
        ) from error
    return OpenAIWhisper(model, device=device, label=f"Whisper {name}")


def load_file(source: Path, *, device: str) -> OpenAIWhisper:
    """A checkpoint file in OpenAI's format; read as plain tensors, never as code."""
    import pickle

    import whisper

    try:
        model = whisper.load_model(str(source), device="cpu")
    except (OSError, RuntimeError, LookupError, TypeError, pickle.UnpicklingError) as error:
        raise SetupError(f"{source} is not a Whisper model in OpenAI's format.") from error
    return OpenAIWhisper(model, device=device, label=source.stem)


def load_hub(choice: Choice, *, device: str) -> OpenAIWhisper:
    """A transformers Whisper (folder or hub id), its safetensors renamed into OpenAI's model."""
    from transformers import WhisperForConditionalGeneration

    place = fetch_snapshot(choice)
    try:
        found = WhisperForConditionalGeneration.from_pretrained(
            place, use_safetensors=True, local_files_only=True, trust_remote_code=False
        )
        state = rename_transformers(found.state_dict())
        heads = getattr(found.generation_config, "alignment_heads", None) or []
        dims = measure(state, heads=found.config.encoder_attention_heads)
        model = _build(dims, state, heads)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise SetupError(
            f"{choice.source} holds no Whisper model that I can load: it needs a config.json and "
            "model.safetensors of a Whisper from transformers, or CTranslate2's model.bin."
        ) from error
    return OpenAIWhisper(model, device=device, label=Path(choice.source).name)


def _build(dims: dict[str, int], state: dict[str, Any], heads: Sequence[Sequence[int]]) -> Any:
    """OpenAI's network with these weights; `heads` are those whose attention follows the sound."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    model = Whisper(ModelDimensions(**dims))
    model.load_state_dict({name: tensor.float() for name, tensor in state.items()})
    if heads:
        mask = torch.zeros(dims["n_text_layer"], dims["n_text_head"], dtype=torch.bool)
        for layer, head in heads:
            mask[layer, head] = True
        model.register_buffer("alignment_heads", mask.to_sparse(), persistent=False)
    return model


def _halved(model: Any) -> Any:
    """The big weights as 16-bit floats; norms and embeddings stay, as the network expects."""
    import torch

    for module in model.modules():
        if isinstance(module, torch.nn.Linear | torch.nn.Conv1d):
            module.half()
    return model


class OpenAIWhisper:
    """OpenAI's network; 16-bit floats on a GPU."""

    def __init__(self, model: Any, *, device: str, label: str, english_only: bool = False) -> None:
        self._half = device != "cpu"
        self._model = _halved(model).to(device).eval() if self._half else model.eval()
        self.label = label
        log.info("%s: openai-whisper", label)
        self.batch = GPU_BATCH if self._half else CPU_BATCH
        self.english_only = english_only or not model.is_multilingual
        self.longest = LONGEST
        self.temperatures = (0.2, 0.4, 0.6)

    def encode(self, windows: Sequence[Sound], *, at_least: int = 0) -> Any:
        """Log-mel features through the encoder, all windows at once; always 30 s each."""
        import torch
        from whisper.audio import N_SAMPLES, log_mel_spectrogram, pad_or_trim

        padded = [torch.from_numpy(pad_or_trim(window, N_SAMPLES)) for window in windows]
        mel = log_mel_spectrogram(
            torch.stack(padded), self._model.dims.n_mels, device=self._model.device
        )
        with torch.inference_mode():
            return self._model.encoder(mel.half() if self._half else mel)

    def languages(self, heard: Any) -> list[dict[str, float]]:
        """The probability of each language code, a window."""
        import torch
        from whisper.decoding import detect_language

        if not self._model.is_multilingual:
            return [{"en": 1.0}] * len(heard)
        with torch.inference_mode():
            _, found = detect_language(self._model, heard)
        return list(found)

    def decode(
        self, heard: Any, *, language: str, temperature: float | None = None
    ) -> list[Decoded]:
        """The words of each window: the likeliest next word each time, or a sample of it over 0.

        No beams: in batches this library has none, and alone they cost twice the time for the
        same words (docs/decisions/0003-choose-speech-backend.md).
        """
        import torch
        from whisper.decoding import DecodingOptions, DecodingTask

        options = DecodingOptions(
            language=language,
            temperature=temperature or 0.0,
            without_timestamps=True,
            fp16=self._half,
        )
        with torch.inference_mode():
            results = DecodingTask(self._model, options).run(heard)
        end = self._tokenizer(language).eot  # above it are times, which nobody asked for
        return [
            Decoded(
                tokens=tuple(token for token in result.tokens if token < end),
                text=result.text.strip(),
                mean_log_probability=result.avg_logprob,
                no_speech=result.no_speech_prob,
                ended=len(result.tokens) < self._model.dims.n_text_ctx // 2,
            )
            for result in results
        ]

    def align(
        self, heard: Any, decoded: Sequence[Decoded], *, language: str, seconds: Sequence[float]
    ) -> list[list[Word]]:
        """When each word was said, from the attention between text and sound."""
        import torch
        from whisper.timing import find_alignment

        model, tokenizer = self._model, self._tokenizer(language)
        words = []
        with torch.inference_mode(), _same_threads():
            for sound, each, length in zip(heard, decoded, seconds, strict=True):
                frames = max(2, round(length * 100))
                tokens = list(each.tokens)
                words.append(find_alignment(_Heard(model), tokenizer, tokens, sound, frames))
        return [
            [
                Word(
                    text=word.word,
                    start=float(word.start),
                    end=float(word.end),
                    probability=float(word.probability),
                )
                for word in found
            ]
            for found in words
        ]

    def _tokenizer(self, language: str) -> Any:
        from whisper.tokenizer import get_tokenizer

        return get_tokenizer(
            self._model.is_multilingual,
            num_languages=self._model.num_languages,
            language=language,
            task="transcribe",
        )


@contextmanager
def _same_threads() -> Iterator[None]:
    """Give torch its number of threads back: numba, inside `find_alignment`, sets its own.

    Without this every later step waits for a second thread (5 times slower on a busy machine).
    """
    import torch

    threads = torch.get_num_threads()
    try:
        yield
    finally:
        torch.set_num_threads(threads)


class _Heard:
    """The network as `find_alignment` calls it, for sound that went through the encoder already."""

    def __init__(self, model: Any) -> None:
        self.dims, self.decoder, self.device = model.dims, model.decoder, model.device
        self.alignment_heads = model.alignment_heads

    def __call__(self, heard: Any, tokens: Any) -> Any:
        return self.decoder(tokens, heard)
