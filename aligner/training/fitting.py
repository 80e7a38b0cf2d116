"""The semi-Markov conditional random field: its likelihood, gradient, and fit.

Sarawagi and Cohen 2004, "Semi-Markov Conditional Random Fields for Information Extraction", NIPS; fitted by L-BFGS.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from aligner.align.features import NULL_BEAD_NAMES
from aligner.align.grid import BEAD_TYPES, NULL_TYPES
from aligner.align.lattice import Candidates, Lattice
from aligner.align.scorer import GROUP_OF_TYPE, TYPE_GROUPS, Scorer
from aligner.records import DoubleArray, FloatArray, IntArray
from aligner.training.problems import Problem

try:
    from scipy.optimize import minimize
except ModuleNotFoundError as error:
    raise SystemExit("training needs scipy; install it in a clone: pip install -e '.[train]'") from error


@dataclass(frozen=True, slots=True)
class Batch:
    """All problems as one, for vectorised passes."""

    features: FloatArray
    """`(c, f)` float32, standardised."""
    shapes: IntArray
    allowed: IntArray
    texts: IntArray
    lattice: Lattice
    right: Lattice
    """The lattice of the allowed candidates alone."""
    weights: FloatArray
    """`(texts,)`"""


def join_problems(problems: Sequence[Problem]) -> Batch:
    """One batch; states of different problems get different numbers."""
    parts: list[tuple[IntArray, ...]] = []
    weights: list[float] = []
    states = 0
    for problem in problems:
        c = problem.candidates
        chunks, chunk = np.unique(c.chunk, return_inverse=True)
        place = c.en_start, c.zh_start, c.en_size, c.zh_size, c.type_index
        parts.append((*place, c.start + states, c.end + states, chunk + len(weights)))
        states += int(c.end.max()) + 1
        weights += [problem.weight] * len(chunks)
    joined = Candidates(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    allowed = np.concatenate([problem.allowed for problem in problems])
    kept = np.flatnonzero(allowed)
    return Batch(
        np.concatenate([problem.features for problem in problems]),
        joined.type_index,
        allowed,
        joined.chunk,
        Lattice(joined),
        Lattice(joined.take(kept)),
        np.array(weights),
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights as fitted, for standardised features."""

    bias: FloatArray
    shared: FloatArray
    own: FloatArray
    """`(groups, f)`"""
    mean: DoubleArray
    scale: DoubleArray
    names: Sequence[str]

    def scorer(self) -> Scorer:
        """The same weights for features as measured."""
        weights = (self.shared + self.own) / self.scale
        of_alone = columns_of_alone(self.names)
        one_sided = np.array(["0" in kind for kind in TYPE_GROUPS])
        weights[one_sided[:, None] != of_alone] = 0  # features that beads of the kind do not have
        bias = self.bias - (weights @ self.mean)[GROUP_OF_TYPE]
        return Scorer(bias.astype(np.float32), weights.astype(np.float32))


def standardisation(problems: Sequence[Problem], names: Sequence[str]) -> tuple[DoubleArray, DoubleArray]:
    """Mean and scale of each feature over the candidates it is measured for, two- or one-sided."""
    features = np.concatenate([problem.features for problem in problems])
    alone = np.concatenate([problem.candidates.type_index for problem in problems]) < NULL_TYPES
    of_alone = columns_of_alone(names)
    mean, scale = np.zeros(features.shape[1]), np.ones(features.shape[1])
    for rows, columns in ((alone, of_alone), (~alone, ~of_alone)):
        part = features[np.ix_(rows, columns)].astype(np.float64)
        mean[columns], scale[columns] = part.mean(axis=0), part.std(axis=0)
    return mean, np.where(scale > 1e-6, scale, 1.0)


def columns_of_alone(names: Sequence[str]) -> IntArray:
    """`(f,)` bool: which of the features are those of one-sided beads."""
    return np.array([name in NULL_BEAD_NAMES for name in names])


def fit(
    problems: Sequence[Problem], names: Sequence[str], penalty: float, shared_penalty: float, iterations: int
) -> Fit:
    """Maximum penalised likelihood by L-BFGS.

    :param names: of the problems' features.
    :param penalty: L2 of the groups' own weights; `shared_penalty` that of the shared ones.
    """
    mean, scale = standardisation(problems, names)
    batch = join_problems([_standardise(problem, names, mean, scale) for problem in problems])
    f = batch.features.shape[1]
    sizes = [len(BEAD_TYPES), f, len(TYPE_GROUPS) * f]
    penalties = np.repeat([1.0, shared_penalty, penalty], sizes)

    def objective(parameters: DoubleArray) -> tuple[float, DoubleArray]:
        loss, gradient = loss_and_gradient(batch, parameters)
        return loss + float(penalties @ parameters**2) / 2, gradient + penalties * parameters

    start = np.zeros(sum(sizes))
    start[len(BEAD_TYPES)] = 3.0  # cosine: a start from which the first band of paths is sensible
    result = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 20})
    bias, shared, own = np.split(result.x, np.cumsum(sizes)[:-1])
    return Fit(bias, shared, own.reshape(len(TYPE_GROUPS), f), mean, scale, names)


def _standardise(problem: Problem, names: Sequence[str], mean: DoubleArray, scale: DoubleArray) -> Problem:
    """Features in units of their spread; those that a bead does not have stay 0."""
    features = (problem.features - mean) / scale
    alone = problem.candidates.type_index < NULL_TYPES
    of_alone = columns_of_alone(names)
    features[np.ix_(alone, ~of_alone)] = 0
    features[np.ix_(~alone, of_alone)] = 0
    return replace(problem, features=features.astype(np.float32))


def loss_and_gradient(batch: Batch, parameters: DoubleArray) -> tuple[float, DoubleArray]:
    """Negative log likelihood of the allowed paths, and its derivative.

    :param parameters: `(shapes + f + groups * f,)`: biases, shared weights, groups' own weights.
    """
    f = batch.features.shape[1]
    bias, shared = parameters[: len(BEAD_TYPES)], parameters[len(BEAD_TYPES) : len(BEAD_TYPES) + f]
    weights = shared + parameters[len(BEAD_TYPES) + f :].reshape(len(TYPE_GROUPS), f)
    groups = GROUP_OF_TYPE[batch.shapes]
    by_group = batch.features @ weights.T.astype(np.float32)
    scores = bias[batch.shapes] + by_group[np.arange(len(groups)), groups].astype(np.float64)
    expected, total = batch.lattice.posteriors(scores)
    kept = np.flatnonzero(batch.allowed)
    right, right_total = batch.right.posteriors(scores[kept])
    loss = float(batch.weights @ (total - right_total))
    difference = expected
    difference[kept] -= right
    difference *= batch.weights[batch.texts]
    bias_gradient = np.bincount(batch.shapes, difference, minlength=len(BEAD_TYPES))
    own = np.stack(
        [difference[groups == g].astype(np.float32) @ batch.features[groups == g] for g in range(len(TYPE_GROUPS))]
    ).astype(np.float64)
    return loss, np.concatenate([bias_gradient, own.sum(axis=0), own.ravel()])
