"""Whole documents: every sentence in one bead whatever the texts are, moved passages found, the same on any machine."""

import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from alignment_grids import NumberEncoder, list_lines, write_en, write_zh
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.align import decode as decode_module
from aligner.align import document as document_module
from aligner.align import stretches as stretches_module
from aligner.align.document import align_document, prepare_side
from aligner.align.grid import BEAD_TYPES, MOST_SENTENCES, MOST_SMALLER_SIDE, Grid
from aligner.api import find_beads
from aligner.records import Alignment, Bead, FloatArray, Language
from aligner.runtime import threads

BOUNDARIES = 200
"""Chinese boundaries in the band of one English one, at most: what bounds the work on texts without anchors."""
STATES = 60_000
"""Boundaries that are looked at together, at most: what bounds the memory that a text of any length takes."""


def align_numbers(en: Sequence[str], zh: Sequence[str]) -> Alignment:
    encoder = NumberEncoder()
    return align_document(prepare_side(encoder, en, Language.EN), prepare_side(encoder, zh, Language.ZH))


def check_beads(beads: Sequence[Bead], en_count: int, zh_count: int) -> None:
    """Every sentence in exactly one bead of a type there is, its sentences consecutive, beads in English order."""
    assert list_lines(beads) == (list(range(en_count)), list(range(zh_count)))
    for bead in beads:
        assert 0 <= bead.confidence <= 1
        assert np.isfinite([bead.similarity, bead.margin]).all()
        assert len(bead.en) + len(bead.zh) <= MOST_SENTENCES
        assert min(len(bead.en), len(bead.zh)) <= MOST_SMALLER_SIDE
        assert all(b == a + 1 for side in (bead.en, bead.zh) for a, b in pairwise(side))
    en_starts = [bead.en[0] for bead in beads if bead.en]
    zh_starts = [bead.zh[0] for bead in beads if bead.zh and not bead.crossing]
    assert en_starts == sorted(en_starts)
    assert zh_starts == sorted(zh_starts), "what is out of order is marked as crossing"


# --- every sentence in one bead -------------------------------------------------------------------------------------

SENTENCES = st.one_of(
    st.lists(st.integers(0, 8), min_size=1, max_size=4),  # few numbers, so that sentences repeat and resemble
    st.sampled_from(["", "…", "🎉", "——", '"', "“", "　", "A" * 300]),
)


def write(sentence: list[int] | str, language: Language) -> str:
    if isinstance(sentence, str):
        return sentence
    return write_en(sentence) if language is Language.EN else write_zh(sentence)


@pytest.mark.slow
@given(st.lists(SENTENCES, max_size=14), st.lists(SENTENCES, max_size=14))
@settings(deadline=None, max_examples=60)
def test_any_two_texts(en: list[list[int] | str], zh: list[list[int] | str]) -> None:
    alignment = align_numbers(
        [write(sentence, Language.EN) for sentence in en], [write(sentence, Language.ZH) for sentence in zh]
    )
    check_beads(alignment.beads, len(en), len(zh))


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(["The mayor spoke.", "市长讲话。", "12 May 2024", "2024年5月12日", "OPPO", "…", "🎉", ""]),
        st.text(max_size=30).map(lambda text: " ".join(text.split())),
    ),
    max_size=6,
)


@pytest.mark.slow
@given(TEXTS, TEXTS)
@settings(deadline=None, max_examples=25)
def test_any_two_texts_with_the_real_encoder(en: list[str], zh: list[str]) -> None:
    check_beads(find_beads(en, zh).beads, len(en), len(zh))


@pytest.mark.parametrize(("en_count", "zh_count"), [(0, 0), (0, 3), (3, 0)])
def test_empty_side_leaves_the_other_unaligned(en_count: int, zh_count: int) -> None:
    beads = align_numbers([write_en([k]) for k in range(en_count)], [write_zh([k]) for k in range(zh_count)]).beads
    assert [bead.type for bead in beads] == ["1-0"] * en_count + ["0-1"] * zh_count
    check_beads(beads, en_count, zh_count)


def test_one_sentence_against_its_translation() -> None:
    beads = find_beads(["The bridge was opened to traffic on May 12th."], ["大桥于5月12日正式通车。"]).beads
    assert [bead.type for bead in beads] == ["1-1"]
    assert beads[0].confidence > 0.5


def test_one_sentence_against_one_of_another_matter() -> None:
    (en,), (zh,) = ["The bridge was opened to traffic on May 12th."], ["她最喜欢的水果是荔枝，其次是芒果。"]
    beads = find_beads([en], [zh]).beads
    check_beads(beads, 1, 1)
    assert all(bead.similarity < 0.5 for bead in beads if bead.en and bead.zh)


def test_plain_translation_is_paired_line_by_line() -> None:
    """What the stand-in encoder is for: without it, the tests above could pass on nonsense."""
    numbers = np.random.default_rng(1).integers(0, 10_000, (40, 6)).tolist()
    beads = align_numbers([write_en(each) for each in numbers], [write_zh(each) for each in numbers]).beads
    assert [(bead.en, bead.zh) for bead in beads] == [((k,), (k,)) for k in range(40)]


def test_sentences_without_vectors_beside_others() -> None:
    """Marks and emojis have no direction to compare; the sentences around them are paired all the same."""
    numbers = np.random.default_rng(2).integers(0, 10_000, (12, 6)).tolist()
    en, zh = [write_en(each) for each in numbers], [write_zh(each) for each in numbers]
    en[4:4], zh[4:4] = ["…", "🎉"], ["……", "🎉"]
    beads = align_numbers(en, zh).beads
    check_beads(beads, 14, 14)
    pairs = {(bead.en, bead.zh) for bead in beads}
    assert {((k,), (k,)) for k in [*range(3), *range(7, 14)]} <= pairs


# --- work that does not explode -------------------------------------------------------------------------------------


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Beads of each stretch that the coarse scorer scored, whose number is what time and memory follow."""
    counts: list[int] = []
    original = decode_module.log_posteriors

    def count(grid: Grid, scores: FloatArray) -> tuple[FloatArray, FloatArray]:
        counts.append(scores.size)
        return original(grid, scores)

    monkeypatch.setattr(decode_module, "log_posteriors", count)
    return counts


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Into how many stretches each document was cut."""
    counts: list[int] = []
    original = stretches_module.cut_stretches

    def cut(document: stretches_module.Document) -> list[stretches_module.Stretch]:
        found = original(document)
        counts.append(len(found))
        return found

    monkeypatch.setattr(document_module, "cut_stretches", cut)
    return counts


@pytest.mark.slow
@pytest.mark.parametrize(("en_count", "zh_count"), [(5_000, 10), (10, 5_000)])
def test_long_text_against_a_short_one(en_count: int, zh_count: int, counted: list[int]) -> None:
    numbers = np.random.default_rng(3).integers(0, 100_000, (5_000, 3)).tolist()
    en, zh = [write_en(each) for each in numbers[:en_count]], [write_zh(each) for each in numbers[-zh_count:]]
    beads = align_numbers(en, zh).beads
    check_beads(beads, en_count, zh_count)
    assert sum(counted) <= 11 * 5_001 * len(BEAD_TYPES), "no more than the beads between 5,000 lines and 10"
    assert max(counted) <= STATES * len(BEAD_TYPES), "and not all of them at once"


@pytest.mark.slow
def test_identical_sentences(counted: list[int]) -> None:
    """No anchor can be told from another: the band is as wide as it gets, and no wider."""
    beads = align_numbers([write_en([5, 7])] * 500, [write_zh([5, 7])] * 500).beads
    check_beads(beads, 500, 500)
    assert sum(counted) <= 501 * BOUNDARIES * len(BEAD_TYPES)
    assert [bead.type for bead in beads] == ["1-1"] * 500, "length alone says so"


@pytest.mark.slow
def test_long_texts_are_not_looked_at_all_at_once(counted: list[int]) -> None:
    """Two unrelated texts of 1,500 lines: the widest bands, in as many stretches as memory asks for."""
    numbers = np.random.default_rng(5).integers(0, 100_000, (3_000, 3)).tolist()
    beads = align_numbers([write_en(each) for each in numbers[:1_500]], [write_zh(each) for each in numbers[1_500:]])
    check_beads(beads.beads, 1_500, 1_500)
    assert len(counted) > 2
    assert max(counted) <= STATES * len(BEAD_TYPES)
    assert sum(counted) <= 1.2 * 1_501 * BOUNDARIES * len(BEAD_TYPES)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("most", "stretches", "reason"),
    [(1, 12, "every chunk alone"), (10**9, 1, "all chunks side by side"), (8_000, 2, "six of twelve together")],
)
def test_beads_do_not_depend_on_how_chunks_are_put_together(
    most: int, stretches: int, reason: str, cuts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = np.random.default_rng(6).integers(0, 100_000, (900, 6)).tolist()
    en, zh = [write_en(each) for each in numbers], [write_zh(each) for each in numbers]
    zh[400:410] = [write_zh(numbers[400 + place] + numbers[401 + place]) for place in range(0, 10, 2)]
    usual = align_numbers(en, zh).beads
    cuts.clear()
    monkeypatch.setattr(stretches_module, "_MOST_STATES", most)
    beads = align_numbers(en, zh).beads
    check_beads(beads, 900, 895)
    assert cuts == [stretches], reason
    expected = [
        *(((line,), (line,)) for line in range(400)),
        *(((line, line + 1), (400 + (line - 400) // 2,)) for line in range(400, 410, 2)),
        *(((line,), (line - 5,)) for line in range(410, 900)),
    ]
    pairs = [{(bead.en, bead.zh) for bead in each} for each in (beads, usual)]
    assert len(pairs[0] & pairs[1]) >= 0.99 * len(usual)
    # Two equal pairs in a row are as similar joined as apart, which no real text is: a few are joined.
    assert len(pairs[0] & set(expected)) >= 0.95 * len(expected)


# --- order ----------------------------------------------------------------------------------------------------------

RELEASE = [
    ("Harbour Glass opens a recycling plant in Lotus Bay", "海港玻璃莲湾回收厂启用"),
    (
        "Harbour Glass Ltd. today opened a plant in Lotus Bay that turns used bottles into road gravel.",
        "海港玻璃有限公司今日在莲湾启用一座工厂，将废旧玻璃瓶加工成筑路砂石。",
    ),
    ("It can process 240 tonnes of glass a day.", "该厂每日可处理240吨玻璃。"),
    ("Construction took 18 months and cost HK$310 million.", "工程历时18个月，耗资3.1亿港元。"),
    (
        "Chief Executive Officer Irene Kwok thanked the residents for their patience.",
        "行政总裁郭爱莲感谢居民的耐心。",
    ),
    (
        "The roof carries 1,600 solar panels, which cover a third of the plant's electricity.",
        "屋顶装有1600块太阳能板，可满足工厂三分之一的用电。",
    ),
    ("Rainwater is collected and used to wash the bottles.", "雨水经收集后用于清洗瓶子。"),
    ("Trucks will arrive between 8 a.m. and 6 p.m. only.", "货车只会在上午8时至下午6时之间进出。"),
    (
        "Forty-five people have been hired, most of them from the neighbouring villages.",
        "工厂已聘请45人，大多来自邻近村庄。",
    ),
    (
        "Schools may book guided tours from September.",
        "学校可自九月起预约导览。",
    ),
    ("The company runs two older plants in the north of the city.", "公司在本市北部还有两座较旧的工厂。"),
    (
        "A third one, for plastics, is being planned.",
        "第三座处理塑料的工厂正在筹划中。",
    ),
]


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        pytest.param([0, 1, 2, 3, 4, 6, 5, 7, 8, 9, 10, 11], {5, 6}, id="neighbours swapped"),
        pytest.param([0, 1, 2, 5, 6, 3, 4, 7, 8, 9, 10, 11], {3, 4, 5, 6}, id="paragraphs of two swapped"),
        pytest.param([0, 1, 2, 3, 4, 7, 8, 9, 10, 5, 6, 11], {5, 6, 7, 8, 9, 10}, id="paragraph moved further"),
        pytest.param([0, 1, 8, 2, 3, 4, 5, 6, 7, 9, 10, 11], {2, 3, 4, 5, 6, 7, 8}, id="sentence moved forward"),
        pytest.param(list(range(12)), set(), id="in order"),
    ],
)
def test_moved_passages_are_found(order: list[int], moved: set[int]) -> None:
    """Either part of an exchange may count as the one that moved; every pair is right, and one part is marked."""
    beads = find_beads([en for en, _ in RELEASE], [RELEASE[place][1] for place in order]).beads
    check_beads(beads, 12, 12)
    assert {(bead.en, bead.zh) for bead in beads} == {((line,), (order.index(line),)) for line in range(12)}
    crossing = {line for bead in beads if bead.crossing for line in bead.en}
    assert crossing <= moved
    assert bool(crossing) == bool(moved)


# --- the same everywhere --------------------------------------------------------------------------------------------

PROGRAM = """
import sys
from pathlib import Path
from aligner.evaluation import read_documents
from aligner.api import find_beads
for document in read_documents(Path("corpora/eval"))[:4]:
    for bead in find_beads(document.en, document.zh).beads:
        print(document.name, bead.en, bead.zh, f"{bead.confidence:.6f}", f"{bead.similarity:.4f}", bead.crossing)
"""


@pytest.mark.slow
def test_same_beads_on_one_thread_and_on_two() -> None:
    outputs = []
    for count in ("1", "2"):
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        environment = os.environ | dict.fromkeys(names, count)
        run = subprocess.run(  # noqa: S603  # this interpreter, and the program above
            [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        outputs.append(run.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].count(b"\n") > 80


@pytest.mark.slow
def test_stretches_side_by_side_give_what_they_give_one_by_one(
    cuts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each chunk a stretch of its own, on one thread and on four: the same beads to the last digit."""
    numbers = np.random.default_rng(6).integers(0, 100_000, (900, 6)).tolist()
    en, zh = [write_en(each) for each in numbers], [write_zh(each) for each in numbers]
    monkeypatch.setattr(stretches_module, "_MOST_STATES", 1)
    alignments = []
    for count in (1, 4):
        monkeypatch.setattr(threads, "count_threads", lambda count=count: count)
        alignments.append(align_numbers(en, zh))
    assert cuts == [12, 12]
    assert alignments[0] == alignments[1]
