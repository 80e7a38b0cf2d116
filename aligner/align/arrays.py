"""Operations on flat arrays whose elements belong to sentences."""

import numpy as np
from numpy.typing import NDArray

from aligner.records import DoubleArray, FloatArray, IntArray


def cumulate(values: NDArray[np.generic]) -> DoubleArray:
    """`(n + 1,)` sum of the values before each of n elements, and of all of them."""
    return np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])


def segment_maximum(values: FloatArray, owner: IntArray, count: int) -> FloatArray:
    """`(k, count)`: highest of the values `(k, s)` of each owner; 0 where it has none.

    :param owner: `(s,)` the owner of each value, from 0; those from `count` on are ignored.
    """
    order = np.argsort(owner, kind="stable")
    counts = np.bincount(owner, minlength=count)[:count]
    starts = np.cumsum(counts) - counts
    best = np.full((len(values), count), np.nan, np.float32)
    filled = counts > 0
    best[:, filled] = np.fmax.reduceat(values[:, order], starts[filled], axis=1)[:, : filled.sum()]
    return np.nan_to_num(best)
