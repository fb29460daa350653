"""An installer for office PCs without internet: `python -m tests.bundle FOLDER [--target win_amd64]` (`make bundle`).

In: this checkout, its pinned versions, the package index pip is set to. Out: FOLDER/job131-VERSION-TARGET and the same
as a zip: wheels of everything, start scripts, one page in Chinese, SHA256SUMS; what has no wheel is told.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PARTS = ROOT / "docs" / "operations" / "offline"
PYTHON = "3.11"
PACKED_AS = {
    "start.py": ("start.py",),
    "start.sh": ("start.sh",),
    "start.bat": ("开始.bat",),
    "read-me-first.zh.txt": ("请先读我.txt",),
}
SHORT_CUTS = {"体检.bat": "doctor", "备份.bat": "--backup"}
LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
TARGETS: dict[str, tuple[list[str], dict[str, str]]] = {
    "linux_x86_64": (
        [f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)] + ["manylinux2014_x86_64"],
        {**LINUX, "platform_machine": "x86_64"},
    ),
    "linux_aarch64": (
        [f"manylinux_2_{minor}_aarch64" for minor in range(28, 16, -1)] + ["manylinux2014_aarch64"],
        {**LINUX, "platform_machine": "aarch64"},
    ),
    "win_amd64": (
        ["win_amd64"],
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    ),
}
"""Target → tags of wheels it can use (glibc 2.28 is the oldest an office's Linux has), and what markers say of it."""


def pins() -> dict[str, str]:
    """The versions everything is tested with."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    named = (line.split("==", 1) for line in lines if "==" in line)
    return {canonicalize_name(name): version for name, version in named}


def needed(target: str) -> list[str]:
    """Name and version of every package job131 needs, by the markers of the target, not of this machine."""
    environment = {**default_environment(), **TARGETS[target][1], "python_version": PYTHON}
    found: dict[str, str] = {}
    waiting = [("job131", frozenset({"postgres"}))]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        for asked in _asked(name):
            fits = asked.marker is None or any(
                asked.marker.evaluate({**environment, "extra": extra}) for extra in extras | {""}
            )
            one = (canonicalize_name(asked.name), frozenset(asked.extras))
            if fits and one not in seen:
                seen.add(one)
                waiting.append(one)
                found[one[0]] = pins().get(one[0], "")
    return sorted(f"{name}=={version}" if version else name for name, version in found.items())


def _asked(name: str) -> Iterator[Requirement]:
    """What a package asks for: job131 by its own project file, others as installed here."""
    if name == "job131":
        import tomllib

        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        yield from (Requirement(line) for line in project["dependencies"])
        yield from (Requirement(line) for line in project["optional-dependencies"]["postgres"])
        return
    try:
        yield from (Requirement(line) for line in requires(name) or ())
    except PackageNotFoundError:
        return


def fetch(target: str, packages: list[str], folder: Path) -> list[str]:
    """Wheels of packages into a folder; those without a wheel for the target."""
    if _pip_download(target, packages, folder) == 0:
        return []
    return [package for package in packages if _pip_download(target, [package], folder)]


def _pip_download(target: str, packages: list[str], folder: Path) -> int:
    """One call of pip."""
    tags = [word for tag in TARGETS[target][0] for word in ("--platform", tag)]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--quiet", "--no-deps", "--only-binary=:all:"]
    wanted = ["--python-version", PYTHON, "--implementation", "cp", *tags, "--dest", str(folder), *packages]
    return subprocess.run([*command, *wanted], check=False, capture_output=True).returncode


def own_wheel(folder: Path) -> str:
    """The wheel of this checkout, built from a copy; its version."""
    with tempfile.TemporaryDirectory() as place:
        for name in ("matcher", "jobs_feed", "web"):
            shutil.copytree(ROOT / name, Path(place) / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(ROOT / name, place)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        subprocess.run([*command, "-w", str(folder), place], check=True, capture_output=True)
    found = re.search(r"job131-([^-]+)-", next(folder.glob("job131-*.whl")).name)
    assert found is not None
    return found[1]


def furnish(folder: Path, bundle: dict[str, object]) -> None:
    """Start scripts, the page to read, what the bundle is, and the sums of it all."""
    for name, copies in PACKED_AS.items():
        text = (PARTS / name).read_text(encoding="utf-8")
        if name.endswith(".txt"):
            text = text.format(**bundle)
        for copy in copies:
            _write(folder / copy, text)
    for name, words in SHORT_CUTS.items():
        _write(folder / name, f'@chcp 65001 >nul\n@call "%~dp0开始.bat" {words}\n')
    (folder / "start.sh").chmod(0o755)
    (folder / "bundle.json").write_text(json.dumps(bundle, ensure_ascii=False, indent=1), encoding="utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")


def _write(path: Path, text: str) -> None:
    """A text as its system wants it: Windows files end their lines with CR LF, and Notepad wants a mark."""
    windows = path.suffix in {".bat", ".txt"}
    encoding = "utf-8-sig" if path.suffix == ".txt" else "utf-8"
    path.write_text(text, encoding=encoding, newline="\r\n" if windows else "\n")


def make(into: Path, target: str) -> tuple[Path, list[str]]:
    """The folder and its zip; what has no wheel."""
    packages = needed(target)
    with tempfile.TemporaryDirectory(dir=into) as place:
        wheels = Path(place) / "bundle" / "wheels"
        wheels.mkdir(parents=True)
        version = own_wheel(wheels)
        lacking = fetch(target, packages, wheels)
        bundle = {"version": version, "python": PYTHON, "target": target, "lacking": lacking}
        furnish(wheels.parent, bundle)
        folder = into / f"job131-{version}-{target}"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.move(wheels.parent, folder)
    with zipfile.ZipFile(folder.with_name(f"{folder.name}.zip"), "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(into))
    return folder, lacking


def main() -> int:
    """Make one or several bundles; 1 where a package has no wheel."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("into", type=Path)
    parser.add_argument("--target", action="append", choices=sorted(TARGETS))
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    code = 0
    for target in given.target or ["linux_x86_64", "win_amd64"]:
        folder, lacking = make(given.into, target)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1_000_000
        sys.stdout.write(f"{folder}: {len(list((folder / 'wheels').iterdir()))} wheels, {size} MB\n")
        if lacking:
            code = 1
            sys.stdout.write(f"no wheel for {target}: {', '.join(lacking)}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
