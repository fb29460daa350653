"""What to mend: for every person whose plan falls short, what was printed, what was missed, and why.

In: judgements of a set. Out: lines a developer can work through, most telling first within each person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.trials.cases import CaseSet
from matcher.trials.judging import Judgement, Verdict, items

SHOWN = 6


def miss_lines(cases: CaseSet, found: Sequence[Judgement]) -> Iterator[str]:
    """All misses of a set."""
    yield f"# {cases.name}"
    for one in found:
        lines = [*_lines(cases, one)]
        if lines:
            yield f"\n## {one.person.ref} · {one.person.track} · {_sketch(one)}"
            yield from lines


def _sketch(one: Judgement) -> str:
    """The person in the words of the roster."""
    row = one.person.row
    names = ("技能特长", "工作经历", "意向工种", "家庭照料", "情况说明")
    return "；".join(f"{name}：{row[name]}" for name in names if row.get(name))


def _lines(cases: CaseSet, one: Judgement) -> Iterator[str]:
    """What is wrong with one plan."""
    if one.track != one.person.track:
        yield f"- TRACK {one.track or 'no plan'}, should be {one.person.track}; {_reasons(one)}"
    for verdict in one.printed:
        if not verdict.acceptable:
            yield f"- PRINTED {verdict.ref} {_title(cases, verdict.ref)}: {_why_not(verdict)}"
    lacking = one.reachable - one.good
    if lacking > 0 and one.missed:
        names = [f"{ref} {_title(cases, ref)}" for ref in one.missed[:SHOWN]]
        rest = f" … and {len(one.missed) - SHOWN} more" if len(one.missed) > SHOWN else ""
        yield f"- MISSED {lacking} of {one.reachable}, good would be: {'; '.join(names)}{rest}"
    if one.training_right is False:
        yield f"- TRAINING {one.project or 'none'}, should be {_should(one)}"
    for group, said in one.mentioned:
        if not said and one.person.owed_guidance:
            yield f"- NOT SAID {' / '.join(group)}"
    for word in one.forbidden_found:
        yield f"- FORBIDDEN {word}"


def _reasons(one: Judgement) -> str:
    """Why the program thinks so."""
    return "; ".join(f"{item.get('code')} {item.get('text')}" for item in items(one.plan, "track_reasons"))


def _title(cases: CaseSet, ref: str) -> str:
    """What the advert calls itself."""
    posting = cases.posting(ref)
    if posting is None:
        return ""
    return (
        f"{posting.row.get('岗位名称', '')} @ {posting.row.get('工作地点', '')} [{'、'.join(sorted(posting.families))}]"
    )


def _why_not(verdict: Verdict) -> str:
    """Every ground against a printed posting."""
    grounds = [f"BREAKS {item.rule} ({item.paragraph})" for item in verdict.breaches]
    grounds += [f"NEVER: {verdict.never}"] if verdict.never is not None else []
    grounds += [verdict.why] if verdict.why else []
    return "; ".join(grounds)


def _should(one: Judgement) -> str:
    """The classes that would have been right."""
    training = one.person.training
    named = [*training.best, *(f"({ref})" for ref in training.accepted), *(["none"] if training.none else [])]
    return " ".join(named) or "nothing"
