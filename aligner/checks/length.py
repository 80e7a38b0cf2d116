"""Lengths that differ from what the document predicts: something may be missing on one side.

Of right pairs, 0.3 % are flagged in news (WMT21), none in the sample releases, 1.6 % in novels
(`python -m benchmarks units`).
"""

import math
from collections.abc import Iterator

from aligner.checks.context import Context
from aligner.records import Finding, Flag, TranslationUnit
from aligner.text.lengths import count_chars

LONG_RATIO = 2.0
"""Factor by which the lengths of a unit may differ from what its document predicts before it is flagged."""
_SMALL = 4
"""Chinese characters added to both lengths: a difference of a few says nothing about a short unit."""


def check(unit: TranslationUnit, context: Context) -> Iterator[Finding]:
    """A finding about the whole unit."""
    if length_deviation(unit.en, unit.zh, context.chars_ratio) > math.log(LONG_RATIO):
        yield Finding(Flag.LENGTH)


def length_deviation(en: str, zh: str, chars_ratio: float) -> float:
    """How far the lengths are from what `chars_ratio` predicts, as the size of a log ratio; 0 is a perfect fit."""
    expected = count_chars(en) * chars_ratio
    return abs(math.log((count_chars(zh) + _SMALL) / (expected + _SMALL)))
