"""Claims: made once a person, kind and year, moved step by step, nothing of them deleted.

In: claims and steps. Out: claims with where they stand, paged within a scope; the people an organisation names.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.service.claim import Claim, ClaimPerson, ClaimState, ClaimStep, standing_mark, state_after
from matcher.store.context import Row, StoreContext, chunks, new_uid, within
from matcher.store.schema import CLAIM_PERSON, CLAIM_STEP, SUBSIDY_CLAIM, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope


class _Body(msgspec.Struct, frozen=True):
    """What of a claim is sealed."""

    employer: str = ""
    place: str = ""
    proofs: tuple[str, ...] = ()
    note: str = ""


_BODY = msgspec.json.Decoder(_Body)
TAKEN = "同一件事今年已经有一份申请，没有再建一份；请打开已有的那一份"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedClaims:
    """Which claims: within a division and villages, of some states and a kind; everything empty = all."""

    division: str = ""
    villages: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    kind: str = ""
    year: int = 0


class Claims:
    """The tables of claims inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def make(self, claim: Claim) -> int:
        """Keeps a new claim with its first step; EditConflict where one stands already."""
        uid, mark = new_uid(), standing_mark(claim)
        connection = self._context.connection
        if connection.scalar(select(SUBSIDY_CLAIM.c.key).where(SUBSIDY_CLAIM.c.standing == mark)) is not None:
            raise EditConflict(TAKEN)
        body = _Body(claim.employer, claim.place, claim.proofs, claim.note)
        row = {
            "uid": uid,
            "worker_key": claim.worker_key,
            "spell_key": claim.spell_key,
            "class_key": claim.class_key,
            "kind": claim.kind,
            "claimant": claim.claimant,
            "division": claim.division,
            "year": claim.year,
            "tier": claim.tier,
            "since": claim.since,
            "until": claim.until,
            "months": claim.months,
            "state": ClaimState.CLAIMED.value,
            "state_on": claim.made_on,
            "yuan": claim.yuan,
            "standing": mark,
            "body": self._context.keys.seal(msgspec.json.encode(body), place_of("subsidy_claim", "body", uid)),
            "made_on": claim.made_on,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        try:
            key = self._context.insert_many(SUBSIDY_CLAIM, [row])[0]
        except IntegrityError as first:
            raise EditConflict(TAKEN) from first
        self._step(key, ClaimState.CLAIMED, on=claim.made_on, note="", yuan=claim.yuan)
        return key

    def move(self, claim: Claim, state: ClaimState, *, on: date, note: str = "", yuan: int | None = None) -> None:
        """A step of a claim; EditConflict where it stands elsewhere by now."""
        change: Row = {"state": state.value, "state_on": on}
        if yuan is not None:
            change["yuan"] = yuan
        if not state.standing:
            change["standing"] = None
        c = SUBSIDY_CLAIM.c
        moved = self._context.connection.execute(
            update(SUBSIDY_CLAIM).where(c.key == claim.key, c.state == claim.state.value).values(change)
        )
        if moved.rowcount != 1:
            raise EditConflict("别人刚刚办过这份申请，您这一步没有保存；请看过现在的情况再办", ref=str(claim.key))
        self._step(claim.key, state, on=on, note=note, yuan=yuan)

    def undo(self, claim: Claim) -> ClaimStep:
        """Takes the last step back, which stays written down as undone; EditConflict where another stands by now."""
        steps = [step for step in self.steps(claim.key) if step.undone_at is None]
        if len(steps) < 2:
            raise EditConflict("第一步不能撤销；不要这份申请，请用“撤回申请”", ref=str(claim.key))
        last, rest = steps[-1], steps[:-1]
        values = {"undone_at": self._context.clock(), "undone_by": self._context.actor}
        self._context.connection.execute(update(CLAIM_STEP).where(CLAIM_STEP.c.key == last.key).values(values))
        state = state_after(rest)
        yuan = next((step.yuan for step in reversed(rest) if step.yuan is not None), None)
        again = {"state": state.value, "state_on": rest[-1].on, "yuan": yuan, "standing": standing_mark(claim)}
        try:
            self._context.connection.execute(
                update(SUBSIDY_CLAIM).where(SUBSIDY_CLAIM.c.key == claim.key).values(again)
            )
        except IntegrityError as other:
            raise EditConflict(TAKEN, ref=str(claim.key)) from other
        return last

    def get(self, key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> Claim:
        """One claim within a scope; RecordNotFound outside."""
        inside = self._inside(WantedClaims(division=division, villages=villages))
        found = self._some(select(*SUBSIDY_CLAIM.c).select_from(_joined()).where(SUBSIDY_CLAIM.c.key == key, inside))
        if not found:
            raise RecordNotFound("没有这份申请", ref=str(key))
        return found[0]

    def many(self, keys: Collection[int]) -> dict[int, Claim]:
        """Claims by key."""
        found: dict[int, Claim] = {}
        for part in chunks(sorted(keys)):
            query = select(*SUBSIDY_CLAIM.c).where(SUBSIDY_CLAIM.c.key.in_(part))
            found |= {claim.key: claim for claim in self._some(query)}
        return found

    def of_people(self, workers: Collection[int]) -> dict[int, list[Claim]]:
        """The claims of some people, the newest last."""
        found: dict[int, list[Claim]] = {}
        c = SUBSIDY_CLAIM.c
        for part in chunks(sorted(workers)):
            for claim in self._some(select(*c).where(c.worker_key.in_(part)).order_by(c.key)):
                found.setdefault(claim.worker_key or 0, []).append(claim)
        return found

    def page(self, wanted: WantedClaims, *, first: int, size: int) -> tuple[list[Claim], int]:
        """A window of the claims wanted, the oldest state first, and how many there are."""
        c, inside = SUBSIDY_CLAIM.c, self._inside(wanted)
        query = select(*c).select_from(_joined()).where(inside).order_by(c.state_on, c.key)
        total = select(func.count()).select_from(_joined()).where(inside)
        found = self._some(query.offset(first).limit(size))
        return found, self._context.connection.scalar(total) or 0

    def counts(self, wanted: WantedClaims) -> dict[tuple[str, str], tuple[int, int]]:
        """(kind, state) → how many claims, and yuan entered."""
        c = SUBSIDY_CLAIM.c
        query = select(c.kind, c.state, func.count(), func.coalesce(func.sum(c.yuan), 0)).select_from(_joined())
        rows = self._context.connection.execute(query.where(self._inside(wanted)).group_by(c.kind, c.state))
        return {(kind, state): (int(many), int(yuan)) for kind, state, many, yuan in rows}

    def light(self, *, division: str = "", villages: tuple[str, ...] = ()) -> dict[int, list[Claim]]:
        """The claims of everybody of a scope without what is sealed, the newest last."""
        c = SUBSIDY_CLAIM.c
        columns = (c.key, c.worker_key, c.kind, c.year, c.tier, c.since, c.until, c.months, c.state, c.made_on)
        query = select(*columns).join_from(SUBSIDY_CLAIM, WORKER, WORKER.c.key == c.worker_key)
        found: dict[int, list[Claim]] = {}
        rows = self._context.connection.execute(query.where(in_scope(division, villages)).order_by(c.key)).mappings()
        for row in rows:
            told = dict(row)
            claim = Claim(state=ClaimState(told.pop("state")), **told)
            found.setdefault(claim.worker_key or 0, []).append(claim)
        return found

    def steps(self, key: int) -> list[ClaimStep]:
        """All steps of a claim, the oldest first."""
        query = select(*CLAIM_STEP.c).where(CLAIM_STEP.c.claim_key == key).order_by(CLAIM_STEP.c.key)
        return [self._kept(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def name_people(self, claim_key: int, people: Sequence[ClaimPerson]) -> None:
        """The people an organisation names; a second list takes the place of the first."""
        self._context.connection.execute(delete(CLAIM_PERSON).where(CLAIM_PERSON.c.claim_key == claim_key))
        rows = [
            {
                "uid": new_uid(),
                "claim_key": claim_key,
                "worker_key": one.worker_key,
                "months": one.months,
                "yuan": one.yuan,
                "since": one.since,
                "until": one.until,
            }
            for one in people
        ]
        for part in chunks(rows):
            self._context.connection.execute(insert(CLAIM_PERSON), list(part))

    def people_of(self, claim_key: int) -> list[ClaimPerson]:
        """The people an organisation names in a claim."""
        c = CLAIM_PERSON.c
        query = select(c.worker_key, c.months, c.yuan, c.since, c.until).where(c.claim_key == claim_key)
        rows = self._context.connection.execute(query.order_by(c.key))
        return [ClaimPerson(worker_key=w, months=m, yuan=y, since=s, until=u) for w, m, y, s, u in rows]

    def named_elsewhere(
        self, kind: str, year: int, workers: Collection[int], *, but: int = 0, class_key: int | None = None
    ) -> frozenset[int]:
        """Which of these people another standing claim of the same kind and year, or class, names."""
        c, p = SUBSIDY_CLAIM.c, CLAIM_PERSON.c
        about = c.year == year if class_key is None else c.class_key == class_key
        same = and_(c.kind == kind, about, c.standing.is_not(None), c.key != but)
        found: set[int] = set()
        for part in chunks(sorted(workers)):
            query = select(p.worker_key).join_from(CLAIM_PERSON, SUBSIDY_CLAIM, c.key == p.claim_key)
            found |= set(self._context.connection.scalars(query.where(same, p.worker_key.in_(part))))
        return frozenset(found)

    def naming_standing(self, worker_key: int, kind: str) -> list[Claim]:
        """Standing claims of organisations of a kind that name a person."""
        c, p = SUBSIDY_CLAIM.c, CLAIM_PERSON.c
        query = select(*c).join_from(SUBSIDY_CLAIM, CLAIM_PERSON, p.claim_key == c.key)
        return self._some(query.where(p.worker_key == worker_key, c.kind == kind, c.standing.is_not(None)))

    def naming(self, worker_key: int) -> list[tuple[int, ClaimPerson]]:
        """The claims of organisations that name a person."""
        c = CLAIM_PERSON.c
        query = select(c.claim_key, c.worker_key, c.months, c.yuan, c.since, c.until).where(c.worker_key == worker_key)
        return [
            (claim, ClaimPerson(worker_key=w, months=m, yuan=y, since=s, until=u))
            for claim, w, m, y, s, u in self._context.connection.execute(query.order_by(c.key))
        ]

    def _step(self, claim_key: int, state: ClaimState, *, on: date, note: str, yuan: int | None) -> None:
        """Writes a step down."""
        uid = new_uid()
        sealed = self._context.keys.seal(note.encode(), place_of("claim_step", "note", uid)) if note else None
        row = {
            "uid": uid,
            "claim_key": claim_key,
            "state": state.value,
            "done_on": on,
            "yuan": yuan,
            "note": sealed,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.connection.execute(insert(CLAIM_STEP).values(row))

    def _kept(self, row: dict[str, Any]) -> ClaimStep:
        """A step, unsealed."""
        note, place = row["note"], place_of("claim_step", "note", row["uid"])
        return ClaimStep(
            key=row["key"],
            state=ClaimState(row["state"]),
            on=row["done_on"],
            note="" if note is None else self._context.keys.unseal(note, place).decode(),
            yuan=row["yuan"],
            actor=row["actor"],
            recorded_at=row["recorded_at"],
            undone_at=row["undone_at"],
            undone_by=row["undone_by"],
        )

    def _some(self, query: Select[Any]) -> list[Claim]:
        """Claims of a query over all columns, unsealed."""
        return [self._claim(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def _claim(self, row: dict[str, Any]) -> Claim:
        """A row, unsealed."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("subsidy_claim", "body", row["uid"])))
        plain = (
            "key",
            "kind",
            "worker_key",
            "claimant",
            "division",
            "spell_key",
            "class_key",
            "year",
            "tier",
            "since",
            "until",
        )
        more = ("months", "state_on", "yuan", "made_on", "actor")
        return Claim(
            state=ClaimState(row["state"]),
            employer=body.employer,
            place=body.place,
            proofs=body.proofs,
            note=body.note,
            **{name: row[name] for name in (*plain, *more)},
        )

    def _inside(self, wanted: WantedClaims) -> ColumnElement[bool]:
        """What a claim has to be: its person in the scope, or its organisation, which whole villages do not see."""
        c = SUBSIDY_CLAIM.c
        theirs = and_(c.worker_key.is_not(None), in_scope(wanted.division, wanted.villages))
        bodies = c.worker_key.is_(None)
        scoped = theirs if wanted.villages else or_(theirs, and_(bodies, within(c.division, wanted.division)))
        of_state = c.state.in_(wanted.states) if wanted.states else true()
        of_kind = c.kind == wanted.kind if wanted.kind else true()
        return and_(scoped, of_state, of_kind, c.year == wanted.year if wanted.year else true())


def _joined() -> Any:
    """Claims with the person each is about, where there is one."""
    return SUBSIDY_CLAIM.outerjoin(WORKER, WORKER.c.key == SUBSIDY_CLAIM.c.worker_key)
