"""`python -m benchmarks accuracy`: agreement with gold beads and gold units."""

import argparse

from benchmarks.report import Report

HELP = "agreement with gold beads and gold units"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("sets", nargs="*", help="corpora, news-dev, …; all that are present if none is named")


def run(report: Report, options: argparse.Namespace) -> None:
    """Measure, and add tables to the report."""
    from benchmarks.accuracy import measure_accuracy

    measure_accuracy(report, options.sets)
