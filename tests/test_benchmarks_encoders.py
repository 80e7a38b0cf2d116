"""Benchmarks of speed and of other encoders: what is timed is what the product does, and what calibration does."""

from collections.abc import Sequence

import numpy as np
import pytest

from aligner.align.document import align_document
from aligner.encoders import load_encoder
from aligner.evaluation import GoldDocument
from aligner.lexicon import load_lexicon
from aligner.pipeline import align_lists
from aligner.records import Bead, FloatArray, Language
from benchmarks.calibration import CalibratedEncoder, MeanWindows, Spread, describe_spread, fit_calibration
from benchmarks.encoders import RememberingEncoder, sample_pairs
from benchmarks.peers import compare_speeds
from benchmarks.product import ClockedEncoder, prepare_sides, read_lines_as_product
from tests.alignment_grids import NumberEncoder, write_en, write_zh

EN = ["The ferry to Lamma was closed.", "Nobody was hurt,  the company said.", "It opens on 5 May."]
ZH = ["往南丫島的渡輪已經停航。", "公司表示，無人受傷。", "五月五日重開。"]


class NarrowEncoder(NumberEncoder):
    """All cosines between 0.75 and 1, as e5 has them: what all texts of a language share outweighs their meaning."""

    def encode(self, texts: Sequence[str]) -> FloatArray:
        shared = np.zeros((len(texts), self.dimension), np.float32)
        shared[np.arange(len(texts)), [int("词" in text) for text in texts]] = 0.5
        shared[:, 2] = 2.0
        vectors = super().encode(texts) + shared
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


NUMBERS = [[number, number + 100] for number in range(40)]
SAMPLE = [write_en(each) for each in NUMBERS], [write_zh(each) for each in NUMBERS]


# --- as the product does it -------------------------------------------------


def test_what_is_timed_is_what_the_product_does() -> None:
    """Regression: benchmarks aligned without the dictionary and with traditional characters, which the product maps."""
    encoder = ClockedEncoder(load_encoder())
    found = align_document(*prepare_sides(encoder, load_lexicon(), *read_lines_as_product(EN, ZH)))
    assert found == align_lists(EN, ZH).alignment
    assert encoder.seconds > 0


def test_lines_are_read_as_the_product_reads_them() -> None:
    en, zh = read_lines_as_product(EN, ZH)
    assert en[1] == "Nobody was hurt, the company said."
    assert zh[0] == "往南丫岛的渡轮已经停航。"
    assert read_lines_as_product([], []) == ([], [])


# --- ratios to Bertalign ----------------------------------------------------


def test_speeds_are_compared_within_a_set() -> None:
    def row(name: str, system: str, aligning: float, speed: float) -> dict[str, object]:
        return {"set": name, "system": system, "aligning, s": aligning, "sentences/s": speed, "peak_mb": 1.0}

    rows = [row("a", "aligner", 3, 100), row("a", "bertalign", 2, 50), row("a", "bertalign, text windows", 2, 10)]
    first, *_, last = compare_speeds([*rows, row("b", "aligner", 3, 100)])
    assert (first["aligning / kernel"], first["end to end ×"]) == (1.5, 10)
    assert (last["aligning / kernel"], last["end to end ×"]) == (None, None)
    assert list(first)[-1] == "peak_mb"


# --- calibration ------------------------------------------------------------


def test_the_narrow_encoder_is_narrow() -> None:
    cosines = NarrowEncoder().encode(SAMPLE[0]) @ NarrowEncoder().encode(SAMPLE[1]).T
    assert cosines.min() > 0.5


@pytest.mark.parametrize("centred", [False, True])
def test_calibrated_cosines_have_the_means_of_the_target(centred: bool) -> None:
    encoder, target = NarrowEncoder(), Spread(0.05, 0.1, 0.6, 0.1)
    calibrated = CalibratedEncoder(encoder, fit_calibration(encoder, SAMPLE, target, centred), mean_windows=True)
    found = describe_spread(calibrated.encode(SAMPLE[0]), calibrated.encode(SAMPLE[1]))
    assert found.random_mean == pytest.approx(0.05, abs=1e-4)
    assert found.true_mean == pytest.approx(0.6, abs=1e-4)


def test_without_a_target_and_centres_cosines_stay() -> None:
    encoder = NarrowEncoder()
    calibrated = CalibratedEncoder(encoder, fit_calibration(encoder, SAMPLE, None, centred=False), mean_windows=True)
    en, zh = (encoder.encode(texts) for texts in SAMPLE)
    np.testing.assert_allclose(
        calibrated.encode(SAMPLE[0]) @ calibrated.encode(SAMPLE[1]).T, en @ zh.T, rtol=0, atol=1e-5
    )


def test_empty_texts_stay_zero() -> None:
    encoder = NumberEncoder()
    calibrated = CalibratedEncoder(encoder, fit_calibration(encoder, SAMPLE, Spread(0, 1, 1, 1), True), True)
    assert not calibrated.encode(["none"]).any()
    assert calibrated.encode([]).shape == (0, calibrated.dimension)


def test_windows_are_calibrated_like_sentences() -> None:
    encoder = NarrowEncoder()
    calibrated = CalibratedEncoder(encoder, fit_calibration(encoder, SAMPLE, Spread(0, 1, 1, 1), True), True)
    windows = calibrated.sum_sentences(SAMPLE[0], Language.EN).vectors(3, 9, 2)
    np.testing.assert_allclose(windows[:, 0], calibrated.encode(SAMPLE[0][3:9]), atol=1e-5)


def test_mean_windows_by_hand() -> None:
    """Two sentences of two and six characters: the second counts three times as much."""
    texts = ["w1", "w2 w34"]
    vectors = NumberEncoder().encode(texts)
    made = MeanWindows(NumberEncoder(), texts, Language.EN).vectors(0, 2, 3)
    mean = (2 * vectors[0] + 6 * vectors[1]) / 8
    np.testing.assert_allclose(made[0, 1], mean / np.linalg.norm(mean), atol=1e-6)
    np.testing.assert_allclose(made[:, 0], vectors, atol=1e-6)
    assert not made[1, 1:].any(), "no window reaches beyond the last sentence"
    assert not made[:, 2].any()


def test_remembering_encoder_encodes_once() -> None:
    encoder = RememberingEncoder(NumberEncoder())
    first = encoder.encode(SAMPLE[0])
    seconds = encoder.seconds
    np.testing.assert_array_equal(encoder.encode(SAMPLE[0][::-1]), first[::-1])
    assert encoder.encode([]).shape == (0, NumberEncoder.dimension)
    assert encoder.seconds >= seconds
    encoder.forget()
    assert encoder.seconds == 0


def test_sample_takes_pairs_of_single_sentences() -> None:
    gold = (Bead((0,), (0,)), Bead((1, 2), (1,)), Bead((), (2,)), Bead((3,), (3,)))
    document = GoldDocument("001", tuple("abcd"), tuple("甲乙丙丁"), gold)
    assert sample_pairs([document], 9) == (["a", "d"], ["甲", "丁"])
    assert sample_pairs([document], 1) == (["a"], ["甲"])
