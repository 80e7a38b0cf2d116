"""`python -m benchmarks gate`: whether texts that are no translations are told from translations."""

import argparse
from pathlib import Path

from benchmarks.report import Report

HELP = "whether texts that are no translations are told from translations; fits that judgement"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("--cache", type=Path, help="where the alignments are kept from run to run")
    parser.add_argument("--write", action="store_true", help="write aligner/matching/weights.py")


def run(report: Report, options: argparse.Namespace) -> None:  # noqa: ARG001  # prints its own table
    """Measure, and add tables to the report."""
    from benchmarks.gate import measure_gate

    measure_gate(options.cache, options.write)
