"""Weights of the gate, written by `python -m benchmarks gate`; the order is that of `evidence.PAGE_FEATURES` and
`evidence.BEAD_FEATURES`.
"""

PAGE_WEIGHTS = (13.8271, 23.801, 7.0509, 6.0414, -16.8535)
PAGE_BIAS = -7.1767
BEAD_WEIGHTS = (0.431, 8.6556, 5.909, -6.6105, 6.6125)
BEAD_BIAS = -2.7167

# By hand, see `benchmarks/README.md`
LEAST_PROBABILITY = 0.02
"""Probability of the page below which it is refused."""
ISLAND = 0.85
"""Probability from which a bead counts on a page below that floor. By hand: a sixth of the quotations in the benchmark
have it, and one bead of 510 shuffled texts."""
