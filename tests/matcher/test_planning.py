"""The whole line on the made-up prefecture: plans that keep every promise, whoever checks them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from jobs_feed.pipeline import run_import
from jobs_feed.sample import write_sample
from matcher.casework import Desk, load_desk, make_plans, plan_people
from matcher.domain.match import Part
from matcher.domain.plan import ServicePlan, Track
from matcher.office import Office, OfficeConfig, init_office
from matcher.plan_output import plan_json
from matcher.trials.repetition import repetition
from tests.recheck import broken_rules

SAMPLE_DAY = date(2026, 6, 24)
REAL = Path(__file__).resolve().parents[3] / "shared" / "data"
KEYS = {
    *("worker", "track", "track_reasons", "questions", "guidance", "matches"),
    *("training", "training_none", "shortfall", "policy"),
}


@dataclass(frozen=True, slots=True)
class World:
    """An office with plans, and what they were made from."""

    office: Office
    desk: Desk
    plans: list[ServicePlan]
    on: date


def _quiet(share: float, code: str) -> None:
    """Nobody is watching."""


def _planned(office: Office, on: date) -> World:
    with office.reading() as unit:
        desk = load_desk(office, unit, division="", worker_ref="", on=on)
    plans, _ = make_plans(desk, office.policy.at(on), _quiet)
    return World(office, desk, plans, on)


def _office(folder: Path, size: str, on: date, adverts: Path | None = None, sender: str = "local") -> Office:
    config = OfficeConfig(home=folder / "data", key_file=folder / "keys" / "key")
    init_office(config)
    office = Office.open(config)
    files = write_sample(folder / "sample", size=size, as_of=on)
    run_import(office, "postings", adverts or files.postings, as_of=on, sender=sender)
    run_import(office, "training", files.training, as_of=on)
    run_import(office, "workers", files.workers, as_of=on)
    return office


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The standard sample, planned once for all tests of this file."""
    office = _office(tmp_path_factory.mktemp("prefecture"), "standard", SAMPLE_DAY)
    yield _planned(office, SAMPLE_DAY)
    office.close()


def _recheck(world: World) -> list[tuple[str, str, list[str]]]:
    people = {row.key: row for row in world.desk.people}
    postings = {row.key: row for row in world.desk.postings}
    found = []
    for plan in world.plans:
        for match in plan.matches:
            person, posting = people[plan.worker_key], postings[match.posting_key]
            rules = broken_rules(
                person.worker, person.facts, posting.posting, posting.facts, on=world.on, state=posting.state
            )
            if rules:
                found.append((plan.worker_ref, match.posting.ref, list(rules)))
    return found


def test_no_plan_breaks_a_hard_limit_by_the_independent_check(world: World) -> None:
    assert sum(len(plan.matches) for plan in world.plans) > 800
    assert _recheck(world) == []


def test_everybody_owed_has_a_session_and_three_live_postings_or_a_stated_shortfall(world: World) -> None:
    owed = [plan for plan in world.plans if plan.track is Track.FULL]
    assert len(owed) > 300
    for plan in owed:
        assert plan.guidance is not None
        keys = [match.posting_key for match in plan.matches]
        assert len(keys) == len(set(keys)) <= 3
        assert len(keys) + plan.shortfall.missing == 3
        assert (plan.training is None) == (plan.training_none is not None)


def test_nobody_without_a_claim_to_postings_gets_any(world: World) -> None:
    for plan in world.plans:
        if not plan.track.carries_postings:
            assert plan.matches == ()
            assert plan.training is None


def test_effects_sum_to_their_part_and_every_reason_has_evidence(world: World) -> None:
    for plan in world.plans:
        for match in plan.matches:
            assert match.score == pytest.approx(match.fit * match.wish, abs=1e-12)
            for part, value in ((Part.FIT, match.fit), (Part.WISH, match.wish)):
                total = sum(reason.effect for reason in match.reasons if reason.part is part)
                assert total == pytest.approx(value, abs=1e-9)
            assert all(reason.evidence for reason in match.reasons if reason.code != "BASE")


def test_plans_are_said_whole_in_both_languages_with_the_keys_of_the_contract(world: World) -> None:
    for language in ("zh", "en"):
        wording = world.office.wording(language)
        for plan in world.plans:
            said = plan_json(plan, wording)
            assert said.keys() >= KEYS
            assert "{" not in json.dumps([said["questions"], said["track_reasons"]], ensure_ascii=False).replace(
                '{"', ""
            )


def test_private_words_never_stand_in_a_plan(world: World) -> None:
    wording = world.office.wording("zh")
    people = {row.key: row for row in world.desk.people}
    told = 0
    for plan in world.plans:
        text = json.dumps(plan_json(plan, wording), ensure_ascii=False)
        facts = people[plan.worker_key].facts
        stated = [item for group in (facts.constraints, facts.situations) for item in group]
        private = {e.words for item in stated for e in item.evidence if e.private and len(e.words) > 3}
        told += len(private)
        open_words = [e.words for group in (facts.experience, facts.skills) for item in group for e in item.evidence]
        leaked = [words for words in private if words in text and not any(words in other for other in open_words)]
        assert leaked == []
        assert people[plan.worker_key].worker.id_number not in text or not people[plan.worker_key].worker.id_number
    assert told > 50


def test_hardly_a_sentence_of_guidance_is_shared_by_more_than_five_people(world: World) -> None:
    wording = world.office.wording("zh")
    found = repetition([plan_json(plan, wording) for plan in world.plans])
    assert found.sentences > 4000
    assert found.share <= 0.05, found.worst[:5]


def test_the_order_of_rows_changes_nothing(world: World) -> None:
    turned = Desk(world.desk.people[::-1], world.desk.postings[::-1], world.desk.classes[::-1], world.desk.standing)
    again, _ = make_plans(turned, world.office.policy.at(world.on), _quiet)
    assert again == world.plans


def test_seats_and_public_posts_are_never_given_twice(world: World) -> None:
    seats = {row.key: row.training.seats for row in world.desk.classes}
    for key, many in seats.items():
        taken = sum(plan.training is not None and plan.training.training_key == key for plan in world.plans)
        assert many is None or taken <= many
    for row in world.desk.postings:
        if row.posting.kind.name == "PUBLIC_WELFARE" and row.posting.openings is not None:
            given = sum(
                match.posting_key == row.key
                for plan in world.plans
                if plan.track is not Track.STABILISE
                for match in plan.matches
            )
            assert given <= row.posting.openings


def test_a_guide_holds_one_session_at_a_time(world: World) -> None:
    held = [
        (plan.guidance.guide, plan.guidance.starts_at)
        for plan in world.plans
        if plan.guidance is not None and plan.guidance.guide and plan.guidance.starts_at
    ]
    assert len(held) > 200
    assert len(held) == len(set(held))


def test_a_stored_run_reads_back_as_it_was_made(world: World) -> None:
    run = plan_people(world.office, as_of=world.on)
    assert run.key is not None
    assert run.quality.people == len(world.plans)
    with world.office.reading() as unit:
        stored = {item.plan.worker_key: item.plan for item in unit.plans.of_run(run.key)}
    assert stored == {plan.worker_key: plan for plan in world.plans}


def test_only_recommendations_to_others_stand_in_the_way(tmp_path: Path) -> None:
    office = _office(tmp_path, "village", SAMPLE_DAY)
    plan_people(office, as_of=SAMPLE_DAY)
    with office.reading() as unit:
        everybody = load_desk(office, unit, division="", worker_ref="", on=SAMPLE_DAY)
        row = next(row for row in everybody.people if row.kept_postings)
        alone = load_desk(office, unit, division="", worker_ref=row.worker.ref, on=SAMPLE_DAY)
        counts = unit.plans.recommended_counts()
    assert callable(alone.standing)
    told = alone.standing(list(counts))
    office.close()
    assert everybody.standing == {}
    assert told == {key: count - (key in row.kept_postings) for key, count in counts.items()}


@pytest.mark.parametrize(
    ("name", "on"), [("postings_real_1.csv", date(2015, 4, 1)), ("postings_real_2.csv", date(2020, 4, 22))]
)
def test_people_are_planned_against_real_adverts_and_told_where_nothing_is_in_reach(
    tmp_path: Path, name: str, on: date
) -> None:
    if not (REAL / name).exists():
        pytest.skip("the real adverts are not beside this checkout")
    office = _office(tmp_path, "village", on, adverts=REAL / name, sender="real")
    world = _planned(office, on)
    assert _recheck(world) == []
    owed = [plan for plan in world.plans if plan.track is Track.FULL]
    assert all(len(plan.matches) + plan.shortfall.missing == 3 for plan in owed)
    assert any(plan.shortfall.missing == 3 for plan in owed)
    office.close()
