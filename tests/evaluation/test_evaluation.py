# ruff: noqa: S603  # the command run here is written here, nothing comes from input
"""One scorer for everyone: its figures are those of the evaluation sets' own scorer, to the last bit."""

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import EvaluationError, ExportError
from aligner.evaluation import (
    GoldDocument,
    Scores,
    find_prediction,
    format_scores,
    read_beads,
    read_documents,
    read_predictions,
    score_documents,
    write_beads,
)
from aligner.evaluation.counts import _find_crossing
from aligner.records import Bead

SETS = ("news-dev", "news-noisy-dev", "mac-dev", "bible")


def make_beads(text: str) -> list[Bead]:
    """`0:0 1,2:1 :3` is en 0 with zh 0, en 1 and 2 with zh 1, and zh 3 alone: English first, as in the records."""
    beads = []
    for bead in text.split():
        en, zh = (tuple(int(line) for line in side.split(",") if line) for side in bead.split(":"))
        beads.append(Bead(en=en, zh=zh))
    return beads


def make_document(gold: str | None, segments: str = "", name: str = "001", group: str = "") -> GoldDocument:
    """A document with as many lines as `gold` names; `segments` as `001/02`: of English, then of Chinese lines."""
    beads = make_beads(gold or "")
    en_count = 1 + max((line for bead in beads for line in bead.en), default=-1)
    zh_count = 1 + max((line for bead in beads for line in bead.zh), default=-1)
    en_segments, zh_segments = (tuple(map(int, side)) for side in segments.split("/")) if segments else (None, None)
    return GoldDocument(
        name=name,
        en=("A line.",) * en_count,
        zh=("一行。",) * zh_count,
        gold=None if gold is None else tuple(beads),
        en_segments=en_segments,
        zh_segments=zh_segments,
        group=group,
    )


def score_one(gold: str, predicted: str, segments: str = "") -> Scores:
    return score_documents([make_document(gold, segments)], {"001": make_beads(predicted)})


# --- small cases by hand ----------------------------------------------------


@pytest.mark.parametrize(
    ("gold", "predicted", "strict", "lax"),
    [
        ("0:0 1:1", "0:0 1:1", (1, 1, 1), (1, 1, 1)),  # perfect
        ("0:0 1:1", "1:1 0:0", (1, 1, 1), (1, 1, 1)),  # the order in the file says nothing
        ("0:0 1:1", "0:1 1:0", (0, 0, 0), (0, 0, 0)),  # all wrong
        ("0:0,1", "0:0 :1", (0, 0, 0), (1 / 2, 1, 2 / 3)),  # a 1-2 cut: laxly right, the left-over line is wrong
        ("0:0 1:1", "0,1:0,1", (0, 0, 0), (1, 1, 1)),  # a merge is laxly right
        ("0:0 1: :1", "0:0 1: :1", (1, 1, 1), (1, 1, 1)),  # right one-sided beads count for precision
        ("0:0 1: :1", "0:0 1:1", (1 / 2, 1, 2 / 3), (1 / 2, 1, 2 / 3)),  # a false pair costs precision, not recall
        ("0:0 1:1", "0:0", (1, 1 / 2, 2 / 3), (1, 1 / 2, 2 / 3)),  # a line in no bead costs recall
        ("0:0 1:1", "0:0 0:0 1:1", (1, 1, 1), (1, 1, 1)),  # a bead given twice counts once
        ("0:0", "", (0, 0, 0), (0, 0, 0)),  # an empty prediction divides by nothing
        ("0: :0", "0:0", (0, 0, 0), (0, 0, 0)),  # gold without any pair
        ("", "", (0, 0, 0), (0, 0, 0)),  # an empty document
    ],
)
def test_strict_and_lax(gold: str, predicted: str, strict: tuple[float, ...], lax: tuple[float, ...]) -> None:
    figures = score_one(gold, predicted).figures
    for ratios, expected in ((figures.strict, strict), (figures.lax, lax)):
        assert (ratios.precision, ratios.recall, ratios.f1) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("gold", "predicted", "segments", "expected"),
    [
        ("0,1:0,1", "0:0 1:1", "00/00", (1, 1, 1)),  # finer than a gold that knows segments only
        ("0:0 1:1", "0,1:0,1", "01/01", (0, 0, 0)),  # joining two segments is an error
        ("0,1:0", "0:0 1:", "00/0", (0, 0, 0)),  # a line left alone inside a translated segment is one too
        ("0: 1: 2:0", "0,1: 2:0", "012/2", (1, 1, 1)),  # one-sided beads are taken line by line
        ("0:0 1:1 2:2", "0:0 1,2:1,2", "011/011", (1, 1, 1)),  # gold beads of one segment are joined, too
    ],
)
def test_merged(gold: str, predicted: str, segments: str, expected: tuple[float, ...]) -> None:
    merged = score_one(gold, predicted, segments).figures.merged_strict
    assert merged is not None
    assert (merged.precision, merged.recall, merged.f1) == pytest.approx(expected)


def test_merged_needs_segments_everywhere() -> None:
    documents = [make_document("0:0", "0/0"), make_document("0:0", name="002")]
    scores = score_documents(documents, {"001": make_beads("0:0"), "002": make_beads("0:0")})
    assert scores.figures.merged_strict is None
    assert "merged_f1_strict" not in scores.intervals
    assert scores.per_document["001"].merged_strict is not None


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ("0:0 1: :1", "0:0 1: :1", (1, 1, 1)),  # both sides found
        ("0:0 1: :1", "0:0", (1, 1, 1)),  # a line in no bead is unaligned as well
        ("0:0 1: :1", "0:0 1:1", (0, 0, 0)),
        ("0:0 1:1", "0:0 1: :1", (0, 0, 0)),  # nothing to find
        ("0,1: 2:0", "0: 1:0 2:", (1 / 2, 1 / 2, 1 / 2)),  # counted by line, not by bead
    ],
)
def test_unaligned_lines(gold: str, predicted: str, expected: tuple[float, ...]) -> None:
    ratios = score_one(gold, predicted).figures.unaligned
    assert (ratios.precision, ratios.recall, ratios.f1) == pytest.approx(expected)


def test_types_are_chinese_first_and_most_frequent_first() -> None:
    scores = score_one("0:1 1:0 2,3:2 :3", "0:1 1:2 2,3:3")
    assert list(scores.by_type) == ["1-1", "1-0", "1-2", "crossing"]
    rows = {shape: (row.count, row.strict, row.lax) for shape, row in scores.by_type.items()}
    assert rows == {"1-1": (2, 1, 1), "1-0": (1, 0, 0), "1-2": (1, 0, 0), "crossing": (2, 1, 1)}


@pytest.mark.parametrize(
    ("beads", "crossing"),
    [
        ("0:0 1:1 2:2", ""),
        ("0:1 1:0 2:2", "0:1 1:0"),  # a swap
        ("0:2 1:0 2:1", "0:2 1:0 2:1"),  # one moved over two crosses both, and both cross it
        ("0:0 1: :1", ""),  # one-sided beads are nowhere in particular
        ("0:0,2 1:1", ""),  # only first lines decide
        ("", ""),
    ],
)
def test_crossing(beads: str, crossing: str) -> None:
    expected = {(bead.en, bead.zh) for bead in make_beads(crossing)}
    assert _find_crossing([(bead.en, bead.zh) for bead in make_beads(beads)]) == expected


PAIRS = st.lists(
    st.tuples(
        st.lists(st.integers(0, 6), max_size=2, unique=True).map(tuple),
        st.lists(st.integers(0, 6), max_size=2, unique=True).map(tuple),
    ),
    max_size=8,
)


@given(PAIRS)
@settings(deadline=None)
def test_crossing_equals_comparing_all_with_all(pairs: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
    """By the definition of the sets' own scorer, ties and all, in O(n²)."""
    distinct = {(en, zh) for en, zh in pairs if en and zh}
    expected = {a for a in distinct for b in distinct if (a[1][0] < b[1][0]) != (a[0][0] < b[0][0])}
    assert _find_crossing(pairs) == expected


def test_crossing_of_many_beads_takes_no_square_of_them() -> None:
    # 200,000 beads compared each with each would be 40 thousand million comparisons: the test would not end.
    reverse = [((i,), (200_000 - i,)) for i in range(200_000)]
    assert len(_find_crossing(reverse)) == len(reverse)


# --- several documents ------------------------------------------------------


def test_counts_are_summed_before_dividing() -> None:
    documents = [make_document("0:0", name="a"), make_document("0:0 1:1 2:2 3:3", name="b")]
    scores = score_documents(documents, {"a": make_beads("0:0"), "b": make_beads("0:1 1:0 2:3 3:2")})
    assert scores.figures.strict.f1 == pytest.approx(1 / 5)  # the mean of the documents would be 1/2
    assert scores.per_document["a"].strict.f1 == 1


def test_a_missing_prediction_counts_as_empty_and_is_told() -> None:
    scores = score_documents([make_document("0:0", name=name) for name in "ab"], {"a": make_beads("0:0")})
    assert scores.missing == ("b",)
    assert scores.figures.strict.recall == pytest.approx(1 / 2)
    assert (scores.uncovered, scores.repeated) == (2, 0)
    assert "no prediction for b" in format_scores(scores)


def test_uncovered_and_repeated_lines_are_told() -> None:
    scores = score_one("0:0 1:1 2:2", "0:0 0:1,0")
    assert (scores.uncovered, scores.repeated) == (3, 2)
    assert "3 lines are in no predicted bead\n2 lines are used more than once" in format_scores(scores)


def test_documents_without_gold_are_left_out() -> None:
    documents = [make_document("0:0", name="a"), make_document(None, name="b")]
    assert score_documents(documents, {"a": make_beads("0:0")}).figures.documents == 1


def test_groups() -> None:
    documents = [make_document("0:0", name=name, group=group) for name, group in (("a", "x"), ("b", "y"), ("c", "x"))]
    scores = score_documents(documents, {"a": make_beads("0:0"), "c": make_beads("0:0")})
    assert {label: (each.documents, each.strict.f1) for label, each in scores.groups.items()} == {
        "x": (2, 1),
        "y": (1, 0),
    }


def test_scores_of_beads_do_not_matter_nor_numpy_numbers() -> None:
    predicted = [Bead(en=(np.int64(0),), zh=(np.int32(0),), confidence=0.3)]  # type: ignore[arg-type]
    assert score_documents([make_document("0:0")], {"001": predicted}).figures.strict.f1 == 1


# --- intervals --------------------------------------------------------------


def make_many(count: int, right_share: float) -> tuple[list[GoldDocument], dict[str, list[Bead]]]:
    generator = random.Random(5)  # noqa: S311  # a seeded choice, no secret
    names = [f"{number:03}" for number in range(count)]
    documents = [make_document("0:0 1:1 2:2 3:3", name=name) for name in names]
    right, half_right = make_beads("0:0 1:1 2:2 3:3"), make_beads("0:1 1:0 2:2 3:3")
    return documents, {name: right if generator.random() < right_share else half_right for name in names}


def test_interval_is_the_same_each_time_and_holds_the_figure() -> None:
    documents, predictions = make_many(60, 0.7)
    scores, again = (score_documents(documents, predictions) for _ in range(2))
    assert scores.intervals == again.intervals
    interval = scores.intervals["f1_strict"]
    assert 0.7 < interval.low < scores.figures.strict.f1 < interval.high < 1


def test_interval_agrees_with_resampling_the_slow_way() -> None:
    """The oracle draws documents and scores them again, without any of the sums."""
    documents, predictions = make_many(12, 0.6)
    generator = np.random.default_rng(1)
    slow = []
    for _ in range(400):
        drawn = generator.integers(len(documents), size=len(documents))
        right = sum(4 if predictions[documents[i].name][0].zh == (0,) else 2 for i in drawn)
        slow.append(right / (4 * len(documents)))  # as many predicted as gold beads: precision, recall and F1 agree
    interval = score_documents(documents, predictions).intervals["f1_strict"]
    assert [interval.low, interval.high] == pytest.approx(np.percentile(slow, [2.5, 97.5]), abs=0.05)


def test_interval_is_narrower_with_more_documents() -> None:
    widths = []
    for count in (10, 250):
        interval = score_documents(*make_many(count, 0.6)).intervals["f1_strict"]
        widths.append(interval.high - interval.low)
    assert widths[1] < widths[0] / 2


def test_one_document_has_no_interval() -> None:
    scores = score_one("0:0", "0:0")
    assert scores.intervals == {}
    assert "interval" not in format_scores(scores)


# --- files ------------------------------------------------------------------


def write_folder(folder: Path, **files: str) -> Path:
    """`_001_en="…"` is the file `001.en`."""
    for name, text in files.items():
        (folder / ".".join(name.strip("_").rsplit("_", 1))).write_text(text, encoding="utf-8")
    return folder


GOOD = {"_001_en": "One.\nTwo.\n", "_001_zh": "一。\n二。\n", "_001_gold": "[0]:[0]\n[1]:[]\n[]:[1]\n"}


def test_read_documents(tmp_path: Path) -> None:
    write_folder(
        tmp_path,
        **GOOD,
        _001_seg="[4, 5]\n[4, -1]\n",
        _002_en="\ufeffNo end of line",  # a mark that Windows editors leave, and no last line end
        _002_zh="",
        docs_tsv="doc\ttestset\tdirection\textra\n001\tspring\ten-zh\n",
    )
    first, second = read_documents(tmp_path)
    assert first == GoldDocument(
        name="001",
        en=("One.", "Two."),
        zh=("一。", "二。"),
        gold=(Bead((0,), (0,)), Bead((), (1,)), Bead((1,), ())),
        en_segments=(4, -1),
        zh_segments=(4, 5),
        group="spring en-zh",
    )
    assert (second.en, second.zh, second.gold, second.group) == (("No end of line",), (), None, "other")


def test_a_table_without_direction_makes_no_groups(tmp_path: Path) -> None:
    write_folder(tmp_path, **GOOD, docs_tsv="doc\tbook\n001\tA novel\n")
    assert read_documents(tmp_path)[0].group == ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[0, 1]:[2]", ((2,), (0, 1))),  # the file has Chinese first, the record English
        ("[]:[7]", ((7,), ())),
        (" [0,1] : [ 2 ] :0.731", ((2,), (0, 1))),  # as vecalign writes it, with a score
        ("[0]:[1]:[2]:x", ((1,), (0,))),  # whatever follows
    ],
)
def test_read_beads(line: str, expected: tuple[tuple[int, ...], tuple[int, ...]], tmp_path: Path) -> None:
    path = tmp_path / "a.pred"
    path.write_text(f"\n{line}\r\n\n", encoding="utf-8")
    assert [(bead.en, bead.zh) for bead in read_beads(path)] == [expected]


@pytest.mark.parametrize(
    "line", ["0:0", "[0]", "[a]:[0]", "[-1]:[0]", "[1 2]:[0]", "[0]:[0] x", f"[{'9' * 5000}]:[]", "[٣]:[0]"]
)
def test_what_is_no_bead_is_told_with_its_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pred"
    path.write_text(f"[0]:[0]\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"a\.pred:2: this is no bead"):
        read_beads(path)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "there are no documents here"),
        ({"_001_zh": None}, r"001\.zh: there is no such file; each document needs both"),
        ({"_001_en": None}, r"001\.en: there is no such file"),
        ({"_001_gold": "[0]:[0]\n[2]:[1]\n"}, r"001\.gold:2: zh line 2 does not exist; there are 2"),
        ({"_001_gold": "[0]:[0, 5]\n"}, r"001\.gold:1: en line 5 does not exist"),
        ({"_001_seg": "[0, 0]\n"}, r"001\.seg: is not two lines"),
        ({"_001_seg": "[0, 0]\n{\n"}, r"001\.seg: is not two lines"),
        ({"_001_seg": "[" * 100_000 + "\n[0]\n"}, r"001\.seg: is not two lines"),  # deeper than the parser goes
        ({"_001_seg": "[0, 0]\n[0]\n"}, r"001\.seg: has 2 zh and 1 en segments for 2 and 2 lines"),
        ({"_001_seg": '[0, 0]\n[0, "a"]\n'}, r"001\.seg: a segment is no whole number"),
        ({"docs_tsv": "doc\ttestset\tdirection\n001\n"}, r"docs\.tsv: the row of '001' has 1 cells"),
    ],
)
def test_bad_folders(files: dict[str, str | None], message: str, tmp_path: Path) -> None:
    merged = {name: text for name, text in {**GOOD, **files}.items() if text is not None} if files else {}
    write_folder(tmp_path, **merged)
    with pytest.raises(EvaluationError, match=message):
        read_documents(tmp_path)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    write_folder(tmp_path, **GOOD)
    (tmp_path / "001.zh").write_bytes("一。\n".encode("gb18030"))
    with pytest.raises(EvaluationError, match=r"001\.zh: is not UTF-8 at byte 2"):
        read_documents(tmp_path)


@pytest.mark.parametrize(
    ("documents", "predictions", "message"),
    [
        ([], {}, "no document has gold"),
        ([make_document(None)], {"001": []}, "no document has gold"),
        ([make_document("0:0")], {"002": []}, "no prediction for any of the 1 documents"),
        ([make_document("0:0")], {"001": make_beads("0:0 1:")}, "001: predicted bead 2: en line 1 does not exist"),
        ([make_document("0:0")], {"001": [Bead((0,), (-1,))]}, "zh line -1 does not exist"),
    ],
)
def test_bad_comparisons(documents: list[GoldDocument], predictions: dict[str, Sequence[Bead]], message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        score_documents(documents, predictions)


def test_predictions_are_written_and_read_back(tmp_path: Path) -> None:
    write_folder(tmp_path, **GOOD, _002_en="", _002_zh="")
    documents = read_documents(tmp_path)
    path = find_prediction(tmp_path, "001")
    beads = [Bead((0, 1), (1,), confidence=0.97314), Bead((), (0,))]
    write_beads(path, beads, with_confidence=True)
    assert path.read_text() == "[1]:[0, 1]:0.9731\n[0]:[]:0.0000\n"
    write_beads(path, beads)  # a second run writes over the first
    assert path.read_text() == "[1]:[0, 1]\n[0]:[]\n"
    assert read_predictions(tmp_path, documents) == {"001": [Bead((0, 1), (1,)), Bead((), (0,))]}


def test_a_prediction_for_other_lines_is_told_with_its_line(tmp_path: Path) -> None:
    write_folder(tmp_path, **GOOD, _001_pred="[0]:[0]\n[0]:[9]\n")
    with pytest.raises(EvaluationError, match=r"001\.pred:2: en line 9 does not exist; there are 2"):
        read_predictions(tmp_path, read_documents(tmp_path))


def test_predictions_into_no_folder_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="there is no folder"):
        write_beads(tmp_path / "none" / "001.pred", make_beads("0:0"))


def test_table() -> None:
    documents = [
        make_document("0:0 1:1", "01/01", name="a", group="spring en-zh"),
        make_document("0:0 1: :1", "01/02", name="b", group="spring zh-en"),
    ]
    scores = score_documents(documents, {"a": make_beads("0:0 1:1"), "b": make_beads("0:0 1:1")})
    assert format_scores(scores).split("\n")[:3] == [
        "2 documents, 5 gold beads, 4 predicted",
        "                         precision    recall        F1  95 % interval of F1",
        "strict                      0.7500    1.0000    0.8571     0.6667 to 1.0000",
    ]
    assert "spring zh-en                    1 documents    0.6667" in format_scores(scores)
    assert "1-1              3   1.0000   1.0000   1.0000" in format_scores(scores)


# --- the evaluation sets' own scorer ----------------------------------------


def perturb(gold: Sequence[Bead], generator: random.Random) -> list[Bead]:
    """What aligners get wrong: beads merged, split, dropped, swapped, shifted, given twice."""
    beads: list[Bead] = []
    for bead in gold:
        chance = generator.random()
        if chance < 0.08 and beads:
            last = beads.pop()
            beads.append(Bead(tuple(sorted(last.en + bead.en)), tuple(sorted(last.zh + bead.zh))))
        elif chance < 0.16 and len(bead.en) > 1:
            beads += [Bead(bead.en[:1], bead.zh), Bead(bead.en[1:], ())]
        elif chance < 0.24:
            beads += [Bead((line,), ()) for line in bead.en] + [Bead((), (line,)) for line in bead.zh]
        elif chance < 0.28 and beads:
            last = beads.pop()
            beads += [Bead(last.en, bead.zh), Bead(bead.en, last.zh)]
        elif chance < 0.32:
            beads += [bead, bead, Bead((), ())]
        elif chance >= 0.36:  # the rest is dropped
            beads.append(bead)
    generator.shuffle(beads)
    return beads


def run_own_scorer(shared: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    command = [sys.executable, str(shared / "eval" / "score.py"), str(gold), str(predicted), "--json", "--per-doc"]
    result = subprocess.run(command, capture_output=True, check=True)
    figures: dict[str, Any] = json.loads(result.stdout)
    return figures


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_figures_equal_those_of_the_sets_own_scorer(name: str, shared: Path, tmp_path: Path) -> None:
    folder = shared / "eval" / name
    documents = read_documents(folder)
    generator = random.Random(f"perturbed {name}")  # noqa: S311  # a seeded choice, no secret
    for document in documents:
        assert document.gold is not None
        if len(documents) == 1 or generator.random() < 0.95:  # some predictions are missing
            write_beads(find_prediction(tmp_path, document.name), perturb(document.gold, generator))
    scores = score_documents(documents, read_predictions(tmp_path, documents))
    ours = scores.as_dict()
    del ours["intervals"]  # what the other does not have
    theirs = run_own_scorer(shared, folder, tmp_path)
    assert 0.3 < theirs["f1_strict"] < 0.95  # neither all right nor all wrong, or equality would say little
    assert ours == theirs
    assert list(ours["by_type"]) == list(theirs["by_type"])


@pytest.mark.parametrize("name", SETS)
def test_gold_against_itself_is_perfect(name: str, shared: Path) -> None:
    documents = read_documents(shared / "eval" / name)
    figures = score_documents(documents, {each.name: each.gold or () for each in documents}).figures
    assert figures.strict.f1 == 1
    assert figures.merged_strict is None or figures.merged_strict.f1 == 1
