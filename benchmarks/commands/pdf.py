"""`python -m benchmarks pdf`: the PDF reader on self-made documents."""

import argparse

from benchmarks.report import Report

HELP = "the PDF reader on self-made documents"


def add_arguments(parser: argparse.ArgumentParser) -> None:  # it has none
    """Declare the options of this benchmark alone."""


def run(report: Report, options: argparse.Namespace) -> None:  # noqa: ARG001  # prints its own table
    """Measure, and add tables to the report."""
    from benchmarks.pdf import measure_pdf

    measure_pdf()
