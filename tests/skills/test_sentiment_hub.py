"""Hub classifiers: any folder in the hub's format is a sentiment model if its labels say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

from core.errors import SetupError
from skills.models.lock import Choice
from skills.models.sentiment_hub import HubSentiment, load_hub, read_labels
from skills.models.sentiment_model import load_sentiment
from skills.sentiment import skill
from skills.skill import Input

WORDS = ["<s>", "<pad>", "</s>", "<unk>", "good", "bad", "plain"]


def save_tiny(folder: Path, *, labels: dict[int, str], shard: str = "5GB") -> Path:
    """A RoBERTa classifier with random weights and a word tokenizer, in the hub's format."""
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import PreTrainedTokenizerFast, RobertaConfig
    from transformers import RobertaForSequenceClassification as Classifier

    config = RobertaConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=34, pad_token_id=1, id2label=labels,
        label2id={name: number for number, name in labels.items()},
    )  # fmt: skip
    Classifier(config).save_pretrained(folder, max_shard_size=shard)
    tokenizer = Tokenizer(WordLevel({word: place for place, word in enumerate(WORDS)}, "<unk>"))
    tokenizer.pre_tokenizer = Whitespace()
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>").save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(
        tmp_path_factory.mktemp("hub"), labels={0: "negative", 1: "neutral", 2: "positive"}
    )


def load(folder: Path) -> HubSentiment:
    return load_hub(Choice(profile="hub", source=str(folder)), device="cpu")


def test_shares_add_up_to_one(folder: Path) -> None:
    shares = load(folder).score(["good", "bad bad bad", "plain"])

    assert [round(float(each), 4) for each in shares.sum(axis=1)] == [1.0, 1.0, 1.0]


def test_a_text_longer_than_the_model_reads_is_scored_too(folder: Path) -> None:
    assert load(folder).score(["good " * 300]).shape == (1, 3)


def test_shares_come_back_in_the_order_of_the_texts(folder: Path) -> None:
    model = load(folder)

    together = model.score(["good good good good", "bad"])

    assert abs(together[1] - model.score(["bad"])[0]).max() < 1e-5


def test_the_labels_order_is_read_from_the_model(tmp_path: Path) -> None:
    model = load(save_tiny(tmp_path, labels={0: "POS", 1: "NEG", 2: "NEU"}))

    assert model.places == (2, 0, 1)


def test_a_model_of_two_labels_never_says_neutral(tmp_path: Path) -> None:
    model = load(save_tiny(tmp_path, labels={0: "LABEL_0", 1: "LABEL_1"}))

    assert model.score(["good", "bad"])[:, 1].max() == 0


def test_sharded_safetensors_load(tmp_path: Path) -> None:
    save_tiny(tmp_path, labels={0: "negative", 1: "neutral", 2: "positive"}, shard="4KB")

    shards = list(tmp_path.glob("model-*.safetensors"))

    assert len(shards) > 1
    assert load(tmp_path).score(["good"]).shape == (1, 3)


def test_stars_count_to_the_nearest_label() -> None:
    stars = {number: f"{number + 1} stars" for number in range(1, 5)} | {0: "1 star"}

    assert read_labels(stars, source="stars") == (0, 0, 1, 2, 2)


def test_labels_that_say_nothing_are_one_sentence() -> None:
    with pytest.raises(SetupError, match="labels joy, anger: choose one"):
        read_labels({0: "joy", 1: "anger"}, source="emotions")


def test_a_folder_without_a_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="holds no text classification model"):
        load(tmp_path)


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    save_tiny(tmp_path, labels={0: "negative", 1: "neutral", 2: "positive"})
    torch.save(load_file(tmp_path / "model.safetensors"), tmp_path / "pytorch_model.bin")
    (tmp_path / "model.safetensors").unlink()

    with pytest.raises(SetupError, match="holds no text classification model"):
        load(tmp_path)


def test_the_setting_points_the_skill_at_a_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODELS", f"bundled,sentiment={folder}")

    (answer,) = skill.run(load_sentiment("cpu"), [Input(text="Das ist gut")])

    assert set(answer.scores) == {"positive", "neutral", "negative"}  # type: ignore[union-attr]
