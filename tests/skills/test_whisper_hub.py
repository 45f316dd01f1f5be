"""The hub profile's speech models: tiny random ones in every format that may be named."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy
import pytest

from core.errors import SetupError
from skills.models.lock import choose
from skills.models.whisper import Whisper, load_whisper
from skills.models.whisper_weights import join_bundled, measure, rename_transformers

# openai-whisper reads its own word list and leaves the file open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*tiktoken:ResourceWarning")

SOUND = numpy.random.default_rng(0).normal(0, 0.1, 16_000).astype(numpy.float32)


@pytest.fixture(scope="module")
def tiny() -> Any:
    """A random Whisper of transformers."""
    import torch
    from transformers import WhisperConfig, WhisperForConditionalGeneration

    torch.manual_seed(0)
    config = WhisperConfig(
        d_model=64,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=256,
        decoder_ffn_dim=256,
        vocab_size=51_865,
    )
    return WhisperForConditionalGeneration(config).eval()


def load(source: object, folder: Path, *, device: str = "cpu") -> Whisper:
    choice = choose("transcribe", models=f"hub,transcribe={source}")
    return load_whisper(choice, device=device, folder=folder)


def refusal(source: object, folder: Path) -> str:
    with pytest.raises(SetupError) as refused:
        load(source, folder)
    return str(refused.value)


@pytest.mark.parametrize("shard", ["1GB", "3MB"], ids=["one file", "sharded"])
def test_a_transformers_folder_hears_what_transformers_hears(
    shard: str, tiny: Any, tmp_path: Path
) -> None:
    import torch
    from whisper.audio import log_mel_spectrogram, pad_or_trim

    tiny.save_pretrained(tmp_path / "tiny", max_shard_size=shard)
    with torch.no_grad():
        mel = log_mel_spectrogram(pad_or_trim(SOUND))[None]
        expected = tiny.model.encoder(mel).last_hidden_state

    heard = load(tmp_path / "tiny", tmp_path).encode([SOUND])

    assert (heard - expected).abs().max() < 1e-4


def test_a_transformers_folder_writes_and_times_words(tiny: Any, tmp_path: Path) -> None:
    tiny.save_pretrained(tmp_path / "tiny")
    model = load(tmp_path / "tiny", tmp_path)
    heard = model.encode([SOUND, SOUND])

    decoded = model.decode(heard, language="en", temperature=0.2)
    words = model.align(heard, decoded, language="en", seconds=[1.0, 1.0])

    assert (len(decoded), len(words), bool(decoded[0].tokens)) == (2, 2, True)


def test_a_checkpoint_file_of_openai_is_loaded(tiny: Any, tmp_path: Path) -> None:
    import torch

    state = rename_transformers(tiny.state_dict())
    checkpoint = {"dims": measure(state, heads=2), "model_state_dict": state}
    torch.save(checkpoint, tmp_path / "tiny.pt")

    assert load(tmp_path / "tiny.pt", tmp_path).label == "tiny"


def test_a_ctranslate2_folder_is_loaded_and_what_runs_it_stands_in_the_log_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    joined = join_bundled("whisper-base", folder=tmp_path)

    assert load(joined, tmp_path).label == "whisper-base"
    assert "whisper-base: faster-whisper, int8" in caplog.text


@pytest.mark.filterwarnings("ignore::UserWarning")  # torch on a pickle that it then refuses
def test_a_checkpoint_that_holds_code_is_not_run(tmp_path: Path) -> None:
    evil = tmp_path / "evil.pt"
    evil.write_bytes(pickle.dumps(print))

    assert refusal(evil, tmp_path) == f"{evil} is not a Whisper model in OpenAI's format."


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    assert f"{tmp_path} holds no Whisper model that I can load" in refusal(tmp_path, tmp_path)


def test_an_unknown_name_is_named(tmp_path: Path) -> None:
    assert "There is no Whisper model called “gigantic”" in refusal("gigantic", tmp_path)


def test_a_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "none.pt"

    assert refusal(missing, tmp_path) == f"MODELS names {missing}, which does not exist."


def test_a_gpu_runs_it_in_half_precision(tiny: Any, tmp_path: Path) -> None:
    import torch

    if not torch.cuda.is_available():
        pytest.skip("needs a GPU")
    tiny.save_pretrained(tmp_path / "tiny")

    assert load(tmp_path / "tiny", tmp_path, device="cuda").encode([SOUND]).dtype == torch.float16
