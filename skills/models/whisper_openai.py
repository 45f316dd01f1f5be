"""Whisper run by openai-whisper; `whisper_sources.py` loads it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from skills.models.stretches import LONGEST
from skills.models.whisper import Decoded, Word

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Sound = NDArray[numpy.float32]

log = logging.getLogger(__name__)

CPU_BATCH, GPU_BATCH = 4, 16


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
