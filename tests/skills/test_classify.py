"""/classify with the real bundled networks, and its words."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy
import pytest
from PIL import Image

from bench.quality_images import measure
from core.errors import SetupError, UserError
from skills.classify import Classification, Label, skill
from skills.decode.images import Picture, open_pictures
from skills.models.efficientnet import (
    EfficientNetPair,
    load_efficientnet,
    load_on_cpu,
    middle_square,
)
from skills.models.efficientnet_bytes import multiplies_bytes
from skills.models.efficientnet_torch import load_network
from skills.models.lock import locate
from skills.models.torch_file import read_tensors
from skills.skill import Input


@pytest.fixture(scope="module")
def model() -> EfficientNetPair:
    return load_efficientnet("cpu")


@pytest.fixture(scope="module")
def palace() -> Path:
    """A real photo that a package of ours brings: the Summer Palace in Beijing."""
    found = find_spec("sklearn")
    if found is None or not found.submodule_search_locations:
        pytest.skip("needs the photo in scikit-learn: pip install scikit-learn")
    return Path(next(iter(found.submodule_search_locations))) / "datasets/images/china.jpg"


def classification(*scores: float, moving: bool = False, same_name: bool = False) -> Classification:
    labels = [
        Label(
            label=f"n{index}",
            score=score,
            name="missile" if same_name else f"thing {index}",
            class_index=index,
        )
        for index, score in enumerate(scores)
    ]
    return Classification(
        label="n0", labels=labels, model="EfficientNet-Lite", classes=1000, moving=moving
    )


def test_a_photo_of_a_palace_is_a_palace(model: EfficientNetPair, palace: Path) -> None:
    [result] = skill.run(model, [Input(path=palace)])

    assert isinstance(result, Classification)
    assert result.label == "palace"
    assert result.labels[0].score > 0.7


def test_a_photo_on_its_side_is_turned_before_it_is_looked_at(
    model: EfficientNetPair, palace: Path, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # "turn me a quarter to the right"
    Image.open(palace).transpose(Image.Transpose.ROTATE_90).save(tmp_path / "a.jpg", exif=exif)

    [result] = skill.run(model, [Input(path=tmp_path / "a.jpg")])

    assert isinstance(result, Classification)
    assert result.label == "palace"


def test_five_guesses_are_given_best_first(model: EfficientNetPair, palace: Path) -> None:
    [result] = skill.run(model, [Input(path=palace)])

    assert isinstance(result, Classification)
    scores = [label.score for label in result.labels]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)


def test_answers_stay_in_order_around_a_refusal(
    model: EfficientNetPair, palace: Path, tmp_path: Path
) -> None:
    (tmp_path / "no.jpg").write_text("hello")
    batch = [
        Input(path=palace),
        Input(path=tmp_path / "no.jpg"),
        Input(text="hi"),
        Input(path=palace),
    ]

    answers = skill.run(model, batch)

    assert [type(each) for each in answers] == [
        Classification, UserError, UserError, Classification,
    ]  # fmt: skip


def test_an_answer_does_not_depend_on_its_batch(
    model: EfficientNetPair, palace: Path, tmp_path: Path
) -> None:
    Image.new("RGB", (300, 300), "red").save(tmp_path / "red.png")

    alone = skill.run(model, [Input(path=palace)])
    together = skill.run(model, [Input(path=tmp_path / "red.png"), Input(path=palace)])

    assert alone[0] == together[1]


def test_labels_are_those_of_the_data_set_and_names_are_plain(model: EfficientNetPair) -> None:
    assert (model.names[412].label, model.names[412].plain) == ("ashcan", "trash can")


def test_descriptions_are_not_names(model: EfficientNetPair) -> None:
    assert max(len(each.plain.split()) for each in model.names) <= 5


def test_a_sure_answer_names_one_thing() -> None:
    reply = skill.render(classification(0.93, 0.04))

    assert reply.text == "Most likely: thing 0 (93 % sure)."


def test_an_unsure_answer_says_so_and_names_candidates() -> None:
    reply = skill.render(classification(0.31, 0.2, 0.1, 0.05))

    assert reply.text == (
        "Not sure what this is. It could be thing 0 (31 %), thing 1 (20 %) or thing 2 (10 %)."
    )


def test_classes_that_people_call_the_same_are_one_guess() -> None:
    reply = skill.render(classification(0.4, 0.35, same_name=True))

    assert reply.text == "Most likely: missile (75 % sure)."


def test_nothing_is_a_hundred_percent_sure() -> None:
    assert skill.render(classification(0.9999)).points[0].text.endswith("99 %")


def test_the_small_print_says_what_the_model_knows() -> None:
    assert "1,000 kinds" in skill.render(classification(0.9)).notes[0]


def test_a_moving_picture_is_mentioned() -> None:
    assert "first frame" in skill.render(classification(0.9, moving=True)).notes[1]


def some_pixels(count: int = 1) -> numpy.ndarray:
    return numpy.random.default_rng(0).integers(0, 256, (count, 240, 240, 3), dtype=numpy.uint8)


@pytest.mark.parametrize("place", [0, 1], ids=["first", "second"])
def test_torch_computes_what_our_graph_of_floats_computes(place: int) -> None:
    tensors = read_tensors(list(locate("efficientnet-lite").values())[place])

    graph, network = load_on_cpu(tensors, bits=32), load_network(tensors, device="cpu")

    assert numpy.allclose(network(some_pixels()), graph(some_pixels()), atol=1e-3)


@pytest.mark.skipif(not multiplies_bytes(), reason="this processor adds no products of bytes")
@pytest.mark.parametrize("place", [0, 1], ids=["first", "second"])
def test_in_bytes_a_photo_has_the_same_class_and_nearly_the_same_logits(
    place: int, palace: Path
) -> None:
    tensors = read_tensors(list(locate("efficientnet-lite").values())[place])
    opened = open_pictures([palace], short_side=240)[0]
    assert isinstance(opened, Picture)
    pixels = middle_square(opened.pixels)[None]

    floats, whole = (load_on_cpu(tensors, bits=bits)(pixels)[0] for bits in (32, 8))

    assert floats.argmax() == whole.argmax()
    assert numpy.corrcoef(floats, whole)[0, 1] > 0.97


def test_the_network_compiles_as_one_piece_and_answers_for_each_picture() -> None:
    tensors = read_tensors(next(iter(locate("efficientnet-lite").values())))

    # Without the code generator, which takes minutes of processor: it is torch's own to test.
    compiled = load_network(tensors, device="cpu", compiler="aot_eager")

    plain = load_network(tensors, device="cpu")
    assert numpy.allclose(compiled(some_pixels(3)), plain(some_pixels(3)), atol=1e-3)


def test_our_reader_reads_what_torch_reads() -> None:
    torch = pytest.importorskip("torch")
    path = next(iter(locate("efficientnet-lite").values()))
    expected = torch.load(path, weights_only=True, map_location="cpu")

    tensors = read_tensors(path)

    assert tensors.keys() == expected.keys()
    assert all((tensors[name] == expected[name].numpy()).all() for name in expected)


def test_a_model_file_that_would_run_code_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pth").write_bytes(pickle.dumps(subprocess.run))

    with pytest.raises(SetupError, match=r"subprocess\.run"):
        read_tensors(tmp_path / "a.pth")


def test_the_middle_square_is_the_middle() -> None:
    pixels = numpy.arange(5)[None, :, None].repeat(3, axis=0)

    assert middle_square(pixels)[0, :, 0].tolist() == [1, 2, 3]


def test_importing_the_skill_imports_no_heavy_library() -> None:
    heavy = "{'numpy', 'PIL', 'torch', 'transformers', 'onnxruntime', 'onnx'}"
    code = f"import sys, skills.classify; print(sorted({heavy} & set(sys.modules)))"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )

    assert json.loads(done.stdout.replace("'", '"')) == []


@pytest.mark.gpu
def test_half_precision_on_a_gpu_gives_the_same_answer(palace: Path) -> None:
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("needs a GPU")

    [result] = skill.run(load_efficientnet("cuda"), [Input(path=palace)])

    assert isinstance(result, Classification)
    assert result.label == "palace"


def test_labelled_photos_are_mostly_right(shared_data: Path) -> None:
    assert measure(shared_data)["top1_by_name"] >= 0.82
