"""What is counted in one document: sums over documents give every figure.

Strict and lax counts are those of vecalign's scorer (Thompson and Koehn 2019, section 4.2), which bertalign uses too:
a bead is strictly right when exactly that bead is in the other alignment, and laxly when some English and some Chinese
line of it are linked there. Null beads count for precision (they can only be right strictly) and not for recall.
Segment-merged counts join two-sided beads within one segment first, since gold that knows whole segments only cannot
tell how their sentences pair.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np

from aligner.errors import EvaluationError
from aligner.evaluation.format import GoldDocument, find_misfit
from aligner.records import Bead, IntArray

Pair: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""English and Chinese line numbers of a bead: what is compared, unlike its scores."""

CROSSING = "crossing"
"""Row of the two-sided gold beads whose order differs between the sides, beside the bead types."""


class Measure(IntEnum):
    """Rows of the counts of a document."""

    STRICT = 0
    LAX = 1
    MERGED_STRICT = 2
    MERGED_LAX = 3
    UNALIGNED = 4


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """All that the figures of any set of documents need to know of one: counts, which can be summed."""

    name: str
    group: str
    counts: IntArray
    """`(measures, 4)`: right and all of the predicted, right and all of the gold; rows as in `Measure`."""
    has_segments: bool
    by_type: Mapping[str, IntArray]
    """Bead type to `(4,)`: gold beads, and those found strictly, laxly, and after merging."""
    gold_beads: int
    predicted_beads: int
    uncovered: int
    repeated: int


def count_document(document: GoldDocument, prediction: Sequence[Bead]) -> DocumentCounts:
    """Compare the prediction for one document with its gold.

    :raises EvaluationError: when a bead names a line that the document does not have.
    """
    for number, bead in enumerate(prediction, 1):
        if problem := find_misfit(bead, len(document.en), len(document.zh)):
            raise EvaluationError(f"{document.name}: predicted bead {number}: {problem}")
    gold = [_take_pair(bead) for bead in document.gold or ()]
    predicted = [_take_pair(bead) for bead in prediction]
    merged_gold, merged_predicted = _merge(gold, document), _merge(predicted, document)
    counts = np.zeros((len(Measure), 4), dtype=np.int64)
    counts[[Measure.STRICT, Measure.LAX]] = _count_hits(gold, predicted)
    counts[[Measure.MERGED_STRICT, Measure.MERGED_LAX]] = _count_hits(merged_gold, merged_predicted)
    counts[Measure.UNALIGNED] = _count_unaligned(gold, predicted, document)
    uses = Counter(_list_lines(predicted))
    return DocumentCounts(
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
    """Join two-sided beads that lie within one segment, and split null beads into lines.

    A null bead is never joined: an unaligned line inside a translated segment stays an error. A bead that
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
    true, found = (_find_unaligned(pairs, document) for pairs in (gold, predicted))
    right = len(true & found)
    return right, len(found), right, len(true)


def _find_unaligned(pairs: list[Pair], document: GoldDocument) -> set[tuple[str, int]]:
    """The lines in no two-sided bead, whether a null bead says so or none has them."""
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
        for bead_type in [f"{len(pair[1])}-{len(pair[0])}"] + [CROSSING] * (pair in crossing):
            rows[bead_type] = rows.get(bead_type, np.zeros(4, dtype=np.int64)) + np.array([1, *found], dtype=np.int64)
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
