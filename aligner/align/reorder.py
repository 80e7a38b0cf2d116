"""Beads that cross others, which no monotone path can hold: adjacent ones in exchanged order, and moved sentences."""

import itertools
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from aligner.align.band import Chunk
from aligner.align.decode import Hubness, align_stretch
from aligner.align.grid import LONGEST_WINDOW
from aligner.align.prepare import Side
from aligner.align.scorer import ScorerPair
from aligner.align.stretches import Document
from aligner.records import Bead, FloatArray, IntArray
from aligner.runtime.neighbours import find_neighbours

_NEIGHBOURS = 3
"""Unaligned Chinese sentences that an unaligned English one is compared with."""
_LEAST_COSINE, _LEAST_CONFIDENCE = 0.3, 0.4
"""Cosine and posterior from which a bead out of order is accepted. On held-out training releases posteriors of 0.4 and
0.6 find 576 and 574 of 649 crossing beads; strict F1 is 0.9435 and 0.9416 on the 54 in which most is moved. In an
earlier comparison 0.45 and 0.7 found 334 of 396, where 0.3 and 0.6 found 351. In novels, where next to nothing is
moved, all find the same.
"""
_DOUBTFUL = 0.6
"""Posterior of one of two adjacent beads below which exchanged order is tried; units are written from 0.5 on."""
_LEAST_EXCHANGED_COSINE = 0.45
"""Cosine from which two parts of adjacent beads may exchange their order. With 0.3, three entangled beads of the novels
would be torn apart.
"""
_FILLER_POSTERIOR = 0.2
"""Posterior below which a bead only fills a gap in the path, so that its sentences may be matched elsewhere. At 0.3
releases gain 0.002 strict F1, and novels lose 0.001 to near-repeats.
"""
_LONGEST_RUN = 200
"""Sentences of a run, at most: longer ones are no moved paragraphs but texts without translation."""
_MOST_STATES = 20
"""States that are looked at for what was moved, for each sentence of the document: training releases take 6 at most,
unrelated texts would take many more and give nothing.
"""

Run: TypeAlias = tuple[int, int]
"""First and last + 1 of consecutive sentences."""
Match: TypeAlias = Callable[[Run, Run], list[Bead]]
"""Finds the sure beads of a run of each side, with the scorers of the first pass."""


def match_moved(document: Document, beads: Sequence[Bead], scorers: ScorerPair, hubness: Hubness) -> list[Bead]:
    """The beads of a monotone path, with sentences in another order matched where that is sure enough.

    :param hubness: of all sentences, from the first pass.
    :return: beads in the order of the English sentences; those found out of order are marked as crossing.
    """

    def match(en: Run, zh: Run) -> list[Bead]:
        found = align_stretch(document, [_whole_chunk(en, zh)], scorers, hubness)[0]
        return [bead for bead in found if _is_pair(bead) and _is_sure(bead)]

    beads = list(_exchange_adjacent(document, beads, match))
    return _in_order(_replace_beads(beads, _find_moved(document, beads, match)))


# --- adjacent beads in exchanged order --------------------------------------------------------------------------------


def _exchange_adjacent(document: Document, beads: Sequence[Bead], match: Match) -> Iterator[Bead]:
    """The beads, with two parts of both sides matched in exchanged order where that fits better."""
    place = 0
    while place < len(beads):
        count = _count_exchangeable(beads[place : place + 2])
        exchanged = _exchange(document, beads[place : place + count], match) if count else []
        yield from exchanged or [beads[place]]
        place += count if exchanged else 1


def _count_exchangeable(beads: Sequence[Bead]) -> int:
    """How many of these, a bead and the one after it, may be two parts in exchanged order.

    One if the first has several sentences on both sides, two if one of both is doubtful, else none.
    """
    if not _is_pair(beads[0]):
        return 0
    if min(len(beads[0].en), len(beads[0].zh)) > 1:
        return 1
    doubtful = min(bead.confidence for bead in beads) < _DOUBTFUL
    return 2 if doubtful and all(map(_is_pair, beads)) and len(beads) > 1 else 0


def _exchange(document: Document, beads: Sequence[Bead], match: Match) -> list[Bead]:
    """Two parts of these adjacent beads, matched in exchanged order; none where they fit as well in order."""
    en = beads[0].en[0], beads[-1].en[-1] + 1
    zh = beads[0].zh[0], beads[-1].zh[-1] + 1
    cut = _find_cut(_cosines_of_parts(document, en, zh))
    if cut is None:
        return []
    en_cut, zh_cut = en[0] + cut[0], zh[0] + cut[1]
    parts = match((en[0], en_cut), (zh_cut, zh[1])), match((en_cut, en[1]), (zh[0], zh_cut))
    found = [replace(bead, crossing=True) for part in parts for bead in part]
    return found if all(parts) and _sentences_of(found) == _sentences_of(beads) else []


def _find_cut(cosines: FloatArray) -> tuple[int, int] | None:
    """How many sentences of each side the first part has where exchanged order fits best; None where order fits.

    :param cosines: see `_cosines_of_parts`.
    """
    (en_size, en_depth), (zh_size, zh_depth) = cosines.shape[:2], cosines.shape[2:]
    best, cut = -1.0, None
    for a, b in itertools.product(range(1, en_size), range(1, zh_size)):
        if max(a, en_size - a) > en_depth or max(b, zh_size - b) > zh_depth:
            continue
        first, last = cosines[0, a - 1], cosines[a, en_size - a - 1]
        ordered = first[0, b - 1] + last[b, zh_size - b - 1]
        exchanged = first[b, zh_size - b - 1], last[0, b - 1]
        if ordered >= best:
            best, cut = ordered, None
        if min(exchanged) >= _LEAST_EXCHANGED_COSINE and sum(exchanged) > best:
            best, cut = sum(exchanged), (a, b)
    return cut


def _cosines_of_parts(document: Document, en: Run, zh: Run) -> FloatArray:
    """`[i, k, j, l]`: cosine of the English window of k + 1 sentences from the run's i-th on with the Chinese window of
    l + 1 sentences from the j-th on.

    Windows are shorter than the run, of which they are parts, and no longer than those of a bead.
    """
    en_vectors = document.en.windows.vectors(*en, min(en[1] - en[0] - 1, LONGEST_WINDOW))
    zh_vectors = document.zh.windows.vectors(*zh, min(zh[1] - zh[0] - 1, LONGEST_WINDOW))
    return np.asarray(np.tensordot(en_vectors, zh_vectors, axes=(2, 2)), np.float32)


# --- moved sentences and paragraphs ---------------------------------------------------------------------------------


def _find_moved(document: Document, beads: Sequence[Bead], match: Match) -> list[Bead]:
    """Beads of unaligned sentences that translate each other; and of those in improbable beads, if they cross."""
    unaligned = _sentences_of([bead for bead in beads if not _is_pair(bead)])
    order = _PathOrder(beads)
    found: list[Bead] = []
    taken: set[tuple[str, int]] = set()
    for en_run, zh_run in _within_budget(document, _likely_pairs(document, beads)):
        for bead in match(en_run, zh_run):
            sentences = _sentences_of([bead])
            crossing = order.crosses(bead)
            if sentences.isdisjoint(taken) and (crossing or sentences <= unaligned):
                found.append(replace(bead, crossing=crossing))
                taken |= sentences
    return found


class _PathOrder:
    """Positions of the sure beads of a path, to test whether another bead crosses them."""

    def __init__(self, beads: Iterable[Bead]) -> None:
        pairs = [(bead.en[0], bead.zh[0]) for bead in beads if not _may_be_rematched(bead) and not bead.crossing]
        self._en, self._zh = [en for en, _ in pairs], [zh for _, zh in pairs]

    def crosses(self, bead: Bead) -> bool:
        """Whether the bead stands before one of them in one language and after it in the other."""
        place = bisect(self._en, bead.en[0])
        after_later = place < len(self._zh) and self._zh[place] < bead.zh[0]
        return after_later or (place > 0 and self._zh[place - 1] > bead.zh[0])


def _likely_pairs(document: Document, beads: Sequence[Bead]) -> list[tuple[Run, Run]]:
    """Runs of both sides that hold sentences similar enough, the most similar first."""
    rematchable = [bead for bead in beads if _may_be_rematched(bead)]
    en_runs, zh_runs = _find_runs(bead.en for bead in rematchable), _find_runs(bead.zh for bead in rematchable)
    if not (en_runs and zh_runs):
        return []
    en_vectors, en_run = _list_vectors(document.en, en_runs)
    zh_vectors, zh_run = _list_vectors(document.zh, zh_runs)
    cosines, places = find_neighbours(en_vectors, zh_vectors, _NEIGHBOURS)
    best: dict[tuple[int, int], float] = {}
    for row, column in np.argwhere(cosines >= _LEAST_COSINE).tolist():
        pair = int(en_run[row]), int(zh_run[places[row, column]])
        best[pair] = max(best.get(pair, -1.0), float(cosines[row, column]))
    ordered = sorted(best, key=lambda pair: (-best[pair], pair))
    return [(en_runs[en], zh_runs[zh]) for en, zh in ordered]


def _within_budget(document: Document, pairs: Iterable[tuple[Run, Run]]) -> Iterator[tuple[Run, Run]]:
    """The first of the pairs, as many as `_MOST_STATES` allows."""
    left = _MOST_STATES * (len(document.en) + len(document.zh))
    for en, zh in pairs:
        left -= (en[1] - en[0] + 1) * (zh[1] - zh[0] + 1)
        if left < 0:
            return
        yield en, zh


def _find_runs(sides: Iterable[tuple[int, ...]]) -> list[Run]:
    """Runs of consecutive sentences, those longer than `_LONGEST_RUN` left out."""
    indices = sorted(itertools.chain.from_iterable(sides))
    starts = [index for index, before in zip(indices, [-2, *indices], strict=False) if index != before + 1]
    ends = [index + 1 for index, after in zip(indices, [*indices[1:], -2], strict=False) if index + 1 != after]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if b - a <= _LONGEST_RUN]


def _list_vectors(side: Side, runs: list[Run]) -> tuple[FloatArray, IntArray]:
    """Vectors of all sentences of the runs, and the run of each."""
    vectors = [side.windows.vectors(first, last, 1)[:, 0] for first, last in runs]
    return np.concatenate(vectors), np.repeat(np.arange(len(runs)), [len(each) for each in vectors])


# --- beads ----------------------------------------------------------------------------------------------------------


def _is_pair(bead: Bead) -> bool:
    """Whether the bead has sentences on both sides: it is no null bead."""
    return bool(bead.en and bead.zh)


def _is_sure(bead: Bead) -> bool:
    """Whether a bead out of order is accepted."""
    return bead.confidence >= _LEAST_CONFIDENCE and bead.similarity >= _LEAST_COSINE


def _may_be_rematched(bead: Bead) -> bool:
    """Whether the sentences of a bead of the path may be matched elsewhere."""
    return not _is_pair(bead) or bead.confidence < _FILLER_POSTERIOR


def _sentences_of(beads: Sequence[Bead]) -> set[tuple[str, int]]:
    """All sentences of the beads, as language and index."""
    return {("en", i) for bead in beads for i in bead.en} | {("zh", j) for bead in beads for j in bead.zh}


def _replace_beads(beads: Sequence[Bead], found: Sequence[Bead]) -> list[Bead]:
    """The beads with those found in their place; what remains of a bead that lost sentences becomes null beads."""
    en_taken, zh_taken = {i for bead in found for i in bead.en}, {j for bead in found for j in bead.zh}
    out = list(found)
    for bead in beads:
        if en_taken.isdisjoint(bead.en) and zh_taken.isdisjoint(bead.zh):
            out.append(bead)
        else:
            out += [Bead((i,), (), 1 - bead.confidence) for i in bead.en if i not in en_taken]
            out += [Bead((), (j,), 1 - bead.confidence) for j in bead.zh if j not in zh_taken]
    return out


def _whole_chunk(en: Run, zh: Run) -> Chunk:
    """A chunk of two runs whose band leaves nothing out."""
    rows, columns = en[1] - en[0] + 1, zh[1] - zh[0]
    return Chunk(*en, *zh, np.zeros(rows, np.int64), np.full(rows, columns))


def _in_order(beads: list[Bead]) -> list[Bead]:
    """Beads by their English sentences; those without any follow the bead of the Chinese sentence before them."""
    position = {bead.zh[-1]: bead.en[0] for bead in beads if bead.en and bead.zh and not bead.crossing}
    last, place_of = -1, {}
    for bead in sorted((b for b in beads if b.zh and not b.crossing), key=lambda b: b.zh):
        last = position.get(bead.zh[-1], last)
        place_of[bead.zh] = last
    return sorted(beads, key=lambda b: (b.en[0], 0, ()) if b.en else (place_of[b.zh], 1, b.zh))
