"""Whose people a file may speak of: a coordinator hands in the own villages and no others.

In: a staged roster and villages of a division. Out: the same with rows of other villages refused, each by a line; a
village under an old name, spelled otherwise, or left out where only one can be meant, is written as the office does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jobs_feed.report import RowProblem
from jobs_feed.staging import Staged
from matcher.domain.division import lies_within
from matcher.domain.facts import Phrase
from matcher.domain.worker import Worker
from matcher.reference.divisions import Gazetteer
from matcher.reference.name_forms import plain_village
from matcher.store.intake.renamed import RenamedVillages

VILLAGE = "嘎查村"
"""The column the village stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A division and, where they are named, villages in it; without either everybody may be spoken of."""

    division: str = ""
    villages: tuple[str, ...] = ()

    @property
    def everywhere(self) -> bool:
        """Whether nobody is left out."""
        return not self.division and not self.villages

    def holds(self, worker: Worker) -> bool:
        """Whether a stored person lives there."""
        if self.everywhere:
            return True
        here = lies_within(worker.home.code, self.division)
        return here and (not self.villages or worker.village in self.villages)

    def settled(self, worker: Worker, gazetteer: Gazetteer) -> Worker | None:
        """A person of a row, with the village as the office writes it; None where it is another village."""
        name = self._written(worker.village)
        if name is None or not self._near(worker):
            return None
        vague = self.division and not lies_within(worker.home.code, self.division)
        return replace(worker, village=name, home=gazetteer.place(self.division) if vague else worker.home)

    def _written(self, village: str) -> str | None:
        """A village as the office writes it, where it is one of these or only one can be meant."""
        if not self.villages:
            return village
        if not village:
            return self.villages[0] if len(self.villages) == 1 else None
        return {plain_village(name): name for name in self.villages}.get(plain_village(village))

    def _near(self, worker: Worker) -> bool:
        """Whether the registered home does not contradict the division."""
        code = worker.home.code
        return not code or lies_within(code, self.division) or lies_within(self.division, code)


EVERYWHERE = Within()


def named_today(worker: Worker, renamed: RenamedVillages, gazetteer: Gazetteer) -> Worker:
    """A person of an old spreadsheet in the village as it is called today."""
    now = renamed.now(worker.home.code, worker.village)
    if now.name == worker.village and now.code == worker.home.code:
        return worker
    home = worker.home if now.code == worker.home.code else gazetteer.place(now.code)
    return replace(worker, village=now.name, home=home)


def all_named_today(staged: Staged, renamed: RenamedVillages, gazetteer: Gazetteer) -> Staged:
    """The people of a file in their villages as they are called today."""
    for place, row in enumerate(staged.drafts):
        if isinstance(row.draft, Worker):
            staged.drafts[place] = replace(row, draft=named_today(row.draft, renamed, gazetteer))
    return staged


def keep_within(staged: Staged, within: Within, gazetteer: Gazetteer) -> Staged:
    """Refuses the rows of other villages."""
    if within.everywhere:
        return staged
    kept = []
    for row in staged.drafts:
        if not isinstance(row.draft, Worker):
            kept.append(row)
            continue
        draft = within.settled(row.draft, gazetteer)
        if draft is not None:
            kept.append(replace(row, draft=draft))
            continue
        code = "IMPORT_OTHER_VILLAGE" if row.draft.village or not within.villages else "IMPORT_WHICH_VILLAGE"
        own = "、".join(within.villages) or gazetteer.name(within.division)
        phrase = Phrase(code, {"village": row.draft.village or row.draft.home.text, "own": own})
        staged.problems.append(RowProblem(phrase, row.sheet, row.row, VILLAGE, row.draft.village))
        staged.refused.append(row.draft.ref)
        staged.unread_names.append(row.draft.name)
    staged.drafts = kept
    return staged
