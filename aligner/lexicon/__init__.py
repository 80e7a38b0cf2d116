"""Lexical evidence: words, names and numbers that an English and a Chinese sentence have in common.

lexicon = load_lexicon()
en = describe_terms(en_sentences, Language.EN, lexicon)
zh = describe_terms(zh_sentences, Language.ZH, lexicon)
"""

from aligner.lexicon.dictionary import dictionary_path
from aligner.lexicon.lexicon import Lexicon, load_lexicon
from aligner.lexicon.terms import Terms, describe_terms, repeat_ranges

__all__ = ["Lexicon", "Terms", "describe_terms", "dictionary_path", "load_lexicon", "repeat_ranges"]
