"""Sentence boundaries of both languages: a section in, sentences with their spans in the page out.

The rules are our own because the libraries lose clearly on press releases. The first 146 cases of
`sentence_cases.json` split right,
and F1 of the boundaries inside WMT21 news segments (`python -m benchmarks splitters`, 2 cores, Python 3.11):

|                  | English  | Chinese | F1 en | F1 zh | sentences/s en, zh |
|------------------|---------:|--------:|------:|------:|-------------------:|
| these rules      |  83 / 83 | 63 / 63 | 0.972 | 0.977 |   113,000, 235,000 |
| sentencex 1.0.32 |  69 / 83 | 43 / 63 | 0.615 | 0.640 |   2.3 M, 1.4 M     |
| pysbd 0.3.4      |  71 / 83 | 28 / 63 | 0.447 | 0.407 |     7,000, 20,000  |
| syntok 1.4.4     |  71 / 83 |  6 / 63 | 0.640 | 0.000 |    19,000, 37,000  |

The cases are those the rules were written for; the news lines were split by other rules than these. F1 zh leaves
boundaries after a semicolon out (there a semicolon always ends a line; with them it is 0.756 for these rules and 0.425
for sentencex). A library under the rules would have to be overruled about as often as it is right, so none is used.

What the rules do:
- A sentence ends at `.!?…` (English, before a capital, a number or an opening mark) or `。！？…` (Chinese), together
  with the closing quotation marks and brackets that follow, even where a stray space stands before them.
- Nothing splits inside brackets, nor in Chinese inside title marks 《》; a bracket that never closes protects nothing.
- Sentences inside one quotation are sentences: a quotation may run over a paragraph, and the aligner joins what the
  other language keeps together. What follows the quotation stays with it when it belongs to it grammatically: a
  short attribution (`“…？”他问。`, `“…?” Mr. Chan asked.`), 的, 等, a comma.
- Footnote marks and emoji after a stop belong to the sentence before it; who wrote a text, in brackets after its last
  stop, stands alone.
- A Chinese semicolon ends a sentence only where both clauses are long (`LONG_CLAUSE`).

What they do not catch: an abbreviation we do not list before a capital (`Sino-Brit. Joint`), a company name that ends
in `!` before a capital (`oOh! Media`), and a sentence that ends in an initial or a company form before a word that is
no common sentence opening (`… by Lumen Inc. Regulators agreed.`): these stay joined or split one time too often.
"""

from aligner.records import Language, Section, Sentence
from aligner.sentences import chinese, english
from aligner.text.characters import SPACE, normalise_space
from aligner.text.lookalikes import INVISIBLE


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty where there is nothing else."""
    leading = SPACE.match(text, start, end)
    start = leading.end() if leading else start
    while end > start and SPACE.match(text[end - 1]):
        end -= 1
    return start, end


def split_text(text: str, language: Language) -> list[tuple[int, int]]:
    """Spans `[start, end)` of the sentences in `text`, ascending, disjoint, without white space at their ends.

    Every character of `text` that is neither white space nor invisible lies in exactly one span. Time grows linearly
    with the text.
    """
    if not INVISIBLE.search(text):
        return _split_visible(text, language)
    places = [place for place, character in enumerate(text) if not INVISIBLE.match(character)]
    spans = _split_visible("".join(text[place] for place in places), language)
    return [(places[start], places[end - 1] + 1) for start, end in spans]


def _split_visible(text: str, language: Language) -> list[tuple[int, int]]:
    cuts = chinese.find_cuts(text) if language is Language.ZH else english.find_cuts(text)
    spans = []
    start = 0
    for cut in cuts:
        spans.append(_trim(text, start, cut))
        start = cut
    spans.append(_trim(text, start, len(text)))
    return [(begin, end) for begin, end in spans if begin < end]


def split_sentences(section: Section) -> tuple[Sentence, ...]:
    """The sentences of a section in reading order; no sentence reaches over the end of a passage."""
    return tuple(
        Sentence(
            text=normalise_space(passage.text[begin:end]),
            language=section.language,
            start=passage.start + begin,
            end=passage.start + end,
            paragraph=paragraph,
            is_title=passage.is_title,
        )
        for paragraph, passage in enumerate(section.passages)
        for begin, end in split_text(passage.text, section.language)
    )
