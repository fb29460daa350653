"""What can be claimed and what hangs on notice boards, as tables.

In: kinds.csv and topics.csv beside this file. Out: frozen rows by code.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.publicity import Level


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """One thing that can be claimed."""

    code: str
    who: str
    zh: str
    en: str
    away: str
    """`county` where the work must lie outside the home county."""
    item: str
    topic: str
    ledger: str
    """`yes` where the monitoring ledger tells of money drawn already."""
    basis: str

    @property
    def of_person(self) -> bool:
        """Whether one person claims it."""
        return self.who == "person"

    @property
    def of_learner(self) -> bool:
        """Whether one person claims it for a class."""
        return self.who == "learner"

    @property
    def of_body(self) -> bool:
        """Whether an organisation claims it for the people it names."""
        return self.who == "body"

    @property
    def of_class(self) -> bool:
        """Whether it is about a class."""
        return self.item == "POLICY_TRAINING"

    @property
    def away_only(self) -> bool:
        """Whether the work must lie outside the home county."""
        return self.away == "county"

    def name(self, language: str) -> str:
        """What it is called."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Topic:
    """What a notice is about."""

    code: str
    zh: str
    en: str
    levels: tuple[Level, ...]
    basis: str

    def name(self, language: str) -> str:
        """What it is called."""
        return self.en if language == "en" else self.zh


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of a table beside this file."""
    text = files("matcher.claims").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, strict=True))


@lru_cache(maxsize=1)
def kinds() -> dict[str, ClaimKind]:
    """Everything that can be claimed, in order."""
    return {row["code"]: ClaimKind(**row) for row in _rows("kinds")}


@lru_cache(maxsize=1)
def topics() -> dict[str, Topic]:
    """Everything that hangs on a board, in order."""
    return {
        row["code"]: Topic(
            row["code"], row["zh"], row["en"], tuple(Level(one) for one in row["levels"].split()), row["basis"]
        )
        for row in _rows("topics")
    }


def kind_of(code: str) -> ClaimKind:
    """The kind of a code; RecordNotFound for an unknown one."""
    try:
        return kinds()[code]
    except KeyError:
        raise RecordNotFound("没有这种补贴", ref=code) from None


def topic_of(code: str) -> Topic:
    """The topic of a code; RecordNotFound for an unknown one."""
    try:
        return topics()[code]
    except KeyError:
        raise RecordNotFound("没有这种公示", ref=code) from None
