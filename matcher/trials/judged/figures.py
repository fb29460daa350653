"""The figures a change is judged by: each a sum over people, with a definition and a target.

In: judgements. Out: tallies that can be added over sets, and whether each target is met.
"""

from __future__ import annotations

import csv
import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from matcher.trials.judged.judging import THREE, Judgement, items
from matcher.trials.repetition import FEW, repetition

TOLERANCE = 1e-9
RELATIONS = {">=": operator.ge, "<=": operator.le, ">": operator.gt}
OURS = "suitable_at_3"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure is called, means, and must be."""

    code: str
    kind: str
    relation: str
    target: float | None
    zh: str
    en: str
    meaning_zh: str
    meaning_en: str

    def value(self, tallies: Tallies) -> float | None:
        """The share, the count, or the lead over the best baseline; None where nothing was measured."""
        if self.kind == "lead":
            return lead(tallies, self.code.removeprefix("lead_"))
        return tallies[self.code].value(self.kind) if self.code in tallies else None

    def holds(self, tallies: Tallies) -> bool | None:
        """Whether the target is met; None where there is none or nothing to measure."""
        value = self.value(tallies)
        if self.target is None or value is None:
            return None
        return bool(RELATIONS[self.relation](value, self.target))


@dataclass(frozen=True, slots=True)
class Tally:
    """Parts and the whole they are taken of; tallies of sets add up."""

    part: float = 0.0
    whole: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.part + other.part, self.whole + other.whole)

    def value(self, kind: str) -> float | None:
        """The share, or the count as it is."""
        if kind == "count":
            return self.part
        return self.part / self.whole if self.whole else None


Tallies = dict[str, Tally]


def baselines(tallies: Tallies, limits: str) -> dict[str, float]:
    """suitable@3 of every text search, without or with our limits."""
    names = {code: code.partition(":")[2] for code in tallies if code.startswith(f"{limits}:")}
    return {name: tallies[code].value("share") or 0.0 for code, name in names.items()}


def lead(tallies: Tallies, limits: str) -> float | None:
    """How far we lie above the best text search."""
    others, ours = baselines(tallies, limits), tallies.get(OURS, Tally()).value("share")
    return None if not others or ours is None else ours - max(others.values())


@lru_cache(maxsize=1)
def figures() -> tuple[Figure, ...]:
    """All figures in the order they are printed."""
    text = files("matcher.trials.judged").joinpath("figures.csv").read_text(encoding="utf-8")
    return tuple(
        Figure(
            row["code"],
            row["kind"],
            row["relation"],
            float(row["target"]) if row["target"] else None,
            row["zh"],
            row["en"],
            row["meaning_zh"],
            row["meaning_en"],
        )
        for row in csv.DictReader(text.splitlines(), strict=True)
    )


def added(every: Iterable[Tallies]) -> Tallies:
    """Tallies of several sets as one."""
    total: Tallies = {}
    for tallies in every:
        for code, tally in tallies.items():
            total[code] = total.get(code, Tally()) + tally
    return total


def tally_plans(found: Sequence[Judgement]) -> Tallies:
    """Every figure that can be read off the plans of one run."""
    owed = [one for one in found if one.person.owed_postings]
    rich = [one for one in owed if len(one.acceptable) >= THREE]
    poor = [one for one in owed if len(one.acceptable) < THREE]
    trained = [one for one in found if one.training_right is not None]
    points = [said for one in found if one.person.owed_guidance for _, said in one.mentioned]
    return {
        "tracks": Tally(sum(one.track == one.person.track for one in found), len(found)),
        "hard_limits": Tally(sum(len(verdict.breaches) for one in found for verdict in one.printed), len(found)),
        "never_printed": Tally(sum(v.never is not None for one in found for v in one.printed), len(found)),
        OURS: Tally(sum(min(one.good, one.reachable) for one in owed), sum(one.reachable for one in owed)),
        "precision": Tally(sum(one.good for one in found), sum(len(one.printed) for one in found)),
        "padding": Tally(sum(len(one.printed) - one.good for one in poor), len(poor)),
        "three_of_three": Tally(sum(len(one.printed) >= THREE for one in rich), len(rich)),
        "training": Tally(sum(bool(one.training_right) for one in trained), len(trained)),
        "repeated": _repeated(found),
        "must_mention": Tally(sum(points), len(points)),
        "forbidden": Tally(sum(len(one.forbidden_found) for one in found), len(found)),
        "effects": Tally(sum(not _adds_up(match) for match in _matches(found)), len(found)),
        "evidence": Tally(sum(_bare(match) for match in _matches(found)), len(found)),
        "shortfall": Tally(sum(not _missing_is_right(one) for one in found), len(found)),
    }


def _repeated(found: Sequence[Judgement]) -> Tally:
    """Sentences of the guidance that more than a few people share."""
    measured = repetition([one.plan for one in found if one.plan], few=FEW)
    return Tally(measured.shared, measured.sentences)


def _matches(found: Iterable[Judgement]) -> list[Mapping[str, object]]:
    """All printed postings as objects."""
    return [match for one in found for match in items(one.plan, "matches")]


def number(value: object) -> float:
    """A number of the plan; NaN where it is none, which equals nothing."""
    return float(value) if isinstance(value, int | float) else float("nan")


def _adds_up(match: Mapping[str, object]) -> bool:
    """Effects sum to their part, and the score is fit × wish."""
    reasons = items(match, "reasons")
    for part in ("fit", "wish"):
        total = sum(number(reason.get("effect")) for reason in reasons if reason.get("part") == part)
        if not abs(total - number(match.get(part))) <= TOLERANCE:
            return False
    return abs(number(match.get("fit")) * number(match.get("wish")) - number(match.get("score"))) <= TOLERANCE


def _bare(match: Mapping[str, object]) -> int:
    """Reasons that name nothing they rest on."""
    return sum(reason.get("code") != "BASE" and not reason.get("evidence") for reason in items(match, "reasons"))


def _missing_is_right(one: Judgement) -> bool:
    """What is missing is three less what is printed, where postings are owed by the plan's own track."""
    shortfall = one.plan.get("shortfall")
    missing = shortfall.get("missing") if isinstance(shortfall, Mapping) else None
    carries = one.track in {"131", "public_post_exit", "stabilise_employed", "on_request"}
    return not one.plan or missing == (THREE - len(one.printed) if carries else 0)
