"""Whether confidence means something: of the units with confidence p, a share of p should be right.

Judged are two-sided beads, the ones that become units. Right is what `aligner.evaluation` calls strictly right; where
gold knows segments only, a bead within one is right if the beads of that segment make the right bead together.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.picture import draw_reliability
from benchmarks.processes import call_in_child
from benchmarks.report import Report
from benchmarks.sets import evaluation_sets

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
"""Of the bins of confidence: narrow where most units are."""
THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
SURE = 0.9
"""From this confidence on, units should be taken without a look: `_WANTED` of them must be right."""
_WANTED = 0.98


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this benchmark can be told."""
    parser.add_argument("sets", nargs="*", help="as for accuracy")
    parser.add_argument(
        "--predictions", type=Path, metavar="DIR", help="judge DIR/SET/NNN.pred; without it the shipped scorer aligns"
    )
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="draw share right against confidence")


def run(report: Report, options: argparse.Namespace) -> None:
    """See the registry in `benchmarks.__main__`."""
    measure_confidence(report, options.sets, options.predictions, options.picture)


@dataclass(frozen=True, slots=True)
class Judged:
    """One two-sided bead of a prediction."""

    confidence: float
    """0..1"""
    share: float
    """Of the lines of a gold bead that it finds; 0 for a wrong bead."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Units of like confidence: from `low`, below `high` (the last one: up to it)."""

    low: float
    high: float
    count: int
    mean_confidence: float
    share_right: float
    """This and the mean are 0 for an empty bin."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of a prediction from some confidence on."""

    count: int
    precision: float
    recall: float
    """Of the gold beads with both sides."""


def measure_confidence(report: Report, names: list[str], predictions: Path | None, picture: Path | None) -> None:
    """Print a summary, then for each set its reliability and what each threshold keeps; draw the former."""
    diagrams: dict[str, list[Bin]] = {}
    tables: list[tuple[str, list[dict[str, Any]]]] = []
    summary: list[dict[str, Any]] = []
    for name, path in _choose_sets(names, predictions).items():
        folder = str((predictions / name).resolve()) if predictions else None
        done = call_in_child(judge_set, folder=str(path), predictions=folder)
        judged = [Judged(*pair) for pair in done["judged"]]
        diagrams[name] = sort_into_bins(judged)
        summary.append(_summarise(name, judged, diagrams[name]))
        tables.append((f"Reliability, {name}", [_row_of_bin(each) for each in diagrams[name]]))
        kept = {threshold: keep(judged, done["gold"], threshold) for threshold in THRESHOLDS}
        tables.append((f"Thresholds, {name}", [_row_of_kept(*item) for item in kept.items()]))
    report.add("Confidence of units", summary, _describe_origin(predictions))
    for title, rows in tables:
        report.add(title, rows)
    if picture:
        points = {name: [(b.mean_confidence, b.share_right, b.count) for b in bins] for name, bins in diagrams.items()}
        picture.write_text(draw_reliability(points), encoding="utf-8")
        print(f"\npicture: {picture}")


def judge_set(folder: str, predictions: str | None) -> dict[str, Any]:
    """`judged`: confidence and share of each two-sided bead; `gold`: how many two-sided gold beads there are.

    The predictions of a folder where one is given, else of the shipped scorer. Documents without a file are left out.

    Raises SystemExit where there is no prediction at all.
    """
    from aligner.api import find_beads
    from aligner.evaluation import find_prediction, judge_beads, read_beads, read_documents

    documents = {document.name: document for document in read_documents(Path(folder)) if document.gold is not None}
    if predictions is None:
        found = {each.name: find_beads(each.en, each.zh).beads for each in documents.values()}
    else:
        paths = {name: find_prediction(Path(predictions), name) for name in documents}
        found = {
            name: tuple(read_beads(path, len(documents[name].en), len(documents[name].zh), with_confidence=True))
            for name, path in paths.items()
            if path.is_file()
        }
    if not found:
        raise SystemExit(f"{predictions}: there is no prediction (NNN.pred) for a document of {folder}")
    judged: list[tuple[float, float]] = []
    gold_count = 0
    for name, beads in found.items():
        shares, count = judge_beads(documents[name], beads)
        two_sided = [bead for bead in beads if bead.en and bead.zh]
        judged += [(bead.confidence, share) for bead, share in zip(two_sided, shares, strict=True)]
        gold_count += count
    return {"judged": judged, "gold": gold_count}


def sort_into_bins(judged: Sequence[Judged]) -> list[Bin]:
    """A bin for each pair of neighbouring `EDGES`."""
    bins = []
    for low, high in pairwise(EDGES):
        inside = [each for each in judged if low <= each.confidence < high or each.confidence == high == EDGES[-1]]
        count = len(inside)
        mean = sum(each.confidence for each in inside) / max(count, 1)
        bins.append(Bin(low, high, count, mean, sum(each.share > 0 for each in inside) / max(count, 1)))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error, 0..1, lower is better: how far share right and confidence are apart in a bin, on
    average over units (Guo et al. 2017, "On Calibration of Modern Neural Networks", ICML, equation 3).
    """
    gaps = sum(each.count * abs(each.share_right - each.mean_confidence) for each in bins)
    return gaps / max(sum(each.count for each in bins), 1)


def keep(judged: Sequence[Judged], gold: int, threshold: float) -> Kept:
    """What is left from `threshold` on; `gold` is the number of two-sided gold beads."""
    kept = [each for each in judged if each.confidence >= threshold]
    right = sum(each.share > 0 for each in kept)
    return Kept(len(kept), right / max(len(kept), 1), sum(each.share for each in kept) / max(gold, 1))


def _choose_sets(names: list[str], predictions: Path | None) -> dict[str, Path]:
    """The sets of that name; where none is named, all, or those that there are predictions for."""
    sets = evaluation_sets(names)
    if predictions and not names:
        sets = {name: path for name, path in sets.items() if (predictions / name).is_dir()}
        if not sets:
            raise SystemExit(f"{predictions}: there is no folder named like an evaluation set")
    return sets


def _describe_origin(predictions: Path | None) -> str:
    if predictions:
        return f"Predictions of `{predictions.name}`."
    from aligner.runtime.resources import read_resource

    trained_on = ", ".join(json.loads(read_resource("scorer.json"))["training"]["documents"])
    return f"Aligned by the shipped scorer, which was trained on {trained_on}: too good there as a forecast."


def _summarise(name: str, judged: Sequence[Judged], bins: Sequence[Bin]) -> dict[str, Any]:
    sure = [each for each in judged if each.confidence >= SURE]
    right = sum(each.share > 0 for each in sure)
    share = right / max(len(sure), 1)
    return {
        "set": name,
        "units": len(judged),
        "right": sum(each.share > 0 for each in judged) / max(len(judged), 1),
        "mean confidence": sum(each.confidence for each in judged) / max(len(judged), 1),
        "ECE": f"{calibration_error(bins):.4f}",
        f"units ≥ {SURE:g}": len(sure),
        "of them right": f"{share:.4f}",
        f"≥ {_WANTED:g}": "yes" if share >= _WANTED else "no",
    }


def _row_of_bin(each: Bin) -> dict[str, Any]:
    filled = each.count > 0
    return {
        "confidence": f"{each.low:g} to {each.high:g}",
        "units": each.count,
        "mean confidence": each.mean_confidence if filled else None,
        "right": each.share_right if filled else None,
    }


def _row_of_kept(threshold: float, kept: Kept) -> dict[str, Any]:
    return {
        "confidence from": f"{threshold:g}",
        "units kept": kept.count,
        "precision": f"{kept.precision:.4f}",
        "recall": f"{kept.recall:.4f}",
    }
