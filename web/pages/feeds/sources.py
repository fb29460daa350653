"""Sources of postings: add, try, pull, pause, accept, forget, and what every pull did.

In: what staff type and press. Out: pages; a pull runs in a process of its own, and what it did stands in the log.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.feeds.managing import accept_loss, add_feed, pause_feed, read_mapping, remove_feed, try_feed
from jobs_feed.feeds.surroundings import Surroundings
from jobs_feed.report import FileRefused, grouped
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.feed import Feed, FeedKind
from web.auth import signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_lines
from web.incoming.pulling import start_pull
from web.pages.feeds.view import lines_of, log_of
from web.phrases import say, t, wording

bp = Blueprint("feeds", __name__, url_prefix="/imports/sources")
KINDS = tuple(kind.value for kind in FeedKind if kind is not FeedKind.FOLDER)
HOW_OFTEN = {"60": 60, "360": 360, "1440": 1440, "10080": 10080}
"""Minutes that can be chosen; nothing chosen follows the policy."""
LOG_LINES = 40
SHOWN_POSTINGS = 8
SHOWN_PROBLEMS = 12


@bp.get("/")
def index() -> str:
    """Every source and how it stands."""
    office = the_office()
    with office.reading() as unit:
        feeds, busy = unit.feeds.all(), unit.feeds.busy()
    return render_template("feeds/index.html", lines=lines_of(office, feeds, busy), kinds=KINDS, often=HOW_OFTEN)


@bp.post("/")
def add() -> Response:
    """A new source; folders of the server are added at the server itself."""
    declared = Feed(
        name=typed("name", limit=60),
        url=typed("url", limit=2_000),
        kind=FeedKind(chosen(typed("kind"), KINDS) or "auto"),
        sender=typed("sender", limit=60),
        mapping=read_mapping(typed_lines("mapping", lines=40)),
        hosts=tuple(typed_lines("hosts", lines=10)),
        every_minutes=HOW_OFTEN.get(typed("every"), 0),
    )
    if "://" not in declared.url:
        raise InputRefused(t("PAGE_FEED_NO_ADDRESS"))
    try:
        added = add_feed(the_office(), declared, Surroundings.from_environment(), actor=signed_in().name)
    except FileRefused as refusal:
        raise InputRefused(say(refusal.phrase)) from refusal
    flash(t("PAGE_FEED_ADDED", feed=added.name), "done")
    with the_office().reading() as unit:
        key = unit.feeds.get(added.name).key
    return redirect(url_for("feeds.source", key=key))


@bp.get("/<int:key>")
def source(key: int) -> str:
    """One source with its log."""
    return _source_page(key)


def _source_page(key: int, **more: object) -> str:
    """The page of a source."""
    office = the_office()
    with office.reading() as unit:
        stored = unit.feeds.by_key(key)
        busy, events = unit.feeds.busy(), unit.feeds.events(key, limit=LOG_LINES)
    line = lines_of(office, [stored], busy)[0]
    return render_template("feeds/source.html", line=line, feed=stored.feed, log=log_of(events), **more)


def _name(key: int) -> str:
    """The name of the feed of a key."""
    with the_office().reading() as unit:
        return unit.feeds.by_key(key).feed.name


@bp.post("/<int:key>/try")
def attempt(key: int) -> str:
    """What a pull would bring; nothing is stored."""
    trial = try_feed(the_office(), _name(key), Surroundings.from_environment())
    problems = [problem.line(wording()) for problem in trial.result.problems[:SHOWN_PROBLEMS]]
    return _source_page(
        key,
        tried=trial.result.message(wording()),
        tried_well=trial.result.exit_code == 0,
        postings=trial.postings[:SHOWN_POSTINGS],
        problems=problems,
        notices=grouped(trial.result.notices, wording())[:SHOWN_PROBLEMS],
    )


@bp.post("/<int:key>/pull")
def pull(key: int) -> Response:
    """Pull now, beside this request."""
    _name(key)
    start_pull(the_office().config, key, signed_in().name)
    flash(t("PAGE_FEED_PULLING"), "done")
    return redirect(url_for("feeds.source", key=key, _anchor="log"))


@bp.post("/<int:key>/pause")
def pause(key: int) -> Response:
    """Let it rest, or take it up again."""
    paused = typed("paused") == "1"
    pause_feed(the_office(), _name(key), paused=paused, actor=signed_in().name)
    flash(t("PAGE_FEED_PAUSED" if paused else "PAGE_FEED_RESUMED"), "done")
    return redirect(url_for("feeds.source", key=key))


@bp.post("/<int:key>/accept")
def accept(key: int) -> Response:
    """A person says that the source has really become so short; it is pulled at once."""
    if not accept_loss(the_office(), _name(key), actor=signed_in().name):
        raise InputRefused(t("PAGE_FEED_NOT_ASKED"))
    start_pull(the_office().config, key, signed_in().name)
    flash(t("PAGE_FEED_ACCEPTED"), "done")
    return redirect(url_for("feeds.source", key=key))


@bp.post("/<int:key>/remove")
def remove(key: int) -> Response:
    """Forget it; its postings stay unless they are to go too."""
    withdrawn = remove_feed(the_office(), _name(key), withdraw=typed("withdraw") == "1", actor=signed_in().name)
    flash(t("PAGE_FEED_REMOVED", count=withdrawn), "done")
    return redirect(url_for("feeds.index"))
