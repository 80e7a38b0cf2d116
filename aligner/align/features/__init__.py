"""What is known of a bead, as numbers: one function for each group of features, listed here by cost."""

from collections.abc import Iterator

import numpy as np

from aligner.align.features.clauses import measure_clauses, measure_edge_clauses
from aligner.align.features.evidence import Beads, DenseBeads, Measure, SideEvidence, SparseBeads, StretchEvidence
from aligner.align.features.lengths import BREAK_FEATURES, measure_breaks, measure_length, measure_paragraphs
from aligner.align.features.lexical import measure_lexical, measure_numbers, measure_retained_coverage
from aligner.align.features.null_beads import NULL_FEATURES, OMISSION_FEATURES, measure_isolation, measure_omissions
from aligner.align.features.quotes import measure_quotes
from aligner.align.features.similarity import (
    measure_extensions,
    measure_removals,
    measure_similarity,
    measure_splits,
)
from aligner.align.grid import NULL_TYPES
from aligner.align.lattice import Candidates
from aligner.records import FloatArray

__all__ = [
    "BREAK_NAMES",
    "FINAL_ONLY",
    "NULL_BEAD_NAMES",
    "NULL_PRUNING_NAMES",
    "OMISSION_NAMES",
    "PRUNING",
    "Beads",
    "DenseBeads",
    "Group",
    "SideEvidence",
    "SparseBeads",
    "StretchEvidence",
    "list_names",
    "measure_candidates",
    "measure_coarse",
    "measure_null_beads",
    "measure_two_sided",
]

Group = tuple[str, tuple[str, ...], Measure]
"""Name of a group, names of its features, and the function that measures them."""

PRUNING: tuple[Group, ...] = (
    ("similarity", ("cosine", "margin", "dissimilar", "above_anchor_cosine", "size"), measure_similarity),
    ("extensions", ("en_before", "en_after", "zh_before", "zh_after"), measure_extensions),
    ("removals", ("en_first", "en_last", "zh_first", "zh_last"), measure_removals),
    ("splits", ("gain", "mean"), measure_splits),
    ("length", ("ratio", "ratio_size", "ratio_squared", "gale_church"), measure_length),
    ("paragraphs", ("crossed", "crossed_both", "edges_apart"), measure_paragraphs),
)
"""Pruning features of two-sided beads, which are looked up for every bead that the band has room for."""
FINAL_ONLY: tuple[Group, ...] = (
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
    ("numbers", ("en_left", "en_first", "en_last", "zh_left", "zh_first", "zh_last"), measure_numbers),
    ("retained", ("en_first", "en_last", "zh_first", "zh_last"), measure_retained_coverage),
    ("edge_clauses", ("en_first", "en_last", "zh_first", "zh_last"), measure_edge_clauses),
    ("quotes", ("en_opened", "zh_opened", "closed", "before", "after", "starts", "ends"), measure_quotes),
)
"""Features of two-sided beads that are measured only for the candidates that pruning keeps."""
NULL_PRUNING_NAMES = tuple(f"null.{name}" for name in NULL_FEATURES)
"""Features of null beads that the coarse scorer uses as well."""
OMISSION_NAMES = tuple(f"omissions.{name}" for name in OMISSION_FEATURES)
"""Features of null beads that come from the posteriors of the coarse scorer."""
BREAK_NAMES = tuple(f"breaks.{name}" for name in BREAK_FEATURES)
"""Features of null beads that depend on where in the other language they stand."""
NULL_BEAD_NAMES = NULL_PRUNING_NAMES + OMISSION_NAMES + BREAK_NAMES
"""All features of null beads."""


def list_names(groups: tuple[Group, ...]) -> tuple[str, ...]:
    """`group.feature` for each array that the groups give."""
    return tuple(f"{group}.{name}" for group, names, _ in groups for name in names)


def measure_two_sided(groups: tuple[Group, ...], evidence: StretchEvidence, beads: Beads) -> Iterator[FloatArray]:
    """The features of two-sided beads one by one, in the order of `list_names(groups)`, each with a value a bead."""
    for _, _, function in groups:
        yield from function(evidence, beads)


def measure_null_beads(evidence: StretchEvidence) -> tuple[FloatArray, FloatArray]:
    """`(n, f)` of all English and `(m, f)` of all Chinese sentences: `NULL_PRUNING_NAMES`, `OMISSION_NAMES`."""
    (en, zh), (en_share, zh_share) = measure_isolation(evidence), measure_omissions(evidence)
    return np.concatenate([en, en_share], axis=1), np.concatenate([zh, zh_share], axis=1)


def measure_candidates(
    evidence: StretchEvidence, candidates: Candidates, groups: tuple[Group, ...] = PRUNING + FINAL_ONLY
) -> FloatArray:
    """All features of these candidates, `(c, f)`: those of the groups, then `NULL_BEAD_NAMES`.

    Features of null beads leave the rows of two-sided ones 0, and the other way round.
    """
    two_sided, null = (
        np.flatnonzero(candidates.type_index >= NULL_TYPES),
        np.flatnonzero(candidates.type_index < NULL_TYPES),
    )
    names = len(list_names(groups))
    out = np.zeros((len(candidates), names + len(NULL_BEAD_NAMES)), np.float32)
    beads = SparseBeads.of(evidence.grid, candidates.take(two_sided))
    for column, values in enumerate(measure_two_sided(groups, evidence, beads)):
        out[two_sided, column] = values
    en, zh = measure_null_beads(evidence)
    for rows, values, start in (
        (np.flatnonzero(candidates.zh_size == 0), en, candidates.en_start),
        (np.flatnonzero(candidates.en_size == 0), zh, candidates.zh_start),
    ):
        out[rows, names : -len(BREAK_NAMES)] = values[start[rows]]
    out[null, -len(BREAK_NAMES) :] = measure_breaks(evidence, candidates.take(null))
    return out


def measure_coarse(evidence: StretchEvidence, candidates: Candidates) -> FloatArray:
    """The features of the coarse scorer, `(c, f)`: `PRUNING`, `NULL_PRUNING_NAMES`."""
    return measure_candidates(evidence, candidates, PRUNING)[:, : -len(OMISSION_NAMES + BREAK_NAMES)]
