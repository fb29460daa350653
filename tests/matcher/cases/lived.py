"""A case that was lived through, for tests that look at it: from the session to work with its first proof."""

from __future__ import annotations

from datetime import timedelta

from matcher.aftercare.slips import Whose
from matcher.cases.recording import deliver, hold_session, name_owner
from matcher.cases.referring import refer, take_back
from matcher.domain.aftercare import SaidBy
from matcher.domain.service.casefile import DeliveryWay, GuidanceWay, Signed
from matcher.domain.service.ladder import Proof, ProofKind, SpellDetail
from matcher.ladder.keeping import show_proof, state_detail
from matcher.office import Office

EVERYTHING = Whose()
STAFF = "demo"


def file_case(office: Office, key: int) -> None:
    """A session, a delivery, a referral, and a session that was taken back."""
    on = office.today()
    for minutes in (35, 40):
        held = hold_session(
            office, key, EVERYTHING, actor=STAFF, on=on, way=GuidanceWay.VISIT, minutes=minutes, guide="示例指导人",
            signed=Signed.THUMB, read_aloud=True, note="孩子明年上学，想先在镇里找活",
        )  # fmt: skip
    take_back(office, key, EVERYTHING, held, "记了两遍", actor=STAFF)
    deliver(office, key, EVERYTHING, actor=STAFF, on=on, way=DeliveryWay.READ_ALOUD)
    refer(office, key, EVERYTHING, 1, actor=STAFF, on=on)
    name_owner(office, key, EVERYTHING, "示例指导人", actor=STAFF)


def prove_work(office: Office, key: int) -> None:
    """What is claimed and verified of the newest spell of somebody, and two proofs."""
    with office.reading() as unit:
        spell = unit.aftercare.spells.of_people([key])[key][-1]
    on = office.today()
    claim = SpellDetail(
        worker_key=key, spell_key=spell.key, said_by=SaidBy.WORKER, told_on=on, region="county", channel="workshop",
        contract="oral", yuan=3200,
    )  # fmt: skip
    state_detail(office, claim, EVERYTHING, actor=STAFF)
    slip = SpellDetail(
        worker_key=key, spell_key=spell.key, said_by=SaidBy.PAYROLL, told_on=on, verified_how="pay_slip", yuan=3050
    )
    state_detail(office, slip, EVERYTHING, actor=STAFF)
    for kind, first, yuan in ((ProofKind.EMPLOYER_PROOF, 0, None), (ProofKind.PAY_SLIP, 2, 1200)):
        shown = Proof(
            worker_key=key, spell_key=spell.key, kind=kind, from_on=spell.started_on + timedelta(days=first),
            told_on=on, yuan=yuan,
        )  # fmt: skip
        show_proof(office, shown, EVERYTHING, actor=STAFF)
