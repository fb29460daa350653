"""Adverts as RSS 2.0.

In: adverts with their addresses. Out: XML; signs that XML forbids are left out, everything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from jobs_feed.publishing.adverts import Advert
from jobs_feed.publishing.frame import Frame
from jobs_feed.publishing.json_feed import Linker
from jobs_feed.publishing.regions import Region
from matcher.domain.localtime import beginning

RSS_TYPE = "application/rss+xml; charset=utf-8"
MOST_ITEMS = 500
"""An RSS reader wants what is new; whoever wants all takes the JSON feed."""
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def rss_feed(adverts: Iterable[Advert], frame: Frame, region: Region, *, home: str, itself: str, link: Linker) -> bytes:
    """The newest adverts of a region; `home` is the list's address, `itself` that of this feed."""
    say = frame.wording.text
    title = say("SHARE_TITLE", region=region.name, office=frame.instance)
    own = f'<atom:link href={_quoted(itself)} rel="self" type="application/rss+xml"/>' if itself else ""
    items = "".join(_item(advert, frame, link(advert)) for advert in newest(adverts))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n'
        f"<title>{_text(title)}</title><link>{_text(home)}</link>{own}\n"
        f"<description>{_text(say('SHARE_FROM', office=frame.instance))}</description><language>zh-cn</language>\n"
        f"<lastBuildDate>{format_datetime(frame.moment)}</lastBuildDate>\n"
        f"{items}</channel></rss>\n"
    ).encode()


def newest(adverts: Iterable[Advert], most: int = MOST_ITEMS) -> list[Advert]:
    """The adverts published last, the newest first."""
    return sorted(adverts, key=lambda advert: (-advert.first_on.toordinal(), -advert.key))[:most]


def _item(advert: Advert, frame: Frame, address: str) -> str:
    """One advert."""
    posting = advert.posting
    facts = (posting.employer, posting.place.text or posting.place.name, posting.wage_text)
    lines = [" · ".join(part for part in facts if part), posting.description]
    if posting.phone:
        lines.append(frame.wording.text("SHARE_CALL", phone=posting.phone))
    return (
        f"<item><title>{_text(posting.title)}</title><link>{_text(address)}</link>\n"
        f'<guid isPermaLink="false">{_text(f"{frame.instance}/{advert.ref}")}</guid>'
        f"<pubDate>{format_datetime(beginning(advert.first_on))}</pubDate>\n"
        f"<category>{_text(posting.kind.value)}</category>"
        f"<description>{_text(chr(10).join(line for line in lines if line))}</description></item>\n"
    )


def _text(text: str) -> str:
    """A text as XML."""
    return escape(_FORBIDDEN.sub("", text))


def _quoted(text: str) -> str:
    """A text as the value of an attribute."""
    return quoteattr(_FORBIDDEN.sub("", text))
