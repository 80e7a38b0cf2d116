"""The score of a bead: a bias for its shape and a weighted sum of its features, learned as a semi-Markov CRF."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from aligner.align.features import (
    ALONE_NAMES,
    CHEAP,
    DEAR,
    ONE_SIDED_NAMES,
    Beads,
    Evidence,
    list_names,
    measure_one_sided,
    measure_two_sided,
)
from aligner.align.grid import ONE_SIDED, SHAPES
from aligner.records import FloatArray, IntArray
from aligner.runtime.resources import read_resource

KINDS = ("0-1", "1-0", "1-1", "1-n", "m-1", "m-n")
"""Kinds of beads that have weights of their own."""
FEATURES = list_names(CHEAP + DEAR) + ONE_SIDED_NAMES
"""Of the final scorer, in the order of `features.measure_some`."""
DRAFT_FEATURES = list_names(CHEAP) + ALONE_NAMES
"""Of the draft, in the order of `features.measure_draft`."""


def _kind_of(en_size: int, zh_size: int) -> int:
    if min(en_size, zh_size) == 0:
        return en_size
    if min(en_size, zh_size) > 1:
        return KINDS.index("m-n")
    return KINDS.index("1-1") + (zh_size > 1) + 2 * (en_size > 1)


KIND_OF_SHAPE = np.array([_kind_of(*shape) for shape in SHAPES])
"""`(shapes,)` index into `KINDS`."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Learned weights for f features."""

    bias: FloatArray
    """`(shapes,)`"""
    weights: FloatArray
    """`(kinds, f)`"""

    def score(self, features: FloatArray, shapes: IntArray) -> FloatArray:
        """Log weight of each candidate, `(c,)`; higher is better.

        :param features: `(c, f)`; `shapes`: `(c,)` indices into `SHAPES`.
        """
        by_kind = features @ self.weights.T
        return np.asarray(self.bias[shapes] + by_kind[np.arange(len(shapes)), KIND_OF_SHAPE[shapes]], np.float32)

    def score_all(self, evidence: Evidence) -> FloatArray:
        """Log weight of every shape at every state by the draft's features, `(len(SHAPES), s)`.

        The same as `score` of features that are measured for candidates, without holding them all in memory.
        """
        grid = evidence.grid
        scores = np.repeat(self.bias[:, None], len(grid), axis=1)
        weights = self.weights[KIND_OF_SHAPE[ONE_SIDED:]]
        measured = measure_two_sided(CHEAP, evidence, Beads.all(grid))
        for feature, values in enumerate(measured):
            scores[ONE_SIDED:] += weights[:, feature, None] * values
        alone = len(DRAFT_FEATURES) - len(ALONE_NAMES)
        for shape, place, features in zip((1, 0), (grid.row, grid.column), measure_one_sided(evidence), strict=True):
            by_sentence = features[:, : len(ALONE_NAMES)] @ self.weights[KIND_OF_SHAPE[shape], alone:]
            scores[shape] += np.append(by_sentence, 0)[place]
        return scores


@dataclass(frozen=True, slots=True)
class ScorerPair:
    """A draft that prunes on features that are looked up, and the final scorer of what it leaves."""

    draft: Scorer
    final: Scorer
    signature: str
    """Names these weights in every result."""


def load_scorers(name: str = "scorer.json") -> ScorerPair:
    """The scorers in `models/NAME`.

    :raises ValueError: where they were trained for other features than this version's.
    """
    text = read_resource(name)
    data = json.loads(text)
    pair = [_parse_scorer(data[part], names) for part, names in (("draft", DRAFT_FEATURES), ("final", FEATURES))]
    return ScorerPair(pair[0], pair[1], f"{data['name']}-{hashlib.sha256(text.encode()).hexdigest()[:8]}")


def _parse_scorer(data: dict[str, Any], names: tuple[str, ...]) -> Scorer:
    if tuple(data["features"]) != names:
        message = "the scorer was trained for other features; train it again: python -m aligner.training.train_scorer"
        raise ValueError(message)
    return Scorer(
        np.array([data["bias"][f"{en}-{zh}"] for en, zh in SHAPES], np.float32),
        np.array([data["weights"][kind] for kind in KINDS], np.float32),
    )
