"""The default encoder: USE multilingual v3, run by NumPy, with vectors of sentence windows for the price of sums.

The model looks up each token, runs three small convolutions of two layers over neighbouring tokens, adds up the
normalised token features and sends the sum through a small network. Two properties are used here:

- the first convolution layer is a sum of terms that depend on one token each, so the terms are computed once for each
  *different* token of a chunk (a chunk of news holds about seven tokens for each different one);
- a text's vector depends on its tokens through their sum alone, so a window of sentences needs only the sum of its
  sentences' sums, corrected where two sentences meet: see `embedded_sums`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np

from aligner.encoders.embedded_sums import Piece, SentenceSums, Tokens, count_marked, mark_ends, sum_sentences
from aligner.encoders.embedded_weights import load_weights, resource_folder
from aligner.records import FloatArray, IntArray, Language
from aligner.runtime.threads import run_all, single_threaded_blas

_ORDERS = (2, 3, 5)
"""Widths of the three convolutions, in tokens; each reaches `(width - 1) // 2` to the left, the rest to the right."""
_WIDTH = 256
_EMBEDDING = 512
_MOST_LEFT = (max(_ORDERS) - 1) // 2
_BATCH_TOKENS = 1024
"""Tokens in one pass; throughput is flat from 512 to 4096, memory is not."""
_CHUNK_TOKENS = 32_000
"""Tokens that share one table of different tokens, which takes 14 kB for each of them."""
_MAX_TOKENS = 2048
"""Longer texts are cut: nothing that long is a sentence, and memory must be bounded."""
_UNKNOWN = 0
_EPSILON = 1e-12
_CLAUSE_MARKS = (",", ";", ":", "—", "–", "--", "▁--", "),", "》,", "'',")
"""Tokens that end a clause; full-width marks have the same tokens."""
_LEAST_CLAUSE = 4
"""Tokens of the shortest clause; shorter pieces stay with their neighbour."""
_GLUE = "。"
"""Put before a Chinese sentence to tokenise it as it stands inside a text, without the mark of a text's first word."""


class UseEncoder:
    """USE multilingual v3 as a function from texts to unit vectors of 512 numbers."""

    name = "use-multilingual-v3"
    dimension = _EMBEDDING

    def __init__(self, cache_folder: Path | None = None) -> None:
        """
        :param cache_folder: where the unpacked weights are kept; the user's cache if None.
        :raises EncoderError: where the package with the weights is not installed.
        """
        import sentencepiece

        self._weights = load_weights(cache_folder)
        self._tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(resource_folder() / "sp.model"))
        self._clause_marks = {self._tokenizer.piece_to_id(mark) for mark in _CLAUSE_MARKS} - {_UNKNOWN}

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """`(len(texts), 512)` float32, unit rows; a text without tokens gives a zero row."""
        bodies = self.tokenize(texts)
        tokens = count_marked(bodies)
        pieces = [(text, text, 0, int(count)) for text, count in enumerate(tokens)]
        with single_threaded_blas():
            sums = self.sum_pieces([mark_ends(body) for body in bodies], pieces)
            return self.finish(sums, tokens)

    def sum_sentences(self, sentences: Sequence[str], language: Language) -> SentenceSums:
        """What is needed for the vectors of all windows of consecutive `sentences` of one text.

        Windows read as one text: Chinese without, English with a space between.
        """
        with single_threaded_blas():
            return sum_sentences(self, sentences, language)

    def finish(self, sums: FloatArray, tokens: FloatArray) -> FloatArray:
        """The network after the sum.

        :param sums: `(n, 512)` projected token sums.
        :param tokens: `(n,)` number of tokens in each; zero tokens give a zero row.
        :return: `(n, 512)` float32, unit rows.
        """
        w = self._weights
        mean = sums + tokens[:, None] * w["output_bias"]
        mean /= np.sqrt(np.maximum(tokens, 1))[:, None]
        first = np.maximum(mean @ w["d0"], 0)
        second = np.maximum(mean @ w["p1"] + first @ w["d1"], 0)
        third = np.maximum(second @ w["d2"], 0)
        vectors = np.tanh(second @ w["p3"] + third @ w["d3"])
        vectors /= np.sqrt(np.maximum(np.einsum("ij,ij->i", vectors, vectors), _EPSILON))[:, None]
        vectors[tokens == 0] = 0
        return cast(FloatArray, vectors)

    def find_clauses(self, body: Tokens) -> tuple[int, int]:
        """Tokens up to the end of the first clause and up to the start of the last one; `(0, 0)` for one clause."""
        ends = [
            index + 1
            for index, token in enumerate(body)
            if token in self._clause_marks and _LEAST_CLAUSE <= index + 1 <= len(body) - _LEAST_CLAUSE
        ]
        return (ends[0], ends[-1]) if ends else (0, 0)

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text, without the marks of start and end."""
        # Characters before tokens: a text of 50 MB must not be tokenised only to be cut.
        cut = [text[: 8 * _MAX_TOKENS] for text in texts]
        bodies: list[Tokens] = self._tokenizer.encode(cut, out_type=int)
        for index, body in enumerate(bodies):
            if _UNKNOWN in body:
                bodies[index] = self._one_token_per_unknown(cut[index], body)
        return [body[:_MAX_TOKENS] for body in bodies]

    def _one_token_per_unknown(self, text: str, body: Tokens) -> Tokens:
        """`body` with one token for each unknown character, where the tokeniser gives one for a run of them.

        The package that ships the weights counts them singly; rare names are where the two would differ.
        """
        pieces: list[str] = self._tokenizer.encode(text, out_type=str)
        repeats = [len(piece) if token == _UNKNOWN else 1 for token, piece in zip(body, pieces, strict=True)]
        return [token for token, count in zip(body, repeats, strict=True) for _ in range(count)]

    def tokenize_inside(self, sentences: Sequence[str]) -> list[Tokens]:
        """Tokens of Chinese sentences as they come after another one.

        Measured on 13,614 pairs of neighbours: tokens of the first and these make exactly the tokens of both.
        """
        mark = len(self._tokenizer.encode(_GLUE))
        return [body[mark:] for body in self.tokenize([_GLUE + sentence for sentence in sentences])]

    def sum_pieces(self, texts: list[Tokens], pieces: list[Piece]) -> FloatArray:
        """Projected sums of the token features inside pieces of the texts, `(rows, 512)` float32.

        :param pieces: in the order of rows and of texts; those of one row, at most two, are added up.
        """
        table = np.array(pieces, np.int64).reshape(-1, 4)
        sums = np.zeros((int(table[:, 0].max(initial=-1)) + 1, _EMBEDDING), np.float32)
        for chunk in _group(texts, _CHUNK_TOKENS):
            tokens, flat = np.unique(np.concatenate([np.array(t, np.int64) for t in texts[chunk]]), return_inverse=True)
            token_table = self._look_up(tokens)
            here = slice(*np.searchsorted(table[:, 1], [chunk.start, chunk.stop]))
            job = _Job(token_table, flat, np.array([len(text) for text in texts[chunk]]), table[here], chunk.start)
            run_all(partial(self._sum_batch, job, sums), _group(texts[chunk], _BATCH_TOKENS))
        return sums

    def _sum_batch(self, job: "_Job", sums: FloatArray, batch: slice) -> None:
        """Fill in the sums of some of the job's texts."""
        rows = job.pieces[slice(*np.searchsorted(job.pieces[:, 1] - job.first, [batch.start, batch.stop]))]
        if len(rows) == 0:
            return
        lengths = job.lengths[batch]
        before = int(job.lengths[: batch.start].sum())
        starts = np.cumsum(lengths) - lengths
        features = self._features(job.tokens, job.flat[before : before + int(lengths.sum())], lengths)
        low, high = rows[0, 0], rows[-1, 0] + 1
        spans = rows[:, 2:] + starts[rows[:, 1] - job.first - batch.start, None]
        sums[low:high] = _mark_pieces(rows[:, 0] - low, spans, len(features)) @ features @ self._weights["output"]

    def _look_up(self, tokens: IntArray) -> "_TokenTable":
        """Everything that depends on one token alone, for each of the `(u,)` different `tokens`."""
        w = self._weights
        chunk = tokens % len(w["scale"])
        embedding = w["table"][tokens] * w["scale"][chunk, None] + w["lo"][chunk, None]
        hidden = embedding @ w["projection"] + w["projection_bias"]
        hidden -= hidden.mean(axis=1, keepdims=True)
        hidden /= np.sqrt(np.einsum("ij,ij->i", hidden, hidden) / hidden.shape[1] + _EPSILON)[:, None]
        hidden = hidden * w["projection_gain"] + w["projection_shift"]
        terms = []
        for branch, width in enumerate(_ORDERS):
            part = hidden[:, branch * _WIDTH : (branch + 1) * _WIDTH]
            weights = w[f"w1_{width}"].reshape(width, _WIDTH, _WIDTH)
            branch_terms = np.zeros((width, len(tokens) + 1, _WIDTH), np.float32)
            for place in range(width):
                np.matmul(part, weights[place], out=branch_terms[place, :-1])
            terms.append(branch_terms)
        return _TokenTable(embedding, hidden, tuple(terms))

    def _features(self, table: "_TokenTable", flat: IntArray, lengths: IntArray) -> FloatArray:
        """Layer-normalised features of each token (gain and bias are in the output weights).

        :param flat: `(t,)` rows of `table`, the texts one after the other.
        :param lengths: tokens of each text; they sum to t.
        :return: `(t + 1, 1280)` float32, the last row zero.
        """
        w, n = self._weights, len(flat)
        neighbours = _neighbours(lengths)
        rows = np.append(flat, len(table.embedding))[neighbours]
        features = np.zeros((n + 1, _EMBEDDING + len(_ORDERS) * _WIDTH), np.float32)
        features[:n, :_EMBEDDING] = table.embedding[flat]
        hidden = np.zeros((n + 1, _WIDTH), np.float32)
        for branch, width in enumerate(_ORDERS):
            first = _MOST_LEFT - (width - 1) // 2
            total = np.broadcast_to(w[f"b1_{width}"], (n, _WIDTH)).copy()
            for place in range(width):
                total += table.terms[branch][place].take(rows[:, first + place], axis=0)
            np.maximum(total, 0, out=hidden[:n])
            hidden[:n] += table.hidden[flat, branch * _WIDTH : (branch + 1) * _WIDTH]
            seen = hidden[neighbours[:, first : first + width]].reshape(n, width * _WIDTH)
            out = np.maximum(seen @ w[f"w2_{width}"] + w[f"b2_{width}"], 0)
            out += hidden[:n]
            features[:n, _EMBEDDING + branch * _WIDTH :][:, :_WIDTH] = out
        body = features[:n]
        body -= body.mean(axis=1, keepdims=True)
        body /= np.sqrt(np.einsum("ij,ij->i", body, body) / body.shape[1] + _EPSILON)[:, None]
        return features


@dataclass(frozen=True, slots=True)
class _Job:
    """Texts whose tokens share a table."""

    tokens: "_TokenTable"
    flat: IntArray
    """`(t,)` rows of the table, the texts one after the other."""
    lengths: IntArray
    """`(n,)` tokens of each text."""
    pieces: IntArray
    """`(k, 4)`, as `Piece` describes them."""
    first: int
    """Number of the first text."""


@dataclass(frozen=True, slots=True)
class _TokenTable:
    """What depends on one token alone, for u different tokens."""

    embedding: FloatArray
    """`(u, 512)`."""
    hidden: FloatArray
    """`(u, 768)`: inputs of the three branches."""
    terms: tuple[FloatArray, ...]
    """For each branch `(width, u + 1, 256)`: what the token adds to the first layer of the token it stands before,
    at or after; row u is zero, for places outside the text."""


def _neighbours(lengths: IntArray) -> IntArray:
    """Places of the tokens from two before to two after each token, `(t, 5)`; t stands for outside the text."""
    n = int(lengths.sum())
    ends = np.repeat(np.cumsum(lengths), lengths)[:, None]
    places = np.arange(n)[:, None] + np.arange(-_MOST_LEFT, max(_ORDERS) - _MOST_LEFT)
    inside = (places >= ends - np.repeat(lengths, lengths)[:, None]) & (places < ends)
    return np.where(inside, places, n)


def _mark_pieces(row: IntArray, spans: IntArray, count: int) -> FloatArray:
    """`(rows, count)` of 1 where a token is in a piece of the row and 0 elsewhere: sums are a product with this.

    A matrix product runs twice as fast as `np.add.reduceat`.

    :param row: `(k,)` ascending row of each span, from 0 on; `spans`: `(k, 2)`.
    """
    changes = np.zeros((int(row[-1]) + 1, count + 1), np.float32)
    np.add.at(changes, (row, spans[:, 0]), 1)
    np.add.at(changes, (row, spans[:, 1]), -1)
    return np.asarray(np.cumsum(changes, axis=1)[:, :-1], np.float32)


def _group(texts: list[Tokens], most: int) -> Iterator[slice]:
    """Consecutive slices of `texts` that hold at most `most` tokens each, a single longer text alone."""
    start = total = 0
    for index, text in enumerate(texts):
        if index > start and total + len(text) > most:
            yield slice(start, index)
            start, total = index, 0
        total += len(text)
    if start < len(texts):
        yield slice(start, len(texts))
