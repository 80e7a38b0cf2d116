"""Evidence on beads: similarities looked up are the true ones, and what cannot be compared says nothing."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from alignment_grids import NumberEncoder, whole_chunk, write_en, write_zh

from aligner.align.anchors import Anchors
from aligner.align.band import Chunk, cut_chunks
from aligner.align.candidates import MOST_SENTENCES, SHAPES, Candidates, list_candidates
from aligner.align.cube import SimilarityCube
from aligner.align.drafting import Draft, describe_document, draft_chunk
from aligner.align.features import ALONE, CHEAP, DEAR, measure
from aligner.align.features.clauses import measure_clauses, split_clauses
from aligner.align.features.lexical import measure_lexical
from aligner.align.features.quotes import describe_quotes
from aligner.align.features.shape import measure_length, measure_paragraphs
from aligner.align.features.similarity import measure_extensions, measure_removals, measure_splits
from aligner.align.side import prepare_side
from aligner.records import FloatArray, IntArray, Language

EN, ZH = Language.EN, Language.ZH


# --- similarities ------------------------------------------------------------


class RandomWindows:
    """Windows whose vectors have nothing to do with each other, so that a wrong look-up shows."""

    def __init__(self, count: int, seed: int) -> None:
        self._vectors = np.random.default_rng(seed).standard_normal((count, MOST_SENTENCES, 24)).astype(np.float32)
        for size in range(1, MOST_SENTENCES + 1):
            self._vectors[max(0, count - size + 1) :, size - 1] = 0

    def __len__(self) -> int:
        return len(self._vectors)

    def vectors(self, first: int, last: int, depth: int) -> FloatArray:
        return self._vectors[first:last, :depth]


def bent_chunk(en_count: int, zh_count: int) -> Chunk:
    """A band narrower than the text."""
    en = np.linspace(3, en_count - 3, 5).astype(np.int64)
    zh = np.linspace(3, zh_count - 3, 5).astype(np.int64)
    (chunk,) = cut_chunks(Anchors(en, zh, np.ones(5, np.float32)), en_count, zh_count)
    return chunk


@pytest.mark.parametrize(
    "chunk",
    [
        pytest.param(whole_chunk(1, 1), id="one sentence"),
        pytest.param(whole_chunk(3, 20), id="texts shorter than the longest window"),
        pytest.param(bent_chunk(50, 120), id="several tiles and a band"),
        pytest.param(whole_chunk(16, 5), id="one tile exactly"),
        pytest.param(whole_chunk(17, 5), id="one sentence more than a tile"),
    ],
)
def test_cosines_are_those_of_the_windows(chunk: Chunk) -> None:
    en, zh = RandomWindows(chunk.en_last, 1), RandomWindows(chunk.zh_last, 2)
    cube = SimilarityCube(chunk, en, zh)
    starts = itertools.product(range(-2, chunk.en_last + 2), range(-2, chunk.zh_last + 2))
    sizes = itertools.product((0, 1, 2, 7, 8, 9), (0, 1, 2, 3, 8, 9))
    queries = np.array([(i, m, j, n) for (i, j), (m, n) in itertools.product(starts, sizes)]).T
    i, m, j, n = queries
    found = cube.cosine(i, m, j, n)
    within = (i >= 0) & (j >= 0) & (m >= 1) & (n >= 1) & (m <= 8) & (n <= 8)
    within &= (i + m <= chunk.en_last) & (j + n <= chunk.zh_last)
    assert np.isnan(found[~within]).all(), "windows beyond the text have no similarity"
    known = np.flatnonzero(~np.isnan(found))
    direct = (en._vectors[i[known], m[known] - 1] * zh._vectors[j[known], n[known] - 1]).sum(axis=1)
    np.testing.assert_allclose(found[known], direct, atol=1e-4)


def test_cosines_of_all_candidates_are_known() -> None:
    chunk = bent_chunk(60, 150)
    beads = list_candidates(chunk)
    beads = beads.take(np.flatnonzero(np.minimum(beads.en_size, beads.zh_size) > 0))
    cube = SimilarityCube(chunk, RandomWindows(60, 3), RandomWindows(150, 4))
    assert np.isfinite(cube.cosine(beads.en_start, beads.en_size, beads.zh_start, beads.zh_size)).all()


def test_hubness_is_the_mean_of_the_three_best() -> None:
    en, zh = RandomWindows(20, 5), RandomWindows(9, 6)
    single = en._vectors[:, 0] @ zh._vectors[:, 0].T
    en_hubness, zh_hubness = SimilarityCube(whole_chunk(20, 9), en, zh).best_of_sentences()
    for found, rows in ((en_hubness, single), (zh_hubness, single.T)):
        np.testing.assert_allclose(found, np.sort(np.maximum(rows, -1), axis=1)[:, -3:].mean(axis=1), atol=1e-4)


# --- clauses -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "clauses"),
    [
        ("The bridge opened on Monday.", EN, ["The bridge opened on Monday."]),  # no mark
        (
            "When the rain stopped at last, the crews went back to work.",
            EN,
            ["When the rain stopped at last,", "the crews went back to work."],
        ),
        ("On Monday, the Greenbank bridge opened.", EN, ["On Monday, the Greenbank bridge opened."]),  # a short piece
        (
            "The plant cost 12,345,678 yuan in the first year.",
            EN,
            ["The plant cost 12,345,678 yuan in the first year."],
        ),
        (
            "The port — the largest on this coast — will close for a week.",
            EN,
            [
                "The port — the largest on this coast —",
                "will close for a week.",
            ],  # the first dash is too near the start
        ),
        ('"We are ready to go home," the captain told us.', EN, ['"We are ready to go home,"', "the captain told us."]),
        ("雨停以后，工人们回到工地继续施工。", ZH, ["雨停以后，", "工人们回到工地继续施工。"]),
        ("周一，大桥正式通车。", ZH, ["周一，大桥正式通车。"]),  # a short piece
        ("大桥全长三千米；引桥长八百米；双向六车道。", ZH, ["大桥全长三千米；", "引桥长八百米；", "双向六车道。"]),
        ("我们反复讨论过——最后决定推迟。", ZH, ["我们反复讨论过——", "最后决定推迟。"]),
        ("苹果、梨子、葡萄都已售罄。", ZH, ["苹果、梨子、葡萄都已售罄。"]),  # a list is no row of clauses
        ("，，，，，，，，", ZH, None),
        ("", EN, [""]),
        ("", ZH, [""]),
    ],
)
def test_clauses(text: str, language: Language, clauses: list[str] | None) -> None:
    found = split_clauses(text, language)
    assert found, "never empty"
    assert "".join("".join(found).split()) == "".join(text.split()), "nothing is lost"
    if clauses is not None:
        assert found == clauses


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


# --- what cannot be compared -------------------------------------------------


def draft_texts(en: list[str], zh: list[str], paragraphs: tuple[list[int], list[int]] | None = None) -> Draft:
    encoder = NumberEncoder()
    en_paragraphs, zh_paragraphs = paragraphs or (None, None)
    sides = prepare_side(encoder, en, EN, en_paragraphs), prepare_side(encoder, zh, ZH, zh_paragraphs)
    document = describe_document(*sides)
    return draft_chunk(document, document.chunks[0], None)


def numbered_texts(en_count: int, zh_count: int) -> tuple[list[str], list[str]]:
    return [write_en([k, k + 50]) for k in range(en_count)], [write_zh([k, k + 50]) for k in range(zh_count)]


def pick(draft: Draft, *beads: tuple[int, int, int, int]) -> Candidates:
    """Candidates by English start and size, Chinese start and size."""
    all_beads = draft.candidates
    rows = zip(all_beads.en_start, all_beads.en_size, all_beads.zh_start, all_beads.zh_size, strict=True)
    places = {tuple(map(int, row)): index for index, row in enumerate(rows)}
    return all_beads.take(np.array([places[bead] for bead in beads]))


def test_bead_of_a_whole_text_has_nothing_outside() -> None:
    draft = draft_texts(*numbered_texts(3, 3))
    bead = pick(draft, (0, 3, 0, 3))
    assert not measure_extensions(draft.evidence, bead).any()
    assert not measure_clauses(draft.evidence, bead).any()
    assert not measure_lexical(draft.evidence, bead)[:, 3:].any(), "after the three shares, all compare with outside"


def test_bead_at_an_edge_is_compared_on_one_side() -> None:
    """Order of the extensions: English before and after, Chinese before and after."""
    draft = draft_texts(*numbered_texts(4, 4))
    first, last = measure_extensions(draft.evidence, pick(draft, (0, 2, 0, 2), (2, 2, 2, 2)))
    assert (first != 0).tolist() == [False, True, False, True]
    assert (last != 0).tolist() == [True, False, True, False]


def test_beads_that_cannot_be_divided_or_shortened() -> None:
    draft = draft_texts(*numbered_texts(4, 4))
    beads = pick(draft, (0, 1, 0, 1), (1, 1, 1, 3))
    assert not measure_removals(draft.evidence, beads)[0].any()
    assert not measure_removals(draft.evidence, beads)[1, :2].any(), "one English sentence cannot be left out"
    assert measure_removals(draft.evidence, beads)[1, 2:].all()
    assert not measure_splits(draft.evidence, beads).any()


def test_two_pairs_in_one_bead_gain_from_a_split() -> None:
    draft = draft_texts(*numbered_texts(4, 4))
    gain, mean = measure_splits(draft.evidence, pick(draft, (1, 2, 1, 2)))[0].tolist()
    assert mean == pytest.approx(1, abs=1e-5)
    assert gain == pytest.approx(0, abs=1e-5), "the whole is as similar as its parts"
    apart = measure_splits(draft.evidence, pick(draft, (1, 2, 2, 2)))[0]
    assert apart[1] < 0.9, "wrongly paired parts are not"


def test_missing_sentence_shows_as_extension_and_surplus_as_removal() -> None:
    draft = draft_texts(*numbered_texts(5, 5))
    missing, surplus = (2, 1, 2, 2), (1, 2, 2, 1)
    assert measure_extensions(draft.evidence, pick(draft, missing))[0, 1] > 0.05, "the next English one belongs to it"
    assert measure_removals(draft.evidence, pick(draft, surplus))[0, 0] > 0.05, "the first English one does not"


def test_length_compares_with_the_document() -> None:
    """Signed ratio first: positive where the Chinese is longer than it ought to be."""
    texts = numbered_texts(6, 6)
    draft = draft_texts(*texts)
    evidence = replace(draft.evidence, chars_ratio=1.0)  # both sides write a word in as many characters
    even, short, long = measure_length(evidence, pick(draft, (1, 1, 1, 1), (1, 3, 1, 1), (1, 1, 1, 3)))
    assert short[0] < -0.5 < 0.5 < long[0]
    assert np.abs(even).max() < min(np.abs(short).max(), np.abs(long).max())


def test_paragraphs() -> None:
    """Boundaries inside the bead on either side, on both, and edges of paragraphs on one side only."""
    texts = numbered_texts(4, 4)
    beads = (0, 2, 0, 2), (1, 2, 1, 2), (1, 2, 1, 1), (0, 1, 0, 1)
    draft = draft_texts(*texts, paragraphs=([0, 0, 1, 1], [0, 0, 1, 1]))
    whole, across, across_en, inside = measure_paragraphs(draft.evidence, pick(draft, *beads)).tolist()
    assert whole == [0, 0, 0]
    assert across[:2] == [2, 1]
    assert across_en[:2] == [1, 0]
    assert across_en[2] > 0
    assert inside == [0, 0, 0]
    unknown = draft_texts(*texts)
    assert not measure_paragraphs(unknown.evidence, unknown.candidates).any()


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
    draft = draft_texts(en, zh)
    features = draft.measure_all()
    assert len(features) == len(draft.candidates)
    assert np.isfinite(features).all()


@pytest.mark.parametrize("group", CHEAP + DEAR + ALONE, ids=lambda group: group[0])
def test_evidence_of_one_kind_of_bead_is_zero_for_the_other(group: tuple[object, ...]) -> None:
    draft = draft_texts(*numbered_texts(5, 6))
    features = measure((group,), draft.evidence, draft.candidates)
    one_sided: IntArray = np.array([min(SHAPES[shape]) == 0 for shape in draft.candidates.shape])
    others = features[~one_sided] if group in ALONE else features[one_sided]
    assert not others.any()
