"""A page of a feed as JSON.

In: a page, its frame and region, the address of the next one. Out: bytes, the same for the same content.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from jobs_feed.publishing.adverts import Advert, fields_of
from jobs_feed.publishing.changes import FeedPage
from jobs_feed.publishing.frame import FORMAT, Frame
from jobs_feed.publishing.regions import Region

JSON_TYPE = "application/json"
Linker = Callable[[Advert], str]
"""The address of an advert's page."""


def feed_json(page: FeedPage, frame: Frame, region: Region, *, following: str, link: Linker) -> bytes:
    """The page; `following` is the address of the next one where there is one."""
    return feed_of_items([item_of(advert, link(advert)) for advert in page.adverts], page, frame, region, following)


def feed_of_items(
    items: list[dict[str, object]], page: FeedPage, frame: Frame, region: Region, following: str
) -> bytes:
    """The page over items made before."""
    feed = {
        "version": FORMAT,
        "instance": frame.instance,
        "generated_at": frame.moment.isoformat(timespec="seconds"),
        "region": region.slug,
        "complete": page.complete,
        "cursor": page.cursor,
        "next": following if page.more else None,
        "postings": items,
        "withdrawn": page.withdrawn,
    }
    return msgspec.json.encode(feed) + b"\n"


def item_of(advert: Advert, address: str) -> dict[str, object]:
    """A posting as the feed holds it."""
    posting = advert.posting
    return {
        "ref": posting.ref,
        "sender": posting.sender,
        "source_ref": posting.source_ref,
        "one_job": not posting.several_jobs,
        "url": address,
        "place_code": posting.place.code,
        **fields_of(advert),
    }
