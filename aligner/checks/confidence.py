"""Units that the aligner itself is not sure of.

The share of right units among those below the limit is what the confidence says, see `python -m benchmarks confidence`.
"""

from collections.abc import Iterator

from aligner.checks.context import Context
from aligner.records import Finding, Flag, TranslationUnit

LOW_CONFIDENCE = 0.7
"""Confidence below which a unit is flagged."""


def check(unit: TranslationUnit, context: Context) -> Iterator[Finding]:  # noqa: ARG001  # as all checks
    """A finding about the whole unit."""
    if unit.confidence < LOW_CONFIDENCE:
        yield Finding(Flag.LOW_CONFIDENCE)
