"""What is stated and shown about spells of work, kept and taken back.

In: an office, a spell of a person within a scope, what was typed. Out: statements and proofs in the store, and the work
of a person with claimed and verified side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.aftercare.slips import Whose
from matcher.domain.aftercare import Spell
from matcher.domain.errors import CodedRefusal, RecordNotFound
from matcher.domain.service.ladder import Proof, ProofKind, SpellDetail, Stability
from matcher.ladder.stability import stability
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

MOST_YUAN = 99_999
FIELDS = ("region", "channel", "contract", "insurance", "industry", "province", "city", "county", "employer", "yuan")
"""What a statement may say."""
_PROOF_BACK = timedelta(days=366 * 3)


class LadderRefused(CodedRefusal):
    """A statement or proof that cannot be kept; `code` is its sentence in the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellView:
    """One spell with what is claimed of it, what is verified, and what proves it."""

    spell: Spell
    claimed: dict[str, str | int]
    verified: dict[str, str | int]
    details: tuple[SpellDetail, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """All work of a person, the newest first, and how stable it is."""

    spells: tuple[SpellView, ...]
    stable: Stability


def work_of(unit: UnitOfWork, key: int, policy: PolicyAt) -> WorkView:
    """What is known of a person's work."""
    spells = unit.aftercare.spells.of_people([key]).get(key, [])
    details = unit.casefile.details.of_people([key]).get(key, [])
    proofs = unit.casefile.proofs.of_people([key]).get(key, [])
    views = tuple(_view(spell, details, proofs) for spell in reversed(spells))
    return WorkView(spells=views, stable=stability(spells, proofs, policy, policy.on))


def _view(spell: Spell, details: Sequence[SpellDetail], proofs: Sequence[Proof]) -> SpellView:
    """One spell."""
    about = tuple(one for one in details if one.spell_key == spell.key)
    told: dict[str, str | int] = {"employer": spell.employer, "yuan": spell.yuan or 0}
    return SpellView(
        spell=spell,
        claimed={name: value for name, value in told.items() if value} | latest(about, verified=False),
        verified=latest(about, verified=True),
        details=about,
        proofs=tuple(one for one in proofs if one.spell_key == spell.key),
    )


def latest(details: Sequence[SpellDetail], *, verified: bool) -> dict[str, str | int]:
    """What is claimed, or verified, last of each field; a field nobody spoke of is missing."""
    found: dict[str, str | int] = {}
    for detail in details:
        if detail.verified is verified:
            found |= {name: value for name in FIELDS if (value := getattr(detail, name))}
    return found


@contextmanager
def _about(office: Office, key: int, spell_key: int, whose: Whose, actor: str) -> Iterator[tuple[UnitOfWork, Spell]]:
    """A unit of work about one spell; RecordNotFound outside the scope."""
    with office.unit(actor) as unit:
        unit.workers.get(key, division=whose.division, villages=whose.villages)
        spells = unit.aftercare.spells.of_people([key]).get(key, [])
        spell = next((one for one in spells if one.key == spell_key), None)
        if spell is None:
            raise RecordNotFound("没有这段工作，或不在您的范围内", ref=str(spell_key))
        yield unit, spell


def state_detail(office: Office, detail: SpellDetail, whose: Whose, *, actor: str) -> int:
    """Keeps a statement about a spell; its key."""
    with _about(office, detail.worker_key, detail.spell_key, whose, actor) as (unit, _):
        if not any(getattr(detail, name) for name in FIELDS):
            raise LadderRefused("LADDER_NOTHING", "一项都没有填；没有保存，请至少填一项")
        if detail.yuan is not None and not 0 < detail.yuan <= MOST_YUAN:
            raise LadderRefused("LADDER_BAD_YUAN", "月收入不对：请填每月多少元，1 到 99999；没有保存")
        number = unit.casefile.details.add(detail)
        unit.audit.note("spell_detail", subject=f"worker:{detail.worker_key}", fields=detail.verified_how or "claim")
        return number


def show_proof(office: Office, proof: Proof, whose: Whose, *, actor: str) -> int:
    """Keeps a proof of a spell; its key. It is about days that were, shown on a day that was."""
    with _about(office, proof.worker_key, proof.spell_key, whose, actor) as (unit, spell):
        _check_days(proof, spell, unit.today())
        if proof.kind is ProofKind.PAY_SLIP and not proof.yuan:
            raise LadderRefused("LADDER_SLIP_YUAN", "工资条要写实发多少元；没有保存，请补上")
        number = unit.casefile.proofs.add(proof)
        unit.audit.note("spell_proof", subject=f"worker:{proof.worker_key}", fields=proof.kind.value)
        return number


def _check_days(proof: Proof, spell: Spell, today: date) -> None:
    """Days that can be: in order, not ahead, touching the spell."""
    if proof.told_on > today or proof.told_on < today - _PROOF_BACK or proof.from_on > proof.told_on:
        raise LadderRefused("LADDER_BAD_DAY", "日期不对：证明的日子不能晚于拿到证明那天，也不能晚于今天；没有保存")
    if proof.until_on is not None and proof.until_on < proof.from_on:
        raise LadderRefused("LADDER_BAD_ORDER", "结束日期早于开始日期；没有保存，请改一下")
    last = proof.until_on or proof.told_on
    if last < spell.started_on or (spell.ended_on is not None and proof.from_on > spell.ended_on):
        raise LadderRefused("LADDER_OTHER_DAYS", "这份证明说的日子不在这段工作里；没有保存，请核对日期或换一段工作")


def take_back_detail(office: Office, key: int, number: int, whose: Whose, *, actor: str) -> None:
    """A statement that was wrong counts no more; it stays readable."""
    with office.unit(actor) as unit:
        unit.workers.get(key, division=whose.division, villages=whose.villages)
        if not unit.casefile.details.take_back(number, worker_key=key):
            raise RecordNotFound("没有这条说明，或已经撤销", ref=str(number))
        unit.audit.note("spell_detail_undone", subject=f"worker:{key}")


def take_back_proof(office: Office, key: int, number: int, whose: Whose, *, actor: str) -> None:
    """A proof that was none counts no more; it stays readable."""
    with office.unit(actor) as unit:
        unit.workers.get(key, division=whose.division, villages=whose.villages)
        if not unit.casefile.proofs.take_back(number, worker_key=key):
            raise RecordNotFound("没有这份证明，或已经撤销", ref=str(number))
        unit.audit.note("spell_proof_undone", subject=f"worker:{key}")
