"""Moved sentences and paragraphs, which no single path can pass: found among what the path left alone."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from aligner.align.band import Chunk
from aligner.align.drafting import Document, Hubness, align_stretch
from aligner.align.scorer import ScorerPair
from aligner.align.side import Side
from aligner.records import Bead, FloatArray, IntArray
from aligner.similarity import find_neighbours

_NEIGHBOURS = 3
"""Unaligned Chinese sentences that an unaligned English one is compared with."""
_LEAST_COSINE = 0.45
"""Cosine from which two unaligned sentences make their runs worth aligning."""
_LEAST_CONFIDENCE = 0.7
"""Posterior from which a bead out of order is accepted; calibrated on WMT21 news with swapped segments."""
_LONGEST_RUN = 200
"""Sentences of a run, at most: longer ones are no moved paragraphs but texts without a counterpart."""

Run = tuple[int, int]
"""First and last + 1 of consecutive unaligned sentences."""


def match_moved(document: Document, beads: Sequence[Bead], scorers: ScorerPair, hubness: Hubness) -> list[Bead]:
    """The beads, with runs of unaligned sentences of both sides matched where that is sure enough.

    :param hubness: of all sentences, from the first pass.
    :return: beads in the order of the English sentences; those found here are marked as crossing.
    """
    en_runs = _find_runs(bead.en for bead in beads if not bead.zh)
    zh_runs = _find_runs(bead.zh for bead in beads if not bead.en)
    found: list[Bead] = []
    for en_run, zh_run in _likely_pairs(document, en_runs, zh_runs):
        taken = _lines(found)
        for bead in align_stretch(document, [_whole_chunk(en_run, zh_run)], scorers, hubness)[0]:
            sure = bead.en and bead.zh and bead.confidence >= _LEAST_CONFIDENCE
            if sure and _lines([bead]).isdisjoint(taken):
                found.append(replace(bead, crossing=True))
    taken = _lines(found)
    return _in_order([bead for bead in beads if _lines([bead]).isdisjoint(taken)] + found)


def _find_runs(sides: Iterable[tuple[int, ...]]) -> list[Run]:
    lines = sorted(itertools.chain.from_iterable(sides))
    starts = [line for line, before in zip(lines, [-2, *lines], strict=False) if line != before + 1]
    ends = [line + 1 for line, after in zip(lines, [*lines[1:], -2], strict=False) if line + 1 != after]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if b - a <= _LONGEST_RUN]


def _likely_pairs(document: Document, en_runs: list[Run], zh_runs: list[Run]) -> list[tuple[Run, Run]]:
    """Pairs of runs that hold sentences similar enough, the most similar first."""
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


def _list_vectors(side: Side, runs: list[Run]) -> tuple[FloatArray, IntArray]:
    """Vectors of all sentences of the runs, and the run of each."""
    vectors = [side.windows.vectors(first, last, 1)[:, 0] for first, last in runs]
    return np.concatenate(vectors), np.repeat(np.arange(len(runs)), [len(each) for each in vectors])


def _whole_chunk(en: Run, zh: Run) -> Chunk:
    rows, columns = en[1] - en[0] + 1, zh[1] - zh[0]
    return Chunk(*en, *zh, np.zeros(rows, np.int64), np.full(rows, columns))


def _lines(beads: Iterable[Bead]) -> set[tuple[str, int]]:
    return {("en", i) for bead in beads for i in bead.en} | {("zh", j) for bead in beads for j in bead.zh}


def _in_order(beads: list[Bead]) -> list[Bead]:
    """Beads by their English sentences; those without any follow the bead of the Chinese sentence before them."""
    position = {bead.zh[-1]: bead.en[0] for bead in beads if bead.en and bead.zh and not bead.crossing}
    last, place_of = -1, {}
    for bead in sorted((b for b in beads if b.zh and not b.crossing), key=lambda b: b.zh):
        last = position.get(bead.zh[-1], last)
        place_of[bead.zh] = last
    return sorted(beads, key=lambda b: (b.en[0], 0, ()) if b.en else (place_of[b.zh], 1, b.zh))
