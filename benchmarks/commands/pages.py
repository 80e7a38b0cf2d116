"""`python -m benchmarks pages`: units from generated pages: 29 site templates, a fifth of the pages decoys."""

import argparse
from pathlib import Path

from benchmarks.report import Report

HELP = "units from generated pages: 29 site templates, a fifth of the pages decoys"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of this benchmark alone."""
    parser.add_argument("--pages", type=int, default=600, help="how many, the templates in turn")
    parser.add_argument("--half", choices=("held-out", "fitted"), default="held-out", help="half of the templates")
    parser.add_argument("--failures", type=Path, metavar="FILE", help="gets wrong and missed units, as JSON lines")


def run(report: Report, options: argparse.Namespace) -> None:
    """Measure, and add tables to the report."""
    from benchmarks.pages.measure import measure_pages

    measure_pages(report, options.pages, options.half, options.failures)
