"""What holds for the whole repository: sizes, names, wording, commands, and what it may not speak of."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.wording import load_catalogue
from web.cli import CATALOGUES, COMMANDS, LazyGroup, cli

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("matcher", "jobs_feed", "web")
MOST_LINES, MOST_TEST_LINES, MOST_FUNCTION_LINES, MOST_MODULES = 400, 500, 50, 16
WIDER_FOLDERS = {
    "matcher": "the algorithm is read as one list of rooms; each is one step of docs/algorithm.md",
    "matcher/store": "one file a table or a rule of storing",
    "jobs_feed": "one file a step from a spreadsheet to the store",
    "matcher/store/migrations/versions": "one file a step of the tables, for ever",
    "matcher/store/schema": "one file a concept that is stored",
    "web/papers": "one file a part of a paper and one a format",
}
LONGER_FUNCTIONS = {
    ("matcher/columns/postings.py", "encode_postings"): "one line a column: the list is the documentation",
    ("matcher/columns/workers.py", "encode_workers"): "one line a column: the list is the documentation",
    ("matcher/reading/adverts/posting.py", "read_posting"): "one line a fact of the posting",
    ("jobs_feed/roster.py", "read_roster_row"): "one line a column of the roster",
}


def sources() -> list[Path]:
    """Every Python file of the three packages."""
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def tracked() -> list[Path]:
    """Every text file that git would hand on; all files where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def functions(path: Path) -> list[tuple[str, int]]:
    """Name and length of every function of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.name, (node.end_lineno or 0) - node.lineno + 1) for node in ast.walk(tree) if isinstance(node, kinds)]


def test_files_stay_small_rooms() -> None:
    long = {str(path): size for path in sources() if (size := len(path.read_bytes().splitlines())) > MOST_LINES}
    tests = (ROOT / "tests").rglob("*.py")
    long |= {str(path): size for path in tests if (size := len(path.read_bytes().splitlines())) > MOST_TEST_LINES}
    assert long == {}


def test_functions_stay_short() -> None:
    long = [
        (str(path.relative_to(ROOT)), name, size)
        for path in sources()
        for name, size in functions(path)
        if size > MOST_FUNCTION_LINES and (str(path.relative_to(ROOT)), name) not in LONGER_FUNCTIONS
    ]
    assert long == []


def test_folders_hold_few_modules_and_none_is_called_utils() -> None:
    folders = {path.parent for path in sources()}
    full = {str(folder.relative_to(ROOT)): len(list(folder.glob("*.py"))) - 1 for folder in folders}
    assert {name: many for name, many in full.items() if many > MOST_MODULES and name not in WIDER_FOLDERS} == {}
    assert [path for path in sources() if "util" in path.stem] == []


def test_every_module_and_function_says_what_it_is_for() -> None:
    silent = []
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.stat().st_size and ast.get_docstring(tree) is None:
            silent.append(str(path))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("__") and ast.get_docstring(node) is None:
                nested = any(
                    node in ast.walk(outer) and node is not outer
                    for outer in ast.walk(tree)
                    if isinstance(outer, ast.FunctionDef)
                )
                silent += [] if nested else [f"{path}:{node.name}"]
    assert silent == []


def test_the_domain_needs_only_the_standard_library() -> None:
    foreign = []
    for path in (ROOT / "matcher" / "domain").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            foreign += [
                (path.name, name)
                for name in names
                if not name.startswith("matcher.domain") and name.split(".")[0] not in sys.stdlib_module_names
            ]
    assert foreign == []


def test_every_sentence_stands_in_chinese_and_english_with_the_same_arguments() -> None:
    wrong = []
    for code, row in load_catalogue("matcher.wording", *CATALOGUES).sentences.items():
        fields = {
            language: {name for _, name, _, _ in string.Formatter().parse(row[language]) if name}
            for language in ("zh", "en")
        }
        if not row["zh"] or not row["en"] or fields["zh"] != fields["en"]:
            wrong.append(code)
    assert wrong == []


def test_asking_for_help_loads_neither_the_web_nor_the_database() -> None:
    probe = "import sys, web.cli; sys.exit(any(name in sys.modules for name in ('flask', 'sqlalchemy', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_has_help_and_stands_in_the_readme(name: str) -> None:
    assert isinstance(cli, LazyGroup)
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.help
    assert f"job131 {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_repository_speaks_only_of_itself() -> None:
    forbidden = re.compile(r"/work/|/root/|pypi\.org|pythonhosted|registry\.npmjs|deb\.debian")
    spoken = []
    for path in tracked():
        if path.suffix in {".png", ".xlsx"} or path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if forbidden.search(line):
                spoken.append(f"{path.relative_to(ROOT)}:{number}")
    assert spoken == []


def test_every_version_is_pinned_by_name_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._\[\]-]+==[A-Za-z0-9.+!_-]+", line)] == []
