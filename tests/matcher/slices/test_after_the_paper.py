"""What a village does after the paper comes home from the laptop: with the keys of the office, once, and planned by."""

from __future__ import annotations

import pytest

from matcher.aftercare.slips import take_back_slip
from matcher.aftercare.work import never_began
from matcher.casework import load_desk
from matcher.domain.aftercare import THE_CLASS, CallResult
from matcher.domain.answer import AnswerKind
from matcher.domain.choosing.choices import Hand, Switch
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.intake.life import LifeKind
from matcher.domain.intake.told import FactKind
from matcher.domain.posting import PostingState
from matcher.domain.service.around.cooperation import Departure
from matcher.domain.service.around.graduates import Outcome
from matcher.domain.service.around.local_work import PublicPost, Site, SiteKind, SiteState
from matcher.listings import Scope
from matcher.office import Office
from matcher.slices import Choice, decide, open_sides
from matcher.slices.opening import entry
from matcher.store.schema import METADATA, PLAN_CLASS, WORKER, WORKER_WISH
from matcher.store.slices.collecting import Extent
from matcher.store.slices.kinds import BY_NAME, KINDS, STAY
from matcher.store.slices.rows import foreign
from matcher.wording import load_catalogue
from tests.matcher.slices.after_the_paper import (
    DAY,
    EVERYTHING,
    call,
    choose,
    correct,
    hand_in,
    keep_contact,
    keep_days,
    keep_local,
    key_of,
    plan_of,
    prove,
    say_rest,
    travel,
)
from tests.matcher.slices.villages import DIVISION, carry, contents
from tests.matcher.store.records import a_class, a_posting, class_facts, posting_facts

ALL = Scope(division="", villages=())


@pytest.fixture
def laptop(home: Office, empty: Office) -> Office:
    """A laptop whose keys are all other ones than at home."""
    with empty.unit("x") as unit:
        unit.postings.add_many([(a_posting(f"X-{at}", openings=1), posting_facts()) for at in range(3)])
        unit.classes.add(a_class("X-1"), class_facts())
    carry(home, empty)
    with home.unit("window") as unit:
        plan = unit.plans.current(key_of(unit, "NM-3"))
        assert plan is not None
        unit.plans.answers.record(plan.key, plan.plan.matches[0].posting_key, AnswerKind.WANTED, on=home.today())
    return empty


def _keys(office: Office) -> dict[str, int]:
    """The keys of what people are given, by reference."""
    with office.reading() as unit:
        return {ref: unit.postings.by_ref(ref).key for ref in ("P-1", "P-2")} | {"T-1": unit.classes.by_ref("T-1").key}


def work_of_a_day(laptop: Office) -> None:
    """A day in the village."""
    hand_in(laptop, "NM-2", 1, AnswerKind.NOT_WANTED, "LOW_PAY")
    hand_in(laptop, "NM-1", 1, AnswerKind.STARTED)
    hand_in(laptop, "NM-3", 1, AnswerKind.CALLED, "FULL")
    call(laptop, "NM-1", CallResult.STILL)
    prove(laptop, "NM-1")
    choose(laptop, "NM-3", "P-2", "P-1")
    correct(laptop, "NM-3", "3500")
    say_rest(laptop, "NM-3")
    keep_contact(laptop, "NM-2")
    keep_local(laptop, "NM-3")
    travel(laptop, "NM-1")


def test_everything_comes_home_with_the_keys_of_the_office_and_once(home: Office, laptop: Office) -> None:
    ours, theirs = _keys(home), _keys(laptop)
    assert all(ours[ref] != theirs[ref] for ref in ours)
    work_of_a_day(laptop)
    merged = carry(laptop, home)
    assert (merged.figures.conflicts, merged.figures.waiting) == (0, 0)
    with home.reading() as unit:
        first, second, third = (key_of(unit, ref) for ref in ("NM-1", "NM-2", "NM-3"))
        slips = unit.aftercare.returns.of_people()
        [tick, about_class] = slips[second][0].ticks
        [answer] = [one for one in unit.plans.answers.of_plan(slips[second][0].plan_key) if one.posting_key]
        assert (tick.tick.posting_key, tick.tick.why, tick.answer_key) == (ours["P-2"], ("LOW_PAY",), answer.key)
        assert (about_class.tick.posting_key, about_class.answer_key) == (THE_CLASS, 0)
        assert unit.aftercare.returns.voices()[ours["P-2"]][1] == 1
        [spell] = unit.aftercare.spells.of_people([first])[first]
        assert (spell.posting_key, spell.return_key, spell.yuan) == (ours["P-2"], slips[first][0].key, 3000)
        assert [one["result"] for one in unit.aftercare.calls.of_person(first)] == ["still", "", ""]
        assert [one["note"] for one in unit.aftercare.calls.of_person(first)][0] == "干得不错"
        proof, told = unit.casefile.proofs.of_people([first]), unit.casefile.details.of_people([first])
        assert [(one.spell_key, one.note) for one in proof[first]] == [(spell.key, "看过原件")]
        assert [(one.spell_key, one.yuan) for one in told[first]] == [(spell.key, 3000)]
        assert [one.minutes for one in unit.casefile.events.of_people([first])[first]] == [30]
        assert unit.choices.standing()[third] == Hand(frozenset({ours["P-2"]}), frozenset({ours["P-1"]}))
        assert [one.came for one in unit.choices.of_worker(third)] == [ours["P-2"]]
        assert unit.concessions.standing()[third].switches == (Switch.LODGING,)
        assert [row.state.where for row in unit.aftercare.rounds.of_person(third)] == ["西沟村"]
        [life] = unit.life.of_person(third)
        told = {one.correction.kind: one.change_key for one in unit.corrections.of_person(third)}
        assert (life.kind, told) == (LifeKind.PHONE, {FactKind.WAGE: None, FactKind.STATUS: life.key})
        assert [one.class_key for one in unit.class_life.of_person(third)] == [ours["T-1"]]
        assert (unit.class_life.counts(ours["T-1"]), unit.class_life.edits()[ours["T-1"]].seats) == (
            {EnrolmentState.ENROLLED: 1},
            7,
        )
        [holder] = [one for one in unit.holders.of_posting(ours["P-2"])[0] if one.worker_key == third]
        assert holder.told_on == DAY
        assert (unit.rain_dew.get(second).school, unit.rain_dew.get(second).outcome) == ("示例职校", Outcome.EMPLOYED)
        assert [one.said for one in unit.graduate_contacts.of_people([second])[second]] == ["在工地干得住"]
        [member] = unit.local_work.members.of_people([third])[third]
        assert unit.local_work.sites.get(member.site_key).village == "西沟村"
        assert [one.days_present for one in unit.local_work.members.months([member.key])[member.key]] == [20]
        assert [one.note for one in unit.local_work.members.reviews([member.key])[member.key]] == ["干得好"]
        [rider] = unit.cooperation.travellers.of("worker_key", [first])
        assert (rider.spell_key, rider.note) == (spell.key, "到了")
        assert unit.cooperation.departures.get(rider.departure_key).posting_key == ours["P-1"]
    assert contents(laptop).items() <= contents(home).items()


def test_days_of_one_month_on_both_sides_are_shown_and_somebody_decides(home: Office, laptop: Office) -> None:
    keep_local(home, "NM-3", actor="window")
    carry(home, laptop)
    for office, came in ((home, 18), (laptop, 22)):
        with office.unit("x") as unit:
            [member] = unit.local_work.members.of_people([key_of(unit, "NM-3")])[key_of(unit, "NM-3")]
            keep_days(unit, member.key, came)
    carry(laptop, home)
    [side], _ = open_sides(home, ALL)
    assert (side.kind, side.name) == ("attendance", "李示例")
    decide(home, side.key, Choice.THERE, seen=side.seen, mine=ALL, actor="window")
    with home.reading() as unit:
        [member] = unit.local_work.members.of_people([key_of(unit, "NM-3")])[key_of(unit, "NM-3")]
        assert [one.days_present for one in unit.local_work.members.months([member.key])[member.key]] == [22]
    assert carry(laptop, home).nothing_new


def test_a_village_takes_only_its_own_posts_and_departures_along(home: Office, empty: Office) -> None:
    with home.unit("window") as unit:
        for village in ("西沟村", "远村"):
            site = Site(kind=SiteKind.POST, name="护林", division="150525", village=village, state=SiteState.RUNNING,
                        details=PublicPost())  # fmt: skip
            unit.local_work.sites.add(site)
        unit.cooperation.departures.add(
            Departure(division="150525", district="110108", batch="1", leaves_on=DAY, employer="示例公司")
        )
    carry(home, empty, villages=("西沟村",))
    with empty.reading() as unit:
        assert [one.village for one in unit.local_work.sites.all(list(SiteKind))] == ["西沟村"]
        assert unit.cooperation.departures.where() == []


def test_a_file_taken_in_twice_changes_nothing(home: Office, laptop: Office) -> None:
    work_of_a_day(laptop)
    carry(laptop, home)
    before = home.store.contents()
    assert carry(laptop, home).nothing_new
    changed = {name for name, many in home.store.contents().rows.items() if before.rows[name] != many}
    assert changed <= {"slice_event", "slice_base", "audit_entry"}
    assert carry(home, laptop).figures.conflicts == 0


def test_the_next_plan_at_home_goes_by_it(home: Office, laptop: Office) -> None:
    ours = _keys(home)
    work_of_a_day(laptop)
    carry(laptop, home)
    with home.reading() as unit:
        desk = load_desk(home, unit, division=DIVISION, worker_ref="", on=home.today())
    rows = {row.worker.ref: row for row in desk.people}
    assert rows["NM-3"].given_postings == {ours["P-2"]}
    assert ours["P-1"] in rows["NM-3"].refused_postings
    assert ours["P-2"] in rows["NM-2"].refused_postings
    wish, corrected = rows["NM-2"].facts.wage_wish, rows["NM-3"].facts.wage_wish
    assert wish is not None and wish.yuan_per_month > 3000
    assert corrected is not None and corrected.yuan_per_month == 3500


def test_class_pages_count_plans_that_came_and_the_work_people_wish(home: Office, laptop: Office) -> None:
    with home.unit("window") as unit:
        unit.class_life.note_wishes({key_of(unit, "NM-1"): ["cleaner"]})
    carry(home, laptop)
    choose(laptop, "NM-2", "P-2", "P-1")
    with laptop.unit("coordinator") as unit:
        unit.class_life.note_wishes({key_of(unit, "NM-2"): ["cook"]})
    carry(laptop, home)
    for office in (home, laptop):
        with office.reading() as unit:
            course = unit.classes.by_ref("T-1").key
            named = unit.class_life.suggested_counts([course])
            connection = unit.class_life._context.connection
            plans = connection.execute(PLAN_CLASS.select()).all()
            wished = {(row[0], row[1]) for row in connection.execute(WORKER_WISH.select())}
            assert (named, len(plans)) == ({course: 3}, 4)
            assert wished >= {(key_of(unit, "NM-2"), "cook")}


def test_a_start_told_on_both_sides_takes_one_opening(home: Office, laptop: Office) -> None:
    for office, actor in ((home, "window"), (laptop, "coordinator")):
        hand_in(office, "NM-2", 1, AnswerKind.STARTED, actor=actor)
    for _ in range(2):
        carry(laptop, home)
    with home.reading() as unit:
        posting = unit.postings.by_ref("P-2")
        assert (posting.state, posting.openings_left) == (PostingState.OPEN, 1)
    for kind in ("answer", "spell"):
        [side], _ = open_sides(home, ALL)
        assert side.kind == kind
        decide(home, side.key, Choice.THERE, seen=side.seen, mine=ALL, actor="window")
        carry(laptop, home)
    assert carry(laptop, home).nothing_new
    with home.reading() as unit:
        second = key_of(unit, "NM-2")
        assert unit.postings.by_ref("P-2").openings_left == 1
        assert len(unit.aftercare.returns.of_people()[second]) == 2
        assert len(unit.aftercare.spells.of_people([second])[second]) == 1


def test_a_slip_taken_back_on_the_laptop_is_taken_back_here(home: Office, laptop: Office) -> None:
    kept = hand_in(home, "NM-2", 1, AnswerKind.STARTED, actor="window")
    assert kept.key is not None
    carry(home, laptop)
    with laptop.reading() as unit:
        [slip] = unit.aftercare.returns.of_people()[key_of(unit, "NM-2")]
    take_back_slip(laptop, slip.key, EVERYTHING, actor="coordinator")
    assert carry(laptop, home).figures.conflicts == 0
    with home.reading() as unit:
        second, plan = key_of(unit, "NM-2"), plan_of(home, "NM-2")
        assert unit.aftercare.returns.of_people([second]) == {}
        assert unit.plans.answers.of_plan(plan.key) == []
        assert unit.aftercare.spells.of_people([second]) == {}
        assert unit.postings.by_ref("P-2").openings_left is None


def _take_away(office: Office) -> None:
    """What a day's work has said is taken back: enrolled by mistake, not told, class as delivered, never began."""
    with office.unit("coordinator") as unit:
        third, course = key_of(unit, "NM-3"), unit.classes.by_ref("T-1").key
        unit.class_life.withdraw(course, third)
        unit.class_life.forget_edit(course)
        unit.holders.untell(unit.postings.by_ref("P-2").key, third)
        [spell] = unit.aftercare.spells.of_people([key_of(unit, "NM-1")])[key_of(unit, "NM-1")]
        never_began(unit, spell)


def _left(office: Office) -> tuple[int, int, int, int]:
    """How much of that still stands: enrolments, edits, ticks, spells."""
    with office.reading() as unit:
        third = key_of(unit, "NM-3")
        told = unit.holders.of_posting(unit.postings.by_ref("P-2").key)[0]
        spells = unit.aftercare.spells.of_people([key_of(unit, "NM-1")])
        ticks = [one for one in told if one.told_on and one.worker_key == third]
        return len(unit.class_life.of_person(third)), len(unit.class_life.edits()), len(ticks), len(spells)


@pytest.mark.parametrize("began_at_home", [True, False])
def test_what_was_taken_away_on_the_laptop_goes_here_too(home: Office, laptop: Office, began_at_home: bool) -> None:
    work_of_a_day(home if began_at_home else laptop)
    carry(*((home, laptop) if began_at_home else (laptop, home)))
    assert _left(home) == _left(laptop) == (1, 1, 1, 1)
    _take_away(laptop)
    assert carry(laptop, home).figures.conflicts == 0
    assert _left(home) == (0, 0, 0, 0)
    assert carry(laptop, home).nothing_new
    assert carry(home, laptop).figures.conflicts == 0
    say_rest(laptop, "NM-3")
    carry(laptop, home)
    assert _left(home) == (1, 1, 1, 0)


def test_what_was_changed_here_since_is_not_taken_away(home: Office, laptop: Office) -> None:
    work_of_a_day(home)
    carry(home, laptop)
    _take_away(laptop)
    with home.unit("window") as unit:
        unit.class_life.enrol(unit.classes.by_ref("T-1").key, key_of(unit, "NM-3"), EnrolmentState.PASSED)
    carry(laptop, home)
    assert _left(home) == (1, 0, 0, 0)


def test_work_of_somebody_who_is_two_goes_with_the_one(home: Office, laptop: Office) -> None:
    work_of_a_day(home)
    carry(home, laptop)
    with laptop.unit("coordinator") as unit:
        kept, gone = unit.workers.by_ref("NM-2"), unit.workers.by_ref("NM-1")
        unit.merges.merge(kept.key, gone.key, kept.value, kept.facts)
        unit.merges.merge(kept.key, key_of(unit, "NM-3"), kept.value, kept.facts)
    assert carry(laptop, home).figures.conflicts == 0
    with home.reading() as unit:
        assert unit.concessions.standing().keys() == unit.choices.standing().keys() == {kept.key}
        assert len(unit.class_life.of_person(kept.key)) == 1
        [spell] = unit.aftercare.spells.of_people([kept.key])[kept.key]
        assert len(unit.aftercare.calls.of_person(kept.key)) == 3
        assert spell.return_key in {slip.key for slip in unit.aftercare.returns.of_people()[kept.key]}


def test_corrections_of_one_person_on_both_sides_are_shown_and_none_is_lost(home: Office, laptop: Office) -> None:
    correct(home, "NM-1", "3200", actor="window")
    correct(laptop, "NM-1", "3600")
    assert carry(laptop, home).figures.conflicts == 1
    [side], _ = open_sides(home, ALL)
    assert (side.kind, side.name) == ("correction", "包示例")
    assert ["3200" in str(side.here), "3600" in str(side.there)] == [True, True]
    decide(home, side.key, Choice.THERE, seen=side.seen, mine=ALL, actor="window")
    with home.reading() as unit:
        found = unit.corrections.of_person(key_of(unit, "NM-1"))
    assert [one.correction.now for one in found] == ["3200", "3600"]
    assert carry(home, laptop).figures.conflicts == 0
    assert contents(home).items() <= contents(laptop).items()


def test_every_table_about_people_travels_or_says_why_it_stays() -> None:
    about = {table.name for table in METADATA.tables.values() if any(foreign(c) is WORKER for c in table.columns)}
    travel = {kind.table.name for kind in KINDS}
    assert not travel & STAY.keys()
    assert about - travel == STAY.keys() & about
    assert STAY.keys() <= about
    assert all(STAY.values())


def test_whatever_may_be_in_conflict_has_words(home: Office, laptop: Office) -> None:
    work_of_a_day(laptop)
    with laptop.reading() as unit:
        _, records = unit.slices.collect(Extent(division="", today=DAY, most_postings=9, whole=True))
    catalogue = load_catalogue("matcher.wording")
    listed = [kind for kind in KINDS if not kind.union and kind.name not in {"worker", "posting", "class", "barred"}]
    assert {kind.name for kind in listed} <= {record.kind for record in records}
    for record in records:
        kind = BY_NAME[record.kind]
        fields = {name for row in record.rows for name, _ in entry(kind, row, str)} if kind in listed else set()
        codes = {f"SLICE_KIND_{kind.name.upper()}"} if kind in listed else set()
        for code in codes | {f"SLICE_FIELD_{name.upper()}" for name in fields}:
            assert catalogue.template(code, "zh"), code
            assert catalogue.template(code, "en"), code
