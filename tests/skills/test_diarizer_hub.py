"""Pipelines of the hub profile: a tiny one of the library's own classes, in the hub's own format.

`make setup` installs of pyannote.audio only a recording (samples.txt): these tests need the extra
`pyannote` as well, and say so where they are skipped.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy
import pytest

from core.errors import SetupError
from skills.models.lock import Choice
from skills.speech.diarizer import Diarized
from skills.speech.diarizer_hub import HubDiarizer, load_hub
from tests.skills import sounds

os.environ["PYANNOTE_METRICS_ENABLED"] = "false"
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    try:
        import pyannote.audio as library
    except (ImportError, OSError) as missing:
        pytest.skip(
            f"needs pip install 'readymade[pyannote]' ({type(missing).__name__})",
            allow_module_level=True,
        )

CONFIG = """
dependencies:
  pyannote.audio: 4.0.0
pipeline:
  name: pyannote.audio.pipelines.SpeakerDiarization
  params:
    clustering: VBxClustering
    segmentation: $model/segmentation
    segmentation_batch_size: 32
    embedding: $model/embedding
    embedding_batch_size: 32
    embedding_exclude_overlap: true
    plda: $model/plda
params:
  clustering: {threshold: 0.6, Fa: 0.07, Fb: 0.8}
  segmentation: {min_duration_off: 0.0}
"""
WIDTH, NARROW = 16, 8
FILE = "pytorch_model.bin"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline with random weights and the parts of community-1."""
    import torch

    target = tmp_path_factory.mktemp("hub")
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        save_segmentation(target / "segmentation")
        save_embedding(target / "embedding")
    save_plda(target / "plda")
    (target / "config.yaml").write_text(CONFIG)
    return target


def save_segmentation(place: Path) -> None:
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from pyannote.audio.models.segmentation import PyanNet

    network = PyanNet(lstm={"hidden_size": 8, "num_layers": 1}, linear={"hidden_size": 8})
    network.specifications = Specifications(
        problem=Problem.MONO_LABEL_CLASSIFICATION,
        resolution=Resolution.FRAME,
        duration=10.0,
        classes=["speaker#1", "speaker#2", "speaker#3"],
        powerset_max_classes=2,
        permutation_invariant=True,
    )
    save(network, place)


def save_embedding(place: Path) -> None:
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from pyannote.audio.models.embedding import XVectorSincNet

    network = XVectorSincNet(dimension=WIDTH)
    network.specifications = Specifications(
        problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=3.0
    )
    save(network, place)


def save(network: Any, place: Path) -> None:
    """As the library's own trainer saves it."""
    from lightning.pytorch import Trainer

    place.mkdir()
    network.build()
    trainer = Trainer(accelerator="cpu", logger=False, enable_checkpointing=False)
    trainer.strategy.connect(network)
    trainer.save_checkpoint(place / FILE)


def save_plda(place: Path) -> None:
    place.mkdir()
    random = numpy.random.default_rng(0)
    numpy.savez(
        place / "xvec_transform.npz",
        mean1=numpy.zeros(WIDTH),
        mean2=numpy.zeros(NARROW),
        lda=random.normal(size=(WIDTH, NARROW)),
    )
    numpy.savez(
        place / "plda.npz",
        mu=numpy.zeros(NARROW),
        tr=numpy.eye(NARROW),
        psi=numpy.linspace(2, 1, NARROW),
    )


@pytest.fixture(scope="module")
def diarizer(folder: Path) -> HubDiarizer:
    return load(folder)


@pytest.fixture(scope="module")
def found(diarizer: HubDiarizer) -> Diarized:
    return diarize(diarizer)


def load(folder: Path) -> HubDiarizer:
    return load_hub(Choice(profile="hub", source=str(folder)), device="cpu")


def refusal(folder: Path) -> str:
    with pytest.raises(SetupError) as refused:
        load(folder)
    return str(refused.value)


def changed(folder: Path, to: Path, *, old: str, new: str) -> Path:
    """The pipeline with another line in its config.yaml."""
    copytree(folder, to)
    assert old in CONFIG
    (to / "config.yaml").write_text(CONFIG.replace(old, new))
    return to


def diarize(diarizer: HubDiarizer, *, count: int = 0) -> Diarized:
    sound = sounds.noise(25).astype(numpy.float32) / 32768
    return diarizer.diarize(sound, count=count, progress=lambda _stage, _fraction: None)


def test_the_library_is_the_one_that_is_pinned() -> None:
    pins = Path(__file__).parents[2].joinpath("pyproject.toml").read_text()

    assert f"pyannote.audio=={library.__version__}" in pins


def test_a_pipeline_in_a_folder_finds_turns(found: Diarized) -> None:
    assert found.turns
    assert all(0 <= turn.start < turn.end <= 25.1 for turn in found.turns)


def test_of_the_turns_for_words_no_two_overlap(found: Diarized) -> None:
    ends = [turn.end for turn in found.alone]

    assert all(turn.start >= end for turn, end in zip(found.alone[1:], ends, strict=False))


def test_the_same_sound_has_the_same_turns(diarizer: HubDiarizer, found: Diarized) -> None:
    assert diarize(diarizer) == found


def test_it_is_asked_for_a_number_of_speakers(diarizer: HubDiarizer) -> None:
    assert max(turn.speaker for turn in diarize(diarizer, count=1).turns) == 0


def test_its_steps_are_the_ones_that_progress_knows(diarizer: HubDiarizer) -> None:
    told: list[float] = []

    diarizer.diarize(
        sounds.noise(25).astype(numpy.float32) / 32768,
        count=0,
        progress=lambda _, fraction: told.append(fraction),
    )

    assert told == sorted(told)
    assert {0.0, 0.3, 1.0} < set(told)


def test_the_small_print_names_folder_and_library(diarizer: HubDiarizer, folder: Path) -> None:
    assert diarizer.name == f"{folder.name} (pyannote.audio)"


def test_nothing_is_told_about_its_use(diarizer: HubDiarizer) -> None:
    from pyannote.audio.telemetry.metrics import is_metrics_enabled

    assert not is_metrics_enabled()


def test_silence_has_no_speaker(tmp_path: Path, folder: Path) -> None:
    diarizer = load(folder)
    diarizer.pipeline._segmentation.model.classifier.bias.data[0] = 1e3  # certainly nobody

    assert diarize(diarizer).turns == ()


class Evil:
    """A pickle that makes a folder when it is read."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.target),)


@pytest.mark.parametrize("part", ["segmentation", "embedding"])
def test_weights_that_hold_code_are_not_run(part: str, folder: Path, tmp_path: Path) -> None:
    import torch

    copytree(folder, tmp_path / "evil")
    torch.save({"pyannote.audio": Evil(tmp_path / "run")}, tmp_path / "evil" / part / FILE)

    assert f"{part}/{FILE} holds more than weights and could run code" in refusal(tmp_path / "evil")
    assert not (tmp_path / "run").exists()


def test_even_the_library_reads_numbers_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    copytree(folder, tmp_path / "evil")
    torch.save({"pyannote.audio": Evil(tmp_path / "run")}, tmp_path / "evil" / "embedding" / FILE)
    monkeypatch.setattr("skills.speech.pyannote_folder._check_weights", lambda *_, **__: None)

    assert "holds no diarization pipeline that can be read (UnpicklingError)" in refusal(
        tmp_path / "evil"
    )
    assert not (tmp_path / "run").exists()


def test_a_network_of_another_library_is_refused(folder: Path, tmp_path: Path) -> None:
    import torch

    copytree(folder, tmp_path / "other")
    held = {"pyannote.audio": {"architecture": {"module": "torch.hub", "class": "load"}}}
    torch.save(held, tmp_path / "other" / "embedding" / FILE)

    assert "embedding is no network of pyannote.audio" in refusal(tmp_path / "other")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pyannote.audio.pipelines.SpeakerDiarization", "os.system", "is no speaker diarization"),
        ("params:\n  clustering", "preprocessors: {a: {name: os.system}}\nparams:\n  clustering",
         "is no speaker diarization pipeline"),
        ("$model/segmentation", "pyannote/segmentation-3.0", "takes its parts from elsewhere"),
        ("$model/embedding", "$model/../../embedding", "takes its parts from elsewhere"),
        ("    plda: $model/plda\n", "", "takes its parts from elsewhere"),
        ("$model/plda", "$model/plda@main", "takes its parts from elsewhere"),
        ("VBxClustering", "KMeansClustering", "holds no diarization pipeline that can be read"),
    ],
)  # fmt: skip
def test_a_pipeline_of_another_kind_is_one_sentence(
    old: str, new: str, said: str, folder: Path, tmp_path: Path
) -> None:
    assert said in refusal(changed(folder, tmp_path / "other", old=old, new=new))


def test_a_folder_without_a_pipeline_is_one_sentence(tmp_path: Path) -> None:
    assert "holds no diarization pipeline that can be read (FileNotFound" in refusal(tmp_path)
