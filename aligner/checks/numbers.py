"""Numbers that contradict each other: 32.17 million beside 3271万.

A number that one side leaves out is not reported: of 2,944 true pairs of news (WMT21) 391 have one. Contradictions are
in 10 of them (0.3 %), 9 of which are faults of the text or its translation, and in none of the 368 pairs of the sample
releases. Of 100 planted contradictions of each set it finds 100; of 3,000 with other seeds 2,996 (see
`python -m benchmarks flags`). Not seen: amounts in two currencies, whose rate is not known here, and numbers that a
word of the other side hints at by chance (`both`, 双). A wrong alarm that is known: 5-10 acres as 2-4 公顷.
"""

from collections.abc import Iterator

from aligner.checks.context import Context
from aligner.records import Finding, Flag, Language, Mark, TranslationUnit
from aligner.text.numbers import Quantity, compare_quantities


def check(unit: TranslationUnit, context: Context) -> Iterator[Finding]:  # noqa: ARG001  # as all checks
    """A finding for each pair of numbers that contradict each other."""
    for en, zh in compare_quantities(unit.en, unit.zh).contradictions:
        yield Finding(Flag.NUMBERS_DIFFER, (_mark(Language.EN, en), _mark(Language.ZH, zh)))


def _mark(language: Language, quantity: Quantity) -> Mark:
    return Mark(language, quantity.start, quantity.end, f"{quantity.value:f}")
