"""Where a long reckoning stands, in one small file, so that a stopped run goes on instead of starting again.

In: a few arrays after every round, with a digest of everything they depend on. Out: the last of them, if the same
reckoning was broken off; nothing where anything differs. The file holds numbers of postings, nothing of people.
"""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]
KEPT_SECONDS = 14 * 24 * 3600
"""A file nobody came back for goes after so long."""


def digest_of(arrays: Iterable[npt.NDArray[Any]], *words: str) -> str:
    """What a reckoning depends on, in 32 letters."""
    digest = blake2b("\0".join(words).encode(), digest_size=16)
    for array in arrays:
        digest.update(f"{array.dtype}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """A folder with a file for every reckoning under way."""

    folder: Path

    def of(self, digest: str) -> Checkpoint:
        """The file of one reckoning; old ones are swept away."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in self.folder.glob("*.npz*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < time.time() - KEPT_SECONDS:
                    path.unlink()
        return Checkpoint(self.folder / f"{digest}.npz")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The file of one reckoning."""

    path: Path

    def read(self) -> dict[str, npt.NDArray[Any]] | None:
        """Where it stood, or None; a file that is not whole counts as none."""
        try:
            with self.path.open("rb") as source, np.load(source, allow_pickle=False) as stored:
                return {name: stored[name] for name in stored.files}
        except (OSError, ValueError, zipfile.BadZipFile, EOFError):
            return None

    def write(self, arrays: Arrays) -> None:
        """Where it stands now, whole or not at all."""
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        with draft.open("wb") as target:
            np.savez(target, allow_pickle=False, **arrays)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(self.path)

    def done(self) -> None:
        """It came to its end."""
        self.path.unlink(missing_ok=True)
