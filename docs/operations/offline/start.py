"""Installs job131 from this folder and opens it; nothing is fetched from anywhere.

In: the folder this file lies in (wheels, bundle.json, SHA256SUMS). Out: the program in a folder of its own, the data
folder, one account, the pages in the browser. With arguments: the command `job131` with them. Standard library only.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

HERE = Path(__file__).resolve().parent
PORTS = range(8131, 8141)
TRIES = 5
WINDOWS = os.name == "nt"


class Stopped(Exception):
    """What to tell the person at the screen."""


def say(text: str) -> None:
    """One line on the screen."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def about() -> dict[str, str]:
    """What this bundle is: version, python, target."""
    try:
        told = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as broken:
        raise Stopped("安装包不完整：bundle.json 不见了，请重新拷一份 / bundle.json is missing: copy again") from broken
    return {name: str(told[name]) for name in ("version", "python", "target")}


def check_fits(bundle: dict[str, str]) -> None:
    """The bundle is for this Python and this machine."""
    have = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if have != bundle["python"]:
        raise Stopped(
            f"这个安装包要 Python {bundle['python']}，这台电脑是 {have}；请装 Python {bundle['python']} 再来"
            f" / this bundle needs Python {bundle['python']}, found {have}"
        )
    machine = platform.machine().lower().replace("amd64", "x86_64").replace("arm64", "aarch64")
    mine = f"{'win' if WINDOWS else 'linux'}_{machine}".replace("win_x86_64", "win_amd64")
    if mine != bundle["target"]:
        raise Stopped(
            f"这个安装包是给 {bundle['target']} 的，这台电脑是 {mine}；请换对应的安装包"
            f" / this bundle is for {bundle['target']}, this machine is {mine}"
        )


def check_whole() -> int:
    """Every file is the one that was packed; how many."""
    lines = (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    for line in lines:
        digest, name = line.split("  ", 1)
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise Stopped(f"安装包里的 {name} 缺了或坏了，请重新拷一份，什么都没有装 / {name} is missing or damaged")
    return len(lines)


def programs() -> Path:
    """Where programs are installed: one folder a version, apart from the data."""
    local = os.environ.get("LOCALAPPDATA", "") if WINDOWS else ""
    named = os.environ.get("JOB131_PROGRAMS", "")
    return Path(named or Path(local or Path.home() / ".local" / "share") / "job131-program")


def tool(folder: Path, name: str) -> str:
    """A program of an installed folder."""
    return str(folder / "Scripts" / f"{name}.exe" if WINDOWS else folder / "bin" / name)


def install(bundle: dict[str, str], folder: Path) -> None:
    """An environment from the wheels here, whole or not at all; left alone where it stands already."""
    done = folder / "installed.json"
    if done.is_file() and json.loads(done.read_text(encoding="utf-8")) == bundle:
        return
    say(f"核对了 {check_whole()} 个文件；正在安装，要一两分钟 / checked, installing, a minute or two")
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _must([sys.executable, "-m", "venv", str(folder)], "建不了程序文件夹 / cannot make the program's folder")
    wanted = f"job131[postgres]=={bundle['version']}"
    pip = [tool(folder, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
    offline = ["--isolated", "--no-index", "--find-links", str(HERE / "wheels"), wanted]
    _must([*pip, *offline], "没有装成 / could not be installed")
    done.write_text(json.dumps(bundle), encoding="utf-8")


def _must(command: list[str], sorry: str) -> None:
    """Runs a program; its own last line with ours where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Stopped(f"{sorry}：{''.join(last)}。什么都没有动，可以再试一次")


def make_ready(folder: Path) -> str:
    """The office opens with this program: made where there is none, brought up to date after a backup; its accounts."""
    known = job131(folder, "user", "list", quiet=True)
    if known.returncode:
        keep_before_upgrade(folder)
        if job131(folder, "init").returncode:
            raise Stopped("没有打开；请看上面的提示 / not opened; see above")
        known = job131(folder, "user", "list", quiet=True)
    return known.stdout.strip()


def keep_before_upgrade(folder: Path) -> None:
    """Before a newer program changes the tables, the one that opens them makes a backup."""
    older = [path.parent for path in folder.parent.glob("*/installed.json") if path.parent != folder]
    able = [one for one in older if job131(one, "user", "list", quiet=True).returncode == 0]
    if not able:
        return
    place = backups()
    if job131(able[0], "backup", str(place)).returncode:
        raise Stopped("升级前的备份没有做成，没有升级；请先看上面的提示 / no backup, so nothing was upgraded")
    say(f"升级前的数据已备份到 {place} / backed up before the upgrade")


def backups() -> Path:
    """The folder of backups of this person."""
    place = Path(os.environ.get("JOB131_BACKUPS", "") or Path.home() / "job131-backups")
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def job131(
    folder: Path, *words: str, typed: str | None = None, quiet: bool = False
) -> subprocess.CompletedProcess[str]:
    """The command with some words; what it says appears on the screen unless quiet."""
    command = [tool(folder, "python"), "-P", "-m", "web.cli", *words]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    caught = subprocess.PIPE if quiet else None
    return subprocess.run(
        command, input=typed, stdout=caught, stderr=caught, text=True, encoding="utf-8", env=environment, check=False
    )


def first_account(folder: Path) -> None:
    """Asks for a name and a password, so that somebody can sign in."""
    say("第一次使用，先设一个账号 / first time: make an account")
    for _ in range(TRIES):
        name = _asked("登录名（如 zhangsan）/ name: ")
        password = _asked("密码，至少12个字符，输入时不显示 / password, 12 characters at least: ", secret=True)
        if (
            job131(folder, "user", "add", name, "--role", "city", "--password-stdin", typed=f"{password}\n").returncode
            == 0
        ):
            return
    raise Stopped("账号没有设成；再双击一次就可以重来 / no account was made; start again")


def _asked(question: str, *, secret: bool = False) -> str:
    """What a person types; a line of standard input where nobody sits at a screen."""
    if secret and sys.stdin.isatty():
        return getpass.getpass(question)
    sys.stderr.write(question)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise Stopped("没有输入，没有设账号 / nothing was typed, no account was made")
    return line.strip()


def answers(port: int) -> bool:
    """Whether job131 answers at a port of this machine."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/alive", timeout=3) as answer:
            return answer.read(8).strip() == b"ok"
    except (OSError, urllib.error.URLError, ValueError):
        return False


def free_port() -> int:
    """The first port nobody listens at."""
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise Stopped("8131 到 8140 端口都被占用；请重启电脑再试 / ports 8131 to 8140 are taken")


def serve(folder: Path) -> int:
    """Opens the pages; ends when the window is closed."""
    opened = os.environ.get("JOB131_NO_BROWSER", "") != "1"
    running = next((port for port in PORTS if answers(port)), None) if opened else None
    if running:
        say(f"已经在运行 / already running: http://127.0.0.1:{running}")
        webbrowser.open(f"http://127.0.0.1:{running}")
        return 0
    port = free_port()
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [tool(folder, "python"), "-P", "-m", "web.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment)
    try:
        while server.poll() is None and not answers(port):
            time.sleep(0.3)
        if server.poll() is None:
            say(f"请在浏览器打开 http://127.0.0.1:{port} ；这个窗口不要关，关了就停 / keep this window open")
            if opened:
                webbrowser.open(f"http://127.0.0.1:{port}")
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        server.wait()


def main(words: list[str]) -> int:
    """Install where needed, then do what was asked: open the pages, or one command."""
    bundle = about()
    check_fits(bundle)
    folder = programs() / bundle["version"]
    install(bundle, folder)
    if words[:1] == ["--install"]:
        return 0
    if words == ["--backup"]:
        return job131(folder, "backup", str(backups())).returncode
    if words:
        return job131(folder, *words).returncode
    if not make_ready(folder):
        first_account(folder)
    return serve(folder)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        sys.exit(main(sys.argv[1:]))
    except Stopped as stopped:
        say(str(stopped))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(1)
