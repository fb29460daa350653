"""The offline installer: complete for its target, refuses what is damaged or does not fit, and never looks outside."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.bundle import PARTS, PYTHON, TARGETS, furnish, needed


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle with one made-up wheel, as the builder furnishes it."""
    folder = tmp_path / "job131 安装包"
    (folder / "wheels").mkdir(parents=True)
    (folder / "wheels" / "job131-9.9.9-py3-none-any.whl").write_bytes(b"a wheel")
    furnish(folder, {"version": "9.9.9", "python": PYTHON, "target": "linux_x86_64", "lacking": []})
    return folder


@pytest.fixture
def start(bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Its start script as a module, on a machine it fits, installing into a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("bundle_start", bundle / "start.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.sys, "version_info", (3, 11, 9))
    monkeypatch.setattr(module.platform, "machine", lambda: "x86_64")
    monkeypatch.setenv("JOB131_PROGRAMS", str(tmp_path / "programs"))
    monkeypatch.setenv("JOB131_BACKUPS", str(tmp_path / "backups"))
    return module


class Runs:
    """Stands for every program that is started; some of them can be told to fail or to answer."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.typed: list[str | None] = []
        self.fails: set[str] = set()
        self.answers: dict[str, str] = {}

    def __call__(self, command: list[str], **how: object) -> subprocess.CompletedProcess[str]:
        """One program; making an environment makes its folder."""
        self.commands.append(command)
        self.typed.append(how.get("input"))  # type: ignore[arg-type]
        line = " ".join(command)
        if "-m venv" in line:
            Path(command[-1]).mkdir(parents=True)
        code = int(any(part in line for part in self.fails))
        out = next((text for part, text in self.answers.items() if part in line), "")
        return subprocess.CompletedProcess(command, code, out, "broken\n" if code else "")

    def asked(self, part: str) -> list[list[str]]:
        """The programs started with such words."""
        return [command for command in self.commands if part in " ".join(command)]


@pytest.fixture
def runs(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Programs of the start script, none of which runs."""
    made = Runs()
    monkeypatch.setattr(start.subprocess, "run", made)
    return made


def test_windows_gets_what_only_windows_needs() -> None:
    lists = {target: {line.split("==")[0] for line in needed(target)} for target in TARGETS}
    assert lists["linux_x86_64"] == lists["linux_aarch64"]
    assert "colorama" in lists["win_amd64"] - lists["linux_x86_64"]
    assert {"flask", "typst", "pylopdf-fonts-zh-cn", "psycopg-binary"} <= lists["win_amd64"]
    assert not {"pytest", "playwright", "distributed"} & lists["win_amd64"]
    assert [line for line in needed("win_amd64") if "==" not in line] == []


def test_everything_in_the_folder_has_its_sum_and_windows_can_read_it(bundle: Path) -> None:
    sums = dict(line.split("  ", 1)[::-1] for line in (bundle / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    files = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*") if path.is_file()}
    assert set(sums) == set(files) - {"SHA256SUMS"}
    assert {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in sums} == sums
    assert b"\r\n" in files["开始.bat"].read_bytes()
    assert "9.9.9" in files["请先读我.txt"].read_text(encoding="utf-8-sig")
    assert "{" not in files["请先读我.txt"].read_text(encoding="utf-8-sig")
    assert {"体检.bat", "备份.bat", "start.sh", "bundle.json"} <= set(files)


def test_the_page_to_read_is_one_page() -> None:
    lines = (PARTS / "read-me-first.zh.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 50
    assert max(len(line) for line in lines) <= 76


def test_a_damaged_file_stops_everything_before_anything_is_installed(
    bundle: Path, start: ModuleType, runs: Runs
) -> None:
    (bundle / "wheels" / "job131-9.9.9-py3-none-any.whl").write_bytes(b"another wheel")
    with pytest.raises(start.Stopped, match=r"wheels/job131-9\.9\.9.*坏了.*什么都没有装"):
        start.main([])
    assert runs.commands == []


@pytest.mark.parametrize(
    ("version", "machine", "told"),
    [((3, 12, 1), "x86_64", "要 Python 3.11，这台电脑是 3.12"), ((3, 11, 9), "aarch64", "给 linux_x86_64 的")],
)
def test_another_python_or_machine_is_told_in_one_line(
    start: ModuleType,
    runs: Runs,
    monkeypatch: pytest.MonkeyPatch,
    version: tuple[int, int, int],
    machine: str,
    told: str,
) -> None:
    monkeypatch.setattr(start.sys, "version_info", version)
    monkeypatch.setattr(start.platform, "machine", lambda: machine)
    with pytest.raises(start.Stopped, match=told):
        start.main([])
    assert runs.commands == []


def test_it_installs_once_from_its_own_wheels_only(bundle: Path, start: ModuleType, runs: Runs) -> None:
    assert start.main(["--install"]) == 0
    [pip] = runs.asked("pip install")
    assert {"--no-index", "--isolated", str(bundle / "wheels"), "job131[postgres]==9.9.9"} <= set(pip)
    assert start.main(["doctor"]) == 0
    assert len(runs.asked("pip install")) == 1
    assert runs.commands[-1][-1] == "doctor"


def test_an_installation_that_failed_is_begun_anew(start: ModuleType, runs: Runs) -> None:
    runs.fails = {"pip install"}
    with pytest.raises(start.Stopped, match="没有装成.*broken.*可以再试一次"):
        start.main([])
    runs.fails = set()
    assert start.main(["--install"]) == 0
    assert len(runs.asked("-m venv")) == 2


def test_the_first_account_is_asked_for_and_its_password_never_on_a_command_line(
    start: ModuleType, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["zhangsan", "calm-stone-4471"])
    monkeypatch.setattr(start, "_asked", lambda *_, **__: next(answers))
    monkeypatch.setattr(start, "serve", lambda _folder: 0)
    assert start.main([]) == 0
    assert runs.asked("user add zhangsan --role city --password-stdin")
    assert "calm-stone-4471\n" in runs.typed
    assert runs.asked("calm-stone") == []


def test_with_an_account_there_nothing_is_asked(start: ModuleType, runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    runs.answers = {"user list": "zhangsan\tcity\n"}
    monkeypatch.setattr(start, "serve", lambda _folder: 0)
    assert start.main([]) == 0
    assert runs.asked("user add") == []


def test_an_upgrade_begins_with_a_backup_by_the_older_program_or_not_at_all(
    start: ModuleType, runs: Runs, tmp_path: Path
) -> None:
    older, newer = tmp_path / "programs" / "9.9.8", str(tmp_path / "programs" / "9.9.9")
    older.mkdir(parents=True)
    (older / "installed.json").write_text(json.dumps({}), encoding="utf-8")
    runs.answers = {f"{older}/bin/python -P -m web.cli user list": "zhangsan\tcity\n"}
    runs.fails = {f"{newer}/bin/python -P -m web.cli user list", " backup "}
    with pytest.raises(start.Stopped, match="没有升级"):
        start.main([])
    assert runs.asked("web.cli init") == []
    assert runs.asked(" backup ")[0][0].startswith(str(older))


def test_the_shell_script_hands_everything_on(bundle: Path, tmp_path: Path) -> None:
    (bundle / "start.py").write_text("import sys\nsys.stdout.write('|'.join(sys.argv[1:]))\n", encoding="utf-8")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(
        ["sh", str(bundle / "start.sh"), "backup", "a b"],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "backup|a b"
