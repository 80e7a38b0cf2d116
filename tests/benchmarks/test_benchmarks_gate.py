"""The fit of the gate: its texts are what they say, and the regression separates what can be separated."""

import random

import numpy as np
import pytest

from benchmarks.gate import Text, _excerpt, _join, _leave_out, _quote, _regress

GOLD = [(frozenset({number}), frozenset({number})) for number in range(20)]
ONE = Text("translation", 0, [f"Sentence {n}." for n in range(20)], [f"句子{n}。" for n in range(20)], GOLD)
OTHER = Text("translation", 2, [f"Other {n}." for n in range(20)], [f"别的{n}。" for n in range(20)], GOLD)


def agrees(text: Text) -> bool:
    """Whether each gold bead joins the sentences of one number."""
    digits = [
        {"".join(filter(str.isdigit, side[i])) for side, places in ((text.en, en), (text.zh, zh)) for i in places}
        for en, zh in text.gold
        if en and zh
    ]
    return all(len(each) == 1 for each in digits)


@pytest.mark.parametrize("seed", range(5))
def test_gold_follows_its_sentences(seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311  # a sample, no secret
    for text in (_leave_out(ONE, chosen), _excerpt(ONE, chosen), _quote(ONE, OTHER, chosen), _join(0, [ONE, OTHER])):
        assert agrees(text)
    assert len(_quote(ONE, OTHER, chosen).zh) == 22


def test_regression_separates_what_can_be_separated() -> None:
    features = np.array([[0.1, 5.0], [0.2, 4.0], [0.8, 5.0], [0.9, 4.0]])
    *weights, bias = _regress(features, np.array([0.0, 0.0, 1.0, 1.0]), np.ones(4))
    scores = features @ np.array(weights) + bias
    assert (scores[:2] < 0).all()
    assert (scores[2:] > 0).all()
