"""Calls to people who began to work: what came of each.

In: a call within a scope and its result. Out: the call done or tried; who has left again gets a case the same day.
"""

from __future__ import annotations

from matcher.aftercare.slips import Whose
from matcher.aftercare.work import end_work
from matcher.domain.aftercare import Call, CallResult, SaidBy
from matcher.office import Office


def record_result(office: Office, key: int, result: CallResult, whose: Whose, *, actor: str, note: str = "") -> Call:
    """What a call found; in vain so many times (policy) it is noted as not reached."""
    with office.unit(actor) as unit:
        today = unit.today()
        call = unit.aftercare.calls.get(key, division=whose.division, villages=whose.villages)
        most = office.policy.at(today).whole("aftercare.call_tries")
        if result is CallResult.NOT_REACHED and call.tries + 1 < most:
            unit.aftercare.calls.tried(call, on=today, note=note)
        else:
            unit.aftercare.calls.done(key, result, on=today, note=note)
        if result is CallResult.LEFT:
            spells = unit.aftercare.spells.of_people([call.worker_key], only_open=True).get(call.worker_key, [])
            left = [spell for spell in spells if spell.key == call.spell_key]
            end_work(office, unit, call.worker_key, left, on=today, said_by=SaidBy.WORKER)
        unit.audit.note("follow_up", subject=f"worker:{call.worker_key}", fields=result.value)
        return call
