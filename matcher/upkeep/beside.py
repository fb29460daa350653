"""A list beside the key file, apart from data and backups, so that a restored backup is told what has gone since.

In: words. Out: all words of the list; one JSON object a line, for its owner only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.office import Office


@dataclass(frozen=True, slots=True)
class Beside:
    """One list: the name of its file, and under which word a line holds what was added."""

    name: str
    field: str

    def add(self, office: Office, words: Sequence[str]) -> None:
        """Adds words, safely on the disk before what they stand for is done."""
        opened = os.open(self._path(office), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(opened, "a", encoding="ascii") as stream:
            stream.write(json.dumps({self.field: words}) + "\n")
            stream.flush()
            os.fsync(stream.fileno())

    def all(self, office: Office) -> set[str]:
        """All words of the list."""
        path = self._path(office)
        if not path.is_file():
            return set()
        lines = path.read_text(encoding="ascii").splitlines()
        return {word for line in lines if line.strip() for word in json.loads(line)[self.field]}

    def _path(self, office: Office) -> Path:
        """Where the list lies."""
        return office.config.key_file.with_name(self.name)
