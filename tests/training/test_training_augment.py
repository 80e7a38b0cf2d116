"""Documents made for training: the gold of the changed document is right, and nothing of the text is lost unasked."""

from collections import Counter
from itertools import pairwise

import pytest
from alignment_grids import list_lines
from hypothesis import given
from hypothesis import strategies as st

from aligner.evaluation import GoldDocument
from aligner.records import Bead
from aligner.training.augment import Lesson, Noise, add_noise, add_paragraphs

SHARES = st.sampled_from([0.0, 0.1, 0.5, 1.0])
NOISES = st.builds(Noise, delete=SHARES, insert=SHARES, swap=SHARES)


def make_document(shapes: list[tuple[int, int]]) -> GoldDocument:
    """Lines that name their bead, so that the changed gold can be read off the text."""
    en: list[str] = []
    zh: list[str] = []
    beads = []
    for number, (m, n) in enumerate(shapes):
        beads.append(Bead(tuple(range(len(en), len(en) + m)), tuple(range(len(zh), len(zh) + n))))
        en += [f"bead {number} line {line}" for line in range(m)]
        zh += [f"段 {number} 行 {line}" for line in range(n)]
    return GoldDocument("made", tuple(en), tuple(zh), tuple(beads))


DOCUMENTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any).map(lambda s: s if all(s) else (s[0] > 0, s[1] > 0)),
    max_size=12,
).map(make_document)


def bead_of(line: str) -> str | None:
    """The bead that a line of `make_document` names; None for boilerplate."""
    words = line.split(" ")
    return words[1] if words[0] in {"bead", "段"} else None


@given(DOCUMENTS, NOISES, st.integers(0, 99))
def test_gold_says_what_the_text_says(document: GoldDocument, noise: Noise, seed: int) -> None:
    changed = add_noise(Lesson(document), noise, seed).document
    gold = changed.gold or ()
    assert list_lines(gold) == (list(range(len(changed.en))), list(range(len(changed.zh)))), "each line in one bead"
    for bead in gold:
        owners = {bead_of(changed.en[i]) for i in bead.en} | {bead_of(changed.zh[j]) for j in bead.zh}
        assert len(owners) == 1, "no bead joins what did not belong together"
        if not (bead.en and bead.zh):
            assert len(bead.en + bead.zh) == 1, "lines without counterpart stand alone, as in the evaluation format"
        else:
            assert owners != {None}, "boilerplate has no counterpart"
            (number,) = owners
            whole = sum(bead_of(line) == number for line in document.en + document.zh)
            assert len(bead.en) + len(bead.zh) == whole, "a bead is kept whole or loses a side"


@given(DOCUMENTS, NOISES, st.integers(0, 99))
def test_same_seed_same_document(document: GoldDocument, noise: Noise, seed: int) -> None:
    lesson = Lesson(document)
    assert add_noise(lesson, noise, seed) == add_noise(lesson, noise, seed)


@given(DOCUMENTS, st.integers(0, 99))
def test_no_noise_changes_nothing(document: GoldDocument, seed: int) -> None:
    lesson = add_paragraphs(document, seed)
    changed = add_noise(lesson, Noise(), seed)
    assert (changed.document.en, changed.document.zh) == (document.en, document.zh)
    assert set(changed.document.gold or ()) == set(document.gold or ())
    assert breaks_of(changed.en_paragraphs) == breaks_of(lesson.en_paragraphs)
    assert breaks_of(changed.zh_paragraphs) == breaks_of(lesson.zh_paragraphs)


def test_lines_that_the_gold_does_not_mention_have_no_counterpart() -> None:
    document = GoldDocument("made", ("bead 0 line 0", "more"), ("段 0 行 0",), (Bead((0,), (0,)),))
    changed = add_noise(Lesson(document), Noise(), 0).document
    assert set(changed.gold or ()) == {Bead((0,), (0,)), Bead((1,), ())}


LONG = make_document([(1, 1)] * 400)


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_deleted_sides(share: float) -> None:
    changed = add_noise(Lesson(LONG), Noise(delete=share), seed=1).document
    types = Counter(bead.type for bead in changed.gold or ())
    assert sum(types.values()) == 400
    assert types["1-0"] + types["0-1"] == pytest.approx(400 * share, rel=0.35)
    assert min(types["1-0"], types["0-1"]) > 400 * share / 4, "either side"


def test_inserted_boilerplate() -> None:
    changed = add_noise(Lesson(LONG), Noise(insert=0.1), seed=1).document
    assert {line for line in changed.en if bead_of(line)} == set(LONG.en)
    assert {line for line in changed.zh if bead_of(line)} == set(LONG.zh)
    assert len(changed.en) > 400 < len(changed.zh)
    two_sided = [bead for bead in changed.gold or () if bead.en and bead.zh]
    assert len(two_sided) == 400


def test_swapped_neighbours() -> None:
    changed = add_noise(Lesson(LONG), Noise(swap=0.1), seed=1).document
    assert (sorted(changed.en), sorted(changed.zh)) == (sorted(LONG.en), sorted(LONG.zh))
    assert (changed.en == LONG.en) != (changed.zh == LONG.zh), "one side moves, the other stays"
    moved = [bead.zh[0] - bead.en[0] for bead in changed.gold or ()]
    assert set(moved) == {-1, 0, 1}, "neighbours only"
    assert 20 <= moved.count(1) == moved.count(-1) <= 70


@given(st.permutations(range(6)), NOISES, st.integers(0, 99))
def test_what_crosses_still_does(order: list[int], noise: Noise, seed: int) -> None:
    """A release with moved paragraphs is changed as it stands: its Chinese is not put into the order of its English."""
    lines = tuple(f"bead {number} line" for number in range(6)), tuple(f"段 {number} 行" for number in order)
    gold = tuple(Bead((number,), (order.index(number),)) for number in range(6))
    changed = add_noise(Lesson(GoldDocument("made", *lines, gold)), Noise(noise.delete, noise.insert), seed).document
    left = [int(bead_of(line) or 0) for line in changed.zh if bead_of(line)]
    assert left == [number for number in order if number in left]
    en, zh = ([bead_of(line) for line in side] for side in (changed.en, changed.zh))
    for bead in changed.gold or ():
        if bead.en and bead.zh:
            assert en[bead.en[0]] == zh[bead.zh[0]]


# --- paragraphs ------------------------------------------------------------------------------------------------------


def breaks_of(paragraphs: tuple[int, ...] | None) -> set[int]:
    """Lines that start a paragraph, but for the first."""
    return {line for line, (before, after) in enumerate(pairwise(paragraphs or ()), 1) if before != after}


@given(DOCUMENTS, st.integers(0, 99))
def test_paragraphs_leave_the_text_as_it_is_and_ascend(document: GoldDocument, seed: int) -> None:
    lesson = add_paragraphs(document, seed)
    assert lesson.document == document
    for paragraphs, lines in ((lesson.en_paragraphs, document.en), (lesson.zh_paragraphs, document.zh)):
        assert paragraphs is not None
        assert len(paragraphs) == len(lines)
        assert all(after - before in {0, 1} for before, after in pairwise(paragraphs))


@given(DOCUMENTS, st.integers(0, 99))
def test_same_seed_same_paragraphs(document: GoldDocument, seed: int) -> None:
    assert add_paragraphs(document, seed) == add_paragraphs(document, seed)


def test_another_seed_gives_other_paragraphs() -> None:
    assert len({add_paragraphs(LONG, seed).en_paragraphs for seed in range(5)}) == 5


@pytest.mark.parametrize("shape", [(1, 1), (2, 1), (1, 2), (3, 2)])
def test_most_breaks_agree_and_stand_between_beads(shape: tuple[int, int]) -> None:
    """Both sides of a page are set alike, with few exceptions; few beads run over a break."""
    document = make_document([shape] * 400)
    lesson = add_paragraphs(document, seed=2)
    en, zh = breaks_of(lesson.en_paragraphs), breaks_of(lesson.zh_paragraphs)
    en_beads = {line // shape[0] for line in en if line % shape[0] == 0}
    zh_beads = {line // shape[1] for line in zh if line % shape[1] == 0}
    assert 120 <= len(en_beads & zh_beads) <= 240, "paragraphs of one or more beads"
    assert 0 < len(en_beads ^ zh_beads) <= 0.25 * len(en_beads & zh_beads)
    inside = [line for line in en if line % shape[0]], [line for line in zh if line % shape[1]]
    for lines, size, side in zip(inside, shape, (en, zh), strict=True):
        assert len(lines) <= 0.15 * len(side)
        assert bool(lines) == (size > 1)


def test_lines_without_counterpart_and_crossing_beads_get_paragraphs_too() -> None:
    document = add_noise(Lesson(LONG), Noise(delete=0.2, insert=0.1, swap=0.1), seed=3).document
    lesson = add_paragraphs(document, seed=3)
    alone = {bead.en[0] for bead in document.gold or () if not bead.zh}
    assert breaks_of(lesson.en_paragraphs) & alone
    assert breaks_of(lesson.en_paragraphs) - alone


@given(DOCUMENTS, NOISES, st.integers(0, 99))
def test_lines_of_a_changed_document_take_their_paragraphs_with_them(
    document: GoldDocument, noise: Noise, seed: int
) -> None:
    lesson = add_paragraphs(document, seed)
    changed = add_noise(lesson, noise, seed)
    for texts, paragraphs, old_texts, old_paragraphs in (
        (changed.document.en, changed.en_paragraphs, document.en, lesson.en_paragraphs),
        (changed.document.zh, changed.zh_paragraphs, document.zh, lesson.zh_paragraphs),
    ):
        assert paragraphs is not None
        assert len(paragraphs) == len(texts)
        paragraph_of = dict(zip(old_texts, old_paragraphs or (), strict=True))
        breaks = breaks_of(paragraphs)
        for line, (before, here) in enumerate(pairwise(texts), 1):
            together = before in paragraph_of and paragraph_of.get(here) == paragraph_of[before]
            assert (line in breaks) != together, "what is put in is set apart"


def test_a_lesson_knows_no_paragraphs_unless_told() -> None:
    for lesson in (Lesson(LONG), add_noise(Lesson(LONG), Noise(delete=0.1, insert=0.1), seed=1)):
        assert (lesson.en_paragraphs, lesson.zh_paragraphs) == (None, None)
