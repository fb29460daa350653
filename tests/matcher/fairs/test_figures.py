"""Figures of a fair, and what of them may leave the office."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.fairs import FairResult, FairState
from matcher.fairs.booth import record
from matcher.fairs.door import WalkIn, check_in, walk_in
from matcher.fairs.figures import Row, for_outside, hidden, report
from matcher.fairs.making import move_fair
from matcher.office import Office
from tests.matcher.fairs.hall import CLEANERS, SEWING, an_open_fair, place_of, the_fair, visitor


def test_the_report_counts_people_once_and_names_who_is_to_be_called(office: Office) -> None:
    fair = an_open_fair(office)
    for name, title, result in (
        ("包示例", "缝纫工", FairResult.INTENT),
        ("王示例", "服务员", FairResult.INTERESTED),
        ("白示例", "厨师", FairResult.UNSUITED),
    ):
        check_in(office, fair, visitor(office, fair, name).key, actor="door")
        reason = "pay" if result is FairResult.UNSUITED else ""
        where = place_of(office, fair, title)
        record(office, fair, visitor(office, fair, name).key, where, result, reason=reason, actor="booth")
    walk_in(office, fair, WalkIn(name="新示例", village="东村", can_do="会电焊"), actor="door")
    move_fair(office, fair, FairState.CLOSED, actor="x")
    with office.reading() as unit:
        found = report(unit, the_fair(office, fair.key))
    invited = found.total.cells[0]
    assert found.total.cells[1:] == (4, 3, 2, 1, 0)
    assert (found.walk_ins, found.interviews, found.employers) == (1, 3, 3)
    for table in (found.by_sex, found.by_age, found.by_banner):
        assert [sum(row.cells[at] or 0 for row in table) for at in range(6)] == [invited, 4, 3, 2, 1, 0]
    assert [(one.visitor.name, one.offered) for one in found.calls] == [("包示例", True), ("王示例", False)]
    assert {row.booth.employer for row in found.empty_handed} >= {CLEANERS}
    assert SEWING not in {row.booth.employer for row in found.empty_handed}
    assert found.reasons == (("pay", 1),)


def test_nothing_small_and_nobody_by_name_leaves_the_office(office: Office) -> None:
    fair = an_open_fair(office)
    check_in(office, fair, visitor(office, fair, "包示例").key, actor="door")
    record(
        office,
        fair,
        visitor(office, fair, "包示例").key,
        place_of(office, fair, "缝纫工"),
        FairResult.INTENT,
        actor="b",
    )
    with office.reading() as unit:
        outside = for_outside(report(unit, fair), 5)
    assert outside.calls == ()
    cells = [cell for row in (outside.total, *outside.by_sex, *outside.by_age) for cell in row.cells]
    assert all(cell is None or cell == 0 or cell >= 5 for cell in cells)
    assert all(cell is None or cell == 0 or cell >= 5 for row in outside.booths for cell in row.cells)


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ((10, 20, 30), (10, 20, 30)),
        ((3, 20, 30), (None, None, 30)),
        ((3, 4, 30), (None, None, 30)),
        ((3, 0, 0), (None, 0, 0)),
        ((0, 0, 7), (0, 0, 7)),
    ],
)
def test_a_small_cell_goes_and_one_more_where_it_alone_could_be_worked_out(
    cells: tuple[int, ...], shown: tuple[int | None, ...]
) -> None:
    rows = hidden([Row(str(at), (cell,)) for at, cell in enumerate(cells)], 5)
    assert tuple(row.cells[0] for row in rows) == shown


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_no_small_cell_is_ever_shown_and_none_is_hidden_alone_among_others(cells: list[int]) -> None:
    shown = [row.cells[0] for row in hidden([Row("", (cell,)) for cell in cells], 5)]
    assert all(cell is None or cell == 0 or cell >= 5 for cell in shown)
    gone = [at for at, cell in enumerate(shown) if cell is None]
    filled = [cell for cell in cells if cell]
    assert len(gone) != 1 or len(filled) == 1
