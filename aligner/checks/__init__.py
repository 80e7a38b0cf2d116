"""Why a person should look at a unit: a registry of small functions, each in a file of its own.

A check is a function `check(unit, context)` that yields findings. Its file says why it is there and how often it meets
a right pair; `python -m benchmarks flags` measures that again. How to add one: `docs/how-to/add-a-check.md`.
"""

from collections.abc import Callable, Iterable, Sequence

from aligner.checks import confidence, crossing, damage, length, margin, numbers, untranslated
from aligner.checks.context import Context
from aligner.records import Finding, Flag, TranslationUnit

Check = Callable[[TranslationUnit, Context], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    numbers.check,
    length.check,
    margin.check,
    untranslated.check,
    crossing.check,
    confidence.check,
    damage.check,
)
"""In the order in which flags are written."""


def find_findings(unit: TranslationUnit, context: Context) -> tuple[Finding, ...]:
    """What all checks find in the unit, in the order of the registry."""
    return tuple(finding for check in CHECKS for finding in check(unit, context))


def list_flags(findings: Sequence[Finding]) -> tuple[Flag, ...]:
    """The flags of the findings, each once, in their order."""
    return tuple(dict.fromkeys(finding.flag for finding in findings))
