"""Small facts about characters that every stage needs: scripts, white space, joining. A leaf module."""

import re
import unicodedata

from aligner.records import Language
from aligner.text.lookalikes import remove_invisible

# Unified ideographs of all planes with the compatibility block and 〇; punctuation is left out on purpose, so that a
# full-width comma does not make a text Chinese.
HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U000323af]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]+(?:['’.-][A-Za-z\u00c0-\u024f]+)*")
SPACE = re.compile(r"\s+")
# Noncharacters end each of the 17 planes.
_PLANE_ENDS = "".join(chr((plane << 16) + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_ILLEGAL = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{_PLANE_ENDS}]"
)


def strip_illegal(text: str) -> str:
    """`text` without characters that XML 1.0 (section 2.2) discourages: controls, surrogates, noncharacters."""
    return _ILLEGAL.sub("", text)


def normalise_space(text: str) -> str:
    """`text` without invisible characters, with every run of white space (no-break, ideographic) made one space."""
    return SPACE.sub(" ", remove_invisible(text)).strip()


def count_han(text: str) -> int:
    """Number of Chinese characters."""
    return len(HAN.findall(text))


def count_latin_words(text: str) -> int:
    """Number of words in Latin script."""
    return len(LATIN_WORD.findall(text))


def language_of(text: str) -> Language | None:
    """The language most of `text` is in, or None where it has neither Chinese characters nor Latin words.

    A Latin word weighs as much as two Chinese characters, about the length of its translation, so that a Chinese
    sentence with `OPPO Find X8` in it stays Chinese and an English one with a Chinese name in brackets English.
    """
    han, words = count_han(text), count_latin_words(text)
    if not han and not words:
        return None
    return Language.ZH if han >= 2 * words else Language.EN


def join_sentences(texts: list[str], language: Language) -> str:
    """Sentences as one text: Chinese without a space between, English with one."""
    return ("" if language is Language.ZH else " ").join(texts)


def nfc(text: str) -> str:
    """Unicode normal form C, in which OmegaT compares segments."""
    return unicodedata.normalize("NFC", text)
