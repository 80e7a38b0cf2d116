"""Learn the weights of the bead scorer from aligned documents, with cross-validation.

    python -m models.train_scorer DIR [DIR ...] [--output models/scorer.json] [--no-cross-validation]

Each DIR is in the evaluation format (see `corpora/README.md`). Beside each document that leaves little out, changed
copies of it are learned from, since translations of news leave out, put in and move, and novels hardly do. Every sixth
document of each folder is held out in turn and scored. Deterministic.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import track

from aligner.align.candidates import SHAPES
from aligner.align.document import align_document
from aligner.align.scorer import DRAFT_FEATURES, FINAL_FEATURES, KINDS, Scorer, ScorerPair
from aligner.align.side import prepare_side
from aligner.encoders import load_encoder
from aligner.evaluation import GoldDocument, format_scores, read_documents, score_documents
from aligner.lexicon import load_lexicon
from aligner.records import Bead, Encoder, Language
from models.augment import Noise, add_noise
from models.fitting import fit
from models.problems import Problem, build_problems

T = TypeVar("T")

NOISES = (Noise(delete=0.06, insert=0.02), Noise(delete=0.06, insert=0.06, swap=0.02))
"""One changed copy each: with omissions, and with what news pages do besides."""
NOISY = 0.03
"""Share of lines without counterpart from which a document is learned from as it is."""
SEGMENT_WEIGHT = 0.3
"""Of documents whose gold is known for whole segments only: nearly all 1-1, they would teach that all is. With full
weight, strict F1 on the cross-validated novels is 0.012 lower and news no better.
"""
PENALTY, SHARED_PENALTY = 60.0, 2.0
"""L2 of the kinds' own weights and of the shared ones; 30 to 300 and 1 to 10 are equal within noise."""
DRAFT_ITERATIONS, FINAL_ITERATIONS = 60, 150
FOLDS = 6
"""The novels of `mac-dev` are six: each fold leaves one out."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document and what can be learned from it and from its changed copies."""

    folder: str
    document: GoldDocument
    fold: int
    problems: list[Problem]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--output", type=Path, default=Path("models/scorer.json"))
    parser.add_argument("--no-cross-validation", action="store_true", help="only train on everything and write")
    options = parser.parse_args(arguments)
    encoder = load_encoder()
    documents = {folder: [d for d in read_documents(folder) if d.gold is not None] for folder in options.folders}
    draft = train_draft(documents, encoder)
    lessons = prepare_lessons(documents, encoder, draft)
    if not options.no_cross_validation:
        for folder, report in cross_validate(lessons, encoder, draft).items():
            print(f"{folder}, each document aligned without having been trained on\n{report}\n")
    final = fit_lessons(lessons)
    training = {
        "encoder": encoder.name,
        "documents": {folder.name: len(found) for folder, found in documents.items()},
        "penalties": [PENALTY, SHARED_PENALTY],
    }
    write_scorers(options.output, "crf", draft, final, training)


def train_draft(documents: dict[Path, list[GoldDocument]], encoder: Encoder) -> Scorer:
    """The scorer on the features that are looked up, for pruning: all small folders, every fourth of many documents."""
    chosen = [d for found in documents.values() for d in found[:: 1 if len(found) <= FOLDS else 4]]
    problems = [p for d in _show(chosen, "draft") for p in build_problems(d, encoder, None)]
    return fit(problems, PENALTY, SHARED_PENALTY, DRAFT_ITERATIONS).scorer()


def prepare_lessons(documents: dict[Path, list[GoldDocument]], encoder: Encoder, draft: Scorer) -> list[Lesson]:
    """Every document with its changed copies, measured."""
    lessons = []
    for folder, found in documents.items():
        for place, document in enumerate(_show(found, folder.name)):
            texts = [document]
            if _share_alone(document) < NOISY:
                texts += [add_noise(document, noise, seed) for seed, noise in enumerate(NOISES, 1)]
            weight = 1.0 if document.en_segments is None else SEGMENT_WEIGHT
            problems = [problem for text in texts for problem in build_problems(text, encoder, draft, weight)]
            lessons.append(Lesson(folder.name, document, place % FOLDS, problems))
    return lessons


def fit_lessons(lessons: Iterable[Lesson]) -> Scorer:
    """The final scorer."""
    problems = [problem for lesson in lessons for problem in lesson.problems]
    return fit(problems, PENALTY, SHARED_PENALTY, FINAL_ITERATIONS).scorer()


def cross_validate(lessons: list[Lesson], encoder: Encoder, draft: Scorer) -> dict[str, str]:
    """For each folder the scores of its documents, each aligned by a scorer that has not seen it.

    The draft has seen them: it only prunes what is improbable.
    """
    predictions: dict[str, dict[str, tuple[Bead, ...]]] = {}
    lexicon = load_lexicon()
    for fold in range(FOLDS):
        scorers = ScorerPair(draft, fit_lessons(lesson for lesson in lessons if lesson.fold != fold), "fold")
        for lesson in _show([lesson for lesson in lessons if lesson.fold == fold], f"fold {fold + 1}"):
            en = prepare_side(encoder, lesson.document.en, Language.EN, lexicon=lexicon)
            zh = prepare_side(encoder, lesson.document.zh, Language.ZH, lexicon=lexicon)
            found = align_document(en, zh, scorers).beads
            predictions.setdefault(lesson.folder, {})[lesson.document.name] = found
    return {
        folder: format_scores(score_documents([x.document for x in lessons if x.folder == folder], predicted))
        for folder, predicted in predictions.items()
    }


def _share_alone(document: GoldDocument) -> float:
    alone = sum(len(bead.en) + len(bead.zh) for bead in document.gold or () if not (bead.en and bead.zh))
    return alone / (len(document.en) + len(document.zh))


def _show(items: Sequence[T], label: str) -> Iterable[T]:
    console = Console(stderr=True)
    return track(items, label, console=console, disable=not console.is_terminal)


def write_scorers(path: Path, name: str, draft: Scorer, final: Scorer, training: dict[str, object]) -> None:
    """Write the weights as JSON, rounded to what matters, with what they were trained on."""
    data = {
        "name": name,
        "training": training,
        "draft": _describe_scorer(draft, DRAFT_FEATURES),
        "final": _describe_scorer(final, FINAL_FEATURES),
    }
    path.write_text(json.dumps(data) + "\n", encoding="utf-8")


def _describe_scorer(scorer: Scorer, features: Sequence[str]) -> dict[str, object]:
    return {
        "features": features,
        "bias": {f"{en}-{zh}": round(float(value), 4) for (en, zh), value in zip(SHAPES, scorer.bias, strict=True)},
        "weights": {
            kind: [round(float(value), 4) for value in row] for kind, row in zip(KINDS, scorer.weights, strict=True)
        },
    }


if __name__ == "__main__":
    main()
