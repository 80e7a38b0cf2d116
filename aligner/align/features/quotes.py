"""Quotation marks: direct speech opens and closes at the same places in both languages."""

import re
from collections.abc import Sequence

import numpy as np

from aligner.align.arrays import cumulate
from aligner.align.features.evidence import Beads, StretchEvidence
from aligner.records import FloatArray, IntArray

_OPENING = re.compile(r"[“「『]|(?<![\w.,!?])[‘'](?=\w)")
_CLOSING = re.compile(r"[”」』]|(?<=[.,!?…—])[’'](?!\w)")
_EITHER = '"＂'
_MARK = re.compile("""[“”「」『』‘’'"＂]""")
OPENED, CLOSED, OPEN_BEFORE, OPEN_AFTER, STARTS, ENDS = range(6)
"""Columns of `describe_quotes`."""
_MOST = 3
"""Differences in the number of marks count up to this."""


def measure_quotes(evidence: StretchEvidence, beads: Beads) -> list[FloatArray]:
    """Differences between the sides: quotations that English opens more, those that Chinese opens more, quotations
    closed, open before, open after, at the very start and end.

    "You?" he said. "Never!" is often one quotation in Chinese; the reverse is rare.
    """
    en, zh = evidence.en.quotes, evidence.zh.quotes
    opened, closed = (
        beads.sum_en(cumulate(en[:, counts]).astype(np.float32))
        - beads.sum_zh(cumulate(zh[:, counts]).astype(np.float32))
        for counts in (OPENED, CLOSED)
    )
    columns = [np.clip(opened, 0, _MOST), np.clip(-opened, 0, _MOST), np.minimum(np.abs(closed), _MOST)]
    en_last, zh_last = beads.en_start + beads.en_size - 1, beads.zh_start + beads.zh_size - 1
    for column, en_place, zh_place in (
        (OPEN_BEFORE, beads.en_start, beads.zh_start),
        (OPEN_AFTER, en_last, zh_last),
        (STARTS, beads.en_start, beads.zh_start),
        (ENDS, en_last, zh_last),
    ):
        columns.append(np.abs(en[en_place, column] - zh[zh_place, column]))
    return columns


def describe_quotes(texts: Sequence[str]) -> IntArray:
    """`(n, 6)`, columns `OPENED` to `ENDS`: quotations opened and closed; 1 if one is open before and after
    the text; 1 if the text starts and ends with a mark.

    Straight marks open and close by turns. A quotation that opens again in every paragraph stays one.
    """
    rows = []
    inside = 0
    for text in texts:
        places = []
        before, opened, closed = inside, 0, 0
        for mark in _MARK.finditer(text):
            place = mark.start()
            opens = bool(_OPENING.match(text, place)) or (mark.group() in _EITHER and not inside)
            if opens or mark.group() in _EITHER or _CLOSING.match(text, place):  # others are apostrophes
                places.append(place)
                inside = int(opens)
                opened += opens
                closed += not opens
        starts = bool(places) and places[0] == 0
        ends = bool(places) and places[-1] >= len(text) - 1
        rows.append((opened, closed, before, inside, int(starts), int(ends)))
    return np.array(rows, np.int64).reshape(-1, 6)
