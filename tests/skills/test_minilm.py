"""MiniLM: the bundled sentence encoder gives the vectors that its authors' library gives."""

from __future__ import annotations

import subprocess
import sys

import numpy
import pytest

from skills.models.encoder import load_encoder, load_torch_encoder
from skills.models.minilm import MiniLM, load_minilm, load_tokenizer, read_minilm

TEXTS = [
    "The parcel never arrived.",
    "My package was not delivered.",
    "Photosynthesis turns light into sugar.",
    "ok",
    "A much longer sentence, with commas, so that it does not share its length with the others.",
]


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return load_minilm("cpu")


def test_vectors_have_length_one(model: MiniLM) -> None:
    lengths = numpy.linalg.norm(model.embed(TEXTS), axis=1)

    assert numpy.allclose(lengths, 1, atol=1e-5)


def test_vectors_are_small_floats_of_384_numbers(model: MiniLM) -> None:
    vectors = model.embed(TEXTS)

    assert (vectors.shape, vectors.dtype.name) == ((5, 384), "float32")


def test_no_texts_give_no_vectors(model: MiniLM) -> None:
    assert model.embed([]).shape == (0, 384)


def test_an_empty_text_has_a_vector_too(model: MiniLM) -> None:
    assert numpy.isfinite(model.embed([""])).all()


def test_like_meanings_are_close(model: MiniLM) -> None:
    parcel, package, plant, *_ = model.embed(TEXTS)

    assert parcel @ package > parcel @ plant + 0.4


def test_a_text_has_the_same_vector_in_any_company(model: MiniLM) -> None:
    together = model.embed(TEXTS * 3)[3]

    assert together @ model.embed([TEXTS[3]])[0] > 0.9999


def test_the_encoder_on_a_cpu_agrees_with_the_library() -> None:
    config, weights = read_minilm()
    library = MiniLM(
        encoder=load_torch_encoder(weights, config, device="cpu"), tokenizer=load_tokenizer()
    )
    ours = MiniLM(
        encoder=load_encoder(weights, config, device="cpu", bits=32), tokenizer=load_tokenizer()
    )

    assert (library.embed(TEXTS) * ours.embed(TEXTS)).sum(axis=1).min() > 0.9999


def test_eight_bits_change_little(model: MiniLM) -> None:
    config, weights = read_minilm()
    exact = MiniLM(
        encoder=load_encoder(weights, config, device="cpu", bits=32), tokenizer=load_tokenizer()
    )

    assert (model.embed(TEXTS) * exact.embed(TEXTS)).sum(axis=1).min() > 0.98


def test_a_text_past_256_tokens_is_cut(model: MiniLM) -> None:
    cut, longer = model.embed(["parcel " * 300, "parcel " * 3000])

    assert cut @ longer > 0.9999


def test_tokens_are_counted_past_the_cut(model: MiniLM) -> None:
    assert model.count_tokens("parcel " * 3000) == 3000


def test_a_cpu_needs_neither_torch_nor_transformers() -> None:
    program = (
        "import sys; from skills.models.minilm import load_minilm; load_minilm('cpu'); "
        "sys.exit(sum(name in sys.modules for name in ('torch', 'transformers')))"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_an_encoder_given_nothing_answers_nothing(model: MiniLM) -> None:
    assert model.encoder.pool([]).shape == (0, 384)
