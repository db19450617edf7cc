"""Who may import what: app → pages → ui → data → model, never back."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ["app", "pages", "ui", "data", "model"]
SCREEN, FILES = {"streamlit", "plotly"}, {"pathlib", "os", "io", "sqlite3", "shutil", "tempfile"}
FORBIDDEN = {
    "app": {"numpy", "scipy", "plotly", "pydantic", "pandas"},
    "pages": {"numpy", "scipy", "plotly", "pydantic", "pandas"},
    "ui": set[str](),
    "data": SCREEN,
    "model": SCREEN | FILES | {"time", "datetime", "random"},
}
SOURCES = [path for layer in LAYERS for path in [ROOT / f"{layer}.py", *(ROOT / layer).rglob("*.py")] if path.exists()]
each_file = pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))


def imported(path: Path) -> set[str]:
    """Top names of everything that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


@each_file
def test_imports_never_point_back(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0].removesuffix(".py")
    above = set(LAYERS[: LAYERS.index(layer)])
    command_line = path == ROOT / "model" / "__main__.py"
    forbidden = FORBIDDEN[layer] - (FILES if command_line else set())
    assert not imported(path) & (above | forbidden | {"tests"})


MEMORY = {"session_state": {"session"}, "cache_data": set(), "cache_resource": {"results", "decisions"}}
"""Who in ui/ may touch which part of Streamlit's memory."""


@each_file
def test_only_the_session_and_the_results_touch_streamlits_memory(path: Path) -> None:
    tree = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {node.attr for node in tree if isinstance(node, ast.Attribute)}
    names |= {alias.name for node in tree if isinstance(node, ast.ImportFrom) for alias in node.names}
    for memory, keepers in MEMORY.items():
        assert memory not in names or path in {ROOT / "ui" / f"{keeper}.py" for keeper in keepers}


@each_file
def test_the_model_opens_no_files(path: Path) -> None:
    if path.is_relative_to(ROOT / "model") and path.name != "__main__.py":
        assert "open" not in {
            node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)
        }


def test_the_edits_can_be_imported_before_anything_else() -> None:
    found = subprocess.run([sys.executable, "-c", "import ui.edits"], cwd=ROOT, capture_output=True, check=False)
    assert found.returncode == 0, found.stderr.decode()
