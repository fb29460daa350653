"""`job131 fair …` and `job131 serve --fair`: files by command, and where a fair's server listens."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.domain.errors import InputRefused
from tests.matcher.fairs.hall import an_open_fair, opened
from web.cli import cli, main
from web.serve import fair_hosts

WORDS = "八个字以上的口令\n"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """An office with a fair, and a laptop."""
    office, laptop = tmp_path_factory.mktemp("office"), tmp_path_factory.mktemp("laptop")
    with opened(office) as made:
        an_open_fair(made)
    with opened(laptop, empty=True):
        pass
    yield office, laptop


def _run(folder: Path, *words: str, typed: str = "", monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("JOB131_KEY_FILE", str(folder / "keys" / "key"))
    done = CliRunner().invoke(cli, ["--home", str(folder / "home"), *words], input=typed, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_fair_goes_out_and_comes_in_by_command(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, laptop = folders
    ref = _run(office, "fair", "list", monkeypatch=monkeypatch).split("\t")[0]
    path = tmp_path / "out.fair"
    said = _run(
        office, "fair", "export", ref, "-o", str(path), "--passphrase-stdin", typed=WORDS, monkeypatch=monkeypatch
    )
    assert "3个摊位" in said
    assert path.stat().st_mode & 0o077 == 0
    for added in ("新增", "新增0，更新0"):
        assert added in _run(
            laptop, "fair", "merge", str(path), "--passphrase-stdin", typed=WORDS, monkeypatch=monkeypatch
        )
    assert ref in _run(laptop, "fair", "list", monkeypatch=monkeypatch)


def test_a_file_that_stands_is_not_overwritten(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office, _ = folders
    path = tmp_path / "out.fair"
    path.write_text("kept")
    monkeypatch.setenv("JOB131_KEY_FILE", str(office / "keys" / "key"))
    ref = _run(office, "fair", "list", monkeypatch=monkeypatch).split("\t")[0]
    with pytest.raises(InputRefused, match="没有覆盖"):
        CliRunner().invoke(
            cli, ["--home", str(office / "home"), "fair", "export", ref, "-o", str(path), "--passphrase-stdin"],
            input=WORDS, catch_exceptions=False,
        )  # fmt: skip
    assert path.read_text() == "kept"


def test_an_unknown_fair_is_one_line(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOB131_KEY_FILE", str(folders[0] / "keys" / "key"))
    assert main(["--home", str(folders[0] / "home"), "serve", "--fair", "NOPE"]) == 1
    assert capsys.readouterr().err.strip() == "没有这场招聘会，或不在您的范围内"


@pytest.mark.parametrize("host", ["0.0.0.0", "8.8.8.8", "hall", "192.168.255.254"])
def test_a_fair_is_served_only_in_the_network_of_the_hall(host: str) -> None:
    with pytest.raises(InputRefused):
        fair_hosts(host, 8131)


def test_this_machine_is_always_among_the_hosts_and_a_port_in_use_is_said() -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.listen()
        with pytest.raises(InputRefused, match="端口已被占用"):
            fair_hosts("127.0.0.1", port)
    assert fair_hosts("localhost", 0) == ["127.0.0.1"]
