"""Vectors of sentence windows and clauses for the price of sums: what the default encoder keeps of a text.

An encoder whose vector of a text depends on its tokens through the sum of their features alone needs, for a window of
sentences, only the sum of its sentences' sums, corrected where two sentences meet.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from aligner.records import FloatArray, IntArray, Language

_BOS, _EOS = 1, 2
_REACH = 4
"""A token's features depend on at most this many tokens to either side."""
_BLOCK = 1_024
"""Sentences that are summed at once."""
_STARTS = 256
"""Sentences whose windows are finished at once, at most: those of a whole book at once took hundreds of megabytes, and
longer."""

_WHOLE, _HEAD, _TAIL, _FIRST_CLAUSE, _LAST_CLAUSE = range(5)
"""Rows of sums that belong to one sentence, counted from its first; the last two only where it has several clauses."""

Tokens: TypeAlias = list[int]
Piece: TypeAlias = tuple[int, int, int, int]
"""Tokens to be summed: row of the sums, text, first token and the one after the last."""
HalfArray: TypeAlias = NDArray[np.float16]


class TokenSummer(Protocol):
    """What is asked of the encoder; d numbers to a vector."""

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text, without the marks of start and end."""
        ...

    def tokenize_inside(self, sentences: Sequence[str]) -> list[Tokens]:
        """The tokens of Chinese sentences as they come after another one."""
        ...

    def find_clauses(self, body: Tokens) -> tuple[int, int]:
        """Tokens up to the end of the first clause and up to the start of the last one; `(0, 0)` for one clause."""
        ...

    def sum_pieces(self, texts: list[Tokens], pieces: list[Piece]) -> FloatArray:
        """Summed features of the tokens inside pieces of the texts, `(rows, d)` float32."""
        ...

    def finish(self, sums: FloatArray, tokens: FloatArray) -> FloatArray:
        """Unit vectors `(n, d)` of texts with these sums `(n, d)` and numbers of tokens `(n,)`."""
        ...


@dataclass(frozen=True, slots=True)
class SentenceSums:
    """Projected token sums of consecutive sentences, from which the vector of any window of them follows.

    Inside a window, token features reach over sentence boundaries, and the marks of text start and end stand only at
    the outer edges. `junctions` holds the difference that this makes for each pair of neighbours: what the nearest
    four tokens on either side contribute in their true context, less what they and the inner marks contributed to the
    isolated sentences. Exact but for sentences of under four tokens between two others.
    """

    encoder: TokenSummer
    means: HalfArray
    """`(n, d)`: mean of each sentence's token features; half the precision for half the memory, which sums would
    overflow."""
    sentence_tokens: FloatArray
    """`(n,)`: tokens of each sentence, the two marks included."""
    junctions: HalfArray
    """`(max(n - 1, 0), d)`: correction between sentences i and i + 1."""
    junction_tokens: FloatArray
    """`(max(n - 1, 0),)`: tokens that a junction adds; about -2, for the inner marks."""
    divided: IntArray
    """`(k,)` ascending indices of the sentences that have more than one clause."""
    clause_means: HalfArray
    """`(k, 2, d)`: of their first and last clause, tokens as they stand in the sentence, both marks included."""
    clause_tokens: FloatArray
    """`(k, 2)`"""

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.means)

    def without_last(self) -> "SentenceSums":
        """All sentences but the last one; the junction before that stays, for the text goes on."""
        count = len(self) - 1
        divided = int(np.searchsorted(self.divided, count))
        return replace(
            self,
            means=self.means[:count],
            sentence_tokens=self.sentence_tokens[:count],
            divided=self.divided[:divided],
            clause_means=self.clause_means[:divided],
            clause_tokens=self.clause_tokens[:divided],
        )

    def vectors(self, first: int, last: int, depth: int) -> FloatArray:
        """Vectors of all windows of 1 to `depth` sentences that start at sentences `first` to `last - 1`.

        :return: `(last - first, depth, d)` float32, unit rows; `[i, k]` is the window of `k + 1` sentences from
            sentence `first + i` on, zero where it would reach beyond the last sentence.
        """
        out = np.zeros((last - first, depth, self.means.shape[1]), np.float32)
        for start in range(first, last, _STARTS):
            end = min(start + _STARTS, last)
            self._fill_windows(out[start - first : end - first], start, end)
        return out

    def _fill_windows(self, out: FloatArray, first: int, last: int) -> None:
        """Put into `out` the vectors of the windows that start at these sentences."""
        depth = out.shape[1]
        reached = self.means[first : last + depth - 1]
        sums = reached * self.sentence_tokens[first : first + len(reached), None]
        totals, tokens = [sums[: last - first]], [self.sentence_tokens[first:last]]
        for extra in range(1, depth):
            starts = max(0, min(last, len(self) - extra) - first)
            added, junction = first + extra, first + extra - 1
            total = totals[-1][:starts] + sums[extra : extra + starts]
            total += self.junctions[junction : junction + starts]
            totals.append(total)
            count = tokens[-1][:starts] + self.sentence_tokens[added : added + starts]
            tokens.append(count + self.junction_tokens[junction : junction + starts])
        finished = self.encoder.finish(np.concatenate(totals), np.concatenate(tokens))  # few large products are faster
        ends = np.cumsum([len(total) for total in totals])
        for extra, vectors in enumerate(np.split(finished, ends[:-1])):
            out[: len(vectors), extra] = vectors

    def clauses(self, first: int, last: int) -> FloatArray:
        """Vectors of the first and the last clause of sentences `first` to `last - 1`; a sentence's own where it has
        only one.

        :return: `(last - first, 2, d)` float32, unit rows.
        """
        out = np.repeat(self.vectors(first, last, 1), 2, axis=1)
        here = slice(*np.searchsorted(self.divided, [first, last]))
        for edge in (0, 1):
            tokens = self.clause_tokens[here, edge]
            vectors = self.encoder.finish(self.clause_means[here, edge] * tokens[:, None], tokens)
            out[self.divided[here] - first, edge] = vectors
        return out


def sum_sentences(encoder: TokenSummer, sentences: Sequence[str], language: Language) -> SentenceSums:
    """The sums of one text, block by block: full precision is held for one block only."""
    return _join(_sum_blocks(encoder, sentences, language), len(sentences))


def _sum_blocks(encoder: TokenSummer, sentences: Sequence[str], language: Language) -> Iterator[SentenceSums]:
    for first in range(0, max(len(sentences) - 1, 1), _BLOCK):
        block = _sum_block(encoder, sentences[first : first + _BLOCK + 1], language)
        if first + _BLOCK < len(sentences) - 1:  # it ends with the first sentence of the next one, for their junction
            block = block.without_last()
        yield replace(block, divided=block.divided + first)


def _join(blocks: Iterator[SentenceSums], count: int) -> SentenceSums:
    """The sums of all blocks, each written to its place at once: a long text is never held twice.

    :param count: sentences of all blocks, at least the rows of any array; memory of rows not written is not touched.
    """
    block = next(blocks)
    parts = {field.name: getattr(block, field.name) for field in fields(SentenceSums) if field.name != "encoder"}
    arrays = {name: np.empty((count, *part.shape[1:]), part.dtype) for name, part in parts.items()}
    written = dict.fromkeys(parts, 0)
    for each in itertools.chain([block], blocks):
        for name, array in arrays.items():
            part, first = getattr(each, name), written[name]
            array[first : first + len(part)] = part
            written[name] += len(part)
    return SentenceSums(block.encoder, **{name: array[: written[name]] for name, array in arrays.items()})


def _sum_block(encoder: TokenSummer, sentences: Sequence[str], language: Language) -> SentenceSums:
    bodies = encoder.tokenize(sentences)
    inner = encoder.tokenize_inside(sentences) if language is Language.ZH else bodies
    edges = [_differing_start(alone, inside) for alone, inside in zip(bodies, inner, strict=True)]
    tokens = count_marked(bodies)
    pieces: list[Piece] = []
    place = np.zeros(len(bodies), np.int64)
    divided = []
    for index, (body, (alone, _)) in enumerate(zip(bodies, edges, strict=True)):
        place[index] = pieces[-1][0] + 1 if pieces else 0
        pieces += _list_pieces(int(place[index]), index, len(body), alone, clauses := encoder.find_clauses(body))
        if clauses[0]:
            divided.append(index)
    sums = encoder.sum_pieces([mark_ends(body) for body in bodies], pieces)
    lengths = np.bincount([row for row, *_ in pieces], [last - first for *_, first, last in pieces])
    joined, joined_pieces = _join_edges(bodies, inner, [inside for _, inside in edges])
    junctions = encoder.sum_pieces(joined, joined_pieces)
    heads, tails = place[1:] + _HEAD, place[:-1] + _TAIL
    junctions -= sums[heads] + sums[tails]
    junction_tokens = np.array([last - first for *_, first, last in joined_pieces]) - lengths[heads] - lengths[tails]
    rows = place[divided, None] + (_FIRST_CLAUSE, _LAST_CLAUSE)
    marked, clause_tokens = np.maximum(tokens, 1), lengths[rows].astype(np.float32)
    return SentenceSums(
        encoder,
        (sums[place + _WHOLE] / marked[:, None]).astype(np.float16),
        tokens,
        junctions.astype(np.float16),
        junction_tokens.astype(np.float32),
        np.array(divided, np.int64),
        (sums[rows] / np.maximum(clause_tokens, 1)[..., None]).astype(np.float16),
        clause_tokens,
    )


def mark_ends(body: Tokens) -> Tokens:
    """The tokens with the marks of start and end; nothing for an empty text."""
    return [_BOS, *body, _EOS] if body else []


def count_marked(bodies: list[Tokens]) -> FloatArray:
    """`(n,)` tokens of each text with its marks."""
    return np.array([len(body) + 2 if body else 0 for body in bodies], np.float32)


def _differing_start(alone: Tokens, inside: Tokens) -> tuple[int, int]:
    """How many tokens at the start of two tokenisations of one sentence differ, in each."""
    same = 0
    while same < min(len(alone), len(inside)) and alone[-1 - same] == inside[-1 - same]:
        same += 1
    return len(alone) - same, len(inside) - same


def _list_pieces(row: int, text: int, count: int, differing: int, clauses: tuple[int, int]) -> list[Piece]:
    """What is summed of a sentence, in rows from `row` on: all of it, its head, its tail, and where it has several
    clauses the first and the last one, each with the marks of start and end.

    :param count: its tokens, without the marks.
    :param differing: tokens at its start that are others where the sentence stands inside a text.
    """
    if not count:
        return [(row + part, text, 0, 0) for part in (_WHOLE, _HEAD, _TAIL)]
    last = count + 2
    pieces = [
        (row + _WHOLE, text, 0, last),
        (row + _HEAD, text, 0, min(count, differing + _REACH) + 1),
        (row + _TAIL, text, max(0, count - _REACH) + 1, last),
    ]
    if clauses[0]:
        pieces += [(row + _FIRST_CLAUSE, text, 0, clauses[0] + 1), (row + _FIRST_CLAUSE, text, last - 1, last)]
        pieces += [(row + _LAST_CLAUSE, text, 0, 1), (row + _LAST_CLAUSE, text, clauses[1] + 1, last)]
    return pieces


def _join_edges(bodies: list[Tokens], inner: list[Tokens], changed: list[int]) -> tuple[list[Tokens], list[Piece]]:
    """The tokens around each junction in their true context, and the piece that the junction corrects.

    :param changed: for each sentence, how many of its first `inner` tokens differ from `bodies`.
    """
    joined: list[Tokens] = []
    pieces: list[Piece] = []
    for index in range(len(bodies) - 1):
        left, right = bodies[index], inner[index + 1]
        before = [_BOS, *left][-2 * _REACH :]
        after = [*right, _EOS][: changed[index + 1] + 2 * _REACH]
        joined.append(before + after)
        head = min(len(right), changed[index + 1] + _REACH)
        pieces.append((index, index, len(before) - min(_REACH, len(left)), len(before) + head))
    return joined, pieces
