"""Bytes to text: which of the encodings of English and Chinese pages makes a plausible text of them.

Bytes that are valid UTF-8 are UTF-8, and a declared multi-byte charset in which they decode to likely characters is
believed. Otherwise every candidate decodes a sample, and the likelihood of what comes out decides: a mixed page may
hold ten Chinese characters in ten thousand ASCII ones, so for encodings that keep ASCII as it is only the words with
other bytes count. Where lines of another encoding were pasted in, each line is decoded in its own.
"""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterable

from aligner.errors import IngestError
from aligner.text.likelihood import IMPOSSIBLE, log_likelihood, log_probability

# Beyond this a text is no page; decoding and splitting it would cost gigabytes.
MAX_TEXT_BYTES = 50 * 1024 * 1024

_SAMPLE_BYTES = 64 * 1024
_TOKEN_BYTES = 4 * 1024

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_C1_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
_FEWEST_WITH_CONTROLS = 4
_UTF8_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_ERRORS = dict.fromkeys(("utf-8", *_WIDE), "surrogatepass")

# log10 odds before any evidence. UTF-8 is rarely valid by accident. UTF-16 without a mark is rare, and two
# ASCII characters can happen to be a frequent Chinese one.
_PRIOR = {"utf-8": 3.0, "gb18030": 0.3, "big5hkscs": 0.0, "cp1252": 0.0, **dict.fromkeys(_WIDE, -3.0)}
_DECLARED_BONUS = 3.0
_MULTI_BYTE = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
# Mean log10 probability of the characters beyond ASCII in text that is decoded right; wrong encodings of short phrases
# give -5.3 and less.
_LIKELY_MEAN = -4.9
# log10 odds against a line of another encoding than its page's.
_PASTED_GAIN = 6.0

# Labels as the WHATWG Encoding Standard (section 4.2) reads them: browsers take gb2312 for GBK, latin-1 for cp1252.
_LABELS = {
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "xgbk": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "xxbig5": "big5hkscs",
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "usascii": "cp1252",
    "ascii": "cp1252",
    "windows1252": "cp1252",
    # Declared on pages of neighbours; candidates only where a page says so.
    "shiftjis": "cp932",
    "eucjp": "euc_jp",
    "euckr": "cp949",
    "iso88592": "iso8859_2",
    "iso885915": "iso8859_15",
    "windows1250": "cp1250",
    "windows1251": "cp1251",
    "koi8r": "koi8_r",
}

# Strangest mean over a sample that is still a text; a page of nothing but rare ideographs would have -6.5.
_MINIMUM_MEAN = -7.0
_MAXIMUM_IMPOSSIBLE_SHARE = 0.1


def decode_text(data: bytes, origin: str, declared: str | None = None) -> tuple[str, str]:
    """The text of `data` and the encoding it was in, by Python's name; `declared` is the charset the page claims.

    A byte that does not fit its encoding becomes U+FFFD; lone surrogates and control characters stay, for
    `text.strip_illegal`. Raises `IngestError` where the data is larger than 50 MB, or no text in any encoding.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise IngestError(
            f"{origin} is a text of more than {MAX_TEXT_BYTES // 1024 // 1024} MB; split it into smaller pages."
        )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_leniently(data[len(mark) :], encoding), encoding
    if data.isascii() and b"\x00" not in data:
        return data.decode("ascii"), "utf-8"
    if _is_utf8(data):
        return _decode_leniently(data, "utf-8"), "utf-8"
    trusted = _trusted_declaration(data, declared)
    if trusted:
        return data.decode(trusted), trusted
    encoding, mean, impossible_share = _most_plausible(data, declared)
    if mean < _MINIMUM_MEAN or impossible_share > _MAXIMUM_IMPOSSIBLE_SHARE:
        raise IngestError(f"{origin} is binary or in an unknown encoding; save it as UTF-8 text.")
    if encoding in _WIDE:
        return _decode_leniently(data, encoding), encoding
    return "".join(_decode_line(line, encoding) for line in data.splitlines(keepends=True)), encoding


def python_encoding(label: str) -> str | None:
    """Python's name for a declared charset label, or None for one we do not read."""
    return _LABELS.get(re.sub(r"[^a-z0-9]", "", label.strip().lower()))


def _is_utf8(data: bytes) -> bool:
    """Whether `data` is valid UTF-8 beyond chance: two characters of GBK may be a control and a letter in it."""
    if b"\x00" in data or not _is_valid(data, "utf-8"):
        return False
    characters = [character for character in _decode_leniently(data, "utf-8") if not character.isascii()]
    return len(characters) >= _FEWEST_WITH_CONTROLS or not _C1_CONTROL.search("".join(characters))


def _is_valid(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding, _ERRORS.get(encoding, "strict"))
    except UnicodeDecodeError:
        return False
    return True


def _trusted_declaration(data: bytes, declared: str | None) -> str | None:
    """The declared encoding, if `data` decodes in it without error and to characters that texts are made of.

    Single-byte encodings are valid for nearly all bytes, so that to decode without error says nothing for them; and
    Big5 often decodes as GB18030, but to rare characters.
    """
    encoding = python_encoding(declared) if declared else None
    if encoding not in _MULTI_BYTE or not _is_valid(data, encoding):
        return None
    sample = Counter(_decode_sample(_words_beyond_ascii(data), encoding, is_whole=True))
    characters = Counter({character: count for character, count in sample.items() if not character.isascii()})
    return encoding if log_likelihood(characters) >= _LIKELY_MEAN * characters.total() else None


def _decode_line(line: bytes, encoding: str) -> str:
    """A line in `encoding`, the page's, or in another where that is far likelier: files are pasted together."""
    if line.isascii():
        return line.decode("ascii")
    text = _decode_leniently(line, encoding)
    likelihood = log_likelihood(Counter(text[:_TOKEN_BYTES])) + _PASTED_GAIN
    for other in ("utf-8", "gb18030", "big5hkscs"):
        if other != encoding and _is_valid(line, other) and (other == "utf-8" or encoding == "utf-8"):
            pasted = _decode_leniently(line, other)
            if (gain := log_likelihood(Counter(pasted[:_TOKEN_BYTES]))) > likelihood:
                text, likelihood = pasted, gain
    return text


def _most_plausible(data: bytes, declared: str | None) -> tuple[str, float, float]:
    """Encoding, its mean log10 probability a character, and its share of impossible characters, at the beginning."""
    declared_encoding = python_encoding(declared) if declared else None
    narrow = ["utf-8", "gb18030", "big5hkscs", "cp1252"]
    if declared_encoding and declared_encoding not in _PRIOR:
        narrow.append(declared_encoding)
    # A multiple of 4, so that no UTF-32 character is cut.
    prefix = data[:_SAMPLE_BYTES]
    is_whole = len(prefix) == len(data)
    best = max([*_WIDE, *narrow], key=_ranking(prefix, declared_encoding, is_whole))
    if best not in _WIDE:
        best = max(narrow, key=_ranking(_words_beyond_ascii(data), declared_encoding, is_whole=True))
    characters = Counter(_decode_sample(prefix, best, is_whole))
    total = max(1, characters.total())
    impossible = sum(count for character, count in characters.items() if log_probability(character) == IMPOSSIBLE)
    return best, log_likelihood(characters) / total, impossible / total


def _ranking(sample: bytes, declared_encoding: str | None, is_whole: bool) -> Callable[[str], float]:
    def rank(encoding: str) -> float:
        bonus = _DECLARED_BONUS if encoding == declared_encoding else 0.0
        return log_likelihood(Counter(_decode_sample(sample, encoding, is_whole))) + _PRIOR.get(encoding, 0.0) + bonus

    return rank


def _decode_sample(sample: bytes, encoding: str, is_whole: bool) -> str:
    if encoding == "utf-8":
        sample = _UTF8_SURROGATE.sub(b"", sample)  # they will be let pass, so they are no evidence against it
    # A character cut off is an error at the end of the file, none at the end of a sample.
    return codecs.getincrementaldecoder(encoding)("replace").decode(sample, final=is_whole)


def _words_beyond_ascii(data: bytes) -> bytes:
    """The words of `data` with a byte above 0x7F, up to the size of a sample.

    Words are cut at white space, ASCII signs below 0x30 and `:;<=>?`: no such byte is part of a longer character in
    UTF-8, GB18030, Big5 or the EUC encodings.
    """
    words: list[bytes] = []
    size = 0
    for word in _split_words(data):
        words.append(word[:_TOKEN_BYTES])
        size += len(words[-1])
        if size > _SAMPLE_BYTES:
            break
    return b" ".join(words)


def _split_words(data: bytes) -> Iterable[bytes]:
    for match in re.finditer(rb"[^\x00-\x2f\x3a-\x3f]+", data):
        word = match.group()
        if not word.isascii():
            yield word


def _decode_leniently(data: bytes, encoding: str) -> str:
    """The text of `data`: lone surrogates as they are, other errors as U+FFFD."""
    try:
        return data.decode(encoding, _ERRORS.get(encoding, "strict"))
    except UnicodeDecodeError:
        return data.decode(encoding, "replace")
