"""An encoder: token ids in, one mean vector a text out, by the fastest means the device has.

A CPU runs the graph of bert_graph.py on ONNX Runtime, one batch for each length that occurs, so
that nothing is padded; CUDA runs transformers' BertModel in half precision, padded and masked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from skills.models.bert_graph import build_graph

if TYPE_CHECKING:
    from numpy.typing import NDArray

Weights = Mapping[str, "NDArray[Any]"]
MOST_TOKENS_A_BATCH = 2048
MOST_TOKENS_A_BATCH_CUDA = 32768


class Encoder(Protocol):
    """What both kinds do."""

    def pool(self, ids: Sequence[Sequence[int]]) -> NDArray[Any]:
        """The mean of the last hidden states of each text, float32 (texts, hidden), in order."""


def load_encoder(
    weights: Weights, config: Mapping[str, Any], *, device: str, bits: int = 8
) -> Encoder:
    """The encoder of these tensors on `device`; `bits` (8 or 32) matter on a CPU only."""
    if device.startswith("cuda"):
        return load_torch_encoder(weights, config, device=device)
    return _load_graph(weights, config, bits=bits)


def _load_graph(weights: Weights, config: Mapping[str, Any], *, bits: int) -> Encoder:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Spinning threads take the cores from the other processes of a shared machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    graph = build_graph(weights, config, bits=bits)
    providers = ["CPUExecutionProvider"]
    session = onnxruntime.InferenceSession(graph, sess_options=options, providers=providers)
    return _OnnxEncoder(session=session)


def load_torch_encoder(weights: Weights, config: Mapping[str, Any], *, device: str) -> Encoder:
    """The same encoder by the library that knows GPUs."""
    import torch
    from transformers.models.bert.configuration_bert import BertConfig
    from transformers.models.bert.modeling_bert import BertModel

    model: Any = BertModel(BertConfig(**config), add_pooling_layer=False)
    tensors = {name: torch.from_numpy(value) for name, value in weights.items()}
    expected = model.state_dict()
    model.load_state_dict({name: tensors.get(name, expected[name]) for name in expected})
    precision = torch.float16 if device.startswith("cuda") else torch.float32
    return _TorchEncoder(model=model.to(device=device, dtype=precision).eval(), device=device)


@dataclass(frozen=True, kw_only=True, slots=True)
class _OnnxEncoder:
    session: Any

    def pool(self, ids: Sequence[Sequence[int]]) -> NDArray[Any]:
        import numpy

        lengths: dict[int, list[int]] = defaultdict(list)
        for place, each in enumerate(ids):
            lengths[len(each)].append(place)
        pooled: list[Any] = [None] * len(ids)
        for length, places in lengths.items():
            for part in _chunks(places, size=max(1, MOST_TOKENS_A_BATCH // length)):
                batch = numpy.array([ids[place] for place in part], dtype=numpy.int64)
                rows = self.session.run(["pooled"], {"ids": batch})[0]
                for place, row in zip(part, rows, strict=True):
                    pooled[place] = row
        return numpy.stack(pooled)


@dataclass(frozen=True, kw_only=True, slots=True)
class _TorchEncoder:
    model: Any
    device: str

    def pool(self, ids: Sequence[Sequence[int]]) -> NDArray[Any]:
        import numpy

        order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        pooled: list[Any] = [None] * len(ids)
        longest = max(len(each) for each in ids)
        for part in _chunks(order, size=max(1, MOST_TOKENS_A_BATCH_CUDA // longest)):
            rows = self._forward([ids[place] for place in part])
            for place, row in zip(part, rows, strict=True):
                pooled[place] = row
        return numpy.stack(pooled)

    def _forward(self, ids: Sequence[Sequence[int]]) -> NDArray[Any]:
        """One padded batch."""
        import torch

        longest = max(len(each) for each in ids)
        tokens = torch.zeros(len(ids), longest, dtype=torch.long)
        mask = torch.zeros(len(ids), longest, dtype=torch.long)
        for row, each in enumerate(ids):
            tokens[row, : len(each)] = torch.tensor(each)
            mask[row, : len(each)] = 1
        with torch.inference_mode():
            tokens, mask = tokens.to(self.device), mask.to(self.device)
            hidden = self.model(input_ids=tokens, attention_mask=mask).last_hidden_state.float()
            total = (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        result: NDArray[Any] = total.cpu().numpy()
        return result


def _chunks(places: Sequence[int], *, size: int) -> list[Sequence[int]]:
    return [places[start : start + size] for start in range(0, len(places), size)]
