"""How well an alignment agrees with gold beads: one scorer for the command, the benchmarks and the floors of CI.

A folder holds, for each document `NNN`, `NNN.en` and `NNN.zh` (a sentence a line), `NNN.gold` (a bead a line) and
perhaps `NNN.seg` (which segment each line came from); a folder of predictions holds `NNN.pred`. In these files a bead
is `[0, 1]:[0]`: Chinese line numbers first, then English, both 0-based; an empty list marks lines without a
counterpart. What follows a further colon is a score of whoever wrote the file; it is read where it is asked for.

Strict and lax precision, recall and F1 are those of vecalign's scorer (Thompson and Koehn 2019, section 4.2), which
bertalign uses too: a bead is strictly right when exactly that bead is in the other alignment, and laxly when some
English and some Chinese line of it are linked there. One-sided beads count for precision (they can only be right
strictly) and not for recall. Segment-merged figures join two-sided beads within one segment first, since gold that
knows whole segments only cannot tell how their sentences pair. Counts are summed over documents, then divided.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from aligner.errors import EvaluationError
from aligner.records import Bead, IntArray
from aligner.runtime.atomic import open_destination

FigureArray: TypeAlias = NDArray[np.float64]
Pair: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""English and Chinese line numbers of a bead: what is compared, unlike its scores."""

_BEAD = re.compile(r"\s*\[([0-9,\s]*)\]\s*:\s*\[([0-9,\s]*)\]\s*(?::(.*))?$")
_RESAMPLES = 1000
_SEED = 20241128
# Weights of so many documents are drawn at a time: 8 MB, however many documents there are.
_WEIGHTS_AT_ONCE = 1_000_000
_CROSSING = "crossing"


# --- what is read and written -----------------------------------------------


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document to align: its sentences and, where they are known, the right beads."""

    name: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    gold: tuple[Bead, ...] | None = None
    """None where there is no `.gold` file."""
    en_segments: tuple[int, ...] | None = None
    """For each English line, the segment it came from; None where there is no `.seg` file."""
    zh_segments: tuple[int, ...] | None = None
    """For each Chinese line, the same."""
    group: str = ""
    """Test set and direction, from `docs.tsv`; empty where the folder has none."""


def read_documents(folder: Path) -> list[GoldDocument]:
    """All documents of `folder`, sorted by name, with gold and segments where there are any.

    Raises EvaluationError where there is no document, a side is missing, or a file is not what it should be.
    """
    names = sorted({path.stem for suffix in ("en", "zh", "gold") for path in folder.glob(f"*.{suffix}")})
    if not names:
        raise EvaluationError(f"{folder}: there are no documents here (NNN.en and NNN.zh, a sentence a line)")
    groups = _read_groups(folder / "docs.tsv")
    return [_read_document(folder, name, groups) for name in names]


def read_beads(
    path: Path, en_count: int | None = None, zh_count: int | None = None, with_confidence: bool = False
) -> list[Bead]:
    """The beads of a `.gold` or `.pred` file, in its order; `en_count` and `zh_count` are the lines that there are.

    :param with_confidence: read the score of each bead as its confidence, 0..1, as `write_beads` writes it.

    Raises EvaluationError, with the line, for one that is no bead or names a sentence beyond the counts, or has no
    confidence though it is asked for.
    """
    beads = []
    for number, line in enumerate(_read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        bead = _parse_bead(line, with_confidence)
        if bead is None:
            form = "[0, 1]:[0]:0.9731, zh:en:confidence" if with_confidence else "[0, 1]:[0], zh:en"
            raise EvaluationError(f"{path}:{number}: this is no bead: {line[:60]!r}; write it as {form}")
        if problem := _find_misfit(bead, en_count, zh_count):
            raise EvaluationError(f"{path}:{number}: {problem}")
        beads.append(bead)
    return beads


def write_beads(path: Path, beads: Iterable[Bead], with_confidence: bool = False) -> None:
    """Write `beads` a line each, whole or not at all, over an existing file; `with_confidence` adds `:0.9731`.

    Raises ExportError where the file cannot be written.
    """
    lines = (_format_bead(bead, with_confidence) for bead in beads)
    with open_destination(path, force=True) as stream:
        stream.writelines(line.encode() for line in lines)


def find_prediction(folder: Path, name: str) -> Path:
    """Where the prediction for the document `name` stands in `folder`."""
    return folder / f"{name}.pred"


def read_predictions(folder: Path, documents: Iterable[GoldDocument]) -> dict[str, list[Bead]]:
    """The predictions for `documents` that are in `folder`, by name; a document may be missing.

    Raises EvaluationError for a file that cannot be read or does not fit its document.
    """
    predictions = {}
    for document in documents:
        path = find_prediction(folder, document.name)
        if path.is_file():
            predictions[document.name] = read_beads(path, len(document.en), len(document.zh))
    return predictions


def _read_document(folder: Path, name: str, groups: Mapping[str, str] | None) -> GoldDocument:
    for side in ("en", "zh"):
        if not (folder / f"{name}.{side}").is_file():
            raise EvaluationError(
                f"{folder / name}.{side}: there is no such file; each document needs both .en and .zh"
            )
    en, zh = (_read_lines(folder / f"{name}.{side}") for side in ("en", "zh"))
    gold_path, segments_path = folder / f"{name}.gold", folder / f"{name}.seg"
    zh_segments, en_segments = (
        _read_segments(segments_path, len(zh), len(en)) if segments_path.is_file() else (None, None)
    )
    return GoldDocument(
        name=name,
        en=en,
        zh=zh,
        gold=tuple(read_beads(gold_path, len(en), len(zh))) if gold_path.is_file() else None,
        en_segments=en_segments,
        zh_segments=zh_segments,
        group="" if groups is None else groups.get(name, "other"),
    )


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _read_lines(path: Path) -> tuple[str, ...]:
    lines = _read_text(path).removeprefix("\ufeff").split("\n")
    return tuple(lines if lines[-1] else lines[:-1])


def _read_segments(path: Path, zh_count: int, en_count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Segment of each Chinese and each English line; the file has one JSON list for either side, Chinese first."""
    try:
        zh, en = (tuple(json.loads(line)) for line in _read_text(path).split("\n") if line)
    except (ValueError, TypeError, RecursionError) as error:
        raise EvaluationError(f"{path}: is not two lines with a JSON list each, zh then en") from error
    if (len(zh), len(en)) != (zh_count, en_count):
        raise EvaluationError(
            f"{path}: has {len(zh)} zh and {len(en)} en segments for {zh_count} and {en_count} lines; make them equal"
        )
    if not all(isinstance(segment, int) for segment in zh + en):
        raise EvaluationError(f"{path}: a segment is no whole number")
    return zh, en


def _read_groups(path: Path) -> dict[str, str] | None:
    """Test set and direction of each document; None where the table is absent or tells neither."""
    if not path.is_file():
        return None
    header, *rows = [line.split("\t") for line in _read_text(path).split("\n") if line] or [[]]
    columns = ("doc", "testset", "direction")
    if not set(columns) <= set(header):
        return None
    doc, testset, direction = (header.index(column) for column in columns)
    if short := next((row for row in rows if len(row) <= max(doc, testset, direction)), None):
        raise EvaluationError(f"{path}: the row of {short[0]!r} has {len(short)} cells, the header {len(header)}")
    return {row[doc]: f"{row[testset]} {row[direction]}" for row in rows}


def _parse_bead(line: str, with_confidence: bool) -> Bead | None:
    match = _BEAD.match(line)
    if not match:
        return None
    try:
        zh, en = (tuple(int(part) for part in side.split(",") if part.strip()) for side in match.groups()[:2])
        confidence = float(match[3] or "") if with_confidence else 0.0
    except ValueError:  # two numbers without a comma, one of thousands of digits, or a confidence that is none
        return None
    return Bead(en=en, zh=zh, confidence=confidence) if 0 <= confidence <= 1 else None


def _format_bead(bead: Bead, with_confidence: bool) -> str:
    zh, en = (", ".join(map(str, side)) for side in (bead.zh, bead.en))
    return f"[{zh}]:[{en}]" + (f":{bead.confidence:.4f}" if with_confidence else "") + "\n"


def _find_misfit(bead: Bead, en_count: int | None, zh_count: int | None) -> str:
    """What is wrong with the bead's line numbers, as a sentence; empty where they all exist."""
    for language, lines, count in (("en", bead.en, en_count), ("zh", bead.zh, zh_count)):
        if count is None:
            continue
        beyond = [line for line in lines if not 0 <= line < count]
        if beyond:
            return f"{language} line {beyond[0]} does not exist; there are {count}, counted from 0"
    return ""


# --- figures ----------------------------------------------------------------


class _Measure(IntEnum):
    """Rows of the counts of a document."""

    STRICT = 0
    LAX = 1
    MERGED_STRICT = 2
    MERGED_LAX = 3
    UNALIGNED = 4


@dataclass(frozen=True, slots=True)
class Ratios:
    """How good one kind of finding is; all 0..1, higher is better, 0 where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure lies in 95 of 100 samples of as many documents."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a set of documents."""

    documents: int
    strict: Ratios
    lax: Ratios
    unaligned: Ratios
    """Lines without a counterpart, of both sides, found line by line."""
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
    """Gold beads of one shape, and how many of them were found."""

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
    """By shape, Chinese-English as the files have it (`Bead.type` is the other way round), most frequent first; last
    `crossing`: the two-sided beads whose order differs between the sides."""
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
            "by_type": {shape: {k: getattr(row, k) for k in shown} for shape, row in self.by_type.items()},
            "groups": {label: figures.as_dict() for label, figures in self.groups.items()},
            "per_doc": {name: figures.as_dict() for name, figures in self.per_document.items()},
            "intervals": {name: [interval.low, interval.high] for name, interval in self.intervals.items()},
        }


def score_documents(documents: Iterable[GoldDocument], predictions: Mapping[str, Sequence[Bead]]) -> Scores:
    """Compare `predictions` (beads by document name) with the gold of `documents`; those without gold are left out.

    A document without prediction counts as an empty one. The intervals come from 1,000 resamples of the documents
    and are the same in every run.

    Raises EvaluationError where no document has gold, none has a prediction, or a bead names a line that its
    document does not have.
    """
    judged = [document for document in documents if document.gold is not None]
    if not judged:
        raise EvaluationError("no document has gold beads (NNN.gold) to score against")
    missing = tuple(document.name for document in judged if document.name not in predictions)
    if len(missing) == len(judged):
        raise EvaluationError(f"there is no prediction for any of the {len(judged)} documents with gold beads")
    return _summarise([_count_document(each, predictions.get(each.name, ())) for each in judged], missing)


def _summarise(documents: "list[_Statistics]", missing: tuple[str, ...]) -> Scores:
    labels = dict.fromkeys(document.group for document in documents if document.group)
    return Scores(
        figures=_build_figures(documents),
        intervals=_resample(documents),
        by_type=_sum_types(documents),
        groups={label: _build_figures([each for each in documents if each.group == label]) for label in labels},
        per_document={document.name: _build_figures([document]) for document in documents},
        gold_beads=sum(document.gold_beads for document in documents),
        predicted_beads=sum(document.predicted_beads for document in documents),
        missing=missing,
        uncovered=sum(document.uncovered for document in documents),
        repeated=sum(document.repeated for document in documents),
    )


def _build_figures(documents: "list[_Statistics]") -> Figures:
    ratios = _divide(np.sum([document.counts for document in documents], axis=0))
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


def _divide(counts: IntArray) -> FigureArray:
    """Precision, recall and F1.

    `counts`: `(…, 4)`, right and all of the predicted, right and all of the gold. Returns `(…, 3)` float64.
    """
    precision = _safe_ratio(counts[..., 0], counts[..., 1])
    recall = _safe_ratio(counts[..., 2], counts[..., 3])
    return np.stack([precision, recall, _safe_ratio(2 * precision * recall, precision + recall)], axis=-1)


def _safe_ratio(part: NDArray[Any], whole: NDArray[Any]) -> FigureArray:
    result: FigureArray = np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole != 0)
    return result


def _resample(documents: "list[_Statistics]") -> dict[str, Interval]:
    """95 % percentile bootstrap intervals of each F1 (Efron and Tibshirani 1993, chapter 13), over documents.

    A resample draws as many documents with replacement; only how often each was drawn matters, so that all figures
    of all resamples are one product of drawn weights and the documents' counts.
    """
    if len(documents) < 2:
        return {}
    counts = np.stack([document.counts for document in documents])  # (documents, measures, 4)
    generator = np.random.default_rng(_SEED)
    chances = np.full(len(documents), 1 / len(documents))
    f1 = []
    at_once = max(1, _WEIGHTS_AT_ONCE // len(documents))
    for start in range(0, _RESAMPLES, at_once):
        size = min(at_once, _RESAMPLES - start)
        weights = generator.multinomial(len(documents), chances, size=size)  # (resamples, documents)
        f1.append(_divide(np.tensordot(weights, counts, axes=1))[..., 2])  # (resamples, measures)
    low, high = np.percentile(np.concatenate(f1), [2.5, 97.5], axis=0)
    names = {"f1_strict": _Measure.STRICT, "f1_lax": _Measure.LAX, "f1_unaligned": _Measure.UNALIGNED}
    if all(document.has_segments for document in documents):
        names |= {"merged_f1_strict": _Measure.MERGED_STRICT, "merged_f1_lax": _Measure.MERGED_LAX}
    return {name: Interval(float(low[measure]), float(high[measure])) for name, measure in names.items()}


def _sum_types(documents: "list[_Statistics]") -> dict[str, TypeCounts]:
    rows: dict[str, IntArray] = {}
    for document in documents:
        for shape, row in document.by_type.items():
            rows[shape] = rows.get(shape, np.zeros(4, dtype=np.int64)) + row
    order = sorted(rows, key=lambda shape: (shape == _CROSSING, -rows[shape][0], shape))
    return {shape: TypeCounts(*rows[shape].tolist()) for shape in order}


# --- sufficient statistics of one document ----------------------------------


@dataclass(frozen=True, slots=True)
class _Statistics:
    """All that the figures of any set of documents need to know of one: counts, which can be summed."""

    name: str
    group: str
    counts: IntArray
    """`(measures, 4)`: right and all of the predicted, right and all of the gold; rows as in `_Measure`."""
    has_segments: bool
    by_type: Mapping[str, IntArray]
    """Shape to `(4,)`: gold beads, and those found strictly, laxly, and after merging."""
    gold_beads: int
    predicted_beads: int
    uncovered: int
    repeated: int


def _count_document(document: GoldDocument, prediction: Sequence[Bead]) -> _Statistics:
    for number, bead in enumerate(prediction, 1):
        if problem := _find_misfit(bead, len(document.en), len(document.zh)):
            raise EvaluationError(f"{document.name}: predicted bead {number}: {problem}")
    gold = [_take_pair(bead) for bead in document.gold or ()]
    predicted = [_take_pair(bead) for bead in prediction]
    merged_gold, merged_predicted = _merge(gold, document), _merge(predicted, document)
    counts = np.zeros((len(_Measure), 4), dtype=np.int64)
    counts[[_Measure.STRICT, _Measure.LAX]] = _count_hits(gold, predicted)
    counts[[_Measure.MERGED_STRICT, _Measure.MERGED_LAX]] = _count_hits(merged_gold, merged_predicted)
    counts[_Measure.UNALIGNED] = _count_unaligned(gold, predicted, document)
    uses = Counter(_list_lines(predicted))
    return _Statistics(
        name=document.name,
        group=document.group,
        counts=counts,
        has_segments=document.en_segments is not None,
        by_type=_count_types(gold, set(predicted), merged_gold, set(merged_predicted)),
        gold_beads=len(gold),
        predicted_beads=len(predicted),
        uncovered=len(document.en) + len(document.zh) - len(uses),
        repeated=sum(uses.values()) - len(uses),
    )


def _take_pair(bead: Bead) -> Pair:
    # int() because beads straight from the aligner may hold NumPy integers, a hundred times slower to hash and compare.
    return tuple(map(int, bead.en)), tuple(map(int, bead.zh))


def _list_lines(pairs: Iterable[Pair]) -> Iterator[tuple[str, int]]:
    """Every line that `pairs` use, with its language, as often as it is used."""
    for en, zh in pairs:
        yield from (("en", line) for line in en)
        yield from (("zh", line) for line in zh)


def _keep_two_sided(pairs: Iterable[Pair]) -> list[Pair]:
    return [(en, zh) for en, zh in pairs if en and zh]


def _merge(pairs: list[Pair], document: GoldDocument) -> list[Pair]:
    """Join two-sided beads that lie within one segment, and split one-sided ones into lines.

    A one-sided bead is never joined: a line left alone inside a translated segment stays an error. A bead that
    reaches into a second segment stays as it is. Without segments the result is empty.
    """
    if document.en_segments is None or document.zh_segments is None:
        return []
    apart: list[Pair] = []
    joined: dict[int, tuple[set[int], set[int]]] = {}
    for en, zh in pairs:
        segments = {document.en_segments[line] for line in en} | {document.zh_segments[line] for line in zh}
        if not (en and zh):
            apart += [((line,), ()) for line in en] + [((), (line,)) for line in zh]
        elif len(segments) > 1:
            apart.append((en, zh))
        else:
            lines = joined.setdefault(segments.pop(), (set(), set()))
            lines[0].update(en)
            lines[1].update(zh)
    return apart + [(tuple(sorted(en)), tuple(sorted(zh))) for en, zh in joined.values()]


def _count_hits(gold: list[Pair], predicted: list[Pair]) -> IntArray:
    """`(2, 4)`: strict and lax; right and all of the predicted beads, right and all of the two-sided gold beads."""
    precise = _judge(predicted, gold)
    # Recall looks at two-sided beads on both sides, as vecalign's scorer does.
    recalled = _judge(_keep_two_sided(gold), _keep_two_sided(predicted))
    return np.array([[precise[k], precise[2], recalled[k], recalled[2]] for k in (0, 1)], dtype=np.int64)


def _judge(judged: list[Pair], other: list[Pair]) -> tuple[int, int, int]:
    """Of the distinct beads in `judged`, those strictly right by `other`, those laxly right, and all."""
    beads, right = ({pair for pair in pairs if any(pair)} for pairs in (judged, other))
    links = _link(right)
    strict = len(beads & right)
    return strict, strict + sum(_is_linked(bead, links) for bead in beads - right), len(beads)


def _link(pairs: Iterable[Pair]) -> dict[int, set[int]]:
    """For each English line, the Chinese lines that it shares a bead with."""
    links: dict[int, set[int]] = {}
    for en, zh in pairs:
        for line in en:
            links.setdefault(line, set()).update(zh)
    return links


def _is_linked(pair: Pair, links: Mapping[int, set[int]]) -> bool:
    en, zh = pair
    return any(line in links and not links[line].isdisjoint(zh) for line in en)


def _count_unaligned(gold: list[Pair], predicted: list[Pair], document: GoldDocument) -> tuple[int, int, int, int]:
    true, found = (_find_alone(pairs, document) for pairs in (gold, predicted))
    right = len(true & found)
    return right, len(found), right, len(true)


def _find_alone(pairs: list[Pair], document: GoldDocument) -> set[tuple[str, int]]:
    """The lines in no two-sided bead, whether a one-sided bead says so or none has them."""
    lines = {("en", line) for line in range(len(document.en))} | {("zh", line) for line in range(len(document.zh))}
    return lines - set(_list_lines(_keep_two_sided(pairs)))


def _count_types(
    gold: list[Pair], predicted: set[Pair], merged_gold: list[Pair], merged_predicted: set[Pair]
) -> dict[str, IntArray]:
    links, crossing = _link(predicted), _find_crossing(gold)
    whole: dict[int, Pair] = {}  # Chinese line to its bead in the merged gold
    for pair in _keep_two_sided(merged_gold):
        whole.update(dict.fromkeys(pair[1], pair))
    rows: dict[str, IntArray] = {}
    for pair in gold:
        strict = pair in predicted
        found = (strict, strict or _is_linked(pair, links), _is_found_merged(pair, whole, merged_predicted))
        for shape in [f"{len(pair[1])}-{len(pair[0])}"] + [_CROSSING] * (pair in crossing):
            rows[shape] = rows.get(shape, np.zeros(4, dtype=np.int64)) + np.array([1, *found], dtype=np.int64)
    return rows


def _is_found_merged(pair: Pair, whole: Mapping[int, Pair], predicted: set[Pair]) -> bool:
    en, zh = pair
    if en and zh:
        return whole.get(zh[0]) in predicted
    return all(((line,), ()) in predicted for line in en) and all(((), (line,)) in predicted for line in zh)


def judge_beads(document: GoldDocument, prediction: Iterable[Bead]) -> tuple[list[float], int]:
    """What share of a gold bead's lines each two-sided bead of `prediction` finds, and the number of those gold beads.

    All of them or, for a wrong bead, none; where the document has segments, a bead counts as its share of what the
    beads of its segment make together, if that is right. Their sum over the number is the recall.
    """
    gold, found = (_keep_two_sided(map(_take_pair, beads)) for beads in (document.gold or (), prediction))
    whole = found
    if document.en_segments is not None:
        gold, whole = _merge(gold, document), _merge(found, document)
    right = set(gold)
    by_line = {line: pair for pair in whole for line in pair[0]}
    joined = [by_line[en[0]] for en, _ in found]
    shares = [
        (len(en) + len(zh)) / sum(map(len, pair)) if pair in right else 0.0
        for (en, zh), pair in zip(found, joined, strict=True)
    ]
    return shares, len(right)


def _find_crossing(pairs: list[Pair]) -> set[Pair]:
    """The two-sided beads whose first lines are in another order than those of some other bead, in O(n log n).

    With the beads sorted by Chinese line, a bead crosses one that is not after it but has a greater English line, or
    one that is after it without having a greater one; so the extremes of either part decide.
    """
    distinct = list(dict.fromkeys(_keep_two_sided(pairs)))
    if not distinct:
        return set()
    first = np.array([(zh[0], en[0]) for en, zh in distinct], dtype=np.int64)  # (beads, 2)
    order = np.argsort(first[:, 0], kind="stable")
    zh, en = first[order].T
    end = np.searchsorted(zh, zh, side="right")  # how many beads are not after this one
    greatest_until = np.maximum.accumulate(en)[end - 1]
    least_from = np.append(np.minimum.accumulate(en[::-1])[::-1], np.iinfo(np.int64).max)[end]
    crosses = (greatest_until > en) | (least_from <= en)
    return {distinct[index] for index in order[crosses]}


# --- the table --------------------------------------------------------------


def format_scores(scores: Scores) -> str:
    """The figures as a table for the terminal, without a line end."""
    parts = [_format_figures(scores), _format_groups(scores), _format_types(scores), _format_notes(scores)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _format_figures(scores: Scores) -> list[str]:
    figures = scores.figures
    rows = [("strict", figures.strict, "f1_strict"), ("lax", figures.lax, "f1_lax")]
    if figures.merged_strict and figures.merged_lax:
        rows.append(("segment-merged strict", figures.merged_strict, "merged_f1_strict"))
        rows.append(("segment-merged lax", figures.merged_lax, "merged_f1_lax"))
    rows.append(("unaligned lines", figures.unaligned, "f1_unaligned"))
    count = f"{figures.documents} document{'s' * (figures.documents != 1)}"
    lines = [f"{count}, {scores.gold_beads} gold beads, {scores.predicted_beads} predicted"]
    lines.append(
        f"{'':<24}{'precision':>10}{'recall':>10}{'F1':>10}" + "  95 % interval of F1" * bool(scores.intervals)
    )
    for label, ratios, name in rows:
        interval = scores.intervals.get(name)
        shown = f"{interval.low:>11.4f} to {interval.high:.4f}" if interval else ""
        lines.append(f"{label:<24}{ratios.precision:>10.4f}{ratios.recall:>10.4f}{ratios.f1:>10.4f}{shown}")
    return lines


def _format_groups(scores: Scores) -> list[str]:
    if len(scores.groups) < 2:
        return []
    title = "segment-merged strict F1" if scores.figures.merged_strict else "strict F1"
    lines = [f"{title} by source"]
    for label, figures in scores.groups.items():
        ratios = (figures.merged_strict if scores.figures.merged_strict else None) or figures.strict
        lines.append(f"{label:<28}{figures.documents:>5} documents{ratios.f1:>10.4f}")
    return lines


def _format_types(scores: Scores) -> list[str]:
    merged = scores.figures.merged_strict is not None
    lines = ["recall by gold bead type (zh-en)"]
    lines.append(f"{'type':<10}{'count':>8}{'strict':>9}{'lax':>9}" + f"{'merged':>9}" * merged)
    for shape, row in scores.by_type.items():
        shares = (row.strict, row.lax, row.merged)[: 2 + merged]
        lines.append(f"{shape:<10}{row.count:>8}" + "".join(f"{share / row.count:>9.4f}" for share in shares))
    return lines


def _format_notes(scores: Scores) -> list[str]:
    notes = []
    if scores.missing:
        notes.append(f"no prediction for {' '.join(scores.missing)}: counted as empty")
    if scores.uncovered:
        notes.append(f"{scores.uncovered} lines are in no predicted bead")
    if scores.repeated:
        notes.append(f"{scores.repeated} lines are used more than once")
    return notes
