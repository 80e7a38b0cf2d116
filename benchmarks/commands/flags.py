"""`python -m benchmarks flags`: how often flags meet true pairs, and how many planted contradictions they meet."""

import argparse

from benchmarks.report import Report

HELP = "how often flags meet true pairs, and how many planted contradictions they meet"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("sets", nargs="*", help="corpora, news-dev, …; those present if none is named")


def run(report: Report, options: argparse.Namespace) -> None:
    """Measure, and add tables to the report."""
    from benchmarks.flags import measure_flags

    measure_flags(report, options.sets)
