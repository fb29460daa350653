"""The rule checker: what it finds in an offer, and that what ships has no fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from matcher.catalogue.checking import Fault, check_item
from matcher.catalogue.lines import form_of, rule_of
from matcher.catalogue.saying import said_fault
from matcher.domain.errors import InputRefused
from matcher.domain.service.policies.catalogue import Amount, Basis, Catalogue, Item, KeptItem, Tier, Words
from matcher.domain.service.policies.plain_items import as_item, as_rule, item_plain
from matcher.domain.service.policies.rules import Compare, Condition, all_of, any_of
from matcher.reference.offers import fact_kinds, shipped_catalogue
from matcher.wording import Wording, load_catalogue

TODAY = date(2026, 3, 16)
TRAVEL = shipped_catalogue().history("POLICY_TRAVEL")[0].item
WORDING = Wording(load_catalogue("matcher.wording"), "zh", lambda kind, code, language: code)


def codes(item: Item, others: tuple[KeptItem, ...] = ()) -> set[str]:
    return {fault.code.removeprefix("CAT_") for fault in check_item(item, others, regions=("150525",), today=TODAY)}


def amount(**more: object) -> Amount:
    return Amount(**{"since": TODAY, "value": Decimal(1), "basis": "made up", **more})  # type: ignore[arg-type]


def a_condition(fact: str, value: object, compare: Compare = Compare.IS) -> Condition:
    return Condition(fact, compare, (value,))  # type: ignore[arg-type]


@pytest.mark.parametrize("code", shipped_catalogue().codes())
def test_what_ships_has_no_fault_fits_the_form_and_states_no_amount(code: str) -> None:
    [kept] = shipped_catalogue().history(code)
    assert [fault for fault in check_item(kept.item, today=TODAY) if fault.hinders] == []
    assert all(one.value is None for one in kept.item.amounts)
    assert as_item(item_plain(kept.item)) == kept.item
    form = form_of(kept.item.rule)
    assert form is not None
    again = form_of(rule_of(form))
    assert again is not None
    assert (set(again.lines), again.needs) == (set(form.lines), form.needs)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"code": "bad code"}, "FAULT_NO_CODE"),
        ({"title": Words()}, "FAULT_NO_TITLE"),
        ({"plain": Words()}, "FAULT_NO_PLAIN"),
        ({"basis": ()}, "FAULT_NO_BASIS"),
        ({"basis": (Basis("", "二(一)"),)}, "FAULT_NO_BASIS"),
        ({"valid_from": None}, "FAULT_UNDATED"),
        ({"valid_to": date(2020, 1, 1)}, "FAULT_ENDS_FIRST"),
        ({"region": "1101"}, "FAULT_UNKNOWN_REGION"),
        ({"materials": ("NO_SUCH_PAPER",)}, "FAULT_UNKNOWN_MATERIAL"),
        ({"rule": a_condition("luck", True)}, "FAULT_UNKNOWN_FACT"),
        ({"rule": a_condition("work", "idle")}, "FAULT_UNKNOWN_CHOICE"),
        ({"rule": a_condition("work", "none", Compare.FROM)}, "FAULT_UNKNOWN_CHOICE"),
        ({"rule": a_condition("age", True)}, "FAULT_UNKNOWN_CHOICE"),
        ({"rule": a_condition("workshop", True)}, "FAULT_WRONG_SUBJECT"),
        ({"rule": all_of()}, "WARN_ALWAYS"),
        ({"amounts": (amount(basis=""),)}, "FAULT_AMOUNT_BASIS"),
        ({"amounts": (amount(value=Decimal(-1)),)}, "FAULT_AMOUNT_NEGATIVE"),
        ({"amounts": (amount(until=date(2020, 1, 1)),)}, "FAULT_AMOUNT_ENDS"),
        ({"amounts": (amount(), amount())}, "FAULT_AMOUNT_TWICE"),
        ({"amounts": (amount(tier=Tier.BANNER),)}, "FAULT_NEVER_TIER"),
        ({"amounts": (amount(value=None),)}, "WARN_OPEN_AMOUNT"),
        ({"title": Words("只有中文")}, "WARN_NO_ENGLISH"),
    ],
)
def test_each_fault_is_found_and_said(change: dict[str, object], found: str) -> None:
    item = replace(TRAVEL, **change)  # type: ignore[arg-type]
    assert found in codes(item)
    assert found not in codes(TRAVEL) or found.startswith("WARN_OPEN")
    for fault in check_item(item, regions=("150525",), today=TODAY):
        assert "{" not in said_fault(WORDING, fault)


def test_conditions_that_contradict_each_other_are_named_and_no_others() -> None:
    young, old = a_condition("age", 20, Compare.UP_TO), a_condition("age", 30, Compare.FROM)
    item = replace(TRAVEL, rule=all_of(a_condition("in_population", True), young, old))
    [never] = [fault for fault in check_item(item, today=TODAY) if fault.hinders]
    assert never == Fault(code="CAT_FAULT_NEVER", rules=(young, old))
    assert "不多于20" in said_fault(WORDING, never)


def test_a_contradiction_across_groups_is_found() -> None:
    either = any_of(a_condition("work", "none"), a_condition("work", "flexible"))
    item = replace(TRAVEL, rule=all_of(either, a_condition("work", "employed")))
    assert "FAULT_NEVER" in codes(item)


def test_a_condition_the_others_contain_is_said_to_add_nothing() -> None:
    first, second = a_condition("age", 16, Compare.FROM), a_condition("age", 18, Compare.FROM)
    idle = [fault for fault in check_item(replace(TRAVEL, rule=all_of(first, second)), today=TODAY) if fault.rules]
    assert idle == [Fault(code="CAT_WARN_IDLE", rules=(first,))]


def test_versions_that_meet_are_told_of() -> None:
    later = KeptItem(item=replace(TRAVEL, valid_from=date(2027, 1, 1)))
    assert "WARN_OVERLAP" in codes(replace(TRAVEL, valid_from=TODAY), (later,))
    assert "WARN_OVERLAP" not in codes(replace(TRAVEL, valid_from=TODAY, valid_to=date(2026, 12, 31)), (later,))
    assert "WARN_SAME_DAY" in codes(replace(TRAVEL, valid_from=date(2027, 1, 1)), (later,))
    assert "WARN_PAST" in codes(replace(TRAVEL, valid_from=date(2026, 1, 1)), (later,))


def test_the_nearest_region_then_the_latest_day_then_the_last_entry_stands() -> None:
    def version(key: int, region: str, since: date, **more: object) -> KeptItem:
        return KeptItem(key=key, item=replace(TRAVEL, region=region, valid_from=since, **more))  # type: ignore[arg-type]

    city, newer = version(1, "1505", date(2022, 6, 9)), version(2, "1505", date(2026, 1, 1))
    own, again = version(3, "150525", date(2023, 1, 1)), version(4, "1505", date(2026, 1, 1))
    catalogue = Catalogue((city, newer, own, again))

    def key_on(division: str, on: date) -> int | None:
        kept = catalogue.version_on("POLICY_TRAVEL", on=on, division=division)
        return None if kept is None else kept.key

    assert key_on("150525", TODAY) == 3
    assert key_on("150523", TODAY) == 4
    assert key_on("150523", date(2025, 1, 1)) == 1
    assert key_on("150523", date(2022, 6, 8)) is None
    assert key_on("110000", TODAY) is None
    gone = catalogue.with_versions([version(5, "150525", date(2026, 3, 1), withdrawn=True)])
    assert gone.version_on("POLICY_TRAVEL", on=TODAY, division="150525") is None


def test_an_amount_is_that_of_the_tier_of_most_months_in_force_on_the_day() -> None:
    amounts = (
        amount(value=Decimal(100)),
        amount(tier=Tier.OUTSIDE, months=3, value=Decimal(300)),
        amount(tier=Tier.OUTSIDE, months=6, value=Decimal(600)),
        amount(tier=Tier.OUTSIDE, months=3, value=Decimal(350), since=date(2026, 6, 1)),
        amount(tier=Tier.REGION, value=None),
    )
    catalogue = Catalogue((KeptItem(item=replace(TRAVEL, amounts=amounts)),))

    def value(tier: Tier, on: date = TODAY, months: int | None = None) -> Decimal | None:
        found = catalogue.amount_of("POLICY_TRAVEL", tier=tier, on=on, division="150525", months=months)
        return None if found is None else found.value

    assert value(Tier.OUTSIDE) == 600
    assert value(Tier.OUTSIDE, months=4) == 300
    assert value(Tier.OUTSIDE, date(2026, 7, 1), 4) == 350
    assert value(Tier.CITY) == 100
    assert value(Tier.REGION) is None
    assert catalogue.amount_of("NO_SUCH", tier="", on=TODAY, division="150525") is None


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"fact": "age"},
        {"fact": "age", "from": 16, "up_to": 18},
        {"all": [], "any": []},
        {"fact": "age", "from": 16, "note": "x"},
    ],
)
def test_a_rule_written_wrongly_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(InputRefused):
        as_rule(plain)


@pytest.mark.parametrize(
    "change",
    [
        {"audience": "X"},
        {"valid_from": "soon"},
        {"deadline_days": "later"},
        {"amounts": [{"value": "much"}]},
        {"more": 1},
    ],
)
def test_an_offer_written_wrongly_is_refused_by_its_code(change: dict[str, object]) -> None:
    with pytest.raises(InputRefused, match="POLICY_TRAVEL"):
        as_item({**item_plain(TRAVEL), **change})


def test_every_fact_and_paper_has_words() -> None:
    for name, kind in fact_kinds().items():
        for code in (f"NEEDF_{name}", f"ASKF_{name}", *(f"CHOICE_{name}_{choice}" for choice in kind.choices)):
            assert WORDING.has(code.upper()), code
    for kept in shipped_catalogue().versions:
        assert all(WORDING.has(f"MATERIAL_{code}") for code in kept.item.materials)
        assert all(WORDING.has(f"UNIT_{one.unit.upper()}") for one in kept.item.amounts)
