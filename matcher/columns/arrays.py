"""Typed arrays out of plain iterables, the one way columns are filled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Kind = TypeVar("Kind", bound=np.generic)

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]


def column(values: Iterable[float], kind: type[Kind], size: int) -> npt.NDArray[Kind]:
    """One value a record, shape (size,)."""
    return np.fromiter(values, dtype=kind, count=size)
