"""The hub profile of summaries, with tiny random models of the real architectures in folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.errors import SetupError
from skills.models.generator import Generator, load_generator
from skills.models.lock import Choice
from skills.skill import Input
from skills.summarize import skill
from skills.texts.digest import load_summarizer
from skills.texts.summary import Summary
from tests.skills.test_summarize import REPORT

TEMPLATE = "{% for m in messages %}<s> {{ m['content'] }} </s>{% endfor %}"


def save_tokenizer(folder: Path, *, chat: bool) -> int:
    """A word tokenizer that knows the report's words; the size of its vocabulary."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import PreTrainedTokenizerFast

    words = ["<pad>", "<s>", "</s>", "<unk>", *sorted({*REPORT.split()})]
    tokenizer = Tokenizer(WordLevel({word: place for place, word in enumerate(words)}, "<unk>"))
    tokenizer.pre_tokenizer = Whitespace()
    fast: Any = PreTrainedTokenizerFast
    made = fast(
        tokenizer_object=tokenizer, pad_token="<pad>", bos_token="<s>", eos_token="</s>",
        unk_token="<unk>", model_max_length=256,
    )  # fmt: skip
    made.chat_template = TEMPLATE if chat else None
    made.save_pretrained(folder)
    return len(words)


def save_model(folder: Path, kind: str) -> Path:
    """A model with random weights in the hub's format; Qwen2's in several shards."""
    from transformers import (
        BartConfig,
        BartForConditionalGeneration,
        LlamaConfig,
        LlamaForCausalLM,
        Qwen2Config,
        Qwen2ForCausalLM,
    )

    size = save_tokenizer(folder, chat=kind == "qwen2")
    known: dict[str, Any] = {"vocab_size": size, "pad_token_id": 0, "bos_token_id": 1}
    known |= {"eos_token_id": 2, "max_position_embeddings": 256}
    small: dict[str, Any] = {
        "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2,
        "num_attention_heads": 2, "num_key_value_heads": 2,
    }  # fmt: skip
    if kind == "bart":
        half: dict[str, Any] = {
            f"{side}_{what}": number
            for side in ("encoder", "decoder")
            for what, number in (("layers", 1), ("attention_heads", 2), ("ffn_dim", 32))
        }
        config = BartConfig(**known, d_model=16, **half, decoder_start_token_id=2)
        BartForConditionalGeneration(config).save_pretrained(folder)
    elif kind == "llama":
        LlamaForCausalLM(LlamaConfig(**known, **small)).save_pretrained(folder)
    else:
        model = Qwen2ForCausalLM(Qwen2Config(**known, **small))
        model.save_pretrained(folder, max_shard_size="6KB")
    return folder


@pytest.fixture(scope="module", params=["qwen2", "llama", "bart"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_model(tmp_path_factory.mktemp(request.param), request.param)


def load(folder: Path) -> Generator:
    return load_generator(Choice(profile="hub", source=str(folder)), device="cpu")


def test_a_model_of_each_architecture_writes_the_same_twice(folder: Path) -> None:
    writer = load(folder)

    assert writer.write(REPORT, count=2) == writer.write(REPORT, count=2)


def test_what_a_random_model_writes_never_reaches_anybody(folder: Path) -> None:
    model = load_summarizer("cpu", models=f"summarize={folder}")

    (result,) = skill.run(model, [Input(text=REPORT)])

    assert isinstance(result, Summary)
    assert result.points
    assert all(point.text in " ".join(REPORT.split()) for point in result.points)


def test_the_text_that_fits_leaves_room_for_the_answer(folder: Path) -> None:
    writer = load(folder)

    assert 0 < writer.room < writer.context


def test_a_model_in_several_files_is_loaded_whole(tmp_path: Path) -> None:
    folder = save_model(tmp_path, "qwen2")

    assert len(list(folder.glob("*.safetensors"))) > 1
    assert load(folder).write("The bridge will close.", count=1) is not None


def test_a_folder_without_a_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="Cannot load the summary model"):
        load(tmp_path)


def test_a_model_that_could_run_code_is_not_loaded(tmp_path: Path) -> None:
    folder = save_model(tmp_path, "llama")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")

    with pytest.raises(SetupError, match="Cannot load the summary model"):
        load(folder)
