"""Voice prints: 256 numbers that say who speaks in a second and a half of speech.

Resemblyzer's network (three LSTM layers trained with the GE2E loss, Wan et al. 2018,
arXiv:1710.10467), computed with numpy. What it hears are powers in 40 mel bands, not their
logarithms, of sound at a mean of -30 dB below full scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from skills.models.lock import locate

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float32]

RATE = 16_000
STEP, FRAME, BANDS = 160, 400, 40  # samples between two frames, samples in one; mel bands
SPAN = 160 * STEP  # samples that one print is of: 1.6 s
LAYERS, WIDTH = 3, 256
TARGET = 10 ** (-30 / 20)  # root mean square of the sound, 1 is full scale
BATCH = 256


@dataclass(frozen=True)
class VoiceEncoder:
    """The network; `weights` by PyTorch's names."""

    weights: Mapping[str, NDArray[Any]]

    def prints(self, samples: NDArray[Any], starts: Sequence[int]) -> Floats:
        """One print of length 1 for the SPAN samples from each of `starts`: (starts, 256).

        `samples` are int16 at 16 kHz; what lies beyond them is silence.
        """
        import numpy

        made = [numpy.zeros((0, WIDTH), dtype=numpy.float32)]
        bands = self._bands_of(_level(samples)) if len(starts) else made[0]
        for first in range(0, len(starts), BATCH):
            spans = [_span(bands, start // STEP) for start in starts[first : first + BATCH]]
            made.append(self._forward(numpy.stack(spans, axis=1)))
        return numpy.concatenate(made)

    @cached_property
    def _filters(self) -> Floats:
        return mel_filters()

    def _bands_of(self, sound: Floats) -> Floats:
        """The power in each mel band, a frame every STEP samples: (frames, 40)."""
        import numpy

        window = numpy.hanning(FRAME + 1)[:-1].astype(numpy.float32)
        padded = numpy.pad(sound, FRAME // 2)
        made = []
        for first in range(0, len(sound) + 1, 1_000 * STEP):  # ten seconds at a time: memory
            piece = padded[first : first + 999 * STEP + FRAME]
            if len(piece) < FRAME:
                break
            frames = numpy.lib.stride_tricks.sliding_window_view(piece, FRAME)[::STEP]
            power = numpy.abs(numpy.fft.rfft(frames * window, axis=1)) ** 2
            made.append((power @ self._filters.T).astype(numpy.float32))
        return numpy.concatenate(made)

    def _forward(self, inputs: Floats) -> Floats:
        """The prints of (frames, spans, bands)."""
        import numpy

        for layer in range(LAYERS):
            inputs = self._lstm(layer, inputs)
        last = inputs[-1] @ self.weights["linear.weight"].T + self.weights["linear.bias"]
        prints = numpy.maximum(last, 0)
        length = numpy.linalg.norm(prints, axis=1, keepdims=True)
        made: Floats = prints / numpy.maximum(length, 1e-6)
        return made

    def _lstm(self, layer: int, inputs: Floats) -> Floats:
        """One layer over all frames; the gates in PyTorch's order: input, forget, cell, output."""
        import numpy

        from_input = self.weights[f"lstm.weight_ih_l{layer}"].T
        from_state = numpy.ascontiguousarray(self.weights[f"lstm.weight_hh_l{layer}"].T)
        bias = self.weights[f"lstm.bias_ih_l{layer}"] + self.weights[f"lstm.bias_hh_l{layer}"]
        state = cell = numpy.zeros((inputs.shape[1], WIDTH), dtype=numpy.float32)
        outputs = numpy.empty((*inputs.shape[:2], WIDTH), dtype=numpy.float32)
        for number, frame in enumerate(inputs):
            gates = frame @ from_input + bias + state @ from_state
            enter, keep, new, leave = numpy.split(gates, 4, axis=1)
            cell = _sigmoid(keep) * cell + _sigmoid(enter) * numpy.tanh(new)
            state = _sigmoid(leave) * numpy.tanh(cell)
            outputs[number] = state
        return outputs


def load_voice_encoder() -> VoiceEncoder:
    """The network of the lock file; raises SetupError when it is missing or another."""
    from skills.models.torch_file import read_tensors

    (path,) = locate("voice-prints").values()
    return VoiceEncoder(read_tensors(path, within="model_state"))


def mel_filters() -> Floats:
    """Slaney's mel bands up to 8 kHz, each of area 1, as librosa makes them: (40, 201)."""
    import numpy

    highest = _mel_of(RATE / 2)
    edges = numpy.array([_hertz_of(each) for each in numpy.linspace(0, highest, BANDS + 2)])
    bins = numpy.linspace(0, RATE / 2, FRAME // 2 + 1)
    below, middle, above = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising, falling = (bins - below) / (middle - below), (above - bins) / (above - middle)
    bands: Any = numpy.maximum(0, numpy.minimum(rising, falling)) * 2 / (above - below)
    filters: Floats = bands.astype(numpy.float32)
    return filters


# Linear up to 1,000 Hz (15 mel), then 27 mel for each factor of 6.4 (Slaney's Auditory Toolbox).
def _mel_of(hertz: float) -> float:
    import math

    return hertz * 3 / 200 if hertz < 1_000 else 15 + 27 * math.log(hertz / 1_000, 6.4)


def _hertz_of(mel: float) -> float:
    return float(mel * 200 / 3 if mel < 15 else 1_000 * 6.4 ** ((mel - 15) / 27))


def _level(samples: NDArray[Any]) -> Floats:
    """The samples as floats, made louder where they are quieter than the network is used to."""
    import numpy

    sound: Any = samples.astype(numpy.float32) / 32768
    loudness = float(numpy.sqrt(numpy.mean(sound**2))) if len(sound) else 0.0
    louder: Floats = sound * numpy.float32(max(1.0, TARGET / max(loudness, 1e-6)))
    return louder


def _span(bands: Floats, first: int) -> Floats:
    """The frames of one print, with silence after the end."""
    import numpy

    frames = bands[first : first + SPAN // STEP]
    return numpy.pad(frames, ((0, SPAN // STEP - len(frames)), (0, 0)))


def _sigmoid(values: Floats) -> Floats:
    import numpy

    half: Any = numpy.tanh(values / 2) / 2  # the same as 1 / (1 + exp(-x)), and never overflows
    made: Floats = half + numpy.float32(0.5)
    return made
