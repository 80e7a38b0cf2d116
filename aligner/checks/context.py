"""What a check may know beside the unit itself."""

from dataclasses import dataclass

from aligner.records import Bead


@dataclass(frozen=True, slots=True)
class Context:
    """The bead of the unit, and what its document predicts."""

    bead: Bead
    chars_ratio: float
    """Chinese characters for each English one in the whole document."""
