"""Postings checked: when they come in, when an employer's record changes, and all of them under new rules.

In: stored postings with their facts. Out: their flags stored, those that must wait held, those that need not wait any
longer open again, each change in the history. What staff decided stands until the text changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jobs_feed.trust.employers import EmployerBook, employer_book
from jobs_feed.trust.judge import OF_EMPLOYER, holds, judge
from jobs_feed.trust.pay import usual_pay
from matcher.domain.incoming.trust import Decided, Flag, PostingCheck, Severity, employer_key
from matcher.domain.posting import Posting, PostingFacts, PostingState
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.reading_pool import Reader, read_all
from matcher.store import StoredPosting, UnitOfWork
from matcher.store.context import chunks
from matcher.store.incoming.checks import PayRanges

_BATCH = 500
_LIVE = frozenset({PostingState.OPEN, PostingState.HELD})
Step = Callable[[float, str], None]
Checked = Mapping[int, tuple[Flag, ...]]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check of all postings came to."""

    postings: int
    held: int
    reopened: int
    waiting: int
    letters: int


@dataclass(frozen=True, slots=True)
class Bench:
    """What postings are judged with on a day."""

    policy: PolicyAt
    book: EmployerBook
    ranges: PayRanges

    def flags(self, posting: Posting, facts: PostingFacts) -> tuple[Flag, ...]:
        """Everything held against a posting."""
        return judge(posting, facts, record=self.book.record(posting), policy=self.policy, ranges=self.ranges)


def bench_of(unit: UnitOfWork, policy: PolicyAt) -> Bench:
    """Employers as they are known now, and the pay last measured."""
    return Bench(policy, employer_book(unit, policy), unit.checks.pay_ranges())


def settle(unit: UnitOfWork, stored: Mapping[int, StoredPosting], found: Checked) -> tuple[int, int]:
    """Stores flags and moves postings between open and held; how many were held, how many opened again."""
    checks = unit.checks.many(list(found))
    fresh = [key for key in found if stored[key].cleared and _newly_barred(found[key], checks.get(key))]
    unit.postings.unclear(fresh)
    cleared = {key for key in found if stored[key].cleared} - set(fresh)
    hold: list[int] = []
    free: list[int] = []
    keep: list[int] = []
    for key, flags in found.items():
        check = checks.get(key)
        by_staff = check is not None and check.decided is Decided.HELD
        waits = by_staff or (holds(flags) and key not in cleared)
        (hold if waits else free).append(key)
        if check is not None and check.decided and (by_staff or key in cleared or _returned(check, stored[key])):
            keep.append(key)
    unit.checks.put_many(found, {key: stored[key].text_digest for key in found}, keep=keep)
    held = unit.postings.move_many(hold, PostingState.OPEN, PostingState.HELD, why="CHECK_HELD")
    opened = unit.postings.move_many(free, PostingState.HELD, PostingState.OPEN, why="CHECK_CLEAN")
    return held, opened


def settle_new(unit: UnitOfWork, found: Checked, digests: Mapping[int, str]) -> None:
    """The same for postings stored a moment ago, of which nothing was known or decided."""
    unit.checks.put_many(found, digests, keep=())
    waiting = [key for key, flags in found.items() if holds(flags)]
    unit.postings.move_many(waiting, PostingState.OPEN, PostingState.HELD, why="CHECK_HELD")


def check_employer(unit: UnitOfWork, policy: PolicyAt, name: str, uscc: str = "") -> int:
    """Judges every posting of an employer anew, because what is known of it changed; how many."""
    wanted = employer_key(name)
    return check_those(
        unit, policy, lambda posting: employer_key(posting.employer) == wanted or bool(uscc and posting.uscc == uscc)
    )


def check_those(unit: UnitOfWork, policy: PolicyAt, wanted: Callable[[Posting], bool]) -> int:
    """Judges some postings anew; how many."""
    bench = bench_of(unit, policy)
    stored = {
        one.key: one
        for one in unit.postings.all_for_planning(only_open=False)
        if one.facts is not None and wanted(one.value)
    }
    settle(unit, stored, {key: bench.flags(one.value, one.facts) for key, one in stored.items() if one.facts})
    return len(stored)


def check_all(office: Office, reader: Reader[Posting, PostingFacts], step: Step, *, actor: str) -> CheckReport:
    """Reads and judges every posting that may still be suggested, under today's rules."""
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        every = {one.key: one for one in unit.postings.all_for_planning(only_open=False) if one.state in _LIVE}
    facts: dict[int, PostingFacts] = {}
    texts = [one.value for one in every.values()]
    for done, (key, read) in enumerate(zip(every, read_all(reader, texts, policy.on), strict=True)):
        facts[key] = read
        if done % _BATCH == 0:
            step(0.8 * done / len(every), "CHECK_STEP_READ")
    step(0.8, "CHECK_STEP_STORE")
    least = policy.whole("trust.pay_range_least")
    ranges = usual_pay(((one.value, facts[key]) for key, one in every.items()), least)
    with office.unit(actor) as unit:
        unit.checks.put_pay_ranges(ranges)
        held, opened = _store_all(unit, bench_of(unit, policy), every, facts)
        unit.audit.note("check_postings", subject="postings")
        waiting, letters = unit.checks.waiting()[1], unit.checks.waiting(letters=True)[1]
    step(1.0, "CHECK_STEP_STORE")
    return CheckReport(len(every), held, opened, waiting, letters)


def _store_all(
    unit: UnitOfWork, bench: Bench, every: Mapping[int, StoredPosting], facts: Mapping[int, PostingFacts]
) -> tuple[int, int]:
    """Facts and flags of all postings that are still as they were read."""
    held = opened = 0
    for part in chunks(list(every), _BATCH):
        now = unit.postings.many(part)
        same = {key: one for key, one in now.items() if one.digest == every[key].digest}
        for key, one in same.items():
            if one.facts != facts[key]:
                unit.postings.put_facts(key, facts[key])
        found = {key: bench.flags(one.value, facts[key]) for key, one in same.items()}
        more_held, more_opened = settle(unit, same, found)
        held, opened = held + more_held, opened + more_opened
    return held, opened


def _returned(check: PostingCheck, stored: StoredPosting) -> bool:
    """Whether a posting was given back to its employer and nothing has changed since."""
    return check.decided is Decided.RETURNED and check.text_digest == stored.text_digest


def _newly_barred(flags: tuple[Flag, ...], check: PostingCheck | None) -> bool:
    """Whether something of the employer holds a posting that did not when staff last looked."""
    known = {flag.code for flag in check.flags} if check is not None else set()
    return any(flag.code in OF_EMPLOYER and flag.severity is Severity.HOLD and flag.code not in known for flag in flags)
