"""What a person decides about a row is done, and remembered when the row comes again."""

from __future__ import annotations

import pytest

from jobs_feed.rosters import Choice, decide_review
from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.domain.rosters.records import QuestionState, ReviewState
from matcher.office import Office
from tests.jobs_feed.books import Cell, id_number
from tests.jobs_feed.rosters.rolls import codes, outcome, person, stored, take

OTHER_ID: dict[str, Cell] = person(身份证号=id_number(4), 情况说明="换过身份证")


def waiting(office: Office) -> tuple[int, tuple[int, ...]]:
    """The only row that waits, and whom it may be."""
    with office.reading() as unit:
        (one,) = unit.reviews.open()
    return one.key, one.waiting.candidates


def decide(office: Office, choice: Choice, worker_key: int | None = None) -> int | None:
    """Decides the only row that waits."""
    return decide_review(office, waiting(office)[0], choice, worker_key=worker_key, actor="window")


def test_the_same_person_takes_the_corrected_number_and_is_found_by_it(office: Office) -> None:
    take(office, person())
    take(office, OTHER_ID)
    decide(office, Choice.SAME, waiting(office)[1][0])
    (one,) = stored(office)
    assert (one.value.id_number, one.value.remarks) == (id_number(4), "换过身份证")
    assert outcome(take(office, OTHER_ID)) == (0, 0, 1, 0)


def test_a_decision_is_remembered_for_the_row_that_made_it(office: Office) -> None:
    take(office, person())
    row = person(编号="T-1", 身份证号=id_number(4))
    take(office, row, sender="township")
    decide(office, Choice.SAME, waiting(office)[1][0])
    assert codes(take(office, person())) == ["IMPORT_REVIEW_ID"]
    decide(office, Choice.SAME, waiting(office)[1][0])
    report = take(office, row | {"情况说明": "现在会电焊"}, sender="township")
    assert (outcome(report), codes(report), len(stored(office))) == ((0, 1, 0, 0), [], 1)


def test_somebody_new_stays_somebody_else(office: Office) -> None:
    take(office, person())
    take(office, OTHER_ID)
    key = decide(office, Choice.NEW)
    assert len(stored(office)) == 2
    assert outcome(take(office, OTHER_ID)) == (0, 0, 1, 0)
    report = take(office, OTHER_ID | {"情况说明": "找到活了"})
    assert outcome(report) == (0, 1, 0, 0)
    with office.reading() as unit:
        assert unit.workers.get(key or 0).value.remarks == "找到活了"
    assert outcome(take(office, person())) == (0, 0, 1, 0)


def test_a_row_not_taken_is_named_every_time_and_never_waits_again(office: Office) -> None:
    take(office, person())
    take(office, OTHER_ID)
    decide(office, Choice.DROP)
    report = take(office, OTHER_ID)
    assert (outcome(report), codes(report)) == ((0, 0, 0, 1), ["IMPORT_REVIEW_DROPPED"])
    with office.reading() as unit:
        assert (unit.reviews.count(), len(stored(office))) == (0, 1)


def test_two_people_who_are_one_are_joined_and_stay_findable_by_either_key(office: Office) -> None:
    take(office, person(编号="A", 联系电话=None, 技能特长="会做饭"))
    take(office, person(编号="B", 身份证号=None, 情况说明=None, 技能特长="会电焊"))
    both = person(编号="B", 技能特长=None)
    assert codes(take(office, both)) == ["IMPORT_REVIEW_TWO"]
    key, candidates = waiting(office)
    kept = decide(office, Choice.JOIN, candidates[0])
    (one,) = stored(office)
    assert (one.key, one.value.ref, one.value.phone, one.value.skills_text) == (kept, "A", "13800001111", "会做饭")
    for row in (both, person(编号="A"), person(编号="B", 身份证号=None)):
        report = take(office, row)
        assert (report.stored, codes(report)) == (0, [])


def test_a_row_that_repeats_another_of_its_file_may_be_the_person_just_stored(office: Office) -> None:
    take(office, person(), person(编号="NM-2", 情况说明="会瓦工"))
    assert waiting(office)[1] == (stored(office)[0].key,)
    decide(office, Choice.SAME, waiting(office)[1][0])
    report = take(office, person(), person(编号="NM-2", 情况说明="会瓦工"))
    assert [notice.phrase.code for notice in report.notices if "REVIEW" in notice.phrase.code] == ["IMPORT_REVIEW_SAME"]
    assert (report.stored, report.problems, len(stored(office))) == (0, (), 1)


def test_a_decision_is_made_once_and_only_about_whom_it_may_be(office: Office) -> None:
    take(office, person(), person(编号="NM-8", 姓名="王铁柱", 身份证号=id_number(7), 联系电话=None))
    take(office, OTHER_ID)
    key, (candidate,) = waiting(office)
    stranger = next(one.key for one in stored(office) if one.key != candidate)
    for wrong in (stranger, None, 999):
        with pytest.raises(InputRefused):
            decide_review(office, key, Choice.SAME, worker_key=wrong)
    with pytest.raises(RecordNotFound):
        decide_review(office, key, Choice.DROP, division="150523")
    decide_review(office, key, Choice.DROP)
    with pytest.raises(EditConflict):
        decide_review(office, key, Choice.NEW)


def test_a_decided_row_opens_its_questions(office: Office) -> None:
    take(office, person())
    take(office, OTHER_ID | {"文化程度": "高中", "在校生状况": "高一"})
    found = decide(office, Choice.SAME, waiting(office)[1][0])
    with office.reading() as unit:
        (one,) = unit.questions.of_person(found or 0)
        states = unit.reviews.get(1).state
    assert (one.phrase.code, one.state, states) == ("VERIFY_SCHOOL", QuestionState.OPEN, ReviewState.MERGED)
