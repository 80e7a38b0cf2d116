"""From the coarse scorer to the final path: stretches that fit into memory, candidates that are kept, summed gains."""

import itertools
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from alignment_grids import NumberEncoder, list_lines, walk_paths, whole_chunk, whole_grid, write_en, write_zh
from random_evidence import random_material

from aligner.align import stretches as stretches_module
from aligner.align.band import Chunk
from aligner.align.decode import LEAST_POSTERIOR, align_stretch, decode, gather_evidence, prune
from aligner.align.features import measure_candidates, measure_coarse
from aligner.align.grid import BEAD_TYPES, NULL_TYPES, Grid
from aligner.align.lattice import Candidates, Lattice, list_candidates
from aligner.align.prepare import prepare_side
from aligner.align.scorer import COARSE_FEATURES, FINAL_FEATURES, TYPE_GROUPS, Scorer, load_scorers
from aligner.align.stretches import Document, cut_stretches, describe_document
from aligner.records import FloatArray, Language

GRIDS = [
    pytest.param(whole_grid((1, 1)), id="one sentence of each"),
    pytest.param(whole_grid((9, 8)), id="one chunk"),
    pytest.param(whole_grid((0, 5)), id="no English"),
    pytest.param(whole_grid((5, 0)), id="no Chinese"),
    pytest.param(whole_grid((9, 12), (0, 2), (10, 8), (2, 0), (6, 6), pad=2), id="narrow bands of several chunks"),
    pytest.param(whole_grid((4, 5), (5, 4), en_first=9, zh_first=2), id="from the middle of a text"),
]


def random_scorer(features: int, seed: int, scale: float) -> Scorer:
    random = np.random.default_rng(seed)
    bias = random.standard_normal(len(BEAD_TYPES)) * scale
    return Scorer(
        bias.astype(np.float32), (random.standard_normal((len(TYPE_GROUPS), features)) * scale).astype(np.float32)
    )


# --- stretches -------------------------------------------------------------------------------------------------------


def made_document(chunks: list[Chunk]) -> Document:
    """Only the chunks are looked at."""
    side = prepare_side(NumberEncoder(), ["W1."], Language.EN)
    return Document(side, side, tuple(chunks), 0.3, 1.0, 0.6)


@pytest.mark.parametrize(
    ("sizes", "most", "expected", "reason"),
    [
        ([(2, 2)] * 3, 100, [3], "all fit"),
        ([(2, 2)] * 3, 27, [3], "exactly"),
        ([(2, 2)] * 3, 26, [1, 2], "one too many"),
        ([(2, 2)] * 8, 30, [2, 2, 2, 2], "three would do: four keep two threads busy to the end"),
        ([(2, 2)] * 3, 1, [1, 1, 1], "a chunk is never cut, however large"),
        ([(2, 2), (9, 9), (2, 2), (1, 1)], 30, [1, 1, 2], "a large one between small ones"),
        ([(1, 1)], 1, [1], "one chunk"),
    ],
)
def test_stretches_hold_about_as_many_states_as_fit(
    sizes: list[tuple[int, int]], most: int, expected: list[int], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretches_module, "_MOST_STATES", most)
    chunks = list(whole_grid(*sizes).chunks)
    stretches = list(cut_stretches(made_document(chunks)))
    assert [len(stretch) for stretch in stretches] == expected, reason
    assert [chunk for stretch in stretches for chunk in stretch] == chunks


# --- pruning ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("grid", GRIDS)
def test_only_what_the_draft_finds_negligible_is_dropped(grid: Grid, seed: int) -> None:
    """By the posteriors of the lattice over all candidates, each measured."""
    evidence = random_material(grid, seed).evidence()
    coarse = random_scorer(len(COARSE_FEATURES), seed, 0.4)
    everything = list_candidates(grid)
    posteriors, _ = Lattice(everything).posteriors(
        coarse.score(measure_coarse(evidence, everything), everything.type_index)
    )
    pruned, kept = prune(evidence, coarse)
    left = np.zeros((len(BEAD_TYPES), len(grid)), bool)
    left[kept.type_index, kept.start] = True
    found = left[everything.type_index, everything.start]
    assert found[posteriors > 1.01 * LEAST_POSTERIOR].all()
    assert not found[posteriors < 0.99 * LEAST_POSTERIOR].any()
    sizes = everything.en_size + everything.zh_size
    shares = posteriors * sizes / (grid.en_count + grid.zh_count)
    assert pruned.null_share == pytest.approx(shares[sizes == 1].sum(), abs=1e-4)
    assert pruned.merged_share == pytest.approx(shares[sizes > 2].sum(), abs=1e-4)
    assert replace(pruned, null_share=0.0, merged_share=0.0) == replace(evidence, null_share=0.0, merged_share=0.0)


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("scale", [0.0, 0.4, 5.0])
def test_every_chunk_keeps_a_path(grid: Grid, scale: float) -> None:
    """However sure the coarse scorer is of nonsense."""
    _, kept = prune(random_material(grid, 3).evidence(), random_scorer(len(COARSE_FEATURES), 3, scale))
    _, totals = Lattice(kept).posteriors(np.zeros(len(kept)))
    assert len(totals) == len(grid.chunks)
    assert np.isfinite(totals).all()
    reached = set(grid.starts.tolist())
    for index in np.argsort(kept.level, kind="stable").tolist():
        if int(kept.start[index]) in reached:
            reached.add(int(kept.end[index]))
    assert set(grid.ends.tolist()) <= reached


def test_what_is_needed_is_kept_in_any_case() -> None:
    grid = whole_grid((9, 8), (3, 3))
    needed = np.random.default_rng(4).random((len(BEAD_TYPES), len(grid))) < 0.2
    evidence, coarse = random_material(grid, 4).evidence(), random_scorer(len(COARSE_FEATURES), 4, 5.0)
    left = np.zeros_like(needed)
    _, kept = prune(evidence, coarse, needed)
    left[kept.type_index, kept.start] = True
    everything = list_candidates(grid)
    places = everything.type_index, everything.start
    assert left[places][needed[places]].all()
    assert not left[places].all(), "the rest is pruned all the same"


# --- the path --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("grid", GRIDS)
def test_decoded_beads_cover_every_sentence_once_in_the_order_of_the_text(grid: Grid) -> None:
    evidence, scorer = random_material(grid, 5).evidence(), random_scorer(len(FINAL_FEATURES), 5, 0.3)
    candidates = list_candidates(grid)
    beads = decode(evidence, candidates, scorer)
    en_last, zh_last = grid.en_first + grid.en_count, grid.zh_first + grid.zh_count
    en, zh = [line for bead in beads for line in bead.en], [line for bead in beads for line in bead.zh]
    assert (en, zh) == (list(range(grid.en_first, en_last)), list(range(grid.zh_first, zh_last)))
    features = measure_candidates(evidence, candidates)
    posteriors = list_posteriors(candidates, scorer.score(features, candidates.type_index))
    rows = (candidates.en_start, candidates.en_size, candidates.zh_start, candidates.zh_size)
    places = {place: index for index, place in enumerate(zip(*(row.tolist() for row in rows), strict=True))}
    i = j = 0
    for bead in beads:
        index = places[i, len(bead.en), j, len(bead.zh)]
        assert bead.confidence == pytest.approx(posteriors[index], abs=1e-6)
        assert bead.similarity == pytest.approx(features[index, FINAL_FEATURES.index("similarity.cosine")])
        assert bead.margin == pytest.approx(features[index, FINAL_FEATURES.index("similarity.margin")])
        i, j = i + len(bead.en), j + len(bead.zh)


def list_posteriors(candidates: Candidates, scores: FloatArray) -> FloatArray:
    """Of the candidates; of an unaligned sentence the sum over all that leave it unaligned, wherever."""
    posteriors, _ = Lattice(candidates).posteriors(scores)
    unaligned: Counter[tuple[int, int]] = Counter()
    sentence = np.where(candidates.en_size > 0, candidates.en_start, candidates.zh_start)
    beads = list(zip(candidates.type_index.tolist(), sentence.tolist(), strict=True))
    for bead, posterior in zip(beads, posteriors.tolist(), strict=True):
        unaligned[bead] += posterior
    return np.array(
        [unaligned[bead] if bead[0] < NULL_TYPES else own for bead, own in zip(beads, posteriors, strict=True)]
    )


def test_no_other_path_is_expected_to_gain_more() -> None:
    """A right two-sided bead counts 2, a right null one 1.4, and every bead costs 0.93."""
    grid = whole_grid((4, 4))
    evidence, scorer = random_material(grid, 6).evidence(), random_scorer(len(FINAL_FEATURES), 6, 0.2)
    candidates = list_candidates(grid)
    posteriors = list_posteriors(
        candidates, scorer.score(measure_candidates(evidence, candidates), candidates.type_index)
    )
    gains = posteriors * np.where(candidates.type_index < NULL_TYPES, 1.4, 2.0) - 0.93
    best = max(gains[list(path)].sum() for path in walk_paths(candidates))
    found = sum(
        bead.confidence * (2.0 if bead.en and bead.zh else 1.4) - 0.93 for bead in decode(evidence, candidates, scorer)
    )
    assert found == pytest.approx(best, abs=1e-5)


# --- documents -------------------------------------------------------------------------------------------------------


def number_document(en_count: int, zh_count: int) -> Document:
    encoder = NumberEncoder()
    numbers = np.random.default_rng(7).integers(0, 10_000, (max(en_count, zh_count), 6)).tolist()
    return describe_document(
        prepare_side(encoder, [write_en(each) for each in numbers[:en_count]], Language.EN),
        prepare_side(encoder, [write_zh(each) for each in numbers[:zh_count]], Language.ZH),
    )


def test_hubness_from_elsewhere_takes_the_place_of_the_stretch() -> None:
    """A moved passage is judged by what its sentences resemble in the whole document."""
    document = number_document(12, 12)
    known = np.linspace(0, 1, 12).astype(np.float32), np.linspace(1, 2, 12).astype(np.float32)
    moved = [whole_chunk(4, 3, 5, 6)]
    beads, (en_hubness, zh_hubness) = align_stretch(document, moved, load_scorers(), known)
    np.testing.assert_array_equal(en_hubness, known[0][5:9])
    np.testing.assert_array_equal(zh_hubness, known[1][6:9])
    assert list_lines(beads) == (list(range(5, 9)), list(range(6, 9)))


@pytest.mark.slow
def test_evidence_of_stretches_is_that_of_their_sentences() -> None:
    """Characters, edges and paragraphs are counted from the document's start, not from the stretch's."""
    document = number_document(500, 500)
    assert len(document.chunks) > 1
    whole = gather_evidence(document, Grid(document.chunks))
    for chunk in document.chunks:
        part = gather_evidence(document, Grid([chunk]))
        for side, all_of_it, (first, last) in (
            (part.en, whole.en, (chunk.en_first, chunk.en_last)),
            (part.zh, whole.zh, (chunk.zh_first, chunk.zh_last)),
        ):
            np.testing.assert_array_equal(side.edge, all_of_it.edge[first:last])
            np.testing.assert_array_equal(np.diff(side.chars), np.diff(all_of_it.chars)[first:last])
            np.testing.assert_allclose(side.hubness, all_of_it.hubness[first:last], atol=1e-6)
        assert (part.anchor_cosine, part.chars_ratio) == (whole.anchor_cosine, whole.chars_ratio)
    assert (whole.en.edge[0], whole.en.edge[1], whole.en.edge[-1]) == (1, 0.5, 1)
    for before, after in itertools.pairwise(document.chunks):
        assert (before.en_last, before.zh_last) == (after.en_first, after.zh_first)
