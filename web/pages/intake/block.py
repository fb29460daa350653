"""The part of a person's page that is about what was understood: for the page itself, and to be sent for alone.

In: a stored person with the corrections kept. Out: what the templates of this part show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.facts import Phrase
from matcher.domain.intake.life import LifeChange, LifeKind
from matcher.domain.intake.told import FactKind, KeptCorrection
from matcher.domain.worker import Worker, WorkerFacts
from matcher.intake.answering import FORMS, Form
from matcher.intake.choices import CHOSEN, TRADES, choices
from web.pages.intake.facts import fact_lines, gone_lines, label_of, single_lines, text_lines
from web.phrases import language, t


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the plan, and how it is answered; `form` is None for one that has a page of its own."""

    code: str
    phrase: Phrase
    form: Form | None


def asked_of(questions: Sequence[Phrase]) -> list[Asked]:
    """The questions of a plan with their forms."""
    return [Asked(phrase.code, phrase, FORMS.get(phrase.code)) for phrase in questions]


def vocabulary(kind: FactKind) -> str:
    """The list of choices a kind of fact takes its words from."""
    if kind in TRADES or kind is FactKind.UNLINKED:
        return "trades"
    return {FactKind.SKILL: "skills", FactKind.CONSTRAINT: "limits", FactKind.SITUATION: "situations"}.get(kind, "")


def vocabularies() -> dict[str, list[str]]:
    """Every list of choices, by name."""
    kinds = {
        "trades": FactKind.WISHED,
        "skills": FactKind.SKILL,
        "limits": FactKind.CONSTRAINT,
        "situations": FactKind.SITUATION,
    }
    return {name: _names(kind) for name, kind in kinds.items()}


def _names(kind: FactKind) -> list[str]:
    """Names of a kind, each once."""
    return list(dict.fromkeys(name for _, name in choices(kind, language())))


def understood_block(
    worker: Worker,
    facts: WorkerFacts,
    kept: Sequence[KeptCorrection],
    changes: Sequence[LifeChange],
    questions: Sequence[Phrase],
    *,
    whole: bool,
) -> dict[str, object]:
    """What the templates need of one person."""
    lines = fact_lines(facts, kept, whole=whole)
    standing = [one for one in changes if one.undone_at is None]
    return {
        "facts": lines,
        "singles": single_lines(worker, facts, whole=whole),
        "gone_facts": gone_lines(kept, whole=whole),
        "text_lines": text_lines(worker, lines) if whole else [],
        "whole": whole,
        "asked": asked_of(questions),
        "chosen_kinds": [(kind.value, t(label_of(kind)), vocabulary(kind)) for kind in CHOSEN],
        "vocabulary_of": {kind.value: vocabulary(kind) for kind in FactKind},
        "vocabularies": vocabularies(),
        "gone": next((one for one in standing if one.kind.gone), None),
        "restricted": next((one for one in standing if one.kind is LifeKind.RESTRICTED), None),
    }
