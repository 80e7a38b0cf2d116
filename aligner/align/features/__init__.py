"""What is known of a bead, as numbers: one function for each kind of evidence, listed here by cost."""

from collections.abc import Iterator

import numpy as np

from aligner.align.candidates import Candidates
from aligner.align.features.alone import ALONE_FEATURES, OMISSION_FEATURES, measure_alone, measure_omissions
from aligner.align.features.clauses import measure_clauses, measure_handover
from aligner.align.features.evidence import Beads, Evidence, Measure, SideEvidence
from aligner.align.features.lexical import measure_idleness, measure_lexical, measure_numbers
from aligner.align.features.quotes import measure_quotes
from aligner.align.features.shape import BREAK_FEATURES, measure_breaks, measure_length, measure_paragraphs
from aligner.align.features.similarity import (
    measure_extensions,
    measure_removals,
    measure_similarity,
    measure_splits,
)
from aligner.align.grid import ONE_SIDED
from aligner.records import FloatArray

__all__ = [
    "ALONE_NAMES",
    "BREAK_NAMES",
    "CHEAP",
    "DEAR",
    "OMISSION_NAMES",
    "ONE_SIDED_NAMES",
    "Beads",
    "Evidence",
    "Group",
    "SideEvidence",
    "list_names",
    "measure_draft",
    "measure_one_sided",
    "measure_some",
    "measure_two_sided",
]

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
"""Evidence on two-sided beads that is looked up: measured for every bead that the band has room for."""
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
    ("numbers", ("en_left", "en_first", "en_last", "zh_left", "zh_first", "zh_last"), measure_numbers),
    ("idleness", ("en_first", "en_last", "zh_first", "zh_last"), measure_idleness),
    ("handover", ("en_first", "en_last", "zh_first", "zh_last"), measure_handover),
    ("quotes", ("en_opened", "zh_opened", "closed", "before", "after", "starts", "ends"), measure_quotes),
)
"""Evidence on two-sided beads that is measured only for what a first model leaves."""
ALONE_NAMES = tuple(f"alone.{name}" for name in ALONE_FEATURES)
"""Evidence on one-sided beads that is looked up."""
OMISSION_NAMES = tuple(f"omissions.{name}" for name in OMISSION_FEATURES)
"""Evidence on one-sided beads that comes from the draft."""
BREAK_NAMES = tuple(f"breaks.{name}" for name in BREAK_FEATURES)
"""Evidence on one-sided beads that depends on where in the other language they stand."""
ONE_SIDED_NAMES = ALONE_NAMES + OMISSION_NAMES + BREAK_NAMES
"""All evidence on one-sided beads."""


def list_names(groups: tuple[Group, ...]) -> tuple[str, ...]:
    """`group.feature` for each array that the groups give."""
    return tuple(f"{group}.{name}" for group, names, _ in groups for name in names)


def measure_two_sided(groups: tuple[Group, ...], evidence: Evidence, beads: Beads) -> Iterator[FloatArray]:
    """The features of two-sided beads one by one, in the order of `list_names(groups)`, each with a value a bead."""
    for _, _, function in groups:
        yield from function(evidence, beads)


def measure_one_sided(evidence: Evidence) -> tuple[FloatArray, FloatArray]:
    """`(n, f)` of all English and `(m, f)` of all Chinese sentences: `ALONE_NAMES`, `OMISSION_NAMES`."""
    (en, zh), (en_share, zh_share) = measure_alone(evidence), measure_omissions(evidence)
    return np.concatenate([en, en_share], axis=1), np.concatenate([zh, zh_share], axis=1)


def measure_some(evidence: Evidence, candidates: Candidates, groups: tuple[Group, ...] = CHEAP + DEAR) -> FloatArray:
    """All features of these candidates, `(c, f)`: those of the groups, then `ONE_SIDED_NAMES`.

    Features of one-sided beads leave the rows of two-sided ones 0, and the other way round.
    """
    two_sided, alone = np.flatnonzero(candidates.shape >= ONE_SIDED), np.flatnonzero(candidates.shape < ONE_SIDED)
    names = len(list_names(groups))
    out = np.zeros((len(candidates), names + len(ONE_SIDED_NAMES)), np.float32)
    beads = Beads.some(evidence.grid, candidates.take(two_sided))
    for column, values in enumerate(measure_two_sided(groups, evidence, beads)):
        out[two_sided, column] = values
    en, zh = measure_one_sided(evidence)
    for rows, values, start in (
        (np.flatnonzero(candidates.zh_size == 0), en, candidates.en_start),
        (np.flatnonzero(candidates.en_size == 0), zh, candidates.zh_start),
    ):
        out[rows, names : -len(BREAK_NAMES)] = values[start[rows]]
    out[alone, -len(BREAK_NAMES) :] = measure_breaks(evidence, candidates.take(alone))
    return out


def measure_draft(evidence: Evidence, candidates: Candidates) -> FloatArray:
    """The features that the draft scores by, `(c, f)`: `CHEAP`, `ALONE_NAMES`."""
    return measure_some(evidence, candidates, CHEAP)[:, : -len(OMISSION_NAMES + BREAK_NAMES)]
