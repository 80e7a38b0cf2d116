"""Lexical evidence: words, names and numbers that an English and a Chinese sentence have in common.

lexicon = load_lexicon()
en = describe_terms(en_sentences, Language.EN, lexicon)
zh = describe_terms(zh_sentences, Language.ZH, lexicon)
coverage = cover(en, zh, base, width, tile)
"""

from aligner.lexicon.coverage import Coverage, cover
from aligner.lexicon.dictionary import dictionary_path
from aligner.lexicon.lexicon import Lexicon, load_lexicon
from aligner.lexicon.terms import Terms, describe_terms

__all__ = ["Coverage", "Lexicon", "Terms", "cover", "describe_terms", "dictionary_path", "load_lexicon"]
