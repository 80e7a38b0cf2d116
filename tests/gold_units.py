"""Gold units against what a run gave: a finer split of a gold unit into right pairs counts as that unit."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.records import TranslationUnit
from benchmarks.pages.score import find_parts

Pair = tuple[str, str]


@dataclass(frozen=True)
class Comparison:
    """How many gold units were found, and which units are neither one nor a part of one."""

    gold: int
    found: int
    exact: int
    wrong: tuple[Pair, ...]
    units: int

    @property
    def right(self) -> int:
        return self.units - len(self.wrong)


def squeeze(text: str) -> str:
    return "".join(text.split())


def read_gold(path: Path) -> list[Pair]:
    """The two-sided beads of a `.gold.jsonl` file, each as one English and one Chinese text without white space."""
    beads = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(squeeze("".join(bead["en"])), squeeze("".join(bead["zh"]))) for bead in beads if bead["en"] and bead["zh"]]


def compare(units: Sequence[TranslationUnit], gold: Sequence[Pair]) -> Comparison:
    """A gold unit is found if it is among the units, or if consecutive units put together are it on both sides."""
    rest = [(squeeze(unit.en), squeeze(unit.zh)) for unit in units]
    found = exact = 0
    for pair in gold:
        if pair in rest:
            rest.remove(pair)
            found, exact = found + 1, exact + 1
        elif parts := find_parts(rest, pair):
            del rest[parts]
            found += 1
    return Comparison(len(gold), found, exact, tuple(rest), len(units))
