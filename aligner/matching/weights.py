"""Weights of the gate, written by `python -m benchmarks.gate`; the order is that of `evidence.PAGE_FEATURES` and
`evidence.BEAD_FEATURES`.
"""

PAGE_WEIGHTS = (9.7011, 21.5039, 17.0137, 6.1465, -11.1709)
PAGE_BIAS = -9.1492
BEAD_WEIGHTS = (0.5392, 7.599, 6.5112, -4.2652, -3.4498)
BEAD_BIAS = -1.653


# By hand, see `benchmarks/README.md`
LEAST_PROBABILITY = 0.02
"""Probability of the page below which it is refused."""
ISLAND = 0.85
"""Probability from which a bead counts on a page below that floor. By hand: a sixth of the quotations in the benchmark
have it, and one bead of 510 shuffled texts."""
