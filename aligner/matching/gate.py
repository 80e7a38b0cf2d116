"""One gate for two texts: are they translations of each other? A probability for the page, and one for each bead.

Two logistic regressions, fitted by `python -m benchmarks gate` on generated translations and on pairs that are none.
The first looks at the page as a whole; below a floor the page is refused. The second takes its log-odds, and the bead
and its region, so that quotations on a page that is no translation keep what they deserve. No length is looked at, and
nothing is sampled: the evidence is the alignment of all the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.matching.evidence import Evidence, gather_evidence
from aligner.matching.weights import BEAD_BIAS, BEAD_WEIGHTS, PAGE_BIAS, PAGE_WEIGHTS
from aligner.records import AlignedPair, Bead, DoubleArray
from aligner.sections.thresholds import LEAST_PROBABILITY, STANDS_OUT


@dataclass(frozen=True, slots=True)
class Match:
    """What the gate says about two aligned texts."""

    probability: float
    """That the texts as a whole are translations of each other, 0..1."""
    beads: dict[Bead, float]
    """That each bead lies in a translation, 0..1."""

    @property
    def refused(self) -> bool:
        """Whether nothing of the page counts: improbable as a whole, and no bead stands out as a quotation does."""
        return self.probability < LEAST_PROBABILITY and not any(self.beads.values())

    @property
    def message(self) -> str:
        """One sentence for the user of a refused page."""
        return (
            "the English and the Chinese text do not look like translations of each other "
            f"(probability {self.probability:.1%}, needs {LEAST_PROBABILITY:.0%}; --assume-parallel overrules this)"
        )


def match_texts(aligned: AlignedPair, beads: Sequence[Bead], assume_parallel: bool = False) -> Match:
    """The gate's answer for two aligned texts.

    :param beads: the beads with two sides that belong to the release.
    :param assume_parallel: whether the user has said that they are translations.
    """
    if assume_parallel:
        return Match(1.0, dict.fromkeys(beads, 1.0))
    if not beads:
        return Match(0.0, {})
    evidence = gather_evidence(beads, *([sentence.text for sentence in side] for side in (aligned.en, aligned.zh)))
    page = page_log_odds(evidence)
    probability = float(_sigmoid(np.array([page]))[0])
    chances = _sigmoid(evidence.bead_features(page) @ np.array(BEAD_WEIGHTS) + BEAD_BIAS)
    if probability < LEAST_PROBABILITY:
        chances = np.where(chances >= STANDS_OUT, chances, 0.0)
    return Match(probability, dict(zip(beads, chances.tolist(), strict=True)))


def page_log_odds(evidence: Evidence) -> float:
    """Log-odds that the texts as a whole are translations, from one bead or more."""
    return float(evidence.page_features() @ np.array(PAGE_WEIGHTS) + PAGE_BIAS)


def _sigmoid(values: DoubleArray) -> DoubleArray:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), np.float64)
