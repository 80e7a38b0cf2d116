"""How often each flag meets a true pair, and how many planted contradictions carry `numbers-differ`.

    python -m benchmarks flags

True pairs are the gold beads with text on both sides. Contradictions are made of them by a seeded script that knows
nothing of the checks: it looks for digits that both sides write alike, or for amounts with 万 and 亿, by plain
patterns.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from aligner.checks import find_findings, list_flags
from aligner.checks.context import Context
from aligner.evaluation import read_documents
from aligner.memory.twins import weigh_twin
from aligner.records import Bead, Flag, TranslationUnit
from aligner.text.lengths import TYPICAL_CHARS_RATIO
from benchmarks.report import Report
from benchmarks.sets import evaluation_sets

PLANTED = 100
_SEED = 20
_SETS = ("corpora", "news-dev", "news-noisy-dev")


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A pair one side of which was changed."""

    kind: str
    pair: Pair
    changed: Pair


def measure_flags(report: Report, names: Sequence[str] = ()) -> None:
    """Print flags on true pairs and the recall on planted contradictions, for each set that is here."""
    sets = evaluation_sets()
    rows, faults = [], []
    for name in names or [name for name in _SETS if name in sets]:
        pairs = list(read_pairs(sets[name]))
        counts: dict[str, int] = {flag.value: sum(flag in flags_of(pair) for pair in pairs) for flag in TEXT_FLAGS}
        twins = sum(weigh_twin(pair.en, pair.zh) < 1 for pair in pairs)
        rows.append({"set": name, "true pairs": len(pairs), **counts, "confidence halved": twins})
        faults += [{"set": name, **row} for row in _recall_rows(plant_faults(pairs, PLANTED, _SEED))]
    report.add("Flags on true pairs", rows, "Number of pairs that carry each flag; the bead's flags are left out.")
    report.add("Planted contradictions that carry numbers-differ", faults)


TEXT_FLAGS = (Flag.NUMBERS_DIFFER, Flag.LENGTH, Flag.UNTRANSLATED, Flag.DAMAGED)
"""Flags that the texts alone decide."""


def read_pairs(folder: Path) -> Iterator[Pair]:
    """The gold beads with text on both sides."""
    for document in read_documents(folder):
        for bead in document.gold or ():
            if bead.en and bead.zh:
                yield Pair(" ".join(document.en[i] for i in bead.en), "".join(document.zh[j] for j in bead.zh))


def flags_of(pair: Pair) -> tuple[Flag, ...]:
    """The flags of a pair of texts, as a unit of which the aligner is sure."""
    unit = TranslationUnit(pair.en, pair.zh, "en", "zh-CN", 1.0, "1-1", (), "", (), ())
    bead = Bead((0,), (0,), confidence=1.0, margin=1.0)
    return list_flags(find_findings(unit, Context(bead, TYPICAL_CHARS_RATIO)))


def plant_faults(pairs: Sequence[Pair], count: int, seed: int) -> list[Fault]:
    """`count` contradictions, the kinds in turn, as many as the pairs allow; the same for the same seed."""
    chosen = random.Random(seed)  # noqa: S311  # a sample, no secret
    shuffled = {kind: chosen.sample(list(pairs), len(pairs)) for kind in _KINDS}
    faults: list[Fault] = []
    while len(faults) < count and any(shuffled.values()):
        for kind, plant in _KINDS.items():
            while shuffled[kind] and len(faults) < count:
                pair = shuffled[kind].pop()
                changed = plant(pair, chosen)
                if changed is not None:
                    faults.append(Fault(kind, pair, changed))
                    break
    return faults


def _recall_rows(faults: Sequence[Fault]) -> list[dict[str, str | int]]:
    return [
        {
            "kind": kind,
            "planted": sum(fault.kind == kind for fault in faults),
            "found": sum(fault.kind == kind and Flag.NUMBERS_DIFFER in flags_of(fault.changed) for fault in faults),
        }
        for kind in _KINDS
    ]


def _change(pattern: str, changed: Callable[[str, random.Random], str]) -> Callable[[Pair, random.Random], Pair | None]:
    """A change of a number in the Chinese text that `pattern` finds and that the English text writes once as well."""
    expression = re.compile(pattern)

    def plant(pair: Pair, chosen: random.Random) -> Pair | None:
        for match in expression.finditer(pair.zh):
            digits = match["digits"]
            alone = rf"(?<![0-9.,A-Za-z-]){re.escape(digits)}(?![0-9]|[.,][0-9])"
            if len(re.findall(alone, pair.en)) == 1 and pair.zh.count(digits) == 1:
                new = changed(digits, chosen)
                if new not in pair.zh and new not in pair.en:
                    start, end = match.span("digits")
                    return Pair(pair.en, pair.zh[:start] + new + pair.zh[end:])
        return None

    return plant


def _another_digit(digits: str, chosen: random.Random) -> str:
    """The number with one digit changed, never the first to 0."""
    place = chosen.choice([i for i, character in enumerate(digits) if character.isdigit()])
    rest = [digit for digit in "123456789" if digit != digits[place]]
    return digits[:place] + chosen.choice(rest) + digits[place + 1 :]


def _another_day(digits: str, chosen: random.Random) -> str:
    day = int(digits)
    return str(chosen.choice([other for other in range(max(1, day - 3), min(28, day + 3) + 1) if other != day]))


def _change_scale(pair: Pair, chosen: random.Random) -> Pair | None:  # noqa: ARG001  # as all kinds
    """万 for 亿 or 亿 for 万, where the English amount in figures is that of the true text."""
    for match in re.finditer(r"(?<![0-9.])([0-9]+(?:\.[0-9]+)?)([万亿])(?![万亿])", pair.zh):
        value = Decimal(match[1]) * (10**4 if match[2] == "万" else 10**8)
        written = [
            f"{value.normalize():,f}",
            f"{(value / 10**6).normalize():f} million",
            f"{(value / 10**9).normalize():f} billion",
        ]
        if any(re.search(rf"(?<![0-9.,]){re.escape(form)}\b", pair.en) for form in written):
            other = "亿" if match[2] == "万" else "万"
            return Pair(pair.en, pair.zh[: match.start(2)] + other + pair.zh[match.end(2) :])
    return None


_KINDS: dict[str, Callable[[Pair, random.Random], Pair | None]] = {
    "digit": _change(
        r"(?<![0-9A-Za-z.,/:-])(?P<digits>[0-9]{2,}(?:\.[0-9]+)?)(?![0-9A-Za-z.,/:%-]|[年月日号])", _another_digit
    ),
    "scale": _change_scale,
    "day": _change(r"[0-9]月(?P<digits>[0-9]{1,2})日", _another_day),
    "percentage": _change(r"(?<![0-9.])(?P<digits>[0-9]+(?:\.[0-9]+)?)%", _another_digit),
    "year": _change(
        r"(?<![0-9])(?P<digits>(?:19|20)[0-9]{2})年",
        lambda digits, chosen: digits[:3] + chosen.choice([d for d in "0123456789" if d != digits[3]]),
    ),
}
