"""Learned weights and presets, and the scripts that make them."""
