"""Which encoding a text is in: short, mixed and wrongly declared pages."""

import pytest

from aligner.errors import IngestError
from aligner.ingest.encoding import decode_text, log_likelihood, python_encoding
from aligner.text.chinese import to_simplified

SIMPLIFIED = (
    "中文", "北京", "公司", "新闻稿", "联通", "来源:", "发布时间", "云杉", "鑫鼎集团", "作者:沈屿",
    "锦江纺织今日宣布", "龙腾航空新增三条航线", "云杉生物与海港大学签署合作协议,共建实验室。",
)  # fmt: skip
TRADITIONAL = (
    "中文", "臺北", "公司", "新聞稿", "聯通", "來源:", "發佈時間", "雲杉", "鑫鼎集團", "作者:沈嶼",
    "錦江紡織今日宣佈", "龍騰航空新增三條航線", "雲杉生物與海港大學簽署合作協議,共建實驗室。",
)  # fmt: skip
PAGES = {
    "alone": "{}",
    "after a label": "Contact: {}",
    "within a sentence": "Harbour Lights Group today announced {} the results of its review.",
    "in markup": "<html><head><title>x</title></head><body><p>Results</p><p>{}</p></body></html>",
    "after pages of English": "Pages and pages of English text about nothing much. " * 80 + "{}",
}
# Right answers of all pages x phrases, as measured; charset-normalizer 3.5 by itself gets 36 of 140 for GB18030
# (it names Korean and Japanese encodings) and 59 of 70 for Big5 on a like table.
FLOORS = {
    "utf-8": 1.0,
    "utf-8-sig": 1.0,
    "utf-16": 1.0,
    "utf-32": 1.0,
    "utf-32-be": 1.0,
    "gb18030": 1.0,
    "big5hkscs": 1.0,
    # Two or three characters with nothing else may be valid in either byte order.
    "utf-16-le": 0.93,
    "utf-16-be": 0.93,
}


def _full_width(text: str) -> str:
    return text.replace(",", "\uff0c").replace(":", "\uff1a")


def _texts(encoding: str) -> list[str]:
    phrases = {"gb18030": SIMPLIFIED + TRADITIONAL, "big5hkscs": TRADITIONAL}.get(encoding, SIMPLIFIED)
    return [page.format(_full_width(phrase)) for page in PAGES.values() for phrase in phrases]


def _decode(data: bytes) -> str:
    try:
        return decode_text(data, "page.txt")[0]
    except IngestError as error:
        return str(error)


@pytest.mark.parametrize("encoding", FLOORS)
def test_share_of_short_and_mixed_texts_decoded_right(encoding: str) -> None:
    texts = _texts(encoding)
    right = sum(_decode(text.encode(encoding)) == text for text in texts)
    assert right / len(texts) >= FLOORS[encoding]


def test_phrases_cover_both_scripts() -> None:
    assert len(SIMPLIFIED) == len(TRADITIONAL)
    assert sum(to_simplified(phrase) != phrase for phrase in TRADITIONAL) > len(TRADITIONAL) / 2


@pytest.mark.parametrize(
    "text",
    [
        "don’t “quote” — it’s",  # 0x92 and a letter are a valid, rare GBK character
        "café résumé naïve",
        "£5m © 2024",
        "Zürich’s",
    ],
)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_western_text_is_not_taken_for_chinese(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "page.txt")[0] == text


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("utf-8", "gb18030", "云杉生物新闻稿"),  # the commonest wrong declaration: a page saved anew by an editor
        ("gb2312", "utf-8", "云杉生物新闻稿"),
        ("gb2312", "big5hkscs", "雲杉生物新聞稿"),
        ("big5", "gb18030", "云杉生物新闻稿"),
        ("iso-8859-1", "utf-8", "云杉"),
        ("iso-8859-1", "gb18030", "云杉生物"),
        ("gb2312", "gb18030", "鎏金碁石镕"),  # right as browsers read it: GBK characters under the label gb2312
        ("big5", "big5hkscs", "啲嘢"),  # right, and needed: HKSCS characters
        ("x-no-such", "utf-8", "云杉"),
        ("unicode_escape", "utf-8", r"云杉 \x41"),  # a codec of Python's, not a charset
    ],
)
def test_declared_charset_is_evidence_not_an_order(declared: str, encoding: str, text: str) -> None:
    assert decode_text(text.encode(encoding), "page.html", declared)[0] == text


def test_one_bad_byte_does_not_change_the_encoding() -> None:
    data = "云杉生物与海港大学签署合作协议".encode()
    text, encoding = decode_text(data[:-1], "page.txt")
    assert encoding == "utf-8"
    assert text == "云杉生物与海港大学签署合作协\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_lone_surrogates_do_not_stop_the_reading(encoding: str) -> None:
    text = "Results \ud800 for 2024 云杉\ud83d\ude00"
    data = text.encode(encoding, "surrogatepass")
    assert "Results" in decode_text(data, "page.txt")[0]
    assert "云杉" in decode_text(data, "page.txt")[0]


@pytest.mark.parametrize("size", [300, 5000])
def test_binary_data_is_refused(size: int) -> None:
    # A linear congruential sequence: every byte value, no structure, the same on every run.
    data = bytes((1103515245 * index * index + 12345 * index) >> 7 & 0xFF for index in range(size))
    with pytest.raises(IngestError, match="binary"):
        decode_text(data, "page.txt")


def test_labels_are_read_as_browsers_read_them() -> None:
    assert python_encoding("GB2312") == "gb18030"
    assert python_encoding("Big5-HKSCS") == "big5hkscs"
    assert python_encoding("ISO-8859-1") == "cp1252"
    assert python_encoding("zip") is None


def test_likelihood_prefers_frequent_characters() -> None:
    from collections import Counter

    assert (
        log_likelihood(Counter("中国公司"))
        > log_likelihood(Counter("碘鳛龗齉"))
        > log_likelihood(Counter("\x00\x01\x02\x03"))
    )
