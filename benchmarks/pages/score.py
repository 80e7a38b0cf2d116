"""Units that a page gave against its gold units."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.pages.content import GoldUnit

_MARK = re.compile(r"^(?:\[\d\]|\d{1,2}\.(?!\d))")
Texts = tuple[str, str]


@dataclass(slots=True)
class PageScore:
    """Counts over pages; grows by `add`."""

    pages: int = 0
    gold: int = 0
    found: int = 0
    units: int = 0
    right: int = 0
    decoys: int = 0
    decoy_units: int = 0
    gold_by_kind: Counter[str] = field(default_factory=Counter)
    found_by_kind: Counter[str] = field(default_factory=Counter)
    wrong: list[Texts] = field(default_factory=list)
    missed: list[GoldUnit] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of units that are right, 0..1; units on decoys are wrong."""
        return self.right / self.units if self.units else 1.0

    @property
    def recall(self) -> float:
        """Share of gold units that were found, 0..1."""
        return self.found / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, units: Sequence[Texts], gold: Sequence[GoldUnit], decoy: bool) -> None:
        """Count one more page.

        A gold unit is found if it is among the units, or if consecutive units together are it on both sides; such parts
        are right.
        """
        self.pages += 1
        self.units += len(units)
        self.decoys += decoy
        self.decoy_units += len(units) if decoy else 0
        rest = [(_squeeze(en), _squeeze(zh)) for en, zh in units]
        for unit in gold:
            self.gold += 1
            self.gold_by_kind[unit.kind] += 1
            parts = find_parts(rest, (_squeeze(unit.en), _squeeze(unit.zh)))
            if parts is None:
                self.missed.append(unit)
                continue
            self.right += len(rest[parts])
            del rest[parts]
            self.found += 1
            self.found_by_kind[unit.kind] += 1
        self.wrong += rest


def find_parts(units: Sequence[Texts], whole: Texts) -> slice | None:
    """Where the consecutive units stand that together are `whole`."""
    for start in range(len(units)):
        en = zh = ""
        for end in range(start, len(units)):
            en, zh = en + units[end][0], zh + units[end][1]
            if (en, zh) == whole:
                return slice(start, end + 1)
            if not (whole[0].startswith(en) and whole[1].startswith(zh)):
                break
    return None


def _squeeze(text: str) -> str:
    """Without white space, leading marks of footnotes and clauses, and width, which are the reader's to choose."""
    plain = unicodedata.normalize("NFKC", _MARK.sub("", text))
    return "".join(plain.split())
