"""Data flows one way: a module imports earlier stages and leaf modules only, and nothing goes round in circles."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "aligner"
ORDER = (
    # Leaf modules, which know no stage.
    "_version",
    "errors",
    "records",
    "config",
    "text",
    "runtime",
    # From bytes to units, and units to files.
    "ingest",
    "sections",
    "sentences",
    "encoders",
    "lexicon",
    "align",
    "matching",
    "checks",
    "memory",
    "export",
    # What is made of them: the whole way, scores, training, and the command line.
    "summary",
    "api",
    "evaluation",
    "training",
    "cli",
    "__main__",
)
"""Modules and packages of `aligner/`; each may import those before it."""


def module_name(path: Path) -> str:
    parts = ["aligner", *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Our modules that a module imports, wherever in it: an import inside a function makes it depend as well."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            # `from aligner.export import tmx` imports the module tmx, `from aligner.export import write` does not.
            yield from [name for name in inside if name in MODULES] or ([node.module] if node.module in MODULES else [])
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)


def at_run_time(source: str) -> ast.AST:
    """The module without its blocks `if TYPE_CHECKING`, which are not run."""

    class WithoutTypes(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | None:
            return None if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING" else node

    return WithoutTypes().visit(ast.parse(source))


def stage_of(module: str) -> str:
    return module.split(".")[1] if "." in module else module


IMPORTS = {module: set(imports_of(ast.parse(path.read_text("utf-8")))) for module, path in MODULES.items()}


def test_every_module_has_its_place_in_the_order():
    assert {stage_of(module) for module in MODULES} - {"aligner"} == set(ORDER)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "aligner"])
def test_a_module_imports_only_what_comes_before_it(module: str):
    stage = stage_of(module)
    allowed = set(ORDER[: ORDER.index(stage) + 1])
    later = {name for name in IMPORTS[module] if stage_of(name) not in allowed}
    assert later == set(), f"{module} imports a later stage"


def test_the_package_itself_imports_only_its_version_when_loaded():
    assert set(imports_of(at_run_time(MODULES["aligner"].read_text("utf-8")))) == {"aligner._version"}


def test_no_module_imports_itself_by_way_of_others():
    graph = {module: names - {module, "aligner"} for module, names in IMPORTS.items() if module != "aligner"}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_a_later_import_would_be_found():
    """The checks above see imports inside functions and of names that are modules."""
    found = set(imports_of(ast.parse("def f():\n    from aligner.export import tmx\n    import aligner.cli\n")))
    assert found == {"aligner.export.tmx", "aligner.cli"}
