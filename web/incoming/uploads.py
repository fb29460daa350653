"""Where uploaded files wait for their confirmation.

In: the stream of an upload. Out: a file in a folder of its own, readable by its owner only, found again by a token
nobody can guess; a day later it is gone.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO

from jobs_feed.report import file_name_of
from jobs_feed.within import Within
from web.incoming.state import ERROR_SHEET, RESULT, forget, write_whole

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_SUFFIX = re.compile(r"\.[A-Za-z]{3,4}")
KEPT_SECONDS = 24 * 3600
CHUNK = 1 << 20
CELLS_AT_MOST = 5_000
"""Corrected cells kept with one file; who has more to correct does it in the spreadsheet."""


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
    division: str = ""
    villages: tuple[str, ...] = ()
    """The villages a roster may speak of; none = all."""
    mapping: dict[str, str] = field(default_factory=dict)
    """Headers whose field a person corrected."""
    cells: list[tuple[str, int, int, str]] = field(default_factory=list)
    """Cells a person corrected: sheet, row, column from 1, text."""

    @property
    def folder(self) -> Path:
        """Where everything about it lies."""
        return self.path.parent

    @property
    def waits(self) -> bool:
        """Whether the file itself is still there; it is deleted as soon as it was taken."""
        return self.path.is_file()

    @property
    def within(self) -> Within:
        """Whom the file may speak of."""
        return Within(division=self.division, villages=self.villages)

    def corrections(self) -> dict[tuple[str, int, int], str]:
        """The corrected cells, as the import wants them."""
        return {(sheet, row, column): text for sheet, row, column, text in self.cells}


@dataclass(frozen=True, slots=True)
class UploadDesk:
    """The waiting files of one office."""

    folder: Path
    now: Callable[[], float]

    def put(
        self,
        stream: IO[bytes],
        *,
        name: str,
        kind: str,
        sender: str,
        as_of: str,
        actor: str,
        division: str = "",
        villages: tuple[str, ...] = (),
    ) -> Staged:
        """Keep a file; the name is kept as words only, never as a path."""
        self._clear_old()
        token = secrets.token_urlsafe(16)
        place = self.folder / token
        place.mkdir(mode=0o700, parents=True)
        shown = file_name_of(Path(name.replace("\\", "/")).name[:80])
        suffix = _SUFFIX.fullmatch(Path(shown).suffix)
        path = place / f"upload{suffix.group().lower() if suffix else ''}"
        with path.open("wb") as target:
            shutil.copyfileobj(stream, target, CHUNK)
        path.chmod(0o600)
        staged = Staged(token, shown, kind, sender, as_of, actor, path, division, villages)
        self._note(staged)
        return staged

    def correct(self, staged: Staged, mapping: dict[str, str]) -> None:
        """Keep which columns a person read otherwise; what was seen before no longer holds."""
        self._note(replace(staged, mapping=staged.mapping | mapping))
        forget(staged.folder)

    def correct_cells(self, staged: Staged, cells: Mapping[tuple[str, int, int], str] | None) -> None:
        """Keep cells as a person wants them read, or (None) as they were delivered again."""
        kept = {} if cells is None else staged.corrections() | dict(cells)
        self._note(replace(staged, cells=[(*place, text) for place, text in kept.items()][:CELLS_AT_MOST]))
        forget(staged.folder)

    def waiting(self, actor: str) -> list[Staged]:
        """What waits for this account, the newest first."""
        places = self.folder.iterdir() if self.folder.is_dir() else ()
        found = [staged for place in places if (staged := self.get(place.name)) and staged.actor == actor]
        return sorted((one for one in found if one.waits), key=lambda one: -one.path.stat().st_mtime)

    def taken(self, staged: Staged) -> None:
        """Delete a file that was taken; the sheet of its refused rows stays until the day is over."""
        if (staged.folder / ERROR_SHEET).is_file():
            staged.path.unlink(missing_ok=True)
            (staged.folder / RESULT).unlink(missing_ok=True)
        else:
            self.drop(staged.token)

    def get(self, token: str) -> Staged | None:
        """A waiting file, None where there is none."""
        about = self.folder / token / "about.json"
        if not _TOKEN.fullmatch(token) or not about.is_file():
            return None
        try:
            data = json.loads(about.read_text(encoding="utf-8"))
        except FileNotFoundError:  # deleted at this moment by another page
            return None
        cells = [tuple(cell) for cell in data.get("cells", ())]
        told = {"path": Path(data["path"]), "cells": cells, "villages": tuple(data.get("villages", ()))}
        return Staged(**{**data, **told})

    def drop(self, token: str) -> None:
        """Delete a waiting file."""
        if _TOKEN.fullmatch(token):
            shutil.rmtree(self.folder / token, ignore_errors=True)

    def _note(self, staged: Staged) -> None:
        """Write down what is known of a waiting file."""
        write_whole(staged.folder / "about.json", json.dumps(asdict(staged), default=str).encode())

    def _clear_old(self) -> None:
        """Delete what nobody confirmed within a day."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for place in self.folder.iterdir():
            if place.is_dir() and self.now() - place.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(place, ignore_errors=True)
