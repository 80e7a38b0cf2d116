"""Sides that are equal but for the case of letters, or one of which is not in its language.

Right pairs that carry it are names kept in Latin script as a whole.
"""

from collections.abc import Iterator

from aligner.checks.context import Context
from aligner.records import Finding, Flag, TranslationUnit
from aligner.text.characters import HAN, LATIN


def check(unit: TranslationUnit, context: Context) -> Iterator[Finding]:  # noqa: ARG001  # as all checks
    """A finding about the whole unit."""
    if unit.en.casefold() == unit.zh.casefold() or not HAN.search(unit.zh) or not LATIN.search(unit.en):
        yield Finding(Flag.UNTRANSLATED)
