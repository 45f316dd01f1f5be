"""`ByteGraph`: EfficientNet-Lite in 8 bits, for processors that multiply bytes.

The family was made for it: what a layer passes on lies between 0 and 6, where a byte cuts off like
ReLU6 itself, or has the mean and spread that its normalization knows. So no sample pictures are
needed to find the ranges (Nagel et al. 2019, arXiv:1906.04721, section 4.2).
"""

from __future__ import annotations

import platform
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skills.models.efficientnet_graph import (
    EPSILON,
    HIGHEST,
    MICROSOFT,
    MIDDLE,
    REACH,
    Graph,
    Value,
    fold,
    how,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

BYTES = 255
LARGEST = 127
MOST_BIAS = 2**30  # half of what 32 bits hold: the rest is for the sum
# How many standard deviations a range holds: with fewer large numbers are cut off, with more small
# ones are lost. From 3 to 8 the answers hardly differ.
SPREADS = 4.0
PROCESSOR_FACTS = Path("/proc/cpuinfo")


class ByteGraph(Graph):
    """The same network; weights have a scale for each filter, values one for each layer."""

    def enter(self) -> Value:
        """The pixels as they are: that their middle is 127 costs no operation and no rounding."""
        channels = self.node("Transpose", "pixels", perm=[0, 3, 1, 2])
        return Value(name=channels, step=1 / REACH, zero=MIDDLE)

    def convolution(
        self, name: str, norm: str, value: Value, *, stride: int = 1, clip: bool = True
    ) -> Value:
        """A convolution and its normalization, between 0 and 6 if `clip`."""
        import numpy

        kernel, bias = fold(self.weights, name, norm)
        widest = abs(kernel).max(axis=(1, 2, 3))
        # Training has left some filters all but empty: their steps are as small as their bias lets.
        steps = numpy.maximum(widest / LARGEST, abs(bias) / (MOST_BIAS * value.step))
        out = _clipped() if clip else _reaching(*self._expect(norm))
        made = self.node(
            "QLinearConv",
            *self._operand(value),
            self.constant(numpy.round(kernel / steps[:, None, None, None]), "int8"),
            self.constant(steps),
            self.constant(numpy.zeros_like(steps), "int8"),
            *self._operand(out)[1:],
            self.constant(numpy.round(bias / (steps * value.step)), "int32"),
            **how(name, kernel, stride=stride),
        )
        return replace(out, name=made)

    def add(self, one: Value, other: Value) -> Value:
        """Both together; a sum of two things spreads as far as the two do."""
        assert one.mean is not None  # for mypy: only what was not clipped is added
        assert other.mean is not None
        assert one.spread is not None
        assert other.spread is not None
        out = _reaching(one.mean + other.mean, (one.spread**2 + other.spread**2) ** 0.5)
        inputs = [*self._operand(one), *self._operand(other), *self._operand(out)[1:]]
        return replace(out, name=self.node("QLinearAdd", *inputs, domain=MICROSOFT))

    def leave(self, value: Value) -> str:
        """A value as floats."""
        return self.node("DequantizeLinear", *self._operand(value))

    def _operand(self, value: Value) -> tuple[str, str, str]:
        """A value as every operation on bytes wants it: with its step and zero."""
        return value.name, self.constant(value.step), self.constant(value.zero, "uint8")

    def _expect(self, norm: str) -> tuple[NDArray[Any], NDArray[Any]]:
        """The mean and standard deviation of each channel after a normalization."""
        variance = self.weights[f"{norm}.running_var"]
        spread = abs(self.weights[f"{norm}.weight"]) * (variance / (variance + EPSILON)) ** 0.5
        return self.weights[f"{norm}.bias"], spread


def _clipped() -> Value:
    """A value between 0 and 6."""
    return Value(name="", step=HIGHEST / BYTES)


def _reaching(mean: NDArray[Any], spread: NDArray[Any]) -> Value:
    """A value that reaches as far as its widest channel."""
    low = min(0.0, float((mean - SPREADS * spread).min()))
    high = max(0.0, float((mean + SPREADS * spread).max()))
    step = (high - low) / BYTES
    return Value(name="", step=step, zero=round(-low / step), mean=mean, spread=spread)


def multiplies_bytes() -> bool:
    """Whether this processor adds up products of bytes exactly, as ONNX Runtime needs it.

    Older x86 processors cut such sums off at 16 bits, which spoils the answers (ONNX Runtime,
    "Quantize ONNX Models", on VPMADDUBSW); ARM never does.
    """
    if platform.machine().lower() in ("arm64", "aarch64"):
        return True
    try:
        return "_vnni" in PROCESSOR_FACTS.read_text()  # avx512_vnni, avx_vnni
    except OSError:  # not Linux: nothing is known
        return False
