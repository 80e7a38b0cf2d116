"""Weights of the gate, written by `python -m benchmarks.gate`; the order is that of `evidence.PAGE_FEATURES` and
`evidence.BEAD_FEATURES`.
"""

PAGE_WEIGHTS = (30.0, 20.0, 20.0, 4.0, 0.0)
PAGE_BIAS = -22.5
BEAD_WEIGHTS = (0.7, 4.0, 6.0, 8.0, 8.0)
BEAD_BIAS = -5.0
LEAST_PROBABILITY = 0.02
