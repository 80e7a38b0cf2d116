"""The score of a bead: a bias for its bead type and a weighted sum of its features, learned as a semi-Markov CRF."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from aligner.align.features import (
    FINAL_ONLY,
    NULL_BEAD_NAMES,
    NULL_PRUNING_NAMES,
    PRUNING,
    DenseBeads,
    StretchEvidence,
    list_names,
    measure_null_beads,
    measure_two_sided,
)
from aligner.align.grid import BEAD_TYPES, EN_NULL, NULL_TYPES, ZH_NULL
from aligner.records import FloatArray, IntArray
from aligner.runtime.resources import read_resource

TYPE_GROUPS = ("0-1", "1-0", "1-1", "1-n", "m-1", "m-n")
"""Groups of bead types that have weights of their own; `m` and `n` stand for more than one sentence."""
FINAL_FEATURES = list_names(PRUNING + FINAL_ONLY) + NULL_BEAD_NAMES
"""Features of the final scorer, in the order of `features.measure_candidates`."""
COARSE_FEATURES = list_names(PRUNING) + NULL_PRUNING_NAMES
"""Features of the coarse scorer, in the order of `features.measure_coarse`."""


def _group_of(en_size: int, zh_size: int) -> int:
    """Index into `TYPE_GROUPS` of the beads with these numbers of sentences."""
    if min(en_size, zh_size) == 0:
        return en_size
    if min(en_size, zh_size) > 1:
        return TYPE_GROUPS.index("m-n")
    return TYPE_GROUPS.index("1-1") + (zh_size > 1) + 2 * (en_size > 1)


GROUP_OF_TYPE = np.array([_group_of(*sizes) for sizes in BEAD_TYPES])
"""`(len(BEAD_TYPES),)` index into `TYPE_GROUPS`."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """Learned weights for f features."""

    bias: FloatArray
    """`(len(BEAD_TYPES),)`"""
    weights: FloatArray
    """`(len(TYPE_GROUPS), f)`"""

    def score(self, features: FloatArray, type_index: IntArray) -> FloatArray:
        """Log weight of each candidate, `(c,)`; higher is better.

        :param features: `(c, f)`.
        :param type_index: `(c,)` indices into `BEAD_TYPES`.
        """
        by_group = features @ self.weights.T
        groups = GROUP_OF_TYPE[type_index]
        return np.asarray(self.bias[type_index] + by_group[np.arange(len(groups)), groups], np.float32)

    def score_all(self, evidence: StretchEvidence) -> FloatArray:
        """Log weight of every bead type at every state by the coarse features, `(len(BEAD_TYPES), s)`.

        The same as `score` of features that are measured for candidates, without holding them all in memory.
        """
        grid = evidence.grid
        scores = np.repeat(self.bias[:, None], len(grid), axis=1)
        weights = self.weights[GROUP_OF_TYPE[NULL_TYPES:]]
        measured = measure_two_sided(PRUNING, evidence, DenseBeads.of(grid))
        for feature, values in enumerate(measured):
            scores[NULL_TYPES:] += weights[:, feature, None] * values
        first_null = len(COARSE_FEATURES) - len(NULL_PRUNING_NAMES)
        for (type_index, place), features in zip(
            ((EN_NULL, grid.row), (ZH_NULL, grid.column)), measure_null_beads(evidence), strict=True
        ):
            by_sentence = features[:, : len(NULL_PRUNING_NAMES)] @ self.weights[GROUP_OF_TYPE[type_index], first_null:]
            scores[type_index] += np.append(by_sentence, 0)[place]
        return scores


@dataclass(frozen=True, slots=True)
class ScorerPair:
    """The coarse scorer, which prunes on features that are looked up, and the final scorer of what it leaves."""

    coarse: Scorer
    final: Scorer
    signature: str
    """Names these weights in every result."""


def load_scorers(name: str = "scorer.json") -> ScorerPair:
    """The scorers in `models/NAME`.

    :raises ValueError: when they were trained for other features than this version's.
    """
    text = read_resource(name)
    data = json.loads(text)
    pair = [
        _parse_scorer(data[part], names) for part, names in (("coarse", COARSE_FEATURES), ("final", FINAL_FEATURES))
    ]
    return ScorerPair(pair[0], pair[1], f"{data['name']}-{hashlib.sha256(text.encode()).hexdigest()[:8]}")


def _parse_scorer(data: dict[str, Any], names: tuple[str, ...]) -> Scorer:
    if tuple(data["features"]) != names:
        message = "the scorer was trained for other features; train it again: python -m aligner.training.train_scorer"
        raise ValueError(message)
    return Scorer(
        np.array([data["bias"][f"{en}-{zh}"] for en, zh in BEAD_TYPES], np.float32),
        np.array([data["weights"][group] for group in TYPE_GROUPS], np.float32),
    )
