"""Pages for people and search engines: one an advert, and a list.

In: adverts and the words of the catalogue. Out: HTML without scripts or anything from elsewhere; whatever an advert
says is text, also inside the JSON-LD.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import msgspec

from jobs_feed.publishing.adverts import Advert, fields_of
from jobs_feed.publishing.frame import Frame
from jobs_feed.publishing.jobposting import job_posting
from matcher.reference.divisions import Gazetteer

STYLE_FILE = "shared.css"
HTML_TYPE = "text/html; charset=utf-8"
_LABELS: Mapping[str, str] = {
    "用人单位": "SHARE_EMPLOYER",
    "岗位类别": "SHARE_KIND",
    "工作地点": "SHARE_PLACE",
    "招聘人数": "SHARE_OPENINGS",
    "薪资待遇": "SHARE_PAY",
    "学历要求": "SHARE_EDUCATION",
    "年龄要求": "SHARE_AGE",
    "证书要求": "SHARE_CERTIFICATE",
    "经验要求": "SHARE_EXPERIENCE",
    "工作时间": "SHARE_HOURS",
    "食宿": "SHARE_BOARD",
    "社会保险": "SHARE_INSURANCE",
    "劳动强度": "SHARE_LOAD",
    "岗位描述": "SHARE_DESCRIPTION",
    "联系人": "SHARE_CONTACT",
    "联系电话": "SHARE_PHONE",
    "发布日期": "SHARE_PUBLISHED",
    "截止日期": "SHARE_DEADLINE",
    "核实日期": "SHARE_VERIFIED",
    "编号": "SHARE_REF",
}
"""Columns a page shows, in this order; a limit to one sex is not repeated to the public."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something a list leads to."""

    address: str
    text: str
    more: str = ""


def style_sheet() -> bytes:
    """The style sheet of the pages."""
    return files("jobs_feed.publishing").joinpath(STYLE_FILE).read_bytes()


def advert_page(advert: Advert, frame: Frame, gazetteer: Gazetteer, *, address: str, up: str = "../") -> bytes:
    """The page of one advert; `up` leads to the list."""
    say = frame.wording.text
    fields = fields_of(advert)
    rows = "".join(
        f"<div><dt>{_text(say(code))}</dt><dd>{_lines(fields[name])}</dd></div>\n"
        for name, code in _LABELS.items()
        if fields[name]
    )
    data = script_json(job_posting(advert, frame, gazetteer, address=address))
    warning = _text(say("SHARE_WARNING"))
    body = (
        f'<p class="up"><a href="{_text(up)}index.html">{_text(say("SHARE_ALL_POSTINGS"))}</a></p>\n'
        f"<h1>{_text(advert.posting.title)}</h1>\n<dl>\n{rows}</dl>\n"
        f'<p class="warning">{warning}</p>\n'
        f'<p class="from">{_text(say("SHARE_FROM", office=frame.instance))}</p>\n'
    )
    head = f'<script type="application/ld+json">{data}</script>\n'
    return _page(f"{advert.posting.title} · {advert.posting.employer}", head, body, frame, up)


def list_page(
    title: str, postings: Sequence[Link], feeds: Sequence[Link], frame: Frame, *, up: str = "", following: str = ""
) -> bytes:
    """The list of adverts, and where the feeds are; `following` leads to the rest."""
    say = frame.wording.text
    items = "".join(_item(link) for link in postings)
    lists = "".join(_item(link) for link in feeds)
    rest = f'<p><a rel="next" href="{_text(following)}">{_text(say("SHARE_MORE"))}</a></p>\n' if following else ""
    body = (
        f"<h1>{_text(title)}</h1>\n"
        f'<p class="from">{_text(say("SHARE_FROM", office=frame.instance))}</p>\n'
        + (f"<ul>\n{items}</ul>\n{rest}" if postings else f"<p>{_text(say('SHARE_NONE'))}</p>\n")
        + (f'<h2>{_text(say("SHARE_FEEDS"))}</h2>\n<ul class="feeds">\n{lists}</ul>\n' if feeds else "")
        + f'<p class="warning">{_text(say("SHARE_WARNING"))}</p>\n'
    )
    return _page(title, "", body, frame, up)


def script_json(node: object) -> str:
    """JSON that may stand in a script element: nothing in it can end the element."""
    text = msgspec.json.encode(node).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _page(title: str, head: str, body: str, frame: Frame, up: str) -> bytes:
    """A whole page."""
    return (
        "<!doctype html>\n"
        f'<html lang="{_text(frame.wording.text("SHARE_LANGUAGE"))}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n"
        f'<link rel="stylesheet" href="{_text(up)}{STYLE_FILE}">\n{head}</head>\n'
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    ).encode()


def _item(link: Link) -> str:
    """One line of a list."""
    more = f' <span class="more">{_text(link.more)}</span>' if link.more else ""
    return f'<li><a href="{_text(link.address)}">{_text(link.text)}</a>{more}</li>\n'


def _lines(text: str) -> str:
    """A text with its line ends."""
    return "<br>".join(_text(line) for line in text.splitlines())


def _text(text: str) -> str:
    """A text as HTML; signs HTML does not know are left out."""
    return html.escape("".join(sign for sign in text if sign >= " " or sign in "\t\n"))
