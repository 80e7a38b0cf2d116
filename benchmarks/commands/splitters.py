"""`python -m benchmarks splitters`: our sentence splitter against libraries."""

import argparse

from benchmarks.report import Report

HELP = "our sentence splitter against libraries"


def add_arguments(parser: argparse.ArgumentParser) -> None:  # it has none
    """Declare the options of this benchmark alone."""


def run(report: Report, options: argparse.Namespace) -> None:  # noqa: ARG001  # it has none
    """Measure, and add tables to the report."""
    from benchmarks.sentence_splitters import main

    main()
