"""What to mend: for every person whose plan falls short, what was printed, what was missed, and why.

In: judgements of a set. Out: lines a developer can work through, most telling first within each person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from matcher.trials.judged.cases import CaseSet
from matcher.trials.judged.figures import number
from matcher.trials.judged.judging import Judgement, Verdict, items

SHOWN = 6
_KIND = re.compile(r"- ([A-Z]+(?: SAID)?)")
_GROUND = re.compile(r"EXCLUDED_[A-Z_]+|BREAKS [\w: ]+|not stored|(?:wrong|not among the) families")


Why = Callable[[str, str], str]
"""References of a person and a posting → what the program says of the pair."""


def miss_lines(cases: CaseSet, found: Sequence[Judgement], why: Why) -> Iterator[str]:
    """All misses of a set."""
    told = [(one, [*_lines(cases, one, why)]) for one in found]
    yield f"# {cases.name}"
    yield from _counts([line for _, lines in told for line in lines])
    for one, lines in told:
        if lines:
            yield f"\n## {one.person.ref} · {one.person.track} · {_sketch(one)}"
            yield from lines


def _counts(lines: Sequence[str]) -> Iterator[str]:
    """What stands in the lines, the most frequent first: kinds of misses, and grounds against good postings."""
    kinds = Counter(found[1] for line in lines if (found := _KIND.match(line)))
    grounds = Counter(ground for line in lines for ground in set(_GROUND.findall(line)))
    for heading, counted in (("misses", kinds), ("grounds", grounds)):
        if counted:
            yield f"{heading}: {', '.join(f'{name} {many}' for name, many in counted.most_common())}"


def _sketch(one: Judgement) -> str:
    """The person in the words of the roster."""
    row = one.person.row
    names = ("技能特长", "工作经历", "意向工种", "家庭照料", "情况说明")
    return "；".join(f"{name}：{row[name]}" for name in names if row.get(name))


def _lines(cases: CaseSet, one: Judgement, why: Why) -> Iterator[str]:
    """What is wrong with one plan."""
    if one.track != one.person.track:
        yield f"- TRACK {one.track or 'no plan'}, should be {one.person.track}; {_reasons(one)}"
    for match, verdict in zip(items(one.plan, "matches"), one.printed, strict=True):
        if not verdict.acceptable:
            score = f"{number(match.get('score')):.2f}"
            work = _work(cases, verdict.ref)
            yield f"- PRINTED {verdict.ref} {match.get('title')} ({score}) {work}: {_why_not(verdict)}"
    lacking = one.reachable - one.good
    if lacking > 0 and one.missed:
        yield f"- MISSED {lacking} of {one.reachable}; acceptable and not printed: {len(one.missed)}"
        for ref in one.missed[:SHOWN]:
            yield f"  - {ref} {_work(cases, ref)}: {why(one.person.ref, ref)}"
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


def _work(cases: CaseSet, ref: str) -> str:
    """What the advert calls itself, where, and what work it is in truth."""
    posting = cases.posting(ref)
    if posting is None:
        return ""
    row, families = posting.row, "、".join(sorted(posting.families))
    return f"{row.get('岗位名称', '')} @ {row.get('工作地点', '')} [{families}]"


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
