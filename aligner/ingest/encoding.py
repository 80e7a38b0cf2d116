"""Bytes to text: which of the encodings of English and Chinese pages makes a plausible text of them.

Every candidate decodes a sample, and the likelihood of what comes out decides: a mixed page may hold ten Chinese
characters in ten thousand ASCII ones, so for encodings that keep ASCII as it is only the words with other bytes count.
A declared charset is one more piece of evidence, never an order: declarations are wrong often enough.
"""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from aligner.errors import IngestError
from aligner.text.characters import HAN

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
_UTF8_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_UNICODE = ("utf-8", *_WIDE)

# log10 odds before any evidence. UTF-8 is rarely valid by accident. UTF-16 without a mark is rare, and two
# ASCII characters can happen to be a frequent Chinese one.
_PRIOR = {"utf-8": 3.0, "gb18030": 0.3, "big5hkscs": 0.0, "cp1252": 0.0, **dict.fromkeys(_WIDE, -3.0)}
_DECLARED_BONUS = 3.0

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

# The 640 most frequent characters of jieba's dictionary, by their frequency there, with OpenCC's traditional forms:
# 78 % of running Chinese. Decoded in a wrong encoding, text almost never consists of them.
_FREQUENT = frozenset(
    "一万三上下不与专且世业东两严个中为主举么义之乐九也乡书了争事二于五亚些交产京亲人什仅今从他代令以们件价任企众会传似但位低住体何余作你使供依便保信修倒候值做像"
    "儿元先光克党入全八公六共关兴兵其具内再军农冲决况准几出击分切划列则创初利别到制前副力办功加务动势包化北区十千半华单南占即却历原去县参又及双反发取受变口古另只叫"
    "可台史号司吃各合同名后向听告员周命和品响商器四回因团围国图土在地场均型城域基境增士声处备复外多大天太夫央失头女她好如始委子字存学它安完官定宝实客宫家容密富察对"
    "导将小少尔就局层居展属山州工左己已巴市布师帝带席常干平年并广应底府度建开式引张强当形影往很律得德心必志快态怎思性总息情想意感成我或战房所手才打批找承技把投护报"
    "拉招持指按据接推提支收改放政故效教数整文斗料断斯新方施旅族无日早时明易星是显更曾最月有服望朝期木未本术机杀权李村条来杨极构林果查标校样根格案桥模次正此步武死段"
    "每比民气水求汉江没河治法洲活派流济海消深清游湖源满火点热然照爱父片物特状独率玉王环现球理甚生用由电界病白百的皇目直相省看真眼着知石研破确示社神离种科积称程究空"
    "突立站笑第等算管米类精系素红约级纪线组细织终经结给统续维编网罗置美群老考者而职联股育胜能自至致般色节花若英范药获营落虽血行表被装西要见观规视觉解言计认让议记许"
    "论设证识试话该语说请调象负责质费资赛走起越足跟路身车转轻较边达过运近还这进远连选通速造道那部都采里重量金钱铁银长门问间队防阳际院除随难集需青非面革音项须领题风"
    "飞食首马高鱼黄黑龙"
    "並亞佔來個們備傳僅價兒內兩別則創劃動務勝勢區卻參員問喫單嚴國圍圖團報場學宮實寶將專對導層屬師帶幹幾廣張強後從復愛態應戰採擊據數斷於時書會東條楊業極構樂標樣"
    "橋機權歷殺氣決沒況準滿漢濟無熱營爭爲爾狀獨獲現環產當發確種稱積節範紀約紅級細終組結給統經維網線編縣總織續羅義聯聲職聽臺與興舉華萬藥處號衆術衝裏裝見規視親覺"
    "計記設許試話認語說調請論證識議護變讓負責費資質賽車軍較輕辦農這連進遊運過達遠選還邊鄉銀錢鐵長門開間關陽隊際隨雖雙難電響項須領頭題類飛馬體鬥魚麼點黨龍為啟裡"
)

_PUNCTUATION = frozenset(
    "。、“”‘’《》〈〉「」『』【】—…·–•\u3000\uff0c\uff1a\uff1b\uff1f\uff01\uff08\uff09\uff05\uff5e"
)
_LATIN_1_SYMBOLS = frozenset("\u00a0©®™°£€·×§«»")
_LATIN_1_LETTERS = frozenset("éèêëàâáäåçñóòôöøúùûüíìîïßæœÉÖÜÄÅÇ")

# log10 probabilities of a character by class, from the share of each class in news text and the size of the class.
_ASCII = -1.5
_IMPOSSIBLE = -9.0
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
    encoding, mean, impossible_share = _most_plausible(data, declared)
    if mean < _MINIMUM_MEAN or impossible_share > _MAXIMUM_IMPOSSIBLE_SHARE:
        raise IngestError(f"{origin} is binary or in an unknown encoding; save it as UTF-8 text.")
    return _decode_leniently(data, encoding), encoding


def python_encoding(label: str) -> str | None:
    """Python's name for a declared charset label, or None for one we do not read."""
    return _LABELS.get(re.sub(r"[^a-z0-9]", "", label.strip().lower()))


def log_likelihood(characters: Counter[str]) -> float:
    """log10 probability of a bag of characters in English and Chinese text; 0 for none, else negative."""
    return sum(count * _log_probability(character) for character, count in characters.items())


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
        best = max(narrow, key=_ranking(_words_beyond_ascii(data), declared_encoding, is_whole=False))
    characters = Counter(_decode_sample(prefix, best, is_whole))
    total = max(1, characters.total())
    impossible = sum(count for character, count in characters.items() if _log_probability(character) == _IMPOSSIBLE)
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


def _log_probability(character: str) -> float:
    code = ord(character)
    if code < 0x80:
        return _ASCII if 0x20 <= code < 0x7F or character in "\t\n\r\x0b\x0c" else _IMPOSSIBLE
    if character in _FREQUENT:
        return -2.8
    if character in _PUNCTUATION:
        return -2.5
    if HAN.match(character):
        return _log_probability_han(character)
    return _log_probability_other(character)


def _log_probability_han(character: str) -> float:
    """Characters of the everyday levels of GB 2312 (3,755) and Big5 (5,401), then all others."""
    code = ord(character)
    if code > 0xFFFF or code >= 0xF900:
        return -8.0
    if b"\xb0" <= character.encode("gb2312", "replace") < b"\xd8":
        return -4.2
    if b"\xa4" <= character.encode("big5", "replace") < b"\xc7":
        return -4.2
    return -6.5


def _log_probability_other(character: str) -> float:
    if character in _LATIN_1_SYMBOLS:
        return -3.5
    if character in _LATIN_1_LETTERS:
        return -3.8
    code = ord(character)
    # U+0085 is a control character, but a line break too.
    if character == "\ufffd" or (unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") and character != "\x85"):
        return _IMPOSSIBLE
    if 0xFF01 <= code <= 0xFF5E:  # full-width letters and digits
        return -4.0
    if code < 0x530 or 0x3040 <= code < 0x3100:  # Latin, Greek, Cyrillic; kana
        return -5.0
    return -6.5


def _decode_leniently(data: bytes, encoding: str) -> str:
    """The text of `data`: lone surrogates as they are, other errors as U+FFFD."""
    try:
        return data.decode(encoding, "surrogatepass" if encoding in _UNICODE else "strict")
    except UnicodeDecodeError:
        return data.decode(encoding, "replace")
