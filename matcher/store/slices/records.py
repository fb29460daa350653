"""What one record of a slice is, and how two offices tell whether it changed.

In: nothing. Out: `Record` and `Agreed`, ready for JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.store.slices.kinds import Plain


@dataclass(frozen=True, slots=True)
class Agreed:
    """The last content of a record taken in from another office: in which of its files, after which of ours."""

    digest: str
    number: int
    own_number: int
    decided: bool = False
    rows: list[Plain] | None = None
    """The content itself, where conflicts of the kind are shown field by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Rows that are compared and taken in as one."""

    kind: str
    ref: str
    """What the record is called in the office it comes from."""
    rows: list[Plain]
    by: str = ""
    """Who last worked on it there, as far as the audit record tells."""
    bases: dict[str, Agreed] = field(default_factory=dict)
    """By office: what that office had said when it was last taken in."""
    gone: bool = False
    """Taken away there since both had it; the rows are those both had."""
