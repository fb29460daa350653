"""The records of labour cooperation, intermediaries and visits to employers, inside one unit of work.

In: a unit's context. Out: `Cooperation`, one set of records a concept.
"""

from __future__ import annotations

from matcher.domain.service.around.cooperation import (
    BaseClass,
    CareBase,
    CoopContact,
    CoopDeed,
    Departure,
    RightsMatter,
    Traveller,
)
from matcher.domain.service.around.intermediaries import Broker, LabourBrand
from matcher.domain.service.around.visiting import ContractEnd, Visit
from matcher.store.context import StoreContext
from matcher.store.cooperation.books import Books
from matcher.store.cooperation.outcomes import Outcomes
from matcher.store.cooperation.records import Records
from matcher.store.schema import (
    BASE_CLASS,
    BROKER,
    CARE_BASE,
    CONTRACT_END,
    COOP_CONTACT,
    COOP_DEED,
    DEPARTURE,
    EMPLOYER_VISIT,
    LABOUR_BRAND,
    RIGHTS_MATTER,
    TRAVELLER,
)


class Cooperation:
    """The tables of this part."""

    def __init__(self, context: StoreContext) -> None:
        self.deeds = Records(context, COOP_DEED, CoopDeed)
        self.contacts = Records(context, COOP_CONTACT, CoopContact)
        self.departures = Records(context, DEPARTURE, Departure)
        self.travellers = Records(context, TRAVELLER, Traveller)
        self.rights = Records(context, RIGHTS_MATTER, RightsMatter)
        self.bases = Records(context, CARE_BASE, CareBase)
        self.base_classes = Records(context, BASE_CLASS, BaseClass)
        self.brokers = Records(context, BROKER, Broker)
        self.brands = Records(context, LABOUR_BRAND, LabourBrand)
        self.visits = Records(context, EMPLOYER_VISIT, Visit)
        self.contract_ends = Records(context, CONTRACT_END, ContractEnd)
        self.books = Books(context)
        self.outcomes = Outcomes(context)
