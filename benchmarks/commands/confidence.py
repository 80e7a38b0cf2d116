"""`python -m benchmarks confidence`: whether confidence means something."""

import argparse
from pathlib import Path

from benchmarks.report import Report

HELP = "whether confidence means something"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("sets", nargs="*", help="as for accuracy")
    parser.add_argument(
        "--predictions", type=Path, metavar="DIR", help="judge DIR/SET/NNN.pred, not what the shipped scorer finds"
    )
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="draw share right against confidence")


def run(report: Report, options: argparse.Namespace) -> None:
    """Measure, and add tables to the report."""
    from benchmarks.confidence import measure_confidence

    measure_confidence(report, options.sets, options.predictions, options.picture)
