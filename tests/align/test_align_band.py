"""Anchors and the band around them: the heaviest chain, chunks that cover both texts, work that grows with length."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.align import anchors as anchors_module
from aligner.align.anchors import Anchors, chain, find_anchors
from aligner.align.band import Chunk, cut_chunks
from aligner.align.grid import Grid
from aligner.align.lattice import list_candidates
from aligner.records import FloatArray, IntArray
from aligner.runtime.neighbours import find_neighbours

LONGEST_CHUNK = 1_024
"""Sentences of either side in a chunk, at most: what bounds the memory of a text of any length."""
WIDEST_ROW = 200
"""Chinese boundaries that one English boundary may go with where no anchor says more, at most."""


def make_anchors(pairs: list[tuple[int, int]], weights: list[float] | None = None) -> Anchors:
    en, zh = np.array(pairs, np.int64).reshape(-1, 2).T
    return Anchors(en, zh, np.array(weights or [1.0] * len(pairs), np.float32))


# --- the chain ---------------------------------------------------------------


def heaviest_chain(pairs: list[tuple[int, int, float]]) -> float:
    best = 0.0
    for size in range(1, len(pairs) + 1):
        for subset in itertools.combinations(sorted(pairs), size):
            if all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(subset)):
                best = max(best, sum(weight for _, _, weight in subset))
    return best


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 40)),
        max_size=9,
        unique_by=lambda pair: pair[:2],
    )
)
@settings(deadline=None, max_examples=80)
def test_chain_is_the_heaviest_that_rises(pairs: list[tuple[int, int, int]]) -> None:
    quarters = [(en, zh, weight / 4) for en, zh, weight in pairs]  # exact in float32, so that sums may be compared
    en, zh, weight = (np.array([pair[k] for pair in quarters]) for k in range(3))
    found = chain(en.astype(np.int64), zh.astype(np.int64), weight.astype(np.float32))
    assert (np.diff(found.en) > 0).all()
    assert (np.diff(found.zh) > 0).all()
    assert set(zip(found.en.tolist(), found.zh.tolist(), found.weight.tolist(), strict=True)) <= set(quarters)
    assert found.weight.sum() == heaviest_chain(quarters)


# --- anchors -----------------------------------------------------------------


def random_text(count: int, seed: int) -> FloatArray:
    rows = np.random.default_rng(seed).standard_normal((count, 64)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def translate(en: FloatArray, inserted: float, seed: int) -> tuple[FloatArray, IntArray]:
    """Noisy copies with unrelated rows put in between; and, for each English row, the place of its copy."""
    random = np.random.default_rng(seed)
    extra = random.random(len(en)) < inserted
    place = np.arange(len(en)) + np.cumsum(extra)
    zh = random_text(len(en) + int(extra.sum()), seed + 1)
    zh[place] = en + random.standard_normal(en.shape).astype(np.float32) * 0.06
    return zh / np.linalg.norm(zh, axis=1, keepdims=True), place


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Pairs of rows that each search for neighbours compares."""
    calls: list[int] = []

    def count(queries: FloatArray, base: FloatArray, k: int) -> tuple[FloatArray, IntArray]:
        calls.append(len(queries) * len(base))
        return find_neighbours(queries, base, k)

    monkeypatch.setattr(anchors_module, "find_neighbours", count)
    return calls


@pytest.mark.parametrize(("count", "precision"), [(40, "f4"), (900, "f4"), (4_000, "f4"), (900, "f2"), (4_000, "f2")])
def test_anchors_follow_the_translation(count: int, precision: str) -> None:
    """Below and above the length from which texts are first compared in blocks."""
    en = random_text(count, seed=1)
    zh, place = translate(en, inserted=0.05, seed=2)
    found = find_anchors(en.astype(precision), zh.astype(precision))
    assert (found.zh == place[found.en]).mean() >= 0.99
    assert len(found.en) >= 0.9 * count
    assert (found.weight > 0).all()


def test_blocks_are_averaged_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    en = random_text(4_000, seed=1)
    zh, _ = translate(en, inserted=0.05, seed=2)
    at_once = find_anchors(en, zh)
    monkeypatch.setattr(anchors_module, "_BLOCKS_AT_ONCE", 7)
    in_parts = find_anchors(en, zh)
    np.testing.assert_array_equal(in_parts.en, at_once.en)
    np.testing.assert_array_equal(in_parts.zh, at_once.zh)


def test_anchors_follow_a_long_insertion() -> None:
    """A chapter of 400 lines that one side lacks, in a text long enough to be compared in blocks."""
    en = random_text(4_000, seed=3)
    zh, place = translate(en, inserted=0.0, seed=4)
    zh = np.concatenate([zh[:1_700], random_text(400, seed=5), zh[1_700:]])
    place = np.where(place < 1_700, place, place + 400)
    found = find_anchors(en, zh)
    assert (found.zh == place[found.en]).mean() >= 0.99
    assert len(found.en) >= 0.85 * len(en)


def test_work_on_long_texts_grows_with_length(compared: list[int]) -> None:
    """Four times the length is less than six times the comparisons, where all pairs would be sixteen times."""
    work = []
    for count in (4_000, 16_000):
        en = random_text(count, seed=6)
        zh, _ = translate(en, inserted=0.03, seed=7)
        compared.clear()
        find_anchors(en, zh)
        work.append(sum(compared))
    assert work[0] < 4_000 * 4_000
    assert work[1] < 6 * work[0]


@pytest.mark.parametrize(("en_count", "zh_count"), [(0, 0), (0, 5), (5, 0), (1, 1), (3, 4_000)])
def test_anchors_of_uneven_texts(en_count: int, zh_count: int) -> None:
    found = find_anchors(random_text(en_count, 8), random_text(zh_count, 9))
    assert len(found.en) == len(found.zh) == len(found.weight) <= min(en_count, zh_count)


def test_zero_vectors_are_no_anchors() -> None:
    """Sentences without a token that the encoder knows."""
    found = find_anchors(np.zeros((6, 64), np.float32), np.zeros((7, 64), np.float32))
    assert len(found.en) == 0


# --- the band ----------------------------------------------------------------


def check_chunks(chunks: list[Chunk], en_count: int, zh_count: int) -> None:
    """Chunks cover both texts without gap or overlap, and each band holds a path from corner to corner."""
    assert (chunks[0].en_first, chunks[0].zh_first) == (0, 0)
    assert (chunks[-1].en_last, chunks[-1].zh_last) == (en_count, zh_count)
    for before, after in itertools.pairwise(chunks):
        assert (before.en_last, before.zh_last) == (after.en_first, after.zh_first)
    for chunk in chunks:
        rows, columns = chunk.en_last - chunk.en_first, chunk.zh_last - chunk.zh_first
        assert rows + columns > 0
        assert len(chunk.low) == len(chunk.high) == rows + 1
        assert chunk.low[0] == 0
        assert chunk.high[-1] == columns
        assert chunk.low.min() >= 0
        assert chunk.high.max() <= columns
        assert (chunk.low <= chunk.high).all()
        assert (np.diff(chunk.low) >= 0).all()
        assert (np.diff(chunk.high) >= 0).all()
        assert (chunk.low[1:] <= chunk.high[:-1]).all(), "each row touches the next"


@st.composite
def texts_with_anchors(draw: st.DrawFn) -> tuple[Anchors, int, int]:
    """Two texts of up to 1,500 lines, with few anchors, many, or a run without a gap, which chunks are cut in."""
    en_count, zh_count = draw(st.integers(1, 1_500)), draw(st.integers(1, 1_500))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = int(draw(st.sampled_from([0.0, 0.02, 0.5, 1.0])) * min(en_count, zh_count))
    sides = [np.sort(random.choice(count, size, replace=False)) for count in (en_count, zh_count)]
    return Anchors(sides[0], sides[1], random.random(size).astype(np.float32)), en_count, zh_count


@given(texts_with_anchors())
@settings(deadline=None, max_examples=80)
def test_chunks_cover_both_texts(text: tuple[Anchors, int, int]) -> None:
    found, en_count, zh_count = text
    chunks = cut_chunks(found, en_count, zh_count)
    check_chunks(chunks, en_count, zh_count)
    for chunk in chunks:
        inside = (found.en >= chunk.en_first) & (found.en < chunk.en_last)
        inside &= (found.zh >= chunk.zh_first) & (found.zh < chunk.zh_last)
        en, zh = found.en[inside] - chunk.en_first, found.zh[inside] - chunk.zh_first
        sure = chunk.high[en] - chunk.low[en] < WIDEST_ROW // 2
        assert ((chunk.low[en] <= zh) & (zh <= chunk.high[en]))[sure].all(), "the path may pass before each anchor"


@pytest.mark.parametrize(
    ("en_count", "zh_count", "anchored"),
    [
        (6_000, 6_000, True),
        (6_000, 6_000, False),  # unrelated texts
        (5_000, 10, False),  # a book against a note
        (10, 5_000, False),
        (5_000, 1, False),
        (1, 5_000, False),
        (1_025, 300, False),
    ],
)
def test_chunks_of_long_texts_are_bounded(en_count: int, zh_count: int, anchored: bool) -> None:
    lines = [(line, line) for line in range(en_count)] if anchored else []
    chunks = cut_chunks(make_anchors(lines), en_count, zh_count)
    check_chunks(chunks, en_count, zh_count)
    for chunk in chunks:
        assert max(chunk.en_last - chunk.en_first, chunk.zh_last - chunk.zh_first) <= LONGEST_CHUNK
    boundaries = sum(int((chunk.high - chunk.low + 1).sum()) for chunk in chunks)
    assert boundaries <= WIDEST_ROW * (en_count + zh_count)


def test_anchors_narrow_the_band() -> None:
    chunks = cut_chunks(make_anchors([(line, line) for line in range(900)]), 900, 900)
    assert max(int((chunk.high - chunk.low).max()) for chunk in chunks) <= 40


def test_chunks_are_cut_between_anchors() -> None:
    """A cut elsewhere might run through a bead."""
    lines = [(line, line + line // 10) for line in range(0, 900) if line % 7]
    pairs = set(lines)
    chunks = cut_chunks(make_anchors(lines), 900, 990)
    assert len(chunks) > 2
    for chunk in chunks[1:]:
        assert (chunk.en_first, chunk.zh_first) in pairs
        assert (chunk.en_first - 1, chunk.zh_first - 1) in pairs


@pytest.mark.parametrize(("en_count", "zh_count"), [(1, 1), (1, 30), (30, 1), (3, 700)])
def test_every_chunk_has_a_path(en_count: int, zh_count: int) -> None:
    """Found by walking, not by the inequalities above."""
    grid = Grid(cut_chunks(make_anchors([]), en_count, zh_count))
    candidates = list_candidates(grid)
    reached = set(grid.starts.tolist())
    for index in np.argsort(candidates.level, kind="stable"):
        if int(candidates.start[index]) in reached:
            reached.add(int(candidates.end[index]))
    assert set(grid.ends.tolist()) <= reached
