"""What is handed out for production holds together: units, container, proxy, and the page that speaks of them."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from web.cli import COMMANDS
from web.config import WebConfig

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "operations"
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SERVICES = sorted((FOLDER / "systemd").glob("*.service"))
UNITS = [*SERVICES, *sorted((FOLDER / "systemd").glob("*.timer"))]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
CONTAINERFILE = (FOLDER / "container" / "Containerfile").read_text(encoding="utf-8")
NGINX = (FOLDER / "nginx" / "job131.conf").read_text(encoding="utf-8")
KEYS = Path("/var/lib/job131-keys")
MOST_EXPOSED = 2.0
"""What `systemd-analyze security` may find, from 0 to 10; a service without any protection has 9.6."""
SHUT = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "PrivateUsers": "yes",
    "MemoryDenyWriteExecute": "yes",
    "RestrictNamespaces": "yes",
    "CapabilityBoundingSet": "",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "UMask": "0077",
    "User": "job131",
    "StateDirectoryMode": "0700",
}


def read_unit(path: Path) -> configparser.RawConfigParser:
    """A unit; of a key that stands twice the last counts."""
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text(encoding="utf-8"))
    return unit


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_is_shut_off_from_the_rest_of_the_machine(path: Path) -> None:
    service = read_unit(path)["Service"]
    assert {name: service.get(name) for name in SHUT} == SHUT
    assert "MemoryMax" in service


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_starts_a_command_there_is(path: Path) -> None:
    words = read_unit(path)["Service"]["ExecStart"].split()
    assert words[0] == "/opt/job131/.venv/bin/job131"
    assert words[1] in COMMANDS
    from click.testing import CliRunner

    from web.cli import cli

    names = [word for word in words[1:] if not word.startswith(("-", "/")) and not re.match(r"[\d.]+$", word)]
    told = CliRunner().invoke(cli, [*names, "--help"])
    assert told.exit_code == 0
    assert [word for word in words if word.startswith("--") and word not in told.output] == []


def test_keys_and_data_lie_apart_in_every_service() -> None:
    for path in SERVICES:
        text = path.read_text(encoding="utf-8")
        assert "JOB131_HOME=/var/lib/job131\n" in text
        assert f"JOB131_KEY_FILE={KEYS}/key\n" in text


def test_every_timer_has_its_service_and_makes_up_for_what_was_missed() -> None:
    for path in (FOLDER / "systemd").glob("*.timer"):
        assert path.with_suffix(".service").is_file()
        assert read_unit(path)["Timer"]["Persistent"] == "yes"


@pytest.fixture
def analysed(tmp_path: Path) -> Path:
    """The units, with a program that is there on every machine."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace("/opt/job131/.venv/bin/job131", "/bin/true")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    return tmp_path


def test_systemd_finds_nothing_wrong_with_the_units(analysed: Path) -> None:
    command = ["systemd-analyze", "verify", *(str(analysed / path.name) for path in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if "job131" in line] == []


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_systemd_finds_a_service_little_exposed(path: Path, analysed: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(analysed / path.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    level = re.search(r"exposure level for .*: ([\d.]+)", done.stdout)
    if level is None:
        pytest.skip("this systemd-analyze cannot look at a file")
    assert float(level[1]) <= MOST_EXPOSED


def test_the_container_runs_as_nobody_from_a_known_image_and_says_how_it_is() -> None:
    assert set(re.findall(r"^FROM (\S+)", CONTAINERFILE, re.MULTILINE)) == {"${BASE}"}
    images = re.findall(r"^ARG BASE=(\S+)", CONTAINERFILE, re.MULTILINE)
    assert images
    assert [image for image in images if ":" not in image or image.endswith(":latest")] == []
    last = CONTAINERFILE.rsplit("FROM ", 1)[1]
    users = re.findall(r"^USER (\S+)", last, re.MULTILINE)
    assert users == ["10131:10131"]
    assert last.index("USER ") < last.index("\nCMD ")
    assert "HEALTHCHECK" in last and "/readyz" in last
    assert 'VOLUME ["/data", "/keys", "/backups"]' in last
    assert not re.search(r"^(ADD|ARG .*(KEY|PASSWORD|SECRET))", CONTAINERFILE, re.MULTILINE)
    assert "--no-index" in CONTAINERFILE
    assert not re.search(r"COPY .*key|ENV .*PASSWORD", CONTAINERFILE)


def test_the_container_is_of_this_version() -> None:
    container = (FOLDER / "container" / "job131.container").read_text(encoding="utf-8")
    told = re.findall(r"job131(?:-|:|\[postgres\]==)(\d+\.\d+\.\d+)", CONTAINERFILE + container)
    assert len(told) >= 4
    assert set(told) == {VERSION}


def test_the_container_cannot_write_its_root_and_its_key_is_a_secret() -> None:
    container = read_unit(FOLDER / "container" / "job131.container")["Container"]
    assert container["ReadOnly"] == "true"
    assert container["DropCapability"] == "all"
    assert container["NoNewPrivileges"] == "true"
    assert "target=/keys/key" in container["Secret"] and "mode=0400" in container["Secret"]
    assert container["PublishPort"].startswith("127.0.0.1:")


def test_the_proxy_lets_through_what_the_program_takes_and_no_more() -> None:
    body = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert body is not None
    assert int(body[1]) << 20 == WebConfig(secret_key="", upload_folder=Path()).max_body_bytes
    for wanted in ("client_header_timeout", "client_body_timeout", "send_timeout", "limit_conn", "limit_req",
                   "proxy_request_buffering on", "proxy_set_header Host $host", "server_tokens off"):  # fmt: skip
        assert wanted in NGINX
    assert not re.search(r"^\s*add_header", NGINX, re.MULTILINE), "headers come from the program"
    assert NGINX.count("{") == NGINX.count("}")


def test_the_proxy_writes_no_query_and_no_token_into_its_log() -> None:
    log = re.search(r"log_format job131 (.*?);", NGINX, re.DOTALL)
    assert log is not None
    words = re.findall(r"\$\w+", log[1])
    assert not {"$request", "$request_uri", "$args", "$query_string", "$http_authorization", "$http_cookie",
                "$http_referer", "$remote_user"} & set(words)  # fmt: skip
    assert "$uri" in words


def test_the_page_names_every_file_and_every_file_is_there() -> None:
    named = set(re.findall(r"\]\((operations/[^)]+)\)", PAGE))
    there = {f"operations/{path.relative_to(FOLDER).as_posix()}" for path in FOLDER.rglob("*") if path.is_file()}
    assert there - named == set()
    assert named - there == set()


def test_commands_of_the_page_exist() -> None:
    blocks = "\n".join(re.findall(r"^```\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
    told = set(re.findall(r"^(?:[A-Z0-9_]+=\S+ )*job131 (?:--\S+ \S+ )*([a-z]+)", blocks, re.MULTILINE))
    assert len(told) > 5
    assert told - set(COMMANDS) == set()


def calls_of(group: str) -> set[str]:
    """The system calls of a group of systemd, groups in it opened."""
    shown = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True)
    lines = [line.strip() for line in shown.stdout.splitlines()[1:]]
    inner = [calls_of(line) if line.startswith("@") else {line} for line in lines if line and line[0] != "#"]
    return set[str]().union(*inner)


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_may_do_what_readers_of_files_and_large_works_do(path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    allowed: set[str] = set()
    for words in re.findall(r"^SystemCallFilter=(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE):
        named = set[str]().union(*(calls_of(group) for group in words.removeprefix("~").split()))
        allowed = allowed - named if words.startswith("~") else allowed | named
    assert {"setpriority", "prlimit64", "fdatasync", "clone3", "execve", "madvise", "flock"} <= allowed
    assert not {"setuid", "chroot", "mount", "ptrace", "bpf", "reboot", "fchown"} & allowed
