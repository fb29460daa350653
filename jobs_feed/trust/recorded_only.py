"""Only recorded intermediaries may post (notice 二(四)): what the rule would hold, switching it, records that ran out.

In: an office. Out: open postings the rule would hold, each with the words that say so; the rule entered as policy with
every posting it concerns judged at once; postings of a record that ran out, held from that day on.
"""

from __future__ import annotations

from dataclasses import dataclass

from jobs_feed.trust.brokers import comes_from
from jobs_feed.trust.checking import check_those
from jobs_feed.trust.employers import employer_book
from jobs_feed.trust.intermediary import intermediary_words
from matcher.domain.errors import InputRefused
from matcher.domain.posting import Posting, PostingState
from matcher.office import Office
from matcher.policy import Entry
from matcher.reference.lexicon import load_lexicon
from matcher.store import StoredPosting, UnitOfWork

RULE = "trust.recorded_brokers_only"
_BASIS = "通人社办发〔2022〕113号 二(四)"


@dataclass(frozen=True, slots=True)
class Concerned:
    """An open posting the rule would hold, and by which words."""

    key: int
    title: str
    employer: str
    place: str
    words: str


def is_on(office: Office) -> bool:
    """Whether the rule holds today."""
    return bool(office.policy.at(office.today()).whole(RULE))


def concerned(office: Office) -> tuple[Concerned, ...]:
    """The open postings the rule would hold, by employer; found anew when a posting or a record has changed."""
    with office.reading() as unit:
        brokers = tuple((one.key, one.name_key, one.uscc, one.ended_on) for one in unit.cooperation.brokers.where())
        stamp = (office.today(), unit.market_version(), brokers)
    return office.shelf.get(("brokers", "concerned"), stamp, lambda: _find(office))


def switch(office: Office, *, on: bool, actor: str) -> int:
    """Enters the rule from today on, or ends it; how many postings were judged anew."""
    if is_on(office) is on:
        raise InputRefused("已经是这样了，没有改动" if on else "这条规定没有开启，没有改动")
    with office.unit(actor) as unit:
        unit.policy_values.add([Entry(RULE, int(on), "1 = held, 0 = not", office.today(), _BASIS)])
        unit.audit.note("policy", subject=f"policy:{RULE}", purpose=_BASIS, fields=str(int(on)))
    office.policies.look_again()
    with office.unit(actor) as unit:
        return check_those(unit, office.policy.at(office.today()), lambda one: bool(_words(one)))


def hold_run_out(office: Office) -> int:
    """Once a day and before plans are made: open postings of records that have run out are held; how many."""
    today = office.today()
    if not is_on(office):
        return 0
    with office.reading() as unit:
        over = [
            one
            for one in unit.cooperation.brokers.where()
            if one.ended_on is None and one.valid_to is not None and one.valid_to < today
        ]
        theirs = [comes_from(one) for one in over]
        open_ones = _open(unit) if theirs else []
        waiting = {one.value.ref for one in open_ones if any(comes(one.value) for comes in theirs)}
    if not waiting:
        return 0
    with office.unit("system") as unit:
        policy = office.policy.at(today)
        many = check_those(unit, policy, lambda one: one.ref in waiting and any(comes(one) for comes in theirs))
        unit.audit.note("brokers_run_out", subject="postings", fields=str(many))
    return many


def _find(office: Office) -> tuple[Concerned, ...]:
    """Every open posting that is passed on by somebody who is on no record."""
    with office.reading() as unit:
        book = employer_book(unit, office.policy.at(office.today()))
        found = [
            Concerned(one.key, one.value.title, one.value.employer, one.value.place.code, words)
            for one in _open(unit)
            if (words := _words(one.value, one)) and not book.record(one.value).recorded
        ]
    return tuple(sorted(found, key=lambda one: (one.employer, one.title, one.key)))


def _open(unit: UnitOfWork) -> list[StoredPosting]:
    """Every posting that is suggested."""
    return [one for one in unit.postings.all_for_planning(only_open=True) if one.state is PostingState.OPEN]


def _words(posting: Posting, stored: StoredPosting | None = None) -> str:
    """The words by which a posting is passed on, "" where it is not."""
    facts = stored.facts if stored is not None else None
    occupation = load_lexicon().occupations.get(facts.occupation) if facts is not None else None
    words = intermediary_words(posting, occupation.family if occupation else "")
    return words[0].words if words else ""
