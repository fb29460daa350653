"""What the catalogue asks somebody to look at, and what one person may have by spells of work and words at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from matcher.catalogue.changing import effect_of, save_item
from matcher.catalogue.offers import Standing, check_person
from matcher.catalogue.signals import signals
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.service.policies.catalogue import NoticeIssue, Receipt, Told
from matcher.domain.worker import HouseholdType, LabourSkill, WorkStatus
from matcher.listings import Scope
from matcher.reference.offers import shipped_catalogue
from tests.web.made_up import TODAY, World, opened

ALL = Scope()


def codes(world: World, scope: Scope = ALL) -> dict[str, int]:
    policy = world.office.policy.at(TODAY)
    with world.office.reading() as unit:
        found = signals(unit, scope, TODAY, policy)
    return {code: sum(one.code == code for one in found) for code in {one.code for one in found}}


def test_a_village_nobody_told_is_named_until_somebody_is(tmp_path: Path) -> None:
    with opened(tmp_path) as world:
        assert codes(world) == {"NOBODY_TOLD": 1, "RATES_OPEN": 1}
        assert codes(world, Scope("150523")) == {"RATES_OPEN": 1}
        assert codes(world, Scope("150525", ("东村",))) == {"NOBODY_TOLD": 1}
        issue = NoticeIssue(worker_key=world.bao, issued_on=TODAY, how=Told.HANDED, receipt=Receipt.SIGNED)
        with world.office.unit("window") as unit:
            unit.catalogue.issues.add(issue)
        assert codes(world) == {"RATES_OPEN": 1}


def test_an_offer_that_ends_soon_is_told_of(tmp_path: Path) -> None:
    item = shipped_catalogue().history("POLICY_LOAN")[0].item
    with opened(tmp_path) as world:
        save_item(world.office, replace(item, valid_from=TODAY, valid_to=TODAY + timedelta(days=30)), actor="city")
        assert codes(world)["OFFER_ENDS"] == 1


def test_work_that_began_since_and_words_at_the_desk_lie_over_the_roster(tmp_path: Path) -> None:
    with opened(tmp_path) as world:

        def standing(code: str, on: date = TODAY) -> Standing:
            with world.office.reading() as unit:
                check = check_person(world.office, unit, unit.workers.get(world.bao), on=on)
            return next(one.standing for one in check.judged if one.item.code == code)

        with world.office.unit("window") as unit:
            stored = unit.workers.get(world.bao)
            known = replace(
                stored.value,
                household_type=HouseholdType.LIFTED,
                labour_skill=LabourSkill.ORDINARY,
                work_status=WorkStatus.UNEMPLOYED,
            )
            unit.workers.replace(world.bao, known, stored.facts)
        assert standing("POLICY_STABILITY") is Standing.LATER
        spell = Spell(key=0, worker_key=world.bao, started_on=TODAY, said_by=SaidBy.WORKER, place="北京市")
        with world.office.unit("window") as unit:
            unit.aftercare.spells.begin(spell)
        assert standing("POLICY_STABILITY") is Standing.LATER
        assert standing("POLICY_STABILITY", date(2026, 6, 15)) is Standing.LATER
        assert standing("POLICY_STABILITY", date(2026, 6, 16)) is Standing.UNKNOWN
        with world.office.unit("window") as unit:
            for fact, value in (("contract", "yes"), ("stability_claimed", "no"), ("travel_claimed", "yes")):
                unit.catalogue.answers.say(world.bao, fact, value, on=TODAY)
        assert standing("POLICY_STABILITY", date(2026, 6, 16)) is Standing.YES
        assert standing("POLICY_TRAVEL", date(2026, 6, 16)) is Standing.NO


def test_what_a_change_would_do_is_counted_and_nothing_is_kept(tmp_path: Path) -> None:
    item = shipped_catalogue().history("POLICY_TRAINING")[0].item
    with opened(tmp_path) as world:
        with world.office.unit("window") as unit:
            unit.catalogue.answers.say(world.bao, "in_population", "no", on=TODAY)
        with world.office.reading() as unit:
            effect = effect_of(world.office, unit, replace(item, withdrawn=True, valid_from=TODAY), Scope())
            assert unit.catalogue.versions.all() == ()
        assert (effect.people, effect.of, effect.changed) == (3, 3, 3)
        assert effect.count(Standing.NO, after=False) == 1
        assert effect.count(Standing.UNKNOWN, after=False) == 2
        assert sum(effect.count(one, after=True) for one in Standing) == 0
