"""What speaks for this person, each point proved by a fact.

In: the situation. Out: at most two sentences: work done with its years and skills; papers, languages, vehicle,
willingness and what people who know the person say. A point that would fit anybody joins another or is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.domain.facts import Evidence, Phrase
from matcher.domain.worker import Education
from matcher.guidance.case import (
    Args,
    Situation,
    fitting_skills,
    goes_against,
    ride,
    years_said,
)
from matcher.reading.wordlists import words

WORTH_RIDING = 5
"""Minutes from which a vehicle for the way is worth a word."""
MOST_SKILLS, MOST_PAPERS, MOST_CLAUSES = 3, 3, 4
PROVING = frozenset({"done", "skill", "certificate", "said"})
"""Arguments that make a clause this person's own."""
SAID_CODES = ("WORKS_WELL", "READY_NOW", "NO_TIES", "CARE_HELP")
"""Situations that speak for a person, in the words they were told in."""
PLAIN_CODES = ("VETERAN", "GRADUATE")
_SUBJECT = re.compile(r"专业|学的是|技校|职高|大专|毕业")
_TYPED = (Evidence("技能特长"),)
_NO_WORK = re.compile(words("work.none"))
"""What people put down where they have not worked for pay."""
USED = ("EXPERIENCE_SAME", "EXPERIENCE_SAME_YEARS", "EXPERIENCE_NEAR", "SKILL_HELD", "SKILL_FROM_WORK", "PAPERS_HELD")
"""Reasons that make what a person brings of use for a posting."""


def strengths(case: Situation) -> tuple[Phrase, ...]:
    """At most two strengths, what the first posting asks for before the rest."""
    main = [*_work(case), *_skills(case)]
    more = list(_more(case))
    if not main:
        main, more = more[:2], more[2:]
    if len(more) == 1 and not (more[0].args or {}).get("said") and len(main) > 1:
        main, more = main[:1], [*main[1:], *more]
    return tuple(_sentence(case, clauses) for clauses in (main, more[:MOST_CLAUSES]) if clauses)


def _sentence(case: Situation, clauses: list[Phrase]) -> Phrase:
    """Clauses as one sentence that ends in what they are good for."""
    head, *rest = clauses
    evidence = tuple(dict.fromkeys(item for clause in clauses for item in clause.evidence)) or _TYPED
    told = any(PROVING & (clause.args or {}).keys() and (clause.args or {}).get("said") != "" for clause in clauses)
    use = [Phrase(_use(case), {"goal": case.goal})] if case.goal and (len(clauses) < 2 or not told) else []
    return Phrase(head.code, head.args, evidence, (*rest, *use))


def _use(case: Situation) -> str:
    """Of use for the first posting only where its scorecard says so; else what to speak of first there."""
    return "CLAUSE_USED" if case.first_says(*USED) else "CLAUSE_TOLD_FIRST"


def _work(case: Situation) -> Iterator[Phrase]:
    """Work done, the nearest to the first posting first; what no table knows in the person's words."""
    done = case.work
    if not done:
        told = case.own.stated("工作经历")
        if told and not _NO_WORK.search(told):
            yield Phrase("STRENGTH_TOLD_WORK", {"said": told}, (Evidence("工作经历", told),))
        return
    done = tuple(item for item in done if not goes_against(case, item.occupation)) or done[:1]
    best = done[0]
    args: Args = {"done": best.occupation, "for_years": years_said(best.years), "said": case.own.of(best.evidence)}
    yield Phrase("STRENGTH_WORK", args, best.evidence)
    for item in done[1:3]:
        more: Args = {"done": item.occupation, "for_years": years_said(item.years)}
        yield Phrase("STRENGTH_ALSO_DONE", more, item.evidence)


def _skills(case: Situation) -> Iterator[Phrase]:
    """Skills by name and in the person's words, unless these were told with the work."""
    told = case.own.stated("技能特长")
    done = case.work
    if done and told == case.own.of(done[0].evidence):
        told = ""
    held = fitting_skills(case)[:MOST_SKILLS]
    evidence = tuple(dict.fromkeys(item for skill in held for item in skill.evidence[:1]))
    if held:
        yield Phrase("STRENGTH_SKILLS", {"skill": " ".join(item.skill for item in held), "said": told}, evidence)
    elif told:
        yield Phrase("STRENGTH_TOLD", {"said": told}, (Evidence("技能特长", told),))


def _more(case: Situation) -> Iterator[Phrase]:
    """Everything else that speaks for the person."""
    yield from _papers(case)
    languages = {item.skill for item in case.facts.skills}
    if {"lang_mandarin", "lang_mongolian"} <= languages and not case.facts.mongolian_first.value:
        both = next(item for item in case.facts.skills if item.skill == "lang_mongolian")
        yield Phrase("STRENGTH_BILINGUAL", {}, both.evidence)
    for code in SAID_CODES:
        term = case.situations.get(code)
        if term is not None and case.said(code) and case.said(code) not in case.own.stated("技能特长"):
            yield Phrase(f"STRENGTH_{code}", {"said": case.said(code)}, term.evidence)
    for code in PLAIN_CODES:
        term = case.situations.get(code)
        if term is not None:
            said = case.own.clause_with(_SUBJECT) if code == "GRADUATE" else case.said(code)
            yield Phrase(f"STRENGTH_{code}", {"said": said or case.said(code)}, term.evidence)
    yield from _going(case)
    yield from _schooling(case)


def _papers(case: Situation) -> Iterator[Phrase]:
    """Papers in force, those with a date with it."""
    held = case.papers[:MOST_PAPERS]
    dated = [item for item in held if item.valid_to is not None]
    for item in dated:
        until = item.valid_to.isoformat() if item.valid_to else ""
        yield Phrase("STRENGTH_PAPER_UNTIL", {"certificate": item.skill, "valid_until": until}, item.evidence)
    rest = [item for item in held if item.valid_to is None]
    if rest:
        evidence = tuple(dict.fromkeys(found for item in rest for found in item.evidence[:1]))
        yield Phrase("STRENGTH_PAPERS", {"certificate": " ".join(item.skill for item in rest)}, evidence)


def _going(case: Situation) -> Iterator[Phrase]:
    """How the person gets about: willing to go away, or a vehicle for the way."""
    moves = case.facts.willing_to_move
    if moves.value:
        yield Phrase(
            "STRENGTH_MOVES", {"said": case.own.of(moves.evidence) or case.own.cell("意向地区")}, moves.evidence
        )
    vehicle, first = ride(case), case.first
    if vehicle is not None and first is not None and (first.minutes or 0) >= WORTH_RIDING:
        args: Args = {"vehicle": vehicle.name, "place": first.posting.place, "minutes": first.minutes}
        yield Phrase("STRENGTH_RIDE", args, case.facts.transport.evidence or (Evidence("交通方式", vehicle.value),))
    elif vehicle is not None:
        yield Phrase("STRENGTH_VEHICLE", {"vehicle": vehicle.name}, (Evidence("交通方式", vehicle.value),))


def _schooling(case: Situation) -> Iterator[Phrase]:
    """Schooling, where it is above the usual or the first posting asks for it."""
    level = case.facts.education.value
    if level is None or level < Education.JUNIOR:
        return
    if level >= Education.SENIOR or case.first_says("EDUCATION_MET"):
        stated = case.own.cell("文化程度")
        yield Phrase("STRENGTH_SCHOOLING", {"education": level.name, "said": stated}, case.facts.education.evidence)
