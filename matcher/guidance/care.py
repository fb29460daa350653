"""Who at home needs the person, and at which hours.

In: the situation. Out: `Duty`: its kind, the words it was told in, the hours that are left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.domain.facts import Evidence, Phrase
from matcher.guidance.case import Situation, free_hours

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


def duty_of(case: Situation) -> Duty | None:
    """What binds the person to the home, None where nothing does."""
    limits = [item for item in case.facts.constraints if item.code in BOUND]
    terms = [item for item in case.facts.situations if item.code in _SITUATIONS]
    evidence = tuple(dict.fromkeys(found for group in (terms, limits) for item in group for found in item.evidence))
    if not limits:
        return None
    spoken = [item for item in evidence if item.field in _TOLD_IN]
    words = " ".join([case.worker.care_text, *(item.words for item in spoken)])
    kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), "")
    kind = kind or next((_SITUATIONS[item.code] for item in terms), "HOME")
    if kind in {"SCHOOL", "CHILD"} and case.is_so("CARE_HELP") and not case.limit("HOURS", "MIDDAY_HOME"):
        kind = "HOME"
    quotes = tuple(case.own.all(evidence if kind == "HOME" else spoken))
    if not quotes and case.own.cell("家庭照料"):
        quotes = (case.own.cell("家庭照料"),)
    return Duty(kind, quotes, free_hours(case), evidence)
