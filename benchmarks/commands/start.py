"""`python -m benchmarks start`: whole processes, cold, against the imports that any such program needs."""

import argparse

from benchmarks.report import Report

HELP = "whole processes, cold, against the imports that any such program needs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("--repeats", type=int, default=7)


def run(report: Report, options: argparse.Namespace) -> None:
    """Measure, and add tables to the report."""
    from benchmarks.start import measure_start

    measure_start(report, options.repeats)
