"""The score of a bead: a bias for its shape and a weighted sum of its features, learned as a semi-Markov CRF."""

import hashlib
import json
from dataclasses import dataclass

import numpy as np

from aligner.align.candidates import SHAPES, Candidates
from aligner.align.features import ALONE, PAIRED, Evidence
from aligner.records import FloatArray, IntArray
from aligner.resources import read_resource

GROUPS = ("0-1", "1-0", "1-1", "1-n", "m-1", "m-n")
"""Kinds of beads that have weights of their own beside the shared ones."""
PAIRED_NAMES = tuple(f"{group}.{name}" for group, names, _ in PAIRED for name in names)
ALONE_NAMES = tuple(f"{group}.{name}" for group, names, _ in ALONE for name in names)


def _group_of(en_size: int, zh_size: int) -> int:
    if min(en_size, zh_size) == 0:
        return en_size
    if min(en_size, zh_size) > 1:
        return 5
    return 2 + (zh_size > 1) + 2 * (en_size > 1)


GROUP_OF_SHAPE = np.array([_group_of(*shape) for shape in SHAPES])
"""`(shapes,)` index into `GROUPS`."""
ONE_SIDED = 2
"""The first shapes, and the first groups, are the one-sided ones."""


def measure(evidence: Evidence, beads: Candidates) -> FloatArray:
    """All features of all candidates, `(c, PAIRED_NAMES + ALONE_NAMES)`; those of the other kind are 0."""
    out = np.zeros((len(beads), len(PAIRED_NAMES) + len(ALONE_NAMES)), np.float32)
    paired, alone = np.flatnonzero(beads.shape >= ONE_SIDED), np.flatnonzero(beads.shape < ONE_SIDED)
    for rows, table, first in ((paired, PAIRED, 0), (alone, ALONE, len(PAIRED_NAMES))):
        chosen, place = beads.take(rows), first
        for _, names, function in table:
            out[rows, place : place + len(names)] = function(evidence, chosen)
            place += len(names)
    return out


@dataclass(frozen=True, slots=True)
class Scorer:
    """Learned weights; f features in the order of `PAIRED_NAMES + ALONE_NAMES`."""

    bias: FloatArray
    """`(shapes,)`"""
    weights: FloatArray
    """`(groups, f)`: shared and own weights of each group, added up, for features as measured."""
    signature: str
    """Names these weights in every result."""

    def score(self, features: FloatArray, shapes: IntArray) -> FloatArray:
        """Log weight of each candidate, `(c,)`; higher is better."""
        by_group = features @ self.weights.T
        rows = np.arange(len(shapes))
        return np.asarray(self.bias[shapes] + by_group[rows, GROUP_OF_SHAPE[shapes]], np.float32)


def load_scorer(name: str = "scorer.json") -> Scorer:
    """The scorer in `models/NAME`.

    :raises ValueError: where its features are not those of this version.
    """
    text = read_resource(name)
    data = json.loads(text)
    if tuple(data["features"]) != PAIRED_NAMES + ALONE_NAMES:
        message = f"{name} was trained for other features; train it again with: python -m models.train_scorer"
        raise ValueError(message)
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return Scorer(
        np.array([data["bias"][f"{en}-{zh}"] for en, zh in SHAPES], np.float32),
        np.array([data["weights"][group] for group in GROUPS], np.float32),
        f"{data['name']}-{digest}",
    )
