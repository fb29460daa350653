"""The policy catalogue inside one unit of work: versions, questions, notices, what people said of themselves.

In: a unit's context. Out: `CatalogueDesk`, one table class a concept.
"""

from __future__ import annotations

from matcher.store.catalogue.answers import FactAnswers
from matcher.store.catalogue.issues import NoticeIssues
from matcher.store.catalogue.versions import CatalogueQuestions, CatalogueVersions
from matcher.store.context import StoreContext


class CatalogueDesk:
    """The tables of the policy catalogue."""

    def __init__(self, context: StoreContext) -> None:
        self.versions = CatalogueVersions(context)
        self.questions = CatalogueQuestions(context)
        self.issues = NoticeIssues(context)
        self.answers = FactAnswers(context)
