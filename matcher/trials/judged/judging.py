"""One plan against one judgement: what was printed, what could have been, and what was missed.

In: a set of cases and the plans of its people as JSON objects (file formats, section 4). Out: a `Judgement` for
every person: printed postings with a verdict each, acceptable postings, training, guidance, words that may not occur.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.trials.judged.cases import CaseSet, JudgedPerson, JudgedPosting
from matcher.trials.judged.checker import Breach, breaches

Json = Mapping[str, object]
THREE = 3
NAMES = frozenset({"ref", "name", "village", "posting", "title", "employer", "place", "project", "guide", "code"})
"""Keys whose texts are names of others, not words about the person."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One posting for one person."""

    ref: str
    acceptable: bool
    breaches: tuple[Breach, ...]
    never: str | None
    """Why the officer would never send the person there; None where nothing was said."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Everything a figure needs about one person."""

    person: JudgedPerson
    track: str
    printed: tuple[Verdict, ...]
    acceptable: tuple[str, ...]
    """Acceptable postings that exist for this person, twins once."""
    project: str
    training_right: bool | None
    """None where the track carries no class."""
    mentioned: tuple[tuple[tuple[str, ...], bool], ...]
    forbidden_found: tuple[str, ...]
    plan: Json

    @property
    def good(self) -> int:
        """Printed postings judged acceptable."""
        return sum(verdict.acceptable for verdict in self.printed)

    @property
    def reachable(self) -> int:
        """How many of three a perfect plan could fill."""
        return min(THREE, len(self.acceptable))

    @property
    def missed(self) -> tuple[str, ...]:
        """Acceptable postings that were not printed."""
        printed = {verdict.ref for verdict in self.printed}
        return tuple(ref for ref in self.acceptable if ref not in printed)


class Judge:
    """The officer's judgement on a set, with the hard limits worked out once for every pair."""

    def __init__(self, cases: CaseSet) -> None:
        self.cases = cases
        self._verdicts: dict[tuple[str, str], Verdict] = {}

    def verdict(self, person: JudgedPerson, ref: str) -> Verdict:
        """Whether a printed posting suits a person."""
        key = (person.ref, ref)
        if key not in self._verdicts:
            self._verdicts[key] = self._judge(person, ref)
        return self._verdicts[key]

    def _judge(self, person: JudgedPerson, ref: str) -> Verdict:
        """Family, never, closed and hard limits."""
        posting = self.cases.posting(ref)
        if posting is None:
            return Verdict(ref, False, (), None, "the set has no such posting")
        never = person.never.get(ref, person.never.get(posting.ref))
        broken = tuple(breaches(person, posting, self.cases.as_of))
        wanted = bool(posting.families & person.families) or bool({ref, posting.ref} & person.also)
        return Verdict(ref, wanted and never is None and not broken, broken, never, _why(person, posting, wanted))

    def acceptable(self, person: JudgedPerson, taken: Mapping[str, int]) -> tuple[str, ...]:
        """Acceptable postings, twins once; a public-welfare post only as long as it has places."""
        found: dict[tuple[object, ...], str] = {}
        if person.owed_postings:
            for posting in self.cases.postings:
                if self.verdict(person, posting.ref).acceptable and _has_places(posting, taken):
                    found.setdefault(posting.twin, posting.ref)
        return tuple(found.values())


def _why(person: JudgedPerson, posting: JudgedPosting, wanted: bool) -> str:
    """What the officer says of the kind of work."""
    if wanted:
        return ""
    families = "、".join(sorted(posting.families))
    return f"{'wrong' if posting.families & person.wrong_families else 'not among the'} families: {families}"


def _has_places(posting: JudgedPosting, taken: Mapping[str, int]) -> bool:
    """Public-welfare posts are one person an opening; recommendations of other postings never exclude."""
    openings = "".join(symbol for symbol in posting.row.get("招聘人数", "") if symbol.isdigit())
    return posting.kind != "公益性岗位" or not openings or taken.get(posting.ref, 0) < int(openings)


def judge_set(cases: CaseSet, plans: Mapping[str, Json]) -> list[Judgement]:
    """A judgement for every person; whoever got no plan has nothing printed."""
    judge = Judge(cases)
    printed = {person.ref: printed_refs(plans.get(person.ref, {})) for person in cases.people}
    taken = Counter(ref for refs in printed.values() for ref in refs)
    return [_one(judge, person, plans.get(person.ref, {}), printed[person.ref], taken) for person in cases.people]


def _one(judge: Judge, person: JudgedPerson, plan: Json, refs: Sequence[str], taken: Mapping[str, int]) -> Judgement:
    """The judgement on one plan; one's own places count as free."""
    free = {ref: count - (ref in refs) for ref, count in taken.items()}
    project = str(inner(plan, "training").get("project") or "")
    texts = [*guidance_texts(plan)]
    return Judgement(
        person=person,
        track=str(plan.get("track", "")),
        printed=tuple(judge.verdict(person, ref) for ref in refs),
        acceptable=judge.acceptable(person, free),
        project=project,
        training_right=training_right(person, project) if person.owed_training else None,
        mentioned=tuple(
            (group, any(word in text for word in group for text in texts)) for group in person.must_mention
        ),
        forbidden_found=tuple(word for word in person.forbidden if any(word in text for text in own_texts(plan))),
        plan=plan,
    )


def training_right(person: JudgedPerson, project: str) -> bool:
    """The best or an accepted class, or none where none is right."""
    if not project:
        return person.training.none
    return project in person.training.best or project in person.training.accepted


def inner(plan: Json, key: str) -> Json:
    """An object of the plan, empty where it is null."""
    value = plan.get(key)
    return value if isinstance(value, Mapping) else {}


def items(plan: Json, key: str) -> list[Json]:
    """A list of objects of the plan."""
    value = plan.get(key)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def printed_refs(plan: Json) -> list[str]:
    """References of the printed postings."""
    return [str(match.get("posting", "")) for match in items(plan, "matches")]


def guidance_texts(plan: Json) -> Iterator[str]:
    """The sentences of the session, as the person reads them."""
    return texts_of(inner(plan, "guidance"), NAMES | {"evidence", "mode", "starts_at", "due"})


def own_texts(plan: Json) -> Iterator[str]:
    """All sentences of a plan, names of others left out."""
    return texts_of(plan, NAMES)


def texts_of(value: object, left_out: frozenset[str]) -> Iterator[str]:
    """Every text in an object but those of some keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key not in left_out:
                yield from texts_of(item, left_out)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item, left_out)
