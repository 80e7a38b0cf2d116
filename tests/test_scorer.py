"""The scorer: a bias and a weighted sum for each kind of bead, from weights that fit this version's features."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from aligner.align import scorer as scorer_module
from aligner.align.candidates import SHAPES
from aligner.align.scorer import DRAFT_FEATURES, FINAL_FEATURES, KIND_OF_SHAPE, KINDS, Scorer, load_scorers
from aligner.resources import read_resource

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
    assert KINDS[KIND_OF_SHAPE[SHAPES.index(shape)]] == kind


def test_score_is_bias_and_weighted_sum() -> None:
    random = np.random.default_rng(1)
    bias = random.standard_normal(len(SHAPES)).astype(np.float32)
    weights = random.standard_normal((len(KINDS), 3)).astype(np.float32)
    features = random.standard_normal((50, 3)).astype(np.float32)
    shapes = random.integers(len(SHAPES), size=50)
    expected = [bias[s] + weights[KIND_OF_SHAPE[s]] @ x for s, x in zip(shapes, features, strict=True)]
    np.testing.assert_allclose(Scorer(bias, weights).score(features, shapes), expected, rtol=1e-4, atol=1e-5)


def test_shipped_weights_fit_this_version() -> None:
    scorers = load_scorers()
    for scorer, names in ((scorers.draft, DRAFT_FEATURES), (scorers.final, FINAL_FEATURES)):
        assert scorer.bias.shape == (len(SHAPES),)
        assert scorer.weights.shape == (len(KINDS), len(names))
        assert np.isfinite(scorer.bias).all()
        assert np.isfinite(scorer.weights).all()
    assert FINAL_FEATURES[: len(DRAFT_FEATURES)] == DRAFT_FEATURES, "what the draft measured is not measured again"


def test_shipped_weights_use_what_a_bead_has() -> None:
    """A similarity for a bead of one side, or the loneliness of one of two, would only be weight to carry."""
    scorer = load_scorers().final
    cosine, hubness = FINAL_FEATURES.index("similarity.cosine"), FINAL_FEATURES.index("alone.hubness")
    one_sided = np.array([kind in {"0-1", "1-0"} for kind in KINDS])
    assert not scorer.weights[one_sided, cosine].any()
    assert not scorer.weights[~one_sided, hubness].any()
    assert scorer.weights[~one_sided, cosine].any()


def serve(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """The shipped weights with a change to their file."""
    data = json.loads(read_resource("scorer.json"))
    change(data)
    monkeypatch.setattr(scorer_module, "read_resource", lambda _: json.dumps(data))


def drop_feature(data: dict[str, Any]) -> None:
    del data["final"]["features"][0]


def swap_features(data: dict[str, Any]) -> None:
    names = data["draft"]["features"]
    names[0], names[1] = names[1], names[0]


@pytest.mark.parametrize("change", [drop_feature, swap_features])
def test_weights_for_other_features_are_refused(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, change)
    with pytest.raises(ValueError, match=r"train it again with: python -m models\.train_scorer"):
        load_scorers()


def test_signature_names_the_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    def nudge(data: dict[str, Any]) -> None:
        data["final"]["bias"]["1-1"] += 0.0001

    before = load_scorers().signature
    assert before == load_scorers().signature
    serve(monkeypatch, nudge)
    assert load_scorers().signature != before
