"""Facts that are filled in later, on both databases."""

from __future__ import annotations

from matcher.store import Store
from tests.matcher.store.records import a_worker, worker_facts


def test_facts_are_filled_in_where_nobody_changed_the_person(store: Store) -> None:
    with store.unit() as unit:
        one, other = unit.workers.add_many([(a_worker("NM-1"), None), (a_worker("NM-2", name="王示例"), None)])
        third = unit.workers.add(a_worker("NM-3", name="李示例"), worker_facts())
        assert unit.workers.unread() == [one, other]
        unit.workers.replace(other, a_worker("NM-2", name="王示例", remarks="会电焊"))
    with store.unit() as unit:
        unit.workers.put_facts_many(
            [(one, 1, worker_facts()), (other, 1, worker_facts()), (third + 7, 1, worker_facts())]
        )
    with store.reading() as unit:
        assert unit.workers.get(one).facts == worker_facts()
        assert (unit.workers.get(one).revision, unit.workers.unread()) == (1, [other])
        assert unit.workers.unread(division="150524") == []
