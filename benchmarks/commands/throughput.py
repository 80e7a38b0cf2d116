"""`python -m benchmarks throughput`: sentences a second from text to beads, by stage."""

import argparse

from benchmarks.report import Report

HELP = "sentences a second from text to beads, by stage"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--repeats", type=int, default=3)


def run(report: Report, options: argparse.Namespace) -> None:
    """Measure, and add tables to the report."""
    from benchmarks.throughput import measure_throughput

    measure_throughput(report, options.sets, options.repeats)
