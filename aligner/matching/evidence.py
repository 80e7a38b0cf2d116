"""What an alignment shows about two texts being translations of each other at all.

The posteriors of beads are conditional on the texts being translations; cosines and margins are not, so they tell. The
cosines are those of the embedded encoder; other encoders are calibrated to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.records import Bead, DoubleArray
from aligner.sections.thresholds import REGION, SURE_MARGIN

PAGE_FEATURES = ("cosine", "margin", "low margin", "sure share", "few")
BEAD_FEATURES = ("page", "cosine", "margin", "region cosine", "region margin")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Figures of the beads with two sides, in the order of the alignment."""

    cosines: DoubleArray
    margins: DoubleArray
    confidences: DoubleArray
    chars: DoubleArray
    """`(n,)` characters of the English side of each bead."""
    sure_share: float
    """Share of the text in sure beads, of the side that has the larger share."""

    def page_features(self) -> DoubleArray:
        """`(5,)`, see `PAGE_FEATURES`, from one bead or more."""
        weights = np.sqrt(self.chars)
        return np.array([
            np.average(self.cosines, weights=weights),
            np.average(self.margins, weights=weights),
            np.quantile(self.margins, 0.25),
            self.sure_share,
            1 / np.sqrt(len(self.cosines)),
        ])  # fmt: skip

    def bead_features(self, page: float) -> DoubleArray:
        """`(n, 5)`, see `BEAD_FEATURES`.

        :param page: log-odds that the page as a whole is a translation.
        """
        regions = [_smooth(values, self.chars) for values in (self.cosines, self.margins)]
        return np.stack([np.full(len(self.cosines), page), self.cosines, self.margins, *regions], axis=1)


def gather_evidence(beads: Sequence[Bead], en: Sequence[str], zh: Sequence[str]) -> Evidence:
    """Evidence of `beads`, which have two sides each.

    :param beads: those of the alignment that count as text of the release.
    :param en: all English sentences.
    :param zh: all Chinese sentences.
    """
    en_chars, zh_chars = ([len(text) for text in side] for side in (en, zh))
    return Evidence(
        np.array([bead.similarity for bead in beads], np.float64),
        np.array([bead.margin for bead in beads], np.float64),
        np.array([bead.confidence for bead in beads], np.float64),
        np.array([sum(en_chars[index] for index in bead.en) for bead in beads], np.float64),
        aligned_share(beads, en_chars, zh_chars),
    )


def aligned_share(beads: Sequence[Bead], en_chars: Sequence[int], zh_chars: Sequence[int]) -> float:
    """Share of the text that surely has a counterpart, 0..1: of the side that has the larger share.

    Each bead with two sides and a sure margin counts by its confidence. The larger share, because a text may leave out
    half of the other and all of it is a translation still.

    :param en_chars: characters of each English sentence.
    :param zh_chars: characters of each Chinese sentence.
    """
    en_found = zh_found = 0.0
    for bead in beads:
        if bead.en and bead.zh and bead.margin > SURE_MARGIN:
            en_found += bead.confidence * sum(en_chars[index] for index in bead.en)
            zh_found += bead.confidence * sum(zh_chars[index] for index in bead.zh)
    return max(en_found / max(1, sum(en_chars)), zh_found / max(1, sum(zh_chars)))


def _smooth(values: DoubleArray, weights: DoubleArray) -> DoubleArray:
    """Weighted mean of each value and its neighbours of its region."""
    kernel = np.ones(2 * REGION + 1)
    roots = np.sqrt(weights)
    total = np.convolve(values * roots, kernel, "full")[REGION : REGION + len(values)]
    mean: DoubleArray = total / np.convolve(roots, kernel, "full")[REGION : REGION + len(values)]
    return mean
