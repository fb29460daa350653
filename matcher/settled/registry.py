"""What staff do with the register of settlements: enter, survey, round by round, confirm who lives there.

In: an office, a scope, what was entered. Out: records changed, each with who did it; what cannot be is refused in one
line and nothing is stored.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from matcher.domain.division import Precision, lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.settled import LinkState, Settlement, Survey, SurveyRound, Window
from matcher.listings import Scope
from matcher.office import Office
from matcher.reference.divisions import Gazetteer

_EARTH_KM = 6371.0
_TOWNSHIP = 9
_LATITUDES, _LONGITUDES = (41.0, 46.5), (119.0, 124.5)
"""A rectangle that holds the prefecture with room to spare: what lies outside was mistyped."""


def save_settlement(office: Office, scope: Scope, settlement: Settlement, *, actor: str) -> int:
    """Registers a settlement, or changes one; its key."""
    _check_settlement(office, scope, settlement)
    with office.unit(actor) as unit:
        key = settlement.key
        if key:
            unit.settlements.get(key, division=scope.division)
            unit.settlements.change(settlement, expected_revision=settlement.revision)
        else:
            same = [one.name for one in unit.settlements.all(division=settlement.division[:6])]
            if settlement.name in same:
                raise InputRefused(f"“{settlement.name}”已经登记过了，没有重复登记；要改内容请打开它")
            key = unit.settlements.add(settlement)
        unit.audit.note("settlement_saved", subject=f"settlement:{key}")
    return key


def remove_settlement(office: Office, scope: Scope, key: int, *, actor: str) -> None:
    """Takes a settlement nobody was confirmed for off the register."""
    with office.unit(actor) as unit:
        unit.settlements.get(key, division=scope.division)
        held = unit.settled_people.counts().get(key, {})
        many = held.get(LinkState.CONFIRMED.value, 0) + held.get(LinkState.PROPOSED.value, 0)
        if many:
            raise InputRefused(f"还有{many}人在这个安置区名下，没有删除；请先把人核清")
        unit.settlements.remove(key)
        unit.audit.note("settlement_removed", subject=f"settlement:{key}")


def survey(office: Office, scope: Scope, found: Survey, *, window_name: str, actor: str) -> None:
    """Keeps what a look at a settlement found; it is then known as found."""
    if not found.by:
        raise InputRefused("没有写谁去看的，没有保存；请写排查人")
    if found.on > office.today():
        raise InputRefused("排查日期还没有到，没有保存；请写去看的那一天")
    if found.window is Window.NEARBY and not found.platform:
        raise InputRefused("选了“依托附近平台”，没有写是哪个平台，没有保存；请写平台名称")
    with office.unit(actor) as unit:
        known = unit.settlements.get(found.settlement_key, division=scope.division)
        unit.settlements.add_survey(found)
        if known.surveyed_on is None or found.on >= known.surveyed_on:
            unit.settlements.change(
                replace(
                    known,
                    has_facility=found.has_facility,
                    window=found.window,
                    window_name=window_name if found.window is Window.OWN else "",
                    platform=found.platform,
                    surveyed_on=found.on,
                    surveyed_by=found.by,
                )
            )
        unit.audit.note("settlement_surveyed", subject=f"settlement:{found.settlement_key}")


def begin_round(office: Office, scope: Scope, begun: SurveyRound, *, actor: str) -> None:
    """Begins a round of surveys in the division of the account; one at a time."""
    if not begun.name:
        raise InputRefused("没有写这轮排查的名字，没有保存；比如：2026 年上半年排查")
    if begun.due_on is not None and begun.due_on < begun.begins_on:
        raise InputRefused("要求完成的日期早于开始日期，没有保存")
    with office.unit(actor) as unit:
        if round_of(unit.settlements.rounds(only_open=True), scope.division) is not None:
            raise InputRefused("已经有一轮排查在进行，没有新开；请先把那一轮做完")
        unit.settlements.begin_round(replace(begun, division=scope.division))
        unit.audit.note("survey_round_begun", subject=f"division:{scope.division}")


def close_round(office: Office, scope: Scope, *, actor: str) -> None:
    """Ends the round of the division; refused while one settlement has not been looked at."""
    with office.unit(actor) as unit:
        now = round_of(unit.settlements.rounds(only_open=True), scope.division)
        if now is None or not lies_within(now.division or "15", scope.division):
            raise RecordNotFound("没有正在进行的排查", ref="round")
        left = [one.name for one in unit.settlements.all(division=now.division) if one.open_since(now.begins_on)]
        if left:
            shown = "、".join(left[:3])
            raise InputRefused(f"还有{len(left)}处没有排查（{shown}…），这一轮不能结束；逐一看完再来")
        unit.settlements.close_round(now.key, on=office.today())
        unit.audit.note("survey_round_closed", subject=f"division:{now.division}")


def decide_people(
    office: Office, scope: Scope, key: int, workers: Sequence[int], state: LinkState, *, actor: str
) -> int:
    """Confirms or refuses people of a settlement, all that wait where none are named; how many."""
    with office.unit(actor) as unit:
        unit.settlements.get(key, division=scope.division)
        waiting = workers or unit.settled_people.proposed(key)
        mine = {one.worker_key for one in unit.settled_people.of_settlement(key, division=scope.division, limit=5_000)}
        many = unit.settled_people.decide(key, [one for one in waiting if one in mine], state)
        unit.audit.note("settled_decided", subject=f"settlement:{key}", fields=f"{state.value}:{many}")
    return many


def round_of(rounds: Sequence[SurveyRound], division: str) -> SurveyRound | None:
    """The open round a division takes part in: its own, or that of a larger division."""
    mine = [one for one in rounds if lies_within(division or one.division, one.division) or one.division == division]
    return mine[0] if mine else None


def distance_km(settlement: Settlement, gazetteer: Gazetteer, *, detour: float) -> float | None:
    """By road to the platform nearby: as measured, else from coordinates; None where they do not tell."""
    if settlement.platform_km is not None:
        return settlement.platform_km
    if not settlement.platform:
        return None
    there = (settlement.platform_lat, settlement.platform_lon)
    if there[0] is None:
        there = _seat(settlement.platform_code, gazetteer)
    here = (settlement.lat, settlement.lon)
    if here[0] is None and settlement.division[:_TOWNSHIP] != settlement.platform_code[:_TOWNSHIP]:
        here = _seat(settlement.division, gazetteer)
    if here[0] is None or here[1] is None or there[0] is None or there[1] is None:
        return None
    return round(detour * _straight_km(here[0], here[1], there[0], there[1]), 1)


def _seat(code: str, gazetteer: Gazetteer) -> tuple[float | None, float | None]:
    """Where the seat of a township lies; nothing where only that of its banner is known."""
    place = gazetteer.place(code)
    return (place.lat, place.lon) if place.precision is Precision.TOWNSHIP else (None, None)


def _straight_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great circle between two points."""
    one, two = math.radians(lat), math.radians(other_lat)
    part = math.sin((two - one) / 2) ** 2
    part += math.cos(one) * math.cos(two) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(part))


def _check_settlement(office: Office, scope: Scope, one: Settlement) -> None:
    """Refuses what cannot be."""
    if not one.name:
        raise InputRefused("没有写安置区的名字，没有保存")
    if not office.gazetteer.place(one.division).known or not lies_within(one.division, scope.division):
        raise InputRefused("没有选清在哪个旗县、苏木乡镇，没有保存")
    if one.persons < one.households:
        raise InputRefused(f"{one.households}户只有{one.persons}人，对不上，没有保存；请核对户数和人数")
    points = ((one.lat, one.lon), (one.platform_lat, one.platform_lon))
    checks = [(lat, _LATITUDES, "纬度") for lat, _ in points] + [(lon, _LONGITUDES, "经度") for _, lon in points]
    for value, (low, high), name in checks:
        if value is not None and not low <= value <= high:
            raise InputRefused(f"{name} {value:g} 不在通辽一带，没有保存；纬度约 42–45，经度约 119–124")
    if any((lat is None) != (lon is None) for lat, lon in points):
        raise InputRefused("经度和纬度要一起填，没有保存；不知道就都空着")


def late(round_: SurveyRound, on: date) -> bool:
    """Whether a round should be over."""
    return round_.closed_on is None and round_.due_on is not None and round_.due_on < on
