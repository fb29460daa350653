"""Settlements: proposals out of rosters, the window check, rounds in which none is missed, channels, posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.division import Place
from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.domain.posting import Posting, PostingFacts, PostingKind
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.service.around.settled import (
    Channel,
    KeyCounty,
    LinkState,
    ProjectKind,
    ProjectPosts,
    Settlement,
    SettlementKind,
    Survey,
    SurveyRound,
    Window,
    WindowState,
)
from matcher.domain.worker import WorkStatus
from matcher.listings import Scope
from matcher.office import Office
from matcher.settled.channels import counted
from matcher.settled.looking import look
from matcher.settled.posts import missing, remove_posts, save_posts, sums
from matcher.settled.regions import end, enter, key_county
from matcher.settled.registry import (
    begin_round,
    close_round,
    decide_people,
    distance_km,
    remove_settlement,
    save_settlement,
    survey,
)
from matcher.settled.signals import signals
from tests.matcher.around_office import BANNER, FAR, OTHER, TODAY, opened, somebody

MINE = Scope(division=BANNER)
HOUSES = Settlement(name="幸福家园（示例）", division="150525100", households=10, persons=30)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of this test's own."""
    with opened(tmp_path) as (found, _):
        yield found


def add(office: Office, *people: object) -> list[int]:
    """People of rosters."""
    with office.unit() as unit:
        return unit.workers.add_many([(person, None) for person in people])  # type: ignore[misc]


def seen(
    key: int, *, on: date = TODAY, facility: bool = True, window: Window = Window.NONE, platform: str = ""
) -> Survey:
    """What a look found."""
    return Survey(settlement_key=key, on=on, by="示例员", has_facility=facility, window=window, platform=platform)


def test_rosters_propose_and_staff_decide(office: Office) -> None:
    keys = add(
        office,
        somebody("A", resettled=True, settlement="幸福家园 (示例)", household_no="1"),
        somebody("B", household_no="1"),
        somebody("C", resettled=True),
        somebody("D", resettled=True, village="西村"),
        somebody("E", resettled=False, settlement="幸福家园（示例）"),
    )
    looked = look(office, "", actor="x")
    assert (looked.people, looked.proposed, looked.settlements) == (4, 4, 2)
    with office.reading() as unit:
        links = unit.settled_people.states()
        names = {one.key: (one.name, one.kind) for one in unit.settlements.all(division=BANNER)}
    bases = [links[key].basis if key in links else "" for key in keys]
    assert bases == ["ledger", "household", "village", "township", ""]
    assert names[links[keys[0]].settlement_key][1] is SettlementKind.TOGETHER
    assert names[links[keys[3]].settlement_key] == ("奈曼旗大沁他拉镇分散安置", SettlementKind.SCATTERED)
    home = links[keys[0]].settlement_key
    assert decide_people(office, MINE, home, [keys[2]], LinkState.REFUSED, actor="x") == 1
    assert decide_people(office, MINE, home, [], LinkState.CONFIRMED, actor="x") == 2
    again = look(office, "", actor="y")
    assert (again.proposed, again.settlements) == (0, 0)
    with office.reading() as unit:
        states = [unit.settled_people.states()[key].state for key in keys[:4]]
    assert states == [LinkState.CONFIRMED, LinkState.CONFIRMED, LinkState.REFUSED, LinkState.PROPOSED]
    with pytest.raises(InputRefused, match="还有2人"):
        remove_settlement(office, MINE, home, actor="x")


def test_a_settlement_outside_the_division_is_not_there(office: Office) -> None:
    key = save_settlement(office, MINE, HOUSES, actor="x")
    with pytest.raises(RecordNotFound):
        survey(office, Scope(division=OTHER), seen(key), window_name="", actor="x")
    with pytest.raises(InputRefused, match="没有选清"):
        save_settlement(office, Scope(division=OTHER), HOUSES, actor="x")


@pytest.mark.parametrize(
    ("facility", "window", "platform", "state"),
    [
        (True, Window.NONE, "", WindowState.VIOLATION),
        (True, Window.NEARBY, "镇平台", WindowState.VIOLATION),
        (True, Window.OWN, "", WindowState.OPEN),
        (False, Window.NONE, "", WindowState.UNLINKED),
        (False, Window.NEARBY, "镇平台", WindowState.LINKED),
    ],
)
def test_the_window_check(office: Office, facility: bool, window: Window, platform: str, state: WindowState) -> None:
    key = save_settlement(office, MINE, HOUSES, actor="x")
    survey(office, MINE, seen(key, facility=facility, window=window, platform=platform), window_name="窗口", actor="x")
    with office.reading() as unit:
        assert unit.settlements.get(key).state is state
        policy = office.policy.at(TODAY)
        codes = [alert.code for alert in signals(unit, MINE, TODAY, policy)]
    expected = {WindowState.VIOLATION: ["SETTLEMENT_NO_WINDOW"], WindowState.UNLINKED: ["SETTLEMENT_NO_PLATFORM"]}
    assert codes == expected.get(state, [])


def test_a_round_ends_only_when_every_settlement_was_looked_at(office: Office) -> None:
    first = save_settlement(office, MINE, HOUSES, actor="x")
    second = save_settlement(office, MINE, replace(HOUSES, name="新村（示例）"), actor="x")
    survey(office, MINE, seen(first, on=TODAY - timedelta(days=9)), window_name="", actor="x")
    begin_round(office, MINE, SurveyRound(division="", name="下半年", begins_on=TODAY - timedelta(days=1)), actor="x")
    with pytest.raises(InputRefused, match="已经有一轮"):
        begin_round(office, MINE, SurveyRound(division="", name="又一轮", begins_on=TODAY), actor="x")
    with pytest.raises(InputRefused, match="还有2处没有排查"):
        close_round(office, MINE, actor="x")
    for key in (first, second):
        survey(
            office, MINE, seen(key, facility=False, window=Window.NEARBY, platform="镇平台"), window_name="", actor="x"
        )
    close_round(office, MINE, actor="x")
    with office.reading() as unit:
        assert signals(unit, MINE, TODAY, office.policy.at(TODAY)) == []
    with pytest.raises(RecordNotFound):
        close_round(office, MINE, actor="x")


def test_an_older_survey_does_not_undo_a_newer_one(office: Office) -> None:
    key = save_settlement(office, MINE, HOUSES, actor="x")
    survey(office, MINE, seen(key, window=Window.OWN), window_name="示例窗口", actor="x")
    survey(office, MINE, seen(key, on=TODAY - timedelta(days=30)), window_name="", actor="x")
    with office.reading() as unit:
        assert unit.settlements.get(key).state is WindowState.OPEN
        assert len(unit.settlements.surveys(key)) == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "名字"),
        ({"households": 40}, "对不上"),
        ({"lat": 30.0, "lon": 120.0}, "通辽一带"),
        ({"lat": 43.0}, "一起填"),
        ({"division": ""}, "没有选清"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(office: Office, wrong: dict[str, object], words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        save_settlement(office, MINE, replace(HOUSES, **wrong), actor="x")  # type: ignore[arg-type]
    with office.reading() as unit:
        assert unit.settlements.all() == []


def test_somebody_else_was_first(office: Office) -> None:
    key = save_settlement(office, MINE, HOUSES, actor="x")
    with office.reading() as unit:
        known = unit.settlements.get(key)
    save_settlement(office, MINE, replace(known, persons=40), actor="x")
    with pytest.raises(EditConflict):
        save_settlement(office, MINE, replace(known, persons=50), actor="y")
    with pytest.raises(InputRefused, match="已经登记过"):
        save_settlement(office, MINE, HOUSES, actor="x")


def test_distances_are_measured_estimated_or_said_to_be_unknown(office: Office) -> None:
    near = replace(HOUSES, platform="镇平台", platform_code="150525101")
    measured = distance_km(replace(near, platform_km=3.5), office.gazetteer, detour=1.3)
    assert measured == 3.5
    both = replace(near, lat=42.85, lon=120.66, platform_lat=42.85, platform_lon=120.78)
    estimated = distance_km(both, office.gazetteer, detour=1.3)
    assert estimated == pytest.approx(12.7, abs=0.2)
    assert distance_km(replace(near, lat=42.85, lon=120.66), office.gazetteer, detour=1.3) is None
    assert distance_km(HOUSES, office.gazetteer, detour=1.3) is None


def test_channels_are_counted_once_a_person(office: Office) -> None:
    away, workshop, rider, told, left, idle = add(
        office,
        *(somebody(ref, resettled=True, settlement="幸福家园（示例）") for ref in "ABC"),
        somebody(
            "D", resettled=True, settlement="幸福家园（示例）", work_status=WorkStatus.EMPLOYED,
            ledger=Ledger(work_area="区外"),
        ),
        somebody("E", resettled=True, settlement="幸福家园（示例）", work_status=WorkStatus.EMPLOYED),
        somebody("F", resettled=True, settlement="幸福家园（示例）"),
    )  # fmt: skip
    look(office, "", actor="x")
    with office.unit() as unit:
        jobs = unit.postings.add_many(
            [
                (
                    Posting(ref="1", title="装配工", employer="甲（示例）", kind=PostingKind.MARKET, place=FAR),
                    PostingFacts(),
                ),
                (Posting(ref="2", title="缝纫工", employer="乙（示例）", kind=PostingKind.WORKSHOP), PostingFacts()),
                (_rider_posting(office), _rider_facts()),
            ]
        )
        for worker, job in zip((away, workshop, rider), jobs, strict=True):
            unit.aftercare.spells.begin(
                Spell(key=0, worker_key=worker, posting_key=job, started_on=TODAY, said_by=SaidBy.WORKER)
            )
        over = unit.aftercare.spells.begin(Spell(key=0, worker_key=left, started_on=TODAY, said_by=SaidBy.WORKER))
        unit.aftercare.spells.end([over], on=TODAY, said_by=SaidBy.WORKER)
    with office.reading() as unit:
        [(_, found)] = counted(unit, division=BANNER).items()
    assert found == Counter({Channel.OUTPUT: 2, Channel.WORKSHOP: 1, Channel.NEW_FORM: 1})
    assert {told, idle}.isdisjoint({away, workshop, rider})


def _rider_posting(office: Office) -> Posting:
    """Work through a platform in the own banner."""
    place = Place("奈曼旗", BANNER, "奈曼旗")
    return Posting(ref="3", title="外卖骑手", employer="丙（示例）", kind=PostingKind.MARKET, place=place)


def _rider_facts() -> PostingFacts:
    """What was read of it."""
    from matcher.domain.facts import LinkedTerm

    return PostingFacts(occupations=(LinkedTerm("food_rider", ()),))


def test_a_tenth_of_the_posts_goes_to_resettled_people(office: Office) -> None:
    posts = ProjectPosts(
        name="示例渠", kind=ProjectKind.WORK_RELIEF, division=BANNER, posts_total=21, posts_resettled=2,
        reported_on=TODAY,
    )  # fmt: skip
    low = save_posts(office, MINE, posts, actor="x")
    save_posts(office, MINE, replace(posts, name="示例路", kind=ProjectKind.GOVERNMENT, posts_resettled=3), actor="x")
    assert (missing(21, 2, 0.1), missing(20, 2, 0.1), missing(0, 0, 0.1)) == (1, 0, 0)
    with office.reading() as unit:
        whole = sums(unit.project_posts.all(division=BANNER))[-1]
        assert (whole.projects, whole.posts_total, whole.posts_resettled) == (2, 42, 5)
        codes = [alert.code for alert in signals(unit, MINE, TODAY, office.policy.at(TODAY))]
    assert codes == ["RESETTLED_POSTS_LOW"]
    with pytest.raises(InputRefused, match="对不上"):
        save_posts(office, MINE, replace(posts, posts_resettled=22), actor="x")
    with pytest.raises(RecordNotFound):
        remove_posts(office, Scope(division=OTHER), low, actor="x")
    remove_posts(office, MINE, low, actor="x")
    with office.reading() as unit:
        assert signals(unit, MINE, TODAY, office.policy.at(TODAY)) == []


def test_which_banners_count_is_dated_and_rests_on_a_document(office: Office) -> None:
    enter(office, KeyCounty(code=BANNER, since=TODAY, basis="示例文号"), actor="x")
    with pytest.raises(InputRefused, match="依据"):
        enter(office, KeyCounty(code=OTHER, since=TODAY, basis=""), actor="x")
    with pytest.raises(InputRefused, match="重复"):
        enter(office, KeyCounty(code=BANNER, since=TODAY, basis="示例文号"), actor="x")
    with office.reading() as unit:
        [county] = unit.key_counties.all()
        assert key_county(unit, "150525100", TODAY)
        assert not key_county(unit, "150525100", TODAY - timedelta(days=1))
        assert not key_county(unit, OTHER, TODAY)
    end(office, county.key, on=TODAY, actor="x")
    with office.reading() as unit:
        assert not key_county(unit, BANNER, TODAY + timedelta(days=1))
