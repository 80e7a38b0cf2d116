"""Learn the weights of the bead scorer from aligned documents, with cross-validation.

    python -m aligner.training.train_scorer DIR[=WEIGHT] ... [--output FILE] [--predictions DIR] [--no-cross-validation]

Each DIR holds sources such as those in `corpora/training/`, or is in the evaluation format (`corpora/README.md`); its
documents count WEIGHT times, once without.
Beside each document that leaves little out, and each that comes with its paragraphs, changed copies of it are learned
from, since translations of news leave out, put in and move, and novels hardly do. Every sixth document of each folder
is held out in turn and scored. Writes the weights and beside them a report. Deterministic.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import track

from aligner.align.document import align_document
from aligner.align.grid import BEAD_TYPES
from aligner.align.prepare import prepare_sides
from aligner.align.scorer import COARSE_FEATURES, FINAL_FEATURES, TYPE_GROUPS, Scorer, ScorerPair
from aligner.encoders import load_encoder
from aligner.encoders.base import Encoder
from aligner.evaluation import find_prediction, format_scores, score_documents, write_beads
from aligner.lexicon import load_lexicon
from aligner.records import Bead
from aligner.training.augment import Lesson, add_paragraphs
from aligner.training.fitting import fit
from aligner.training.lessons import list_lessons, read_lessons
from aligner.training.problems import Problem, build_problems

T = TypeVar("T")

PENALTY, SHARED_PENALTY = 100.0, 3.0
"""L2 of the kinds' own weights and of the shared ones; 60 to 200 and 2 to 10 are equal within noise."""
COARSE_ITERATIONS, FINAL_ITERATIONS = 60, 150
FOLDS = 6
"""The novels of `mac-dev` are six: each fold leaves one out."""


@dataclass(frozen=True, slots=True)
class Material:
    """A document and what can be learned from it and from its changed copies."""

    folder: str
    lesson: Lesson
    fold: int
    problems: list[Problem]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, report, write."""
    options = _parse_options(arguments)
    encoder = load_encoder()
    weights = dict(options.folders)
    lessons = {folder: read_lessons(folder) for folder in weights}
    coarse, coarse_scorers = train_coarse_scorers(lessons, encoder)
    material = prepare_material(lessons, encoder, coarse_scorers, weights)
    if not options.no_cross_validation:
        predictions = cross_validate(material, encoder, coarse_scorers)
        report = "\n\n".join(_report_folder(material, folder, found) for folder, found in predictions.items())
        print(report)
        options.output.with_suffix(".report.txt").write_text(_REPORT_HEAD + report + "\n", encoding="utf-8")
        if options.predictions:
            write_predictions(options.predictions, predictions)
    training: dict[str, object] = {
        "encoder": encoder.name,
        "documents": {folder.name: len(found) for folder, found in lessons.items()},
        "weights": {folder.name: weight for folder, weight in weights.items()},
        "penalties": [PENALTY, SHARED_PENALTY],
    }
    write_scorers(options.output, "crf", coarse, fit_material(material), training)


def _parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=_parse_folder, metavar="DIR[=WEIGHT]")
    parser.add_argument("--output", type=Path, default=Path("models/scorer.json"))
    parser.add_argument(
        "--predictions", type=Path, metavar="DIR", help="write the beads of held-out documents to DIR/SET/NNN.pred"
    )
    parser.add_argument("--no-cross-validation", action="store_true", help="only train on everything and write")
    return parser.parse_args(arguments)


def _parse_folder(text: str) -> tuple[Path, float]:
    folder, _, weight = text.partition("=")
    return Path(folder), float(weight or 1)


def fold_of(place: int) -> int:
    """The fold, 0 to `FOLDS - 1`, that holds out the document at this place (from 0) of its folder."""
    return place % FOLDS


def train_coarse_scorers(lessons: dict[Path, list[Lesson]], encoder: Encoder) -> tuple[Scorer, list[Scorer]]:
    """The scorer on the features that are looked up, for pruning: of small folders all documents, of others a fourth.

    :return: learned from all of them, and for each fold from those of the others, if there are any. What the coarse
        scorer expects of a document is a feature of the final scorer, which would learn to trust it too much if the
        coarse scorer had learned from that document.
    """
    chosen = [
        (fold_of(place), lesson)
        for found in lessons.values()
        for place, lesson in list(enumerate(found))[:: 1 if len(found) <= FOLDS else 4]
    ]
    problems = [
        (fold, problem)
        for seed, (fold, lesson) in enumerate(_show(chosen, "coarse"))
        for problem in build_problems(
            lesson if lesson.en_paragraphs else add_paragraphs(lesson.document, seed), encoder, None
        )
    ]

    def fit_coarse(kept: Sequence[Problem]) -> Scorer:
        return fit(kept, COARSE_FEATURES, PENALTY, SHARED_PENALTY, COARSE_ITERATIONS).scorer()

    coarse, coarse_scorers = fit_coarse([problem for _, problem in problems]), []
    for fold in range(FOLDS):
        others = [problem for of_fold, problem in problems if of_fold != fold]
        coarse_scorers.append(fit_coarse(others) if 0 < len(others) < len(problems) else coarse)
    return coarse, coarse_scorers


def prepare_material(
    lessons: dict[Path, list[Lesson]], encoder: Encoder, coarse_scorers: Sequence[Scorer], weights: dict[Path, float]
) -> list[Material]:
    """Every document with its changed copies, measured.

    :param coarse_scorers: of each fold, which have not seen its documents.
    :param weights: what the documents of each folder count.
    """
    material = []
    for folder, found in lessons.items():
        for place, lesson in enumerate(_show(found, folder.name)):
            problems = [
                problem
                for copy, weight in list_lessons(lesson, place)
                for problem in build_problems(copy, encoder, coarse_scorers[fold_of(place)], weight * weights[folder])
            ]
            material.append(Material(folder.name, lesson, fold_of(place), problems))
    return material


def fit_material(material: Iterable[Material]) -> Scorer:
    """The final scorer."""
    problems = [problem for each in material for problem in each.problems]
    return fit(problems, FINAL_FEATURES, PENALTY, SHARED_PENALTY, FINAL_ITERATIONS).scorer()


Predictions = dict[str, dict[str, tuple[Bead, ...]]]
"""Beads by document, by folder."""


def cross_validate(material: list[Material], encoder: Encoder, coarse_scorers: Sequence[Scorer]) -> Predictions:
    """The beads of every document, aligned by a coarse and a final scorer that have not seen it."""
    predictions: Predictions = {}
    lexicon = load_lexicon()
    for fold in range(FOLDS):
        scorers = ScorerPair(coarse_scorers[fold], fit_material(each for each in material if each.fold != fold), "fold")
        for each in _show([each for each in material if each.fold == fold], f"fold {fold + 1}"):
            lesson, document = each.lesson, each.lesson.document
            sides = prepare_sides(
                encoder, lexicon, document.en, document.zh, lesson.en_paragraphs, lesson.zh_paragraphs
            )
            predictions.setdefault(each.folder, {})[document.name] = align_document(*sides, scorers).beads
    return predictions


def write_predictions(folder: Path, predictions: Predictions) -> None:
    """`SET/NNN.pred` for every document, with confidences: what `python -m benchmarks confidence` reads."""
    for name, documents in predictions.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for document, beads in documents.items():
            write_beads(find_prediction(folder / name, document), beads, with_confidence=True)


_REPORT_HEAD = """\
How well held-out documents were aligned when the weights beside this file were made: each document by weights that
were fitted without it: a novel at a time, together with one in six of the other documents of each folder.

"""


def _report_folder(material: list[Material], folder: str, found: dict[str, tuple[Bead, ...]]) -> str:
    scores = score_documents([each.lesson.document for each in material if each.folder == folder], found)
    return f"## {folder}\n\n{format_scores(scores)}"


def _show(items: Sequence[T], label: str) -> Iterable[T]:
    console = Console(stderr=True)
    return track(items, label, console=console, disable=not console.is_terminal)


def write_scorers(path: Path, name: str, coarse: Scorer, final: Scorer, training: dict[str, object]) -> None:
    """Write the weights as JSON, rounded to what matters, with what they were trained on."""
    data = {
        "name": name,
        "training": training,
        "coarse": _describe_scorer(coarse, COARSE_FEATURES),
        "final": _describe_scorer(final, FINAL_FEATURES),
    }
    path.write_text(json.dumps(data) + "\n", encoding="utf-8")


def _describe_scorer(scorer: Scorer, features: Sequence[str]) -> dict[str, object]:
    return {
        "features": features,
        "bias": {f"{en}-{zh}": round(float(value), 4) for (en, zh), value in zip(BEAD_TYPES, scorer.bias, strict=True)},
        "weights": {
            kind: [round(float(value), 4) for value in row]
            for kind, row in zip(TYPE_GROUPS, scorer.weights, strict=True)
        },
    }


if __name__ == "__main__":
    main()
