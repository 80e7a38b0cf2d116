"""`python -m benchmarks peers`: other aligners on the same vectors, side by side."""

import argparse
from pathlib import Path

from benchmarks.report import Report

HELP = "other aligners on the same vectors, side by side"
LIBRARIES = ["bertalign", "sentalign", "lingtrain-aligner", "galechurch", "numba"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("sets", nargs="*", help="as for accuracy; corpora, mac-dev, news-noisy-dev and bible if none")
    parser.add_argument("--folder", type=Path, help="where the peers were installed with pip install --target")
    parser.add_argument("--systems", nargs="+", help="only these rows")
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="draw F1 against sentences a second")


def run(report: Report, options: argparse.Namespace) -> None:
    """Measure, and add tables to the report."""
    from benchmarks.peers import measure_peers

    measure_peers(report, options.sets, options.folder, options.systems, options.picture)
