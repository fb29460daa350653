"""Signs, links and groups of postings, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, select

from matcher.domain.incoming.sameness import Ground, Group, Link, Verdict
from matcher.domain.posting import PostingState
from matcher.store import Store, UnitOfWork
from matcher.store.incoming.signs import PHONE
from matcher.store.schema import POSTING, SAME_LINK, SAME_MEMBER, SAME_VALUE
from matcher.store.views import PostingsWanted
from tests.factories import a_posting, posting_facts
from tests.matcher.store.conftest import Clock

DAY = date(2026, 6, 22)
OTHER = 7


def filled(unit: UnitOfWork, count: int = 3) -> list[int]:
    """Postings of an empty store."""
    return unit.postings.add_many([(a_posting(f"P-{number}"), posting_facts()) for number in range(count)])


def a_link(one: int, other: int, found: Verdict = Verdict.SAME, score: float = 80.0) -> Link:
    """A link between two postings."""
    return Link(one=one, other=other, found=found, score=score, grounds=(Ground("PHONE_SHARED", 30.0),))


def test_new_and_changed_postings_are_unsigned(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        keys = filled(unit)
        digests = unit.sameness.signs.digests(keys)
        unit.sameness.signs.sign([(key, digests[key], [(OTHER, 5)]) for key in keys[:2]])
        assert unit.sameness.signs.unsigned() == keys[2:]
        unit.postings.replace(keys[0], a_posting("P-0", title="保安员"), posting_facts())
        assert unit.sameness.signs.unsigned() == [keys[0], keys[2]]
        clock.move(minutes=5)
        changed = unit.sameness.signs.digests(keys)
        unit.sameness.signs.sign([(key, changed[key], [(OTHER, 6)]) for key in keys])
        assert unit.sameness.signs.unsigned() == []
        assert sorted(unit.sameness.signs.sharing(OTHER, [5, 6])) == [(6, key) for key in keys]
        first = {one.key: one.first_seen for one in unit.sameness.signs.sightings(keys)}
    assert first[keys[0]] < first[keys[2]]


def test_seen_again_moves_the_last_day_alone(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        (key,) = filled(unit, 1)
        unit.sameness.signs.sign([(key, "x", [])])
        clock.move(minutes=60)
        unit.sameness.signs.seen([key])
        (found,) = unit.sameness.signs.sightings([key])
    assert (found.last_seen - found.first_seen).total_seconds() == 3600


def test_a_phone_is_a_number_only_this_key_file_makes(store: Store) -> None:
    with store.unit() as unit:
        (key,) = filled(unit, 1)
        token = unit.sameness.signs.phone("13800001234")
        assert 0 <= token < 2**63 and token == unit.sameness.signs.phone("13800001234")
        assert token != unit.sameness.signs.phone("13800001235")
        unit.sameness.signs.sign([(key, "x", [(PHONE, token)])])
        (compared,) = unit.sameness.signs.compared([key])
        assert compared.phones == {str(token)}
        assert (compared.posting.phone, compared.posting.contact) == ("", "")
        (opened,) = unit.sameness.signs.compared([key], with_contact=True)
    assert opened.posting == a_posting("P-0")
    assert opened.traits.occupations == ("cleaner",)
    assert (opened.traits.pay_low, opened.traits.shift) == (3200.0, "day")


def test_a_link_comes_back_and_a_decision_outlives_a_new_comparison(store: Store) -> None:
    with store.unit("window") as unit:
        one, other, third = filled(unit)
        unit.sameness.put_found([one], [a_link(one, other, Verdict.MAYBE), a_link(one, third)])
        assert unit.sameness.questions()[1] == 1
        unit.sameness.decide(other, one, Verdict.DIFFERENT)
        noted = unit.sameness.put_found([one], [a_link(one, other)])
        assert noted == []
        link = unit.sameness.between(other, one)
        assert link is not None
        assert (link.found, link.decided, link.actor) == (Verdict.MAYBE, Verdict.DIFFERENT, "window")
        assert link.grounds == (Ground("PHONE_SHARED", 30.0),)
        assert unit.sameness.between(one, third) is None
        assert [found.key for found in unit.sameness.decisions()] == [link.key]
        unit.sameness.decide(one, other, None)
        assert unit.sameness.questions()[1] == 1


def test_groups_are_put_whole_and_the_market_is_made_anew(store: Store) -> None:
    with store.unit() as unit:
        one, other, third = filled(unit)
        before = unit.market_version()
        unit.sameness.put_groups([], [Group(one, (other, one))])
        changed = unit.market_version()
        assert changed != before
        unit.sameness.put_groups([one, other], [Group(one, (other, one))])
        assert unit.market_version() == changed
        assert unit.sameness.spoken(DAY, 60) == {one: other}
        unit.sameness.put_groups([one, other], [Group(one, (third, one))])
        assert unit.sameness.groups() == ([Group(one, (third, one))], 1)
        unit.sameness.put_groups([one, third], [])
        assert unit.sameness.groups() == ([], 0)


def test_a_job_is_counted_once_among_the_live_ones(store: Store) -> None:
    wanted = PostingsWanted(live_on=DAY)
    with store.unit() as unit:
        one, other, _ = filled(unit)
        assert unit.views.posting_counts(wanted) == (3, 6)
        unit.sameness.put_groups([], [Group(one, (other, one))])
        assert unit.views.posting_counts(wanted) == (2, 4)
        unit.postings.set_state(other, PostingState.WITHDRAWN)
        assert unit.views.posting_counts(wanted) == (2, 4)
        unit.postings.set_state(one, PostingState.WITHDRAWN)
        assert unit.views.posting_counts(wanted) == (1, 2)


@pytest.mark.parametrize("table", [SAME_LINK, SAME_MEMBER, SAME_VALUE])
def test_what_is_known_of_a_posting_goes_with_it(store: Store, table: object) -> None:
    with store.unit() as unit:
        one, other, _ = filled(unit)
        unit.sameness.signs.sign([(one, "x", [(OTHER, 1)])])
        unit.sameness.put_found([one], [a_link(one, other)])
        unit.sameness.put_groups([], [Group(one, (one, other))])
        connection = unit.sameness._context.connection
        connection.execute(delete(POSTING).where(POSTING.c.key == one))
        left = connection.execute(select(table)).all()  # type: ignore[call-overload]
    assert len(left) == (1 if table is SAME_MEMBER else 0)
