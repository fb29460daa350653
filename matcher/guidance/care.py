"""Who at home needs the person, and at which hours.

In: the person with the facts. Out: `Duty`: its kind, the words it was told in, the hours that are left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.domain.facts import Evidence, Phrase
from matcher.domain.localtime import clock
from matcher.domain.worker import Constraint, Worker, WorkerFacts
from matcher.guidance.quoting import OwnWords

BOUND = ("HOURS", "MIDDAY_HOME", "DAY_RETURN", "PART_TIME", "AT_HOME", "MAX_KM", "WEEKEND_HOME")
_KINDS = (
    (
        "SCHOOL",
        re.compile(r"接(?!羔|受|触|得上|电话|听|近)|送(?!货|外卖|餐|快递)|放学|上学|幼儿园|小学|年级|陪读"),
    ),
    ("CHILD", re.compile(r"孩|孙|娃|宝宝|吃奶|哺乳")),
    ("ELDER", re.compile(r"老人|老母|老父|老爹|老妈|婆|公公|爹|妈|父|母|奶奶|爷爷|姥")),
    (
        "FAMILY",
        re.compile(r"丈夫|媳妇|老伴|对象|爱人|妻子|老公|老婆|男人|掌柜|病人|家人|照顾|照看|伺候|离不开人"),
    ),
    ("HERD", re.compile(r"牛|羊|牲口|牲畜|猪|添草|喂")),
)
_TOLD_IN = frozenset({"家庭照料", "情况说明"})
"""Columns that speak of people at home; others speak of where work should be."""
_SITUATIONS = {"CARE_CHILD": "CHILD", "CARE_ELDER": "ELDER"}


@dataclass(frozen=True, slots=True)
class Duty:
    """What binds somebody to the home; kind HOME where only nearness was wished."""

    kind: str
    quotes: tuple[str, ...]
    hours: Phrase | None
    evidence: tuple[Evidence, ...]

    def quote(self, at: int = 0) -> str:
        """The words it was told in; the last where there are fewer."""
        return self.quotes[min(at, len(self.quotes) - 1)] if self.quotes else ""


def duty_of(worker: Worker, facts: WorkerFacts, own: OwnWords, hours: Phrase | None) -> Duty | None:
    """What binds the person to the home, None where nothing does."""
    limits = [item for item in facts.constraints if item.code in BOUND]
    if not limits:
        return None
    terms = [item for item in facts.situations if item.code in _SITUATIONS]
    evidence = tuple(dict.fromkeys(found for group in (terms, limits) for item in group for found in item.evidence))
    spoken = [item for item in evidence if item.field in _TOLD_IN]
    words = " ".join([worker.care_text, *(item.words for item in spoken)])
    kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), "")
    kind = kind or next((_SITUATIONS[item.code] for item in terms), "HOME")
    if kind in {"SCHOOL", "CHILD"} and facts.situation("CARE_HELP") and not limit_of(facts, "HOURS", "MIDDAY_HOME"):
        kind = "HOME"
    quotes = tuple(own.all(evidence if kind == "HOME" else spoken))
    if not quotes and own.cell("家庭照料"):
        quotes = (own.cell("家庭照料"),)
    return Duty(kind, quotes, hours, evidence)


def limit_of(facts: WorkerFacts, *codes: str) -> Constraint | None:
    """The first constraint of these codes."""
    for item in facts.constraints:
        if item.code in codes:
            return item
    return None


def free_hours(facts: WorkerFacts) -> Phrase | None:
    """The hours one can work, as a clause."""
    if not facts.constraints:
        return None
    hours = limit_of(facts, "HOURS")
    if hours is not None and len(hours.values) == 2:
        return Phrase("CLAUSE_WINDOW", {"opens": clock(hours.values[0]), "closes": clock(hours.values[1])})
    if limit_of(facts, "MIDDAY_HOME"):
        return Phrase("CLAUSE_MIDDAY")
    part = limit_of(facts, "PART_TIME")
    if part is not None and part.values:
        return Phrase("CLAUSE_PART_TIME", {"hours": part.values[0]})
    if limit_of(facts, "AT_HOME"):
        return Phrase("CLAUSE_AT_HOME")
    far = limit_of(facts, "MAX_KM")
    if far is not None and far.values:
        return Phrase("CLAUSE_MAX_KM", {"km": far.values[0]})
    if limit_of(facts, "DAY_RETURN"):
        return Phrase("CLAUSE_DAY_RETURN")
    return Phrase("CLAUSE_WEEKEND") if limit_of(facts, "WEEKEND_HOME") else None
