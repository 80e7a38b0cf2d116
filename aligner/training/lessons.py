"""What is learned from each document: as it is, and changed copies of it."""

from collections.abc import Sequence
from pathlib import Path

from aligner.evaluation import GoldDocument, read_documents
from aligner.records import Bead
from aligner.training.augment import Lesson, Noise, add_noise, add_paragraphs
from aligner.training.source import Paragraph, load

NOISES = (Noise(delete=0.06, insert=0.02), Noise(delete=0.06, insert=0.06, swap=0.02))
"""A changed copy each: with omissions, and with what news pages do besides. All have paragraphs, as pages do: their own
where those are known, made ones otherwise.
"""
NOISY = 0.03
"""Share of lines without counterpart from which a document without paragraphs of its own is learned from as it is."""
ROUNDS, COPY_WEIGHT = 4, 0.4
"""Times that each change is made to documents whose gold is known by the sentence, of which there are few, and what a
copy counts. What is cut by chance moves strict F1 on held-out novels by 0.003 to 0.005.
"""
SEGMENT_WEIGHT = 0.4
"""Of documents whose gold is known for whole segments only: nearly all 1-1, they would teach that all is. Strict F1 on
held-out novels is 0.949, 0.948 and 0.939 with 0.3, 0.6 and 1, segment-merged F1 on noisy news 0.981, 0.987 and 0.992.
"""


def read_lessons(folder: Path) -> list[Lesson]:
    """All aligned documents of a folder: sources (`*.toml`, see `corpora/README.md`) with their paragraphs, or the
    evaluation format, which has none.
    """
    sources = sorted(folder.glob("*.toml"))
    if sources:
        return [_read_source(path) for path in sources]
    return [Lesson(document) for document in read_documents(folder) if document.gold is not None]


def _read_source(path: Path) -> Lesson:
    source = load(path)
    en, zh = (tuple(sentence.text for sentence in source.sentences(language)) for language in ("en", "zh"))
    gold = tuple(Bead(bead.en, bead.zh) for bead in source.beads())
    document = GoldDocument(path.stem, en, zh, gold)
    return Lesson(document, _number(source.paragraphs("en")), _number(source.paragraphs("zh")))


def _number(paragraphs: Sequence[Paragraph]) -> tuple[int, ...]:
    """The paragraph of each sentence, counted from 0."""
    return tuple(number for number, paragraph in enumerate(paragraphs) for _ in paragraph.sentences)


def list_lessons(lesson: Lesson, seed: int) -> list[tuple[Lesson, float]]:
    """The document as it is, with and without its paragraphs, and changed copies of it where it leaves little out or
    has paragraphs of its own; and what each counts.
    """
    document, paged = lesson.document, lesson.en_paragraphs is not None
    exact = document.en_segments is None
    weight, copy_weight, rounds = (1.0, COPY_WEIGHT, ROUNDS) if exact else (SEGMENT_WEIGHT, SEGMENT_WEIGHT, 1)
    lessons = [(Lesson(document), weight)]
    if paged:
        lessons.append((lesson, weight))
    if paged or _share_alone(document) < NOISY:
        noises = NOISES * rounds
        first = seed * len(noises) if paged else 0  # pages are short and many: each is changed at other places
        copies = [add_noise(lesson, noise, number) for number, noise in enumerate(noises, first + 1)]
        lessons += [
            (copy if paged else add_paragraphs(copy.document, seed + number), copy_weight)
            for number, copy in enumerate(copies)
        ]
    elif seed % 2 == 0:
        lessons = [(add_paragraphs(document, seed), weight)]
    return lessons


def _share_alone(document: GoldDocument) -> float:
    alone = sum(len(bead.en) + len(bead.zh) for bead in document.gold or () if not (bead.en and bead.zh))
    return alone / (len(document.en) + len(document.zh))
