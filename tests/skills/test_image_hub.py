"""Picture models of the hub profile: a tiny one of a real architecture, in the hub's own format."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy
import pytest

from core.errors import SetupError
from skills.classify import Classification, skill
from skills.models.image_classifier import load_image_classifier
from skills.models.image_hub import load_hub_model
from skills.models.lock import Choice
from skills.skill import Input

BLACK = numpy.zeros((40, 64, 3), numpy.uint8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vision transformer with random weights, saved in several safetensors files."""
    from transformers.models.vit.configuration_vit import ViTConfig
    from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil
    from transformers.models.vit.modeling_vit import ViTForImageClassification

    target = tmp_path_factory.mktemp("hub")
    config = ViTConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        image_size=32, patch_size=8, 
        id2label={0: "tabby, tabby cat", 1: "hot_dog", 2: "palace"},
    )  # fmt: skip
    ViTForImageClassification(config).save_pretrained(target, max_shard_size="20KB")
    ViTImageProcessorPil(size={"height": 32, "width": 32}).save_pretrained(target)
    return target


def test_a_model_in_several_files_classifies(folder: Path) -> None:
    model = load_hub_model(Choice(profile="hub", source=str(folder)), "cpu")

    shares = model.classify([BLACK, BLACK[:, :32]])

    assert len(list(folder.glob("*.safetensors"))) > 1
    assert shares.shape == (2, 3)
    assert numpy.allclose(shares.sum(axis=1), 1)


def test_the_whole_skill_runs_on_it(folder: Path, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (90, 60), "red").save(tmp_path / "a.png")
    model = load_image_classifier("cpu", models=f"bundled,classify={folder}")

    [result] = skill.run(model, [Input(path=tmp_path / "a.png")])

    assert isinstance(result, Classification)
    assert {each.name for each in result.labels} == {"tabby", "hot dog", "palace"}


def test_the_size_the_model_wants_is_read_from_its_processor(folder: Path) -> None:
    model = load_hub_model(Choice(profile="hub", source=str(folder)), "cpu")

    assert model.short_side == 32


def test_the_older_form_of_the_processor_file_is_read(folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    older = {
        "do_normalize": True, "do_resize": True, "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.5, 0.5, 0.5], "resample": 2, "size": 32,
        "feature_extractor_type": "ViTFeatureExtractor",
    }  # fmt: skip
    (tmp_path / "preprocessor_config.json").write_text(json.dumps(older))

    model = load_hub_model(Choice(profile="hub", source=str(tmp_path)), "cpu")

    assert model.short_side == 32


def test_a_folder_without_a_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="holds no image classification model"):
        load_hub_model(Choice(profile="hub", source=str(tmp_path)), "cpu")


def test_weights_that_could_run_code_are_not_read(folder: Path, tmp_path: Path) -> None:
    for name in ("config.json", "preprocessor_config.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "pytorch_model.bin").write_bytes(b"a pickle")

    with pytest.raises(SetupError, match="safetensors"):
        load_hub_model(Choice(profile="hub", source=str(tmp_path)), "cpu")


def test_a_hub_out_of_reach_is_one_sentence_at_once(tmp_path: Path) -> None:
    code = (
        "from skills.models.image_classifier import load_image_classifier\n"
        "load_image_classifier('cpu', models='hub')"
    )
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=30
    )

    assert "SetupError: The model google/vit-base-patch16-224 could not be fetched" in done.stderr
