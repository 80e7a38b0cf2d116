"""Sentence encoders: the embedded default, and any sentence-transformers model."""
