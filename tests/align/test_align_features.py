"""Evidence on beads: what is looked up is what a plain comparison gives, and what cannot be compared says nothing."""

import itertools
import math
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from alignment_grids import NumberEncoder, whole_grid, write_en, write_zh
from random_evidence import Material, random_material

from aligner.align.coverage import Coverage
from aligner.align.decode import gather_evidence
from aligner.align.features import (
    BREAK_NAMES,
    FINAL_ONLY,
    NULL_PRUNING_NAMES,
    OMISSION_NAMES,
    PRUNING,
    DenseBeads,
    Group,
    SparseBeads,
    StretchEvidence,
    list_names,
    measure_candidates,
    measure_coarse,
    measure_null_beads,
    measure_two_sided,
)
from aligner.align.features.clauses import measure_clauses, measure_edge_clauses
from aligner.align.features.evidence import Measure
from aligner.align.features.lengths import measure_breaks, measure_length, measure_paragraphs
from aligner.align.features.lexical import measure_lexical, measure_numbers, measure_retained_coverage
from aligner.align.features.quotes import describe_quotes, measure_quotes
from aligner.align.features.similarity import measure_extensions, measure_removals, measure_similarity, measure_splits
from aligner.align.grid import BEAD_TYPES, LONGEST_WINDOW, NULL_TYPES, Grid
from aligner.align.lattice import Candidates, list_candidates
from aligner.align.prepare import prepare_side
from aligner.align.stretches import describe_document
from aligner.records import FloatArray, Language

EN, ZH = Language.EN, Language.ZH
FIRST, LAST = LONGEST_WINDOW, LONGEST_WINDOW + 1
"""Where the first and the last clause of a sentence stand in random windows."""
GRIDS = [
    pytest.param(whole_grid((1, 1)), id="one sentence of each"),
    pytest.param(whole_grid((9, 8)), id="one chunk"),
    pytest.param(whole_grid((12, 15), pad=2), id="narrow band"),
    pytest.param(whole_grid((4, 5), (3, 3), (5, 2)), id="several chunks"),
    pytest.param(whole_grid((9, 12), (0, 2), (10, 8), (2, 0), (6, 6), pad=2), id="narrow bands of several chunks"),
    pytest.param(whole_grid((4, 5), (5, 4), en_first=9, zh_first=2), id="from the middle of a text"),
]


def two_sided(grid: Grid) -> Candidates:
    candidates = list_candidates(grid)
    return candidates.take(np.flatnonzero(candidates.type_index >= NULL_TYPES))


def measure(function: Measure, evidence: StretchEvidence, candidates: Candidates) -> FloatArray:
    """`(c, f)`"""
    return np.stack(function(evidence, SparseBeads.of(evidence.grid, candidates)), axis=1)


# --- all beads and some ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("group", PRUNING, ids=lambda group: group[0])
def test_features_of_all_beads_are_those_of_some(group: Group, grid: Grid) -> None:
    """The coarse scorer measures every bead type at every state; training measures candidates."""
    evidence = random_material(grid, 1).evidence()
    candidates = two_sided(grid)
    everything = list(measure_two_sided((group,), evidence, DenseBeads.of(grid)))
    some = list(measure_two_sided((group,), evidence, SparseBeads.of(grid, candidates)))
    assert len(everything) == len(some) == len(group[1])
    for name, dense, flat in zip(list_names((group,)), everything, some, strict=True):
        table = np.broadcast_to(dense, (len(BEAD_TYPES) - NULL_TYPES, len(grid)))
        np.testing.assert_allclose(
            table[candidates.type_index - NULL_TYPES, candidates.start], flat, atol=1e-5, err_msg=name
        )
        assert np.isfinite(table).all(), "beads out of the band count for nothing, but must not spoil a sum"


@pytest.mark.parametrize("grid", GRIDS)
def test_a_bead_has_the_same_features_whatever_is_measured_beside_it(grid: Grid) -> None:
    evidence = random_material(grid, 2).evidence()
    candidates = list_candidates(grid)
    chosen = np.random.default_rng(3).permutation(len(candidates))[: len(candidates) // 3 + 1]
    together = measure_candidates(evidence, candidates)
    np.testing.assert_allclose(measure_candidates(evidence, candidates.take(chosen)), together[chosen], atol=1e-6)


@pytest.mark.parametrize("grid", GRIDS)
def test_columns_of_candidates(grid: Grid) -> None:
    """Two-sided beads have the groups' features, null ones those of their sentence, and neither the other's."""
    evidence = random_material(grid, 4).evidence()
    candidates = list_candidates(grid)
    features = measure_candidates(evidence, candidates)
    names = len(list_names(PRUNING + FINAL_ONLY))
    last = names + len(NULL_PRUNING_NAMES) + len(OMISSION_NAMES)
    assert features.shape == (len(candidates), last + len(BREAK_NAMES))
    null = candidates.type_index < NULL_TYPES
    assert not features[null, :names].any()
    assert not features[~null, names:].any()
    en, zh = measure_null_beads(evidence)
    for shape, values, start in ((0, zh, candidates.zh_start), (1, en, candidates.en_start)):
        rows = candidates.type_index == shape
        np.testing.assert_array_equal(features[rows, names:last], values[start[rows]])
        breaks = measure_breaks(evidence, candidates.take(np.flatnonzero(rows)))
        np.testing.assert_array_equal(features[rows, last:], breaks)
    coarse = measure_coarse(evidence, candidates)
    pruning = len(list_names(PRUNING))
    np.testing.assert_array_equal(coarse[:, :pruning], features[:, :pruning])
    np.testing.assert_array_equal(coarse[:, pruning:], features[:, names : names + len(NULL_PRUNING_NAMES)])


# --- plain comparisons -----------------------------------------------------------------------------------------------


class Plain:
    """Cosines of one random material, one by one; `nan` where a window is empty, too long or beyond the text."""

    def __init__(self, material: Material) -> None:
        self._en, self._zh = material.en_windows.all, material.zh_windows.all

    def cosine(self, i: int, m: int, j: int, n: int) -> float:
        """Of the English window of m sentences from i on and the Chinese one of n from j on."""
        if not (1 <= m <= LONGEST_WINDOW and 1 <= n <= LONGEST_WINDOW):
            return math.nan
        if i < 0 or j < 0 or i + m > len(self._en) or j + n > len(self._zh):
            return math.nan
        return float(self._en[i, m - 1] @ self._zh[j, n - 1])

    def texts(self, i: int, en: int, j: int, zh: int) -> float:
        """Of any two texts that start at sentences i and j, by their places in the table."""
        if not (0 <= i < len(self._en) and 0 <= j < len(self._zh)):
            return math.nan
        inside = (en >= LONGEST_WINDOW or i + en < len(self._en)) and (zh >= LONGEST_WINDOW or j + zh < len(self._zh))
        return float(self._en[i, en] @ self._zh[j, zh]) if inside else math.nan


def beads_of(candidates: Candidates) -> list[tuple[int, int, int, int]]:
    """English start and size, Chinese start and size."""
    rows = (candidates.en_start, candidates.en_size, candidates.zh_start, candidates.zh_size)
    return list(zip(*(row.tolist() for row in rows), strict=True))


def highest(*values: float) -> float:
    """Of those that are known."""
    return max((value for value in values if not math.isnan(value)), default=math.nan)


def check(function: Measure, material: Material, expected: list[list[float]]) -> None:
    found = measure(function, material.evidence(), two_sided(material.grid))
    np.testing.assert_allclose(found, np.nan_to_num(np.array(expected)), atol=2e-5)
    assert (np.abs(found).max(axis=0) > 0).all(), "every feature says something somewhere"


WHOLE = whole_grid((9, 8))


def test_similarity_by_plain_comparison() -> None:
    material = random_material(WHOLE, 5)
    plain, evidence = Plain(material), material.evidence()
    expected = []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        cosine = plain.cosine(i, m, j, n)
        hubness = (material.en.hubness[i : i + m].mean() + material.zh.hubness[j : j + n].mean()) / 2
        expected.append([cosine, cosine - hubness, max(0, 0.5 - cosine), cosine - evidence.anchor_cosine, m + n])
    check(measure_similarity, material, expected)


def test_extensions_and_removals_by_plain_comparison() -> None:
    material = random_material(WHOLE, 6)
    plain = Plain(material)
    longer, shorter = [], []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        own = plain.cosine(i, m, j, n)
        changed = ((i - 1, m + 1, j, n), (i, m + 1, j, n), (i, m, j - 1, n + 1), (i, m, j, n + 1))
        longer.append([plain.cosine(*windows) - own for windows in changed])
        changed = ((i + 1, m - 1, j, n), (i, m - 1, j, n), (i, m, j + 1, n - 1), (i, m, j, n - 1))
        shorter.append([plain.cosine(*windows) - own for windows in changed])
    check(measure_extensions, material, longer)
    check(measure_removals, material, shorter)


def test_splits_by_plain_comparison() -> None:
    material = random_material(WHOLE, 7)
    plain = Plain(material)
    expected = []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        means = [
            (plain.cosine(i, a, j, b) + plain.cosine(i + a, m - a, j + b, n - b)) / 2
            for a, b in itertools.product(range(1, m), range(1, n))
        ]
        best = max(means, default=math.nan)
        expected.append([best - plain.cosine(i, m, j, n), best])
    check(measure_splits, material, expected)


def test_clauses_by_plain_comparison() -> None:
    """At the start of a bead the clause inside is a first one, the clause outside a last one; at the end otherwise."""
    material = random_material(WHOLE, 8)
    plain = Plain(material)
    expected = []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        en_rows, zh_rows, between = [], [], []
        for inner, outer, (row, out_row), (column, out_column) in (
            (FIRST, LAST, (i, i - 1), (j, j - 1)),
            (LAST, FIRST, (i + m - 1, i + m), (j + n - 1, j + n)),
        ):
            inside = highest(plain.texts(row, inner, j, n - 1), plain.texts(row, inner, column, 0))
            across = plain.texts(row, inner, out_column, 0)
            outside = plain.texts(out_row, outer, out_column, 0)
            back = highest(plain.texts(out_row, outer, j, n - 1), plain.texts(out_row, outer, column, 0))
            en_rows += [inside - across, outside - back]
            inside = highest(plain.texts(i, m - 1, column, inner), plain.texts(row, 0, column, inner))
            across = plain.texts(out_row, 0, column, inner)
            outside = plain.texts(out_row, 0, out_column, outer)
            back = highest(plain.texts(i, m - 1, out_column, outer), plain.texts(row, 0, out_column, outer))
            zh_rows += [inside - across, outside - back]
            across = highest(plain.texts(row, inner, out_column, outer), plain.texts(out_row, outer, column, inner))
            between.append(plain.texts(row, inner, column, inner) - across)
        expected.append([*en_rows, *zh_rows, *between])
    check(measure_clauses, material, expected)


def test_handover_by_plain_comparison() -> None:
    """The clause at either edge of the other side, beside the sentence there and the one next to it inside."""
    material = random_material(WHOLE, 15)
    plain = Plain(material)
    expected = []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        row = []
        for clause, en, en_inner, zh, zh_inner in (
            (FIRST, i, i + 1, j, j + 1),
            (LAST, i + m - 1, i + m - 2, j + n - 1, j + n - 2),
        ):
            of_en = plain.texts(en, 0, zh, clause) - plain.texts(en_inner, 0, zh, clause) if m > 1 else 0.0
            of_zh = plain.texts(en, clause, zh, 0) - plain.texts(en, clause, zh_inner, 0) if n > 1 else 0.0
            row.append((of_en, of_zh))
        expected.append([*(of_en for of_en, _ in row), *(of_zh for _, of_zh in row)])
    check(measure_edge_clauses, material, expected)


def test_lengths_by_plain_comparison() -> None:
    material = random_material(WHOLE, 9)
    evidence = material.evidence()
    expected = []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        en = float(material.en.chars[i + m] - material.en.chars[i]) * evidence.chars_ratio
        zh = float(material.zh.chars[j + n] - material.zh.chars[j])
        ratio = math.log((zh + 2) / (en + 2))
        expected.append([ratio, abs(ratio), ratio**2, abs(zh - en) / math.sqrt(en + zh + 4)])
    found = measure(measure_length, evidence, two_sided(WHOLE))
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


def test_paragraphs_by_plain_comparison() -> None:
    """A boundary is where a sentence has another number than the one before; both ends of the text are boundaries."""
    material = random_material(WHOLE, 10)

    def starts(paragraphs: list[int]) -> list[bool]:
        return [True, *(a != b for a, b in itertools.pairwise(paragraphs)), True]

    en, zh = starts(material.en.paragraphs.tolist()), starts(material.zh.paragraphs.tolist())
    expected = []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        inside = sum(en[i + 1 : i + m]), sum(zh[j + 1 : j + n])
        expected.append([sum(inside), min(inside), (en[i] != zh[j]) + (en[i + m] != zh[j + n])])
    check(measure_paragraphs, material, expected)


def explain(words: Coverage, english: bool, start: int, size: int, other: int, other_size: int) -> float:
    """Weight of consecutive sentences of one language that a window of the other explains."""
    if other < 0 or other > (WHOLE.zh_count if english else WHOLE.en_count) or other_size > LONGEST_WINDOW:
        return math.nan
    table, total = (words.en if english else words.zh), 0.0
    for line in range(start, start + size):
        place = (line, other) if english else (other, line)
        (state,) = WHOLE.find(np.array([0]), np.array(place[:1]), np.array(place[1:])).tolist()
        total += table[other_size - 1, state]
    return total


@pytest.mark.slow
def test_words_by_plain_comparison() -> None:
    """Explained shares; gain of a longer window on the other side; edges inside and outside."""
    material = random_material(WHOLE, 11)
    words = material.evidence().words
    explained = partial(explain, words)

    def share(english: bool, start: int, size: int, other: int, other_size: int) -> float:
        before = words.en_before if english else words.zh_before
        if start < 0 or start + size >= len(before):
            return math.nan
        return explained(english, start, size, other, other_size) / (before[start + size] - before[start] + 0.3)

    expected = []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        en, zh = explained(True, i, m, j, n), explained(False, j, n, i, m)
        row = [share(True, i, m, j, n), share(False, j, n, i, m)]
        row.append(min(row))
        for shift in (1, 0):
            row += [explained(True, i, m, j - shift, n + 1) - en, explained(False, j, n, i - shift, m + 1) - zh]
        for en_inner, zh_inner, outwards in ((i, j, -1), (i + m - 1, j + n - 1, 1)):
            en_outer, zh_outer = en_inner + outwards, zh_inner + outwards
            row.append(share(True, en_inner, 1, j, n) - share(True, en_inner, 1, zh_outer, 1))
            row.append(share(False, zh_inner, 1, i, m) - share(False, zh_inner, 1, en_outer, 1))
            row += [share(True, en_outer, 1, j, n), share(False, zh_outer, 1, i, m)]
        expected.append(row)
    check(measure_lexical, material, expected)


def test_numbers_by_plain_comparison() -> None:
    """What the other window does not explain: of the whole side, and of its edges where it has several sentences; all
    as many times as the document's numbers tell.
    """
    material = random_material(WHOLE, 13)
    evidence = material.evidence()
    figures = evidence.numbers

    def left(english: bool, start: int, size: int, other: int, other_size: int) -> float:
        before = figures.en_before if english else figures.zh_before
        total = float(before[start + size] - before[start])
        return max(total - explain(figures, english, start, size, other, other_size), 0.0)

    expected = []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        row = []
        for english, start, size, other in ((True, i, m, (j, n)), (False, j, n, (i, m))):
            row.append(min(left(english, start, size, *other), 2))
            row += [min(left(english, edge, 1, *other), 1) * (size > 1) for edge in (start, start + size - 1)]
        expected.append([evidence.number_retention * value for value in row])
    check(measure_numbers, material, expected)


def test_idleness_by_plain_comparison() -> None:
    """What the other side's words lose without the first, and without the last sentence of a side of several."""
    material = random_material(WHOLE, 14)
    explained = partial(explain, material.evidence().words)
    expected = []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        row = []
        for english, other, size, start, several in ((False, j, n, i, m), (True, i, m, j, n)):
            whole = explained(english, other, size, start, several)
            for first in (start + 1, start):
                lost = whole - explained(english, other, size, first, several - 1) if several > 1 else math.nan
                row.append(0.3 / (max(lost, 0.0) + 0.3) - 0.3 / (whole + 0.3) if several > 1 else 0.0)
        expected.append(row)
    check(measure_retained_coverage, material, expected)


# --- the other way round ---------------------------------------------------------------------------------------------


def swap_languages(name: str) -> str:
    """The name of the feature that says the same when the languages are exchanged."""
    group, feature = name.split(".")
    exchange = {"en": "zh", "zh": "en"}
    return f"{group}." + "_".join(exchange.get(word, word) for word in feature.split("_"))


@pytest.mark.parametrize(
    "group", [group for group in PRUNING + FINAL_ONLY if group[0] != "length"], ids=lambda group: group[0]
)
def test_exchanged_languages_exchange_the_features(group: Group) -> None:
    """But for lengths, which know that Chinese is shorter."""
    material, other = random_material(WHOLE, 12), whole_grid((8, 9))
    swapped = material.swapped(other).evidence()
    candidates, mirrored = two_sided(WHOLE), two_sided(other)
    places = {(j, n, i, m): index for index, (i, m, j, n) in enumerate(beads_of(mirrored))}
    mirrored = mirrored.take(np.array([places[bead] for bead in beads_of(candidates)]))
    names = list_names((group,))
    found = dict(zip(names, group[2](material.evidence(), SparseBeads.of(WHOLE, candidates)), strict=True))
    exchanged = dict(zip(names, group[2](swapped, SparseBeads.of(other, mirrored)), strict=True))
    for name in names:
        np.testing.assert_allclose(found[name], exchanged[swap_languages(name)], atol=1e-5, err_msg=name)


def test_exchanged_languages_exchange_what_is_unaligned() -> None:
    material = random_material(WHOLE, 13)
    en, zh = measure_null_beads(replace(material.evidence(), chars_ratio=1.0))
    zh_swapped, en_swapped = measure_null_beads(
        replace(material.swapped(whole_grid((8, 9))).evidence(), chars_ratio=1.0)
    )
    np.testing.assert_allclose(en_swapped, en, atol=1e-5)
    np.testing.assert_allclose(zh_swapped, zh, atol=1e-5)


# --- unaligned sentences ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("grid", GRIDS)
def test_what_is_known_of_an_unaligned_sentence(grid: Grid) -> None:
    material = random_material(grid, 14)
    evidence = material.evidence()
    for found, side, table, before, best, owner, ratio in (
        (
            measure_null_beads(evidence)[0],
            material.en,
            evidence.words.en,
            evidence.words.en_before,
            evidence.cosines.best_of_en(),
            grid.row,
            evidence.chars_ratio,
        ),
        (
            measure_null_beads(evidence)[1],
            material.zh,
            evidence.words.zh,
            evidence.words.zh_before,
            evidence.cosines.best_of_zh(),
            grid.column,
            1.0,
        ),
    ):
        single, double = best
        lines = len(side.hubness)
        assert found.shape == (lines, len(NULL_PRUNING_NAMES + OMISSION_NAMES))
        for line in range(lines):
            explained = table[1, :-1][owner == line].max() / (before[line + 1] - before[line] + 0.3)
            expected = {
                "null.hubness": side.hubness[line],
                "null.best": single[line],
                "null.above_anchor_cosine": single[line] - evidence.anchor_cosine,
                "null.with_previous": double[line - 1] - single[line - 1] if line else 0.0,
                "null.with_next": double[line] - single[line + 1] if line + 1 < lines else 0.0,
                "null.length": math.log((side.chars[line + 1] - side.chars[line]) * ratio + 2),
                "null.edge": side.edge[line],
                "null.explained": explained,
                "null.speech": float(any(side.quotes[line, :3])),
                "omissions.null_share": math.log(evidence.null_share + 0.005),
                "omissions.merged_share": math.log(evidence.merged_share + 0.05),
            }
            values = dict(zip(NULL_PRUNING_NAMES + OMISSION_NAMES, found[line].tolist(), strict=True))
            assert values == pytest.approx(expected, abs=1e-4)


# --- quotes ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "opened", "closed", "starts", "ends"),
    [
        ('"We won," she said.', 1, 1, 1, 0),  # straight marks open and close by turns
        ('She said "yes" and "no".', 2, 2, 0, 0),
        ("“We won.”", 1, 1, 1, 1),
        ("‘We won,’ she said.", 1, 1, 1, 0),
        ("'We won,' she said.", 1, 1, 1, 0),
        ("It's the workers' day, isn't it?", 0, 0, 0, 0),  # apostrophes, one of them after an s
        ("It’s the workers’ day, isn’t it?", 0, 0, 0, 0),
        ("“I can’t,” he said.", 1, 1, 1, 0),
        ("“He told us ‘go!’ and left.”", 2, 2, 1, 1),  # one inside the other
        ("「我們贏了。」", 1, 1, 1, 1),
        ("他說：『好。』", 1, 1, 0, 1),
        ("“我们赢了，”她说。", 1, 1, 1, 0),
        ("他说＂好＂。", 1, 1, 0, 0),  # full-width straight marks
        ("“我们赢了。", 1, 0, 1, 0),
        ("他这样说。”", 0, 1, 0, 1),
        ("", 0, 0, 0, 0),
    ],
)
def test_quotes_of_one_sentence(text: str, opened: int, closed: int, starts: int, ends: int) -> None:
    (row,) = describe_quotes([text]).tolist()
    assert [row[0], row[1], row[4], row[5]] == [opened, closed, starts, ends]
    assert row[2] == 0, "nothing is open before the first sentence"


def test_quotes_by_plain_comparison() -> None:
    material = random_material(WHOLE, 15)
    en, zh = material.en.quotes.tolist(), material.zh.quotes.tolist()
    expected = []
    for i, m, j, n in beads_of(two_sided(WHOLE)):
        opened, closed = (
            sum(row[kind] for row in en[i : i + m]) - sum(row[kind] for row in zh[j : j + n]) for kind in (0, 1)
        )
        row = [min(max(opened, 0), 3), min(max(-opened, 0), 3), min(abs(closed), 3)]
        for kind, en_line, zh_line in ((2, i, j), (3, i + m - 1, j + n - 1), (4, i, j), (5, i + m - 1, j + n - 1)):
            row.append(abs(en[en_line][kind] - zh[zh_line][kind]))
        expected.append(row)
    check(measure_quotes, material, expected)


@pytest.mark.parametrize(
    ("texts", "before", "after"),
    [
        (["“We won.", "We are glad.”", "She left."], [0, 1, 0], [1, 0, 0]),
        (['"We won.', 'We are glad."', "She left."], [0, 1, 0], [1, 0, 0]),
        (["“First paragraph.", "“Second paragraph.”", "End."], [0, 1, 0], [1, 0, 0]),  # opens again, closes once
        (["「第一段。", "「第二段。」", "完。"], [0, 1, 0], [1, 0, 0]),
        (["No marks.", "None here."], [0, 0], [0, 0]),
        ([], [], []),
    ],
)
def test_quotes_stay_open_across_sentences(texts: list[str], before: list[int], after: list[int]) -> None:
    rows = describe_quotes(texts)
    assert rows.shape == (len(texts), 6)
    assert rows[:, 2].tolist() == before
    assert rows[:, 3].tolist() == after


# --- what cannot be compared -----------------------------------------------------------------------------------------


def compare_texts(
    en: list[str], zh: list[str], paragraphs: tuple[list[int], list[int]] | None = None
) -> StretchEvidence:
    encoder = NumberEncoder()
    en_paragraphs, zh_paragraphs = paragraphs or (None, None)
    sides = prepare_side(encoder, en, EN, en_paragraphs), prepare_side(encoder, zh, ZH, zh_paragraphs)
    document = describe_document(*sides)
    return gather_evidence(document, Grid(document.chunks))


def numbered_texts(en_count: int, zh_count: int) -> tuple[list[str], list[str]]:
    return [write_en([k, k + 50]) for k in range(en_count)], [write_zh([k, k + 50]) for k in range(zh_count)]


def pick(evidence: StretchEvidence, *beads: tuple[int, int, int, int]) -> Candidates:
    """Candidates by English start and size, Chinese start and size."""
    all_beads = list_candidates(evidence.grid)
    places = {bead: index for index, bead in enumerate(beads_of(all_beads))}
    return all_beads.take(np.array([places[bead] for bead in beads]))


def test_bead_of_a_whole_text_has_nothing_outside() -> None:
    evidence = compare_texts(*numbered_texts(3, 3))
    bead = pick(evidence, (0, 3, 0, 3))
    assert not measure(measure_extensions, evidence, bead).any()
    assert not measure(measure_clauses, evidence, bead).any()
    assert not measure(measure_lexical, evidence, bead)[:, 3:].any(), "after the three shares, all compare with outside"


def test_numbers_that_the_other_side_lacks() -> None:
    """All of them count, but for small ones, which are often put in words, and years and months."""
    evidence = compare_texts(
        ["It has 45 seats.", "It carries 61,000 people in 3 cities.", "It opened in May 2019."],
        ["它有45个座位。", "它载客无数。", "它早已开通。"],
    )
    found = measure(measure_numbers, evidence, pick(evidence, (0, 1, 0, 1), (1, 1, 1, 1), (2, 1, 2, 1), (0, 2, 0, 1)))
    found = found / np.float32(evidence.number_retention)
    assert found.tolist() == [[0] * 6, [1, 0, 0, 0, 0, 0], [0] * 6, [1, 0, 1, 0, 0, 0]]


def test_a_sentence_that_explains_nothing_is_idle() -> None:
    evidence = compare_texts(
        ["The Quillon has 45 seats.", "It flies to Porto 13 times a week.", "Blackout dates apply."],
        ["Quillon有45个座位，每周13次飞往Porto。"],
    )
    both, surplus = measure(measure_retained_coverage, evidence, pick(evidence, (0, 2, 0, 1), (1, 2, 0, 1)))
    assert (both[:2] < 0.5).all(), "each of the two explains a part"
    assert surplus[0] < 0.5
    assert surplus[1] > 0.8, "the last one explains nothing"
    assert not both[2:].any(), "the one Chinese sentence cannot be left out"


def test_sentences_of_unknown_words_are_not_idle() -> None:
    evidence = compare_texts(["Zorb quix.", "Blip wump."], ["嗯哼。"])
    assert not measure(measure_retained_coverage, evidence, pick(evidence, (0, 2, 0, 1))).any()


def test_clauses_are_handed_over_to_the_sentence_that_they_render() -> None:
    """Numbers stand for what is said: clauses are cut at commas."""
    evidence = compare_texts(
        [write_en([1, 2, 3]), write_en([11, 12, 13]), write_en([21, 22, 23])],
        [write_zh([1, 2, 3]).rstrip("。") + "，" + write_zh([11, 12, 13])],
    )
    both, surplus = measure(measure_edge_clauses, evidence, pick(evidence, (0, 2, 0, 1), (1, 2, 0, 1)))
    assert (both[:2] > 0.1).all(), "each renders one of the two"
    assert surplus[1] < -0.1, "the last clause renders the sentence before the last"
    assert not both[2:].any(), "there is one Chinese sentence"


def test_bead_at_an_edge_is_compared_on_one_side() -> None:
    """Order of the extensions: English before and after, Chinese before and after."""
    evidence = compare_texts(*numbered_texts(4, 4))
    first, last = measure(measure_extensions, evidence, pick(evidence, (0, 2, 0, 2), (2, 2, 2, 2)))
    assert (first != 0).tolist() == [False, True, False, True]
    assert (last != 0).tolist() == [True, False, True, False]


def test_beads_that_cannot_be_divided_or_shortened() -> None:
    evidence = compare_texts(*numbered_texts(4, 4))
    beads = pick(evidence, (0, 1, 0, 1), (1, 1, 1, 3))
    assert not measure(measure_removals, evidence, beads)[0].any()
    assert not measure(measure_removals, evidence, beads)[1, :2].any(), "one English sentence cannot be left out"
    assert measure(measure_removals, evidence, beads)[1, 2:].all()
    assert not measure(measure_splits, evidence, beads).any()


def test_two_pairs_in_one_bead_gain_from_a_split() -> None:
    evidence = compare_texts(*numbered_texts(4, 4))
    gain, mean = measure(measure_splits, evidence, pick(evidence, (1, 2, 1, 2)))[0].tolist()
    assert mean == pytest.approx(1, abs=1e-5)
    assert gain == pytest.approx(0, abs=1e-5), "the whole is as similar as its parts"
    apart = measure(measure_splits, evidence, pick(evidence, (1, 2, 2, 2)))[0]
    assert apart[1] < 0.9, "wrongly paired parts are not"


def test_missing_sentence_shows_as_extension_and_surplus_as_removal() -> None:
    evidence = compare_texts(*numbered_texts(5, 5))
    missing, surplus = (2, 1, 2, 2), (1, 2, 2, 1)
    assert measure(measure_extensions, evidence, pick(evidence, missing))[0, 1] > 0.05, (
        "the next English one belongs to it"
    )
    assert measure(measure_removals, evidence, pick(evidence, surplus))[0, 0] > 0.05, "the first English one does not"


def test_length_compares_with_the_document() -> None:
    """Signed ratio first: positive where the Chinese is longer than it ought to be."""
    texts = numbered_texts(6, 6)
    evidence = compare_texts(*texts)
    evidence = replace(evidence, chars_ratio=1.0)  # both sides write a word in as many characters
    even, short, long = measure(measure_length, evidence, pick(evidence, (1, 1, 1, 1), (1, 3, 1, 1), (1, 1, 1, 3)))
    assert short[0] < -0.5 < 0.5 < long[0]
    assert np.abs(even).max() < min(np.abs(short).max(), np.abs(long).max())


def test_paragraphs() -> None:
    """Boundaries inside the bead on either side, on both, and edges of paragraphs on one side only."""
    texts = numbered_texts(4, 4)
    beads = (0, 2, 0, 2), (1, 2, 1, 2), (1, 2, 1, 1), (0, 1, 0, 1)
    evidence = compare_texts(*texts, paragraphs=([0, 0, 1, 1], [0, 0, 1, 1]))
    whole, across, across_en, inside = measure(measure_paragraphs, evidence, pick(evidence, *beads)).tolist()
    assert whole == [0, 0, 0]
    assert across[:2] == [2, 1]
    assert across_en[:2] == [1, 0]
    assert across_en[2] > 0
    assert inside == [0, 0, 0]
    unknown = compare_texts(*texts)
    assert not measure(measure_paragraphs, unknown, two_sided(unknown.grid)).any()


def test_breaks_beside_an_unaligned_sentence() -> None:
    """The second English sentence, which only English has, ends the first paragraph."""
    evidence = compare_texts(*numbered_texts(3, 2), paragraphs=([0, 0, 1], [0, 1]))
    null = (0, 1, 0, 0), (1, 1, 1, 0), (2, 1, 1, 0), (1, 0, 0, 1), (3, 0, 1, 1)
    start, end = measure_breaks(evidence, pick(evidence, *null)).T
    assert start.tolist() == [0, 1, 0, 1, 0]
    assert end.tolist() == [1, 0, 0, 1, 0]
    unknown = compare_texts(*numbered_texts(3, 2))
    assert not np.any(measure_breaks(unknown, pick(unknown, *null)))


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        pytest.param(["W1."], ["词1。"], id="one sentence"),
        pytest.param(["…", "🎉", ""], ["……", "🎉🎉"], id="no vector, no word"),
        pytest.param(["W1 w2."] * 7, ["词1词2。"] * 5, id="all the same"),
        pytest.param(["W1."], [write_zh([k]) for k in range(12)], id="one against many"),
        pytest.param(['"', "'", "“"], ["”", "」", "，，，，，，，，，，"], id="marks alone"),
        pytest.param(["9" * 400 + ".", "x" * 3_000], ["一" * 3_000], id="endless words"),
    ],
)
def test_features_are_finite(en: list[str], zh: list[str]) -> None:
    evidence = compare_texts(en, zh)
    candidates = list_candidates(evidence.grid)
    features = measure_candidates(evidence, candidates)
    assert len(features) == len(candidates)
    assert np.isfinite(features).all()
    for dense in measure_two_sided(PRUNING, evidence, DenseBeads.of(evidence.grid)):
        assert np.isfinite(dense).all()
