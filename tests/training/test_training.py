"""Training: the gradient is the derivative of the loss, the gold allows what it should, weights survive their file."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from alignment_grids import NumberEncoder, walk_paths, whole_grid, write_en, write_zh

from aligner.align import scorer as scorer_module
from aligner.align.document import Side, align_document
from aligner.align.grid import BEAD_TYPES
from aligner.align.lattice import Candidates, list_candidates
from aligner.align.scorer import COARSE_FEATURES, GROUP_OF_TYPE, TYPE_GROUPS, Scorer, ScorerPair, load_scorers
from aligner.encoders.base import Encoder
from aligner.evaluation import GoldDocument
from aligner.records import Alignment, Bead, FloatArray
from aligner.training import train_scorer
from aligner.training.augment import Lesson
from aligner.training.fitting import Fit, columns_of_alone, fit, join_problems, loss_and_gradient, standardisation
from aligner.training.lessons import NOISES, ROUNDS, list_lessons, read_lessons
from aligner.training.problems import Problem, build_problems
from aligner.training.train_scorer import write_scorers

FEATURES = len(COARSE_FEATURES)
ONE_SIDED = np.array([min(shape) == 0 for shape in BEAD_TYPES])
OF_ALONE = np.array([name.startswith("null.") for name in COARSE_FEATURES])


def make_problem(*sizes: tuple[int, int], seed: int, paths: int = 1) -> Problem:
    """Random features, where a bead has them, and a gold of some random paths through each chunk."""
    random = np.random.default_rng(seed)
    candidates = list_candidates(whole_grid(*sizes))
    features = random.standard_normal((len(candidates), FEATURES))
    features[ONE_SIDED[candidates.type_index][:, None] != OF_ALONE] = 0
    allowed = np.zeros(len(candidates), bool)
    for ways in walk_chunks(candidates):
        for way in random.choice(len(ways), paths, replace=False):
            allowed[ways[way]] = True
    return Problem("made", candidates, features, allowed, 0, 0, weight=0.5 + seed % 3)


def walk_chunks(candidates: Candidates) -> list[list[list[int]]]:
    """All paths through each chunk."""
    chunks = [np.flatnonzero(candidates.chunk == number) for number in np.unique(candidates.chunk)]
    return [[rows[list(way)].tolist() for way in walk_paths(candidates.take(rows))] for rows in chunks]


def random_parameters(seed: int) -> FloatArray:
    """Multiples of 1/1024, which float32 holds exactly: what is left of the differences is the derivative."""
    size = len(BEAD_TYPES) + FEATURES + len(TYPE_GROUPS) * FEATURES
    return np.round(np.random.default_rng(seed).normal(scale=0.2, size=size) * 1024) / 1024


# --- the loss -------------------------------------------------------------------------------------------------------


def test_gradient_is_the_derivative_of_the_loss() -> None:
    """Central differences, along random directions and along single parameters of every part."""
    batch = join_problems(
        [make_problem((3, 3), seed=1, paths=4), make_problem((2, 4), (3, 1), seed=2), make_problem((1, 1), seed=3)]
    )
    parameters = random_parameters(1)
    _, gradient = loss_and_gradient(batch, parameters)
    random = np.random.default_rng(2)
    directions = [random.integers(-1, 2, len(parameters)).astype(float) for _ in range(5)]
    parts = (
        (0, len(BEAD_TYPES)),
        (len(BEAD_TYPES), len(BEAD_TYPES) + FEATURES),
        (len(BEAD_TYPES) + FEATURES, len(parameters)),
    )
    singles = [int(random.integers(*part)) for part in parts for _ in range(8)]
    directions += [np.eye(len(parameters))[single] for single in singles]
    for direction in directions:
        step = 2.0**-9
        ahead, _ = loss_and_gradient(batch, parameters + step * direction)
        behind, _ = loss_and_gradient(batch, parameters - step * direction)
        assert (ahead - behind) / (2 * step) == pytest.approx(gradient @ direction, abs=2e-3, rel=1e-3)


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param([(3, 2)], id="one chunk"),
        pytest.param([(3, 2), (0, 2), (2, 3)], id="several chunks, one of them of one side"),
    ],
)
def test_loss_is_the_improbability_of_the_gold(sizes: list[tuple[int, int]]) -> None:
    """Against all paths, one by one."""
    paths = 1 if (0, 2) in sizes else 3
    problem = make_problem(*sizes, seed=4, paths=paths)
    parameters = random_parameters(3)
    bias, weights = (
        parameters[: len(BEAD_TYPES)],
        parameters[len(BEAD_TYPES) + FEATURES :].reshape(len(TYPE_GROUPS), FEATURES),
    )
    weights = weights + parameters[len(BEAD_TYPES) : len(BEAD_TYPES) + FEATURES]
    shapes = problem.candidates.type_index
    scores = bias[shapes] + (problem.features * weights[GROUP_OF_TYPE[shapes]]).sum(axis=1)
    expected = 0.0
    for ways in walk_chunks(problem.candidates):
        right = [way for way in ways if problem.allowed[way].all()]
        total, gold = (np.logaddexp.reduce([scores[way].sum() for way in some]) for some in (ways, right))
        expected += problem.weight * (total - gold)
    loss, _ = loss_and_gradient(join_problems([problem]), parameters)
    assert loss == pytest.approx(expected, abs=1e-4)


def test_a_chunk_that_cannot_be_learned_from_is_left_out() -> None:
    """Its candidates are not there; the chunks around it are learned from as if it had never been."""
    whole = make_problem((3, 2), (2, 2), (2, 3), seed=9)
    rows = np.flatnonzero(whole.candidates.chunk != 1)
    left = replace(
        whole, candidates=whole.candidates.take(rows), features=whole.features[rows], allowed=whole.allowed[rows]
    )
    apart = []
    for number in (0, 2):
        mine = np.flatnonzero(whole.candidates.chunk == number)
        apart.append(
            replace(
                whole,
                candidates=whole.candidates.take(mine),
                features=whole.features[mine],
                allowed=whole.allowed[mine],
            )
        )
    parameters = random_parameters(6)
    loss, gradient = loss_and_gradient(join_problems([left]), parameters)
    expected, expected_gradient = loss_and_gradient(join_problems(apart), parameters)
    assert loss == pytest.approx(expected, abs=1e-5)
    np.testing.assert_allclose(gradient, expected_gradient, atol=1e-5)
    batch = join_problems([left, make_problem((2, 2), seed=1)])
    assert batch.weights.tolist() == [0.5, 0.5, 1.5]
    assert set(batch.texts.tolist()) == {0, 1, 2}


def test_nothing_to_learn_where_all_is_right() -> None:
    problem = make_problem((3, 3), seed=5)
    everything = replace(problem, allowed=np.ones(len(problem.candidates), bool))
    loss, gradient = loss_and_gradient(join_problems([everything]), random_parameters(4))
    assert loss == pytest.approx(0, abs=1e-6)
    np.testing.assert_allclose(gradient, 0, atol=1e-5)


def test_loss_of_documents_is_the_sum_of_theirs() -> None:
    problems = [make_problem((3, 2), seed=seed) for seed in (6, 7, 8)]
    parameters = random_parameters(5)
    apart = [loss_and_gradient(join_problems([problem]), parameters) for problem in problems]
    loss, gradient = loss_and_gradient(join_problems(problems), parameters)
    assert loss == pytest.approx(sum(each[0] for each in apart), abs=1e-4)
    np.testing.assert_allclose(gradient, sum(each[1] for each in apart), atol=1e-4)


# --- the fit --------------------------------------------------------------------------------------------------------


def give_away(problem: Problem) -> Problem:
    """The first features tell right from wrong."""
    features = problem.features.copy()
    told = np.where(ONE_SIDED[problem.candidates.type_index], int(OF_ALONE.argmax()), 1)
    features[np.arange(len(features)), told] = np.where(problem.allowed, 2.0, -2.0)
    return replace(problem, features=features.astype(np.float32))


def test_fit_learns_what_tells_right_from_wrong() -> None:
    """On documents that it has not seen."""
    learned = fit(
        [give_away(make_problem((3, 3), seed=seed)) for seed in range(12)], COARSE_FEATURES, 1.0, 1.0, iterations=60
    ).scorer()
    for seed in (50, 51, 52):
        problem = give_away(make_problem((4, 3), seed=seed))
        scores = learned.score(problem.features, problem.candidates.type_index)
        best = max(walk_paths(problem.candidates), key=lambda way: scores[list(way)].sum())
        assert set(best) == set(np.flatnonzero(problem.allowed).tolist())


def test_fit_is_deterministic() -> None:
    problems = [give_away(make_problem((3, 3), seed=seed)) for seed in range(4)]
    one, two = (fit(problems, COARSE_FEATURES, 10.0, 2.0, iterations=20) for _ in range(2))
    for name in ("bias", "shared", "own", "mean", "scale"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_scorer_takes_features_as_they_are_measured() -> None:
    """Mean and spread go into weights and bias, so that shifted or stretched features give the same scores."""
    problems = [give_away(make_problem((3, 3), seed=seed)) for seed in range(4)]
    random = np.random.default_rng(9)
    scale, shift = random.uniform(0.1, 10, FEATURES), random.normal(size=FEATURES)

    def stretch(problem: Problem) -> Problem:
        there = ONE_SIDED[problem.candidates.type_index][:, None] == OF_ALONE
        return replace(problem, features=np.where(there, problem.features * scale + shift, 0).astype(np.float32))

    plain, stretched = (
        fit(some, COARSE_FEATURES, 10.0, 2.0, 30).scorer() for some in (problems, [stretch(p) for p in problems])
    )
    shapes = problems[0].candidates.type_index
    expected = plain.score(problems[0].features, shapes)
    np.testing.assert_allclose(stretched.score(stretch(problems[0]).features, shapes), expected, atol=0.05)
    assert np.ptp(expected) > 1


def test_features_are_standardised_over_the_beads_that_have_them() -> None:
    """Zeros that stand for "no such feature" count neither for mean nor for spread."""
    problems = [make_problem((3, 3), (2, 2), seed=seed) for seed in range(3)]
    mean, scale = standardisation(problems, COARSE_FEATURES)
    np.testing.assert_array_equal(columns_of_alone(COARSE_FEATURES), OF_ALONE)
    features = np.concatenate([problem.features for problem in problems])
    alone = ONE_SIDED[np.concatenate([problem.candidates.type_index for problem in problems])]
    for column, of_alone in enumerate(OF_ALONE.tolist()):
        values = features[alone == of_alone, column]
        assert (mean[column], scale[column]) == pytest.approx((values.mean(), values.std()), rel=1e-5)


def test_scorer_has_no_weights_for_features_that_a_bead_does_not_have() -> None:
    learned = fit([give_away(make_problem((3, 3), seed=seed)) for seed in range(3)], COARSE_FEATURES, 10.0, 2.0, 20)
    one_sided_kinds = np.array(["0" in kind for kind in TYPE_GROUPS])
    weights = learned.scorer().weights
    assert not weights[one_sided_kinds[:, None] != OF_ALONE].any()
    assert weights[one_sided_kinds[:, None] == OF_ALONE].any()


def test_constant_features_do_no_harm() -> None:
    """Paragraphs, where no document has any."""
    problems = [give_away(make_problem((3, 3), seed=seed)) for seed in range(3)]
    for problem in problems:
        problem.features[:, 5] = 0
    learned = fit(problems, COARSE_FEATURES, 10.0, 2.0, 20).scorer()
    assert np.isfinite(learned.weights).all()
    assert np.isfinite(learned.bias).all()


# --- what the gold allows -------------------------------------------------------------------------------------------


def make_gold(
    beads: list[tuple[tuple[int, ...], tuple[int, ...]]], segments: tuple[list[int], list[int]] | None = None
) -> GoldDocument:
    gold = tuple(Bead(en, zh) for en, zh in beads)
    en_count, zh_count = sum(len(bead.en) for bead in gold), sum(len(bead.zh) for bead in gold)
    return GoldDocument(
        "made",
        tuple(write_en([line, line + 70]) for line in range(en_count)),
        tuple(write_zh([line, line + 70]) for line in range(zh_count)),
        gold,
        en_segments=tuple(segments[0]) if segments else None,
        zh_segments=tuple(segments[1]) if segments else None,
    )


def list_allowed(document: GoldDocument, draft: Scorer | None = None) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    (problem,) = build_problems(Lesson(document), NumberEncoder(), draft)
    c = problem.candidates.take(np.flatnonzero(problem.allowed))
    rows = zip(c.en_start.tolist(), c.en_size.tolist(), c.zh_start.tolist(), c.zh_size.tolist(), strict=True)
    return {(tuple(range(i, i + m)), tuple(range(j, j + n))) for i, m, j, n in rows}


def one_sided(en: tuple[int, ...], zh: tuple[int, ...]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Each line without counterpart, wherever the other text has come to."""
    return {((line,), ()) for line in en} | {((), (line,)) for line in zh}


PLAIN = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2, 3)), ((), (4,))]


def test_gold_known_by_the_sentence_is_taken_exactly() -> None:
    assert list_allowed(make_gold(PLAIN)) == set(PLAIN)


def test_pruning_keeps_what_the_gold_allows() -> None:
    """Also where the draft thinks little of it."""
    wrong = [((0, 1, 2), (0,)), ((3,), ()), ((4,), (1, 2, 3)), ((), (4,))]
    document = make_gold(wrong)
    draft = load_scorers().coarse
    (pruned,) = build_problems(Lesson(document), NumberEncoder(), draft)
    (whole,) = build_problems(Lesson(document), NumberEncoder(), None)
    assert list_allowed(document, draft) == set(wrong)
    assert len(pruned.candidates) < len(whole.candidates)
    assert pruned.features.shape == (len(pruned.candidates), len(scorer_module.FINAL_FEATURES))
    assert whole.features.shape == (len(whole.candidates), FEATURES)


def test_segments_must_be_divided() -> None:
    """Gold that joins a segment's sentences does not say how they pair: any beads with one sentence on a side will do,
    the whole will not, and no line may be left alone.
    """
    beads = [((0,), (0,)), ((1, 2), (1, 2)), ((3,), (3,))]
    allowed = list_allowed(make_gold(beads, ([0, 1, 1, 2], [0, 1, 1, 2])))
    inside = {((1,), (1,)), ((2,), (2,)), ((1,), (2,)), ((2,), (1,)), ((1, 2), (1,)), ((1, 2), (2,)), ((1,), (1, 2))}
    assert {beads[0], beads[2], ((1,), (1,)), ((2,), (2,))} <= allowed
    assert allowed <= {beads[0], beads[2], *inside, ((2,), (1, 2))}
    assert list_allowed(make_gold(beads)) == set(beads), "without segments the gold means what it says"


def test_crossing_beads_may_be_left_alone() -> None:
    """One path cannot have both: each may be taken or its lines left, and the beads around them are exact."""
    beads = [((0,), (0,)), ((1,), (2,)), ((2,), (1,)), ((3,), (3,))]
    assert list_allowed(make_gold(beads)) == {*beads, *one_sided((1, 2), (1, 2))}


def test_gold_beads_of_no_shape_may_be_divided() -> None:
    """Nine lines against one are more than a bead may have."""
    beads = [((0,), (0,)), (tuple(range(1, 10)), (1,)), ((10,), (2,))]
    assert build_problems(Lesson(make_gold(beads)), NumberEncoder(), None) == [], (
        "with one line there is nothing to divide by"
    )
    beads = [((0,), (0,)), (tuple(range(1, 10)), (1, 2)), ((10,), (3,))]
    allowed = list_allowed(make_gold(beads))
    assert {((0,), (0,)), ((10,), (3,)), ((1, 2, 3, 4), (1,)), ((5, 6, 7, 8, 9), (2,))} <= allowed
    assert all(set(en) <= set(range(1, 10)) for en, zh in allowed if zh and zh[0] in {1, 2})


LONG: list[tuple[tuple[int, ...], tuple[int, ...]]] = [
    *(((line,), (line,)) for line in range(100)),
    (tuple(range(100, 109)), (100,)),
    *(((line,), (line - 8,)) for line in range(109, 700)),
]
"""Of several chunks; the second one has a bead of nine against one, which no path can use and nothing can divide."""


def translate_gold(document: GoldDocument) -> GoldDocument:
    """The document with the lines of each bead saying the same."""
    zh = [""] * len(document.zh)
    for bead in document.gold or ():
        zh[bead.zh[0]] = write_zh([number for line in bead.en for number in (line, line + 70)])
    return replace(document, zh=tuple(zh))


@pytest.mark.slow
def test_chunks_that_cannot_be_learned_from_do_not_cost_the_others() -> None:
    document = translate_gold(make_gold(LONG))
    problems = build_problems(Lesson(document), NumberEncoder(), load_scorers().coarse, weight=0.25)
    assert {problem.weight for problem in problems} == {0.25}
    learned = set()
    for problem in problems:
        c = problem.candidates.take(np.flatnonzero(problem.allowed))
        starts = c.en_start + problem.en_first
        learned |= {line for i, m in zip(starts, c.en_size, strict=True) for line in range(i, i + m)}
        assert np.isfinite(join_problems([problem]).right.posteriors(np.zeros(len(c)))[1]).all()
    assert not learned & set(range(90, 118)), "the chunk with the bead of nine is left out"
    assert learned >= {*range(60), *range(200, 700)}, "the others are not"


@pytest.mark.parametrize(("en", "zh"), [(False, False), (True, False), (False, True), (True, True)])
def test_paragraphs_of_a_lesson_are_measured(en: bool, zh: bool) -> None:
    document = make_gold([((line,), (line,)) for line in range(6)])
    paragraphs = (0, 0, 1, 1, 2, 2)
    lesson = Lesson(document, paragraphs if en else None, paragraphs if zh else None)
    (problem,) = build_problems(lesson, NumberEncoder(), None)
    c = problem.candidates
    (pair,) = np.flatnonzero((c.en_start == 1) & (c.zh_start == 1) & (c.en_size == 2) & (c.zh_size == 2))
    assert problem.features[pair, COARSE_FEATURES.index("paragraphs.crossed")] == en + zh


# --- lessons --------------------------------------------------------------------------------------------------------


def test_faithful_translations_are_learned_from_with_changed_copies() -> None:
    document = make_gold([((line,), (line,)) for line in range(60)])
    (plain, weight), *copies = list_lessons(Lesson(document), 3)
    assert plain == Lesson(document)
    assert len(copies) == len(NOISES) * ROUNDS
    for copy, copy_weight in copies:
        assert 0 < copy_weight < weight, "copies are much alike"
        assert copy.document != document
        assert copy.en_paragraphs is not None, "pages have paragraphs"
        assert len(copy.en_paragraphs) == len(copy.document.en)
    assert list_lessons(Lesson(document), 3) == [(plain, weight), *copies]


def test_documents_known_by_segments_count_less() -> None:
    """There are many, nearly all 1-1, and one copy of each change will do."""
    lines = list(range(60))
    document = make_gold([((line,), (line,)) for line in lines], (lines, lines))
    lessons = list_lessons(Lesson(document), 3)
    assert len(lessons) == 1 + len(NOISES)
    assert all(weight < 1 for _, weight in lessons)


@pytest.mark.parametrize(("seed", "paragraphs"), [(2, True), (3, False)])
def test_pages_that_leave_much_out_are_learned_from_as_they_are(seed: int, paragraphs: bool) -> None:
    document = make_gold([*(((line,), (line,)) for line in range(20)), ((20,), ()), ((), (20,))])
    ((lesson, _),) = list_lessons(Lesson(document), seed)
    assert lesson.document == document
    assert (lesson.en_paragraphs is not None) == paragraphs


def test_releases_are_learned_from_with_and_without_their_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "101-quay.toml").write_text(RELEASE, encoding="utf-8")
    (release,) = read_lessons(tmp_path)
    document = release.document
    assert document.en == ("Quay opens", "It is new.", "It is long.", "Ships came.")
    assert document.zh == ("码头启用", "码头又新又长。", "船来了。")
    assert [(bead.en, bead.zh) for bead in document.gold or ()] == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]
    assert (release.en_paragraphs, release.zh_paragraphs) == ((0, 1, 1, 2), (0, 1, 1))
    plain, paged, *copies = (lesson for lesson, _ in list_lessons(release, 0))
    assert (plain, paged) == (Lesson(document), release)
    assert len(copies) == len(NOISES) * ROUNDS
    assert all(copy.en_paragraphs is not None for copy in copies)


RELEASE = """\
zh_lang = "zh-CN"

[[release]]
en = '''
# t | Quay opens

1 | It is new.
1 | It is long.

2 | Ships came.
'''
zh = '''
# t | 码头启用

1 | 码头又新又长。
2 | 船来了。
'''
"""


# --- from documents to weights --------------------------------------------------------------------------------------


def write_documents(folder: Path, count: int) -> Path:
    folder.mkdir()
    random = np.random.default_rng(11)
    for number in range(count):
        says = random.integers(0, 9_000, (24, 5)).tolist()
        en = [*map(write_en, says)]
        zh = [write_zh(says[0] + says[1]), *map(write_zh, says[2:])]
        name = f"{number:03d}"
        (folder / f"{name}.en").write_text("\n".join(en) + "\n", encoding="utf-8")
        (folder / f"{name}.zh").write_text("\n".join(zh) + "\n", encoding="utf-8")
        gold = ["[0]:[0, 1]", *(f"[{line - 1}]:[{line}]" for line in range(2, 24))]
        (folder / f"{name}.gold").write_text("\n".join(gold) + "\n", encoding="utf-8")
    return folder


@pytest.mark.slow
def test_training_writes_weights_a_report_and_predictions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_scorer, "load_encoder", NumberEncoder)
    for name, value in (("COARSE_ITERATIONS", 15), ("FINAL_ITERATIONS", 15), ("FOLDS", 2)):
        monkeypatch.setattr(train_scorer, name, value)
    folder, output = write_documents(tmp_path / "made", 3), tmp_path / "scorer.json"
    arguments = [str(folder), "--output", str(output)]
    train_scorer.main([*arguments, "--predictions", str(tmp_path / "predictions")])
    monkeypatch.setattr(scorer_module, "read_resource", lambda _: output.read_text(encoding="utf-8"))
    assert load_scorers().signature.startswith("crf-")
    report = output.with_suffix(".report.txt").read_text(encoding="utf-8")
    assert "## made" in report
    assert len(list((tmp_path / "predictions" / "made").iterdir())) == 3
    first = output.read_bytes()
    output.with_suffix(".report.txt").unlink()
    train_scorer.main([*arguments, "--no-cross-validation"])
    assert output.read_bytes() == first, "the same documents give the same weights"
    assert not output.with_suffix(".report.txt").exists()


@pytest.mark.slow
def test_what_judges_a_document_has_not_learned_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the draft that measures and prunes it for training, nor the two scorers that align it held out."""
    monkeypatch.setattr(train_scorer, "FOLDS", 3)
    monkeypatch.setattr(train_scorer, "COARSE_ITERATIONS", 5)
    monkeypatch.setattr(train_scorer, "FINAL_ITERATIONS", 5)
    learned: list[set[str]] = []
    measured: list[tuple[str, Scorer]] = []
    aligned: list[ScorerPair] = []

    def learn(problems: Sequence[Problem], names: Sequence[str], *settings: float) -> Fit:
        learned.append({problem.document for problem in problems})
        return fit(problems, names, *settings)

    def build(lesson: Lesson, encoder: Encoder, draft: Scorer | None, weight: float = 1.0) -> list[Problem]:
        if draft:
            measured.append((lesson.document.name, draft))
        return build_problems(lesson, encoder, draft, weight)

    def align(en: Side, zh: Side, scorers: ScorerPair) -> Alignment:
        aligned.append(scorers)
        return align_document(en, zh, scorers)

    for name, spy in (("fit", learn), ("build_problems", build), ("align_document", align)):
        monkeypatch.setattr(train_scorer, name, spy)
    encoder, folder = NumberEncoder(), write_documents(tmp_path / "made", 3)
    lessons = {folder: read_lessons(folder)}
    _, drafts = train_scorer.train_coarse_scorers(lessons, encoder)
    others = [{"001", "002"}, {"000", "002"}, {"000", "001"}]
    assert learned == [{"000", "001", "002"}, *others]
    material = train_scorer.prepare_material(lessons, encoder, drafts, {folder: 1.0})
    assert {(name, id(draft)) for name, draft in measured} == {
        (f"{number:03d}", id(draft)) for number, draft in enumerate(drafts)
    }
    train_scorer.cross_validate(material, encoder, drafts)
    assert learned[4:] == others
    assert [id(scorers.coarse) for scorers in aligned] == list(map(id, drafts))


@pytest.mark.slow
def test_documents_of_a_folder_count_as_often_as_its_weight_says(tmp_path: Path) -> None:
    folder = write_documents(tmp_path / "made", 2)
    lessons = {folder: read_lessons(folder)}
    draft = load_scorers().coarse
    counts = []
    for weight in (1.0, 3.0):
        material = train_scorer.prepare_material(
            lessons, NumberEncoder(), [draft] * train_scorer.FOLDS, {folder: weight}
        )
        counts.append([problem.weight for each in material for problem in each.problems])
    assert len(counts[0]) > 2
    assert counts[1] == [3 * weight for weight in counts[0]]


@pytest.mark.slow
def test_folders_with_and_without_a_weight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_scorer, "load_encoder", NumberEncoder)
    for name in ("COARSE_ITERATIONS", "FINAL_ITERATIONS"):
        monkeypatch.setattr(train_scorer, name, 3)
    once, thrice = (write_documents(tmp_path / name, 1) for name in ("once", "thrice"))
    output = tmp_path / "scorer.json"
    train_scorer.main([str(once), f"{thrice}=3", "--output", str(output), "--no-cross-validation"])
    training = json.loads(output.read_text(encoding="utf-8"))["training"]
    assert training["documents"] == {"once": 1, "thrice": 1}
    assert training["weights"] == {"once": 1.0, "thrice": 3.0}


# --- the file -------------------------------------------------------------------------------------------------------


def test_weights_survive_their_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(10)
    draft, final = (
        Scorer(
            random.standard_normal(len(BEAD_TYPES)).astype(np.float32),
            random.standard_normal((len(TYPE_GROUPS), len(names))).astype(np.float32),
        )
        for names in (COARSE_FEATURES, scorer_module.FINAL_FEATURES)
    )
    path = tmp_path / "scorer.json"
    write_scorers(path, "trial", draft, final, {"documents": 3})
    monkeypatch.setattr(scorer_module, "read_resource", lambda _: path.read_text(encoding="utf-8"))
    loaded = load_scorers()
    assert loaded.signature.startswith("trial-")
    for written, read in ((draft, loaded.coarse), (final, loaded.final)):
        np.testing.assert_allclose(read.bias, written.bias, atol=1e-4)
        np.testing.assert_allclose(read.weights, written.weights, atol=1e-4)
