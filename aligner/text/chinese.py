"""Chinese variants: simplified or traditional, of which region, and conversion by OpenCC for comparison."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from aligner.records import Language

_SAMPLE = 4_000
"""Characters that are looked at: the script of an article shows in its first paragraphs."""

# Forms and words of Hong Kong and of Taiwan (after OpenCC's s2hk, s2tw and s2twp). Forms that people in Hong Kong write
# as well, whatever the standard says (說, 衛, 群, 台), are no evidence.
_HONG_KONG = re.compile(
    "[裏衞着説綫]|資訊科技|軟件|硬件|網絡|的士|巴士|特首|立法會|港府"
    "|特區政府|政務司|財政司|律政司|香港|港元|港幣|九龍|新界|Hong Kong|HKSAR|Kowloon"
)
_TAIWAN = re.compile(
    "[裡臺]|[看帶隨沿拿有]著|軟體|硬體|網路|資料庫|計程車|公車"
    "|立法院|行政院|總統府|台灣|台北|台中|台南|高雄|新台幣|新竹|Taiwan|Taipei"
)


def tag_of(language: Language, texts: Iterable[str], declared: str = "", context: str = "") -> str:
    """`en`, `zh-CN`, `zh-HK` or `zh-TW`, from the characters and words of `texts`.

    `context` is the English text of the page, if there is any: it too speaks of Hong Kong or of Taiwan.
    What the page declares decides only between Hong Kong and Taiwan: sites declare `zh-CN` on pages in any script.
    A traditional text with no more signs of the one than of the other counts as Taiwan's, the larger user; one that
    speaks of Hong Kong as Hong Kong's, whoever wrote it.
    """
    if language is Language.EN:
        return "en"
    text = "".join(texts)[:_SAMPLE]
    if not is_traditional(text):
        return "zh-CN"
    region = declared.lower().replace("_", "-")
    if region.startswith(("zh-hk", "zh-mo", "zh-hant-hk", "zh-hant-mo")):
        return "zh-HK"
    if region.startswith(("zh-tw", "zh-hant-tw")):
        return "zh-TW"
    text += context[:_SAMPLE]
    return "zh-HK" if len(_HONG_KONG.findall(text)) > len(_TAIWAN.findall(text)) else "zh-TW"


class _Converters:
    """OpenCC's tables, which never change, read on first use."""

    @cached_property
    def simplified(self) -> Any:
        import opencc

        return opencc.OpenCC("t2s")

    @cached_property
    def traditional(self) -> Any:
        import opencc

        return opencc.OpenCC("s2t")


_CONVERTERS = _Converters()


def to_simplified(text: str) -> str:
    """Chinese `text` in simplified characters, for matching only; same length in characters as a rule, not always."""
    return str(_CONVERTERS.simplified.convert(text))


def to_traditional(text: str) -> str:
    """Chinese `text` in traditional characters, for telling which of the two it is written in."""
    return str(_CONVERTERS.traditional.convert(text))


def is_traditional(text: str) -> bool:
    """Whether more characters would change on the way to simplified than on the way to traditional characters.

    Most characters are the same in both; names and quotations bring a few of the other kind into either. The first
    4,000 characters decide.
    """
    text = text[:_SAMPLE]
    return _count_changes(text, to_simplified(text)) > _count_changes(text, to_traditional(text))


def _count_changes(text: str, converted: str) -> int:
    if len(text) != len(converted):
        return abs(len(text) - len(converted))
    return sum(1 for one, other in zip(text, converted, strict=True) if one != other)
