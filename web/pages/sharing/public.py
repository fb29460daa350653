"""What anybody may read without signing in: feeds, pages and a spreadsheet of open postings.

In: a region, a cursor, the validators of an earlier answer. Out: the answer, or 304. Nothing at all (404) while the
office has not switched sharing on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from jobs_feed.publishing import json_feed, pages, rss, workbook
from jobs_feed.publishing.adverts import Advert, advert_of, fields_of
from jobs_feed.publishing.changes import MOST_A_PAGE, PAGE_SIZE, feed_page
from jobs_feed.publishing.frame import Frame, frame_of
from jobs_feed.publishing.regions import Region, everything, region_of_district, region_of_division
from jobs_feed.publishing.tree import advert_link
from matcher.domain.errors import InputRefused
from web.config import the_office
from web.forms import asked
from web.pages.sharing.shelf import Shelf, ShelfBusy

if TYPE_CHECKING:
    from matcher.office import Office
    from matcher.store import UnitOfWork

bp = Blueprint("shared", __name__, url_prefix="/shared")
SHELF = "job131.shelf"
LIST_SIZE = 200
BOOK_ROWS = 5_000
"""Postings of one spreadsheet over HTTP; whoever wants more takes the JSON feed or `feed publish`."""
_SETTLED = timedelta(seconds=2)
"""A change may share its second with the one before; until it is over, only the ETag tells them apart."""
_CURSOR_LENGTH = 80


@dataclass(frozen=True, slots=True)
class _Look:
    """One request: the office at one moment, and for whom."""

    office: Office
    unit: UnitOfWork
    frame: Frame
    region: Region
    root: str


@contextmanager
def _looking() -> Iterator[_Look]:
    """The office at one moment; 404 while sharing is off."""
    office = the_office()
    with office.reading() as unit:
        frame = frame_of(office, unit)
        if not frame.switched_on:
            abort(404)
        root = frame.public_url or request.url_root
        yield _Look(office, unit, frame, _region(office, frame), root)


def _region(office: Office, frame: Frame) -> Region:
    """The region of the address."""
    division, district = asked("division"), asked("district")
    if division and district:
        raise InputRefused(frame.wording.text("SHARE_BOTH_ASKED"))
    if division:
        return region_of_division(division, office.gazetteer, frame.wording)
    if district:
        return region_of_district(district, office.gazetteer, frame.pairings, frame.wording)
    return everything(frame.wording)


def _answer(look: _Look, kind: str, make: Callable[[], bytes], *extra: object) -> Response:
    """The answer with its validators, or 304 where the reader has it; made only where it has not."""
    frame = look.frame
    parts = [request.path, look.region.slug, look.root, frame.digest, frame.version, str(frame.today), *extra]
    tag = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
    modified = frame.moment.astimezone(UTC).replace(microsecond=0)
    settled = look.office.clock() - modified >= _SETTLED
    if _has_it(tag, modified if settled else None):
        response = Response(status=304)
    else:
        response = Response(_shelf().get(tag, make), content_type=kind)
    response.set_etag(tag)
    if settled:
        response.last_modified = modified
    response.headers["Cache-Control"] = "no-cache"
    return response


def _has_it(tag: str, modified: datetime | None) -> bool:
    """Whether the reader's copy is still right: by tag where it sends one, else by date."""
    if request.if_none_match:
        return request.if_none_match.contains(tag) or request.if_none_match.star_tag
    since = request.if_modified_since
    return since is not None and modified is not None and modified <= since


def _shelf() -> Shelf:
    """The shelf of this app."""
    shelf: Shelf = current_app.extensions.setdefault(SHELF, Shelf())
    return shelf


def _page_of(look: _Look) -> Callable[[Advert], str]:
    """The addresses of adverts."""
    return lambda advert: f"{look.root}shared/jobs/{advert.key}"


@bp.get("/feed.json")
def feed() -> Response:
    """Everything, or what changed since a cursor; `next` leads on."""
    since, limit = asked("since", limit=_CURSOR_LENGTH), _limit()
    with _looking() as look:

        def make() -> bytes:
            page = feed_page(look.office, look.unit, look.frame, look.region, since=since, limit=limit)
            kept = {name: request.args[name] for name in ("division", "district", "limit") if name in request.args}
            following = url_for("shared.feed", since=page.cursor, **kept)
            return json_feed.feed_json(page, look.frame, look.region, following=following, link=_page_of(look))

        return _answer(look, json_feed.JSON_TYPE, make, since, limit)


def _limit() -> int:
    """How many postings a page may hold."""
    text = asked("limit", limit=6)
    return min(max(int(text), 1), MOST_A_PAGE) if text.isascii() and text.isdecimal() else PAGE_SIZE


@bp.get("/rss.xml")
def news() -> Response:
    """The newest postings of a region."""
    with _looking() as look:

        def make() -> bytes:
            itself = f"{look.root}shared/rss.xml" + _query(look.region)
            home = f"{look.root}shared/"
            adverts = _newest(look, rss.MOST_ITEMS)
            return rss.rss_feed(adverts, look.frame, look.region, home=home, itself=itself, link=_page_of(look))

        return _answer(look, rss.RSS_TYPE, make)


@bp.get("/jobs.xlsx")
def book() -> Response:
    """The newest postings of a region as a spreadsheet."""
    with _looking() as look:

        def make() -> bytes:
            return workbook.write_rows(fields_of(advert) for advert in _newest(look, BOOK_ROWS))

        answer = _answer(look, workbook.XLSX_TYPE, make)
        answer.headers["Content-Disposition"] = f'attachment; filename="jobs-{look.region.slug}.xlsx"'
        return answer


def _newest(look: _Look, most: int) -> list[Advert]:
    """Published postings of the region, those stored last."""
    found: list[Advert] = []
    for row in look.unit.sharing.open_newest(look.region.divisions):
        advert = advert_of(row, look.office, look.frame)
        if advert is not None:
            found.append(advert)
            if len(found) == most:
                break
    return found


@bp.get("/")
@bp.get("/index.html")
def index() -> Response:
    """The list for people, and where the feeds are."""
    since = asked("since", limit=_CURSOR_LENGTH)
    with _looking() as look:

        def make() -> bytes:
            page = feed_page(look.office, look.unit, look.frame, look.region, since=since, limit=LIST_SIZE)
            links = [advert_link(advert, f"jobs/{advert.key}") for advert in page.adverts]
            kept = {name: request.args[name] for name in ("division", "district") if name in request.args}
            following = url_for("shared.index", since=page.cursor, **kept) if page.more else ""
            return pages.list_page(look.region.name, links, _feeds(look), look.frame, following=following)

        return _answer(look, pages.HTML_TYPE, make, since)


def _feeds(look: _Look) -> list[pages.Link]:
    """Where the feeds of the region are."""
    say, query = look.frame.wording.text, _query(look.region)
    return [
        pages.Link(f"feed.json{query}", say("SHARE_JSON")),
        pages.Link(f"rss.xml{query}", say("SHARE_RSS")),
        pages.Link(f"jobs.xlsx{query}", say("SHARE_FORM_XLSX")),
    ]


def _query(region: Region) -> str:
    """The region as it stands behind an address."""
    if not region.divisions:
        return ""
    name = "district" if region.slug.startswith("district-") else "division"
    return f"?{name}={region.divisions[0]}"


@bp.get("/jobs/<int:key>")
def job(key: int) -> AnyResponse:
    """One posting, for people and search engines; an advert another one speaks for leads there."""
    with _looking() as look:
        row = look.unit.sharing.one(key)
        shown = look.frame.spoken.on(look.frame.today).get(key, key)
        if row is not None and shown != key:
            return redirect(url_for("shared.job", key=shown))
        advert = None if row is None else advert_of(row, look.office, look.frame)
        if advert is None:
            abort(404)

        def make() -> bytes:
            address = f"{look.root}shared/jobs/{key}"
            return pages.advert_page(advert, look.frame, look.office.gazetteer, address=address)

        return _answer(look, pages.HTML_TYPE, make)


@bp.get(f"/{pages.STYLE_FILE}")
def style() -> Response:
    """The style sheet of the pages."""
    with _looking() as look:
        return _answer(look, "text/css; charset=utf-8", pages.style_sheet)


@bp.errorhandler(InputRefused)
def refused(error: InputRefused) -> Response:
    """What was asked for is not there, in words for a person and a form for a program."""
    return _problem(400, error.message)


@bp.errorhandler(ShelfBusy)
def busy(error: ShelfBusy) -> Response:
    """Too many ask at once: come again."""
    response = _problem(503, the_office().wording("zh", "jobs_feed").text("SHARE_BUSY"))
    response.headers["Retry-After"] = "5"
    return response


def _problem(status: int, detail: str) -> Response:
    """An error as RFC 9457 has it."""
    body = json.dumps({"type": "about:blank", "status": status, "detail": detail}, ensure_ascii=False)
    return Response(body + "\n", status=status, content_type="application/problem+json")
