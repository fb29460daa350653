"""公示表: a list for the notice board; names masked, nothing else about anybody.

In: people who hold a public-welfare post, whose plan proposes one, or whose name is up by the register. Out: the frame
of a list and a row a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from matcher.domain.errors import InputRefused
from matcher.domain.papers.records import PaperKind, PaperPart, PrintOrder
from matcher.domain.posting import PostingKind
from matcher.domain.service.around.local_work import SiteKind, Stage
from matcher.wording import Wording
from web.papers.collect import PAPER_TEXTS, TRACKS_OF, office_context
from web.papers.contents import FRAME, ROW, RowContent, part_of
from web.papers.context import PaperContext
from web.papers.forms.masks import Audience, masked_name
from web.papers.forms.people import people_of
from web.papers.glyphs import printable_model
from web.papers.views import FormPart, FormView, Line

if TYPE_CHECKING:
    from matcher.office import Office

TOPICS = ("proposed", "held", "board")
COLUMNS = ("NUMBER", "NAME", "VILLAGE", "MATTER", "REMARK")
_WIDTHS = (8, 16, 24, 34, 18)
_TOGETHER = 200
_DAYS_LINES = {"board": "PAPER_PUBLIC_DAYS_EACH"}
"""What stands for the days of the notice, where the office does not write them in by hand."""


def parts(office: Office, order: PrintOrder) -> list[PaperPart]:
    """The list of a scope and a topic."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    topic = order.topic if order.topic in TOPICS else TOPICS[0]
    with office.reading() as unit:
        context = office_context(unit, wording)
    if topic == "board":
        rows = list(_board(office, order, wording))
    else:
        found = _held(office, order, wording) if topic == "held" else _proposed(office, order)
        rows = [part_of(_row(name, village, matter), kind=ROW, worker_key=key) for key, name, village, matter in found]
    if not rows:
        raise InputRefused(wording.text("PAPER_PUBLIC_NOBODY"))
    return [part_of(_frame(office, order, wording, context, topic), kind=FRAME), *rows]


def _held(office: Office, order: PrintOrder, wording: Wording) -> Iterator[tuple[int, str, str, str]]:
    """Who holds a public-welfare post."""
    matter = wording.text("PAPER_KIND_PUBLIC_WELFARE")
    for person, stored in people_of(office, order):
        if stored.value.public_post:
            yield person.key, person.name, person.village, matter


def _proposed(office: Office, order: PrintOrder) -> Iterator[tuple[int, str, str, str]]:
    """Whose plan proposes a public-welfare post, and which."""
    tracks = TRACKS_OF[PaperKind.REFERRAL]
    with office.reading() as unit:
        places = unit.plans.in_order(division=order.division, villages=order.villages, tracks=tracks)
    for start in range(0, len(places), _TOGETHER):
        with office.reading() as unit:
            stored = unit.plans.many([place.key for place in places[start : start + _TOGETHER]])
        for plan in (item.plan for item in stored):
            titles = [
                match.posting.title for match in plan.matches if match.posting.kind == PostingKind.PUBLIC_WELFARE.value
            ]
            if titles:
                yield plan.worker_key, plan.worker_name, plan.village, titles[0]


def _board(office: Office, order: PrintOrder, wording: Wording) -> Iterator[PaperPart]:
    """Whose name is up by the register of public-welfare posts, for which, from when to when."""
    with office.reading() as unit:
        sites = unit.local_work.sites.all([SiteKind.POST], division=order.division, villages=order.villages)
        members = unit.local_work.members.of_sites([site.key for site in sites])
        shown = [one for site in sites for one in members.get(site.key, ()) if one.stage is Stage.PUBLICISED]
        people = unit.workers.many([one.worker_key for one in shown])
    names = {site.key: site.name for site in sites}
    for one in shown:
        person = people.get(one.worker_key)
        if person is None or one.notice_from is None or one.notice_to is None:
            continue
        first, last = one.notice_from.isoformat(), one.notice_to.isoformat()
        days = wording.text("PAPER_PUBLIC_UP", from_on=first, to_until=last)
        row = _row(person.value.name, person.value.village, names[one.site_key], days)
        yield part_of(row, kind=ROW, worker_key=one.worker_key)


def _row(name: str, village: str, matter: str, remark: str = "") -> RowContent:
    """One person."""
    return RowContent(printable_model((masked_name(name, Audience.PUBLIC), village, matter, remark)))


def _frame(office: Office, order: PrintOrder, wording: Wording, context: PaperContext, topic: str) -> FormView:
    """The list without its rows."""
    return FormView(
        lang=order.lang,
        made_on=office.today(),
        audience=Audience.PUBLIC,
        office=context.office_name,
        title=wording.text("PAPER_PUBLIC_TITLE"),
        head=(
            Line(wording.text("PAPER_PUBLIC_MATTER"), wording.text(f"PAPER_PUBLIC_{topic.upper()}")),
            Line(wording.text("PAPER_PUBLIC_DAYS"), wording.text(_DAYS_LINES.get(topic, "PAPER_PUBLIC_DAYS_LINE"))),
            Line(wording.text("PAPER_PUBLIC_CALL"), context.complaint_phone),
        ),
        lead=wording.text("PAPER_PUBLIC_LEAD"),
        parts=(FormPart(columns=tuple(wording.text(f"PAPER_PUBLIC_{column}") for column in COLUMNS), layout=_WIDTHS),),
        signed=(
            context.office_name,
            wording.text("PAPER_LETTER_STAMP"),
            wording.text("PAPER_DAY", day_on=office.today().isoformat()),
        ),
    )
