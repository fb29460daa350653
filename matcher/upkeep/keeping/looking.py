"""What the doctor says about terms: files overdue, years of the audit record to be closed, requests not answered.

In: an opened office. Out: `Finding`s; counts only.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.office import Office
from matcher.upkeep.findings import Finding, State, found
from matcher.upkeep.keeping.due import what_is_due


def the_terms(office: Office) -> Iterator[Finding]:
    """What should have been done by now."""
    with office.reading() as unit:
        due = what_is_due(office, unit)
        late = unit.requests.late(office.today())
        oldest = unit.audit_years.oldest_open()
    years = {one.year for one in due.years if one.dropped_at is None and due.terms.audit_goes(one.year, due.on)}
    if oldest is not None and oldest < due.on.year:
        years.add(oldest)
    if due.overdue:
        yield found(State.LOOK, "DOCTOR_FILES_DUE", count=len(due.overdue))
    if years:
        yield found(State.LOOK, "DOCTOR_AUDIT_DUE", years="、".join(map(str, sorted(years))))
    if late:
        yield found(State.LOOK, "DOCTOR_REQUESTS_LATE", count=late)
    if not (due.overdue or years or late):
        yield found(State.OK, "DOCTOR_KEEPING")
