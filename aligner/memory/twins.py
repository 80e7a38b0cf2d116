"""Near twins: sentences of one pattern (results, verdicts, prices), paired with the wrong one where theirs is missing.

The aligner sees how alike the patterns are and is sure. A date, a number or a name that contradicts is evidence about
the alignment where nothing else in the sentence is particular to it.
"""

import re

from aligner.text.numbers import Comparison, Quantity, QuantityKind, compare_quantities

TWIN_FACTOR = 0.45
"""What the confidence of such a unit is multiplied by, so that it falls below one half: the posterior says nothing."""
_DATES = frozenset((QuantityKind.YEAR, QuantityKind.MONTH, QuantityKind.DAY, QuantityKind.HOUR, QuantityKind.MINUTE))
_TELLING = frozenset((QuantityKind.NUMBER, QuantityKind.PERCENT, QuantityKind.DAY))
_LATIN_NAME = re.compile(r"\b[A-Z][A-Za-z]*[a-z][A-Za-z]+")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_SURNAMES = (
    "王Wang 李Li 张Zhang 張Zhang 刘Liu 劉Liu 陈Chen 陳Chen 杨Yang 楊Yang 黄Huang 黃Huang 赵Zhao 趙Zhao "
    "吴Wu 吳Wu 周Zhou 徐Xu 孙Sun 孫Sun 马Ma 馬Ma 朱Zhu 胡Hu 郭Guo 何He 林Lin 高Gao "
    "罗Luo 羅Luo 郑Zheng 鄭Zheng 梁Liang 谢Xie 謝Xie 宋Song 唐Tang 许Xu 許Xu 韩Han 韓Han 邓Deng "
    "鄧Deng 冯Feng 馮Feng 曹Cao 彭Peng 曾Zeng 肖Xiao 田Tian 董Dong 潘Pan 袁Yuan 蔡Cai 蒋Jiang 蔣Jiang "
    "余Yu 于Yu 杜Du 叶Ye 葉Ye 程Cheng 魏Wei 苏Su 蘇Su 吕Lü 呂Lü 丁Ding 任Ren 卢Lu "
    "盧Lu 姚Yao 沈Shen 姜Jiang 崔Cui 谭Tan 譚Tan 陆Lu 陸Lu 范Fan 汪Wang 廖Liao 石Shi 韦Wei "
    "贾Jia 夏Xia 付Fu 傅Fu 方Fang 邹Zou 熊Xiong 孟Meng 秦Qin 邱Qiu 江Jiang 尹Yin 薛Xue 闫Yan "
    "段Duan 雷Lei 侯Hou 龙Long 史Shi 黎Li 贺He 顾Gu 毛Mao 郝Hao 龚Gong 邵Shao "
)
"""The usual surnames, each with its pinyin."""
_SPELLING = {entry[0]: entry[1:] for entry in _SURNAMES.split()}
_WORDS_IN_ENGLISH = {"He", "Long", "Fan", "Pan", "Song", "Sun"}
_SYLLABLE = "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[iuü]?[aeoiu]+(?:ng|n|r)?"
_PINYIN_NAME = re.compile(
    rf"\b(?P<surname>{'|'.join(sorted(set(_SPELLING.values()) - _WORDS_IN_ENGLISH))}) "
    rf"(?=[A-Z])(?i:{_SYLLABLE}(?:-?{_SYLLABLE})?)\b"
)
_WORDS_TOO = frozenset("高方于何任石江龙毛余夏程贺田熊段雷史马周")
"""Surnames that begin many common words: no sign of a name."""
_CHINESE_NAME = re.compile(
    rf"(?:^|[，、。；：“”\s])(?P<surname>[{''.join(sorted(set(_SPELLING) - _WORDS_TOO))}])[\u4e00-\u9fff]{{1,2}}"
)


def weigh_twin(en: str, zh: str) -> float:
    """What to multiply the confidence of a pair of texts by: less than 1 where they look like near twins."""
    numbers = compare_quantities(en, zh)
    if any(one.kind not in _DATES and not one.soft for one, _ in numbers.matched):
        return 1.0
    names = _share_names(en, zh)
    if names is not None:
        return 1.0 if names else TWIN_FACTOR
    return TWIN_FACTOR if _is_other_event(numbers) else 1.0


def _is_other_event(numbers: Comparison) -> bool:
    """Whether days or amounts contradict and are no slip of the scale."""
    return any(one.kind in _TELLING and not _is_slip(one, other) for one, other in numbers.contradictions) and not any(
        one.kind is QuantityKind.DAY for one, _ in numbers.matched
    )


def _is_slip(one: Quantity, other: Quantity) -> bool:
    """Whether the digits are the same and the scale is not: 320万 for 32 million is a fault of the translation."""
    return one.value.normalize().as_tuple().digits == other.value.normalize().as_tuple().digits


def _share_names(en: str, zh: str) -> bool | None:
    """Whether the names that both sides spell agree; None where they spell none.

    Latin names inside Chinese are looked for in the English text, names in pinyin by their surnames.
    """
    latin = [word.lower() for word in _LATIN_NAME.findall(zh)]
    if latin:
        words = {word.lower() for word in _LATIN_WORD.findall(en)}
        if words.intersection(latin):
            return True
        return None if not _LATIN_NAME.search(en, 1) or len(latin) < 2 else False
    spelt = {match["surname"] for match in _PINYIN_NAME.finditer(en)}
    named = {_SPELLING[match["surname"]] for match in _CHINESE_NAME.finditer(zh)}
    if not spelt or not named:
        return None
    present = {_SPELLING[character] for character in zh if character in _SPELLING}
    return bool(spelt & present) or any(re.search(rf"\b{name}\b", en) for name in named)
