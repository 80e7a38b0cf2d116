"""The score of a bead: a bias for its shape and a weighted sum of its features, learned as a semi-Markov CRF."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from aligner.align.candidates import SHAPES
from aligner.align.features import ALONE, ALONE_DEAR, CHEAP, DEAR, list_names
from aligner.records import FloatArray, IntArray
from aligner.resources import read_resource

KINDS = ("0-1", "1-0", "1-1", "1-n", "m-1", "m-n")
"""Kinds of beads that have weights of their own."""
DRAFT_FEATURES = list_names(CHEAP + ALONE)
FINAL_FEATURES = list_names(CHEAP + ALONE + DEAR + ALONE_DEAR)


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
    pair = [_parse_scorer(data[part], names) for part, names in (("draft", DRAFT_FEATURES), ("final", FINAL_FEATURES))]
    return ScorerPair(pair[0], pair[1], f"{data['name']}-{hashlib.sha256(text.encode()).hexdigest()[:8]}")


def _parse_scorer(data: dict[str, Any], names: tuple[str, ...]) -> Scorer:
    if tuple(data["features"]) != names:
        message = "the scorer was trained for other features; train it again with: python -m models.train_scorer"
        raise ValueError(message)
    return Scorer(
        np.array([data["bias"][f"{en}-{zh}"] for en, zh in SHAPES], np.float32),
        np.array([data["weights"][kind] for kind in KINDS], np.float32),
    )
