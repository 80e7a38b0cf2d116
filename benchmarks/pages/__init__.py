"""Units from generated pages: releases of this project in the layouts of the web, with all that stands around them.

    python -m benchmarks pages [--pages 600] [--half held-out|fitted] [--failures FILE]

Pages are made from the releases of `corpora/`, whose gold units are known, by site templates; a fifth are decoys.
Thresholds and priors may be fitted on one half of the templates (`fitted`); figures are given for the other.
"""
