"""一次性告知单: what the person may get now, later, once a question is settled, or not; papers to bring; a stub.

In: the policy catalogue as it stands to a person. Out: a `FormView`. Amounts and days nobody has entered are said to be
the window's answer of the day; offers that are internal, and reasons that are private, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from matcher.catalogue.offers import Judged, Standing, check_person
from matcher.catalogue.saying import one_after_another, said_amounts, said_grounds, said_material
from matcher.domain.service.policies.catalogue import Visibility
from matcher.welfare import asked_on_paper
from web.papers.collect import Prepared, Reader
from web.papers.discretion import is_discreet
from web.papers.forms.masks import Audience
from web.papers.speaker import Speaker
from web.papers.views import FormPart, FormView, Line, Stub

if TYPE_CHECKING:
    from matcher.office import Office

_WIDTHS = {Standing.NO: (46, 54)}
_COLUMNS = {
    Standing.YES: ("WHAT", "NEEDS", "WHERE"),
    Standing.LATER: ("WHAT", "UNTIL", "NEEDS"),
    Standing.UNKNOWN: ("WHAT", "SETTLE", "WHERE"),
    Standing.NO: ("WHAT", "WHY"),
}


def forms(office: Office, reader: Reader, item: Prepared) -> Iterator[FormView]:
    """The notice of one person."""
    speaker, plan = item.speaker, item.speaker.plan
    with office.reading() as unit:
        check = check_person(office, unit, unit.workers.get(plan.worker_key), on=office.today())
    shown = [one for one in check.judged if one.item.visibility is Visibility.PUBLIC]
    day = speaker.text("PAPER_DAY", day_on=office.today().isoformat())
    yield FormView(
        lang=speaker.wording.language,
        made_on=office.today(),
        audience=Audience.WORKER,
        office=speaker.context.office_name,
        title=speaker.text("PAPER_NOTICE_TITLE"),
        head=(
            Line(speaker.text("PAPER_NAME"), plan.worker_name),
            Line(speaker.text("PAPER_CASE_NO"), speaker.case.case_no),
            Line(speaker.text("PAPER_MADE_ON"), day),
        ),
        lead=speaker.text("PAPER_NOTICE_LEAD"),
        parts=tuple(_states(speaker, shown)),
        stub=Stub(
            title=speaker.text("PAPER_STUB_TITLE"),
            owner=speaker.text("PAPER_SLIP_OWNER", name=plan.worker_name, case_no=speaker.case.case_no),
            lines=(Line("", speaker.text("PAPER_NOTICE_GOT")), Line("", speaker.text("PAPER_NOTICE_READ"))),
            signing=speaker.text("PAPER_SLIP_SIGNING"),
        ),
        note=(speaker.text("PAPER_COMPLAINT", phone=speaker.context.complaint_phone), speaker.text("PAPER_BASIS")),
    )


def _states(speaker: Speaker, judged: list[Judged]) -> Iterator[FormPart]:
    """A table for each way an offer can stand; one nobody falls into says so in a line."""
    for standing in Standing:
        offers = [one for one in judged if one.standing is standing]
        title = speaker.text(f"PAPER_NOTICE_{standing.name}")
        if not offers:
            yield FormPart(title=title, lines=(Line("", speaker.text(f"PAPER_NOTICE_{standing.name}_NONE")),))
            continue
        yield FormPart(
            title=title,
            columns=tuple(speaker.text(f"PAPER_NOTICE_{column}") for column in _COLUMNS[standing]),
            rows=tuple(_row(speaker, one) for one in offers),
            layout=_WIDTHS.get(standing, (38, 32, 30)),
        )


def _row(speaker: Speaker, one: Judged) -> tuple[str, ...]:
    """One offer."""
    lang = speaker.wording.language
    title = one.item.title.of(lang)
    if one.standing is Standing.NO:
        return title, _why(speaker, one)
    what = speaker.text("PAPER_NOTICE_OFFER", title=title, plain=one.item.plain.of(lang), amounts=_rates(speaker, one))
    bring = "　".join(
        f"{'√' if paper.held else '□'} {said_material(speaker.wording, paper.code) if paper.code else paper.words}"
        for paper in one.papers
    )
    where = one.item.where.of(lang) or speaker.text(
        "PAPER_NOTICE_AT", phone=speaker.context.window_phone, address=speaker.context.window_address
    )
    if one.standing is Standing.YES:
        return what, bring or speaker.text("PAPER_NOTICE_BY_WINDOW"), where
    if one.standing is Standing.LATER:
        return what, _why(speaker, one), bring
    return what, _question(speaker, one), where


def _rates(speaker: Speaker, one: Judged) -> str:
    """How much; where nothing was entered, that the window says so on the day."""
    if not any(amount.value is not None for amount in one.amounts):
        return speaker.text("PAPER_NOTICE_RATE_OPEN") if one.amounts else ""
    return speaker.joined(said_amounts(speaker.wording, one.amounts))


def _question(speaker: Speaker, one: Judged) -> str:
    """The one thing to be settled, unless it is told face to face."""
    asked = speaker.text(asked_on_paper(one.question)) if one.question else ""
    return asked if asked and is_discreet(asked) else speaker.text("PAPER_NOTICE_BY_WINDOW")


def _why(speaker: Speaker, one: Judged) -> str:
    """What is not met yet; reasons that are private are told at the window."""
    said = [line for line in said_grounds(speaker.wording, one.because, met=False, private=False) if is_discreet(line)]
    if not said:
        return speaker.text("PAPER_NOTICE_ASK_WINDOW")
    return speaker.text("PAPER_NOTICE_NEEDED", lines=one_after_another(speaker.wording, said))
