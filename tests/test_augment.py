"""Documents made for training: the gold of the changed document is right, and nothing of the text is lost unasked."""

from collections import Counter

import pytest
from alignment_grids import list_lines
from hypothesis import given
from hypothesis import strategies as st

from aligner.evaluation import GoldDocument
from aligner.records import Bead
from models.augment import Noise, add_noise

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
    changed = add_noise(document, noise, seed)
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
    assert add_noise(document, noise, seed) == add_noise(document, noise, seed)


@given(DOCUMENTS, st.integers(0, 99))
def test_no_noise_changes_nothing(document: GoldDocument, seed: int) -> None:
    changed = add_noise(document, Noise(), seed)
    assert (changed.en, changed.zh) == (document.en, document.zh)
    assert set(changed.gold or ()) == set(document.gold or ())


LONG = make_document([(1, 1)] * 400)


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_deleted_sides(share: float) -> None:
    changed = add_noise(LONG, Noise(delete=share), seed=1)
    types = Counter(bead.type for bead in changed.gold or ())
    assert sum(types.values()) == 400
    assert types["1-0"] + types["0-1"] == pytest.approx(400 * share, rel=0.35)
    assert min(types["1-0"], types["0-1"]) > 400 * share / 4, "either side"


def test_inserted_boilerplate() -> None:
    changed = add_noise(LONG, Noise(insert=0.1), seed=1)
    assert {line for line in changed.en if bead_of(line)} == set(LONG.en)
    assert {line for line in changed.zh if bead_of(line)} == set(LONG.zh)
    assert len(changed.en) > 400 < len(changed.zh)
    two_sided = [bead for bead in changed.gold or () if bead.en and bead.zh]
    assert len(two_sided) == 400


def test_swapped_neighbours() -> None:
    changed = add_noise(LONG, Noise(swap=0.1), seed=1)
    assert (sorted(changed.en), sorted(changed.zh)) == (sorted(LONG.en), sorted(LONG.zh))
    assert (changed.en == LONG.en) != (changed.zh == LONG.zh), "one side moves, the other stays"
    moved = [bead.zh[0] - bead.en[0] for bead in changed.gold or ()]
    assert set(moved) == {-1, 0, 1}, "neighbours only"
    assert 20 <= moved.count(1) == moved.count(-1) <= 70
