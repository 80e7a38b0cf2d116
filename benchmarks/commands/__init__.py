"""The benchmarks that `python -m benchmarks` knows: a module each, found by its presence in this folder.

A module declares `HELP` (a line), `add_arguments(parser)` and `run(report, options)`, and perhaps `LIBRARIES`
(installed apart; their versions are told). Its name is the benchmark's. What it measures with is imported in `run`,
so that the list of benchmarks appears at once and memory is measured in children beside a small parent.
"""

import argparse
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from benchmarks.report import Report


class Benchmark(Protocol):
    """What a module of this folder declares."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options of this benchmark alone."""

    def run(self, report: Report, options: argparse.Namespace) -> None:
        """Measure, and add tables to the report."""


def find_benchmarks() -> dict[str, Benchmark]:
    """Every benchmark by name, in alphabetical order."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: cast(Benchmark, import_module(f"{__name__}.{name}")) for name in names}
