"""Fresh, due, stale, expired; what to ask on the telephone; what a call changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jobs_feed.trust.freshness import Freshness, calling_list, freshness, phone_script, record_call
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.trust import Verification, VerifiedHow, VerifiedResult
from matcher.domain.posting import PostingFacts, PostingState
from matcher.live import closed_because
from matcher.office import Office
from matcher.reading import load_tools, read_posting
from matcher.stored_rows import posting_row
from tests.jobs_feed.trust.conftest import HandIn
from tests.jobs_feed.trust.test_checking import BAD, stored, suggested, whys

TODAY = date(2026, 6, 15)


def ago(days: int) -> str:
    """A day so long before today, as a file says it."""
    return (TODAY - timedelta(days=days)).isoformat()


def called(office: Office, ref: str, result: VerifiedResult, *, on: date = TODAY) -> None:
    """A call about a posting."""
    done = Verification(
        posting_key=stored(office, ref).key,
        on=on,
        by="窗口示例员",
        how=VerifiedHow.PHONE,
        result=result,
        note="经理接的",
    )
    record_call(office, done, actor="window")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"发布日期": ago(5)}, Freshness.FRESH),
        ({"发布日期": ago(30)}, Freshness.FRESH),
        ({"发布日期": ago(31)}, Freshness.DUE),
        ({"发布日期": ago(31), "核实日期": ago(2)}, Freshness.FRESH),
        ({"发布日期": ago(91)}, Freshness.STALE),
        ({"发布日期": ago(91), "截止日期": "2026-08-01"}, Freshness.DUE),
        ({"发布日期": ago(40), "截止日期": ago(1)}, Freshness.EXPIRED),
        ({"发布日期": ago(40), "截止日期": ago(0)}, Freshness.DUE),
        ({"发布日期": ""}, Freshness.DUE),
    ],
)
def test_how_old_what_we_know_is(office: Office, hand_in: HandIn, row: dict[str, str], expected: Freshness) -> None:
    hand_in(A=row)
    assert freshness(stored(office), office.policy.at(TODAY)) is expected


def test_those_nobody_has_heard_of_longest_come_first(office: Office, hand_in: HandIn) -> None:
    hand_in(A={"发布日期": ago(40)}, B={"发布日期": ago(5)}, C={"发布日期": ""}, D={"发布日期": ago(95)}, E=BAD)
    with office.reading() as unit:
        rows = calling_list(unit, office.policy.at(TODAY))
    assert [row.stored.value.ref for row in rows] == ["C", "D", "A"]


def test_a_call_makes_a_stale_posting_fresh_and_says_by_whom(office: Office, hand_in: HandIn) -> None:
    hand_in(A={"发布日期": ago(95)})
    assert not suggested(office)
    called(office, "A", VerifiedResult.CONFIRMED)
    assert suggested(office)
    row = posting_row(stored(office), office)
    assert (row.posting.verified_on, row.posting.verified_by, row.checked_how) == (TODAY, "窗口示例员", "phone")
    with office.reading() as unit:
        assert calling_list(unit, office.policy.at(TODAY)) == []
    hand_in(A={"发布日期": ago(95)})
    assert suggested(office), "the next file does not undo a call"


def test_a_call_nobody_answered_proves_nothing_but_is_remembered(office: Office, hand_in: HandIn) -> None:
    hand_in(A={"发布日期": ago(95)})
    called(office, "A", VerifiedResult.UNREACHABLE)
    assert not suggested(office)
    with office.reading() as unit:
        (row,) = calling_list(unit, office.policy.at(TODAY))
    assert row.tried == TODAY


@pytest.mark.parametrize(
    ("result", "state", "why"),
    [
        (VerifiedResult.FILLED, PostingState.FILLED, "FILLED_SAID"),
        (VerifiedResult.GONE, PostingState.WITHDRAWN, "GONE_SAID"),
    ],
)
def test_a_call_may_close_a_posting(
    office: Office, hand_in: HandIn, result: VerifiedResult, state: PostingState, why: str
) -> None:
    hand_in(A={})
    called(office, "A", result)
    assert stored(office).state is state
    assert whys(office) == [why]


def test_an_older_call_entered_late_does_not_replace_a_newer_one(office: Office, hand_in: HandIn) -> None:
    hand_in(A={})
    called(office, "A", VerifiedResult.CONFIRMED)
    called(office, "A", VerifiedResult.CONFIRMED, on=TODAY - timedelta(days=20))
    assert stored(office).checked_on == TODAY


def test_a_call_of_tomorrow_is_refused(office: Office, hand_in: HandIn) -> None:
    hand_in(A={})
    with pytest.raises(InputRefused):
        called(office, "A", VerifiedResult.CONFIRMED, on=TODAY + timedelta(days=1))
    with office.reading() as unit:
        assert unit.history.verifications(stored(office).key) == []


def test_an_expired_posting_is_never_suggested(office: Office, hand_in: HandIn) -> None:
    hand_in(A={"截止日期": ago(1)})
    called(office, "A", VerifiedResult.CONFIRMED)
    closed = closed_because(posting_row(stored(office), office), office.policy.at(TODAY))
    assert closed is not None
    assert closed.code == "EXCLUDED_EXPIRED"


def test_the_script_asks_what_is_missing_and_puts_what_was_found(office: Office, hand_in: HandIn) -> None:
    hand_in(A={**BAD, "招聘人数": "", "薪资待遇": "面议"})
    posting = stored(office).value
    with office.reading() as unit:
        check = unit.checks.get(stored(office).key)
    lines = phone_script(posting, read_posting(posting, load_tools()), check)
    asked = [line.code for line in lines]
    assert asked[0] == "CALL_HELLO"
    assert {"CALL_HOW_MANY", "CALL_UNTIL", "CALL_FLAG", "CALL_NO_FEES"} <= set(asked)
    wording = office.wording("zh", "jobs_feed")
    told = [wording.say(line) for line in lines]
    assert any("押 金" in sentence for sentence in told)
    assert all("{" not in sentence for sentence in told)


def test_the_script_confirms_what_is_stated(office: Office, hand_in: HandIn) -> None:
    hand_in(A={})
    asked = [line.code for line in phone_script(stored(office).value, stored(office).facts or PostingFacts(), None)]
    assert {"CALL_OPENINGS", "CALL_PAY"} <= set(asked)
    assert not {"CALL_HOW_MANY", "CALL_PAY_UNKNOWN", "CALL_FLAG"} & set(asked)
