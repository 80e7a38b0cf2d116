"""What is known of a bead, as numbers: one function for each kind of evidence, listed here by cost."""

import numpy as np

from aligner.align.candidates import SHAPES, Candidates
from aligner.align.features.alone import measure_alone, measure_omissions
from aligner.align.features.clauses import measure_clauses
from aligner.align.features.evidence import Evidence, Measure, SideEvidence
from aligner.align.features.lexical import measure_lexical
from aligner.align.features.quotes import measure_quotes
from aligner.align.features.shape import measure_length, measure_paragraphs
from aligner.align.features.similarity import (
    measure_extensions,
    measure_removals,
    measure_similarity,
    measure_splits,
)
from aligner.records import FloatArray

__all__ = ["ALONE", "ALONE_DEAR", "CHEAP", "DEAR", "Evidence", "Group", "SideEvidence", "list_names", "measure"]

Group = tuple[str, tuple[str, ...], Measure]
"""Name of a kind of evidence, names of its features, and the function that measures them."""

CHEAP: tuple[Group, ...] = (
    ("similarity", ("cosine", "margin", "dissimilar", "above_level", "size"), measure_similarity),
    ("extensions", ("en_before", "en_after", "zh_before", "zh_after"), measure_extensions),
    ("removals", ("en_first", "en_last", "zh_first", "zh_last"), measure_removals),
    ("splits", ("gain", "mean"), measure_splits),
    ("length", ("ratio", "ratio_size", "ratio_squared", "gale_church"), measure_length),
    ("paragraphs", ("crossed", "crossed_both", "edges_apart"), measure_paragraphs),
)
"""Evidence on two-sided beads that is looked up: measured for all candidates."""
DEAR: tuple[Group, ...] = (
    (
        "clauses",
        (
            *("en_first", "en_before", "en_last", "en_after"),
            *("zh_first", "zh_before", "zh_last", "zh_after"),
            *("start", "end"),
        ),
        measure_clauses,
    ),
    (
        "lexical",
        (
            *("en", "zh", "lower"),
            *("en_before", "zh_before", "en_after", "zh_after"),
            *("first_en", "first_zh", "outer_en_before", "outer_zh_before"),
            *("last_en", "last_zh", "outer_en_after", "outer_zh_after"),
        ),
        measure_lexical,
    ),
    ("quotes", ("opened", "closed", "before", "after", "starts", "ends"), measure_quotes),
)
"""Evidence on two-sided beads that is measured only for what a first model leaves."""
ALONE: tuple[Group, ...] = (
    (
        "alone",
        ("hubness", "best", "above_level", "with_previous", "with_next", "length", "edge", "explained"),
        measure_alone,
    ),
)
"""Evidence on one-sided beads that is looked up."""
ALONE_DEAR: tuple[Group, ...] = (("omissions", ("alone_share",), measure_omissions),)
"""Evidence on one-sided beads that comes from the draft."""

_ONE_SIDED = sum(min(shape) == 0 for shape in SHAPES)


def list_names(groups: tuple[Group, ...]) -> tuple[str, ...]:
    """`group.feature` for each column that the groups fill."""
    return tuple(f"{group}.{name}" for group, names, _ in groups for name in names)


def measure(groups: tuple[Group, ...], evidence: Evidence, beads: Candidates) -> FloatArray:
    """The features of all candidates, `(c, len(list_names(groups)))`.

    Groups of one-sided beads leave the rows of two-sided ones 0, and the other way round.
    """
    out = np.zeros((len(beads), len(list_names(groups))), np.float32)
    alone = beads.shape < _ONE_SIDED
    place = 0
    for group in groups:
        _, names, function = group
        rows = np.flatnonzero(alone if group in ALONE + ALONE_DEAR else ~alone)
        if len(rows):
            out[rows, place : place + len(names)] = function(evidence, beads.take(rows))
        place += len(names)
    return out
