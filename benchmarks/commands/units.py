"""`python -m benchmarks units`: what the constants of the flags rest on."""

import argparse
from pathlib import Path

from benchmarks.report import Report

HELP = "what the constants of the flags rest on"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("folder", type=Path, help="in the evaluation format, with gold")


def run(report: Report, options: argparse.Namespace) -> None:  # noqa: ARG001  # prints its own lines
    """Measure, and add tables to the report."""
    from aligner.evaluation import read_documents
    from benchmarks.units import report_flags

    report_flags(read_documents(options.folder))
