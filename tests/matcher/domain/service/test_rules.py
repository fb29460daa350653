"""Conditions in three values: Kleene's laws, every way the open facts could turn out, nothing settled is taken back."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.service.policies.rules import (
    AtLeast,
    Compare,
    Condition,
    FactKind,
    Facts,
    Form,
    Not,
    Rule,
    all_of,
    any_of,
    best_question,
    conditions_of,
    evaluate,
    kleene,
    open_facts,
    truth,
    with_time,
)

KINDS = {
    "poor": FactKind(name="poor", form=Form.FLAG),
    "school": FactKind(name="school", form=Form.FLAG),
    "age": FactKind(name="age", form=Form.NUMBER, low=0, high=6),
    "months": FactKind(name="months", form=Form.NUMBER, low=0, high=4, grows=True),
    "work": FactKind(name="work", form=Form.CHOICE, choices=("none", "job", "own")),
}
WHOLE = {
    "poor": (True, False),
    "school": (True, False),
    "age": tuple(range(7)),
    "months": tuple(range(5)),
    "work": ("none", "job", "own"),
}
"""Every value there is, also those the evaluator never looks at."""


def is_(fact: str, value: bool | str | int = True) -> Condition:
    return Condition(fact, Compare.IS, (value,))


def conditions() -> st.SearchStrategy[Rule]:
    flags = st.builds(is_, st.sampled_from(["poor", "school"]), st.booleans())
    work = st.lists(st.sampled_from(WHOLE["work"]), min_size=1, max_size=2, unique=True)
    numbers = st.builds(
        lambda fact, compare, value: Condition(fact, compare, (value,)),
        st.sampled_from(["age", "months"]),
        st.sampled_from([Compare.FROM, Compare.UP_TO, Compare.IS]),
        st.integers(0, 6),
    )
    return st.one_of(flags, numbers, work.map(lambda found: Condition("work", Compare.AMONG, tuple(found))))


def rules() -> st.SearchStrategy[Rule]:
    def grown(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        some = st.lists(inner, max_size=3).map(tuple)
        return st.one_of(inner.map(Not), st.builds(AtLeast, st.integers(0, 3), some))

    return st.recursive(conditions(), grown, max_leaves=6)


def facts() -> st.SearchStrategy[dict[str, bool | int | str | None]]:
    return st.fixed_dictionaries({name: st.sampled_from([None, *values]) for name, values in WHOLE.items()})


def completions(known: Facts, rule: Rule) -> list[dict[str, bool | int | str]]:
    """Every way the facts of a rule could turn out."""
    named = list(dict.fromkeys(one.fact for one in conditions_of(rule)))
    ways = [WHOLE[name] if known.get(name) is None else (known[name],) for name in named]
    return [dict(zip(named, way, strict=True)) for way in product(*ways)]


def plainly(rule: Rule, known: Facts) -> bool:
    """Two-valued logic, written as one would say it."""
    if isinstance(rule, Condition):
        return rule.meets(known[rule.fact])
    if isinstance(rule, Not):
        return not plainly(rule.rule, known)
    return sum(plainly(part, known) for part in rule.of) >= rule.many


@given(rules(), facts())
def test_a_verdict_is_settled_exactly_where_every_way_the_open_facts_could_turn_out_agrees(rule, known) -> None:
    outcomes = {plainly(rule, way) for way in completions(known, rule)}
    assert truth(rule, known, KINDS) is (outcomes.pop() if len(outcomes) == 1 else None)


@given(rules(), facts(), st.data())
def test_settling_an_open_fact_never_contradicts_a_settled_verdict(rule, known, data) -> None:
    before = truth(rule, known, KINDS)
    fact = data.draw(st.sampled_from(sorted(WHOLE)))
    if before is not None and known[fact] is None:
        after = {**known, fact: data.draw(st.sampled_from(WHOLE[fact]))}
        assert truth(rule, after, KINDS) is before


@given(rules(), rules(), facts())
def test_the_laws_of_kleene_hold(one, other, known) -> None:
    def says(rule: Rule) -> bool | None:
        return kleene(rule, known, KINDS)

    assert says(Not(Not(one))) is says(one)
    assert says(Not(all_of(one, other))) is says(any_of(Not(one), Not(other)))
    assert says(all_of(one, other)) is says(all_of(other, one))
    assert says(any_of(one, all_of(one, other))) is says(one)
    assert says(all_of()) is True
    assert says(any_of()) is False


@given(rules(), facts())
def test_the_question_is_an_open_fact_that_matters_and_no_other_settles_more_often(rule, known) -> None:
    verdict = evaluate(rule, known, KINDS)
    if verdict.holds is not None:
        assert verdict.question == ""
        return

    def settles(fact: str) -> float:
        answered = [truth(rule, {**known, fact: value}, KINDS) for value in WHOLE[fact]]
        return sum(one is not None for one in answered) / len(answered)

    assert known[verdict.question] is None
    others = [fact for fact in open_facts(rule, known, KINDS) if KINDS[fact].form is not Form.NUMBER]
    if KINDS[verdict.question].form is not Form.NUMBER:
        assert settles(verdict.question) >= max((settles(fact) for fact in others), default=0.0)


@given(rules(), facts())
def test_every_ground_given_is_true_of_the_person(rule, known) -> None:
    verdict = evaluate(rule, known, KINDS)
    if verdict.holds is None or kleene(rule, known, KINDS) is None:
        return
    lasting = with_time(rule, known, KINDS) if verdict.holds is False and not verdict.later else known
    for ground in verdict.because:
        value = lasting[ground.condition.fact]
        assert value is None or ground.condition.meets(value) is ground.met


def test_time_alone_turns_a_no_into_later_and_nothing_else_does() -> None:
    rule = all_of(is_("poor"), Condition("months", Compare.FROM, (3,)))
    assert evaluate(rule, {"poor": True, "months": 1}, KINDS).later
    assert evaluate(rule, {"poor": None, "months": 1}, KINDS).later
    assert not evaluate(rule, {"poor": False, "months": 1}, KINDS).later
    assert not evaluate(rule, {"poor": True, "months": 3}, KINDS).later


def test_the_answer_that_decides_most_is_asked_first() -> None:
    rule = all_of(is_("poor"), Condition("work", Compare.AMONG, ("job", "own")))
    assert best_question(rule, {}, KINDS) == "poor"
    assert best_question(rule, {"poor": True}, KINDS) == "work"
    assert best_question(rule, {"poor": False}, KINDS) == ""


def test_a_condition_no_value_could_miss_is_settled_without_asking() -> None:
    assert truth(Condition("age", Compare.FROM, (0,)), {}, KINDS) is True
    assert truth(all_of(is_("poor"), is_("poor", False)), {}, KINDS) is False
    assert truth(any_of(is_("poor"), is_("poor", False)), {}, KINDS) is True
