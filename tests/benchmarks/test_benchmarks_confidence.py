"""Reliability of confidence: bins, calibration error and thresholds by hand, and beads judged one by one."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from aligner.errors import EvaluationError
from aligner.evaluation import GoldDocument, judge_beads, read_beads, score_documents, write_beads
from aligner.records import Bead
from benchmarks.confidence import EDGES, Judged, calibration_error, judge_set, keep, sort_into_bins
from benchmarks.picture import draw_points, draw_reliability

SVG = "{http://www.w3.org/2000/svg}"


def make_judged(*pairs: tuple[float, float]) -> list[Judged]:
    return [Judged(*pair) for pair in pairs]


# --- bins -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confidence", "place"), [(0.0, 0), (0.4999, 0), (0.5, 1), (0.9, 5), (0.95, 6), (0.9899, 6), (0.99, 7), (1.0, 7)]
)
def test_each_confidence_has_one_bin(confidence: float, place: int) -> None:
    bins = sort_into_bins(make_judged((confidence, 1.0)))
    assert [each.count for each in bins] == [int(index == place) for index in range(len(EDGES) - 1)]


def test_bins_hold_means_and_shares() -> None:
    bins = sort_into_bins(make_judged((0.52, 1.0), (0.56, 0.0), (0.54, 0.5), (0.99, 1.0)))
    assert bins[1].count == 3
    assert bins[1].mean_confidence == pytest.approx(0.54)
    assert bins[1].share_right == pytest.approx(2 / 3)
    assert bins[7].share_right == 1
    assert bins[0] == type(bins[0])(0.0, 0.5, 0, 0.0, 0.0)


def test_calibration_error_by_hand() -> None:
    """Four units at 0.75 of which two are right, one at 0.95 that is: (4 · 0.25 + 1 · 0.05) / 5."""
    judged = make_judged((0.75, 1.0), (0.75, 1.0), (0.75, 0.0), (0.75, 0.0), (0.95, 1.0))
    assert calibration_error(sort_into_bins(judged)) == pytest.approx(0.21)


def test_calibration_error_of_perfect_confidence_is_none() -> None:
    judged = make_judged(*[(0.75, 1.0)] * 3, (0.75, 0.0), *[(1.0, 1.0)] * 5, (0.0, 0.0))
    assert calibration_error(sort_into_bins(judged)) == 0


def test_nothing_judged() -> None:
    assert calibration_error(sort_into_bins([])) == 0
    assert keep([], 0, 0.5).precision == 0


def test_thresholds() -> None:
    judged = make_judged((0.2, 0.0), (0.5, 1.0), (0.9, 0.5), (0.95, 0.0))
    assert [keep(judged, 4, threshold).count for threshold in (0, 0.5, 0.9, 0.96)] == [4, 3, 2, 0]
    assert keep(judged, 4, 0.5).precision == pytest.approx(2 / 3)
    assert keep(judged, 4, 0.5).recall == pytest.approx(1.5 / 4)


# --- right and wrong --------------------------------------------------------


def make_document(gold: list[Bead], segments: bool) -> GoldDocument:
    """Three lines a side; with segments, the first two lines of either side are one."""
    known = (1, 1, 2) if segments else None
    return GoldDocument("001", ("a", "b", "c"), ("甲", "乙", "丙"), tuple(gold), known, known)


ONE_TO_ONE = [Bead((line,), (line,)) for line in range(3)]
WHOLE = [Bead((0, 1), (0, 1)), Bead((2,), (2,))]


@pytest.mark.parametrize(
    ("gold", "segments", "predicted", "shares", "count"),
    [
        (ONE_TO_ONE, False, ONE_TO_ONE, [1, 1, 1], 3),
        (ONE_TO_ONE, False, WHOLE, [0, 1], 3),
        (WHOLE, True, ONE_TO_ONE, [0.5, 0.5, 1], 2),
        (WHOLE, True, [Bead((0,), (0,)), Bead((1,), ()), Bead((), (1,)), Bead((2,), (2,))], [0, 1], 2),
        (WHOLE, True, [Bead((0,), (0,)), Bead((1, 2), (1, 2))], [0, 0], 2),
        (WHOLE, True, [], [], 2),
        ([Bead((0,), ()), Bead((1,), (1,))], False, ONE_TO_ONE, [0, 1, 0], 1),
    ],
)
def test_beads_are_judged_one_by_one(
    gold: list[Bead], segments: bool, predicted: list[Bead], shares: list[float], count: int
) -> None:
    assert judge_beads(make_document(gold, segments), predicted) == (shares, count)


@pytest.mark.parametrize("segments", [False, True])
def test_recall_is_that_of_the_scores(segments: bool) -> None:
    document = make_document(WHOLE, segments)
    shares, count = judge_beads(document, ONE_TO_ONE)
    figures = score_documents([document], {"001": ONE_TO_ONE}).figures
    expected = figures.merged_strict or figures.strict
    assert sum(shares) / count == expected.recall


# --- files ------------------------------------------------------------------


def test_confidence_is_read_as_it_was_written(tmp_path: Path) -> None:
    beads = [Bead((0,), (0, 1), confidence=0.9731), Bead((1,), (), confidence=1.0)]
    write_beads(tmp_path / "001.pred", beads, with_confidence=True)
    assert read_beads(tmp_path / "001.pred", with_confidence=True) == beads
    assert read_beads(tmp_path / "001.pred")[0].confidence == 0


@pytest.mark.parametrize("line", ["[0]:[0]", "[0]:[0]:", "[0]:[0]:sure", "[0]:[0]:1.5", "[0]:[0]:nan"])
def test_a_bead_without_confidence_is_told(line: str, tmp_path: Path) -> None:
    (tmp_path / "001.pred").write_text(line, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"001.pred:1: this is no bead: .* zh:en:confidence"):
        read_beads(tmp_path / "001.pred", with_confidence=True)


def test_predictions_of_a_folder_are_judged(tmp_path: Path) -> None:
    for name, text in {"en": "A.\nB.\n", "zh": "甲。\n乙。\n", "gold": "[0]:[0]\n[1]:[1]\n"}.items():
        (tmp_path / f"001.{name}").write_text(text, encoding="utf-8")
    predicted = tmp_path / "predicted"
    predicted.mkdir()
    (predicted / "001.pred").write_text("[0]:[0]:0.9\n[1]:[]:1\n[]:[1]:0.7\n", encoding="utf-8")
    assert judge_set(str(tmp_path), str(predicted)) == {"judged": [(0.9, 1.0)], "gold": 2}
    with pytest.raises(SystemExit, match="there is no prediction"):
        judge_set(str(tmp_path), str(tmp_path))


# --- pictures ---------------------------------------------------------------


def test_reliability_diagram_is_well_formed() -> None:
    points = [(0.3, 0.25, 4), (0.0, 0.0, 0), (0.97, 0.96, 500)]
    root = ET.fromstring(draw_reliability({"novels & news": points, "none": []}))  # noqa: S314  # our own text
    assert root.tag == f"{SVG}svg"
    assert len(list(root.iter(f"{SVG}circle"))) == 2, "bins without units are left out"
    assert "novels & news" in [text.text for text in root.iter(f"{SVG}text")]


def test_scatter_plot_is_well_formed() -> None:
    rows = [
        {"s": speed, "F1": f1, "system": name, "set": "a <b>"} for speed, f1, name in [(12, 0.9, "x"), (900, 0.4, "y")]
    ]
    root = ET.fromstring(draw_points(rows, "s", "F1", "system", "set"))  # noqa: S314  # our own text
    assert len(list(root.iter(f"{SVG}circle"))) == 4, "two points and two of the legend"
