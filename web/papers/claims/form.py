"""补贴申请表 with the proofs to be signed: the application filled in, the employer's proof, the village's joint proof.

In: a person and a kind of claim. Out: three leaves. The identity number is written in by hand; nothing else that may
not stand on a paper in the hands of the person is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from matcher.claims.kinds import kind_of
from matcher.claims.person_clock import PersonClock, clocks_of
from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.papers.records import PaperPart, PrintOrder
from matcher.domain.service.ladder import ProofKind
from matcher.domain.worker import Worker
from matcher.listings import Scope
from matcher.wording import Wording
from web.papers.claims.training import training_parts
from web.papers.collect import PAPER_TEXTS, office_context
from web.papers.contents import FORM, part_of
from web.papers.context import PaperContext
from web.papers.forms.masks import Audience
from web.papers.glyphs import printable_sheet
from web.papers.views import FormPart, FormView, Line

if TYPE_CHECKING:
    from matcher.office import Office

_PROOFS = tuple(kind for kind in ProofKind if kind.proves)
_WIDTHS = (50, 50)


class _Writer:
    """The leaves of one claim."""

    def __init__(self, office: Office, wording: Wording, context: PaperContext, worker: Worker, clock: PersonClock):
        self.office, self.wording, self.context = office, wording, context
        self.worker, self.clock = worker, clock
        self.today = office.today()

    def text(self, code: str, **args: str | int) -> str:
        """Words of a code."""
        return self.wording.text(code, **args)

    def leaves(self) -> Iterator[FormView]:
        """The application, and the two proofs that others sign."""
        kind = kind_of(self.clock.kind.code).name(self.wording.language)
        yield self._leaf(self.text("PAPER_CLAIM_TITLE", kind=kind), "PAPER_CLAIM_LEAD", self._application())
        yield self._leaf(self.text("PAPER_CLAIM_EMPLOYER_TITLE"), "PAPER_CLAIM_EMPLOYER_LEAD", self._employer())
        yield self._leaf(self.text("PAPER_CLAIM_VILLAGE_TITLE"), "PAPER_CLAIM_VILLAGE_LEAD", self._village())

    def _leaf(self, title: str, lead: str, parts: tuple[FormPart, ...]) -> FormView:
        """One leaf."""
        return FormView(
            lang=self.wording.language,
            made_on=self.today,
            audience=Audience.WORKER,
            office=self.context.office_name,
            title=title,
            head=(
                Line(self.text("PAPER_NAME"), self.worker.name),
                Line(self.text("PAPER_CASE_NO"), case_number(self.clock.timer.worker_key)),
                Line(self.text("PAPER_CLAIM_HOME"), f"{self.worker.home.name} {self.worker.village}".strip()),
            ),
            lead=self.text(lead),
            parts=parts,
            note=(
                self.text("PAPER_CALL_WINDOW", phone=self.context.window_phone, address=self.context.window_address),
                self.text("PAPER_CLAIM_BASIS", basis=self.clock.kind.basis),
            ),
        )

    def _application(self) -> tuple[FormPart, ...]:
        """What is claimed, for which days, with which proofs, and who signs."""
        amount = self.clock.amount
        yuan = amount.value if amount is not None else None
        lines = (
            self._line("ID", self._blank()),
            self._line("EMPLOYER", self.clock.spell.employer or self._blank()),
            self._line("PLACE", self.clock.spell.place or self._blank()),
            self._line("SPAN", self._span()),
            self._line("TIER", self.text(f"CLAIM_TIER_{self.clock.timer.tier.upper() or 'OPEN'}")),
            self._line(
                "AMOUNT", self.text("PAGE_CLAIM_YUAN_OPEN" if yuan is None else "PAPER_CLAIM_YUAN", yuan=f"{yuan}")
            ),
            self._line("BANK", self._blank()),
        )
        return (
            FormPart(title=self.text("PAPER_CLAIM_WHAT"), lines=lines),
            FormPart(
                title=self.text("PAPER_CLAIM_PROOFS"),
                columns=(self.text("PAPER_CLAIM_PROOF"), self.text("PAPER_CLAIM_HELD")),
                rows=tuple(self._proof(kind) for kind in _PROOFS),
                layout=_WIDTHS,
            ),
            self._by_hand("PAPER_CLAIM_SIGNS", ("PERSON", "VILLAGE", "WINDOW")),
        )

    def _proof(self, kind: ProofKind) -> tuple[str, str]:
        """One kind of proof: handed in, or not yet."""
        held = kind in self.clock.stability.proved_by
        return self.text(f"CLAIM_PROOF_{kind.name}"), self.text(
            "PAPER_CLAIM_THERE" if held else "PAPER_CLAIM_NOT_THERE"
        )

    def _employer(self) -> tuple[FormPart, ...]:
        """What the employer fills in and stamps."""
        lines = (
            self._line("ID", self._blank()),
            self._line("EMPLOYER", self.clock.spell.employer or self._blank()),
            self._line("SPAN", self._span()),
            *(self._line(name, self._blank()) for name in ("JOB", "WAGES", "SIGNED_CONTRACT", "INSURED")),
        )
        return (
            FormPart(title=self.text("PAPER_CLAIM_CERTIFIED"), lines=lines),
            self._by_hand("PAPER_CLAIM_EMPLOYER_SIGNS", ("STAMP", "CONTACT")),
        )

    def _village(self) -> tuple[FormPart, ...]:
        """What the village and the work team certify together."""
        lines = (
            self._line("EMPLOYER", self.clock.spell.employer or self._blank()),
            self._line("PLACE", self.clock.spell.place or self._blank()),
            self._line("SPAN", self._span()),
            self._line("HOW", self._blank()),
        )
        return (
            FormPart(title=self.text("PAPER_CLAIM_CERTIFIED"), lines=lines),
            self._by_hand("PAPER_CLAIM_VILLAGE_SIGNS", ("COMMITTEE", "TEAM", "COORDINATOR")),
        )

    def _by_hand(self, title: str, codes: tuple[str, ...]) -> FormPart:
        """Lines to be signed."""
        lines = tuple(Line(self.text(f"{title}_{code}"), self._blank()) for code in codes)
        return FormPart(title=self.text(title), lines=lines, by_hand=True)

    def _line(self, name: str, text: str) -> Line:
        """A line with its label."""
        return Line(self.text(f"PAPER_CLAIM_LINE_{name}"), text)

    def _span(self) -> str:
        """The days of the work."""
        stretch = self.clock.timer.stretch
        return self.text("PAPER_CLAIM_SPAN", since_on=stretch.since.isoformat(), last_on=stretch.until.isoformat())

    def _blank(self) -> str:
        """A line to write on."""
        return self.text("PAPER_CLAIM_BLANK")


def parts(office: Office, order: PrintOrder) -> list[PaperPart]:
    """The papers of a person's claim."""
    wording = office.wording(order.lang, PAPER_TEXTS)
    scope, policy = Scope(order.division, order.villages), office.policy.at(office.today())
    with office.reading() as unit:
        context = office_context(unit, wording)
        if order.worker_key is None:
            raise InputRefused(wording.text("CLAIM_NOBODY"))
        if kind_of(order.topic).of_learner:
            return training_parts(office, unit, order, wording, context)
        worker = unit.workers.get(order.worker_key, division=order.division, villages=order.villages).value
        clocks = clocks_of(unit, order.worker_key, scope, policy)
    clock = next((one for one in clocks if one.kind.code == order.topic), None)
    if clock is None:
        raise InputRefused(wording.text("CLAIM_NO_WORK"))
    return [
        part_of(printable_sheet(leaf, wording), kind=FORM, worker_key=order.worker_key)
        for leaf in _Writer(office, wording, context, worker, clock).leaves()
    ]
