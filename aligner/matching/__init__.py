"""Whether two texts are translations of each other."""
