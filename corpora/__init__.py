"""Sample releases with gold alignments, all written for this project; see `README.md` beside this file."""
