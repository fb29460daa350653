"""Application for a training subsidy, and the certificate the provider signs.

In: a person and a class. Out: two leaves; the identity number is written in by hand.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from matcher.claims.training import TrainingClock, training_clocks
from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.papers.records import PaperPart, PrintOrder
from matcher.domain.worker import Worker
from matcher.listings import Scope
from matcher.wording import Wording
from web.papers.contents import FORM, part_of
from web.papers.context import PaperContext
from web.papers.forms.masks import Audience
from web.papers.glyphs import printable_sheet
from web.papers.views import FormPart, FormView, Line

if TYPE_CHECKING:
    from matcher.office import Office, UnitOfWork


def training_parts(
    office: Office, unit: UnitOfWork, order: PrintOrder, wording: Wording, context: PaperContext
) -> list[PaperPart]:
    """The papers of a claim for a class."""
    assert order.worker_key is not None
    scope, policy = Scope(order.division, order.villages), office.policy.at(office.today())
    worker = unit.workers.get(order.worker_key, division=order.division, villages=order.villages).value
    clocks = training_clocks(unit, order.worker_key, scope, policy)
    clock = next((one for one in clocks if one.class_key == order.rank), None)
    if clock is None:
        raise InputRefused(wording.text("CLAIM_NO_ENROLMENT"))
    writer = _Writer(wording, context, worker, clock, order.worker_key, office.today())
    return [
        part_of(printable_sheet(leaf, wording), kind=FORM, worker_key=order.worker_key)
        for leaf in (writer.application(), writer.certificate())
    ]


class _Writer:
    """The leaves of one claim."""

    def __init__(
        self,
        wording: Wording,
        context: PaperContext,
        worker: Worker,
        clock: TrainingClock,
        worker_key: int,
        today: date,
    ) -> None:
        self.wording, self.context, self.worker, self.clock = wording, context, worker, clock
        self.worker_key, self.today = worker_key, today
        self.blank = wording.text("PAPER_CLAIM_BLANK")

    def application(self) -> FormView:
        """What is claimed, with which proofs, and who signs."""
        wording, amount = self.wording, self.clock.amount
        yuan = amount.value if amount is not None else None
        told = wording.text("PAGE_CLAIM_YUAN_OPEN" if yuan is None else "PAPER_CLAIM_YUAN", yuan=f"{yuan}")
        lines = (
            self._line("ID", self.blank),
            *self._class(),
            self._line("AMOUNT", told),
            self._line("BANK", self.blank),
        )
        proofs = FormPart(
            title=wording.text("PAPER_CLAIM_PROOFS"),
            columns=(wording.text("PAPER_CLAIM_PROOF"), wording.text("PAPER_CLAIM_HELD")),
            rows=tuple(self._proof(code) for code in ("passed", "training_certificate")),
            layout=(50, 50),
        )
        what = FormPart(title=wording.text("PAPER_CLAIM_WHAT"), lines=lines)
        title = wording.text("PAPER_CLAIM_TITLE", kind=self.clock.kind.name(wording.language))
        signs = self._by_hand("PAPER_CLAIM_SIGNS", ("PERSON", "VILLAGE", "WINDOW"))
        return self._leaf(title, "PAPER_TRAINING_CLAIM_LEAD", (what, proofs, signs))

    def certificate(self) -> FormView:
        """What the provider fills in and stamps."""
        by_provider = (self._line(name, self.blank) for name in ("RESULT", "CERTIFICATE", "FEE"))
        hours = self.clock.training.hours
        lines = (
            self._line("ID", self.blank),
            *self._class(),
            self._line("HOURS", f"{hours}" if hours else self.blank),
            *by_provider,
        )
        parts = (
            FormPart(title=self.wording.text("PAPER_CLAIM_CERTIFIED"), lines=lines),
            self._by_hand("PAPER_CLAIM_EMPLOYER_SIGNS", ("STAMP", "CONTACT")),
        )
        return self._leaf(self.wording.text("PAPER_TRAINING_PROVIDER_TITLE"), "PAPER_TRAINING_PROVIDER_LEAD", parts)

    def _leaf(self, title: str, lead: str, parts: tuple[FormPart, ...]) -> FormView:
        """One leaf."""
        wording, home = self.wording, self.worker.home
        return FormView(
            lang=wording.language,
            made_on=self.today,
            audience=Audience.WORKER,
            office=self.context.office_name,
            title=title,
            head=(
                Line(wording.text("PAPER_NAME"), self.worker.name),
                Line(wording.text("PAPER_CASE_NO"), case_number(self.worker_key)),
                Line(wording.text("PAPER_CLAIM_HOME"), f"{home.name} {self.worker.village}".strip()),
            ),
            lead=wording.text(lead),
            parts=parts,
            note=(
                wording.text("PAPER_CALL_WINDOW", phone=self.context.window_phone, address=self.context.window_address),
                wording.text("PAPER_CLAIM_BASIS", basis=self.clock.kind.basis),
            ),
        )

    def _class(self) -> tuple[Line, ...]:
        """The class, its provider and its days."""
        training = self.clock.training
        days = [day.isoformat() for day in (training.starts_on, training.ends_on) if day is not None]
        return (
            self._line("CLASS", training.title),
            self._line("PROVIDER", training.provider or self.blank),
            self._line("DAYS", " – ".join(days) or self.blank),
        )

    def _proof(self, code: str) -> tuple[str, str]:
        """One kind of proof: there, or not yet."""
        there = "PAPER_CLAIM_THERE" if code in self.clock.proofs else "PAPER_CLAIM_NOT_THERE"
        return self.wording.text(f"CLAIM_PROOF_{code.upper()}"), self.wording.text(there)

    def _line(self, name: str, text: str) -> Line:
        """A line with its label."""
        return Line(self.wording.text(f"PAPER_CLAIM_LINE_{name}"), text)

    def _by_hand(self, title: str, codes: tuple[str, ...]) -> FormPart:
        """Lines to be signed."""
        lines = tuple(Line(self.wording.text(f"{title}_{code}"), self.blank) for code in codes)
        return FormPart(title=self.wording.text(title), lines=lines, by_hand=True)
