"""Fits the scorer's weights to aligned documents; needs the extra `train`."""
