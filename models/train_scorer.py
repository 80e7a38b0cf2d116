"""Learn the weights of the bead scorer from aligned documents, with cross-validation.

    python -m models.train_scorer DIR [DIR ...] [--output models/scorer.json] [--cross-validate]

Each DIR is in the evaluation format (see `corpora/README.md`). The model is a semi-Markov conditional random field
over beads; its weights are fitted by L-BFGS to the likelihood of the gold beads. Where the gold is known for whole
segments only (`.seg`), all ways to align inside a segment count as right; lines of crossing beads, which one monotone
path cannot all use, may be aligned or left alone. Deterministic.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from aligner.align.candidates import SHAPES, Candidates, Lattice
from aligner.align.drafting import describe_document, draft_chunk, prune
from aligner.align.features import ALONE, ALONE_DEAR, list_names
from aligner.align.scorer import DRAFT_FEATURES, FINAL_FEATURES, KIND_OF_SHAPE, KINDS, Scorer
from aligner.align.side import prepare_side
from aligner.evaluation import GoldDocument
from aligner.lexicon import load_lexicon
from aligner.records import Encoder, FloatArray, IntArray, Language

ONE_SIDED = sum(min(shape) == 0 for shape in SHAPES)
"""The first shapes are the one-sided ones."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One chunk of one document: its candidates, their features, and which of them the gold allows."""

    document: str
    candidates: Candidates
    features: FloatArray
    allowed: IntArray
    """`(c,)` bool: on some path that agrees with the gold."""
    en_first: int
    """Sentences of the document before the chunk."""
    zh_first: int
    weight: float = 1.0


def build_problems(
    document: GoldDocument, encoder: Encoder, draft: Scorer | None, weight: float = 1.0
) -> list[Problem]:
    """The chunks of a document that can be learned from.

    :param draft: prunes candidates, but for those that the gold allows, and adds the dear features; without it all
        candidates are kept with the cheap features alone.
    """
    lexicon = load_lexicon()
    en = prepare_side(encoder, document.en, Language.EN, lexicon=lexicon)
    zh = prepare_side(encoder, document.zh, Language.ZH, lexicon=lexicon)
    problems = []
    described = describe_document(en, zh)
    for chunk in described.chunks:
        whole = draft_chunk(described, chunk, None)
        place = whole.chunk.en_first, whole.chunk.zh_first
        allowed = _allow(document, whole.candidates, *place)
        _, total = Lattice(whole.candidates).posteriors(np.where(allowed, 0.0, -np.inf))
        if not np.isfinite(total[0]):
            continue
        if draft is None:
            problems.append(Problem(document.name, whole.candidates, whole.features, allowed, *place, weight))
            continue
        left = prune(whole, draft, allowed)
        allowed = _allow(document, left.candidates, *place)
        problems.append(Problem(document.name, left.candidates, left.measure_all(), allowed, *place, weight))
    return problems


def _allow(document: GoldDocument, candidates: Candidates, en_first: int, zh_first: int) -> IntArray:
    """Which candidates agree with the gold."""
    gold = document.gold or ()
    loose = _find_loose(document)
    en_bead = np.full(len(document.en) + 1, -1)
    zh_bead = np.full(len(document.zh) + 1, -1)
    for index, bead in enumerate(gold):
        en_bead[list(bead.en)] = index
        zh_bead[list(bead.zh)] = index
    exact = {(bead.en, bead.zh) for bead in gold}
    out = np.zeros(len(candidates), bool)
    rows = zip(
        (candidates.en_start + en_first).tolist(),
        candidates.en_size.tolist(),
        (candidates.zh_start + zh_first).tolist(),
        candidates.zh_size.tolist(),
        strict=True,
    )
    for place, (en_start, en_size, zh_start, zh_size) in enumerate(rows):
        en, zh = tuple(range(en_start, en_start + en_size)), tuple(range(zh_start, zh_start + zh_size))
        if (en, zh) in exact:
            out[place] = True
            continue
        owners = {*en_bead[list(en)].tolist(), *zh_bead[list(zh)].tolist()}
        if len(owners) == 1 and (kind := loose.get(owners.pop())):
            out[place] = kind == "alone" if not (en and zh) else kind == "inside"
    return out


def _find_loose(document: GoldDocument) -> dict[int, str]:
    """Gold beads that need not be matched exactly: `inside` may be split, lines of `alone` may stay unaligned."""
    gold = document.gold or ()
    loose: dict[int, str] = {}
    for index, bead in enumerate(gold):
        if not (bead.en and bead.zh):
            continue
        shape = (len(bead.en), len(bead.zh))
        contiguous = bead.en[-1] - bead.en[0] + 1 == shape[0] and bead.zh[-1] - bead.zh[0] + 1 == shape[1]
        one_segment = document.en_segments is not None and len({document.en_segments[i] for i in bead.en}) == 1
        if not contiguous:
            loose[index] = "alone"
        elif (one_segment and min(shape) > 1) or shape not in SHAPES:
            loose[index] = "inside"
    for index in _find_crossing(document):
        loose[index] = "alone"
    return loose


def _find_crossing(document: GoldDocument) -> list[int]:
    two_sided = [
        (bead.en[0], bead.zh[0], index) for index, bead in enumerate(document.gold or ()) if bead.en and bead.zh
    ]
    two_sided.sort()
    zh = np.array([place for _, place, _ in two_sided])
    if len(zh) == 0:
        return []
    highest_before = np.maximum.accumulate(np.concatenate([[-1], zh[:-1]]))
    lowest_after = np.minimum.accumulate(np.concatenate([zh[1:], [zh.max() + 1]])[::-1])[::-1]
    return [two_sided[k][2] for k in np.flatnonzero((zh < highest_before) | (zh > lowest_after))]


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
    parts, texts, offset = [], [], 0
    for index, problem in enumerate(problems):
        c = problem.candidates
        parts.append((c.en_start, c.zh_start, c.en_size, c.zh_size, c.shape, c.start + offset, c.end + offset))
        texts.append(np.full(len(c), index))
        offset += int(c.end.max()) + 1
    joined = Candidates(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    text = np.concatenate(texts)
    allowed = np.concatenate([problem.allowed for problem in problems])
    kept = np.flatnonzero(allowed)
    return Batch(
        np.concatenate([problem.features for problem in problems]),
        joined.shape,
        allowed,
        text,
        Lattice(joined, text),
        Lattice(joined.take(kept), text[kept]),
        np.array([problem.weight for problem in problems]),
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights as fitted, for standardised features."""

    bias: FloatArray
    shared: FloatArray
    own: FloatArray
    """`(groups, f)`"""
    mean: FloatArray
    scale: FloatArray

    def scorer(self) -> Scorer:
        """The same weights for features as measured."""
        weights = (self.shared + self.own) / self.scale
        of_alone = _columns_of_alone(len(self.mean))
        one_sided = np.array(["0" in kind for kind in KINDS])
        weights[one_sided[:, None] != of_alone] = 0  # features that beads of the kind do not have
        bias = self.bias - (weights @ self.mean)[KIND_OF_SHAPE]
        return Scorer(bias.astype(np.float32), weights.astype(np.float32))


def standardisation(problems: Sequence[Problem]) -> tuple[FloatArray, FloatArray]:
    """Mean and scale of each feature over the candidates it is measured for, two- or one-sided."""
    features = np.concatenate([problem.features for problem in problems])
    alone = np.concatenate([problem.candidates.shape for problem in problems]) < ONE_SIDED
    of_alone = _columns_of_alone(features.shape[1])
    mean, scale = np.zeros(features.shape[1]), np.ones(features.shape[1])
    for rows, columns in ((alone, of_alone), (~alone, ~of_alone)):
        part = features[np.ix_(rows, columns)].astype(np.float64)
        mean[columns], scale[columns] = part.mean(axis=0), part.std(axis=0)
    return mean, np.where(scale > 1e-6, scale, 1.0)


def _columns_of_alone(count: int) -> IntArray:
    """`(count,)` bool: features of one-sided beads, among the first `count` of `FINAL_FEATURES`."""
    return np.array([name in list_names(ALONE + ALONE_DEAR) for name in FINAL_FEATURES[:count]])


def fit(problems: Sequence[Problem], penalty: float, shared_penalty: float, iterations: int) -> Fit:
    """Maximum penalised likelihood by L-BFGS.

    :param penalty: L2 of the groups' own weights; `shared_penalty` that of the shared ones.
    """
    mean, scale = standardisation(problems)
    batch = join_problems([_standardise(problem, mean, scale) for problem in problems])
    f = batch.features.shape[1]
    sizes = [len(SHAPES), f, len(KINDS) * f]
    penalties = np.repeat([1.0, shared_penalty, penalty], sizes)

    def objective(parameters: FloatArray) -> tuple[float, FloatArray]:
        loss, gradient = loss_and_gradient(batch, parameters)
        return loss + float(penalties @ parameters**2) / 2, gradient + penalties * parameters

    start = np.zeros(sum(sizes))
    start[len(SHAPES)] = 3.0  # cosine: a start from which the first band of paths is sensible
    result = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 20})
    bias, shared, own = np.split(result.x, np.cumsum(sizes)[:-1])
    return Fit(bias, shared, own.reshape(len(KINDS), f), mean, scale)


def _standardise(problem: Problem, mean: FloatArray, scale: FloatArray) -> Problem:
    """Features in units of their spread; those that a bead does not have stay 0."""
    features = (problem.features - mean) / scale
    alone = problem.candidates.shape < ONE_SIDED
    of_alone = _columns_of_alone(features.shape[1])
    features[np.ix_(alone, ~of_alone)] = 0
    features[np.ix_(~alone, of_alone)] = 0
    return replace(problem, features=features.astype(np.float32))


def loss_and_gradient(batch: Batch, parameters: FloatArray) -> tuple[float, FloatArray]:
    """Negative log likelihood of the allowed paths, and its derivative.

    :param parameters: `(shapes + f + groups * f,)`: biases, shared weights, groups' own weights.
    """
    f = batch.features.shape[1]
    bias, shared = parameters[: len(SHAPES)], parameters[len(SHAPES) : len(SHAPES) + f]
    weights = shared + parameters[len(SHAPES) + f :].reshape(len(KINDS), f)
    groups = KIND_OF_SHAPE[batch.shapes]
    by_group = batch.features @ weights.T.astype(np.float32)
    scores = bias[batch.shapes] + by_group[np.arange(len(groups)), groups].astype(np.float64)
    expected, total = batch.lattice.posteriors(scores)
    kept = np.flatnonzero(batch.allowed)
    right, right_total = batch.right.posteriors(scores[kept])
    loss = float(batch.weights @ (total - right_total))
    difference = expected
    difference[kept] -= right
    difference *= batch.weights[batch.texts]
    bias_gradient = np.bincount(batch.shapes, difference, minlength=len(SHAPES))
    own = np.stack(
        [difference[groups == g].astype(np.float32) @ batch.features[groups == g] for g in range(len(KINDS))]
    ).astype(np.float64)
    return loss, np.concatenate([bias_gradient, own.sum(axis=0), own.ravel()])


def write_scorers(path: Path, name: str, draft: Scorer, final: Scorer, training: dict[str, object]) -> None:
    """Write the weights as JSON, rounded to what matters, with what they were trained on."""
    data = {
        "name": name,
        "training": training,
        "draft": _describe_scorer(draft, DRAFT_FEATURES),
        "final": _describe_scorer(final, FINAL_FEATURES),
    }
    path.write_text(json.dumps(data) + "\n", encoding="utf-8")


def _describe_scorer(scorer: Scorer, features: Sequence[str]) -> dict[str, object]:
    return {
        "features": features,
        "bias": {f"{en}-{zh}": round(float(value), 4) for (en, zh), value in zip(SHAPES, scorer.bias, strict=True)},
        "weights": {
            kind: [round(float(value), 4) for value in row] for kind, row in zip(KINDS, scorer.weights, strict=True)
        },
    }
