"""An offer as a form, and a form as an offer.

In: an offer, or what was typed. Out: the fields of the form as text, or the offer with what could not be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from matcher.catalogue.checking import PRACTICE
from matcher.catalogue.lines import GROUPS, MUST, RuleForm, RuleLine, form_of, rule_of
from matcher.catalogue.saying import fact_name, said_value
from matcher.domain.service.policies.catalogue import Amount, Audience, Basis, Item, Once, Tier, Visibility, Words
from matcher.domain.service.policies.rules import Compare, Condition, FactKind, Form, Rule, Value
from matcher.reference.offers import fact_kinds, shared_materials
from matcher.wording import Wording

LINES, AMOUNTS = 14, 6
UNITS = ("yuan_once", "yuan_month", "yuan_year", "yuan_term", "yuan_head", "share")
COMPARES = tuple(compare.value for compare in Compare)
Fields = dict[str, str]
E = TypeVar("E")


@dataclass(slots=True)
class Typed:
    """What was typed, read as far as it can be; `faults` are codes with the line they speak of."""

    fields: Mapping[str, str]
    wording: Wording
    faults: list[tuple[str, str]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A field, tidied."""
        return self.fields.get(name, "").strip()

    def lines(self, name: str) -> list[str]:
        """The lines of a box."""
        return [line.strip() for line in self.fields.get(name, "").splitlines() if line.strip()][:30]

    def day(self, name: str, label: str) -> date | None:
        """A day; nonsense is a fault."""
        try:
            return date.fromisoformat(self.text(name)) if self.text(name) else None
        except ValueError:
            self.faults.append(("CAT_BAD_DAY", f"{label}“{self.text(name)[:20]}”"))
            return None

    def number(self, name: str, label: str) -> int | None:
        """A whole number from 0 on; nonsense is a fault."""
        text = self.text(name)
        if text and not (text.isascii() and text.isdigit() and len(text) < 8):
            self.faults.append(("CAT_BAD_NUMBER", f"{label}“{text[:20]}”"))
            return None
        return int(text) if text else None


def fields_of(item: Item, wording: Wording) -> Fields:
    """An offer as the fields of the form."""
    fields = {
        "code": item.code,
        "audience": item.audience.value,
        "title": item.title.zh,
        "title_en": item.title.en,
        "plain": item.plain.zh,
        "plain_en": item.plain.en,
        "basis": "\n".join(f"{one.doc} | {one.paragraph}".rstrip(" |") for one in item.basis),
        "region": item.region,
        "visibility": item.visibility.value,
        "once": item.once.value,
        "deadline_days": "" if item.deadline_days is None else str(item.deadline_days),
        "own_materials": "\n".join(item.own_materials),
        "where": item.where.zh,
        "where_en": item.where.en,
        "internal_note": item.internal_note,
        "on_plan": "1" if item.on_plan else "",
        "valid_to": item.valid_to.isoformat() if item.valid_to else "",
    }
    fields |= {f"material-{code}": "1" for code in item.materials}
    for place, amount in enumerate(item.amounts[:AMOUNTS]):
        fields |= {f"amount-{name}-{place}": text for name, text in _amount_fields(amount).items()}
    return fields | _rule_fields(item.rule, wording)


def _amount_fields(amount: Amount) -> Fields:
    """One amount."""
    return {
        "tier": amount.tier.value,
        "months": str(amount.months or ""),
        "value": "" if amount.value is None else f"{amount.value:f}",
        "unit": amount.unit,
        "since": amount.since.isoformat(),
        "until": amount.until.isoformat() if amount.until else "",
        "basis": amount.basis,
    }


def _rule_fields(rule: Rule, wording: Wording) -> Fields:
    """The conditions; a rule too involved for lines is kept as it is."""
    form = form_of(rule)
    if form is None or len(form.lines) > LINES:
        return {"keep_rule": "1"}
    fields = {f"need-{letter}": str(many) for letter, many in form.needs.items()}
    for place, line in enumerate(form.lines):
        condition = line.condition
        kind = fact_kinds()[condition.fact]
        said = "、".join(said_value(wording, kind, value) for value in condition.values)
        basis = wording.text("RULE_PRACTICE") if condition.basis == PRACTICE else condition.basis
        parts = (line.group, condition.fact, condition.compare.value, said, basis)
        names = ("group", "fact", "compare", "value", "basis")
        fields |= {f"{name}-{place}": part for name, part in zip(names, parts, strict=True)}
    return fields


def item_of(typed: Typed, kept_rule: Rule | None) -> Item:
    """The offer that was typed; what cannot be read is noted in `typed.faults`."""
    rule = kept_rule if typed.text("keep_rule") and kept_rule is not None else rule_of(_rule_form(typed))
    return Item(
        code=typed.text("code"),
        audience=_member(Audience, typed.text("audience"), Audience.PERSON),
        title=Words(typed.text("title"), typed.text("title_en")),
        plain=Words(typed.text("plain"), typed.text("plain_en")),
        basis=tuple(_basis(line) for line in typed.lines("basis")),
        region=typed.text("region"),
        valid_from=typed.day("valid_from", ""),
        valid_to=typed.day("valid_to", ""),
        visibility=_member(Visibility, typed.text("visibility"), Visibility.INTERNAL),
        rule=rule,
        amounts=tuple(_amounts(typed)),
        once=_member(Once, typed.text("once"), Once.OPEN),
        deadline_days=typed.number("deadline_days", ""),
        materials=tuple(code for code in shared_materials() if typed.text(f"material-{code}")),
        own_materials=tuple(typed.lines("own_materials")),
        where=Words(typed.text("where"), typed.text("where_en")),
        internal_note=typed.text("internal_note"),
        on_plan=bool(typed.text("on_plan")),
        withdrawn=bool(typed.text("withdrawn")),
    )


def _member(kind: type[E], text: str, default: E) -> E:
    """A member of an enumeration, else the default."""
    try:
        return kind(text)  # type: ignore[call-arg]
    except ValueError:
        return default


def _basis(line: str) -> Basis:
    """“document | paragraph”, also with the upright stroke of Chinese keyboards."""
    doc, _, paragraph = line.replace("｜", "|").partition("|")
    return Basis(doc.strip(), paragraph.strip())


def _amounts(typed: Typed) -> Iterator[Amount]:
    """The amounts of which anything is filled in."""
    for place in range(AMOUNTS):
        if not typed.text(f"amount-since-{place}") and not typed.text(f"amount-value-{place}"):
            continue
        label = f"{place + 1}："
        since = typed.day(f"amount-since-{place}", label)
        if since is None:
            typed.faults.append(("CAT_BAD_SINCE", label))
            continue
        yield Amount(
            tier=_member(Tier, typed.text(f"amount-tier-{place}"), Tier.ANY),
            months=typed.number(f"amount-months-{place}", label) or 0,
            value=_value(typed, place),
            unit=typed.text(f"amount-unit-{place}") or UNITS[0],
            since=since,
            until=typed.day(f"amount-until-{place}", label),
            basis=typed.text(f"amount-basis-{place}"),
        )


def _value(typed: Typed, place: int) -> Decimal | None:
    """How much; nothing typed = to be entered."""
    text = typed.text(f"amount-value-{place}").replace(",", "").removesuffix("元")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_finite():
        return value
    typed.faults.append(("CAT_BAD_NUMBER", f"{place + 1}：“{text[:20]}”"))
    return None


def _rule_form(typed: Typed) -> RuleForm:
    """The lines of conditions."""
    lines = []
    for place in range(LINES):
        kind = fact_kinds().get(typed.text(f"fact-{place}"))
        if kind is None:
            continue
        group = typed.text(f"group-{place}")
        condition = _condition(typed, place, kind)
        if condition is not None:
            lines.append(RuleLine(group if group in GROUPS else MUST, condition))
    needs = {letter: typed.number(f"need-{letter}", letter) or 1 for letter in GROUPS}
    return RuleForm(tuple(lines), needs)


def _condition(typed: Typed, place: int, kind: FactKind) -> Condition | None:
    """One line; a value nobody understands is a fault that names the line."""
    compare = _member(Compare, typed.text(f"compare-{place}"), Compare.IS)
    words = [word for word in typed.text(f"value-{place}").replace("，", "、").replace(",", "、").split("、") if word]
    values = [_understood(typed.wording, kind, word.strip()) for word in words]
    if not values or None in values:
        label = f"{place + 1}：{fact_name(typed.wording, kind.name)} “{typed.text(f'value-{place}')[:20]}”"
        typed.faults.append(("CAT_BAD_VALUE", label))
        return None
    known = tuple(value for value in values if value is not None)
    if kind.form is not Form.NUMBER:
        compare = Compare.AMONG if len(known) > 1 else Compare.IS
    elif len(known) > 1:
        compare = Compare.AMONG
    basis = typed.text(f"basis-{place}")
    return Condition(kind.name, compare, known, PRACTICE if basis == typed.wording.text("RULE_PRACTICE") else basis)


def _understood(wording: Wording, kind: FactKind, word: str) -> Value | None:
    """A word as a value of a fact: as people say it, or as the data has it."""
    if kind.form is Form.NUMBER:
        return int(word) if word.isascii() and word.isdigit() and len(word) < 8 else None
    if kind.form is Form.CHOICE:
        said = {said_value(wording, kind, choice): choice for choice in kind.choices}
        near = [choice for words, choice in said.items() if word in {words, choice} or words.startswith(word)]
        return near[0] if len(near) == 1 else None
    flags = {"是": True, "有": True, "yes": True, "true": True, "否": False, "不是": False, "没有": False, "no": False}
    return flags.get(word.lower())
