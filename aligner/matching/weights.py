"""Weights of the gate, written by `python -m benchmarks gate`; the order is that of `evidence.PAGE_FEATURES` and
`evidence.BEAD_FEATURES`.
"""

PAGE_WEIGHTS = (9.7011, 21.5039, 17.0137, 6.1465, -11.1709)
PAGE_BIAS = -9.1492
BEAD_WEIGHTS = (0.5392, 7.599, 6.5112, -4.2652, -3.4498)
BEAD_BIAS = -1.653
