"""An encoder: token ids in, one mean vector a text out, by the fastest means the device has.

A CPU runs CTranslate2 in 8-bit integers, a thread a core, each with its own texts (decision 8);
CUDA runs transformers' BertModel in half precision, padded and masked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from skills.models.bert_file import build_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

Weights = Mapping[str, "NDArray[Any]"]
# A core gets hardly faster beyond the first; below the second a call costs more than its tokens;
# padding up to the third costs less than a further call would.
MOST_TOKENS_A_BATCH, LEAST_TOKENS_A_BATCH, MOST_PADDING = 512, 64, 16
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
    return load_encoders_on_cpu(weights, config, bits=(bits,))[0]


def load_encoders_on_cpu(
    weights: Weights, config: Mapping[str, Any], *, bits: Sequence[int]
) -> list[Encoder]:
    """The same encoder in several precisions (8 or 32 bits)."""
    import ctranslate2

    files = build_files(weights, config)
    cores = len(os.sched_getaffinity(0))
    workers = ThreadPoolExecutor(cores, thread_name_prefix="encode")
    kinds = {8: "int8", 32: "float32"}
    return [
        _CpuEncoder(
            model=ctranslate2.Encoder(
                "bert",  # a name: the files are given
                files=files,
                compute_type=kinds[each],
                # Threads that share one text wait for each other wherever a core is busy elsewhere.
                inter_threads=cores,
                intra_threads=1,
            ),
            hidden=config["hidden_size"],
            cores=cores,
            workers=workers,
        )
        for each in bits
    ]


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
class _CpuEncoder:
    model: Any
    hidden: int
    cores: int
    workers: Executor

    def pool(self, ids: Sequence[Sequence[int]]) -> NDArray[Any]:
        import numpy

        if not ids:  # CTranslate2 ends the process on an empty batch
            return numpy.empty((0, self.hidden), dtype=numpy.float32)
        lengths = [len(each) for each in ids]
        order = sorted(range(len(ids)), key=lambda place: lengths[place])
        share = max(LEAST_TOKENS_A_BATCH, sum(lengths) // self.cores)
        parts = list(_parts(order, lengths, most=min(share, MOST_TOKENS_A_BATCH)))
        rows = self.workers.map(lambda part: self._forward([ids[each] for each in part]), parts)
        pooled: list[Any] = [None] * len(ids)
        for part, found in zip(parts, rows, strict=True):
            for place, row in zip(part, found, strict=True):
                pooled[place] = row
        return numpy.stack(pooled)

    def _forward(self, ids: Sequence[Sequence[int]]) -> list[NDArray[Any]]:
        """One batch on one core; what pads it is masked."""
        import numpy

        tokens = [list(each) for each in ids]
        kinds = [[0] * len(each) for each in ids]
        answer = self.model.forward_batch(tokens, token_type_ids=kinds)
        hidden = numpy.array(answer.last_hidden_state)
        return [row[: len(each)].mean(axis=0) for row, each in zip(hidden, ids, strict=True)]


def _parts(order: Sequence[int], lengths: Sequence[int], *, most: int) -> Iterator[list[int]]:
    """Runs of places of nearly equal lengths, with up to `most` tokens; `order` is by length."""
    part: list[int] = []
    tokens = 0
    for place in order:
        length = lengths[place]
        padded = length * (len(part) + 1)
        if part and (padded > most or padded - tokens - length > MOST_PADDING):
            yield part
            part, tokens = [], 0
        part.append(place)
        tokens += length
    yield part


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
