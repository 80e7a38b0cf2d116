"""What the constants of the flags rest on.

    python -m benchmarks units FOLDER

FOLDER is in the evaluation format, with gold. Prints how often each flag meets a right pair.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from aligner.api import align_sentences
from aligner.evaluation import GoldDocument, read_documents
from aligner.memory.build import build_units, length_deviation
from aligner.records import Flag, Metadata, TranslationUnit
from benchmarks.report import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this benchmark can be told."""
    parser.add_argument("folder", type=Path, help="in the evaluation format, with gold")


def run(report: Report, options: argparse.Namespace) -> None:  # noqa: ARG001  # the signature of every benchmark
    """See the registry in `benchmarks.__main__`."""
    report_flags(read_documents(options.folder))


def report_flags(documents: Sequence[GoldDocument]) -> None:
    """Share of gold pairs that get each flag, and the spread of the deviation of their lengths."""
    units = [unit for document in documents for unit in gold_units(document)]
    deviations = [length_deviation(unit.en, unit.zh, 0.32) for unit in units]
    print(f"{len(units)} gold pairs, at the typical ratio:", _percentiles(deviations, (50, 95, 98, 99, 99.5)))
    margins = [unit.margin for unit in units if unit.bead_type == "1-1" and unit.margin]
    if margins:
        print("margin of right 1-1 units:", _percentiles(margins, (0.5, 1, 2, 5, 50)))
    for flag in Flag:
        print(f"  {flag:<16}{sum(flag in unit.flags for unit in units) / len(units):.2%}")


def gold_units(document: GoldDocument) -> Iterator[TranslationUnit]:
    """The gold pairs as units; those that the aligner found have its similarity and margin."""
    pair = align_sentences(document.en, document.zh).aligned[0]
    found = {(bead.en, bead.zh): bead for bead in pair.alignment.beads}
    gold = [bead for bead in document.gold or () if bead.en and bead.zh]
    beads = tuple(found.get((bead.en, bead.zh), replace(bead, margin=1.0)) for bead in gold)
    right = replace(pair, alignment=replace(pair.alignment, beads=beads))
    for _, unit in build_units(right, document.name, Metadata()):
        yield unit


def _percentiles(values: Sequence[float], which: Sequence[float]) -> str:
    return "  ".join(
        f"{value:.3f} ({name:g} %)" for name, value in zip(which, np.percentile(values, which), strict=True)
    )
