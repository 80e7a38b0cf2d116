"""How well an alignment agrees with gold beads: one scorer for the command, the benchmarks and the floors of CI.

`format` reads and writes gold and predictions, `counts` counts in one document, `bootstrap` tells how sure a figure
is, `scores` sums and divides, `table` prints.
"""

from aligner.evaluation.bootstrap import Interval
from aligner.evaluation.counts import judge_beads
from aligner.evaluation.format import (
    GoldDocument,
    find_prediction,
    read_beads,
    read_documents,
    read_predictions,
    write_beads,
)
from aligner.evaluation.scores import Figures, Ratios, Scores, TypeCounts, score_documents
from aligner.evaluation.table import format_scores

__all__ = [
    "Figures",
    "GoldDocument",
    "Interval",
    "Ratios",
    "Scores",
    "TypeCounts",
    "find_prediction",
    "format_scores",
    "judge_beads",
    "read_beads",
    "read_documents",
    "read_predictions",
    "score_documents",
    "write_beads",
]
