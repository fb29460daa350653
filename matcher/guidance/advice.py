"""What not to take, and what to bring.

In: the situation and the codes of what stands in the way. Out: phrases, each about something of this person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.domain.facts import Phrase
from matcher.guidance.case import (
    PAPER_KINDS,
    Args,
    Situation,
    goes_against,
    named,
    papers_expired,
    papers_lost,
)

MOST_AVOIDED = 3
BROUGHT = (
    ("WAGE_ARREARS", "BRING_WAGE_PROOF"),
    ("JUST_LOST_JOB", "BRING_DISMISSAL"),
    ("GRADUATE", "BRING_DIPLOMA"),
)
"""Situations with the paper that proves them."""


def avoid(case: Situation, met: Sequence[str]) -> tuple[Phrase, ...]:
    """What not to take: lures, work against the person's needs, hours or word, gated work, postings without pay."""
    return tuple(list(_avoid(case, met))[:MOST_AVOIDED])


def _avoid(case: Situation, met: Sequence[str]) -> Iterator[Phrase]:
    """Everything not to take, the most dangerous first."""
    lure = case.situations.get("FRAUD_RISK")
    if lure is not None:
        yield Phrase("AVOID_LURE", case.with_goal(said=case.said("FRAUD_RISK")), lure.evidence)
    if "DEBT" in met:
        yield Phrase("AVOID_QUICK_MONEY", case.with_goal(said=case.wish_words))
    done = case.work
    needs = case.needs
    if needs and needs != "SUPERVISED":
        left = next((item.occupation for item in done if goes_against(case, item.occupation)), "")
        parts = (Phrase("CLAUSE_EVEN_KNOWN", {"done": left}),) if left else ()
        yield Phrase("AVOID_NEEDS", case.with_goal(constraint=needs), parts=parts)
    if case.facts.refused:
        codes = " ".join(dict.fromkeys(term.code for term in case.facts.refused))
        words = case.own.of(item for term in case.facts.refused for item in term.evidence)
        yield Phrase("AVOID_REFUSED", {"occupation": codes, "said": words}, case.facts.refused[0].evidence)
    duty = case.duty
    if duty is not None and duty.kind != "HOME" and duty.quotes and not needs:
        yield Phrase(f"AVOID_AWAY_{duty.kind}", case.with_goal(said=duty.quote(2)))
    for item in papers_expired(case)[:1]:
        args: Args = {"certificate": item.skill, "done": done[0].occupation if done else ""}
        yield Phrase("AVOID_UNTIL_RENEWED" if done else "AVOID_UNTIL_RENEWED_PLAIN", args, item.evidence)
    if case.is_so("WAGE_ARREARS"):
        yield Phrase("AVOID_NO_CONTRACT", case.with_goal(said=case.said("WAGE_ARREARS")))
    silent = ["CAUTION_PAY_UNKNOWN" in sheet for sheet in case.sheets]
    if any(silent):
        paid = next((match for match, unpaid in zip(case.matches, silent, strict=True) if not unpaid), None)
        shown: Args = {**named(case.matches[silent.index(True)]), "other": paid.posting.title if paid else ""}
        yield Phrase("AVOID_NO_PAY" if paid else "AVOID_NO_PAY_ONLY", shown)


def bring(case: Situation) -> tuple[Phrase, ...]:
    """Papers to bring, by name."""
    entries = case.lexicon.skills
    kinds = {*PAPER_KINDS, "health_certificate"}
    lost = {item.skill for item in papers_lost(case)}
    stated = [item for item in case.facts.skills if item.skill not in lost]
    held = [item.skill for item in stated if item.skill in entries and entries[item.skill].kind in kinds]
    found = [Phrase("BRING_ID"), *(Phrase("BRING_PAPER", {"certificate": code}) for code in dict.fromkeys(held))]
    if case.first_says("CAUTION_HEALTH_PAPER"):
        found.append(Phrase("BRING_HEALTH"))
    found += [Phrase(paper) for code, paper in BROUGHT if case.is_so(code)]
    return tuple(found)
