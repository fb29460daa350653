"""What staff decide that an unsure title or an unknown place means: remembered, and put to use at once.

In: an office, a name as it stands in adverts, and the code it means. Out: the decision stored, the postings of that
name read anew; a posting on its way in with the decisions of before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from matcher.domain.division import Place
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.placed_name import NameDecision, NameKind, UnsureName
from matcher.domain.posting import Posting
from matcher.office import Office
from matcher.reading import read_posting
from matcher.reading.folding import fold
from matcher.reference.divisions import load_gazetteer

SHOWN_NAMES = 60
"""Names of one kind on the list; the rest follow when these are placed."""


@dataclass(frozen=True, slots=True)
class UnsureNames:
    """Everything that waits for a decision, and what was decided last."""

    titles: tuple[UnsureName, ...]
    places: tuple[UnsureName, ...]
    decided: tuple[NameDecision, ...]


def name_key(text: str) -> str:
    """A name as decisions are kept: one spelling for all widths and blanks."""
    return "".join(fold(text.strip()).text.split())


def placed_name(posting: Posting, titles: Mapping[str, str], places: Mapping[str, str]) -> Posting:
    """A posting with what staff decided of its title, and of its place where that is not known by itself."""
    posting = replace(posting, occupation_placed=titles.get(name_key(posting.title), ""))
    code = "" if posting.place.known else places.get(name_key(posting.place.text), "")
    return replace(posting, place=_place(code, posting.place.text)) if code else posting


def unsure_names(office: Office) -> UnsureNames:
    """The names of open postings that wait for staff."""
    sure = office.policy.at(office.today()).number("title.likely")
    with office.reading() as unit:
        decided = unit.placed_names.recent(SHOWN_NAMES)
        known = {kind: unit.placed_names.all(kind) for kind in NameKind}
        titles = unit.placed_names.unsure_titles(sure, limit=2 * SHOWN_NAMES)
        places = unit.placed_names.unknown_places(limit=2 * SHOWN_NAMES)
    waiting = [
        tuple(one for one in names if name_key(one.text) not in known[kind])[:SHOWN_NAMES]
        for kind, names in ((NameKind.TITLE, titles), (NameKind.PLACE, places))
    ]
    return UnsureNames(waiting[0], waiting[1], tuple(decided))


def place_name(office: Office, kind: NameKind, text: str, code: str, *, actor: str) -> int:
    """Keeps what a name means and reads its postings anew; how many those are. `code` "" takes a decision back."""
    if code and not _known(office, kind, code):
        raise InputRefused("没有这个职业或地方，什么都没有保存", ref=code)
    with office.unit(actor) as unit:
        unit.placed_names.put(kind, name_key(text), code)
        unit.audit.note("place_name", subject=f"name:{kind.value}", fields=code)
        of_name = unit.placed_names.postings_titled if kind is NameKind.TITLE else unit.placed_names.postings_placed
        titles, places = (unit.placed_names.all(one) for one in (NameKind.TITLE, NameKind.PLACE))
        found = unit.postings.many(of_name(text))
        changed = [(key, placed_name(stored.value, titles, places)) for key, stored in found.items()]
        unit.postings.replace_many([(key, posting, read_posting(posting, office.tools)) for key, posting in changed])
    return len(changed)


def _known(office: Office, kind: NameKind, code: str) -> bool:
    """Whether a code is one of the tables."""
    return code in office.lexicon.occupations if kind is NameKind.TITLE else office.gazetteer.place(code).known


def _place(code: str, text: str) -> Place:
    """The place of a code under the words of the advert."""
    return replace(load_gazetteer().place(code), text=text)
