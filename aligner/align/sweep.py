"""Sums over all paths through a grid, for scores of every bead type at every state: posteriors of the coarse scorer.

The same posteriors as those of `lattice.Lattice`, for millions of candidates: whole layers of states at a time,
over all chunks of a stretch at once. Forward-backward over segments: Sarawagi and Cohen 2004, "Semi-Markov Conditional
Random Fields for Information Extraction", NIPS, section 3.
"""

import numpy as np

from aligner.align.grid import BEAD_TYPES, ZH_NULL, Grid
from aligner.records import DoubleArray, FloatArray, IntArray

_BARRIER = -1e6
"""Log weight of a step from one line of states into the next, which no path may take."""
_UNREACHABLE = -1e300
"""Stands for the log of zero where a difference with it must stay defined."""


def log_posteriors(grid: Grid, scores: FloatArray) -> tuple[DoubleArray, DoubleArray]:
    """Log probability of each candidate under all paths of its chunk, and the log of the sum over all paths.

    :param scores: `(len(BEAD_TYPES), s)` log weight of the bead of each type that leaves each state.
    :return: `(len(BEAD_TYPES), s)`, `-inf` where a bead leads out of the band, and `(chunks,)`.
    """
    targets = np.stack([grid.shift(en, zh)[:-1] for en, zh in BEAD_TYPES])
    inside = np.where(targets < len(grid), scores, -np.inf).astype(np.float64)
    forward = _sum_forward(grid, inside)
    backward = _sum_backward(grid, inside, targets)
    totals = forward[grid.ends]
    through = inside + backward[targets]
    through += forward[:-1] - totals[grid.chunk]
    return through, totals


def _sum_forward(grid: Grid, scores: DoubleArray) -> DoubleArray:
    """Log of the summed weights of all paths from the start of the chunk to each state, `(s + 1,)`."""
    sources = np.stack([grid.shift(-en, -zh)[:-1] for en, zh in BEAD_TYPES])
    padded = np.concatenate([scores, np.full((len(BEAD_TYPES), 1), -np.inf)], axis=1)
    incoming = np.take_along_axis(padded, sources, axis=1)
    # Within a layer only a Chinese null bead leads from one state to the next.
    step = np.where(sources[ZH_NULL] < len(grid), incoming[ZH_NULL], _BARRIER)
    reached = np.full(len(grid) + 1, -np.inf)
    for layer, (first, last) in enumerate(zip(grid.layers[:-1], grid.layers[1:], strict=True)):
        here = slice(first, last)
        if layer:
            entering = _log_sum(reached[sources[1:, here]] + incoming[1:, here])
        else:
            entering = np.full(last - first, -np.inf)
            entering[grid.starts - first] = 0
        reached[here] = _sum_along_layer(entering, step[here])
    return reached


def _sum_backward(grid: Grid, scores: DoubleArray, targets: IntArray) -> DoubleArray:
    """Log of the summed weights of all paths from each state to the end of its chunk, `(s + 1,)`."""
    step = np.where(targets[ZH_NULL] < len(grid), scores[ZH_NULL], _BARRIER)
    reached = np.full(len(grid) + 1, -np.inf)
    reached[grid.ends] = 0
    for first, last in zip(grid.layers[-2::-1], grid.layers[:0:-1], strict=True):
        here = slice(first, last)
        leaving = np.logaddexp(reached[here], _log_sum(reached[targets[1:, here]] + scores[1:, here]))
        reached[here] = _sum_along_layer(leaving[::-1], step[here][::-1])[::-1]
    return reached


def _log_sum(weights: DoubleArray) -> DoubleArray:
    """Log of the sum of the exponentials along the first axis."""
    highest = np.maximum(weights.max(axis=0), _UNREACHABLE)
    weights -= highest
    np.exp(weights, out=weights)
    with np.errstate(divide="ignore"):
        return np.asarray(highest + np.log(weights.sum(axis=0)), np.float64)


def _sum_along_layer(entering: DoubleArray, step: DoubleArray) -> DoubleArray:
    """Adds to each state the paths that come along the layer: a cumulative log sum with steps between.

    :param entering: `(w,)` paths that enter at each state from elsewhere.
    :param step: `(w,)` log weight of the step into each state from the one before it.
    """
    behind = np.cumsum(step)
    return np.asarray(behind + np.logaddexp.accumulate(entering - behind), np.float64)
