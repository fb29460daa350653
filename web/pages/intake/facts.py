"""What was understood of a person, fact by fact, with the words it rests on and how it may be corrected.

In: facts with the corrections laid over them. Out: lines for the page, what was corrected away, and texts whose marked
passages lead to the lines they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.domain.facts import Evidence, Fact
from matcher.domain.intake.told import Correction, FactKind, KeptCorrection
from matcher.domain.localtime import clock
from matcher.domain.worker import (
    Constraint,
    Education,
    Transport,
    Willingness,
    Worker,
    WorkerFacts,
    WorkStatus,
)
from matcher.intake.choices import SAYS_MORE, situations
from matcher.reading.people.cells import COLUMNS
from matcher.told import TOLD
from web.pages.presentation import day_text, evidence_text, named
from web.phrases import language, t

TEXT_FIELDS = (*((label, name) for name, label in COLUMNS.items() if name != "risk_reason"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One fact: `number` names it on the page, `correction` is the key of the correction that states it."""

    number: int
    kind: str
    code: str
    label: str
    value: str
    quote: str = ""
    evidence: tuple[Evidence, ...] = ()
    correction: int | None = None
    told: bool = False
    listed: bool = True


@dataclass(frozen=True, slots=True)
class GoneLine:
    """A fact staff took away, and how to bring it back."""

    key: int
    label: str
    value: str
    actor: str
    on: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text; `number` is that of the fact it says, 0 where it says none."""

    text: str
    number: int
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text of a person in pieces."""

    label: str
    passages: tuple[Passage, ...]


def label_of(kind: FactKind) -> str:
    """The code of the words a kind of fact stands under."""
    return f"FACT_{kind.name}"


def value_of(kind: FactKind, code: str) -> str:
    """A code of a kind as it is called on pages of staff."""
    if kind is FactKind.CONSTRAINT and code in SAYS_MORE:
        return t(SAYS_MORE[code])
    if kind is FactKind.SITUATION and code in situations():
        zh, en, _ = situations()[code]
        return en if language() == "en" else zh
    if kind is FactKind.UNLINKED:
        return code
    if kind is FactKind.ANSWERED:
        return t("ANSWER_HEALTH_NOTHING")
    kinds = {FactKind.SKILL: "skill", FactKind.CONSTRAINT: "constraint", FactKind.PLACE: "division"}
    return named(kinds.get(kind, "occupation"), code)


def fact_lines(facts: WorkerFacts, kept: Sequence[KeptCorrection], *, whole: bool) -> list[FactLine]:
    """Every fact, limits first; `whole` = with words, and with what is nobody else's business."""
    keys = {(one.correction.kind, one.correction.now): one.key for one in kept if one.change_key is None}
    lines = []
    for number, (kind, code, value, evidence) in enumerate(_facts(facts, whole=whole), start=1):
        lines.append(
            FactLine(
                number=number,
                kind=kind.value,
                code=code,
                label=label_of(kind),
                value=value,
                quote=evidence_text(evidence) if whole else "",
                evidence=tuple(evidence),
                correction=keys.get((kind, code)),
                told=any(one.field == TOLD for one in evidence),
            )
        )
    return lines


def _facts(facts: WorkerFacts, *, whole: bool) -> Iterator[tuple[FactKind, str, str, Sequence[Evidence]]]:
    """(kind, code, words, evidence) of every fact of a list."""
    for limit in facts.constraints:
        yield FactKind.CONSTRAINT, limit.code, constraint_text(limit, whole=whole), limit.evidence
    for kind, terms in (
        (FactKind.WISHED, facts.wished),
        (FactKind.REFUSED, facts.refused),
    ):
        for term in terms:
            yield kind, term.code, value_of(kind, term.code), term.evidence
    for one in facts.experience:
        value = named("occupation", one.occupation)
        value = value if one.years is None else t("PAGE_TRADE_YEARS", trade=value, years=one.years)
        value = value if one.current else t("FACT_OVER", what=value)
        yield FactKind.EXPERIENCE, one.occupation, value, one.evidence
    for held in facts.skills:
        value = named("skill", held.skill)
        value = t("PAGE_VALID_TO", skill_name=value, day=day_text(held.valid_to)) if held.valid_to else value
        yield FactKind.SKILL, held.skill, value, held.evidence
    for kind, terms in ((FactKind.TRAINED, facts.trained), (FactKind.TRAINING_WISHED, facts.training_wished)):
        for term in terms:
            yield kind, term.code, value_of(kind, term.code), term.evidence
    for place, words in facts.wished_places:
        yield FactKind.PLACE, place.code, place.name or place.text, (words,)
    for term in facts.situations:
        if whole or not situations().get(term.code, ("", "", True))[2]:
            yield FactKind.SITUATION, term.code, value_of(FactKind.SITUATION, term.code), term.evidence
    for words_left in facts.unlinked if whole else ():
        yield FactKind.UNLINKED, words_left, words_left, ()


def constraint_text(limit: Constraint, *, whole: bool = False) -> str:
    """A limit with its numbers and its end; its cause only in words of staff."""
    name, values = named("constraint", limit.code), limit.values
    if whole and limit.code in SAYS_MORE:
        name = t(SAYS_MORE[limit.code])
    elif limit.code == "WANT_PLACE" and values:
        name = t("FACT_ONLY_AT", where=named("division", str(values[0])))
    elif limit.code == "MAX_KM" and values:
        name = t("PAGE_NEED_KM", km=values[0])
    elif limit.code == "HOURS" and len(values) == 2:
        name = t("PAGE_NEED_HOURS", start=clock(values[0]), end=clock(values[1]))
    elif limit.code == "PART_TIME" and values:
        name = t("PAGE_NEED_PART_TIME", hours=values[0])
    elif limit.code == "SEASONAL" and len(values) == 2:
        name = t("PAGE_NEED_SEASON", first=values[0], last=values[1])
    if limit.since:
        name = t("PAGE_NEED_SINCE", need=name, day_on=limit.since.isoformat())
    return t("PAGE_NEED_UNTIL", need=name, day_on=limit.until.isoformat()) if limit.until else name


@dataclass(frozen=True, slots=True)
class SingleLine:
    """A fact with one value: what it is now, and the values it may be set to."""

    kind: str
    label: str
    value: str
    quote: str
    told: bool
    options: tuple[tuple[str, str], ...]


def single_lines(worker: Worker, facts: WorkerFacts, *, whole: bool) -> list[SingleLine]:
    """Facts of which there is one value each."""
    wish = facts.wage_wish
    wage: Fact[str] = Fact(str(round(wish.yuan_per_month)), wish.evidence) if wish is not None else Fact()
    yes_no = (("yes", t("VALUE_TRUE")), ("no", t("VALUE_FALSE")))
    schooling, means = facts.education, facts.transport
    rows: list[tuple[FactKind, Fact[str], tuple[tuple[str, str], ...]]] = [
        (FactKind.WILLING, Fact(worker.willingness.value if worker.willingness else None), _willing()),
        (FactKind.STATUS, Fact(worker.work_status.value if worker.work_status else None), _worded(WorkStatus)),
        (FactKind.MOVES, _yes_no(facts.willing_to_move), yes_no),
        (FactKind.WAGE, wage, ()),
        (FactKind.EDUCATION, Fact(schooling.value.name if schooling.value is not None else None, schooling.evidence),
         tuple((one.name, t(f"PAGE_EDUCATION_{one.name}")) for one in Education)),
        (FactKind.TRANSPORT, Fact(means.value.value if means.value else None, means.evidence), _worded(Transport)),
        (FactKind.MANDARIN, _yes_no(facts.speaks_mandarin), yes_no),
        (FactKind.MONGOLIAN, _yes_no(facts.mongolian_first), yes_no),
    ]  # fmt: skip
    return [_single(kind, fact, options, whole=whole) for kind, fact, options in rows]


def _single(kind: FactKind, fact: Fact[str], options: tuple[tuple[str, str], ...], *, whole: bool) -> SingleLine:
    """One fact with one value as a line."""
    shown = dict(options).get(fact.value or "", "")
    if kind is FactKind.WAGE and fact.value:
        shown = t("PAGE_YUAN_MONTH", yuan=int(fact.value))
    told = any(one.field == TOLD for one in fact.evidence)
    return SingleLine(kind.value, label_of(kind), shown, evidence_text(fact.evidence) if whole else "", told, options)


def _worded(values: type[WorkStatus] | type[Transport]) -> tuple[tuple[str, str], ...]:
    """The values of an enumeration with their words."""
    prefix = "PAGE_WORK_STATUS_" if values is WorkStatus else "PAGE_TRANSPORT_"
    return tuple((one.value, t(f"{prefix}{one.name}")) for one in values)


def _willing() -> tuple[tuple[str, str], ...]:
    """Whether somebody wants work, as it is asked."""
    return (
        (Willingness.WILLING.value, t("ANSWER_WILLING")),
        (Willingness.UNWILLING.value, t("ANSWER_UNWILLING")),
    )


def _yes_no(fact: Fact[bool]) -> Fact[str]:
    """A yes or no as the value it is set by."""
    value = None if fact.value is None else "yes" if fact.value else "no"
    return Fact(value, fact.evidence)


def gone_lines(kept: Sequence[KeptCorrection], *, whole: bool) -> list[GoneLine]:
    """Facts that staff said are wrong, newest first."""
    found = []
    for one in reversed(kept):
        told: Correction = one.correction
        private = told.kind is FactKind.SITUATION and situations().get(told.was, ("", "", True))[2]
        if told.was and one.change_key is None and (whole or not (private or told.kind is FactKind.UNLINKED)):
            value = value_of(told.kind, told.was)
            if told.now:
                value = t("FACT_WAS_NOW", was=value, now=value_of(told.kind, told.now))
            found.append(GoneLine(one.key, label_of(told.kind), value, one.actor, one.recorded_at.date().isoformat()))
    return found


def text_lines(worker: Worker, lines: Sequence[FactLine]) -> list[TextLine]:
    """The texts, verbatim, each passage that says a fact leading to it."""
    return [
        TextLine(label, tuple(cut(text, label, lines)))
        for label, attribute in TEXT_FIELDS
        if (text := getattr(worker, attribute))
    ]


def cut(text: str, label: str, lines: Sequence[FactLine]) -> Iterator[Passage]:
    """A text in pieces; where two facts rest on the same words the first one is led to and both are told."""
    owners: list[list[FactLine]] = [[] for _ in text]
    for line in lines:
        for one in line.evidence:
            if one.field != label or not one.words:
                continue
            start = one.start if one.start is not None and text.startswith(one.words, one.start) else -1
            start = text.find(one.words) if start < 0 else start
            for place in range(start, start + len(one.words)) if start >= 0 else ():
                owners[place].append(line)
    begun = 0
    for place in range(1, len(text) + 1):
        if place < len(text) and owners[place] == owners[begun]:
            continue
        held = owners[begun]
        yield Passage(
            text[begun:place],
            held[0].number if held else 0,
            "；".join(dict.fromkeys(f"{t(one.label)}：{one.value}" for one in held)),
        )
        begun = place
