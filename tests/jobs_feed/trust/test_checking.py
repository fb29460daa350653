"""From a file to a decision: held, released, given back, barred; and what a change of the text does to all of them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from jobs_feed.filing import POSTING_READER
from jobs_feed.trust import decisions
from jobs_feed.trust.checking import check_all
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.incoming.trust import Complaint, ComplaintBy, Decided, EmployerMark, MarkKind
from matcher.domain.posting import PostingState
from matcher.live import closed_because
from matcher.office import Office, StoredPosting
from matcher.stored_rows import posting_row
from tests.jobs_feed.trust.conftest import HandIn

BAD = {"岗位描述": "入职交押 金300元，离职退"}
EMPLOYER = "奈曼旗示例物业有限公司"


def stored(office: Office, ref: str = "A") -> StoredPosting:
    """A posting as it stands."""
    with office.reading() as unit:
        return unit.postings.by_ref(ref)


def suggested(office: Office, ref: str = "A") -> bool:
    """Whether a posting may be suggested today."""
    return closed_because(posting_row(stored(office, ref), office), office.policy.at(office.today())) is None


def whys(office: Office, ref: str = "A") -> list[str]:
    """The history of a posting, newest first."""
    with office.reading() as unit:
        return [event.why for event in unit.history.events(stored(office, ref).key)]


def release(office: Office, ref: str = "A") -> None:
    """Released with a reason."""
    decisions.release(office, [stored(office, ref).key], reason="电话问过，是误写", actor="window")


def check(office: Office) -> object:
    """Everything checked again."""
    return check_all(office, POSTING_READER, lambda share, code: None, actor="cli")


def test_a_bad_advert_is_held_and_the_row_is_told(office: Office, hand_in: HandIn) -> None:
    report = hand_in(A=BAD, B={})
    assert [stored(office, ref).state for ref in "AB"] == [PostingState.HELD, PostingState.OPEN]
    assert [(notice.row, notice.phrase.code) for notice in report.notices if notice.row] == [(2, "IMPORT_HELD")]
    assert not suggested(office)
    assert suggested(office, "B")
    assert whys(office) == ["CHECK_HELD"]


def test_a_released_posting_stays_released_until_its_text_changes(office: Office, hand_in: HandIn) -> None:
    hand_in(A=BAD)
    release(office)
    assert suggested(office)
    hand_in(A=BAD)
    hand_in(A={**BAD, "招聘人数": "9", "截止日期": "2026-07-30"})
    check(office)
    assert suggested(office)
    hand_in(A={**BAD, "岗位描述": "入职交押 金500元，离职退"})
    assert not suggested(office)
    assert stored(office).state is PostingState.HELD
    assert whys(office) == ["CHECK_HELD", "RELEASED", "CHECK_HELD"]


def test_a_corrected_text_is_suggested_again(office: Office, hand_in: HandIn) -> None:
    hand_in(A=BAD)
    decisions.give_back(office, [stored(office).key], actor="window")
    assert stored(office).state is PostingState.HELD
    hand_in(A=BAD)
    with office.reading() as unit:
        given = unit.checks.get(stored(office).key)
    assert given is not None
    assert given.decided is Decided.RETURNED
    hand_in(A={})
    assert suggested(office)
    with office.reading() as unit:
        assert unit.checks.get(stored(office).key) is None


def test_a_release_wants_a_reason_and_something_to_release(office: Office, hand_in: HandIn) -> None:
    hand_in(A=BAD, B={})
    with pytest.raises(InputRefused):
        decisions.release(office, [stored(office).key], reason=" ", actor="window")
    with pytest.raises(InputRefused):
        release(office, "B")
    assert not suggested(office)


def test_a_decision_over_several_postings_is_whole_or_nothing(office: Office, hand_in: HandIn) -> None:
    hand_in(A=BAD, B={})
    with pytest.raises(InputRefused):
        decisions.release(office, [stored(office, ref).key for ref in "AB"], reason="看过", actor="window")
    assert stored(office).state is PostingState.HELD


def test_pay_under_the_minimum_waits_for_a_person_and_can_be_released(office: Office, hand_in: HandIn) -> None:
    hand_in(A={"薪资待遇": "1500元/月"})
    assert stored(office).state is PostingState.OPEN
    assert not suggested(office)
    with office.reading() as unit:
        assert unit.checks.waiting() == ([stored(office).key], 1)
    release(office)
    assert suggested(office)
    with office.reading() as unit:
        assert unit.checks.waiting() == ([], 0)


def test_limits_leave_a_posting_usable_and_owe_a_letter(office: Office, hand_in: HandIn) -> None:
    hand_in(A={"性别要求": "女"})
    assert suggested(office)
    key = stored(office).key
    with office.reading() as unit:
        assert unit.checks.waiting(letters=True) == ([key], 1)
    decisions.give_back(office, [key], actor="window")
    hand_in(A={"性别要求": "女"})
    with office.reading() as unit:
        assert unit.checks.waiting(letters=True) == ([], 0)
    assert suggested(office)


def test_nothing_to_give_back_is_said(office: Office, hand_in: HandIn) -> None:
    hand_in(A={})
    with pytest.raises(RecordNotFound):
        decisions.give_back(office, [stored(office).key], actor="window")


def test_staff_may_hold_a_posting_and_only_they_let_it_go(office: Office, hand_in: HandIn) -> None:
    hand_in(A={})
    decisions.hold(office, stored(office).key, reason="电话打不通，像是假的", actor="window")
    hand_in(A={"岗位描述": "打扫楼道，活不累"})
    check(office)
    assert stored(office).state is PostingState.HELD
    release(office)
    assert suggested(office)


def a_mark(**changes: object) -> EmployerMark:
    """A mark against the employer."""
    told = {"name": EMPLOYER, "kind": MarkKind.BLACKLISTED, "reason": "拖欠工资", "since": date(2026, 6, 15)}
    return EmployerMark(**(told | changes))  # type: ignore[arg-type]


def test_a_barred_employer_is_held_at_once_whatever_was_released(office: Office, hand_in: HandIn) -> None:
    hand_in(A={}, B=BAD, C={"用人单位": "奈曼旗另一家物业有限公司"})
    release(office, "B")
    assert decisions.bar_employer(office, a_mark(), actor="city") == 2
    assert [suggested(office, ref) for ref in "ABC"] == [False, False, True]
    hand_in(D={"岗位名称": "更夫"})
    assert not suggested(office, "D")
    with office.reading() as unit:
        (mark,) = unit.employers.marks()
    decisions.lift_mark(office, mark.key or 0, actor="city")
    assert [suggested(office, ref) for ref in "ABD"] == [True, False, True], "B has still its own words against it"


def test_a_mark_that_has_run_out_holds_nothing(office: Office, hand_in: HandIn) -> None:
    with pytest.raises(InputRefused):
        decisions.bar_employer(office, a_mark(until=date(2026, 6, 1)), actor="city")
    decisions.bar_employer(office, a_mark(since=date(2026, 5, 1), until=date(2026, 6, 1)), actor="city")
    hand_in(A={})
    assert suggested(office)


def test_complaints_warn_first_and_hold_later(office: Office, hand_in: HandIn) -> None:
    hand_in(A={})
    for number in range(1, 6):
        told = Complaint(employer=EMPLOYER, on=office.today(), by=ComplaintBy.WORKER, text=f"没发工资{number}")
        decisions.complain(office, told, actor="window")
        with office.reading() as unit:
            cautions = unit.checks.cautions().get(stored(office).key, ())
        assert ("EMPLOYER_COMPLAINTS" in cautions) is (2 <= number < 5)
        assert suggested(office) is (number < 5)
    with office.reading() as unit:
        newest = unit.employers.complaints()[0]
    decisions.settle_complaint(office, newest.key or 0, actor="window")
    assert suggested(office)


def test_filled_and_opened_again(office: Office, hand_in: HandIn) -> None:
    hand_in(A={})
    key = stored(office).key
    decisions.close_filled(office, key, actor="window")
    assert not suggested(office)
    with pytest.raises(InputRefused):
        decisions.close_filled(office, key, actor="window")
    decisions.reopen(office, key, reason="又走了两个", actor="window")
    assert suggested(office)
    assert whys(office) == ["REOPENED", "FILLED_SAID"]


def test_an_employer_who_states_a_new_number_opens_a_filled_posting(office: Office, hand_in: HandIn) -> None:
    hand_in(A={"招聘人数": "1"})
    with office.unit() as unit:
        assert unit.openings.take(stored(office).key, on=office.today())
    assert stored(office).state is PostingState.FILLED
    hand_in(A={"招聘人数": "1", "岗位描述": "打扫楼道和院子"})
    assert stored(office).state is PostingState.FILLED
    hand_in(A={"招聘人数": "4"})
    assert (stored(office).state, stored(office).openings_left) == (PostingState.OPEN, None)


def test_checking_everything_again_finds_what_old_rules_let_through(office: Office, hand_in: HandIn) -> None:
    hand_in(A={}, B=BAD)
    with office.unit() as unit:
        key = stored(office, "B").key
        unit.postings.set_state(key, PostingState.OPEN)
        facts = unit.postings.get(key).facts
        assert facts is not None
        unit.postings.put_facts(key, type(facts)())
    report = check(office)
    assert json.loads(json.dumps({name: getattr(report, name) for name in ("postings", "held", "waiting")})) == {
        "postings": 2,
        "held": 1,
        "waiting": 1,
    }
    assert stored(office, "B").state is PostingState.HELD


def test_reasons_and_complaints_are_sealed_and_stay_out_of_the_audit(office: Office, hand_in: HandIn) -> None:
    hand_in(A=BAD)
    release(office)
    decisions.complain(
        office,
        Complaint(employer=EMPLOYER, on=office.today(), by=ComplaintBy.OTHER, text="某某被骗走三百"),
        actor="window",
    )
    with office.reading() as unit:
        entries = repr(unit.audit.recent())
        assert [event.reason for event in unit.history.events(stored(office).key)][0] == "电话问过，是误写"
    data = b"".join(path.read_bytes() for path in office.config.home.iterdir() if path.is_file())
    for words in ("电话问过", "被骗走"):
        assert words not in entries
        assert words.encode() not in data
