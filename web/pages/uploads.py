"""Where uploaded files wait for their confirmation.

In: the stream of an upload. Out: a file in a folder of its own, readable by its owner only, found again by a token
nobody can guess; a day later it is gone.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_SUFFIX = re.compile(r"\.[A-Za-z]{3,4}")
KEPT_SECONDS = 24 * 3600
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Staged:
    """A waiting file and what was said with it."""

    token: str
    name: str
    kind: str
    sender: str
    as_of: str
    actor: str
    path: Path
    mapping: dict[str, str] = field(default_factory=dict)
    """Headers whose field a person corrected."""


@dataclass(frozen=True, slots=True)
class UploadDesk:
    """The waiting files of one office."""

    folder: Path
    now: Callable[[], float]

    def put(self, stream: IO[bytes], *, name: str, kind: str, sender: str, as_of: str, actor: str) -> Staged:
        """Keep a file; the name is kept as words only, never as a path."""
        self._clear_old()
        token = secrets.token_urlsafe(16)
        place = self.folder / token
        place.mkdir(mode=0o700, parents=True)
        shown = Path(name.replace("\\", "/")).name[:80]
        suffix = _SUFFIX.fullmatch(Path(shown).suffix)
        path = place / f"upload{suffix.group().lower() if suffix else ''}"
        with path.open("wb") as target:
            shutil.copyfileobj(stream, target, CHUNK)
        path.chmod(0o600)
        staged = Staged(token, shown, kind, sender, as_of, actor, path)
        self._note(staged)
        return staged

    def correct(self, staged: Staged, mapping: dict[str, str]) -> None:
        """Keep which columns a person read otherwise."""
        self._note(replace(staged, mapping=staged.mapping | mapping))

    def get(self, token: str) -> Staged | None:
        """A waiting file, None where there is none."""
        about = self.folder / token / "about.json"
        if not _TOKEN.fullmatch(token) or not about.is_file():
            return None
        data = json.loads(about.read_text(encoding="utf-8"))
        return Staged(**{**data, "path": Path(data["path"])})

    def drop(self, token: str) -> None:
        """Delete a waiting file."""
        if _TOKEN.fullmatch(token):
            shutil.rmtree(self.folder / token, ignore_errors=True)

    def _note(self, staged: Staged) -> None:
        """Write down what is known of a waiting file."""
        about = staged.path.with_name("about.json")
        about.write_text(json.dumps(asdict(staged), default=str), encoding="utf-8")

    def _clear_old(self) -> None:
        """Delete what nobody confirmed within a day."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for place in self.folder.iterdir():
            if place.is_dir() and self.now() - place.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(place, ignore_errors=True)
