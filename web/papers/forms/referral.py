"""推荐单（介绍信）+ 回执: takes a person to one posting; the employer keeps the letter and sends the stub back.

In: a plan, the posting of a rank (or each of them). Out: a `FormView` for each; it goes into an employer's hands, so it
names the person by the first character and an age band and says nothing else of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from matcher.domain.match import Match
from matcher.domain.worker import WorkerFacts
from matcher.listings import age_band
from matcher.stored_rows import facts_of
from web.papers.blocks import contact
from web.papers.collect import Prepared, Reader
from web.papers.forms.masks import Audience, masked_name
from web.papers.speaker import Speaker
from web.papers.views import FormPart, FormView, Line, Stub

if TYPE_CHECKING:
    from matcher.office import Office


def forms(office: Office, reader: Reader, item: Prepared) -> Iterator[FormView]:
    """A letter for each posting of a plan that is still open, or for the one of the rank asked for."""
    speaker, wanted = item.speaker, reader.order.rank
    with office.reading() as unit:
        facts = facts_of(unit.workers.get(speaker.plan.worker_key), office, office.today())
    for match in speaker.plan.matches:
        if match.rank == wanted or (not wanted and match.posting_key not in speaker.case.closed):
            yield _letter(office, speaker, match, facts)


def _letter(office: Office, speaker: Speaker, match: Match, facts: WorkerFacts) -> FormView:
    """The letter of one posting."""
    day = speaker.text("PAPER_DAY", day_on=office.today().isoformat())
    number = f"{speaker.case.code}-{match.rank}"
    age = age_band(facts.birth_date.value, office.today())
    name = masked_name(speaker.plan.worker_name, Audience.EMPLOYER)
    return FormView(
        lang=speaker.wording.language,
        made_on=office.today(),
        audience=Audience.EMPLOYER,
        office=speaker.context.office_name,
        title=speaker.text("PAPER_REFERRAL_TITLE"),
        head=(
            Line(speaker.text("PAPER_REFERRAL_NUMBER"), number),
            Line(speaker.text("PAPER_LETTER_TO"), match.posting.employer),
            Line(speaker.text("PAPER_VALID_UNTIL"), speaker.day(speaker.plan.valid_until.isoformat())),
        ),
        lead=speaker.text("PAPER_REFERRAL_LEAD", name=name, age=age)
        if age
        else speaker.text("PAPER_REFERRAL_LEAD_NO_AGE", name=name),
        parts=(
            FormPart(title=speaker.text("PAPER_REFERRAL_POSTING"), lines=_posting(speaker, match)),
            FormPart(title=speaker.text("PAPER_REFERRAL_PLEASE"), lines=_please(speaker)),
        ),
        signed=(speaker.context.office_name, speaker.text("PAPER_LETTER_STAMP"), day),
        stub=_stub(speaker, match, number),
        note=(speaker.text("PAPER_REFERRAL_NOTE", phone=speaker.context.window_phone),),
    )


def _posting(speaker: Speaker, match: Match) -> tuple[Line, ...]:
    """What the person comes for, as the advert says."""
    view = match.posting
    return (
        Line(speaker.text("PAPER_REFERRAL_JOB"), view.title),
        Line(speaker.text("PAPER_PLACE"), view.place or speaker.text("PAPER_NOT_STATED")),
        Line(speaker.text("PAPER_PAY"), speaker.wording.say(view.wage)),
        Line(speaker.text("PAPER_CONTACT"), contact(speaker, match)),
    )


def _please(speaker: Speaker) -> tuple[Line, ...]:
    """What the employer is asked for."""
    codes = ("PAPER_REFERRAL_IDENTITY", "PAPER_REFERRAL_NO_FEE", "PAPER_REFERRAL_ANSWER")
    return tuple(Line("", speaker.text(code)) for code in codes)


def _stub(speaker: Speaker, match: Match, number: str) -> Stub:
    """What comes back."""
    case, context = speaker.case, speaker.context
    lines = tuple(
        Line(speaker.text(f"PAPER_REFERRAL_{label}"), speaker.text(f"PAPER_REFERRAL_{label}_LINE"))
        for label in ("RESULT", "HIRED", "NOT_HIRED")
    )
    return Stub(
        title=speaker.text("PAPER_REFERRAL_STUB"),
        owner=speaker.text("PAPER_REFERRAL_OWNER", number=number, title=match.posting.title),
        lines=lines,
        signing=speaker.text("PAPER_REFERRAL_SIGNING"),
        code_label=speaker.text("PAPER_SLIP_CODE"),
        code=f"{case.code[:4]} {case.code[4:]}",
        qr=f"{context.public_url}/s/{case.code}" if context.public_url else case.code,
    )
