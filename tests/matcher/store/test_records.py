"""People, postings and classes come out of the store as they went in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.domain.posting import PostingState
from matcher.store import SameBasis, Store
from tests.matcher.store.records import (
    KULUN,
    a_class,
    a_posting,
    a_worker,
    class_facts,
    posting_facts,
    worker_facts,
)


def test_a_worker_comes_out_as_it_went_in(store: Store) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker(), worker_facts())
    with store.reading() as unit:
        stored = unit.workers.get(key)
        assert (stored.value, stored.facts, stored.revision) == (a_worker(), worker_facts(), 1)
        assert stored.digest == unit.workers.digest_of(a_worker())


def test_a_posting_comes_out_as_it_went_in(store: Store) -> None:
    with store.unit() as unit:
        key = unit.postings.add(a_posting(), posting_facts())
    with store.reading() as unit:
        stored = unit.postings.get(key)
        assert (stored.value, stored.facts, stored.state) == (a_posting(), posting_facts(), PostingState.OPEN)
        assert unit.postings.by_source("local")["P-1"].digest == unit.postings.digest_of(a_posting())


def test_a_class_comes_out_as_it_went_in(store: Store) -> None:
    with store.unit() as unit:
        key = unit.classes.add(a_class(), class_facts())
        unit.classes.add(a_class("T-0"))
    with store.reading() as unit:
        assert (unit.classes.get(key).value, unit.classes.get(key).facts) == (a_class(), class_facts())
        assert [stored.value.ref for stored in unit.classes.all_for_planning()] == ["T-0", "T-1"]
        assert unit.classes.by_ref("local:T-0").facts is None


def test_a_unit_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError, match="power cut"), store.unit() as unit:
        unit.workers.add(a_worker())
        unit.postings.add_many([(a_posting(f"P-{number}"), None) for number in range(30)])
        unit.audit.note("import")
        raise RuntimeError("power cut")
    with store.reading() as unit:
        assert (unit.workers.count(), unit.postings.count(), unit.audit.recent()) == (0, 0, [])


def test_the_second_of_two_editors_is_told(store: Store) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker())
    with store.unit() as unit:
        assert unit.workers.replace(key, a_worker(village="东沟村"), expected_revision=1) == 2
    with pytest.raises(EditConflict, match="没有保存"), store.unit() as unit:
        unit.workers.replace(key, a_worker(village="南沟村"), expected_revision=1)
    with store.reading() as unit:
        assert unit.workers.get(key).value.village == "东沟村"


def test_a_reference_stands_once_for_each_sender(store: Store) -> None:
    with store.unit() as unit:
        unit.workers.add(a_worker())
        unit.workers.add(a_worker(sender="townhall"))
    with pytest.raises(InputRefused, match="没有重复保存"), store.unit() as unit:
        unit.workers.add(a_worker(name="另一个人"))
    with store.reading() as unit:
        assert unit.workers.count() == 2
        assert unit.workers.by_ref("townhall:NM-1").value.sender == "townhall"


def test_many_records_change_at_once(store: Store) -> None:
    with store.unit() as unit:
        workers = unit.workers.add_many([(a_worker(f"NM-{number}"), None) for number in range(3)])
        postings = unit.postings.add_many([(a_posting(f"P-{number}"), None) for number in range(3)])
        classes = unit.classes.add_many([(a_class(f"T-{number}"), None) for number in range(3)])
    with store.unit() as unit:
        unit.workers.replace_many([(workers[1], a_worker("NM-1", village="东沟村"), worker_facts())])
        unit.postings.replace_many([(postings[2], a_posting("P-2", title="保安"), posting_facts())])
        unit.classes.replace_many([(classes[0], a_class("T-0", title="电焊工"), class_facts())])
    with store.reading() as unit:
        people = list(unit.workers.all_for_planning())
        assert [(one.value.village, one.revision) for one in people] == [("西沟村", 1), ("东沟村", 2), ("西沟村", 1)]
        assert [one.value.title for one in unit.postings.all_for_planning()] == ["保洁员", "保洁员", "保安"]
        assert unit.classes.get(classes[0]).value.title == "电焊工"


def test_facts_read_anew_leave_what_the_person_said(store: Store) -> None:
    with store.unit() as unit:
        worker_key, posting_key = unit.workers.add(a_worker()), unit.postings.add(a_posting())
        unit.workers.put_facts(worker_key, worker_facts())
        unit.postings.put_facts(posting_key, posting_facts())
    with store.reading() as unit:
        assert unit.workers.get(worker_key).facts == worker_facts()
        assert unit.postings.get(posting_key).facts == posting_facts()
        assert unit.postings.get(posting_key).revision == 1


def test_only_open_postings_are_planned_with(store: Store) -> None:
    with store.unit() as unit:
        unit.postings.add_many([(a_posting("P-1"), None), (a_posting("P-3"), None)])
        held = unit.postings.add_many([(a_posting("P-2"), None)], state=PostingState.HELD)[0]
    with store.reading() as unit:
        assert [stored.value.ref for stored in unit.postings.all_for_planning()] == ["P-1", "P-3"]
        assert len(list(unit.postings.all_for_planning(only_open=False))) == 3
    with store.unit() as unit:
        unit.postings.set_state(held, PostingState.OPEN, note="电话核实过")
    with store.reading() as unit:
        assert [stored.value.ref for stored in unit.postings.all_for_planning()] == ["P-1", "P-2", "P-3"]
        assert unit.postings.get(held).state_note == "电话核实过"


def test_people_are_planned_for_by_division_or_reference(store: Store) -> None:
    with store.unit() as unit:
        unit.workers.add_many([(a_worker("B"), None), (a_worker("A", home=KULUN), None), (a_worker("C"), None)])
    with store.reading() as unit:
        found = {
            "everyone": [one.value.ref for one in unit.workers.all_for_planning()],
            "a banner": [one.value.ref for one in unit.workers.all_for_planning(division="150525")],
            "a city": [one.value.ref for one in unit.workers.all_for_planning(division="150500")],
            "one": [one.value.ref for one in unit.workers.all_for_planning(worker_ref="local:C")],
            "nobody": [one.value.ref for one in unit.workers.all_for_planning(worker_ref="nobody:C")],
        }
    assert found == {
        "everyone": ["A", "B", "C"],
        "a banner": ["B", "C"],
        "a city": ["A", "B", "C"],
        "one": ["C"],
        "nobody": [],
    }


def test_a_key_of_another_division_is_not_found(store: Store) -> None:
    with store.unit() as unit:
        key, posting = unit.workers.add(a_worker()), unit.postings.add(a_posting())
    with store.reading() as unit:
        assert unit.workers.get(key, division="150525", villages=("西沟村",)).key == key
        for scope in ({"division": "150524"}, {"division": "150525", "villages": ("东沟村",)}):
            with pytest.raises(RecordNotFound):
                unit.workers.get(key, **scope)
        with pytest.raises(RecordNotFound):
            unit.postings.get(posting, division="150524")


NEWCOMER = a_worker("X-9", sender="elsewhere", name="某人", id_number="", phone="", birth_date=None, village="")


@pytest.mark.parametrize(
    ("changes", "basis"),
    [
        ({"id_number": "990000 19790302 0012"}, SameBasis.ID_NUMBER),
        ({"id_number": "99000019790302001243"}, SameBasis.ID_NUMBER),
        ({"sender": "local", "ref": "NM-1"}, SameBasis.SENDER_REF),
        ({"name": "包雪梅", "village": "西沟村", "phone": "+86 138-0000-1234"}, SameBasis.NAME_VILLAGE_PHONE),
        ({"name": "包雪梅", "village": "西沟村", "birth_date": a_worker().birth_date}, SameBasis.NAME_BIRTH_VILLAGE),
        ({"name": "包雪梅", "village": "西沟村"}, None),
        ({"phone": "13800001234"}, None),
    ],
)
def test_a_person_is_found_again(store: Store, changes: dict[str, object], basis: SameBasis | None) -> None:
    with store.unit() as unit:
        key = unit.workers.add(a_worker())
    draft = replace(NEWCOMER, **changes)
    with store.reading() as unit:
        one_by_one, in_bulk = unit.workers.find_same(draft), unit.workers.identities().find(draft)
    assert one_by_one == in_bulk
    assert [(same.key, same.basis) for same in one_by_one] == ([] if basis is None else [(key, basis)])


def test_keys_that_contradict_each_other_are_both_reported(store: Store) -> None:
    with store.unit() as unit:
        first = unit.workers.add(a_worker("NM-1"))
        second = unit.workers.add(a_worker("NM-2", id_number="990000198001010010", name="白音"))
    draft = a_worker("NM-2")
    with store.reading() as unit:
        same = unit.workers.find_same(draft)
    assert [(one.key, one.basis, one.id_conflict) for one in same] == [
        (first, SameBasis.ID_NUMBER, False),
        (second, SameBasis.SENDER_REF, True),
    ]
