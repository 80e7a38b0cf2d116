"""Beads found out of order: a sentence that was moved, or a wrong pair."""

from collections.abc import Iterator

from aligner.checks.context import Context
from aligner.records import Finding, Flag, TranslationUnit


def check(unit: TranslationUnit, context: Context) -> Iterator[Finding]:
    """A finding about the whole unit."""
    del unit
    if context.bead.crossing:
        yield Finding(Flag.CROSSING)
