"""aligner: bilingual English-Chinese press releases in, translation memories out."""

__version__ = "0.1.0"
