"""Mojibake: text that was read in a wrong encoding before it came here, and lost characters. A leaf module."""

import re
from collections import Counter

from aligner.text.likelihood import log_likelihood

_LOST = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯")
"""U+FFFD, the same read as GBK, and what uninitialised memory reads as in GBK."""
_UTF8_AS_GBK = re.compile("[鈥銆].?")
"""The first two bytes of general and CJK punctuation in UTF-8; as characters, 鈥 and 銆 are in no text of today."""
_UTF8_AS_WESTERN = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf]|[\u00e2-\u00ef][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]{2}"
)
"""Two or three bytes of a character in UTF-8, read as Windows-1252 or Latin-1."""
_BEYOND_ASCII = re.compile("[^\x00-\x7f]{2,200}")
_MISREADINGS = (("gb18030", "utf-8"), ("big5hkscs", "utf-8"), ("cp1252", "gb18030"), ("latin-1", "gb18030"))
"""Encodings that pages are wrongly read in, with those they were in."""
_FEWEST_WESTERN = 4
"""Letters of a Latin-1 run that may be Chinese read wrongly: `ÖÐ¹ú`."""
_GAIN = 3.0
"""log10 odds that the repaired text must have over the text as it stands."""


def find_damage(text: str) -> str:
    """The first piece of `text` that was read in a wrong encoding or lost its characters; empty where there is none.

    Found are U+FFFD, UTF-8 read as GB18030, Big5, Windows-1252 or Latin-1 (`鈥淭his`, `â€œ`, `ï¼Œ`), and GB18030 read
    as Windows-1252 or Latin-1.
    """
    if text.isascii():
        return ""
    for pattern in (_LOST, _UTF8_AS_GBK):
        if found := pattern.search(text):
            return found.group()
    for found in _UTF8_AS_WESTERN.finditer(text):
        if any(_reread(found.group(), encoding, "utf-8") for encoding in ("cp1252", "latin-1")):
            return found.group()
    return next((run for run in _BEYOND_ASCII.findall(text) if _is_misread(run)), "")


def _is_misread(run: str) -> bool:
    for wrong, right in _MISREADINGS:
        if right != "utf-8" and len(run) < _FEWEST_WESTERN:
            continue
        repaired = _reread(run, wrong, right)
        if repaired and log_likelihood(Counter(repaired)) > log_likelihood(Counter(run)) + _GAIN:
            return True
    return False


def _reread(text: str, wrong: str, right: str) -> str:
    """`text` as it would be if its bytes, read as `wrong`, were read as `right`; empty where they cannot be."""
    try:
        return text.encode(wrong).decode(right)
    except UnicodeError:
        return ""
