"""What is done about an alert: taken on until a day, put off with a reason, done, opened again.

In: the mark of an alert within a scope, what somebody says. Out: one dated step; nothing is overwritten.
"""

from __future__ import annotations

from datetime import date

from matcher.alerts.collecting import find_alert
from matcher.appointments import add_working_days
from matcher.domain.errors import CodedRefusal
from matcher.domain.service.care import Care, CareState
from matcher.listings import Scope
from matcher.office import Office

LEAST_WORDS = 2
NEEDS_REASON = frozenset({CareState.PUT_OFF, CareState.DONE, CareState.OPEN})


class CareRefused(CodedRefusal):
    """A step that cannot be taken; `code` is the sentence of the catalogue."""


def care_for(
    office: Office, mark: str, state: CareState, scope: Scope, *, actor: str, until: date | None = None,
    owner: str = "", note: str = "",
) -> Care:  # fmt: skip
    """Takes a step; RecordNotFound where the scope has no such alert, CareRefused where the step says too little."""
    alert = find_alert(office, mark, scope).alert
    today = office.today()
    if state in NEEDS_REASON and len(note.strip()) < LEAST_WORDS:
        raise CareRefused("ALERT_NO_REASON", "没有写怎么办的或者为什么；没有保存，请补上一句")
    if state is CareState.TAKEN and until is None:
        until = add_working_days(today, office.policy.at(today).whole("alerts.take_days"))
    if state is CareState.PUT_OFF and until is None:
        raise CareRefused("ALERT_NO_DAY", "没有写推迟到哪天；没有保存，请选日期")
    if until is not None and until <= today:
        raise CareRefused("ALERT_DAY_PAST", "日期不在今天之后；没有保存，请改日期")
    step = Care(
        mark=mark, code=alert.code, division=alert.division, village=alert.village, state=state,
        until=until if state in {CareState.TAKEN, CareState.PUT_OFF} else None, owner=owner.strip() or actor,
        note=note.strip(), args=dict(alert.args), people=alert.people, on=today, actor=actor,
    )  # fmt: skip
    with office.unit(actor) as unit:
        unit.watching.cares.note(step)
        unit.audit.note("alert_care", subject="alert", fields=f"{alert.code} {state.value}")
    return step
