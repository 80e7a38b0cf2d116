"""The pass after the path: unaligned runs of both sides are matched where that is sure, and nothing else is touched."""

import numpy as np
import pytest
from alignment_grids import NumberEncoder, list_lines, write_en, write_zh

from aligner.align.grid import LONGEST_WINDOW
from aligner.align.prepare import prepare_side
from aligner.align.reorder import match_moved
from aligner.align.scorer import load_scorers
from aligner.align.stretches import Document, describe_document
from aligner.encoders.windows import EncodedWindows
from aligner.records import Bead, FloatArray, Language

NUMBERS = np.random.default_rng(4).integers(0, 10_000, (900, 6)).tolist()


def make_document(en: list[int], zh: list[int]) -> Document:
    """A text whose sentences are rows of `NUMBERS`: equal rows are translations."""
    encoder = NumberEncoder()
    sides = (
        prepare_side(encoder, [write_en(NUMBERS[row]) for row in en], Language.EN),
        prepare_side(encoder, [write_zh(NUMBERS[row]) for row in zh], Language.ZH),
    )
    return describe_document(*sides)


def align_in_order(en: list[int], zh: list[int], unaligned: set[int]) -> list[Bead]:
    """What a path leaves: rows of both sides paired, those in `unaligned` not."""
    beads = [Bead((i,), (zh.index(row),), 0.9) for i, row in enumerate(en) if row in zh and row not in unaligned]
    beads += [Bead((i,), (), 0.8) for i, row in enumerate(en) if row not in zh or row in unaligned]
    return beads + [Bead((), (j,), 0.8) for j, row in enumerate(zh) if row not in en or row in unaligned]


def rematch(en: list[int], zh: list[int], unaligned: set[int], beads: list[Bead] | None = None) -> list[Bead]:
    """:param beads: of the path; by `unaligned` where None."""
    hubness = np.full(len(en), 0.3, np.float32), np.full(len(zh), 0.3, np.float32)
    path = align_in_order(en, zh, unaligned) if beads is None else beads
    return match_moved(make_document(en, zh), path, load_scorers(), hubness)


def put_beads(en: list[int], zh: list[int], *beads: Bead) -> list[Bead]:
    """The path that these beads are part of: the other rows paired in order."""
    taken_en, taken_zh = list_lines(list(beads))
    rest = align_in_order(en, zh, {en[i] for i in taken_en} | {zh[j] for j in taken_zh})
    rest = [bead for bead in rest if not {*bead.en} & {*taken_en} and not {*bead.zh} & {*taken_zh}]
    return sorted([*rest, *beads], key=lambda bead: (bead.en or (-1,), bead.zh))


def crossing_rows(en: list[int], zh: list[int], beads: list[Bead]) -> list[tuple[list[int], list[int]]]:
    return [([en[i] for i in bead.en], [zh[j] for j in bead.zh]) for bead in beads if bead.crossing]


@pytest.mark.parametrize(
    ("zh", "moved"),
    [
        pytest.param([0, 1, 2, 4, 3, 5, 6, 7, 8, 9], [3], id="neighbours swapped"),
        pytest.param([0, 1, 5, 6, 7, 8, 2, 3, 4, 9], [2, 3, 4], id="paragraph moved down"),
        pytest.param([7, 8, 0, 1, 2, 3, 4, 5, 6, 9], [7, 8], id="paragraph moved to the top"),
        pytest.param([0, 2, 3, 1, 4, 5, 6, 8, 9, 7], [1, 7], id="two moves"),
    ],
)
def test_moved_rows_are_matched(zh: list[int], moved: list[int]) -> None:
    en = list(range(10))
    beads = rematch(en, zh, set(moved))
    assert crossing_rows(en, zh, beads) == [([row], [row]) for row in moved]
    assert list_lines(beads) == (list(range(10)), list(range(10)))
    assert all(bead.confidence >= 0.7 for bead in beads if bead.crossing)


def test_what_was_unaligned_in_its_place_is_matched_but_does_not_cross() -> None:
    rows = list(range(10))
    beads = rematch(rows, rows, {3})
    assert [(bead.en, bead.zh) for bead in beads] == [((row,), (row,)) for row in rows]
    assert not crossing_rows(rows, rows, beads)


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        pytest.param([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], id="nothing left over"),
        pytest.param([0, 1, 20, 2, 3, 4], [0, 1, 2, 3, 4], id="left over on one side"),
        pytest.param([0, 1, 20, 2, 3, 4], [0, 1, 2, 3, 30, 4], id="left over on both, unrelated"),
    ],
)
def test_nothing_to_match(en: list[int], zh: list[int]) -> None:
    beads = rematch(en, zh, set())
    assert set(beads) == set(align_in_order(en, zh, set()))


def test_sentence_that_occurs_twice_is_matched_once() -> None:
    """Two English sentences compete for the one Chinese sentence that both translate."""
    en, zh = [0, 30, 1, 2, 30, 3, 4, 5], [0, 1, 2, 3, 4, 30, 5]
    beads = rematch(en, zh, {30})
    assert len(crossing_rows(en, zh, beads)) == 1
    assert list_lines(beads) == (list(range(8)), list(range(7)))


def test_texts_without_counterparts_are_no_moved_paragraphs() -> None:
    """Two long stretches that happen to share a sentence: comparing them whole would cost length times length."""
    en = [0, *range(100, 400), 1]
    zh = [0, 1, *range(500, 650), 200, *range(650, 800)]
    beads = rematch(en, zh, {200})
    assert not crossing_rows(en, zh, beads)
    assert list_lines(beads) == (list(range(len(en))), list(range(len(zh))))


def test_order_of_the_beads() -> None:
    """By English sentence; a Chinese one unaligned follows the bead of the Chinese sentence before it."""
    en, zh = [0, 1, 2, 3, 4, 5], [40, 0, 2, 41, 3, 1, 4, 42, 5]
    beads = rematch(en, zh, {1})
    assert [(bead.en, bead.zh) for bead in beads] == [
        ((), (0,)),
        ((0,), (1,)),
        ((1,), (5,)),
        ((2,), (2,)),
        ((), (3,)),
        ((3,), (4,)),
        ((4,), (6,)),
        ((), (7,)),
        ((5,), (8,)),
    ]
    assert [bead.en for bead in beads if bead.crossing] == [(1,)]


# --- neighbours in the other order ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zh", "tangled"),
    [
        pytest.param([0, 1, 3, 2, 4, 5], [Bead((2, 3), (2, 3), 0.95)], id="in one bead"),
        pytest.param([0, 1, 3, 2, 4, 5], [Bead((2,), (2,), 0.5), Bead((3,), (3,), 0.6)], id="in two beads"),
    ],
)
def test_neighbours_in_the_other_order(zh: list[int], tangled: list[Bead]) -> None:
    en = list(range(6))
    beads = rematch(en, zh, set(), put_beads(en, zh, *tangled))
    assert crossing_rows(en, zh, beads) == [([2], [2]), ([3], [3])]
    assert list_lines(beads) == (list(range(6)), list(range(6)))


@pytest.mark.parametrize(
    ("zh", "tangled"),
    [
        pytest.param([0, 1, 2, 3, 4, 5], [Bead((2, 3), (2, 3), 0.95)], id="in order"),
        pytest.param([0, 1, 3, 2, 4, 5], [Bead((2,), (2,), 0.9), Bead((3,), (3,), 0.9)], id="sure"),
        pytest.param([0, 1, 40, 41, 4, 5], [Bead((2,), (2,), 0.1), Bead((3,), (3,), 0.1)], id="of something else"),
        pytest.param([0, 1, 40, 2, 4, 5], [Bead((2, 3), (2, 3), 0.5)], id="one of two"),
    ],
)
def test_beads_that_stay_as_they_are(zh: list[int], tangled: list[Bead]) -> None:
    en = list(range(6))
    path = put_beads(en, zh, *tangled)
    assert set(rematch(en, zh, set(), path)) == set(path)


def test_parts_longer_than_a_bead_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two doubtful beads of up to seven sentences a side: only cuts whose parts have a window."""
    embed, depths = EncodedWindows.vectors, []

    def embed_and_tell(windows: EncodedWindows, first: int, last: int, depth: int) -> FloatArray:
        depths.append(depth)
        return embed(windows, first, last, depth)

    monkeypatch.setattr(EncodedWindows, "vectors", embed_and_tell)
    en = list(range(14))
    zh = [0, 13]
    path = [Bead(tuple(range(7)), (0,), 0.4), Bead(tuple(range(7, 14)), (1,), 0.4)]
    assert list_lines(rematch(en, zh, set(), path)) == (list(range(14)), [0, 1])
    beads = rematch([0, *range(20, 27)], [20, 0], set(), [Bead(tuple(range(8)), (0, 1), 0.4)])
    assert list_lines(beads) == (list(range(8)), [0, 1])
    assert max(depths) == LONGEST_WINDOW


def test_sentences_of_an_improbable_bead_are_matched_elsewhere() -> None:
    """The path has put the moved row 7 into a bead that nothing speaks for; what is left of that is unaligned."""
    en, zh = [0, 1, 7, 2, 3, 4, 5], [0, 1, 40, 2, 3, 4, 7, 5]
    beads = rematch(en, zh, set(), put_beads(en, zh, Bead((2,), (2,), 0.04), Bead((), (6,), 0.6)))
    assert crossing_rows(en, zh, beads) == [([7], [7])]
    assert list_lines(beads) == (list(range(7)), list(range(8)))
    assert Bead((), (2,), 0.96) in beads


def test_improbable_beads_are_not_filled_again_in_their_place() -> None:
    """How probable they are was decided by the whole path."""
    en = zh = [0, 1, 2, 3, 4, 5]
    path = put_beads(en, zh, Bead((2,), (2,), 0.1), Bead((3,), (3,), 0.1))
    assert not crossing_rows(en, zh, rematch(en, zh, set(), path))
