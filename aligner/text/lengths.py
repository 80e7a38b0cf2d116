"""How long Chinese text is beside the English text that it translates."""

TYPICAL_CHARS_RATIO = 0.32
"""Chinese characters for each English one, white space not counted (WMT21 news)."""
_PRIOR_CHARS = 400
"""English characters that the typical ratio counts for, so that a short document does not predict from itself."""


def count_chars(text: str) -> int:
    """Number of characters that are not white space."""
    return len("".join(text.split()))


def chars_ratio(en_chars: int, zh_chars: int) -> float:
    """Chinese characters for each English one in a document, drawn towards the typical ratio where it is short.

    :param en_chars: English characters of the document, white space not counted.
    :param zh_chars: Chinese characters of it.
    """
    return (zh_chars + TYPICAL_CHARS_RATIO * _PRIOR_CHARS) / (en_chars + _PRIOR_CHARS)
