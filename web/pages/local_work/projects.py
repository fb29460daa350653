"""The register: five kinds of entries in tabs, one project, its pay-outs and postings.

In: what an office types. Out: pages and the change; entries of other divisions answer 404.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.service.around.local_work import PayOut, Site, SiteKind
from matcher.listings import Scope
from matcher.local_work.fields import amount, as_texts, read_site
from matcher.local_work.figures import (
    from_beijing,
    idle_days,
    lifted_of,
    lifted_share,
    mainly_lifted,
    people_of,
    relief_line,
    relief_lines,
    relief_total,
)
from matcher.local_work.register import keep, link, mark_pay, pay, remove, seen_site, undo, unlink
from matcher.office import UnitOfWork
from web.auth import scope
from web.config import the_office
from web.forms import asked, chosen, is_part, typed, typed_date, typed_key
from web.pages.local_work.common import (
    actor,
    address_of,
    back_to,
    form_fields,
    in_words,
    key_asked,
    money,
    offered_divisions,
    percent,
    place_word,
    state_word,
    typed_texts,
)
from web.phrases import say, t

bp = Blueprint("projects", __name__, url_prefix="/projects")
TABS = (SiteKind.INDUSTRY, SiteKind.RELIEF, SiteKind.COOPERATIVE, SiteKind.WORKSHOP)
KINDS = tuple(kind.value for kind in SiteKind)
MOST_VILLAGES = 2_000
PROJECTS = frozenset({SiteKind.INDUSTRY, SiteKind.RELIEF})
WORDS = {"money": money, "percent": percent, "place_word": place_word, "state_word": state_word}


@bp.get("/")
def index() -> str:
    """The entries of one kind, with what they come to."""
    kind = SiteKind(chosen(asked("kind", limit=20), [one.value for one in TABS]) or SiteKind.INDUSTRY.value)
    office, mine = the_office(), scope()
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        sites = unit.local_work.sites.all(TABS, division=mine.division, villages=mine.villages)
        lines = relief_lines(unit, mine, policy) if kind is SiteKind.RELIEF else []
        links = unit.local_work.sites.postings([site.key for site in sites if site.kind is kind])
    shown = [site for site in sites if site.kind is kind]
    return render_template(
        "local_work/index.html",
        kind=kind.value,
        tabs=[one.value for one in TABS],
        counts={one.value: sum(1 for site in sites if site.kind is one) for one in TABS},
        sites=shown,
        lines=lines,
        total=relief_total(lines, policy),
        least=policy.number("local_work.labour_share_min"),
        idle_most=policy.whole("local_work.workshop_idle_days"),
        links={key: len(found) for key, found in links.items()},
        beijing=from_beijing(shown),
        people=sum(people_of(site) or 0 for site in shown),
        lifted=sum(lifted_of(site) or 0 for site in shown),
        gone=key_asked("gone"),
        lifted_share=lifted_share,
        mainly={site.key: mainly_lifted(site.details, policy) for site in shown}
        if kind is SiteKind.COOPERATIVE
        else {},
        idle={site.key: idle_days(site, office.today()) for site in shown},
        address_of=address_of,
        **WORDS,
    )


@bp.get("/new")
def new() -> str:
    """An empty form of a kind."""
    kind = SiteKind(chosen(asked("kind", limit=20), KINDS) or SiteKind.INDUSTRY.value)
    return _form(kind, {"division": scope().division if len(scope().division) >= 6 else ""}, {}, None)


def _form(kind: SiteKind, texts: dict[str, str], problems: dict[str, object], site: Site | None) -> str:
    """The form of an entry; villages that people live in are offered, so that their coordinators find the entry."""
    mine = scope()
    with the_office().reading() as unit:
        villages = unit.finding.villages(division=mine.division, villages=mine.villages, limit=MOST_VILLAGES)
    return render_template(
        "local_work/form.html",
        kind=kind.value,
        site=site,
        fields=form_fields(kind, texts, problems),  # type: ignore[arg-type]
        divisions=offered_divisions(),
        villages=sorted({one.village for one in villages}),
        address=address_of(site) if site else url_for("projects.index", kind=kind.value),
        revision=texts.get("revision", ""),
    )


@bp.post("/new")
def make() -> str | Response | tuple[str, int]:
    """A new entry."""
    return _save(SiteKind(chosen(typed("kind", limit=20), KINDS) or SiteKind.INDUSTRY.value), None)


@bp.get("/<int:key>/edit")
def edit(key: int) -> str:
    """The form of an entry with what stands."""
    with the_office().reading() as unit:
        site = seen_site(unit, key, scope())
    return _form(site.kind, as_texts(site) | {"revision": str(site.revision)}, {}, site)


@bp.post("/<int:key>/edit")
def save(key: int) -> str | Response | tuple[str, int]:
    """What an entry is now."""
    with the_office().reading() as unit:
        site = seen_site(unit, key, scope())
    return _save(site.kind, site)


def _save(kind: SiteKind, before: Site | None) -> str | Response | tuple[str, int]:
    """Keeps what was typed, or shows what is wrong with it beside the fields."""
    texts = typed_texts(kind)
    read = read_site(kind, texts, before=before, revision=typed_key("revision"))
    if read.problems:
        return _form(kind, texts | {"revision": typed("revision", limit=12)}, dict(read.problems), before), 400
    with in_words():
        key = keep(the_office(), read.site, scope(), actor=actor())
    flash(t("LOCAL_SAVED"), "done")
    return back_to(key, scope())


@bp.post("/check")
def check() -> str | Response:
    """What is wrong with a form so far and what it comes to; nothing is kept."""
    kind = SiteKind(chosen(typed("kind", limit=20), KINDS) or SiteKind.INDUSTRY.value)
    read = read_site(kind, typed_texts(kind))
    policy = the_office().policy.at(the_office().today())
    line = relief_line(read.site, [], policy) if kind is SiteKind.RELIEF else None
    missing = {"name", "division"}
    problems = [(name, say(one)) for name, one in read.problems.items() if name not in missing or typed(name)]
    return render_template(
        "local_work/_check.html",
        problems=problems,
        site=read.site,
        line=line,
        share=lifted_share(read.site.details),
        mainly=mainly_lifted(read.site.details, policy) if kind is SiteKind.COOPERATIVE else None,  # type: ignore[arg-type]
        whole=not is_part(),
        **WORDS,
    )


@bp.get("/<int:key>")
def one(key: int) -> str:
    """One industry or work-relief project."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        site = seen_site(unit, key, mine, kinds=PROJECTS)
        outs = unit.local_work.pay.of([key]).get(key, [])
        about = about_site(unit, site, mine)
    line = relief_line(site, outs, office.policy.at(office.today())) if site.kind is SiteKind.RELIEF else None
    return render_template("local_work/project.html", outs=outs, line=line, today=office.today(), **about)


def about_site(unit: UnitOfWork, site: Site, mine: Scope) -> dict[str, object]:
    """What every page of an entry shows: its figures, postings, versions."""
    keys = unit.local_work.sites.postings([site.key]).get(site.key, [])
    told = as_texts(site)
    hidden = {"name", "division", "village", "place", "state", "contact", "phone", "note", "need_note"}
    facts = [
        (one, told[one.name]) for one in form_fields(site.kind, told, {}) if one.name not in hidden and told[one.name]
    ]
    return {
        "site": site,
        "key": site.key,
        "facts": facts,
        "postings": unit.postings.many(keys),
        "versions": unit.local_work.sites.versions(site.key),
        **WORDS,
    }


@bp.post("/<int:key>/remove")
def take_away(key: int) -> Response:
    """An entry was a mistake."""
    with the_office().reading() as unit:
        kind = seen_site(unit, key, scope()).kind
    with in_words():
        remove(the_office(), key, scope(), actor=actor())
    flash(t("LOCAL_REMOVED"), "done")
    if kind is SiteKind.POST:
        return redirect(url_for("posts.index", gone=key), 303)
    return redirect(url_for("projects.index", kind=kind.value, gone=key), 303)


@bp.post("/<int:key>/undo")
def put_back(key: int) -> Response:
    """The last change is taken back."""
    with in_words():
        undo(the_office(), key, scope(), actor=actor())
    flash(t("LOCAL_UNDONE"), "done")
    return back_to(key, scope())


@bp.post("/<int:key>/pay")
def pay_out(key: int) -> Response:
    """Labour pay handed to local people."""
    paid_on, yuan = typed_date("paid_on"), amount(typed("yuan", limit=20))
    if paid_on is None or yuan is None:
        raise InputRefused(t("LOCAL_PAY_NEEDS"))
    counts = {name: typed_key(name) for name in ("people", "lifted", "resettled")}
    out = PayOut(site_key=key, paid_on=paid_on, yuan=yuan, note=typed("note", limit=100), **counts)
    with in_words():
        pay(the_office(), out, scope(), actor=actor())
    flash(t("LOCAL_PAY_KEPT"), "done")
    return back_to(key, scope(), "pay")


@bp.post("/<int:key>/pay/mark")
def pay_mark(key: int) -> Response:
    """A pay-out was noted by mistake, or was not after all."""
    back = typed("back") == "1"
    with in_words():
        mark_pay(the_office(), key, typed_key("pay") or 0, scope(), back=back, actor=actor())
    flash(t("LOCAL_PAY_BACK" if back else "LOCAL_PAY_AGAIN"), "done")
    return back_to(key, scope(), "pay")


@bp.post("/<int:key>/posting")
def posting(key: int) -> Response:
    """A stored posting belongs to an entry, or does not after all."""
    with in_words():
        if typed("act") == "remove":
            unlink(the_office(), key, typed_key("posting") or 0, scope(), actor=actor())
        else:
            _link(key)
    flash(t("LOCAL_POSTING_KEPT"), "done")
    return back_to(key, scope(), "postings")


def _link(key: int) -> None:
    """The posting of a number belongs to an entry."""
    ref = typed("ref", limit=60)
    if not ref:
        raise InputRefused(t("LOCAL_POSTING_NEEDS"))
    link(the_office(), key, ref, scope(), actor=actor())
