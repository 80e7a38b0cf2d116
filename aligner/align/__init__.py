"""Alignment kernels: arrays in, arrays out."""
