"""From beads to the units of a translation memory."""
