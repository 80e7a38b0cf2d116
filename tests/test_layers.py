"""Data flows one way: a module imports earlier rooms and leaf modules only, and nothing goes round in circles."""

import ast
from graphlib import TopologicalSorter

import pytest

from scripts.imports import MODULES, ORDER, ROOT, imports_of, insert, read_imports, room_of

IMPORTS = read_imports()


def at_run_time(source: str) -> ast.AST:
    """The module without its blocks `if TYPE_CHECKING`, which are not run."""

    class WithoutTypes(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | None:
            return None if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING" else node

    return WithoutTypes().visit(ast.parse(source))


def test_every_module_has_its_place_in_the_order():
    assert {room_of(module) for module in MODULES} - {"aligner"} == set(ORDER)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "aligner"])
def test_a_module_imports_only_what_comes_before_it(module: str):
    allowed = set(ORDER[: ORDER.index(room_of(module)) + 1])
    later = {name for name in IMPORTS[module] if room_of(name) not in allowed}
    assert later == set(), f"{module} imports a later room"


def test_the_package_itself_imports_only_its_version_when_loaded():
    assert set(imports_of(at_run_time(MODULES["aligner"].read_text("utf-8")))) == {"aligner._version"}


def test_no_module_imports_itself_by_way_of_others():
    graph = {module: names - {module, "aligner"} for module, names in IMPORTS.items() if module != "aligner"}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_a_later_import_would_be_found():
    """The checks above see imports inside functions and of names that are modules."""
    found = set(imports_of(ast.parse("def f():\n    from aligner.export import tmx\n    import aligner.cli\n")))
    assert found == {"aligner.export.tmx", "aligner.cli"}


def test_the_picture_in_the_documents_is_the_present_one():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert insert(text) == text, "run: python scripts/imports.py --write"


@pytest.mark.slow
def test_no_function_is_longer_than_fifty_lines():
    long = [
        f"{module}.{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > 50
    ]
    assert long == []
