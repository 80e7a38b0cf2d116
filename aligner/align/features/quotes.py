"""Quotation marks: direct speech opens and closes at the same places in both languages."""

import re
from collections.abc import Sequence

import numpy as np

from aligner.align.features.evidence import Beads, Evidence
from aligner.records import FloatArray, IntArray

_OPENING = re.compile(r"[“「『]|(?<![\w.,!?])[‘'](?=\w)")
_CLOSING = re.compile(r"[”」』]|(?<=[.,!?…—])[’'](?!\w)")
_EITHER = re.compile(r'["＂]')
_MOST = 3
"""Differences in the number of marks count up to this."""


def measure_quotes(evidence: Evidence, beads: Beads) -> list[FloatArray]:
    """Differences between the sides: quotations opened, closed, open before, open after, at the very start and end."""
    columns = []
    en, zh = evidence.en.quotes, evidence.zh.quotes
    for counts in (0, 1):
        en_count, zh_count = beads.sum_en(_cumulate(en[:, counts])), beads.sum_zh(_cumulate(zh[:, counts]))
        columns.append(np.minimum(np.abs(en_count - zh_count), _MOST))
    en_last, zh_last = beads.en_start + beads.en_size - 1, beads.zh_start + beads.zh_size - 1
    for state, en_place, zh_place in (
        (2, beads.en_start, beads.zh_start),
        (3, en_last, zh_last),
        (4, beads.en_start, beads.zh_start),
        (5, en_last, zh_last),
    ):
        columns.append(np.abs(en[en_place, state] - zh[zh_place, state]))
    return columns


def describe_quotes(texts: Sequence[str]) -> IntArray:
    """`(n, 6)`: quotations opened, closed; 1 if one is open before, after; 1 if the text starts, ends with a mark.

    Straight marks open and close by turns. A quotation that opens again in every paragraph stays one.
    """
    rows = []
    inside = 0
    for text in texts:
        marks = sorted(
            [(m.start(), 1) for m in _OPENING.finditer(text)]
            + [(m.start(), -1) for m in _CLOSING.finditer(text)]
            + [(m.start(), 0) for m in _EITHER.finditer(text)]
        )
        before, opened, closed = inside, 0, 0
        for _, mark in marks:
            opens = mark == 1 or (mark == 0 and not inside)
            inside = int(opens)
            opened += opens
            closed += not opens
        starts = bool(marks) and marks[0][0] == 0
        ends = bool(marks) and marks[-1][0] >= len(text) - 1
        rows.append((opened, closed, before, inside, int(starts), int(ends)))
    return np.array(rows, np.int64).reshape(-1, 6)


def _cumulate(values: IntArray) -> FloatArray:
    return np.concatenate([[0], np.cumsum(values)]).astype(np.float32)
