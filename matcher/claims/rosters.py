"""The payment list and the ledger of claims as rows, for spreadsheets and papers inside the office.

In: a unit of work, a scope, which columns. Out: rows; the bank account stays empty for the office to fill in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from matcher.claims.kinds import kind_of
from matcher.claims.overview import OF_CLAIMS
from matcher.domain.casenumber import case_number
from matcher.domain.service.claim import Claim, ClaimState
from matcher.domain.service.publicity import Decision, Notice
from matcher.domain.worker import Worker
from matcher.listings import Scope
from matcher.store.claims import WantedClaims
from matcher.store.store import UnitOfWork

MOST_ROWS = 20_000
Cell = str | int | float | None


class Say(Protocol):
    """Words of a code."""

    def __call__(self, code: str, /, **args: str | int) -> str:
        """The sentence."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns in which order, of claims of which states."""

    names: tuple[str, ...]
    states: tuple[str, ...]


PAYMENT = Columns(
    ("number", "name", "id_number", "village", "kind", "tier", "months", "span", "proofs", "notice", "yuan", "bank",
     "paid_on", "signed"),
    (ClaimState.PUBLICISED.value,),
)  # fmt: skip
LEDGER = Columns(
    ("number", "case_no", "name", "village", "kind", "year", "tier", "months", "span", "employer", "proofs", "state",
     "state_on", "notice", "yuan"),
    tuple(state.value for state in OF_CLAIMS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """One claim with what its row tells."""

    number: int
    claim: Claim
    worker: Worker | None
    notices: Sequence[Notice]


def roster_rows(unit: UnitOfWork, scope: Scope, columns: Columns, *, language: str, say: Say) -> list[list[Cell]]:
    """The rows of a scope."""
    wanted = WantedClaims(division=scope.division, villages=scope.villages, states=columns.states)
    claims, _ = unit.claims.page(wanted, first=0, size=MOST_ROWS)
    people = unit.workers.many([claim.worker_key for claim in claims if claim.worker_key is not None])
    notices = unit.publicities.of_claims([claim.key for claim in claims])
    rows = []
    for number, claim in enumerate(claims, start=1):
        stored = people.get(claim.worker_key) if claim.worker_key is not None else None
        line = _Line(number, claim, stored.value if stored else None, notices.get(claim.key, ()))
        rows.append([_CELLS[name](line, language, say) for name in columns.names])
    return rows


def _notice(line: _Line, language: str, say: Say) -> Cell:
    """The days a claim hung on the board that was passed last."""
    passed = [one for one in line.notices if one.decision is not Decision.CANCELLED]
    return f"{passed[-1].notice_from}–{passed[-1].notice_until}" if passed else ""


_CELLS: dict[str, Callable[[_Line, str, Say], Cell]] = {
    "number": lambda line, language, say: line.number,
    "case_no": lambda line, language, say: case_number(line.claim.worker_key) if line.claim.worker_key else "",
    "name": lambda line, language, say: line.worker.name if line.worker else line.claim.claimant,
    "id_number": lambda line, language, say: line.worker.id_number if line.worker else "",
    "village": lambda line, language, say: line.worker.village if line.worker else "",
    "kind": lambda line, language, say: kind_of(line.claim.kind).name(language),
    "year": lambda line, language, say: line.claim.year,
    "tier": lambda line, language, say: say(f"CLAIM_TIER_{line.claim.tier.upper() or 'OPEN'}"),
    "months": lambda line, language, say: line.claim.months,
    "span": lambda line, language, say: f"{line.claim.since}–{line.claim.until}",
    "employer": lambda line, language, say: line.claim.employer,
    "proofs": lambda line, language, say: "、".join(say(f"CLAIM_PROOF_{one.upper()}") for one in line.claim.proofs),
    "state": lambda line, language, say: say(f"CLAIM_STATE_{line.claim.state.name}"),
    "state_on": lambda line, language, say: str(line.claim.state_on or ""),
    "notice": _notice,
    "yuan": lambda line, language, say: line.claim.yuan,
    "bank": lambda line, language, say: "",
    "paid_on": lambda line, language, say: "",
    "signed": lambda line, language, say: "",
}
