"""A publication as a folder of files that any web server can offer.

In: an office, a folder, a region. Out: index.json and index.html, feed-<region>.json, rss-<region>.xml, jobs.xlsx,
jobs/<ref>.html, and a site map where the address is known. The same postings give the same bytes; what is no longer
published is taken away. Everything is of one moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec

from jobs_feed.publishing.adverts import Advert, fields_of
from jobs_feed.publishing.changes import MOST_A_PAGE, FeedPage, feed_page
from jobs_feed.publishing.files import page_name, remove_others, write_whole
from jobs_feed.publishing.frame import FORMAT, Frame
from jobs_feed.publishing.json_feed import feed_of_items, item_of
from jobs_feed.publishing.pages import STYLE_FILE, Link, advert_page, list_page, style_sheet
from jobs_feed.publishing.regions import Region, regions_with_postings
from jobs_feed.publishing.rss import rss_feed
from jobs_feed.publishing.workbook import write_rows
from matcher.domain.errors import InputRefused
from matcher.domain.posting import PostingFacts
from matcher.office import Office
from matcher.store import UnitOfWork

INDEX, FOLDER, BOOK = "index.json", "jobs", "jobs.xlsx"
_A_LIST_PAGE = 500
_A_SITE_MAP = 50_000
"""The most addresses a site map may hold."""


@dataclass(slots=True)
class Written:
    """What a publication did to its folder."""

    postings: int = 0
    changed: int = 0
    removed: int = 0
    names: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Tree:
    """A publication while it is written."""

    folder: Path
    office: Office
    frame: Frame
    base: str
    written: Written = field(default_factory=Written)
    adverts: list[Advert] = field(default_factory=list)
    cursor: str = ""

    def put(self, name: str, content: bytes) -> None:
        """One file."""
        self.written.changed += write_whole(self.folder / name, content)
        self.written.names.add(name)

    def address(self, advert: Advert) -> str:
        """Where an advert's page is."""
        return f"{self.base}{FOLDER}/{page_name(advert.ref)}"


def publish_tree(office: Office, unit: UnitOfWork, frame: Frame, region: Region, folder: Path, *, base: str) -> Written:
    """Writes a publication; `base` is the address the folder will have, ending in “/”, "" where that is not known."""
    tree = _Tree(folder, office, frame, base)
    try:
        ours = _prepare(folder, frame)
    except OSError as wrong:
        raise InputRefused(frame.wording.text("SHARE_NOT_A_FOLDER", path=str(folder)), ref=str(folder)) from wrong
    try:
        _write_adverts(tree, unit, region)
        regions = [region] if region.divisions else _regions(tree, office)
        feeds = [_write_feeds(tree, one) for one in regions]
        tree.put(BOOK, write_rows(fields_of(advert) for advert in tree.adverts))
        tree.put(STYLE_FILE, style_sheet())
        _write_site_map(tree)
        _write_lists(tree, region, feeds)
        _write_index(tree, region, feeds)
        if ours:
            names = tree.written.names
            tree.written.removed += remove_others(folder, names)
            tree.written.removed += remove_others(folder / FOLDER, (name.removeprefix(f"{FOLDER}/") for name in names))
    except OSError as refused:
        raise InputRefused(frame.wording.text("SHARE_NOT_WRITTEN", reason=str(refused.strerror))) from refused
    tree.written.postings = len(tree.adverts)
    return tree.written


def _prepare(folder: Path, frame: Frame) -> bool:
    """The folder, made where it is missing; whether a publication lies in it. Somebody else's pages are left alone."""
    try:
        index = json.loads((folder / INDEX).read_bytes()) if (folder / INDEX).exists() else {}
    except ValueError:
        index = {}
    ours = isinstance(index, dict) and index.get("version") == FORMAT and "feeds" in index
    if not ours and any((folder / name).exists() for name in (INDEX, "index.html")):
        raise InputRefused(frame.wording.text("SHARE_FOLDER_TAKEN", path=str(folder)), ref=str(folder))
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    return ours


def _write_adverts(tree: _Tree, unit: UnitOfWork, region: Region) -> None:
    """A page an advert; the adverts are kept without what only their page needs."""
    more = True
    while more:
        page = feed_page(tree.office, unit, tree.frame, region, since=tree.cursor, limit=MOST_A_PAGE)
        for advert in page.adverts:
            address = tree.address(advert) if tree.base else ""
            content = advert_page(advert, tree.frame, tree.office.gazetteer, address=address)
            tree.put(f"{FOLDER}/{page_name(advert.ref)}", content)
            tree.adverts.append(replace(advert, facts=PostingFacts()))
        tree.cursor, more = page.cursor, page.more


def _regions(tree: _Tree, office: Office) -> list[Region]:
    """All regions that have postings, and every paired district."""
    codes = {advert.posting.place.code for advert in tree.adverts}
    return regions_with_postings(codes, office.gazetteer, tree.frame.pairings, tree.frame.wording)


@dataclass(frozen=True, slots=True)
class _Feed:
    """The feeds of one region."""

    region: Region
    postings: int
    json_name: str
    rss_name: str


def _write_feeds(tree: _Tree, region: Region) -> _Feed:
    """The JSON and RSS of a region."""
    adverts = [advert for advert in tree.adverts if region.holds(advert.posting.place.code)]
    first = f"feed-{region.slug}.json"
    parts = [adverts[at : at + MOST_A_PAGE] for at in range(0, len(adverts), MOST_A_PAGE)] or [[]]
    names = [first, *(f"feed-{region.slug}-{number}.json" for number in range(2, len(parts) + 1))]
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        page = FeedPage(tree.cursor, not last, True)
        items = [item_of(advert, tree.address(advert)) for advert in part]
        following = "" if last else names[number + 1]
        tree.put(names[number], feed_of_items(items, page, tree.frame, region, following))
    rss_name = f"rss-{region.slug}.xml"
    itself = f"{tree.base}{rss_name}" if tree.base else ""
    home = f"{tree.base}index.html"
    tree.put(rss_name, rss_feed(adverts, tree.frame, region, home=home, itself=itself, link=tree.address))
    return _Feed(region, len(adverts), first, rss_name)


def _write_lists(tree: _Tree, region: Region, feeds: Sequence[_Feed]) -> None:
    """The lists of adverts; the first one leads to the feeds."""
    say = tree.frame.wording.text
    links = [advert_link(advert, f"{FOLDER}/{page_name(advert.ref)}") for advert in tree.adverts]
    others = [Link(BOOK, say("SHARE_FORM_XLSX"))]
    for feed in feeds:
        others.append(Link(feed.json_name, say("SHARE_FORM_JSON", region=feed.region.name, postings=feed.postings)))
        others.append(Link(feed.rss_name, say("SHARE_FORM_RSS", region=feed.region.name)))
    parts = [links[at : at + _A_LIST_PAGE] for at in range(0, len(links), _A_LIST_PAGE)] or [[]]
    names = ["index.html", *(f"index-{number}.html" for number in range(2, len(parts) + 1))]
    for number, part in enumerate(parts):
        following = names[number + 1] if number + 1 < len(parts) else ""
        shown = others if number == 0 else []
        tree.put(names[number], list_page(region.name, part, shown, tree.frame, following=following))


def advert_link(advert: Advert, address: str) -> Link:
    """A line of a list."""
    posting = advert.posting
    facts = (posting.employer, posting.place.name or posting.place.text, posting.wage_text)
    return Link(address, posting.title, " · ".join(part for part in facts if part))


def _write_index(tree: _Tree, region: Region, feeds: Sequence[_Feed]) -> None:
    """What there is, for programs."""
    index = {
        "version": FORMAT,
        "instance": tree.frame.instance,
        "generated_at": tree.frame.moment.isoformat(timespec="seconds"),
        "region": region.slug,
        "postings": len(tree.adverts),
        "xlsx": BOOK,
        "feeds": [
            {
                "region": feed.region.slug,
                "name": feed.region.name,
                "postings": feed.postings,
                "json": feed.json_name,
                "rss": feed.rss_name,
            }
            for feed in feeds
        ],
    }
    tree.put(INDEX, msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n")


def _write_site_map(tree: _Tree) -> None:
    """The addresses for search engines, which take whole addresses only."""
    if not tree.base:
        return
    addresses = [f"{tree.base}index.html", *(tree.address(advert) for advert in tree.adverts)]
    for number, at in enumerate(range(0, len(addresses), _A_SITE_MAP), start=1):
        name = "sitemap.xml" if number == 1 else f"sitemap-{number}.xml"
        tree.put(name, site_map(addresses[at : at + _A_SITE_MAP]))


def site_map(addresses: Iterable[str]) -> bytes:
    """One site map."""
    lines = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{lines}</urlset>\n".encode()
