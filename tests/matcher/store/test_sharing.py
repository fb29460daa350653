"""What is passed on: the order of changes, consents, pairings, other offices' postings, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, insert, select, update

from matcher.domain.incoming.sharing import ContactConsent, Pairing, code_key, name_key, posting_key
from matcher.domain.posting import PostingState
from matcher.domain.settings import SettingName
from matcher.store import Store, UnitOfWork
from matcher.store.schema import POSTING
from matcher.store.sealing import SealedBytes
from tests.matcher.store.conftest import Clock
from tests.matcher.store.records import KULUN, a_posting, posting_facts

DAY = date(2026, 6, 22)


def consent(subject: str, *, given: bool = True) -> ContactConsent:
    """A decision told by telephone."""
    return ContactConsent(subject=subject, employer="某物业", given=given, by="电话", on=DAY)


def test_every_change_of_a_posting_moves_it_behind_all_others(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        first, second = unit.postings.add_many([(a_posting("P-1"), None), (a_posting("P-2"), None)])
        assert unit.sharing.version() == 2
        deeds = (
            lambda: unit.sharing.tell_again([first]),
            lambda: other_hands(unit, first),
            lambda: unit.postings.set_state(first, PostingState.HELD),
            lambda: unit.postings.replace(first, a_posting("P-1", title="门卫")),
            lambda: unit.postings.replace_many([(first, a_posting("P-1"), None)]),
            lambda: unit.postings.put_facts(first, posting_facts()),
        )
        for deed in deeds:
            before = unit.sharing.version()
            deed()
            rows = unit.sharing.changed((before, 2**31 - 1), limit=10, first=before)
            assert [(row.stored.key, row.change > before, row.first_change) for row in rows] == [(first, True, 1)]
        order = unit.sharing.changed((0, 0), limit=10, first=0)
        assert [row.stored.key for row in order] == [second, first]
        assert order[0].created_at == clock.now


def other_hands(unit: UnitOfWork, key: int) -> None:
    """A change by code that knows nothing of numbers, with a number of long ago."""
    unit._context.connection.execute(update(POSTING).where(POSTING.c.key == key).values(state_note="", change=1))


def test_a_deleted_posting_is_remembered_and_its_number_never_used_again(store: Store) -> None:
    with store.unit() as unit:
        key = unit.postings.add(a_posting("P-1", sender="某乡"))
        unit.postings.add(a_posting("P-2"))
        last = unit.postings.add(a_posting("P-3"))
        before = unit.sharing.version()
        for one in (last, key):
            unit._context.connection.execute(delete(POSTING).where(POSTING.c.key == one))
        assert unit.sharing.version() == before + 2
        found = [(gone.sender, gone.ref, gone.first_change) for gone in unit.sharing.gone(before)]
        assert found == [("local", "P-3", 3), ("某乡", "P-1", 1)]
        again = unit.postings.add(a_posting("P-3"))
        (row,) = unit.sharing.changed((before + 2, 0), limit=9, first=0)
        assert (row.stored.key, row.first_change, row.change) == (again, before + 3, before + 3)


def test_rows_copied_with_their_numbers_keep_them(store: Store) -> None:
    with store.unit() as unit:
        key = unit.postings.add(a_posting("P-1"))
        row = dict(unit._context.connection.execute(select(POSTING)).mappings().one())
        copied = row | {"key": key + 1, "uid": "f" * 32, "ref": "P-2", "first_change": 7, "change": 41}
        copied["contact"] = SealedBytes(row["contact"])
        unit._context.connection.execute(insert(POSTING), [copied])
        assert unit.sharing.version() == 41
        c = POSTING.c
        numbers = unit._context.connection.execute(select(c.first_change, c.change).where(c.ref == "P-2")).one()
        assert tuple(numbers) == (7, 41)


def test_up_to_the_first_change_only_open_postings_of_the_divisions_are_told(store: Store) -> None:
    with store.unit() as unit:
        unit.postings.add(a_posting("P-1"))
        unit.postings.add(a_posting("P-2", place=KULUN))
        unit.postings.add_many([(a_posting("P-3"), None)], state=PostingState.HELD)
        first = unit.sharing.version()
        unit.postings.add_many([(a_posting("P-4", place=KULUN), None)], state=PostingState.HELD)
        rows = unit.sharing.changed((0, 0), limit=10, first=first, divisions=("150525",))
        assert [row.stored.value.ref for row in rows] == ["P-1", "P-4"]
        rows = unit.sharing.changed((0, 0), limit=2, first=first, divisions=("150525", "150524"))
        assert [row.stored.value.ref for row in rows] == ["P-1", "P-2"]
        assert [row.stored.value.ref for row in unit.sharing.open_newest(("150524",))] == ["P-2"]
        assert [row.stored.value.ref for row in unit.sharing.open_until(first)] == ["P-1", "P-2"]


@pytest.mark.parametrize("subject", [name_key("某 物业"), code_key("91150500mA0example"), posting_key("local", "P-1")])
def test_a_consent_counts_as_a_change_of_its_postings_only(store: Store, subject: str) -> None:
    with store.unit("staff") as unit:
        key = unit.postings.add(a_posting("P-1", uscc="91150500MA0EXAMPLE"))
        unit.postings.add(a_posting("P-2", employer="别家"))
        before = unit.sharing.version()
        assert unit.sharing.put_consent(consent(subject)) == 1
        assert unit.sharing.version() == before + 1
        rows = unit.sharing.changed((before, 2**31 - 1), limit=10, first=before)
        assert [row.stored.key for row in rows] == [key]
        assert unit.postings.get(key).revision == 1


def test_the_newest_consent_holds_and_says_who_recorded_it(store: Store, clock: Clock) -> None:
    with store.unit("staff") as unit:
        unit.sharing.put_consent(consent("name:某物业"))
        unit.sharing.put_consent(consent("name:别家"))
        unit.sharing.put_consent(consent("name:某物业", given=False))
    with store.reading() as unit:
        found = unit.sharing.consents()
        assert {subject: one.given for subject, one in found.items()} == {"name:某物业": False, "name:别家": True}
        assert (found["name:某物业"].actor, found["name:某物业"].at) == ("staff", clock.now)


def test_pairings_hold_in_their_time_and_are_replaced_and_removed(store: Store) -> None:
    pairing = Pairing(banner="150521", district="110113", since=DAY, until=date(2027, 1, 1), basis="示例文号")
    with store.unit() as unit:
        unit.sharing.put_pairing(pairing)
        assert unit.sharing.pairings(date(2026, 6, 21)) == []
        assert unit.sharing.pairings(DAY) == [pairing]
        assert unit.sharing.pairings(date(2027, 1, 2)) == []
        unit.sharing.put_pairing(Pairing(banner="150521", district="110113", since=DAY, basis="新文号"))
        assert [one.basis for one in unit.sharing.pairings()] == ["新文号"]
        unit.sharing.end_pairing("150521", "110113")
        assert unit.sharing.pairings() == []


def test_senders_of_other_offices_are_remembered_once(store: Store) -> None:
    with store.unit() as unit:
        for instance in ("乙旗", "乙旗", "乙旗就业服务中心"):
            unit.sharing.note_received("feed-b", instance)
        assert unit.sharing.received() == {"feed-b": "乙旗就业服务中心"}


def test_the_last_moment_is_that_of_whatever_changed_last(store: Store, clock: Clock) -> None:
    names = (SettingName.OFFICE_PHONE,)
    with store.unit() as unit:
        assert unit.sharing.last_moment(names) is None
        assert unit.sharing.version() == 0
        unit.settings.put(SettingName.OFFICE_NAME, "不算在内")
        assert unit.sharing.last_moment(names) is None
        for deed in (
            lambda: unit.postings.add(a_posting()),
            lambda: unit.sharing.put_consent(consent("name:某物业")),
            lambda: unit.settings.put(SettingName.OFFICE_PHONE, "0475-1"),
        ):
            clock.move(minutes=1)
            deed()
            assert unit.sharing.last_moment(names) == clock.now
