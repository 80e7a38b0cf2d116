"""Accuracy, speed, memory and peers, measured on this machine.

    python -m benchmarks                    # what can be measured
    python -m benchmarks NAME [...]         # --help after the name tells its arguments

Every run prints its command, commit, machine and versions. Speeds are ratios within one run wherever one is claimed:
machines differ, and so does one machine from hour to hour.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.report import Report

BENCHMARKS = {
    "accuracy": "agreement with gold beads and gold units",
    "confidence": "whether confidence means something",
    "encoder": "our forward pass against that of the package with the weights, in one run",
    "encoders": "the same scorer with another encoder's vectors, as they are and calibrated",
    "gate": "whether texts that are no translations are told from translations; fits the weights of that judgement",
    "pages": "units from generated pages: 29 site templates, a fifth of the pages decoys",
    "peers": "other aligners on the same vectors, side by side",
    "scale": "how time and memory grow with length",
    "sentence_splitters": "our sentence splitter against libraries",
    "start": "whole processes, cold, against the imports that any such program needs",
    "throughput": "sentences a second from text to beads, by stage",
    "units": "what the constants of flags rest on",
}
"""Modules and packages of this folder, each with `add_arguments(parser)` and `run(report, options)`, and what
they tell. Only the one that runs is imported: memory is measured in children, beside a small parent."""


def main() -> None:
    """Run the benchmark that the command line names."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in BENCHMARKS:
        _list_benchmarks()
        raise SystemExit(0 if name in {"", "-h", "--help"} else 2)
    module = import_module(f"benchmarks.{name}")
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks {name}", description=BENCHMARKS[name])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--record", action="store_true", help="put the tables into benchmarks/README.md")
    module.add_arguments(parser)
    options = parser.parse_args(sys.argv[2:])
    report = Report([argument for argument in sys.argv[1:] if argument != "--record"])
    if getattr(options, "folder", None):
        sys.path.append(str(options.folder))  # for the versions of what is installed there
    report.begin(getattr(module, "LIBRARIES", ()))
    module.run(report, options)
    if options.json:
        report.save(options.json)
    if options.record:
        report.record(name)


def _list_benchmarks() -> None:
    print("python -m benchmarks NAME [...]\n")
    for name, text in BENCHMARKS.items():
        print(f"  {name:20}{text}")


if __name__ == "__main__":
    main()
