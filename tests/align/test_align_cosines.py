"""The table of cosines: every value is the product of two vectors, or missing where there is nothing to compare."""

import numpy as np
import pytest
from alignment_grids import whole_grid
from random_evidence import RandomWindows, random_material

from aligner.align.anchors import Anchors
from aligner.align.band import cut_chunks
from aligner.align.cosines import FIRST_CLAUSE, LAST_CLAUSE, CosineTable
from aligner.align.features import SparseBeads
from aligner.align.features.evidence import look_up_cosine
from aligner.align.grid import LONGEST_WINDOW, NULL_TYPES, Grid
from aligner.align.lattice import list_candidates
from aligner.records import FloatArray

SMALL = 4
"""Sentences in the windows that a sentence's best counterpart is looked for among, at most."""


def bent_grid(en_count: int, zh_count: int) -> Grid:
    """A band narrower than the text."""
    en = np.linspace(3, en_count - 3, 5).astype(np.int64)
    zh = np.linspace(3, zh_count - 3, 5).astype(np.int64)
    return Grid(cut_chunks(Anchors(en, zh, np.ones(5, np.float32)), en_count, zh_count))


GRIDS = [
    pytest.param(whole_grid((1, 1)), id="one sentence"),
    pytest.param(whole_grid((3, 20)), id="texts shorter than the longest window"),
    pytest.param(bent_grid(50, 120), id="several tiles and a band"),
    pytest.param(whole_grid((16, 5)), id="one tile exactly"),
    pytest.param(whole_grid((17, 5)), id="one sentence more than a tile"),
    pytest.param(whole_grid((4, 0)), id="no Chinese"),
    pytest.param(whole_grid((0, 4)), id="no English"),
    pytest.param(whole_grid((9, 12), (0, 2), (20, 8), (2, 0), (6, 6), pad=3), id="narrow bands of several chunks"),
    pytest.param(whole_grid((5, 4), (4, 5), en_first=7, zh_first=11), id="from the middle of a text"),
]


def windows_of(grid: Grid, more: int = 3) -> tuple[RandomWindows, RandomWindows]:
    """Of a text that goes on behind the stretch."""
    return (
        RandomWindows(grid.en_first + grid.en_count + more, 1),
        RandomWindows(grid.zh_first + grid.zh_count + more, 2),
    )


def known(start: int, place: int, end: int) -> bool:
    """Whether the text at a place of the table lies within the stretch."""
    return start + (place + 1 if place < LONGEST_WINDOW else 1) <= end


@pytest.mark.parametrize("grid", GRIDS)
def test_cosines_are_those_of_the_windows_and_clauses(grid: Grid) -> None:
    en, zh = windows_of(grid)
    table = CosineTable(grid, en, zh).values
    assert table.shape == (LONGEST_WINDOW + 2, LONGEST_WINDOW + 2, len(grid) + 1)
    expected = np.full_like(table, np.nan)
    for state, (number, row, column) in enumerate(zip(grid.chunk, grid.row, grid.column, strict=True)):
        chunk = grid.chunks[number]
        if grid.en_first + row == chunk.en_last or grid.zh_first + column == chunk.zh_last:
            continue  # no sentence of the chunk starts here on one side
        expected[:, :, state] = en.all[grid.en_first + row] @ zh.all[grid.zh_first + column].T
        for place in range(LONGEST_WINDOW):
            if not known(row, place, grid.en_count):
                expected[place, :, state] = np.nan
            if not known(column, place, grid.zh_count):
                expected[:, place, state] = np.nan
    np.testing.assert_allclose(table, expected, atol=1e-5)


def test_clauses_stand_behind_the_windows() -> None:
    en, zh = RandomWindows(3, 1), RandomWindows(3, 2)
    table = CosineTable(whole_grid((3, 3)), en, zh).values
    state = int(whole_grid((3, 3)).find(*np.array([[0], [1], [2]]))[0])
    first, last = en.clauses(1, 2)[0]
    np.testing.assert_allclose(table[FIRST_CLAUSE, 0, state], first @ zh.vectors(2, 3, 1)[0, 0], atol=1e-5)
    np.testing.assert_allclose(table[LAST_CLAUSE, 0, state], last @ zh.vectors(2, 3, 1)[0, 0], atol=1e-5)


@pytest.mark.parametrize("grid", GRIDS)
def test_cosines_of_all_candidates_are_known(grid: Grid) -> None:
    beads = list_candidates(grid)
    beads = beads.take(np.flatnonzero(beads.type_index >= NULL_TYPES))
    en, zh = windows_of(grid)
    table = CosineTable(grid, en, zh)
    found = table.values[beads.en_size - 1, beads.zh_size - 1, beads.start]
    assert np.isfinite(found).all()
    en_vectors = en.all[grid.en_first + beads.en_start, beads.en_size - 1]
    zh_vectors = zh.all[grid.zh_first + beads.zh_start, beads.zh_size - 1]
    np.testing.assert_allclose(found, (en_vectors * zh_vectors).sum(axis=1), atol=1e-5)


@pytest.mark.parametrize(("en", "zh"), [((0, 0), (0, 1)), ((-1, 1), (0, 0)), ((1, -1), (0, 0)), ((0, 0), (-1, 3))])
def test_a_changed_window_is_looked_up_at_its_own_state(en: tuple[int, int], zh: tuple[int, int]) -> None:
    """Missing where it is empty, too long or beyond the text, or where the band has no such state."""
    grid = whole_grid((9, 8))
    evidence = random_material(grid, 3).evidence()
    candidates = list_candidates(grid)
    candidates = candidates.take(np.flatnonzero(candidates.type_index >= NULL_TYPES))
    found = look_up_cosine(evidence, SparseBeads.of(grid, candidates), en, zh)
    en_start, en_size = candidates.en_start + en[0], candidates.en_size + en[1]
    zh_start, zh_size = candidates.zh_start + zh[0], candidates.zh_size + zh[1]
    there = (en_start >= 0) & (zh_start >= 0) & (en_start + en_size <= 9) & (zh_start + zh_size <= 8)
    there &= (en_size >= 1) & (en_size <= LONGEST_WINDOW) & (zh_size >= 1) & (zh_size <= LONGEST_WINDOW)
    assert np.isnan(found[~there]).all()
    places = grid.find(candidates.chunk, en_start, zh_start)[there]
    expected = evidence.cosines.values[en_size[there] - 1, zh_size[there] - 1, places]
    np.testing.assert_array_equal(found[there], expected)
    assert there.any()
    assert not there.all()


def bands_of(grid: Grid) -> tuple[list[set[int]], list[set[int]]]:
    """For each sentence of either side, those of the other that it can be compared with."""
    of_en: list[set[int]] = [set() for _ in range(grid.en_count)]
    of_zh: list[set[int]] = [set() for _ in range(grid.zh_count)]
    for number, row, column in zip(grid.chunk.tolist(), grid.row.tolist(), grid.column.tolist(), strict=True):
        chunk = grid.chunks[number]
        if grid.en_first + row < chunk.en_last and grid.zh_first + column < chunk.zh_last:
            of_en[row].add(column)
            of_zh[column].add(row)
    return of_en, of_zh


def mean_of_three(values: list[float]) -> float:
    return sum(sorted(values, reverse=True)[:3]) / 3


@pytest.mark.parametrize("grid", GRIDS)
def test_hubness_is_the_mean_of_the_three_best(grid: Grid) -> None:
    """Missing ones, where the band is narrower, count as 0."""
    en, zh = windows_of(grid)
    single = en.all[grid.en_first :, 0] @ zh.all[grid.zh_first :, 0].T
    en_hubness, zh_hubness = CosineTable(grid, en, zh).hubness()
    of_en, of_zh = bands_of(grid)
    en_expected = [mean_of_three([single[i, j] for j in near]) for i, near in enumerate(of_en)]
    zh_expected = [mean_of_three([single[i, j] for i in near]) for j, near in enumerate(of_zh)]
    np.testing.assert_allclose(en_hubness, np.array(en_expected, float), atol=1e-5)
    np.testing.assert_allclose(zh_hubness, np.array(zh_expected, float), atol=1e-5)


def best(windows: FloatArray, others: FloatArray, near: set[int], room: int) -> float:
    """Highest cosine of a window with any of the small windows near that lie within the text."""
    values = [windows @ others[j, size - 1] for j in near for size in range(1, SMALL + 1) if j + size <= room]
    return float(max(values, default=0.0))


@pytest.mark.parametrize("grid", GRIDS)
def test_best_counterparts_of_a_sentence_alone_and_with_the_next(grid: Grid) -> None:
    en, zh = windows_of(grid)
    table = CosineTable(grid, en, zh)
    en_all, zh_all = en.all[grid.en_first :], zh.all[grid.zh_first :]
    of_en, of_zh = bands_of(grid)
    for found, own, others, near, room in (
        (table.best_of_en(), en_all, zh_all, of_en, grid.zh_count),
        (table.best_of_zh(), zh_all, en_all, of_zh, grid.en_count),
    ):
        assert found.shape == (2, len(near))
        for line, places in enumerate(near):
            assert found[0, line] == pytest.approx(best(own[line, 0], others, places, room), abs=1e-5)
            if line + 1 < len(near):
                assert found[1, line] == pytest.approx(best(own[line, 1], others, places, room), abs=1e-5)


def test_zero_vectors_have_cosines_of_zero() -> None:
    """Sentences without a token that the encoder knows."""
    windows = RandomWindows(4, 1)
    windows.all[:] = 0
    table = CosineTable(whole_grid((4, 4)), windows, RandomWindows(4, 2))
    assert np.nanmax(np.abs(table.values)) == 0
    assert not np.concatenate(table.hubness()).any()
