"""The numbering of states: one for each boundary of each chunk's band, layer by layer, and found again by its place."""

import itertools

import numpy as np
import pytest
from alignment_grids import whole_chunk, whole_grid

from aligner.align.arrays import segment_maximum
from aligner.align.grid import (
    BEAD_TYPES,
    LONGEST_WINDOW,
    MOST_SENTENCES,
    MOST_SMALLER_SIDE,
    NULL_TYPES,
    Grid,
)
from aligner.records import IntArray

GRIDS = [
    pytest.param(whole_grid((1, 1)), id="one sentence of each"),
    pytest.param(whole_grid((4, 6)), id="one chunk"),
    pytest.param(whole_grid((0, 3)), id="no English"),
    pytest.param(whole_grid((3, 0)), id="no Chinese"),
    pytest.param(whole_grid((2, 3), (4, 2), (1, 1)), id="chunks of several depths"),
    pytest.param(whole_grid((2, 3), (0, 4), (3, 0), (2, 2)), id="chunks of one side between others"),
    pytest.param(whole_grid((3, 2), (2, 4), en_first=7, zh_first=11), id="a stretch from the middle of a text"),
    pytest.param(whole_grid((9, 14), (12, 7), (5, 5), pad=2), id="narrow bands"),
]
Place = tuple[int, int, int]
"""Chunk, row, column."""


def band_of(grid: Grid) -> list[list[Place]]:
    """The boundaries of each layer in order, by a plain loop over the chunks."""
    layers: list[list[Place]] = []
    for layer in range(max(len(chunk.low) for chunk in grid.chunks)):
        places = []
        for number, chunk in enumerate(grid.chunks):
            if layer < len(chunk.low):
                row, column = chunk.en_first - grid.en_first + layer, chunk.zh_first - grid.zh_first
                columns = range(column + int(chunk.low[layer]), column + int(chunk.high[layer]) + 1)
                places += [(number, row, column) for column in columns]
        layers.append(places)
    return layers


def places_of(grid: Grid) -> list[Place]:
    return list(zip(grid.chunk.tolist(), grid.row.tolist(), grid.column.tolist(), strict=True))


@pytest.mark.parametrize("grid", GRIDS)
def test_states_are_the_boundaries_of_all_bands_layer_by_layer(grid: Grid) -> None:
    layers = band_of(grid)
    assert places_of(grid) == list(itertools.chain.from_iterable(layers))
    assert len(grid) == sum(map(len, layers))
    assert np.diff(grid.layers).tolist() == [len(places) for places in layers]
    assert grid.layers[0] == 0


@pytest.mark.parametrize("grid", GRIDS)
def test_each_chunk_starts_at_its_first_state_and_ends_at_its_last(grid: Grid) -> None:
    """The lattice tells the ends of a text by their numbers."""
    for number, chunk in enumerate(grid.chunks):
        states = np.flatnonzero(grid.chunk == number)
        assert (grid.starts[number], grid.ends[number]) == (states[0], states[-1])
        start, end = places_of(grid)[states[0]], places_of(grid)[states[-1]]
        assert start[1:] == (chunk.en_first - grid.en_first, chunk.zh_first - grid.zh_first)
        assert end[1:] == (chunk.en_last - grid.en_first, chunk.zh_last - grid.zh_first)


@pytest.mark.parametrize("grid", GRIDS)
def test_lines_are_the_rows_of_each_chunk(grid: Grid) -> None:
    assert (grid.lines[0], grid.lines[-1]) == (0, len(grid))
    for first, last in itertools.pairwise(grid.lines.tolist()):
        assert len({place[:2] for place in places_of(grid)[first:last]}) == 1
        assert (np.diff(grid.column[first:last]) == 1).all()


@pytest.mark.parametrize("grid", GRIDS)
def test_a_state_is_found_at_its_place_and_nothing_elsewhere(grid: Grid) -> None:
    numbers = {place: state for state, place in enumerate(places_of(grid))}
    asked = list(itertools.product(range(len(grid.chunks)), range(-2, grid.en_count + 3), range(-2, grid.zh_count + 3)))
    found = grid.find(*np.array(asked).T)
    assert found.tolist() == [numbers.get(place, len(grid)) for place in asked]


@pytest.mark.parametrize("grid", GRIDS)
def test_a_shift_stays_in_its_chunk(grid: Grid) -> None:
    numbers = {place: state for state, place in enumerate(places_of(grid))}
    for rows, columns in [(0, 0), (0, 1), (1, 0), (2, 1), (-1, -2), (0, -1), (7, 1), (-7, 0)]:
        expected = [numbers.get((c, i + rows, j + columns), len(grid)) for c, i, j in places_of(grid)]
        assert grid.shift(rows, columns).tolist() == [*expected, len(grid)]


@pytest.mark.parametrize("grid", GRIDS)
def test_rows_know_their_chunk_and_band(grid: Grid) -> None:
    owners = grid.chunk_of_rows()
    assert len(owners) == grid.en_count
    low, high = grid.band_of_rows(owners, np.arange(grid.en_count))
    for row, owner in enumerate(owners.tolist()):
        chunk = grid.chunks[owner]
        assert chunk.en_first <= row + grid.en_first < chunk.en_last
        columns = [column for number, i, column in places_of(grid) if (number, i) == (owner, row)]
        assert (low[row], high[row]) == (min(columns), max(columns))


def test_shapes_are_all_that_the_limits_allow() -> None:
    sizes = range(MOST_SENTENCES + 1)
    both = {(m, n) for m in sizes for n in sizes if m and n and m + n <= MOST_SENTENCES}
    assert set(BEAD_TYPES) == {(0, 1), (1, 0)} | {shape for shape in both if min(shape) <= MOST_SMALLER_SIDE}
    assert len(BEAD_TYPES) == len(set(BEAD_TYPES))
    assert [min(shape) for shape in BEAD_TYPES[:NULL_TYPES]] == [0, 0], "features tell null types by their place"
    assert BEAD_TYPES[0] == (0, 1), "the one that stays in its layer"
    assert max(map(max, BEAD_TYPES)) == LONGEST_WINDOW


@pytest.mark.parametrize(
    ("owner", "count", "expected", "reason"),
    [
        ([0, 1, 0, 2], 3, [3.0, 2.0, 4.0], "owners in any order"),
        ([0, 0, 2, 2], 4, [2.0, 0.0, 4.0, 0.0], "0 for an owner without values"),
        ([2, 2, 0, 1], 2, [3.0, 4.0], "the boundary behind the last sentence, whose values are missing, has no owner"),
        ([0, 0, 0, 0], 1, [4.0], "one owner"),
        ([1, 1, 1, 1], 1, [0.0], "nothing but the boundary"),
    ],
)
def test_highest_value_of_each_owner(owner: list[int], count: int, expected: list[float], reason: str) -> None:
    owners: IntArray = np.array(owner)
    values = np.where(owners < count, np.array([1.0, 2.0, 3.0, 4.0]), np.nan).astype(np.float32)
    found = segment_maximum(np.stack([values, values / 2]), owners, count)
    np.testing.assert_array_equal(found, [expected, np.array(expected) / 2], err_msg=reason)


def test_missing_values_are_not_the_highest() -> None:
    values = np.array([[np.nan, 0.5, np.nan, np.nan]], np.float32)
    np.testing.assert_array_equal(segment_maximum(values, np.array([0, 0, 1, 1]), 2), [[0.5, 0.0]])


def test_a_chunk_alone_is_the_same_inside_a_stretch() -> None:
    """Its states differ in number only."""
    stretch = whole_grid((2, 3), (3, 4), (2, 2))
    inside = [(i - 2, j - 3) for c, i, j in places_of(stretch) if c == 1]
    assert inside == [(i, j) for _, i, j in places_of(Grid([whole_chunk(3, 4, 2, 3)]))]
