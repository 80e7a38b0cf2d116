"""The scorer: a bias and a weighted sum for each kind of bead, from weights that fit this version's features."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from alignment_grids import whole_grid
from random_evidence import random_material

from aligner.align import scorer as scorer_module
from aligner.align.features import measure_candidates, measure_coarse
from aligner.align.grid import BEAD_TYPES, Grid
from aligner.align.lattice import list_candidates
from aligner.align.scorer import COARSE_FEATURES, FINAL_FEATURES, GROUP_OF_TYPE, TYPE_GROUPS, Scorer, load_scorers
from aligner.runtime.resources import read_resource

Change = Callable[[dict[str, Any]], None]


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ((0, 1), "0-1"),
        ((1, 0), "1-0"),
        ((1, 1), "1-1"),
        ((1, 2), "1-n"),
        ((1, 7), "1-n"),
        ((2, 1), "m-1"),
        ((7, 1), "m-1"),
        ((2, 2), "m-n"),
        ((3, 5), "m-n"),
    ],
)
def test_kind_of_a_bead(shape: tuple[int, int], kind: str) -> None:
    assert TYPE_GROUPS[GROUP_OF_TYPE[BEAD_TYPES.index(shape)]] == kind


def test_score_is_bias_and_weighted_sum() -> None:
    random = np.random.default_rng(1)
    bias = random.standard_normal(len(BEAD_TYPES)).astype(np.float32)
    weights = random.standard_normal((len(TYPE_GROUPS), 3)).astype(np.float32)
    features = random.standard_normal((50, 3)).astype(np.float32)
    shapes = random.integers(len(BEAD_TYPES), size=50)
    expected = [bias[s] + weights[GROUP_OF_TYPE[s]] @ x for s, x in zip(shapes, features, strict=True)]
    np.testing.assert_allclose(Scorer(bias, weights).score(features, shapes), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    "grid",
    [
        pytest.param(whole_grid((1, 1)), id="one sentence of each"),
        pytest.param(whole_grid((0, 3)), id="no English"),
        pytest.param(whole_grid((3, 0)), id="no Chinese"),
        pytest.param(whole_grid((9, 8)), id="one chunk"),
        pytest.param(whole_grid((9, 12), (0, 2), (10, 8), (2, 0), (6, 6), pad=2), id="narrow bands of several chunks"),
        pytest.param(whole_grid((4, 5), (5, 4), en_first=9, zh_first=2), id="from the middle of a text"),
    ],
)
@pytest.mark.parametrize("shipped", [True, False], ids=["shipped weights", "random weights"])
def test_scores_of_all_beads_are_those_of_candidates(grid: Grid, shipped: bool) -> None:
    """The coarse scorer scores what it never lists."""
    random = np.random.default_rng(2)
    drawn = Scorer(
        random.standard_normal(len(BEAD_TYPES)).astype(np.float32),
        random.standard_normal((len(TYPE_GROUPS), len(COARSE_FEATURES))).astype(np.float32),
    )
    coarse = load_scorers().coarse if shipped else drawn
    evidence = random_material(grid, 3).evidence()
    candidates = list_candidates(grid)
    scores = coarse.score_all(evidence)
    assert scores.shape == (len(BEAD_TYPES), len(grid))
    assert np.isfinite(scores).all()
    expected = coarse.score(measure_coarse(evidence, candidates), candidates.type_index)
    np.testing.assert_allclose(scores[candidates.type_index, candidates.start], expected, rtol=1e-4, atol=1e-4)


def test_shipped_weights_fit_this_version() -> None:
    scorers = load_scorers()
    for scorer, names in ((scorers.coarse, COARSE_FEATURES), (scorers.final, FINAL_FEATURES)):
        assert scorer.bias.shape == (len(BEAD_TYPES),)
        assert scorer.weights.shape == (len(TYPE_GROUPS), len(names))
        assert np.isfinite(scorer.bias).all()
        assert np.isfinite(scorer.weights).all()


def test_names_of_features() -> None:
    """One name each, as many as are measured; the coarse scorer knows nothing that the final scorer does not."""
    assert len(set(FINAL_FEATURES)) == len(FINAL_FEATURES)
    assert set(COARSE_FEATURES) < set(FINAL_FEATURES)
    evidence = random_material(whole_grid((2, 2)), 1).evidence()
    candidates = list_candidates(evidence.grid)
    assert measure_candidates(evidence, candidates).shape[1] == len(FINAL_FEATURES)
    coarse = measure_coarse(evidence, candidates)
    same = measure_candidates(evidence, candidates)[:, [FINAL_FEATURES.index(name) for name in COARSE_FEATURES]]
    np.testing.assert_array_equal(coarse, same)


def test_shipped_weights_use_what_a_bead_has() -> None:
    """A similarity for a bead of one side, or the loneliness of one of two, would only be weight to carry."""
    scorer = load_scorers().final
    cosine, hubness = FINAL_FEATURES.index("similarity.cosine"), FINAL_FEATURES.index("null.hubness")
    null = np.array([kind in {"0-1", "1-0"} for kind in TYPE_GROUPS])
    assert not scorer.weights[null, cosine].any()
    assert not scorer.weights[~null, hubness].any()
    assert scorer.weights[~null, cosine].any()


def serve(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """The shipped weights with a change to their file."""
    data = json.loads(read_resource("scorer.json"))
    change(data)
    monkeypatch.setattr(scorer_module, "read_resource", lambda _: json.dumps(data))


def drop_feature(data: dict[str, Any]) -> None:
    del data["final"]["features"][0]


def swap_features(data: dict[str, Any]) -> None:
    names = data["coarse"]["features"]
    names[0], names[1] = names[1], names[0]


@pytest.mark.parametrize("change", [drop_feature, swap_features])
def test_weights_for_other_features_are_refused(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, change)
    with pytest.raises(ValueError, match=r"train it again: python -m aligner"):
        load_scorers()


def test_signature_names_the_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    def nudge(data: dict[str, Any]) -> None:
        data["final"]["bias"]["1-1"] += 0.0001

    before = load_scorers().signature
    assert before == load_scorers().signature
    serve(monkeypatch, nudge)
    assert load_scorers().signature != before
