"""How much windows explain of each other's sentences: the tables by state against a plain loop over windows."""

from dataclasses import dataclass

import numpy as np
import pytest
from alignment_grids import whole_grid
from random_evidence import random_terms

from aligner.align.coverage import cover, measure_number_retention
from aligner.align.grid import LONGEST_WINDOW, Grid
from aligner.lexicon import Terms, describe_terms
from aligner.records import Language


@dataclass(frozen=True)
class Token:
    sentence: int
    weight: float
    keys: frozenset[int]


def list_tokens(terms: Terms) -> list[Token]:
    return [
        Token(sentence, weight, frozenset(terms.keys[first:last].tolist()))
        for sentence, weight, first, last in zip(
            terms.sentence.tolist(),
            terms.weight.tolist(),
            terms.offsets[:-1].tolist(),
            terms.offsets[1:].tolist(),
            strict=True,
        )
    ]


def discount(tokens: list[Token], others: list[Token], near: set[tuple[int, int]]) -> list[Token]:
    """Tokens with their weight divided by the root of how many sentences near explain them.

    :param near: pairs of sentences, the tokens' own and another, that are a state of the band.
    """
    out = []
    for token in tokens:
        explaining = {
            other.sentence for other in others if token.keys & other.keys and (token.sentence, other.sentence) in near
        }
        out.append(Token(token.sentence, token.weight / max(len(explaining), 1) ** 0.5, token.keys))
    return out


def explain(tokens: list[Token], sentence: int, others: list[Token], window: range) -> float:
    """Weight of the tokens of a sentence that share a key with any token of a window of the other side."""
    keys = frozenset().union(*(other.keys for other in others if other.sentence in window))
    return sum(token.weight for token in tokens if token.sentence == sentence and token.keys & keys)


GRIDS = [
    pytest.param(whole_grid((1, 1)), id="one sentence of each"),
    pytest.param(whole_grid((5, 6)), id="one chunk"),
    pytest.param(whole_grid((2, 13)), id="more sentences than the longest window"),
    pytest.param(whole_grid((12, 3)), id="tall"),
    pytest.param(whole_grid((3, 0)), id="no Chinese"),
    pytest.param(whole_grid((0, 3)), id="no English"),
    pytest.param(whole_grid((14, 19), pad=3), id="narrow band"),
    pytest.param(whole_grid((4, 5), (3, 3), (5, 2)), id="several chunks"),
    pytest.param(whole_grid((9, 12), (0, 2), (10, 8), (2, 0), (6, 6), pad=2), id="narrow bands of several chunks"),
    pytest.param(whole_grid((4, 5), (3, 3), en_first=60, zh_first=20), id="from the middle of a text"),
]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("grid", GRIDS)
def test_coverage_equals_counting_window_by_window(grid: Grid, seed: int) -> None:
    """For every state with a sentence on both sides and every window that does not reach beyond its chunk."""
    random = np.random.default_rng(seed)
    en_terms, zh_terms = random_terms(random, grid.en_count), random_terms(random, grid.zh_count)
    coverage = cover(en_terms, zh_terms, grid)
    assert coverage.en.shape == coverage.zh.shape == (LONGEST_WINDOW, len(grid) + 1)

    states = list(zip(grid.chunk.tolist(), grid.row.tolist(), grid.column.tolist(), strict=True))
    en_ends = [chunk.en_last - grid.en_first for chunk in grid.chunks]
    zh_ends = [chunk.zh_last - grid.zh_first for chunk in grid.chunks]
    owner = grid.chunk_of_rows().tolist()
    near = {(row, column) for chunk, row, column in states if row < grid.en_count and owner[row] == chunk}
    en, zh = list_tokens(en_terms), list_tokens(zh_terms)
    en, zh = discount(en, zh, near), discount(zh, en, {(column, row) for row, column in near})
    for before, tokens, count in (
        (coverage.en_before, en, grid.en_count),
        (coverage.zh_before, zh, grid.zh_count),
    ):
        sums = [sum(token.weight for token in tokens if token.sentence < line) for line in range(count + 1)]
        np.testing.assert_allclose(before, sums, atol=1e-4)
    for state, (chunk, row, column) in enumerate(states):
        if row == en_ends[chunk] or column == zh_ends[chunk]:
            continue
        for size in range(1, LONGEST_WINDOW + 1):
            if column + size <= zh_ends[chunk]:
                expected = explain(en, row, zh, range(column, column + size))
                assert coverage.en[size - 1, state] == pytest.approx(expected, abs=1e-4)
            if row + size <= en_ends[chunk]:
                expected = explain(zh, column, en, range(row, row + size))
                assert coverage.zh[size - 1, state] == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("grid", GRIDS)
def test_a_longer_window_explains_no_less_and_no_more_than_there_is(grid: Grid) -> None:
    """Also where a window reaches beyond its chunk or the text."""
    random = np.random.default_rng(4)
    coverage = cover(random_terms(random, grid.en_count), random_terms(random, grid.zh_count), grid)
    for table, before, sentence in (
        (coverage.en[:, :-1], coverage.en_before, grid.row),
        (coverage.zh[:, :-1], coverage.zh_before, grid.column),
    ):
        assert np.isfinite(table).all()
        assert (np.diff(table, axis=0) >= 0).all()
        there = np.append(np.diff(before), 0)[sentence]
        assert (table <= there + 1e-4).all()
        assert (table >= 0).all()


def test_what_is_no_state_explains_nothing_known() -> None:
    random = np.random.default_rng(5)
    coverage = cover(random_terms(random, 5), random_terms(random, 6), whole_grid((5, 6)))
    assert np.isnan(coverage.en[:, -1]).all()
    assert np.isnan(coverage.zh[:, -1]).all()


def test_ambiguous_tokens_weigh_less() -> None:
    """A word that four sentences of the band explain weighs half of one that a single sentence explains."""
    en = describe_terms(["Quillon"], Language.EN, None)
    one, four = (
        cover(en, describe_terms(zh, Language.ZH, None), whole_grid((1, 4))).en_before[1]
        for zh in (["Quillon", "海", "海", "海"], ["Quillon"] * 4)
    )
    assert four == pytest.approx(one / 2)


def test_sentences_out_of_the_band_do_not_make_a_token_ambiguous() -> None:
    zh = describe_terms(["Quillon"] * 9, Language.ZH, None)
    en = describe_terms(["Quillon", *[""] * 8], Language.EN, None)
    wide, narrow = (cover(en, zh, whole_grid((9, 9), pad=pad)).en_before[1] for pad in (None, 1))
    assert narrow == pytest.approx(wide * (9 / 2) ** 0.5), "two of the nine are near"


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("en", "zh", "lacked", "reason"),
    [
        ("No numbers.", "没有。", 1 / 2, "nothing is known"),
        ("45 of 61 ships", "61艘船", 2 / 5, "two of three are kept"),
        ("45 of 61 ships", "十七艘船", 4 / 5, "none of three"),
        ("12 ships in May 2019", "十二艘船", 1 / 2, "small ones, years and months do not count"),
        (" ".join(map(str, range(20, 60))), "、".join(map(str, range(20, 60))), np.exp(-3), "never quite sure"),
        ("", "", 1 / 2, "no text"),
    ],
)
def test_fidelity_is_how_surely_numbers_are_kept(en: str, zh: str, lacked: float, reason: str) -> None:
    sides = describe_terms([en], Language.EN, None), describe_terms([zh], Language.ZH, None)
    assert measure_number_retention(*sides) == pytest.approx(-np.log(lacked)), reason
    assert measure_number_retention(*sides[::-1]) == measure_number_retention(*sides)
