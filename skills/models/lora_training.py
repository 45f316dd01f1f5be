"""Fine-tuning MiniLM for sentiment: LoRA adapters and a small head, learned from raters' shares.

Only training imports this file (it needs torch, transformers and peft); what it returns is plain
arrays that sentiment_head.py merges and runs without them.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skills.models.minilm import HIDDEN, load_tokenizer, read_minilm
from skills.models.sentiment_words import FEATURES

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

RANK = 16
ALPHA = 32
WIDTH = 64
LEARNING_RATE = 8e-4
BATCH = 32
MOST_TOKENS = 96
SEED = 20140601
LAYERS = ["query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense"]


Tensors = dict[str, "NDArray[Any]"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One training text: what is read of it, VADER's figures and the shares of its raters."""

    text: str
    features: Sequence[float]
    shares: Sequence[float]


def train(
    examples: Sequence[Example],
    *,
    epochs: int,
    say: Callable[[str], None],
) -> Tensors:
    """The adapters and the head after `epochs` passes, named as sentiment_head.py reads them."""
    import torch

    torch.manual_seed(SEED)
    encoder, head = _build()
    learned = [
        *(each for each in encoder.parameters() if each.requires_grad),
        *head.parameters(),
    ]
    optimizer = torch.optim.AdamW(learned, lr=LEARNING_RATE, weight_decay=0.01)
    steps = epochs * math.ceil(len(examples) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=LEARNING_RATE, total_steps=steps, pct_start=0.06
    )
    for epoch in range(epochs):
        started, losses = time.monotonic(), []
        for batch in _batches(examples, seed=SEED + epoch):
            loss = _loss(encoder, head, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]  # torch's own signature
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        spent = time.monotonic() - started
        say(f"epoch {epoch + 1} of {epochs}: loss {sum(losses) / len(losses):.4f}, {spent:.0f} s")
    return _collect(encoder, head)


def _build() -> tuple[Any, torch.nn.Module]:
    """MiniLM with untrained adapters, and the head: mean vector and VADER's figures to 3 logits."""
    import peft
    import torch
    from transformers.models.bert.configuration_bert import BertConfig
    from transformers.models.bert.modeling_bert import BertModel

    config, weights = read_minilm()
    model = BertModel(BertConfig(**config), add_pooling_layer=False)
    expected = model.state_dict()
    known = {name: torch.from_numpy(weights[name].copy()) for name in expected if name in weights}
    model.load_state_dict({**expected, **known})
    encoder = peft.get_peft_model(
        model,
        peft.LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=LAYERS),
    )
    head = torch.nn.Sequential(
        torch.nn.Dropout(0.2),
        torch.nn.Linear(HIDDEN + len(FEATURES), WIDTH),
        torch.nn.Tanh(),
        torch.nn.Linear(WIDTH, 3),
    )
    # No dropout inside MiniLM: the adapters are small, and it costs a quarter of the time.
    return encoder.eval(), head.train()


def _batches(
    examples: Sequence[Example], *, seed: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Shuffled batches of texts of about one length, so that little is padded."""
    import torch

    tokenizer = load_tokenizer()
    tokenizer.enable_truncation(MOST_TOKENS)
    ids = [each.ids for each in tokenizer.encode_batch([each.text for each in examples])]
    chance = torch.Generator().manual_seed(seed)
    noise = torch.rand(len(ids), generator=chance) * 4
    order = sorted(range(len(ids)), key=lambda place: len(ids[place]) + float(noise[place]))
    parts = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    for number in torch.randperm(len(parts), generator=chance).tolist():
        part = parts[number]
        longest = max(len(ids[place]) for place in part)
        tokens = torch.tensor([ids[place] + [0] * (longest - len(ids[place])) for place in part])
        yield (
            tokens,
            (tokens != 0).long(),
            torch.tensor([examples[place].features for place in part]),
            torch.tensor([examples[place].shares for place in part]),
        )


def _loss(encoder: Any, head: torch.nn.Module, batch: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Cross-entropy against the raters' shares."""
    import torch

    tokens, mask, features, shares = batch
    hidden = encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
    mean = (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
    logits = head(torch.cat([mean, features], dim=1))
    return torch.nn.functional.cross_entropy(logits, shares, label_smoothing=0.02)


def _collect(encoder: Any, head: torch.nn.Module) -> Tensors:
    """The trained tensors in half precision, adapters scaled: W + B·A is the merged layer."""
    found: Tensors = {}
    for name, value in encoder.state_dict().items():
        if ".lora_" in name:
            layer, _, side = name.removeprefix("base_model.model.").partition(".lora_")
            scaled = value * (ALPHA / RANK) if side.startswith("B") else value
            found[f"{layer}.lora_{side[0]}"] = scaled.detach().numpy().astype("float16")
    for number, place in (("1", 1), ("2", 3)):
        part: Any = head[place]  # type: ignore[index]  # a Sequential
        found[f"head.{number}.weight"] = part.weight.detach().numpy().astype("float16")
        found[f"head.{number}.bias"] = part.bias.detach().numpy().astype("float16")
    return found
