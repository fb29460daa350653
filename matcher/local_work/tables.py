"""The register as tables for the offices: what stands in which column.

In: entries with figures, people at posts. Out: headers as codes and rows of plain values (domain 4.1: table of
work-relief projects, workshop ledger, ledger of public-welfare posts). Unknown stays empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from matcher.domain.service.around.local_work import (
    Cooperative,
    Industry,
    Member,
    PublicPost,
    Review,
    Site,
    SiteKind,
    Workshop,
)
from matcher.local_work.figures import ReliefLine, idle_days, lifted_share
from matcher.local_work.looking_after import Looked
from matcher.policy import PolicyAt
from matcher.store.workers import StoredWorker

Value = str | int | float | None
Name = Callable[[str], str]
"""A code in words."""

HEADS: dict[SiteKind, tuple[str, ...]] = {
    SiteKind.INDUSTRY: (
        *("NAME", "DIVISION", "VILLAGE", "STATE", "OPERATOR", "INDUSTRY", "LINKED_FUND", "INVEST_YUAN", "FUND_YUAN"),
        *("HIRES_PLANNED", "HIRES", "HIRES_LIFTED", "SHARE_LIFTED", "HIRES_RESETTLED", "ORIGIN", "PARTNER"),
    ),
    SiteKind.RELIEF: (
        *("NAME", "DIVISION", "VILLAGE", "STATE", "RELIEF_TYPE", "OPERATOR", "INVEST_YUAN", "FUNDS_YUAN"),
        *("LABOUR_PLANNED_YUAN", "SHARE_PLANNED", "LABOUR_PAID", "SHARE_PAID", "REACHED", "LACKING", "POSTS"),
        *("POSTS_RESETTLED", "HIRES", "HIRES_LIFTED", "HIRES_RESETTLED", "ORIGIN", "PARTNER"),
    ),
    SiteKind.COOPERATIVE: (
        *("NAME", "DIVISION", "VILLAGE", "STATE", "BUSINESS", "MEMBERS", "MEMBERS_LIFTED", "SHARE_LIFTED", "MAINLY"),
        *("MEMBERS_RESETTLED", "LABOUR_YUAN", "ORIGIN", "PARTNER"),
    ),
    SiteKind.WORKSHOP: (
        *("NAME", "DIVISION", "VILLAGE", "STATE", "IDLE_DAYS", "OPERATOR", "PRODUCT", "PIECE_RATE", "WORKERS"),
        *(
            "WORKERS_LIFTED",
            "SHARE_LIFTED",
            "WORKERS_RESETTLED",
            "INSURANCE",
            "ACCIDENT_INSURANCE",
            "ORIGIN",
            "PARTNER",
        ),
    ),
}
LEDGER = (
    *("NUMBER", "NAME", "DIVISION", "VILLAGE", "SOURCE", "POST_TYPE", "NEED_NOTE", "NEED", "HEADCOUNT", "HOURS_WEEK"),
    *("ALLOWANCE_YUAN", "PERSON", "PERSON_VILLAGE", "LABOUR", "GROUND", "CANNOT_LEAVE", "MARKET", "NOTICE", "STAGE"),
    *("STARTED_ON", "TERM_END", "DAYS_CAME", "REVIEWED", "EXTENDED", "ENDED_ON", "END_REASON", "EXIT_TO"),
)
"""The ledger of public-welfare posts, one row a person."""


def industry_row(site: Site, word: Name) -> list[Value]:
    """A project of local industry."""
    d = site.details
    assert isinstance(d, Industry)
    return [
        *_place(site, word),
        *(d.operator, d.industry, _yes(d.linked_fund, word), d.invest_yuan, d.fund_yuan),
        *(d.hires_planned, d.hires, d.hires_lifted, _share(lifted_share(d)), d.hires_resettled),
        *_origin(site, word),
    ]


def relief_row(line: ReliefLine, word: Name) -> list[Value]:
    """A work-relief project with its shares, planned and paid apart."""
    d, share = line.details, line.share
    return [
        *_place(line.site, word),
        *(word(f"LOCAL_TYPE_{d.relief_type.name}"), d.operator, d.invest_yuan, d.funds_yuan),
        *(d.labour_planned_yuan, _share(share.planned_share), share.paid, _share(share.actual_share)),
        *(word(f"LOCAL_RATIO_{line.state.upper()}"), share.lacking, d.posts, d.posts_resettled),
        *(d.hires, d.hires_lifted, d.hires_resettled),
        *_origin(line.site, word),
    ]


def cooperative_row(site: Site, mainly: bool | None, word: Name) -> list[Value]:
    """A cooperative with its label."""
    d = site.details
    assert isinstance(d, Cooperative)
    return [
        *_place(site, word),
        *(d.business, d.members, d.members_lifted, _share(lifted_share(d)), _yes(mainly, word)),
        *(d.members_resettled, d.labour_yuan),
        *_origin(site, word),
    ]


def workshop_row(site: Site, on: date, word: Name) -> list[Value]:
    """A workshop, open or idle."""
    d = site.details
    assert isinstance(d, Workshop)
    return [
        *_place(site, word),
        *(idle_days(site, on), d.operator, d.product, d.piece_rate, d.workers, d.workers_lifted),
        *(_share(lifted_share(d)), d.workers_resettled, _yes(d.insurance, word), _yes(d.accident_insurance, word)),
        *_origin(site, word),
    ]


def ledger_rows(
    sites: Sequence[Site],
    members: Mapping[int, Sequence[Member]],
    people: Mapping[int, StoredWorker],
    looked: Mapping[int, Looked],
    reviews: Mapping[int, Sequence[Review]],
    policy: PolicyAt,
    word: Name,
) -> list[list[Value]]:
    """The ledger of public-welfare posts: a row a person, a row also for a post nobody holds."""
    rows: list[list[Value]] = []
    for site in sites:
        post = site.details
        assert isinstance(post, PublicPost)
        there = [one for one in members.get(site.key, ()) if one.worker_key in people]
        for one in there or (None,):
            front: list[Value] = [len(rows) + 1, site.name, word(site.division), site.village, post.source]
            front += [post.post_type, post.need_note, post.need, post.headcount, post.hours_week, post.allowance_yuan]
            person = [] if one is None else _person(one, people[one.worker_key], looked.get(one.key), reviews, word)
            rows.append(front + person)
    return rows


def _person(
    one: Member, person: StoredWorker, looked: Looked | None, reviews: Mapping[int, Sequence[Review]], word: Name
) -> list[Value]:
    """The columns about somebody at a post."""
    skill = person.value.labour_skill
    came = sum(month.days_present for month in looked.months) if looked else None
    last = next(iter(reviews.get(one.key, ())), None)
    reviewed = "" if last is None else f"{last.reviewed_on.isoformat()} {word(f'LOCAL_REVIEW_{last.result.name}')}"
    days = [day.isoformat() if day else "" for day in (one.started_on, one.term_end, one.ended_on)]
    notice = f"{one.notice_from} – {one.notice_to}" if one.notice_from and one.notice_to else ""
    return [
        *(person.value.name, person.value.village, skill.value if skill else ""),
        *(word(f"LOCAL_GROUND_{one.ground.upper()}") if one.ground else "", one.said.cannot_leave, one.said.market),
        *(notice, word(f"LOCAL_STAGE_{one.stage.name}"), days[0], days[1], came, reviewed, one.extended),
        *(days[2], one.said.end_reason, word(f"LOCAL_EXIT_{one.said.exit_to.upper()}") if one.said.exit_to else ""),
    ]


def _place(site: Site, word: Name) -> list[Value]:
    """Name, place and state."""
    group = "WORKSHOP_" if site.kind is SiteKind.WORKSHOP and site.state.value in {"running", "paused"} else ""
    return [site.name, word(site.division), site.village, word(f"LOCAL_STATE_{group}{site.state.name}")]


def _origin(site: Site, word: Name) -> list[Value]:
    """Whose help it was made with."""
    return [word(f"LOCAL_ORIGIN_{site.origin.name}"), site.partner]


def _share(share: float | None) -> float | None:
    """A share in hundredths, cut, never rounded up to what is asked for."""
    return None if share is None else int(share * 1000 + 1e-9) / 10


def _yes(value: bool | None, word: Name) -> str:
    """Yes, no, or nothing."""
    return "" if value is None else word("LOCAL_YES" if value else "LOCAL_NO")
