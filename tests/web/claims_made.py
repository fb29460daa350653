"""Claims in a made-up village: somebody with three months proved, one on the board, one to be paid, an organisation."""

from __future__ import annotations

from datetime import timedelta

from matcher.aftercare.work import begin_work
from matcher.claims.boards import object_to, put_up_claims
from matcher.claims.bodies import make_body_claim
from matcher.claims.claiming import decide, prepare_claim
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.service.claim import ClaimPerson, ClaimState
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.listings import Scope
from matcher.office import Office

DAYS = 120
ALL = Scope()


def works(office: Office, worker: int, *, days: int = DAYS, proved: bool = True, place: str = "北京市顺义区") -> None:
    """Somebody has been in work for so many days."""
    began = office.today() - timedelta(days=days)
    spell = Spell(
        key=0,
        worker_key=worker,
        started_on=began,
        said_by=SaidBy.WORKER,
        employer="示例物流公司",
        place=place,
        yuan=4200,
    )
    with office.unit("demo") as unit:
        key = begin_work(office, unit, spell)
        if proved:
            proof = Proof(
                worker_key=worker, spell_key=key, kind=ProofKind.EMPLOYER_PROOF, from_on=began, told_on=office.today()
            )
            unit.casefile.proofs.add(proof)


def paper_claims(office: Office, people: list[int]) -> None:
    """Of three people: one on the board, one to be paid, one who lacks a proof."""
    for number, worker in enumerate(people[:3]):
        works(office, worker, proved=number < 2)
    claims = [prepare_claim(office, worker, "STABILITY", ALL, actor="demo") for worker in people[:2]]
    for key in claims:
        decide(office, key, ClaimState.APPROVED, ALL, actor="demo", yuan=500)
    put_up_claims(office, "SUBSIDY", claims[:1], ALL, actor="demo", first=office.today(), where="")
    with office.unit("demo") as unit:
        for state in (ClaimState.POSTED, ClaimState.PUBLICISED):
            unit.claims.move(unit.claims.get(claims[1]), state, on=office.today())


def some_claims(office: Office, people: list[int]) -> tuple[int, int, int]:
    """(somebody with a claim, a claim on the board, its notice) of at least six people without work so far."""
    first, second, third, fourth, fifth, sixth = people[:6]
    for worker in (first, second, third, fourth):
        works(office, worker)
    works(office, fifth, proved=False)
    works(office, sixth, days=84, proved=False, place="")
    claims = [prepare_claim(office, worker, "STABILITY", ALL, actor="demo") for worker in (first, second, third)]
    for key, yuan in zip(claims, (500, None, 800), strict=True):
        decide(office, key, ClaimState.APPROVED, ALL, actor="demo", yuan=yuan)
    notices = put_up_claims(office, "SUBSIDY", claims[:1], ALL, actor="demo", first=office.today(), where="村部宣传栏")
    object_to(office, notices[0], ALL, actor="demo", text="听说他上个月就回来了", by="邻居")
    with office.unit("demo") as unit:
        for state in (ClaimState.POSTED, ClaimState.PUBLICISED):
            unit.claims.move(unit.claims.get(claims[2]), state, on=office.today())
    named = [ClaimPerson(worker_key=worker, months=6, yuan=15000) for worker in (first, second)]
    make_body_claim(
        office, "WORKSHOP", "示例帮扶车间", named, ALL, actor="demo", division="150525", year=office.today().year
    )
    return first, claims[0], notices[0]
