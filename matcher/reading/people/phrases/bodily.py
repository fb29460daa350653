"""Rules about what a body does not stand, put together from lists instead of written sentence by sentence.

In: three tables – ailments (names of illnesses), bodies (a part of the body and what may be wrong with it), triggers
(work or things that are not stood) – and the shared lists of complaints, inability and refusal. Out: phrase rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.reading.people.phrases.rule import PhraseRule
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

_PLAIN = r"(?:(?![不没无别未咋让才辞因好能])[一-龥0-9]|(?<=功)能|好(?=[使几]))"
"""A character that says nothing of its own between two words of a statement."""
_NO_REACTION = frozenset({"STEP_FREE_ACCESS"})
"""Who is out of breath on the stairs must not carry, but can climb them."""


def limit_rules() -> Iterator[PhraseRule]:
    """The rules of the three tables."""
    yield from (_ailment(row) for row in read_table("limit_ailments"))
    yield from (_body(row) for row in read_table("limit_bodies"))
    yield from (_trigger(row) for row in read_table("limit_triggers"))


def _alternatives(cell: str) -> str:
    """The words of a cell as one group."""
    return f"(?:{'|'.join(cell.split())})"


def _ailment(row: dict[str, str]) -> PhraseRule:
    """Names of illnesses, written out: “椎管狭窄”, “尿毒症”."""
    return _rule(row, _alternatives(row["words"]), "ill", row["words"].split())


def _body(row: dict[str, str]) -> PhraseRule:
    """A part of the body and a complaint: “腰不跟劲”, “胳膊里有钢板”, “摔断了腿”."""
    part = _alternatives(row["words"])
    wrong = "|".join(filter(None, (words(f"limit.{row['ill']}") if row["ill"] else "", *row["also"].split())))
    said = rf"{part}{_PLAIN}{{0,7}}?(?:{wrong})"
    hurt = rf"|{words('limit.hurt')}(?:了|过|着|坏|断|伤|折){{0,2}}(?:一条|一只|左|右|两|俩)?{part}"
    return _rule(row, said + (hurt if row["ill"] else ""), "ill", row["keys"].split())


def _trigger(row: dict[str, str]) -> PhraseRule:
    """What a body does not stand: “见不得凉水”, “农药沾不得”, “一闻油漆就上不来气”."""
    thing = _alternatives(row["words"])
    unable, after, fine = words("limit.avoid"), words("limit.cannot"), words("limit.fine")
    if row["refusal"] == "1":
        unable, after = f"(?:{unable}|{words('limit.refuse')})", f"(?:{after}|{words('limit.refused')})"
    near = rf"(?:{_PLAIN}|{words('limit.stress')}|[?？,](?=[那这])){{0,6}}?"
    parts = [
        rf"{unable}[他她我人]?(?:安排|派|推荐?|给|叫|让|找)?[他她我人]?{words('limit.touch')}{{0,2}}{_PLAIN}{{0,5}}?{thing}(?!{fine})",
        rf"{thing}(?:、[一-龥]{{1,5}}){{0,3}}{near}{after}",
    ]
    if row["codes"] not in _NO_REACTION:
        parts += _reactions(thing, row["codes"])
    return _rule(row, "|".join(parts), "phrase", row["keys"].split(), unless=words("limit.not"))


def _reactions(thing: str, code: str) -> list[str]:
    """What happens to somebody near the thing; an animal that coughs is not the person."""
    react = words("limit.react")
    found = [
        rf"离[一-龥]{{0,3}}{thing}[一-龥]{{0,4}}远(?!近|不)",
        rf"{words('limit.trigger')}{_PLAIN}{{0,3}}{thing}(?:{_PLAIN}|,){{0,8}}?{react}",
        rf"{thing}(?:{_PLAIN}|,){{0,6}}?就{_PLAIN}{{0,6}}?{react}|{thing}{_PLAIN}{{0,3}}{words('limit.harm')}",
        rf"对[一-龥]{{0,3}}{thing}[一-龥]{{0,3}}过敏|过敏[源原][^。;]{{0,8}}?{thing}",
    ]
    return (
        found if code == "NO_LIVESTOCK" else [*found, rf"{thing}(?:{_PLAIN}|[,?？]){{0,8}}?{words('limit.falls_ill')}"]
    )


def _rule(row: dict[str, str], pattern: str, judged: str, keys: list[str], unless: str = "") -> PhraseRule:
    """A rule about a body; its words are never shown."""
    return PhraseRule(
        keys=tuple(keys),
        pattern=re.compile(pattern),
        codes=tuple(row["codes"].split()),
        judged=judged,
        unless=re.compile(unless) if unless else None,
        private=True,
        near=True,
    )
