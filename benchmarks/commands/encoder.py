"""`python -m benchmarks encoder`: our forward pass against that of the package with the weights, in one run."""

import argparse

from benchmarks.report import Report

HELP = "our forward pass against that of the package with the weights, in one run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("--repeats", type=int, default=5)


def run(report: Report, options: argparse.Namespace) -> None:
    """Measure, and add tables to the report."""
    from benchmarks.encoder import measure_encoder

    measure_encoder(report, options.repeats)
