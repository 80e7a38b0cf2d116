"""Characters that look like others or like nothing, and what a reader of the page takes them for. A leaf module.

What has a replacement of one character is replaced as the page is read, so that every stage sees the letter that was
meant and offsets stay. What is invisible stays in `Page.text` and is left out of the texts of sentences and units.
"""

import re
import unicodedata

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
INVISIBLE = re.compile(
    f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])|"
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Soft hyphen, zero-width spaces and joiners, direction marks, byte order marks within text, variation selectors and
tags: none of them has a shape or a width of its own (Unicode Standard, section 23.2 to 23.9). A joiner between two
emoji stays: it makes one picture of them."""

_RADICAL = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5]")
_SUPPLEMENT = """
    ⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍尐 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑
    ⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爬 ⺦丬 ⺧牛 ⺨犭 ⺩王
    ⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽𦥑
    ⺾艹 ⺿艺 ⻀艻 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辷 ⻎辸 ⻏邑 ⻐钅 ⻑長
    ⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼
    ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟
    """
"""CJK radicals supplement, each before its ideograph: EquivalentUnifiedIdeograph.txt of Unicode 14.0. U+2E80 and some
others have none."""
_BULLET = re.compile("^(\\s*)(?:[\uf020-\uf0ff]|[\ue000-\uf8ff](?=\\s))")
"""Symbol and Wingdings keep their glyphs at U+F020 to U+F0FF; other private fonts put theirs anywhere in the area."""
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_FULL_WIDTH_LETTER = re.compile("[\uff21-\uff3a\uff41-\uff5a]")
_EAST_ASIAN = re.compile(
    "[\u2e80-\u2fdf\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af]"
)
_FEWEST_LETTERS = 4


def _read_radicals() -> dict[str, str]:
    kangxi = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return kangxi | {pair[0]: pair[1] for pair in _SUPPLEMENT.split()}


_RADICALS = _read_radicals()


def remove_invisible(text: str) -> str:
    """`text` without the characters that have neither shape nor width."""
    return INVISIBLE.sub("", text)


def replace_lookalikes(line: str) -> str:
    """`line`, of the same length, with the characters that were meant.

    Kangxi and supplementary radicals become ideographs, a private-use character that opens the line a bullet, and
    full-width letters, digits and marks of a line without East Asian characters become ASCII.
    """
    if line.isascii():
        return line
    line = _RADICAL.sub(lambda match: _RADICALS.get(match.group(), match.group()), line)
    line = _BULLET.sub(r"\1•", line)
    if len(_FULL_WIDTH_LETTER.findall(line)) >= _FEWEST_LETTERS and not _EAST_ASIAN.search(line):
        line = _FULL_WIDTH.sub(lambda match: chr(ord(match.group()) - 0xFEE0), line)
    return line
