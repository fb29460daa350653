"""A posting, its facts, its employer's record and the policy of the day → what is held against it; pure.

In: those four, and the usual pay. Out: flags with their words, the gravest first. Nothing here asks for the sex or the
ethnicity of anybody: such words in an advert raise the flag that says so, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jobs_feed.trust.contact import contact_flags
from jobs_feed.trust.intermediary import intermediary_words
from jobs_feed.trust.pay import pay_flags
from jobs_feed.trust.rules import flag
from matcher.domain.incoming.trust import EmployerRecord, Flag, Severity
from matcher.domain.posting import Posting, PostingFacts
from matcher.policy import PolicyAt
from matcher.reference.lexicon import load_lexicon
from matcher.store.incoming.checks import PayRanges

_ORDER = (Severity.HOLD, Severity.LETTER, Severity.CAUTION)
JUDGED_LATER = frozenset({"BELOW_MINIMUM"})
"""Judged anew whenever a plan is made, against its day; never a state of the posting itself."""
OF_EMPLOYER = frozenset({"EMPLOYER_BARRED", "EMPLOYER_MANY_COMPLAINTS", "UNRECORDED_BROKER"})
"""Of the employer, not of the text: a release of the text does not outlive them."""


def judge(
    posting: Posting, facts: PostingFacts, *, record: EmployerRecord, policy: PolicyAt, ranges: PayRanges
) -> tuple[Flag, ...]:
    """Everything held against a posting, each kind once."""
    return in_order([*_all(posting, facts, record, policy, ranges)])


def in_order(flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """Flags of each kind once, the gravest first."""
    found = {one.code: one for one in reversed(flags)}
    return tuple(sorted(found.values(), key=lambda one: (_ORDER.index(one.severity), one.code)))


def holds(flags: tuple[Flag, ...]) -> bool:
    """Whether a person has to look before the posting is suggested to anybody."""
    return any(one.severity is Severity.HOLD and one.code not in JUDGED_LATER for one in flags)


def _all(
    posting: Posting, facts: PostingFacts, record: EmployerRecord, policy: PolicyAt, ranges: PayRanges
) -> Iterator[Flag]:
    """All flags, one source after the other."""
    for term in facts.conduct:
        yield flag(term.code, term.evidence)
    yield from _employer(record, policy)
    yield from _passed_on(posting, facts, record, policy)
    yield from contact_flags(posting)
    yield from pay_flags(posting, facts, policy, ranges)
    yield from _limits(facts, policy)


def _employer(record: EmployerRecord, policy: PolicyAt) -> Iterator[Flag]:
    """What is known of the employer."""
    if record.mark is not None:
        until = record.mark.until
        yield flag("EMPLOYER_BARRED", bar=record.mark.kind.value, ends_on=until.isoformat() if until else "")
    if record.complaints >= policy.whole("trust.complaints_hold"):
        yield flag("EMPLOYER_MANY_COMPLAINTS", count=record.complaints)
    elif record.complaints >= policy.whole("trust.complaints_caution"):
        yield flag("EMPLOYER_COMPLAINTS", count=record.complaints)
    if record.fairs_without_hire >= policy.whole("trust.fairs_without_hire"):
        yield flag("EMPLOYER_FAIRS", count=record.fairs_without_hire)


def _passed_on(posting: Posting, facts: PostingFacts, record: EmployerRecord, policy: PolicyAt) -> Iterator[Flag]:
    """An intermediary that is not recorded; the office may switch the rule off."""
    if record.recorded or not policy.whole("trust.recorded_brokers_only"):
        return
    found = load_lexicon().occupations.get(facts.occupation)
    words = intermediary_words(posting, found.family if found else "")
    if words:
        yield flag("UNRECORDED_BROKER", words)


def _limits(facts: PostingFacts, policy: PolicyAt) -> Iterator[Flag]:
    """Limits without a lawful ground, and a low upper age that wants a reason."""
    if facts.sex_asked.value is not None:
        yield flag("SEX_LIMIT", facts.sex_asked.evidence)
    if facts.ethnic_asked.value is not None:
        yield flag("ETHNIC_LIMIT", facts.ethnic_asked.evidence)
    for term in facts.limits:
        yield flag(term.code, term.evidence)
    high = facts.age.high if facts.age is not None else None
    if facts.age is not None and high is not None and high <= policy.whole("trust.age_wants_reason"):
        yield flag("AGE_LIMIT", facts.age.evidence, high=high)
