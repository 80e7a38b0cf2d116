"""Calibration of encoders: cosines of any of them are spread like those that the scorer knows."""

from collections.abc import Sequence

import numpy as np
import pytest
from alignment_grids import NumberEncoder

from aligner.encoders import load_encoder
from aligner.encoders.base import Encoder
from aligner.encoders.calibration import CalibratedEncoder
from aligner.records import FloatArray, Language
from aligner.text.characters import language_of

EN = [
    "The ferry to Lamma was closed on Friday.",
    "Profits rose by a fifth.",
    "She thanked the nurses.",
    "The law takes effect in May.",
]
ZH = ["开往南丫岛的渡轮周五停航。", "利润增长了两成。", "她向护士致谢。", "该法五月生效。"]


class NarrowEncoder:
    """The default encoder with all cosines between 0.7 and 1, as e5 has them: what the texts of a language share
    outweighs their meaning.
    """

    name = "narrow"

    def __init__(self) -> None:
        self._encoder: Encoder = load_encoder()
        self.dimension = self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> FloatArray:
        vectors = self._encoder.encode(texts)
        filled = vectors.any(axis=1)
        vectors[filled, 0] += 2.0
        vectors[filled, 1] += [0.5 * (language_of(text) is Language.ZH) for text in texts if text]
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)


def spread(encoder: Encoder) -> tuple[float, float]:
    """Mean cosine of translations, and of other pairs."""
    cosines = encoder.encode(EN) @ encoder.encode(ZH).T
    true = np.eye(len(EN), dtype=bool)
    return float(cosines[true].mean()), float(cosines[~true].mean())


@pytest.fixture(scope="module")
def calibrated() -> CalibratedEncoder:
    return CalibratedEncoder(NarrowEncoder())


def test_the_narrow_encoder_is_narrow() -> None:
    assert min(spread(NarrowEncoder())) > 0.7


def test_calibrated_cosines_are_those_of_the_default_encoder(calibrated: CalibratedEncoder) -> None:
    true, other = spread(calibrated)
    expected, _ = spread(load_encoder())
    assert true == pytest.approx(expected, abs=0.1)
    assert other == pytest.approx(0, abs=0.15)


def test_vectors_are_equally_long_and_empty_texts_stay_zero(calibrated: CalibratedEncoder) -> None:
    vectors = calibrated.encode([*EN, *ZH, ""])
    norms = np.linalg.norm(vectors, axis=1)
    assert norms[:-1] == pytest.approx(np.full(len(EN) + len(ZH), norms[0]), abs=1e-5)
    assert not vectors[-1].any()
    assert vectors.dtype == np.float32
    assert calibrated.encode([]).shape == (0, calibrated.dimension)


def test_an_encoder_that_knows_nothing_of_a_language_is_not_blown_up() -> None:
    vectors = CalibratedEncoder(NumberEncoder()).encode([*EN, "w12", "词12"])
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1).max() < 3
