"""Keeping the register: entries made, changed, taken away, put back; their postings and pay-outs.

In: an office, an account's scope, what was typed. Out: the change, whole or not at all, noted in the audit record. The
postings of a workshop that stands idle, and of entries taken away or over, are suggested to nobody meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.domain.division import lies_within
from matcher.domain.posting import PostingKind
from matcher.domain.service.around.local_work import PayOut, Site, SiteKind, SiteState, Workshop
from matcher.listings import Scope
from matcher.local_work.fields import contradictions
from matcher.local_work.refusing import LocalRefused
from matcher.office import Office
from matcher.store.store import UnitOfWork

POSTING_KINDS: dict[SiteKind, frozenset[PostingKind]] = {
    SiteKind.INDUSTRY: frozenset(PostingKind),
    SiteKind.RELIEF: frozenset({PostingKind.WORK_RELIEF}),
    SiteKind.COOPERATIVE: frozenset(PostingKind),
    SiteKind.WORKSHOP: frozenset({PostingKind.WORKSHOP}),
    SiteKind.POST: frozenset({PostingKind.PUBLIC_WELFARE}),
}
"""What kinds of posting may belong to an entry."""
_AT_REST = frozenset({SiteState.PAUSED, SiteState.FINISHED})


def seen_site(unit: UnitOfWork, key: int, scope: Scope, *, kinds: frozenset[SiteKind] = frozenset()) -> Site:
    """One entry within a scope; RecordNotFound where there is none."""
    found = unit.local_work.sites.get(key, division=scope.division, villages=scope.villages)
    if kinds and found.kind not in kinds:
        return unit.local_work.sites.get(0)
    return found


def keep(office: Office, site: Site, scope: Scope, *, actor: str) -> int:
    """A new entry, or what one is now; its key."""
    _check(office, site, scope)
    site = _idle_since(office, site)
    with office.unit(actor) as unit:
        site = _named_today(unit, site)
        if site.key:
            seen_site(unit, site.key, scope)
            unit.local_work.sites.change(site, expected_revision=site.revision)
            _postings_follow(unit, site.key, site.state)
        else:
            site = replace(site, key=unit.local_work.sites.add(site))
        unit.audit.note("local_work", subject=f"site:{site.key}", fields=site.kind.value)
    return site.key


def keep_many(office: Office, sites: Sequence[Site], scope: Scope, *, actor: str) -> tuple[int, int]:
    """New entries of a sheet, all or none; how many, and how many stood there already and stay as they are."""
    for site in sites:
        _check(office, site, scope)
    fresh = [_idle_since(office, site) for site in sites]
    with office.unit(actor) as unit:
        there = {_named(one) for one in unit.local_work.sites.all({one.kind for one in sites}, division=scope.division)}
        made = 0
        for site in (_named_today(unit, one) for one in fresh):
            if _named(site) not in there:
                there.add(_named(site))
                unit.local_work.sites.add(site)
                made += 1
        unit.audit.note("local_work_sheet", subject="sites", fields=str(made))
    return made, len(fresh) - made


def _named_today(unit: UnitOfWork, site: Site) -> Site:
    """An entry in its village as it is called today, also where a sheet or an earlier version has the old name."""
    now = unit.renamed.now(site.division, site.village)
    return replace(site, village=now.name, division=now.code)


def _named(site: Site) -> tuple[str, str, str, str]:
    """By what an entry of a sheet is known again."""
    return site.kind.value, site.name, site.division, site.village


def _check(office: Office, site: Site, scope: Scope) -> None:
    """Whether an entry may be kept: free of contradictions, within the scope."""
    wrong = next(iter(contradictions(site).values()), None)
    if wrong is not None:
        raise LocalRefused(wrong.code, **(wrong.args or {}))
    if not lies_within(site.division, scope.division) or not lies_within(site.division, office.gazetteer.home):
        raise LocalRefused("LOCAL_ELSEWHERE")


def _idle_since(office: Office, site: Site) -> Site:
    """A workshop that stands idle, with the day since when; one that works has none."""
    if not isinstance(site.details, Workshop):
        return site
    since = (site.details.idle_since or office.today()) if site.state is SiteState.PAUSED else None
    if since is not None and since > office.today():
        raise LocalRefused("LOCAL_IDLE_LATER")
    return replace(site, details=replace(site.details, idle_since=since))


def _postings_follow(unit: UnitOfWork, key: int, state: SiteState) -> int:
    """Postings of what is at rest are held, of what works are open again; how many changed."""
    sites = unit.local_work.sites
    return sites.hold_postings(key) if state in _AT_REST else sites.release_postings(key)


def remove(office: Office, key: int, scope: Scope, *, actor: str) -> None:
    """An entry was a mistake: it is shown no more and can be put back."""
    with office.unit(actor) as unit:
        site = seen_site(unit, key, scope)
        if any(one.ended_on is None and one.started_on for one in unit.local_work.members.of_sites([key]).get(key, [])):
            raise LocalRefused("LOCAL_STILL_PEOPLE")
        unit.local_work.sites.change(site, removed=True)
        _postings_follow(unit, key, SiteState.FINISHED)
        unit.audit.note("local_work_removed", subject=f"site:{key}", fields=site.kind.value)


def undo(office: Office, key: int, scope: Scope, *, actor: str) -> None:
    """The last change of an entry is taken back, or its being taken away."""
    with office.unit(actor) as unit:
        sites = unit.local_work.sites
        now = sites.get(key, division=scope.division, villages=scope.villages, removed=True)
        before = sites.versions(key)
        if not before:
            raise LocalRefused("LOCAL_NOTHING_BEFORE")
        back = _named_today(unit, replace(before[0].site, key=key, revision=now.revision))
        if not lies_within(back.division, scope.division):
            raise LocalRefused("LOCAL_ELSEWHERE")
        sites.change(back)
        for one in (before[0], sites.versions(key)[0]):
            sites.drop_version(one.key)
        _postings_follow(unit, key, back.state)
        unit.audit.note("local_work_undone", subject=f"site:{key}", fields=back.kind.value)


def link(office: Office, key: int, ref: str, scope: Scope, *, actor: str) -> int:
    """A stored posting belongs to an entry; its key."""
    with office.unit(actor) as unit:
        site = seen_site(unit, key, scope)
        posting = unit.postings.by_ref(ref.strip())
        if posting.value.kind not in POSTING_KINDS[site.kind]:
            raise LocalRefused("LOCAL_OTHER_KIND", kind=posting.value.kind.value)
        unit.local_work.sites.link(key, posting.key)
        _postings_follow(unit, key, site.state)
        unit.audit.note("local_work_posting", subject=f"site:{key}", fields=f"posting:{posting.key}")
    return posting.key


def sites_of_posting(unit: UnitOfWork, posting_key: int) -> list[Site]:
    """The entries a posting belongs to; one that was taken away is none."""
    return unit.local_work.sites.of_posting(posting_key)


def unlink(office: Office, key: int, posting_key: int, scope: Scope, *, actor: str) -> None:
    """A posting does not belong to an entry; where it was held with it, it is open again."""
    with office.unit(actor) as unit:
        site = seen_site(unit, key, scope)
        unit.local_work.sites.release_postings(key)
        unit.local_work.sites.unlink(key, posting_key)
        _postings_follow(unit, key, site.state)
        unit.audit.note("local_work_posting_gone", subject=f"site:{key}", fields=f"posting:{posting_key}")


def pay(office: Office, out: PayOut, scope: Scope, *, actor: str) -> int:
    """Labour pay handed to local people; its key."""
    if out.yuan <= 0:
        raise LocalRefused("LOCAL_BAD_YUAN", value=str(out.yuan))
    if out.paid_on > office.today():
        raise LocalRefused("LOCAL_PAID_LATER")
    for part in (out.lifted, out.resettled):
        if part is not None and out.people is not None and part > out.people:
            raise LocalRefused("LOCAL_OVER_PEOPLE", part=part, whole=out.people)
    with office.unit(actor) as unit:
        seen_site(unit, out.site_key, scope, kinds=frozenset({SiteKind.RELIEF}))
        key = unit.local_work.pay.add(out)
        unit.audit.note("local_work_pay", subject=f"site:{out.site_key}", fields="pay")
    return key


def mark_pay(office: Office, site_key: int, pay_key: int, scope: Scope, *, back: bool, actor: str) -> None:
    """A pay-out was noted by mistake, or was not after all."""
    with office.unit(actor) as unit:
        seen_site(unit, site_key, scope, kinds=frozenset({SiteKind.RELIEF}))
        unit.local_work.pay.mark(pay_key, site_key=site_key, back=back)
        unit.audit.note("local_work_pay_back" if back else "local_work_pay_again", subject=f"site:{site_key}")
