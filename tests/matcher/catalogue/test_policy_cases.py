"""Policy cases a civil servant can read (tests/cases/policy/*.toml): what is known → verdict, question, what lacks."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from matcher.catalogue.offers import Standing, judge_one
from matcher.domain.service.policies.catalogue import Audience
from matcher.domain.service.policies.rules import Form, Value, conditions_of
from matcher.reference.divisions import load_gazetteer
from matcher.reference.offers import fact_kinds, shipped_catalogue
from matcher.wording import load_catalogue

CASES = Path(__file__).parents[2] / "cases" / "policy"
AUDIENCES = {"个人": Audience.PERSON, "用人单位": Audience.EMPLOYER, "服务机构": Audience.ORGANISATION}
VERDICTS = {
    "现在能办": Standing.YES,
    "到时候能办": Standing.LATER,
    "弄清一件事就知道": Standing.UNKNOWN,
    "眼下办不了": Standing.NO,
    "没有这一条": None,
}


def cases() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        listed = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        found += [(f"{path.stem}-{number}", case) for number, case in enumerate(listed, start=1)]
    return found


@lru_cache(maxsize=1)
def facts_in_words() -> dict[str, str]:
    """What a fact is called, without what stands in brackets → its name."""
    said = load_catalogue("matcher.wording").sentences
    return {said[f"NEEDF_{name.upper()}"]["zh"].partition("（")[0]: name for name in fact_kinds()}


def value_in_words(name: str, word: str | int) -> Value:
    """A value as it stands in a case."""
    kind = fact_kinds()[name]
    if kind.form is not Form.CHOICE:
        return {"是": True, "否": False}[word] if kind.form is Form.FLAG else int(word)
    said = load_catalogue("matcher.wording").sentences
    return {said[f"CHOICE_{name}_{one}".upper()]["zh"].partition("（")[0]: one for one in kind.choices}[str(word)]


@pytest.mark.parametrize(("name", "case"), cases(), ids=[name for name, _ in cases()])
def test_a_policy_case(name: str, case: dict[str, Any]) -> None:
    catalogue, gazetteer = shipped_catalogue(), load_gazetteer()
    [code] = [code for code in catalogue.codes() if catalogue.history(code)[0].item.title.zh == case["政策"]]
    division = gazetteer.resolve(case["地区"], within=gazetteer.home).code[:6]
    kept = catalogue.version_on(code, on=case["日期"], division=division)
    if VERDICTS[case["结论"]] is None:
        assert kept is None
        return
    assert kept is not None
    assert kept.item.audience is AUDIENCES[case["对象"]]
    names = {facts_in_words()[words]: word for words, word in case["已知"].items()}
    known = {fact: value_in_words(fact, word) for fact, word in names.items()}
    judged = judge_one(kept.item, known, on=case["日期"], held=set())
    assert judged.standing is VERDICTS[case["结论"]]
    assert judged.question == (facts_in_words()[case["先问"]] if "先问" in case else "")
    if "还差" in case:
        missing = {ground.condition.fact for ground in judged.because if not ground.met}
        assert missing == {facts_in_words()[words] for words in case["还差"]}


def test_the_cases_are_many_and_cover_every_offer_in_every_verdict_it_can_have() -> None:
    listed = [case for _, case in cases()]
    assert len(listed) >= 120
    seen = {(case["政策"], case["结论"]) for case in listed}
    for code in shipped_catalogue().codes():
        title = shipped_catalogue().history(code)[0].item.title.zh
        wanted = {"现在能办", "弄清一件事就知道", "眼下办不了"}
        assert {verdict for item, verdict in seen if item == title} >= wanted, title


def test_every_case_names_the_paragraph_its_offer_or_its_condition_stands_in() -> None:
    for name, case in cases():
        [item] = [kept.item for kept in shipped_catalogue().versions if kept.item.title.zh == case["政策"]]
        paragraphs = {basis.paragraph for basis in item.basis} | {one.basis for one in conditions_of(item.rule)}
        assert case["段落"] in paragraphs, name
