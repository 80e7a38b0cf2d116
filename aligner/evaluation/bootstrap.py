"""Ratios from counts, and how sure they are: the percentile bootstrap over documents."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from aligner.evaluation.counts import DocumentCounts, Measure
from aligner.records import IntArray

RatioArray: TypeAlias = NDArray[np.float64]

_RESAMPLES = 1000
_SEED = 20241128
# Weights of so many documents are drawn at a time: 8 MB, however many documents there are.
_WEIGHTS_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure lies in 95 of 100 samples of as many documents."""

    low: float
    high: float


def divide(counts: IntArray) -> RatioArray:
    """Precision, recall and F1.

    `counts`: `(…, 4)`, right and all of the predicted, right and all of the gold. Returns `(…, 3)` float64.
    """
    precision = _safe_ratio(counts[..., 0], counts[..., 1])
    recall = _safe_ratio(counts[..., 2], counts[..., 3])
    return np.stack([precision, recall, _safe_ratio(2 * precision * recall, precision + recall)], axis=-1)


def _safe_ratio(part: NDArray[Any], whole: NDArray[Any]) -> RatioArray:
    result: RatioArray = np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole != 0)
    return result


def resample(documents: list[DocumentCounts]) -> dict[str, Interval]:
    """95 % percentile bootstrap intervals of each F1 (Efron and Tibshirani 1993, chapter 13), over documents.

    A resample draws as many documents with replacement; only how often each was drawn matters, so that all figures
    of all resamples are one product of drawn weights and the documents' counts.
    """
    if len(documents) < 2:
        return {}
    counts = np.stack([document.counts for document in documents])  # (documents, measures, 4)
    generator = np.random.default_rng(_SEED)
    chances = np.full(len(documents), 1 / len(documents))
    f1 = []
    at_once = max(1, _WEIGHTS_AT_ONCE // len(documents))
    for start in range(0, _RESAMPLES, at_once):
        size = min(at_once, _RESAMPLES - start)
        weights = generator.multinomial(len(documents), chances, size=size)  # (resamples, documents)
        f1.append(divide(np.tensordot(weights, counts, axes=1))[..., 2])  # (resamples, measures)
    low, high = np.percentile(np.concatenate(f1), [2.5, 97.5], axis=0)
    names = {"f1_strict": Measure.STRICT, "f1_lax": Measure.LAX, "f1_unaligned": Measure.UNALIGNED}
    if all(document.has_segments for document in documents):
        names |= {"merged_f1_strict": Measure.MERGED_STRICT, "merged_f1_lax": Measure.MERGED_LAX}
    return {name: Interval(float(low[measure]), float(high[measure])) for name, measure in names.items()}
