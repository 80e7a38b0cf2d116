"""How long texts are in the two languages, spaces not counted."""

TYPICAL_CHARS_RATIO = 0.32
"""Chinese characters for each English one in a translation."""


def count_chars(text: str) -> int:
    """Characters other than white space."""
    return len("".join(text.split()))
