"""`python -m benchmarks scale`: how time and memory grow with length."""

import argparse

from benchmarks.report import Report

HELP = "how time and memory grow with length"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 30_000, 100_000], help="sentences a side")


def run(report: Report, options: argparse.Namespace) -> None:
    """Measure, and add tables to the report."""
    from benchmarks.scale import measure_scale

    measure_scale(report, options.sizes)
