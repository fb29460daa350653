"""Posts of projects for resettled people: each project, each kind, the total, and what is missing to the share.

In: what was reported. Out: the page, the 搬迁岗位 10 % 表 as a file; projects added, changed, removed.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.settled import ProjectKind, ProjectPosts
from matcher.settled.posts import missing, remove_posts, save_posts, sums
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, typed, typed_date, typed_division, typed_key
from web.pages.intake.life import divisions
from web.pages.papers.lists import ENDINGS, Listing, deliver_listing
from web.pages.presentation import named
from web.pages.settled.settlements import bp, settlement_listing, window_listing
from web.pages.settled.typed import typed_count
from web.phrases import t

KINDS = tuple(ProjectKind)


def share() -> float:
    """The share the policy asks for."""
    office = the_office()
    return office.policy.at(office.today()).number("settled.posts_share")


@bp.get("/posts")
def posts() -> str:
    """Every project of the scope, those below the share first."""
    mine, asked_share = scope(), share()
    with the_office().reading() as unit:
        found = unit.project_posts.all(division=mine.division)
    opened = [one for one in found if str(one.key) == asked("project", limit=12)]
    return render_template(
        "settled/posts.html",
        rows=sorted(found, key=lambda one: one.ratio is None or one.ratio >= asked_share),
        sums=sums(found),
        opened=opened[0] if opened else None,
        share=asked_share,
        missing=missing,
        kinds=KINDS,
        divisions=divisions(mine.division),
        today=the_office().today(),
    )


@bp.post("/posts")
def keep_posts() -> Response:
    """Add a project, or change one."""
    key = typed_key("key") or 0
    kind = chosen(typed("kind"), KINDS)
    if not kind:
        raise InputRefused(t("SETTLED_SAY_KIND"))
    told = ProjectPosts(
        key=key,
        name=typed("name", limit=80),
        kind=ProjectKind(kind),
        division=typed_division("place"),
        posts_total=typed_count("total"),
        posts_resettled=typed_count("resettled"),
        reported_on=typed_date("on") or the_office().today(),
        note=typed("note", limit=200),
        revision=typed_key("revision") or 1,
    )
    save_posts(the_office(), scope(), told, actor=signed_in().name)
    flash(t("SETTLED_POSTS_SAVED"), "done")
    return redirect(url_for("settled.posts"), 303)


@bp.post("/posts/remove")
def drop_posts() -> Response:
    """Take a project out."""
    remove_posts(the_office(), scope(), typed_key("key") or 0, actor=signed_in().name)
    flash(t("SETTLED_POSTS_REMOVED"), "done")
    return redirect(url_for("settled.posts"), 303)


@bp.get("/list/<which>.<ending>")
def download(which: str, ending: str) -> Response:
    """One of the tables as a file."""
    makers = {"windows": window_listing, "settlements": settlement_listing, "posts": posts_listing}
    if which not in makers or ending not in ENDINGS:
        raise RecordNotFound("no such list")
    return deliver_listing(makers[which](), ending)


def posts_listing() -> Listing:
    """The 搬迁岗位 10 % 表."""
    mine, asked_share = scope(), share()
    with the_office().reading() as unit:
        found = unit.project_posts.all(division=mine.division)
    rows = [
        (one.name, named("division", one.division), t(f"SETTLED_PROJECT_{one.kind.name}"), one.posts_total,
         one.posts_resettled, percent(one.ratio), missing(one.posts_total, one.posts_resettled, asked_share),
         one.reported_on.isoformat())
        for one in found
    ]  # fmt: skip
    rows += [
        (t("SETTLED_SUM"), "", t(f"SETTLED_PROJECT_{one.kind.name}") if one.kind else t("SETTLED_SUM_ALL"),
         one.posts_total, one.posts_resettled, percent(one.ratio), one.short(asked_share), "")
        for one in sums(found)
        if one.projects
    ]  # fmt: skip
    heads = ("PROJECT", "BANNER", "PROJECT_KIND", "TOTAL", "RESETTLED", "RATIO", "MISSING", "REPORTED_ON")
    return Listing(
        name="resettled-posts",
        title=t("SETTLED_POSTS_TABLE"),
        heads=tuple(t(f"SETTLED_COL_{head}") for head in heads),
        layout=(22, 14, 16, 9, 11, 9, 9, 11),
        rows=rows,
        notes=(t("SETTLED_POSTS_NOTE", percent=round(100 * asked_share)), t("SETTLED_BASIS")),
        place=named("division", mine.division) if mine.division else "",
    )


def percent(ratio: float | None) -> str:
    """A share as people read it."""
    return "" if ratio is None else f"{100 * ratio:.1f}%"
