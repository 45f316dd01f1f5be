"""Whisper by faster-whisper (CTranslate2): int8 on a CPU, float16 on a GPU, windows in batches."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import SetupError
from skills.models.stretches import LONGEST
from skills.models.whisper import BUNDLED, RATE, Decoded, Word
from skills.models.whisper_weights import join_bundled

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Sound = NDArray[numpy.float32]

log = logging.getLogger(__name__)

CPU_BATCH, GPU_BATCH = 8, 16
BEAMS = 5
SAMPLES = 5
SHORTER = 15 * RATE  # attention costs the square of a window's length
FRAMES = 100  # log-mel features for a second of sound
WHOLE = 30 * FRAMES
# A window that is not filled up to 30 s needs silence at its end: with less the model, which was
# trained on 30 s, repeats itself. Measured in docs/decisions/0003-choose-speech-backend.md.
TAIL = 3 * FRAMES
STEP = FRAMES // 2
QUIET = FRAMES  # what of the encoded silence is repeated: 2 s, for two features make one of these
# So many words and syllables nobody says, in the languages that this is measured for.
TOKENS_A_SECOND, LEAST_TOKENS = 12, 12
MOST_TOKENS = 224  # OpenAI's own limit


def load_bundled(*, device: str, folder: Path) -> FasterWhisper:
    """The bundled base model, joined from its packages on first use."""
    joined = join_bundled(BUNDLED, folder=folder)
    return FasterWhisper(
        joined, device=device, label="Whisper base", english_only=True, short=device == "cpu"
    )


def load_folder(source: Path, *, device: str) -> FasterWhisper:
    """A CTranslate2 folder of the administrator's."""
    return FasterWhisper(source, device=device, label=source.name, english_only=False)


class FasterWhisper:
    """A CTranslate2 model with its tokenizer; `short` lets it hear less than 30 s at once."""

    def __init__(
        self, source: Path, *, device: str, label: str, english_only: bool, short: bool = False
    ) -> None:
        import numpy
        from faster_whisper import WhisperModel

        kind, _, index = device.partition(":")
        self._short, self._on_gpu = short, kind != "cpu"
        try:
            self._model = WhisperModel(
                str(source),
                device=kind,
                device_index=int(index or 0),
                compute_type="int8" if kind == "cpu" else "float16",
                local_files_only=True,
            )
            self.encode([numpy.zeros(RATE, dtype=numpy.float32)])  # warm; fails now or never
        except (RuntimeError, ValueError, OSError) as error:
            raise SetupError(f"Cannot load the speech model in {source}: {error}.") from error
        self.label = label
        log.info("%s: faster-whisper, %s", label, self._model.model.compute_type)
        self.batch = CPU_BATCH if kind == "cpu" else GPU_BATCH
        self.english_only = english_only or not self._model.model.is_multilingual
        self.longest = SHORTER if short else LONGEST
        self.temperatures = (0.0, 0.2, 0.4, 0.6)

    def encode(self, windows: Sequence[Sound], *, at_least: int = 0) -> Any:
        """Log-mel features through the encoder, as one batch of equally long windows."""
        import numpy
        from faster_whisper.audio import pad_or_trim

        extract = self._model.feature_extractor
        padded = []
        for window in windows:
            features = extract(window)[..., :-1]
            room = -(-(features.shape[-1] + TAIL) // STEP) * STEP
            frames = min(WHOLE, max(room, at_least * FRAMES)) if self._short else WHOLE
            padded.append(pad_or_trim(features, frames)[numpy.newaxis])
        if self._on_gpu:
            return self._model.encode(numpy.concatenate(padded))
        return _join([self._model.encode(each) for each in padded])

    def languages(self, heard: Any) -> list[dict[str, float]]:
        """The probability of each language code, a window."""
        if not self._model.model.is_multilingual:
            return [{"en": 1.0}] * heard.shape[0]
        return [
            {token.strip("<|>"): probability for token, probability in found}
            for found in self._model.model.detect_language(heard)
        ]

    def decode(
        self, heard: Any, *, language: str, temperature: float | None = None
    ) -> list[Decoded]:
        """The words of each window: greedily, at 0 by beam search, over 0 the best of samples."""
        from faster_whisper.transcribe import get_suppressed_tokens

        tokenizer = self._tokenizer(language)
        prompt = self._model.get_prompt(tokenizer, [], without_timestamps=True)
        most = min(MOST_TOKENS, LEAST_TOKENS + TOKENS_A_SECOND * heard.shape[1] * 2 // FRAMES)
        search = {"beam_size": 1 if temperature is None else BEAMS}
        if temperature:
            search = {"beam_size": 1, "num_hypotheses": SAMPLES, "sampling_topk": 0}
        results = self._model.model.generate(
            heard,
            [prompt] * heard.shape[0],
            max_length=2 * most,  # CTranslate2 writes half of it
            suppress_tokens=list(get_suppressed_tokens(tokenizer, [-1])),
            return_scores=True,
            return_no_speech_prob=True,
            sampling_temperature=temperature or 1.0,
            **search,
        )
        return [_decoded(result, tokenizer, most=most) for result in results]

    def align(
        self, heard: Any, decoded: Sequence[Decoded], *, language: str, seconds: Sequence[float]
    ) -> list[list[Word]]:
        """When each word was said, from the attention between text and sound."""
        found = self._model.find_alignment(
            self._tokenizer(language),
            [list(each.tokens) for each in decoded],
            heard,
            [max(2, round(length * self._model.frames_per_second)) for length in seconds],
        )
        return [
            [
                Word(
                    text=word["word"],
                    start=float(word["start"]),
                    end=float(word["end"]),
                    probability=float(word["probability"]),
                )
                for word in words
            ]
            for words in found
        ]

    def _tokenizer(self, language: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer

        multilingual = self._model.model.is_multilingual
        return Tokenizer(
            self._model.hf_tokenizer, multilingual, task="transcribe", language=language
        )


def _join(heard: Sequence[Any]) -> Any:
    """Windows encoded one by one as one batch; the silence that ends a shorter one is repeated.

    On a processor a batch is slower to encode than its windows are: its attention outgrows what the
    allocator keeps, and the kernel hands out and clears every page anew.
    """
    import numpy
    from ctranslate2 import StorageView

    arrays = [numpy.asarray(each) for each in heard]
    longest = max(each.shape[1] for each in arrays)
    filled = [
        each[:, _repeat_end(each.shape[1], longest)] if each.shape[1] < longest else each
        for each in arrays
    ]
    return StorageView.from_array(numpy.concatenate(filled))


def _repeat_end(length: int, wanted: int) -> NDArray[numpy.int64]:
    """Places 0..length, and then those of the silent end over and over, until there are enough."""
    import numpy

    places = numpy.arange(wanted)
    return numpy.where(places < length, places, length - QUIET + (places - length) % QUIET)


def _decoded(result: Any, tokenizer: Any, *, most: int) -> Decoded:
    """The best hypothesis without its special tokens."""
    tokens = tuple(token for token in result.sequences_ids[0] if token < tokenizer.eot)
    length = len(result.sequences_ids[0])
    return Decoded(
        tokens=tokens,
        text=tokenizer.decode(list(tokens)).strip(),
        mean_log_probability=result.scores[0] * length / (length + 1),
        no_speech=result.no_speech_prob,
        ended=length < most,
    )
