"""What a paper says of a posting or a class, fixed on the day of the plan.

In: the records with their facts. Out: PostingView and TrainingView, kept whole with the plan.
"""

from __future__ import annotations

from matcher.class_gains import ClassRow
from matcher.domain.facts import Phrase, PhraseValue
from matcher.domain.match import PostingView
from matcher.domain.plan import TrainingView
from matcher.domain.posting import Wage
from matcher.features import Sight

LONGEST_DUTIES = 60


class ViewShelf:
    """Views of one market made already: many people are shown the same posting in the same words."""

    def __init__(self) -> None:
        self._postings: dict[tuple[object, ...], PostingView] = {}
        self._classes: dict[int, TrainingView] = {}

    def posting(self, sight: Sight) -> PostingView:
        """What a paper says of a posting to this person."""
        held = sight.own.held
        papers = tuple(code in held for code in sight.asked.papers)
        key = (sight.posting.key, sight.age is None, sight.worker.facts.education.value is None, papers)
        found = self._postings.get(key)
        if found is None:
            found = self._postings[key] = posting_view(sight)
        return found

    def training(self, row: ClassRow) -> TrainingView:
        """What a paper says of a class."""
        found = self._classes.get(row.key)
        if found is None:
            found = self._classes[row.key] = training_view(row)
        return found


def posting_view(sight: Sight) -> PostingView:
    """The posting in the words of its advert."""
    posting, facts = sight.posting.posting, sight.posting.facts
    hours = posting.hours_text or _words(facts.shift.evidence)
    board = posting.board_text or _words(facts.board.evidence + facts.lodging.evidence)
    insurance = posting.insurance_text or _words(facts.insurance.evidence)
    return PostingView(
        ref=posting.ref,
        title=posting.shown_title,
        employer=posting.employer,
        kind=posting.kind.value,
        place=posting.place.text or posting.place.name,
        wage=_wage(posting.wage_text, facts.wage),
        hours=_stated("HOURS", hours),
        board=_stated("BOARD", board),
        insurance=_stated("INSURANCE", insurance),
        duties=" ".join(posting.description.split())[:LONGEST_DUTIES],
        needs=_needs(sight),
        contact=posting.contact,
        phone=posting.phone,
        openings=posting.openings if sight.posting.openings_left is None else sight.posting.openings_left,
        deadline=posting.deadline.isoformat() if posting.deadline else "",
        verified=posting.verified_on.isoformat() if posting.verified_on else "",
        verified_by=posting.verified_by,
        verified_how=sight.posting.checked_how,
        source=posting.source,
    )


def _words(evidence: tuple[object, ...]) -> str:
    """The first words of evidence."""
    return next((str(words) for item in evidence if (words := getattr(item, "words", ""))), "")


def _stated(what: str, text: str) -> Phrase:
    """The advert's own words, or that it says nothing."""
    return Phrase(f"{what}_STATED", {"text": " ".join(text.split())}) if text.strip() else Phrase(f"{what}_UNKNOWN", {})


def _wage(text: str, wage: Wage | None) -> Phrase:
    """Pay as stated, with what it comes to a month where that is not the same."""
    if wage is None or (wage.low is None and wage.high is None):
        return Phrase("WAGE_UNKNOWN", {})
    stated = " ".join(text.split()) or _words(wage.evidence)
    args: dict[str, PhraseValue] = {"text": stated, "low": wage.low, "high": wage.high}
    if wage.assumption and wage.low is not None:
        return Phrase("WAGE_CONVERTED", args)
    return Phrase("WAGE_STATED", args)


def _needs(sight: Sight) -> tuple[Phrase, ...]:
    """What is asked, and whether the person has it or it is still to do."""
    facts, mine, found = sight.posting.facts, sight.own.held, []
    if facts.age is not None and (facts.age.low is not None or facts.age.high is not None):
        found.append(_age_need(facts.age.low, facts.age.high, known=sight.age is not None))
    if facts.education.value is not None and facts.education.value > 0:
        known = sight.worker.facts.education.value is not None
        args: dict[str, PhraseValue] = {"education": facts.education.value.name}
        found.append(Phrase("NEED_EDUCATION_MET" if known else "NEED_EDUCATION_ASK", args))
    for asked in facts.skills:
        if asked.skill in sight.vocabulary.licence_at:
            code = "NEED_PAPER_MET" if asked.skill in mine else "NEED_PAPER_TODO"
            found.append(Phrase(code, {"certificate": asked.skill}))
    return tuple(found[:4])


def _age_need(low: int | None, high: int | None, *, known: bool) -> Phrase:
    """The age asked for."""
    limits = "RANGE" if low is not None and high is not None else "FROM" if high is None else "TO"
    return Phrase(f"NEED_AGE_{limits}_{'MET' if known else 'ASK'}", {"low": low, "high": high})


def training_view(row: ClassRow) -> TrainingView:
    """The class in the words of its provider."""
    training = row.training
    return TrainingView(
        ref=training.ref,
        title=training.title,
        provider=training.provider,
        place=training.place.text or training.place.name,
        starts_on=training.starts_on.isoformat() if training.starts_on else "",
        ends_on=training.ends_on.isoformat() if training.ends_on else "",
        hours=training.hours,
        mode=training.mode.value if training.mode else "",
        certificate=training.certificate_text,
        subsidy=training.subsidy_text,
        board=training.board_text,
        phone=training.phone,
        enrol_until=training.enrol_until.isoformat() if training.enrol_until else "",
    )
