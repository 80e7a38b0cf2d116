"""Candidates and sums over paths: forward-backward and Viterbi find what counting out every path finds.

Posteriors are computed twice in the product: by the lattice over listed candidates, and by the sweep over every shape
at every state. Both are held to enumeration where that is possible, and to each other where it is not.
"""

import numpy as np
import pytest
from alignment_grids import walk_paths, whole_grid

from aligner.align.anchors import Anchors
from aligner.align.band import cut_chunks
from aligner.align.grid import BEAD_TYPES, Grid
from aligner.align.lattice import Candidates, Lattice, list_candidates
from aligner.align.sweep import log_posteriors
from aligner.records import FloatArray, IntArray

ZH_NULL, EN_ALONE = BEAD_TYPES.index((0, 1)), BEAD_TYPES.index((1, 0))
GRIDS = [
    pytest.param(whole_grid((1, 1)), 0.0, id="one sentence against one"),
    pytest.param(whole_grid((3, 3)), 0.0, id="square"),
    pytest.param(whole_grid((5, 2)), 0.0, id="tall"),
    pytest.param(whole_grid((2, 5)), 0.0, id="wide"),
    pytest.param(whole_grid((4, 3)), 0.3, id="with forbidden beads"),
    pytest.param(whole_grid((3, 4)), 0.7, id="with most beads forbidden"),
    pytest.param(whole_grid((1, 6)), 0.0, id="one against many"),
    pytest.param(whole_grid((0, 4)), 0.0, id="no English"),
    pytest.param(whole_grid((4, 0)), 0.0, id="no Chinese"),
    pytest.param(whole_grid((3, 2), (1, 1), (2, 4)), 0.0, id="several chunks"),
    pytest.param(whole_grid((3, 2), (0, 2), (3, 3), (2, 0)), 0.3, id="chunks of one side between others"),
    pytest.param(whole_grid((6, 5), (5, 6), pad=1), 0.2, id="narrow bands"),
    pytest.param(whole_grid((2, 3), (3, 2), en_first=40, zh_first=9), 0.0, id="from the middle of a text"),
]


def chunks_of(candidates: Candidates) -> list[IntArray]:
    """The candidates of each chunk."""
    return [np.flatnonzero(candidates.chunk == number) for number in np.unique(candidates.chunk)]


def random_scores(candidates: Candidates, forbidden: float, seed: int) -> FloatArray:
    """Scores of which a share is `-inf`; one random path of each chunk stays allowed, so that there is a best one."""
    random = np.random.default_rng(seed)
    scores = random.normal(scale=3.0, size=len(candidates))
    banned = random.random(len(scores)) < forbidden
    for rows in chunks_of(candidates):
        paths = list(walk_paths(candidates.take(rows)))
        banned[rows[list(paths[int(random.integers(len(paths)))])]] = False
    return np.where(banned, -np.inf, scores)


def sum_paths(candidates: Candidates, scores: FloatArray) -> tuple[FloatArray, FloatArray, list[int]]:
    """Posterior of each candidate, log of the sum over all paths of each chunk, and the best paths, by enumeration."""
    posteriors = np.zeros(len(candidates))
    totals, best = [], []
    for rows in chunks_of(candidates):
        paths = [rows[list(path)] for path in walk_paths(candidates.take(rows))]
        weights = np.array([scores[path].sum() for path in paths])
        totals.append(np.logaddexp.reduce(weights))
        for path, weight in zip(paths, weights, strict=True):
            posteriors[path] += np.exp(weight - totals[-1])
        best += paths[int(weights.argmax())].tolist()
    return posteriors, np.array(totals), best


# --- the lattice -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("grid", "forbidden"), GRIDS)
def test_lattice_agrees_with_all_paths(grid: Grid, forbidden: float, seed: int) -> None:
    candidates = list_candidates(grid)
    scores = random_scores(candidates, forbidden, seed)
    expected, expected_totals, best = sum_paths(candidates, scores)
    lattice = Lattice(candidates)
    posteriors, totals = lattice.posteriors(scores)
    np.testing.assert_allclose(posteriors, expected, atol=1e-10)
    np.testing.assert_allclose(totals, expected_totals, atol=1e-12)
    assert lattice.best_paths(scores) == best


def test_pruned_lattice_agrees_with_all_paths() -> None:
    """What the coarse scorer leaves has gaps between its states, and states that lead nowhere."""
    whole = list_candidates(whole_grid((4, 4), (3, 2)))
    scores = random_scores(whole, 0.6, seed=5)
    candidates = whole.take(np.flatnonzero(np.isfinite(scores)))
    scores = scores[np.isfinite(scores)]
    expected, expected_totals, best = sum_paths(candidates, scores)
    posteriors, totals = Lattice(candidates).posteriors(scores)
    np.testing.assert_allclose(posteriors, expected, atol=1e-10)
    np.testing.assert_allclose(totals, expected_totals)
    assert Lattice(candidates).best_paths(scores) == best


@pytest.mark.parametrize(
    ("scores", "best", "reason"),
    [
        ({(1, 1): 2.0}, [(1, 1), (1, 1)], "two pairs for 4 against one bead of two for nothing"),
        ({(2, 2): 5.0, (1, 1): 2.0}, [(2, 2)], "one bead of two"),
        ({(0, 1): 1.0, (1, 0): 1.0}, None, "all unaligned, in whatever order"),
    ],
)
def test_best_path_has_the_highest_sum(
    scores: dict[tuple[int, int], float], best: list[tuple[int, int]] | None, reason: str
) -> None:
    candidates = list_candidates(whole_grid((2, 2)))
    values = np.array([scores.get(BEAD_TYPES[shape], -1.0) for shape in candidates.type_index])
    path = Lattice(candidates).best_paths(values)
    shapes = [BEAD_TYPES[shape] for shape in candidates.type_index[path]]
    if best is None:
        assert sorted(shapes) == [(0, 1), (0, 1), (1, 0), (1, 0)], reason
    else:
        assert shapes == best, reason


def join_texts(parts: list[Candidates]) -> tuple[Candidates, IntArray]:
    """All texts in one, as training does it: the states of each follow those of the one before."""
    offsets = np.cumsum([0, *(int(part.end.max()) + 1 for part in parts)])
    rows = [
        (c.en_start, c.zh_start, c.en_size, c.zh_size, c.type_index, c.start + offset, c.end + offset, c.chunk)
        for c, offset in zip(parts, offsets, strict=False)
    ]
    texts = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    return Candidates(*(np.concatenate(column) for column in zip(*rows, strict=True))), texts


def test_texts_of_one_lattice_do_not_mix() -> None:
    parts = [list_candidates(whole_grid(size)) for size in ((3, 2), (1, 1), (2, 4))]
    scores = [random_scores(part, 0.3, seed) for seed, part in enumerate(parts)]
    expected = [sum_paths(*each) for each in zip(parts, scores, strict=True)]
    posteriors, totals = Lattice(*join_texts(parts)).posteriors(np.concatenate(scores))
    np.testing.assert_allclose(posteriors, np.concatenate([each[0] for each in expected]), atol=1e-10)
    np.testing.assert_allclose(totals, np.concatenate([each[1] for each in expected]))


def test_text_without_any_path_has_no_weight() -> None:
    """Training leaves out a text whose gold cannot be reached by this sign; the other text is not touched."""
    candidates = list_candidates(whole_grid((2, 2), (2, 1)))
    first, second = chunks_of(candidates)
    scores = np.zeros(len(candidates))
    scores[first] = -np.inf
    posteriors, totals = Lattice(candidates).posteriors(scores)
    assert totals[0] == -np.inf
    assert not posteriors[first].any()
    expected, expected_totals, _ = sum_paths(candidates.take(second), scores[second])
    np.testing.assert_allclose(totals[1], expected_totals[-1])
    np.testing.assert_allclose(posteriors[second], expected, atol=1e-10)


# --- the sweep -------------------------------------------------------------------------------------------------------


def spread(grid: Grid, candidates: Candidates, values: FloatArray) -> FloatArray:
    """Values of candidates as a table by shape and state, `nan` where no candidate is."""
    table = np.full((len(BEAD_TYPES), len(grid)), np.nan, values.dtype)
    table[candidates.type_index, candidates.start] = values
    return table


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(("grid", "forbidden"), GRIDS)
def test_sweep_agrees_with_all_paths(grid: Grid, forbidden: float, seed: int) -> None:
    """Beads of every type but Chinese null beads, the steps inside a layer, may be forbidden."""
    candidates = list_candidates(grid)
    scores = random_scores(candidates, forbidden, seed)
    scores = np.where((candidates.type_index == ZH_NULL) & np.isinf(scores), -5.0, scores)
    expected, expected_totals, _ = sum_paths(candidates, scores)
    logs, totals = log_posteriors(grid, spread(grid, candidates, scores))
    assert logs.shape == (len(BEAD_TYPES), len(grid))
    np.testing.assert_allclose(np.exp(logs[candidates.type_index, candidates.start]), expected, atol=1e-9)
    np.testing.assert_allclose(totals, expected_totals, atol=1e-9)


@pytest.mark.parametrize("grid", [GRIDS[1].values[0], GRIDS[9].values[0], GRIDS[11].values[0]])
def test_beads_out_of_the_band_are_impossible_whatever_their_score(grid: Grid) -> None:
    candidates = list_candidates(grid)
    outside = np.ones((len(BEAD_TYPES), len(grid)), bool)
    outside[candidates.type_index, candidates.start] = False
    scores = np.random.default_rng(4).normal(size=outside.shape)
    logs, totals = log_posteriors(grid, np.where(outside, 1e4, scores))
    assert (logs[outside] == -np.inf).all()
    plain, plain_totals = log_posteriors(grid, scores)
    np.testing.assert_array_equal(logs, plain)
    np.testing.assert_array_equal(totals, plain_totals)


@pytest.mark.parametrize(("shape", "reason"), [(ZH_NULL, "the step inside a layer"), (EN_ALONE, "between layers")])
@pytest.mark.parametrize("score", [-60.0, -1e4])
def test_next_to_impossible_beads_of_one_side(shape: int, reason: str, score: float) -> None:
    """As bad as a score may get before it counts as forbidden; the paths around them lose nothing."""
    grid = whole_grid((3, 4), (2, 2))
    candidates = list_candidates(grid)
    scores = np.random.default_rng(6).normal(size=len(candidates))
    scores[candidates.type_index == shape] = score
    expected, expected_totals, _ = sum_paths(candidates, scores)
    logs, totals = log_posteriors(grid, spread(grid, candidates, scores))
    np.testing.assert_allclose(
        np.exp(logs[candidates.type_index, candidates.start]), expected, atol=1e-9, err_msg=reason
    )
    np.testing.assert_allclose(totals, expected_totals, atol=1e-9)


def bent_grid() -> Grid:
    """A bent band in a text of 40 against 60 lines."""
    en, zh = np.array([5, 12, 30]), np.array([20, 22, 50])
    return Grid(cut_chunks(Anchors(en, zh, np.ones(3, np.float32)), 40, 60))


def long_grid() -> Grid:
    """Three chunks of 450 against 500 lines, and a stretch of text between them that one side lacks."""
    line = np.concatenate([np.arange(0, 200), np.arange(230, 450)])
    return Grid(cut_chunks(Anchors(line, line + 50 * (line > 200), np.ones(len(line), np.float32)), 450, 500))


LARGE = [
    pytest.param(bent_grid(), id="bent band"),
    pytest.param(long_grid(), id="several chunks"),
    pytest.param(whole_grid(*[(4, 5)] * 40, pad=2), id="many small chunks"),
    pytest.param(whole_grid((9, 180), *[(0, 180)] * 25), id="many chunks of one side"),
]
TYPES = [pytest.param(np.float32, id="as the coarse scorer scores them"), pytest.param(np.float64, id="in float64")]
"""Of scores; sums are float64 in any case."""
SCALES = [
    pytest.param(0.0, id="every path alike"),
    pytest.param(1.0, id="scores as they are"),
    pytest.param(300.0, id="scores that would overflow exp"),
]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("grid", LARGE)
def test_sweep_agrees_with_the_lattice(grid: Grid, scale: float, kind: type) -> None:
    candidates = list_candidates(grid)
    scores = (np.random.default_rng(3).normal(size=len(candidates)) * scale).astype(kind)
    posteriors, lattice_totals = Lattice(candidates).posteriors(scores)
    logs, totals = log_posteriors(grid, spread(grid, candidates, scores))
    np.testing.assert_allclose(np.exp(logs[candidates.type_index, candidates.start]), posteriors, atol=1e-7)
    np.testing.assert_allclose(totals, lattice_totals, rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("grid", LARGE)
def test_each_sentence_is_in_exactly_one_bead(grid: Grid, scale: float, kind: type) -> None:
    """Probabilities of the beads that cover a sentence sum to one, by lattice and by sweep."""
    candidates = list_candidates(grid)
    scores = (np.random.default_rng(3).normal(size=len(candidates)) * scale).astype(kind)
    logs, _ = log_posteriors(grid, spread(grid, candidates, scores))
    for posteriors, tolerance in (
        (Lattice(candidates).posteriors(scores)[0], 1e-9),
        (np.exp(logs[candidates.type_index, candidates.start]), 1e-6),
    ):
        assert posteriors.min() >= 0
        for start, size, count in (
            (candidates.en_start, candidates.en_size, grid.en_count),
            (candidates.zh_start, candidates.zh_size, grid.zh_count),
        ):
            steps = np.zeros(count + 1)
            np.add.at(steps, start, posteriors)
            np.subtract.at(steps, start + size, posteriors)
            np.testing.assert_allclose(np.cumsum(steps)[:-1], 1, atol=tolerance)


def test_chunks_of_a_stretch_do_not_mix() -> None:
    """The sweep walks all chunks at once: each has the sums that it has alone, whatever its neighbours' scores."""
    sizes = [(5, 4), (3, 6), (0, 2), (6, 6)]
    stretch = whole_grid(*sizes)
    scores = np.random.default_rng(7).normal(size=(len(BEAD_TYPES), len(stretch)))
    scores[:, stretch.chunk == 1] *= 200
    logs, totals = log_posteriors(stretch, scores)
    for number, size in enumerate(sizes):
        mine = stretch.chunk == number
        alone, total = log_posteriors(whole_grid(size), scores[:, mine])
        np.testing.assert_allclose(np.exp(logs[:, mine]), np.exp(alone), atol=1e-9)
        np.testing.assert_allclose(totals[number], total[0], atol=1e-7)


# --- candidates ------------------------------------------------------------------------------------------------------


def place_candidates(candidates: Candidates) -> list[tuple[int, int, int, int]]:
    rows = (candidates.en_start, candidates.zh_start, candidates.en_size, candidates.zh_size)
    return list(zip(*(row.tolist() for row in rows), strict=True))


def test_candidates_are_all_beads_with_both_ends_in_the_band() -> None:
    grid = bent_grid()
    (chunk,) = grid.chunks
    inside = {(i, j) for i in range(41) for j in range(int(chunk.low[i]), int(chunk.high[i]) + 1)}
    expected = {(i, j, m, n) for i, j in inside for m, n in BEAD_TYPES if (i + m, j + n) in inside}
    candidates = list_candidates(grid)
    found = place_candidates(candidates)
    assert set(found) == expected
    assert len(found) == len(expected), "no candidate twice"
    assert [BEAD_TYPES[shape] for shape in candidates.type_index] == [(m, n) for _, _, m, n in found]


@pytest.mark.parametrize("grid", LARGE)
def test_candidates_stay_in_one_chunk(grid: Grid) -> None:
    candidates = list_candidates(grid)
    for ends, en_size, zh_size in ((candidates.start, 0, 0), (candidates.end, candidates.en_size, candidates.zh_size)):
        np.testing.assert_array_equal(grid.chunk[ends], candidates.chunk)
        np.testing.assert_array_equal(grid.row[ends], candidates.en_start + en_size)
        np.testing.assert_array_equal(grid.column[ends], candidates.zh_start + zh_size)


def test_chosen_candidates_are_those_of_all_in_the_same_order() -> None:
    grid = whole_grid((5, 6), (3, 3), pad=2)
    everything = list_candidates(grid)
    chosen = np.random.default_rng(8).random((len(BEAD_TYPES), len(grid))) < 0.3
    chosen[:, grid.ends] = True  # no bead leaves the end, chosen or not
    expected = everything.take(np.flatnonzero(chosen[everything.type_index, everything.start]))
    found = list_candidates(grid, chosen)
    assert place_candidates(found) == place_candidates(expected)
    for name in ("type_index", "start", "end", "chunk"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))
    assert len(list_candidates(grid, np.ones_like(chosen))) == len(everything)
