"""A village that is renamed or joins another takes every record along that names it, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import JSON, Column, Date, Float, Integer, Table, insert, select

from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.intake.life import Village
from matcher.domain.service.around.coordinators import NotNeeded
from matcher.domain.service.around.local_work import DETAILS, Site, SiteKind, SiteState
from matcher.intake.villages import former_name, merge_village, undo_act
from matcher.listings import Scope
from matcher.local_work.register import keep, undo
from matcher.store.intake.following import namings
from matcher.store.schema import ALERT_CARE, METADATA, VERSIONS
from matcher.store.schema.columns import VILLAGE, Follows, Instant
from matcher.store.sealing import Sealed
from tests.web.made_up import NAIMAN, TODAY, World, a_worker, opened

MINE = Scope(division=NAIMAN)
TOWN = "150525100"


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A filled office of this test's own."""
    with opened(tmp_path_factory.mktemp("villages")) as world:
        yield world


def _a_post(world: World, village: str, division: str = NAIMAN) -> int:
    """A post of a village."""
    details = DETAILS[SiteKind.POST]()
    site = Site(kind=SiteKind.POST, name="保洁岗", division=division, village=village, state=SiteState.RUNNING,
                details=details)  # fmt: skip
    return keep(world.office, site, MINE, actor="banner")


def _villages_of(world: World, key: int) -> tuple[str, str]:
    with world.office.reading() as unit:
        site = unit.local_work.sites.get(key)
    return site.division, site.village


def test_every_column_with_a_village_says_how_it_follows() -> None:
    copies = {table.name for table in VERSIONS.values()}
    for table in METADATA.sorted_tables:
        for column in table.c:
            if "village" in column.name and table.name not in copies:
                told = column.info.get(VILLAGE)
                assert told is not None, f"{column}: make it with village() or villages() of schema/columns.py"
                assert told.code in table.c, f"{column}: no column {told.code} with its division"


def _filled(world: World, table: str, **values: object) -> None:
    """A row with these values and whatever else must be there."""
    made = METADATA.tables[table]
    row = dict(values)
    for column in made.c:
        if column.name in row or column.primary_key or column.nullable or column.server_default is not None:
            continue
        row[column.name] = _anything(world, column)
    with world.office.unit() as unit:
        unit._context.connection.execute(insert(made).values(row))


def _anything(world: World, column: Column[Any]) -> object:
    """A value a column takes."""
    for kind, value in (
        (JSON, []), (Instant, world.office.clock()), (Date, TODAY), (Integer, 1), (Float, 0.0),
        (Sealed, world.office.store.keys.seal(b"{}", b"test")),
    ):  # fmt: skip
        if isinstance(column.type, kind):
            return value
    return f"{column.name}-{column.table.name}"[: getattr(column.type, "length", None)]


def _linked(world: World, table: Table) -> dict[str, object]:
    """Keys of rows another row has to lead to, made where there are none."""
    found: dict[str, object] = {}
    for one in table.foreign_keys:
        if one.parent.nullable:
            continue
        parent = one.column.table
        with world.office.reading() as unit:
            there = unit._context.connection.scalar(select(parent.c.key))
        if there is None:
            _filled(world, parent.name, **_linked(world, parent))
            with world.office.reading() as unit:
                there = unit._context.connection.scalar(select(parent.c.key))
        found[one.parent.name] = there
    return found


def test_a_row_of_every_table_that_follows_goes_with_its_village_and_back(world: World) -> None:
    following = [one for one in namings() if one.told.follows in {Follows.YES, Follows.RENAMED}]
    assert len(following) > 8
    for one in following:
        name: object = ["东村", "西村"] if one.column.name == "villages" else "东村"
        still_open = {"state": "open"} if one.table.name in {"import_review", "slice_conflict"} else {}
        own = {one.told.code: NAIMAN, one.column.name: name}
        _filled(world, one.table.name, **own, **still_open, **_linked(world, one.table))

    def standing() -> dict[str, object]:
        with world.office.reading() as unit:
            last = {one: select(one.column).order_by(one.table.c.key.desc()).limit(1) for one in following}
            return {str(one.column): unit._context.connection.scalar(query) for one, query in last.items()}

    before = standing()
    merge_village(world.office, MINE, NAIMAN, "东村", TOWN, "新东村", on=TODAY, actor="banner")
    assert standing() == {
        name: ["新东村", "西村"] if isinstance(value, list) else "新东村" for name, value in before.items()
    }
    with world.office.reading() as unit:
        (act,) = unit.life.villages(division=NAIMAN)
    undo_act(world.office, MINE, act.batch, actor="banner")
    assert standing() == before


def test_posts_go_along_also_the_ones_spelt_otherwise_and_the_undo_of_a_post_does_not_bring_the_old_name_back(
    world: World,
) -> None:
    key, other = _a_post(world, "东村嘎查"), _a_post(world, "远村")
    with world.office.reading() as unit:
        site = unit.local_work.sites.get(key)
    keep(world.office, site, MINE, actor="banner")
    merge_village(world.office, MINE, NAIMAN, "东村", TOWN, "新东村", on=TODAY, actor="banner")
    assert (_villages_of(world, key), _villages_of(world, other)) == ((TOWN, "新东村"), (NAIMAN, "远村"))
    undo(world.office, key, MINE, actor="banner")
    assert _villages_of(world, key) == (TOWN, "新东村")
    with world.office.reading() as unit:
        assert [one.site.village for one in unit.local_work.sites.versions(key)] == []
        (noted,) = [one for one in unit.audit.recent() if one.action == "village_merged"]
    assert "local_site=1" in noted.fields


def test_a_note_that_a_village_needs_nobody_goes_with_a_new_name_and_not_into_another_village(world: World) -> None:
    with world.office.unit("x") as unit:
        unit.workers.add_many([(a_worker("NM-9", "王示例", "西村", NAIMAN), None)])
        unit.staffing.say_not_needed(NotNeeded(code=NAIMAN, village="东村", reason="只有两户", on=TODAY))
    merge_village(world.office, MINE, NAIMAN, "东村", NAIMAN, "西村", on=TODAY, actor="banner")
    with world.office.reading() as unit:
        assert [one.village for one in unit.staffing.not_needed()] == ["东村"]
        (act,) = unit.life.villages()
    undo_act(world.office, MINE, act.batch, actor="banner")
    merge_village(world.office, MINE, NAIMAN, "东村", NAIMAN, "新东村", on=TODAY, actor="banner")
    with world.office.reading() as unit:
        assert [one.village for one in unit.staffing.not_needed()] == ["新东村"]


def test_what_was_done_about_an_alert_of_the_village_is_found_under_the_new_name(world: World) -> None:
    mark = f"OVERDUE:{NAIMAN}:东村"
    _filled(world, "alert_care", mark=mark, division=NAIMAN, village="东村")
    merge_village(world.office, MINE, NAIMAN, "东村", TOWN, "新东村", on=TODAY, actor="banner")
    with world.office.reading() as unit:
        assert unit._context.connection.scalar(select(ALERT_CARE.c.mark)) == f"OVERDUE:{TOWN}:新东村"


def test_an_old_name_leads_to_the_village_of_today_and_a_name_in_use_again_stands_for_itself(world: World) -> None:
    for was, now in (("东村", "中村"), ("中村", "新村")):
        merge_village(world.office, MINE, NAIMAN, was, NAIMAN, now, on=TODAY, actor="banner")
    with world.office.reading() as unit:
        assert unit.renamed.now(NAIMAN, "东村嘎查") == Village(NAIMAN, "新村")
        assert unit.renamed.now("150521", "东村") == Village("150521", "东村")
    merge_village(world.office, MINE, NAIMAN, "新村", NAIMAN, "东村", on=TODAY, actor="banner")
    with world.office.reading() as unit:
        assert [unit.renamed.now(NAIMAN, one).name for one in ("东村", "中村", "新村")] == ["东村"] * 3


def test_a_former_name_is_entered_once_for_a_village_that_people_live_in(world: World) -> None:
    def enter(was: str, now: str) -> None:
        former_name(world.office, MINE, NAIMAN, now, was_code=TOWN, was=was, on=TODAY, actor="banner")

    with pytest.raises(RecordNotFound):
        enter("老村", "没有的村")
    enter("老村", "东村")
    with pytest.raises(InputRefused, match="已经登记"):
        enter("老村", "东村")
    with world.office.reading() as unit:
        assert unit.renamed.now(TOWN, "老村") == Village(NAIMAN, "东村")
        (act,) = unit.life.villages()
    assert lies_within(act.from_code, NAIMAN)
    undo_act(world.office, MINE, act.batch, actor="banner")
    with world.office.reading() as unit:
        assert unit.renamed.now(TOWN, "老村") == Village(TOWN, "老村")
    with pytest.raises(RecordNotFound):
        undo_act(world.office, MINE, act.batch, actor="banner")
