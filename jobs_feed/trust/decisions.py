"""What staff do about postings and employers: release, hold, give back, close, reopen; bar, lift, complain, settle.

In: an office, who acts, and why. Out: the change stored whole, in the history and the audit record; a reason is always
asked for, and never stands in the audit record.
"""

from __future__ import annotations

from collections.abc import Sequence

from jobs_feed.trust.checking import check_employer
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.incoming.trust import Complaint, Decided, EmployerMark, PostingCheck, Severity
from matcher.domain.posting import PostingState
from matcher.office import Office
from matcher.store import StoredPosting, UnitOfWork

_LEAST_REASON = 2
"""Characters of a reason that say anything."""


def release(office: Office, keys: Sequence[int], *, reason: str, actor: str) -> int:
    """Lets held postings be suggested as they stand, until their text changes; how many."""
    _reason(reason)
    with office.unit(actor) as unit:
        for key in keys:
            stored, _ = _waiting(unit, key)
            unit.postings.clear(key)
            unit.postings.set_state(key, PostingState.OPEN, why="RELEASED", reason=reason)
            _decide(unit, stored, Decided.RELEASED, "release_posting")
    return len(keys)


def hold(office: Office, key: int, *, reason: str, actor: str) -> None:
    """Takes an open posting out of what is suggested until staff release it."""
    _reason(reason)
    with office.unit(actor) as unit:
        stored = unit.postings.get(key)
        if stored.state is not PostingState.OPEN:
            raise InputRefused("只有在招的岗位可以暂停推荐；这条岗位没有改动", ref=stored.value.ref)
        unit.postings.unclear([key])
        unit.postings.set_state(key, PostingState.HELD, why="HELD_BY_STAFF", reason=reason)
        _decide(unit, stored, Decided.HELD, "hold_posting")


def give_back(office: Office, keys: Sequence[int], *, actor: str) -> int:
    """Notes that the employer gets a letter; what is held stays held until its text changes. How many."""
    with office.unit(actor) as unit:
        for key in keys:
            stored = unit.postings.get(key)
            check = unit.checks.get(key)
            if check is None or not letter_flags(check):
                raise RecordNotFound("这条岗位没有要退回的内容", ref=stored.value.ref)
            unit.history.note_many([(key, stored.state, stored.state)], why="RETURNED")
            _decide(unit, stored, Decided.RETURNED, "return_posting")
    return len(keys)


def close_filled(office: Office, key: int, *, actor: str) -> None:
    """The employer has everybody wanted."""
    with office.unit(actor) as unit:
        stored = unit.postings.get(key)
        if stored.state in {PostingState.FILLED, PostingState.WITHDRAWN}:
            raise InputRefused("这条岗位已经关闭，没有改动", ref=stored.value.ref)
        unit.postings.set_state(key, PostingState.FILLED, why="FILLED_SAID")
        unit.audit.note("close_posting", subject=f"posting:{key}")


def reopen(office: Office, key: int, *, reason: str, actor: str) -> None:
    """A closed posting looks for people again; its openings are counted anew, and what was held is held again."""
    _reason(reason)
    with office.unit(actor) as unit:
        stored = unit.postings.get(key)
        if stored.state not in {PostingState.FILLED, PostingState.WITHDRAWN}:
            raise InputRefused("这条岗位没有关闭，不需要重新打开", ref=stored.value.ref)
        check = unit.checks.get(key)
        held = check is not None and bool(check.of(Severity.HOLD)) and not stored.cleared
        unit.openings.begin_anew(key)
        state = PostingState.HELD if held else PostingState.OPEN
        unit.postings.set_state(key, state, why="REOPENED", reason=reason)
        unit.audit.note("reopen_posting", subject=f"posting:{key}")


def bar_employer(office: Office, mark: EmployerMark, *, actor: str) -> int:
    """Nothing of an employer is suggested any more; how many of its postings there are."""
    _reason(mark.reason)
    if not mark.name.strip():
        raise InputRefused("请写明用人单位名称；没有保存")
    if mark.until is not None and mark.until < mark.since:
        raise InputRefused("截止日期早于开始日期；没有保存")
    with office.unit(actor) as unit:
        key = unit.employers.bar(mark)
        unit.audit.note("bar_employer", subject=f"employer_mark:{key}")
        return check_employer(unit, office.policy.at(office.today()), mark.name, mark.uscc)


def lift_mark(office: Office, key: int, *, actor: str) -> int:
    """An employer's postings may be suggested again, as far as nothing else holds them; how many there are."""
    with office.unit(actor) as unit:
        mark = unit.employers.lift(key)
        unit.audit.note("lift_employer", subject=f"employer_mark:{key}")
        return check_employer(unit, office.policy.at(office.today()), mark.name, mark.uscc)


def complain(office: Office, complaint: Complaint, *, actor: str) -> int:
    """Keeps a complaint and looks at the employer's postings again; its key."""
    _reason(complaint.text)
    if not complaint.employer.strip():
        raise InputRefused("请写明用人单位名称；没有保存")
    with office.unit(actor) as unit:
        key = unit.employers.complain(complaint)
        unit.audit.note("complaint", subject=f"employer_complaint:{key}")
        check_employer(unit, office.policy.at(office.today()), complaint.employer, complaint.uscc)
        return key


def settle_complaint(office: Office, key: int, *, actor: str) -> None:
    """A complaint that was cleared up counts no more."""
    with office.unit(actor) as unit:
        found = next((one for one in unit.employers.complaints() if one.key == key), None)
        unit.employers.settle(key)
        unit.audit.note("settle_complaint", subject=f"employer_complaint:{key}")
        if found is not None:
            check_employer(unit, office.policy.at(office.today()), found.employer, found.uscc)


def letter_flags(check: PostingCheck) -> bool:
    """Whether anything was found that an employer can change."""
    return any(flag.severity in {Severity.HOLD, Severity.LETTER} for flag in check.flags)


def _waiting(unit: UnitOfWork, key: int) -> tuple[StoredPosting, PostingCheck | None]:
    """A posting that waits for a decision."""
    stored, check = unit.postings.get(key), unit.checks.get(key)
    found = check is not None and bool(check.of(Severity.HOLD)) and not stored.cleared
    if stored.state is not PostingState.HELD and not (stored.state is PostingState.OPEN and found):
        raise InputRefused("这条岗位没有被暂停，不需要放行", ref=stored.value.ref)
    return stored, check


def _decide(unit: UnitOfWork, stored: StoredPosting, decided: Decided, action: str) -> None:
    """The decision, at the text as it stands, and its audit entry."""
    unit.checks.decide(stored.key, decided, text_digest=unit.postings.text_digest_of(stored.value))
    unit.audit.note(action, subject=f"posting:{stored.key}")


def _reason(text: str) -> None:
    """Refuses an empty reason."""
    if len(text.strip()) < _LEAST_REASON:
        raise InputRefused("请写明原因；没有保存")
