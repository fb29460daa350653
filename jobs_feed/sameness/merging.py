"""Postings that are one job, merged after an import, and split again where a person says so.

In: an office. Out: `Merged`: how many postings now stand behind another one, how many pairs a person should look at.
Only what is new or has changed is compared; comparing holds no lock, storing is one transaction, whole or nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from jobs_feed.sameness.adverts import phones_of
from jobs_feed.sameness.blocking import Glance, glance_of, pairs_of, values_of
from jobs_feed.sameness.book import AdvertBook
from jobs_feed.sameness.compare import Comparison, compare
from jobs_feed.sameness.grouping import groups_from
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.sameness import Group, Link, Verdict
from matcher.office import Office
from matcher.store import UnitOfWork

Tell = Callable[[float], None]
_AT_ONCE = 500
_ASKED_AT_MOST = 5
"""Questions about one advert; who has answered so many knows it, and the rest come up when it changes."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What comparing did: postings that came to stand behind another one, questions that came up."""

    compared: int = 0
    pairs: int = 0
    merged: int = 0
    asked: int = 0
    groups: int = 0


@dataclass(slots=True)
class Found:
    """What comparing found, before anything is stored."""

    signs: list[tuple[int, str, list[tuple[int, int]]]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pairs: int = 0


def merge_same(office: Office, *, actor: str = "", dry_run: bool = False, tell: Tell | None = None) -> Merged:
    """Compares new and changed postings with all others; merges what is the same, asks about what may be."""
    with office.reading() as unit:
        fresh = unit.sameness.signs.unsigned()
        if not fresh:
            return Merged()
        book = AdvertBook(unit)
        found = find_same(unit, fresh, book, tell)
        if dry_run:
            tried = _grouped(found.links, book)
            return _counted(found, _behind(tried), len(tried))
    with office.unit(actor) as unit:
        book.use(unit)
        before, after = _store(unit, found, book)
        unit.audit.note("same", subject="postings", fields=str(len(found.links)))
    return _counted(found, max(0, _behind(after) - _behind(before)), len(after))


def _store(unit: UnitOfWork, found: Found, book: AdvertBook) -> tuple[list[Group], list[Group]]:
    """Stores what was found, but for postings that changed meanwhile: the next import compares them."""
    told = {key: digest for key, digest, _ in found.signs}
    linked = {key for link in found.links for key in (link.one, link.other)}
    now = unit.sameness.signs.digests(sorted(told.keys() | linked))
    stays = {key for key, digest in now.items() if digest == told.get(key, book.advert(key).digest)}
    fresh = sorted(told.keys() & stays)
    unit.sameness.signs.sign([row for row in found.signs if row[0] in stays])
    links = [link for link in found.links if link.one in stays and link.other in stays]
    found.links = unit.sameness.put_found(fresh, links)
    return regroup(unit, fresh, book)


def _counted(found: Found, merged: int, groups: int) -> Merged:
    """The figures of what was found."""
    asked = sum(link.found is Verdict.MAYBE for link in found.links)
    return Merged(len(found.signs), found.pairs, merged, asked, groups)


def _behind(groups: Sequence[Group]) -> int:
    """How many postings stand behind another one."""
    return sum(len(group.members) - 1 for group in groups)


def find_same(unit: UnitOfWork, fresh: Sequence[int], book: AdvertBook, tell: Tell | None = None) -> Found:
    """Compares postings with each other and with all that share a value with them."""
    found, new = Found(), frozenset(fresh)
    blocks: dict[tuple[int, int], set[int]] = defaultdict(set)
    signs = unit.sameness.signs
    for done, compared in enumerate(signs.compared(fresh, with_contact=True)):
        phones = [str(signs.phone(digits)) for digits in phones_of(compared.posting)]
        values = values_of(book.note(compared, phones).advert)
        found.signs.append((compared.key, compared.digest, values))
        for value in values:
            blocks[value].add(compared.key)
        if tell is not None and done % _AT_ONCE == 0:
            tell(0.4 * done / len(fresh))
    _with_stored(unit, blocks, new)
    shared = {value: sorted(keys) for value, keys in blocks.items() if len(keys) > 1}
    glances = {one.key: glance_of(one) for one in signs.outlines(sorted({k for keys in shared.values() for k in keys}))}
    seen: set[tuple[int, int]] = set()
    asked: Counter[int] = Counter()
    for done, (value, keys) in enumerate(sorted(shared.items(), key=lambda item: item[1])):
        fitting = [pair for pair in _pairs(value[0], keys, glances, new) if pair not in seen]
        seen.update(fitting)
        found.links += _within_reason(_compared(fitting, book), asked)
        if tell is not None and done % _AT_ONCE == 0:
            tell(0.4 + 0.6 * done / len(shared))
    found.pairs = len(seen)
    return found


def _with_stored(unit: UnitOfWork, blocks: dict[tuple[int, int], set[int]], fresh: frozenset[int]) -> None:
    """Adds stored postings that share a value to the blocks; what they had before they changed does not count."""
    by_kind: dict[int, list[int]] = defaultdict(list)
    for kind, value in blocks:
        by_kind[kind].append(value)
    for kind, values in by_kind.items():
        for value, key in unit.sameness.signs.sharing(kind, sorted(values)):
            if key not in fresh:
                blocks[kind, value].add(key)


def _pairs(
    kind: int, keys: Sequence[int], glances: dict[int, Glance], fresh: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """The pairs of one block."""
    return pairs_of(kind, [glances[key] for key in keys], fresh.__contains__)


def _compared(pairs: Sequence[tuple[int, int]], book: AdvertBook) -> Iterator[Link]:
    """Links of pairs that are the same, or may be."""
    book.open(key for pair in pairs for key in pair)
    for one, other in pairs:
        result = compare(book.advert(one), book.advert(other))
        if result.verdict is not Verdict.DIFFERENT:
            yield Link(one=one, other=other, found=result.verdict, score=result.score, grounds=result.grounds)


def _within_reason(links: Iterable[Link], asked: Counter[int]) -> Iterator[Link]:
    """Without questions about adverts of which enough is asked already."""
    for link in links:
        if link.found is Verdict.MAYBE:
            if min(asked[link.one], asked[link.other]) >= _ASKED_AT_MOST:
                continue
            asked.update((link.one, link.other))
        yield link


def regroup(unit: UnitOfWork, keys: Iterable[int], book: AdvertBook) -> tuple[list[Group], list[Group]]:
    """Makes the groups around some postings anew; the groups before and after."""
    members, links = _around(unit, set(keys))
    before = unit.sameness.groups_of(members)
    book.open(sorted({key for link in links for key in (link.one, link.other)}))
    after = _grouped(links, book)
    unit.sameness.put_groups(members, after)
    return before, after


def _grouped(links: Sequence[Link], book: AdvertBook) -> list[Group]:
    """The groups that links make."""

    def compared(one: int, other: int) -> Comparison:
        return compare(book.advert(one), book.advert(other))

    return groups_from(links, compared, lambda key: book.get(key).richness)


def _around(unit: UnitOfWork, keys: set[int]) -> tuple[set[int], list[Link]]:
    """Everything that hangs together with some postings by links or groups, and those links."""
    reached, edge = set(keys), set(keys)
    links: dict[tuple[int, int], Link] = {}
    while edge:
        step = {key for group in unit.sameness.groups_of(edge) for key in group.members}
        for link in unit.sameness.touching(edge):
            links[link.one, link.other] = link
            if link.verdict is Verdict.SAME:
                step |= {link.one, link.other}
        edge = step - reached
        reached |= edge
    return reached, list(links.values())


def decide_same(office: Office, one: int, other: int, verdict: Verdict | None, *, actor: str = "") -> None:
    """What a person says of a pair: the same, another one, or, with None, nothing after all."""
    if one == other:
        raise InputRefused("同一条岗位不能和自己比", ref=str(one))
    with office.unit(actor) as unit:
        for key in (one, other):
            unit.postings.get(key)
        unit.sameness.decide(one, other, verdict)
        regroup(unit, {one, other}, AdvertBook(unit))
        unit.audit.note("same_decided", subject=f"posting:{one},{other}", fields="" if verdict is None else verdict)


def take_out(office: Office, key: int, *, actor: str = "") -> int:
    """Takes a posting out of its group, for good; how many stood with it. Undone by taking the words back."""
    with office.unit(actor) as unit:
        groups = unit.sameness.groups_of([key])
        if not groups:
            raise InputRefused(f"岗位 {key} 没有和别的岗位并在一起，没有可撤销的", ref=str(key))
        group = groups[0]
        others = [member for member in group.members if member != key]
        for other in others:
            unit.sameness.decide(key, other, Verdict.DIFFERENT)
        regroup(unit, set(group.members), AdvertBook(unit))
        unit.audit.note("same_undone", subject=f"posting:{key}", fields=str(len(others)))
    return len(others)
