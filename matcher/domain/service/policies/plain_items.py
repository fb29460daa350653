"""Offers and questions as plain data: what stands in the TOML that ships, in the database, and in a form of staff.

In: dictionaries of text, numbers and dates. Out: records, and back; `InputRefused` names the offer and the key that is
wrong. Unknown keys are refused: a word mistyped never silently means “no condition”.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from matcher.domain.errors import InputRefused
from matcher.domain.service.policies.catalogue import (
    Amount,
    Audience,
    Basis,
    Item,
    Once,
    QuestionAnswer,
    Tier,
    Visibility,
    Words,
)
from matcher.domain.service.policies.rules import AtLeast, Compare, Condition, Not, Rule, all_of, any_of

Plain = Mapping[str, Any]
_COMPARED = {compare.value: compare for compare in Compare}
_ITEM_KEYS = frozenset({field.name for field in fields(Item)} | {"title_en", "plain_en", "where_en"})
_QUESTION_KEYS = frozenset({field.name for field in fields(QuestionAnswer)} | {"question_en", "answer_en"})


def as_rule(plain: Plain) -> Rule:
    """A rule out of data."""
    keys = set(plain)
    if keys == {"all"}:
        return all_of(*map(as_rule, plain["all"]))
    if keys == {"any"}:
        return any_of(*map(as_rule, plain["any"]))
    if keys == {"not"}:
        return Not(as_rule(plain["not"]))
    if keys == {"at_least", "of"}:
        return AtLeast(int(plain["at_least"]), tuple(map(as_rule, plain["of"])))
    compared = keys & set(_COMPARED)
    if "fact" not in keys or len(compared) != 1 or keys - compared - {"fact", "basis"}:
        raise InputRefused(f"条件写法不对：{'、'.join(sorted(keys)) or '空'}")
    name = compared.pop()
    value = plain[name]
    values = tuple(value) if isinstance(value, list) else (value,)
    return Condition(str(plain["fact"]), _COMPARED[name], values, str(plain.get("basis", "")))


def rule_plain(rule: Rule) -> dict[str, Any]:
    """A rule as data."""
    if isinstance(rule, Not):
        return {"not": rule_plain(rule.rule)}
    if isinstance(rule, AtLeast):
        parts = [rule_plain(part) for part in rule.of]
        if rule.many == len(parts):
            return {"all": parts}
        return {"any": parts} if rule.many == 1 else {"at_least": rule.many, "of": parts}
    value = list(rule.values) if rule.compare is Compare.AMONG else rule.values[0]
    said: dict[str, Any] = {"fact": rule.fact, rule.compare.value: value}
    return said | ({"basis": rule.basis} if rule.basis else {})


def _day(value: Any) -> date | None:
    """A date of TOML or of JSON."""
    if value is None or value == "" or isinstance(value, date):
        return value or None
    return date.fromisoformat(str(value))


def _basis(value: Any) -> Basis:
    """“document | paragraph”."""
    doc, _, paragraph = str(value).partition("|")
    return Basis(doc.strip(), paragraph.strip())


def _amount(plain: Plain) -> Amount:
    """One amount; no value = to be entered."""
    since = _day(plain.get("since"))
    if since is None:
        raise InputRefused("标准没有写从哪天起（since）")
    return Amount(
        tier=Tier(plain.get("tier", "")),
        months=int(plain.get("months", 0)),
        value=None if plain.get("value") in {None, ""} else Decimal(str(plain["value"])),
        unit=str(plain.get("unit", "yuan_once")),
        since=since,
        until=_day(plain.get("until")),
        basis=str(plain.get("basis", "")),
    )


def _refuse_others(plain: Plain, known: frozenset[str]) -> None:
    """InputRefused with the keys nobody knows."""
    unknown = sorted(set(plain) - known)
    if unknown:
        raise InputRefused(
            f"{plain.get('code', '?')}：不认识的项目 {'、'.join(unknown)}", ref=str(plain.get("code", ""))
        )


def as_item(plain: Plain) -> Item:
    """An offer out of data."""
    _refuse_others(plain, _ITEM_KEYS)
    code = str(plain.get("code", ""))
    try:
        deadline = plain.get("deadline_days")
        return Item(
            code=code,
            audience=Audience(plain["audience"]),
            title=Words(plain["title"], plain.get("title_en", "")),
            plain=Words(plain["plain"], plain.get("plain_en", "")),
            basis=tuple(map(_basis, plain.get("basis", ()))),
            region=str(plain["region"]),
            valid_from=_day(plain.get("valid_from")),
            valid_to=_day(plain.get("valid_to")),
            visibility=Visibility(plain.get("visibility", "public")),
            rule=as_rule(plain["rule"]),
            amounts=tuple(map(_amount, plain.get("amounts", ()))),
            once=Once(plain.get("once", "open")),
            deadline_days=None if deadline is None else int(deadline),
            materials=tuple(plain.get("materials", ())),
            own_materials=tuple(plain.get("own_materials", ())),
            where=Words(plain.get("where", ""), plain.get("where_en", "")),
            internal_note=str(plain.get("internal_note", "")),
            on_plan=bool(plain.get("on_plan", False)),
            withdrawn=bool(plain.get("withdrawn", False)),
        )
    except KeyError as missing:
        raise InputRefused(f"{code or '?'}：缺少 {missing.args[0]}", ref=code) from missing
    except (ValueError, TypeError, AttributeError, InvalidOperation) as wrong:
        if isinstance(wrong, InputRefused):
            raise InputRefused(f"{code}：{wrong}", ref=code) from wrong
        raise InputRefused(f"{code}：有一项的写法不对（{wrong}）", ref=code) from wrong


def item_plain(item: Item) -> dict[str, Any]:
    """An offer as data that JSON takes."""
    said = {
        "code": item.code,
        "audience": item.audience.value,
        "title": item.title.zh,
        "title_en": item.title.en,
        "plain": item.plain.zh,
        "plain_en": item.plain.en,
        "basis": [f"{one.doc}|{one.paragraph}" for one in item.basis],
        "region": item.region,
        "valid_from": item.valid_from.isoformat() if item.valid_from else None,
        "valid_to": item.valid_to.isoformat() if item.valid_to else None,
        "visibility": item.visibility.value,
        "rule": rule_plain(item.rule),
        "amounts": [_amount_plain(amount) for amount in item.amounts],
        "once": item.once.value,
        "deadline_days": item.deadline_days,
        "materials": list(item.materials),
        "own_materials": list(item.own_materials),
        "where": item.where.zh,
        "where_en": item.where.en,
        "internal_note": item.internal_note,
        "on_plan": item.on_plan,
        "withdrawn": item.withdrawn,
    }
    return {key: value for key, value in said.items() if value not in (None, "", [], False)}


def _amount_plain(amount: Amount) -> dict[str, Any]:
    """An amount as data that JSON takes."""
    return {
        "tier": amount.tier.value,
        "months": amount.months,
        "value": None if amount.value is None else str(amount.value),
        "unit": amount.unit,
        "since": amount.since.isoformat(),
        "until": amount.until.isoformat() if amount.until else None,
        "basis": amount.basis,
    }


def as_question(plain: Plain) -> QuestionAnswer:
    """A question and its answer out of data."""
    _refuse_others(plain, _QUESTION_KEYS)
    try:
        return QuestionAnswer(
            code=str(plain["code"]),
            question=Words(plain["question"], plain.get("question_en", "")),
            answer=Words(plain["answer"], plain.get("answer_en", "")),
            basis=str(plain.get("basis", "")),
            asked_as=tuple(plain.get("asked_as", ())),
            items=tuple(plain.get("items", ())),
            visibility=Visibility(plain.get("visibility", "public")),
            question_mn=str(plain.get("question_mn", "")),
            answer_mn=str(plain.get("answer_mn", "")),
            gone=bool(plain.get("gone", False)),
        )
    except KeyError as missing:
        raise InputRefused(f"{plain.get('code', '?')}：缺少 {missing.args[0]}") from missing


def question_plain(asked: QuestionAnswer) -> dict[str, Any]:
    """A question and its answer as data that JSON takes."""
    said = {
        "code": asked.code,
        "question": asked.question.zh,
        "question_en": asked.question.en,
        "answer": asked.answer.zh,
        "answer_en": asked.answer.en,
        "basis": asked.basis,
        "asked_as": list(asked.asked_as),
        "items": list(asked.items),
        "visibility": asked.visibility.value,
        "question_mn": asked.question_mn,
        "answer_mn": asked.answer_mn,
        "gone": asked.gone,
    }
    return {key: value for key, value in said.items() if value not in (None, "", [], False)}
