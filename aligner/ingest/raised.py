"""Raised characters: footnote marks, which are no text of a sentence, and powers, which are."""

import re

_NOTE_MARK = re.compile(r"[\[(（［]?(?:\d{1,3}|[*†‡§]{1,3}|[a-z])[\])）］]?$")
# After a stop, a closing mark or an ideograph a raised number is a note; after a letter or a digit it may be a power.
_BEFORE_POWER = re.compile("[0-9A-Za-z]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_raised(text: str, before: str, is_note: bool) -> str | None:
    """What stands for raised `text`: nothing for a footnote mark, raised digits for a power, None for other text.

    :param before: the character before it.
    :param is_note: whether the format says that it is a note.
    """
    text = text.strip()
    if not _NOTE_MARK.match(text):
        return None
    if is_note or not text.isdecimal() or not _BEFORE_POWER.match(before):
        return ""
    return text.translate(_RAISED)
