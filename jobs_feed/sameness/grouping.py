"""From pairs to groups: who stands together, and who of them is the richest.

In: links with verdicts, a way to compare two adverts. Out: `Group`s, the richest member first. Groups grow from the
surest link on; two never join where a person or a hard difference keeps any two of their members apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from jobs_feed.sameness.compare import Comparison
from matcher.domain.incoming.sameness import Group, Link, Verdict

MOST_CHECKED = 6
"""Members of each of two groups that are looked at before the groups join; beyond that the first ones stand for all."""


def groups_from(
    links: Iterable[Link],
    compared: Callable[[int, int], Comparison],
    richness: Callable[[int], tuple[int, bool, int, int]],
) -> list[Group]:
    """The groups that links make, the richest member first; single postings make none."""
    known = {(link.one, link.other): link for link in links}
    apart: dict[int, set[int]] = defaultdict(set)
    for link in known.values():
        if link.decided is Verdict.DIFFERENT:
            apart[link.one].add(link.other)
            apart[link.other].add(link.one)
    joining = [link for link in known.values() if link.verdict is Verdict.SAME]
    joining.sort(key=lambda link: (link.decided is None, -link.score, link.one, link.other))
    cluster: dict[int, list[int]] = {}
    for link in joining:
        first, second = cluster.get(link.one, [link.one]), cluster.get(link.other, [link.other])
        if first is second or _kept_apart(first, second, apart):
            continue
        if link.decided is Verdict.SAME or _may_join(first, second, known, compared):
            large, small = (first, second) if len(first) >= len(second) else (second, first)
            large += small
            cluster.update(dict.fromkeys([link.one, link.other, *small], large))
    return sorted(_ordered({id(members): members for members in cluster.values()}.values(), richness), key=_key)


def _kept_apart(first: Sequence[int], second: Sequence[int], apart: dict[int, set[int]]) -> bool:
    """Whether a person keeps any member of one group from any of another."""
    small, large = sorted((first, second), key=len)
    return bool(apart) and any(not apart[key].isdisjoint(large) for key in small if key in apart)


def _may_join(
    first: Sequence[int],
    second: Sequence[int],
    known: dict[tuple[int, int], Link],
    compared: Callable[[int, int], Comparison],
) -> bool:
    """Whether no hard difference keeps the members of two groups apart."""
    pairs = ((min(one, other), max(one, other)) for one in first[:MOST_CHECKED] for other in second[:MOST_CHECKED])
    return all(compared(*pair).verdict is not Verdict.DIFFERENT for pair in pairs if pair not in known)


def _ordered(
    clusters: Iterable[Sequence[int]], richness: Callable[[int], tuple[int, bool, int, int]]
) -> Iterable[Group]:
    """Clusters as groups: named after the oldest member, the richest first."""
    for members in clusters:
        yield Group(min(members), tuple(sorted(members, key=richness, reverse=True)))


def _key(group: Group) -> int:
    """What groups are ordered by."""
    return group.key
