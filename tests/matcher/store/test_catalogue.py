"""Versions, questions, notices and answers of the policy catalogue come back as they were kept, on both databases."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from matcher.domain.errors import RecordNotFound
from matcher.domain.run import MatchRun
from matcher.domain.service.policies.catalogue import Amount, NoticeIssue, QuestionAnswer, Receipt, Tier, Told, Words
from matcher.reference.offers import shipped_catalogue
from matcher.store.store import Store
from tests.matcher.store.records import a_plan, a_worker

DAY = date(2026, 3, 16)


def _person(store: Store) -> int:
    with store.unit() as unit:
        return unit.workers.add_many([(a_worker("NM-1"), None)])[0]


def _served(store: Store) -> int:
    """A person with a plan that counts."""
    key = _person(store)
    with store.unit() as unit:
        run = unit.runs.create(MatchRun(as_of=DAY))
        unit.plans.put_many(run, [a_plan(key)])
    return key


def test_versions_are_added_and_none_is_lost(store: Store) -> None:
    item = shipped_catalogue().history("POLICY_TRAVEL")[0].item
    amount = Amount(tier=Tier.OUTSIDE, months=3, value=Decimal("123.50"), since=DAY, basis="made up")
    second = replace(item, amounts=(amount,), valid_from=DAY)
    with store.unit("policy-maker") as unit:
        assert unit.catalogue.versions.version() == 0
        unit.catalogue.versions.add(item)
        last = unit.catalogue.versions.add(second)
        assert unit.catalogue.versions.version() == last
    with store.reading() as unit:
        kept = unit.catalogue.versions.all()
    assert [one.item for one in kept] == [item, second]
    assert kept[1].actor == "policy-maker"
    assert kept[1].recorded_at is not None


def test_questions_come_back(store: Store) -> None:
    asked = QuestionAnswer(code="Q-1", question=Words("问"), answer=Words("答"), asked_as=("咋问",), question_mn="")
    with store.unit("policy-maker") as unit:
        unit.catalogue.questions.add(asked)
    with store.reading() as unit:
        [found] = unit.catalogue.questions.all()
    assert (found.code, found.question, found.asked_as) == ("Q-1", Words("问"), ("咋问",))


def test_the_newest_word_of_a_person_counts_and_an_empty_one_takes_it_back(store: Store) -> None:
    key = _person(store)
    for value in ("yes", "no"):
        with store.unit("window") as unit:
            unit.catalogue.answers.say(key, "contract", value, on=DAY)
    with store.unit("window") as unit:
        unit.catalogue.answers.say(key, "material:ID_CARD", "yes", on=DAY)
        unit.catalogue.answers.say(key, "material:ID_CARD", "", on=DAY)
    with store.reading() as unit:
        assert [(one.about, one.value) for one in unit.catalogue.answers.of_person(key)] == [("contract", "no")]


def test_a_notice_is_counted_once_a_person_until_it_is_taken_back(store: Store) -> None:
    key = _served(store)
    issue = NoticeIssue(
        worker_key=key, issued_on=DAY, how=Told.READ_ALOUD, receipt=Receipt.THUMB, states={"POLICY_TRAVEL": "no"}
    )
    with store.unit("window") as unit:
        first, _ = unit.catalogue.issues.add(issue), unit.catalogue.issues.add(issue)
    with store.reading() as unit:
        assert sum(unit.catalogue.issues.told_by_village(since=DAY).values()) == 1
        assert unit.catalogue.issues.told_by_village(since=date(2026, 3, 17)) == {}
        assert len(unit.catalogue.issues.of_person(key)) == 2
    with store.unit("window") as unit:
        unit.catalogue.issues.take_back(first, worker_key=key)
        with pytest.raises(RecordNotFound):
            unit.catalogue.issues.take_back(first, worker_key=key)
    with store.reading() as unit:
        [left] = unit.catalogue.issues.of_person(key)
    assert (left.how, left.receipt, left.states) == (Told.READ_ALOUD, Receipt.THUMB, {"POLICY_TRAVEL": "no"})
