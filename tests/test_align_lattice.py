"""Candidates and the lattice: what forward-backward and Viterbi find is what counting out every path finds."""

import numpy as np
import pytest
from alignment_grids import walk_paths, whole_chunk

from aligner.align.anchors import Anchors
from aligner.align.band import Chunk, cut_chunks
from aligner.align.candidates import MOST_SENTENCES, MOST_SMALLER_SIDE, SHAPES, Candidates, Lattice, list_candidates
from aligner.records import FloatArray, IntArray

GRIDS = [
    pytest.param(1, 1, 0.0, id="one sentence against one"),
    pytest.param(3, 3, 0.0, id="square"),
    pytest.param(5, 2, 0.0, id="tall"),
    pytest.param(2, 5, 0.0, id="wide"),
    pytest.param(4, 3, 0.3, id="with forbidden beads"),
    pytest.param(3, 4, 0.7, id="with most beads forbidden"),
    pytest.param(1, 6, 0.0, id="one against many"),
]


def random_scores(candidates: Candidates, forbidden: float, seed: int) -> FloatArray:
    """Scores of which a share is `-inf`; one random path stays allowed, so that there is a best one."""
    random = np.random.default_rng(seed)
    scores = random.normal(scale=3.0, size=len(candidates))
    paths = list(walk_paths(candidates))
    allowed = list(paths[int(random.integers(len(paths)))])
    banned = random.random(len(scores)) < forbidden
    banned[allowed] = False
    return np.where(banned, -np.inf, scores)


def sum_paths(candidates: Candidates, scores: FloatArray) -> tuple[FloatArray, float, list[int]]:
    """Posterior of each candidate, log of the sum over all paths, and the best path, by enumeration."""
    paths = list(walk_paths(candidates))
    weights = np.array([scores[list(path)].sum() for path in paths])
    total = np.logaddexp.reduce(weights)
    posteriors = np.zeros(len(candidates))
    for path, weight in zip(paths, weights, strict=True):
        posteriors[list(path)] += np.exp(weight - total)
    return posteriors, float(total), list(paths[int(weights.argmax())])


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("en_count", "zh_count", "forbidden"), GRIDS)
def test_lattice_agrees_with_all_paths(en_count: int, zh_count: int, forbidden: float, seed: int) -> None:
    candidates = list_candidates(whole_chunk(en_count, zh_count))
    scores = random_scores(candidates, forbidden, seed)
    expected, total, best = sum_paths(candidates, scores)
    lattice = Lattice(candidates)
    posteriors, totals = lattice.posteriors(scores)
    np.testing.assert_allclose(posteriors, expected, atol=1e-10)
    np.testing.assert_allclose(totals, [total])
    assert lattice.best_path(scores) == best


def test_pruned_lattice_agrees_with_all_paths() -> None:
    """What the draft leaves has gaps between its states, and states that lead nowhere."""
    whole = list_candidates(whole_chunk(4, 4))
    scores = random_scores(whole, 0.6, seed=5)
    candidates = whole.take(np.flatnonzero(np.isfinite(scores)))
    scores = scores[np.isfinite(scores)]
    expected, total, best = sum_paths(candidates, scores)
    posteriors, totals = Lattice(candidates).posteriors(scores)
    np.testing.assert_allclose(posteriors, expected, atol=1e-10)
    np.testing.assert_allclose(totals, [total])
    assert Lattice(candidates).best_path(scores) == best


def join_texts(parts: list[Candidates]) -> tuple[Candidates, IntArray]:
    """All texts in one, as training does it: the states of each follow those of the one before."""
    offsets = np.cumsum([0, *(int(part.end.max()) + 1 for part in parts)])
    rows = [
        (c.en_start, c.zh_start, c.en_size, c.zh_size, c.shape, c.start + offset, c.end + offset)
        for c, offset in zip(parts, offsets, strict=False)
    ]
    texts = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    return Candidates(*(np.concatenate(column) for column in zip(*rows, strict=True))), texts


def test_texts_of_one_lattice_do_not_mix() -> None:
    parts = [list_candidates(whole_chunk(*size)) for size in ((3, 2), (1, 1), (2, 4))]
    scores = [random_scores(part, 0.3, seed) for seed, part in enumerate(parts)]
    expected = [sum_paths(*each) for each in zip(parts, scores, strict=True)]
    posteriors, totals = Lattice(*join_texts(parts)).posteriors(np.concatenate(scores))
    np.testing.assert_allclose(posteriors, np.concatenate([each[0] for each in expected]), atol=1e-10)
    np.testing.assert_allclose(totals, [each[1] for each in expected])


def test_text_without_any_path_has_no_weight() -> None:
    """Training leaves out a text whose gold cannot be reached by this sign; the other text is not touched."""
    parts = [list_candidates(whole_chunk(2, 2)), list_candidates(whole_chunk(2, 1))]
    scores = np.concatenate([np.full(len(parts[0]), -np.inf), np.zeros(len(parts[1]))])
    with np.errstate(invalid="ignore"):
        posteriors, totals = Lattice(*join_texts(parts)).posteriors(scores)
    assert totals[0] == -np.inf
    np.testing.assert_allclose(totals[1], np.log(sum(1 for _ in walk_paths(parts[1]))))
    assert np.isfinite(posteriors[len(parts[0]) :]).all()


def narrow_chunk() -> Chunk:
    """A bent band in a text of 40 against 60 lines."""
    en, zh = np.array([5, 12, 30]), np.array([20, 22, 50])
    (chunk,) = cut_chunks(Anchors(en, zh, np.ones(3, np.float32)), 40, 60)
    return chunk


@pytest.mark.parametrize("scale", [0.0, 1.0, 300.0])
def test_each_sentence_is_in_exactly_one_bead(scale: float) -> None:
    """Probabilities of the beads that cover a sentence sum to one, also where scores would overflow `exp`."""
    candidates = list_candidates(narrow_chunk())
    scores = np.random.default_rng(3).normal(size=len(candidates)) * scale
    posteriors, _ = Lattice(candidates).posteriors(scores)
    assert posteriors.min() >= 0
    for start, size, count in (
        (candidates.en_start, candidates.en_size, 40),
        (candidates.zh_start, candidates.zh_size, 60),
    ):
        for line in range(count):
            covers = (start <= line) & (line < start + size)
            assert posteriors[covers].sum() == pytest.approx(1, abs=1e-9)


def test_shapes_are_all_that_the_limits_allow() -> None:
    sizes = range(MOST_SENTENCES + 1)
    both = {(m, n) for m in sizes for n in sizes if m and n and m + n <= MOST_SENTENCES}
    assert set(SHAPES) == {(0, 1), (1, 0)} | {shape for shape in both if min(shape) <= MOST_SMALLER_SIDE}
    assert len(SHAPES) == len(set(SHAPES))
    assert [min(shape) for shape in SHAPES[:2]] == [0, 0], "features tell one-sided shapes by their place"


def test_candidates_are_all_beads_with_both_ends_in_the_band() -> None:
    chunk = narrow_chunk()
    inside = {(i, j) for i in range(41) for j in range(int(chunk.low[i]), int(chunk.high[i]) + 1)}
    expected = {(i, j, m, n) for i, j in inside for m, n in SHAPES if (i + m, j + n) in inside}
    candidates = list_candidates(chunk)
    rows = (candidates.en_start, candidates.zh_start, candidates.en_size, candidates.zh_size)
    found = list(zip(*(row.tolist() for row in rows), strict=True))
    assert set(found) == expected
    assert len(found) == len(expected), "no candidate twice"
    assert [SHAPES[shape] for shape in candidates.shape] == [(m, n) for _, _, m, n in found]


def test_states_name_boundaries() -> None:
    """One number for a boundary, whichever bead ends or starts there, in the order of the rows of the band."""
    candidates = list_candidates(narrow_chunk())
    starts = zip(candidates.en_start.tolist(), candidates.zh_start.tolist(), strict=True)
    ends = zip(
        (candidates.en_start + candidates.en_size).tolist(),
        (candidates.zh_start + candidates.zh_size).tolist(),
        strict=True,
    )
    numbers = dict(zip(starts, candidates.start.tolist(), strict=True))
    for place, number in zip(ends, candidates.end.tolist(), strict=True):
        assert numbers.setdefault(place, number) == number
    assert numbers[0, 0] == 0
    assert numbers[40, 60] == max(numbers.values())
    assert sorted(numbers, key=numbers.__getitem__) == sorted(numbers)
    assert len(set(numbers.values())) == len(numbers)
