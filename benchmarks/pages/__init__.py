"""Units from generated pages: releases of this project in the layouts of the web, with all that stands around them.

    python -m benchmarks pages [--pages 600] [--half held-out|fitted] [--failures FILE]

Pages are made from the releases of `corpora/`, whose gold units are known, by site templates; a fifth are decoys.
Thresholds and priors may be fitted on one half of the templates (`fitted`); figures are given for the other.
"""

import argparse
from pathlib import Path

from benchmarks.report import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What this benchmark can be told."""
    parser.add_argument("--pages", type=int, default=600, help="how many, the templates in turn")
    parser.add_argument(
        "--half", choices=("held-out", "fitted"), default="held-out", help="which half of the templates"
    )
    parser.add_argument("--failures", type=Path, metavar="FILE", help="gets wrong and missed units, as JSON lines")


def run(report: Report, options: argparse.Namespace) -> None:
    """See the registry in `benchmarks.__main__`."""
    from benchmarks.pages.measure import measure_pages

    measure_pages(report, options.pages, options.half, options.failures)
