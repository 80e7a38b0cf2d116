"""The scores of predictions against gold: counts summed over documents, then divided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aligner.errors import EvaluationError
from aligner.evaluation.bootstrap import Interval, divide, resample
from aligner.evaluation.counts import CROSSING, DocumentCounts, count_document
from aligner.evaluation.format import GoldDocument
from aligner.records import Bead, IntArray


@dataclass(frozen=True, slots=True)
class Ratios:
    """How good one kind of finding is; all 0..1, higher is better, 0 where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a set of documents."""

    documents: int
    strict: Ratios
    lax: Ratios
    unaligned: Ratios
    """Unaligned lines, of both sides, found line by line."""
    merged_strict: Ratios | None = None
    """None unless every document has segments; so is `merged_lax`."""
    merged_lax: Ratios | None = None

    def as_dict(self) -> dict[str, Any]:
        """The figures under the names that the evaluation sets' own scorer gives them."""
        names = [("", "strict", self.strict), ("", "lax", self.lax), ("", "unaligned", self.unaligned)]
        if self.merged_strict and self.merged_lax:
            names += [("merged_", "strict", self.merged_strict), ("merged_", "lax", self.merged_lax)]
        figures: dict[str, Any] = {"documents": self.documents}
        for prefix, kind, ratios in names:
            for part in ("precision", "recall", "f1"):
                figures[f"{prefix}{part}_{kind}"] = getattr(ratios, part)
        return figures


@dataclass(frozen=True, slots=True)
class TypeCounts:
    """Gold beads of one type, and how many of them were found."""

    count: int
    strict: int
    lax: int
    merged: int
    """After segments are merged; 0 without segments."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that `score_documents` tells."""

    figures: Figures
    intervals: Mapping[str, Interval]
    """Of F1, under its name in `Figures.as_dict`; empty for a single document, which tells nothing of its like."""
    by_type: Mapping[str, TypeCounts]
    """By bead type, Chinese-English as the files have it (`Bead.type` is the other way round), most frequent first;
    last `crossing`: the two-sided beads whose order differs between the sides."""
    groups: Mapping[str, Figures]
    per_document: Mapping[str, Figures]
    gold_beads: int
    predicted_beads: int
    missing: tuple[str, ...]
    """Documents without a prediction, which count as empty ones."""
    uncovered: int
    """Lines that are in no predicted bead."""
    repeated: int
    """Lines that a predicted bead uses again."""

    def as_dict(self) -> dict[str, Any]:
        """For `--json`: the names and layout of the evaluation sets' own scorer, and `intervals`."""
        shown = ("count", "strict", "lax") + (("merged",) if self.figures.merged_strict else ())
        return {
            **self.figures.as_dict(),
            "by_type": {bead_type: {k: getattr(row, k) for k in shown} for bead_type, row in self.by_type.items()},
            "groups": {label: figures.as_dict() for label, figures in self.groups.items()},
            "per_doc": {name: figures.as_dict() for name, figures in self.per_document.items()},
            "intervals": {name: [interval.low, interval.high] for name, interval in self.intervals.items()},
        }


def score_documents(documents: Iterable[GoldDocument], predictions: Mapping[str, Sequence[Bead]]) -> Scores:
    """Compare `predictions` (beads by document name) with the gold of `documents`; those without gold are left out.

    A document without prediction counts as an empty one. The intervals come from 1,000 resamples of the documents
    and are the same in every run.

    :raises EvaluationError: where no document has gold, none has a prediction, or a bead names a line that its
    document does not have.
    """
    judged = [document for document in documents if document.gold is not None]
    if not judged:
        raise EvaluationError("no document has gold beads (NNN.gold) to score against")
    missing = tuple(document.name for document in judged if document.name not in predictions)
    if len(missing) == len(judged):
        raise EvaluationError(f"there is no prediction for any of the {len(judged)} documents with gold beads")
    return _summarise([count_document(each, predictions.get(each.name, ())) for each in judged], missing)


def _summarise(documents: list[DocumentCounts], missing: tuple[str, ...]) -> Scores:
    labels = dict.fromkeys(document.group for document in documents if document.group)
    return Scores(
        figures=_build_figures(documents),
        intervals=resample(documents),
        by_type=_sum_types(documents),
        groups={label: _build_figures([each for each in documents if each.group == label]) for label in labels},
        per_document={document.name: _build_figures([document]) for document in documents},
        gold_beads=sum(document.gold_beads for document in documents),
        predicted_beads=sum(document.predicted_beads for document in documents),
        missing=missing,
        uncovered=sum(document.uncovered for document in documents),
        repeated=sum(document.repeated for document in documents),
    )


def _build_figures(documents: list[DocumentCounts]) -> Figures:
    ratios = divide(np.sum([document.counts for document in documents], axis=0))
    strict, lax, merged_strict, merged_lax, unaligned = (Ratios(*row) for row in ratios.tolist())
    merged = all(document.has_segments for document in documents)
    return Figures(
        documents=len(documents),
        strict=strict,
        lax=lax,
        unaligned=unaligned,
        merged_strict=merged_strict if merged else None,
        merged_lax=merged_lax if merged else None,
    )


def _sum_types(documents: list[DocumentCounts]) -> dict[str, TypeCounts]:
    rows: dict[str, IntArray] = {}
    for document in documents:
        for bead_type, row in document.by_type.items():
            rows[bead_type] = rows.get(bead_type, np.zeros(4, dtype=np.int64)) + row
    order = sorted(rows, key=lambda bead_type: (bead_type == CROSSING, -rows[bead_type][0], bead_type))
    return {bead_type: TypeCounts(*rows[bead_type].tolist()) for bead_type in order}
