"""Accuracy, speed, memory and peers, measured on this machine.

    python -m benchmarks BENCHMARK [...]

`python -m benchmarks --help` lists them; each is a module of `benchmarks/commands/`. Every run prints its command,
commit, machine and versions. Speeds are ratios within one run wherever one is claimed: machines differ, and so does
one machine from hour to hour.
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.commands import Benchmark, find_benchmarks
from benchmarks.report import Report


def main() -> None:
    """Run the benchmark that the command line names."""
    benchmarks = find_benchmarks()
    options = build_parser(benchmarks).parse_args()
    benchmark = benchmarks[options.benchmark]
    report = Report([argument for argument in sys.argv[1:] if argument != "--record"])
    libraries = getattr(benchmark, "LIBRARIES", [])
    if libraries and options.folder:
        sys.path.append(str(options.folder))  # for the versions of what is installed there
    report.begin(libraries)
    benchmark.run(report, options)
    if options.json:
        report.save(options.json)
    if options.record:
        report.record(options.benchmark)


def build_parser(benchmarks: Mapping[str, Benchmark]) -> argparse.ArgumentParser:
    """The command line: a subcommand for each benchmark, with the options that all share and its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measurements of aligner.")
    commands = parser.add_subparsers(dest="benchmark", required=True, metavar="BENCHMARK")
    for name, benchmark in benchmarks.items():
        command = commands.add_parser(name, help=benchmark.HELP, description=benchmark.HELP)
        command.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
        command.add_argument("--record", action="store_true", help="put the tables into benchmarks/README.md")
        benchmark.add_arguments(command)
    return parser


if __name__ == "__main__":
    main()
