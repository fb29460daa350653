"""A roster row becomes facts.

In: a `Worker`, the reading tools, and the day it is read. Out: `WorkerFacts`: what the identity number, the columns
and the free texts say, each fact with the words it rests on, contradictions kept and shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from matcher.domain.division import Place
from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.domain.worker import Constraint, Education, Sex, SkillHeld, Transport, Worker, WorkerFacts
from matcher.reading.identity import IdNumber, read_id_number
from matcher.reading.people.background import birth_of, education_of, school_of, sex_of, transport_of, wage_wish_of
from matcher.reading.people.care import read_care
from matcher.reading.people.cells import Cells, cells_of
from matcher.reading.people.discretion import discreet, quotable
from matcher.reading.people.language import Languages, read_languages
from matcher.reading.people.limits import limits_of_card, merged, read_limits
from matcher.reading.people.openness import any_work, work_at_places
from matcher.reading.people.places.whereabouts import avoided_places, lives_at
from matcher.reading.people.situations import read_situations
from matcher.reading.people.skills import Abilities, read_abilities
from matcher.reading.people.training import training_refused
from matcher.reading.people.wishes import Wishes, read_wishes
from matcher.reading.people.work.spoken import wishes_to_go_on
from matcher.reading.tools import ReadingTools


def read_worker(worker: Worker, tools: ReadingTools, *, read_on: date) -> WorkerFacts:
    """Everything a row says of a person."""
    cells = cells_of(worker)
    number = read_id_number(worker.id_number) if worker.id_number else None
    identity = number if isinstance(number, IdNumber) else None
    birth, estimated = birth_of(worker, identity, cells, read_on)
    sex = sex_of(worker, identity)
    abilities = read_abilities(cells, tools, read_on=read_on)
    wishes = read_wishes(cells, tools, home=worker.home, moves=worker.willing_to_move)
    named = (*wishes.wished, *work_at_places(cells, frozenset(_codes(wishes))))
    languages = read_languages(cells)
    transport = transport_of(worker, cells)
    schooling = education_of(worker, cells)
    lives = lives_at(cells, tools, worker.home)
    situations = _still_served(_situations(cells, identity, schooling), lives.value, worker.home)
    stated = (
        *_limits(worker, cells, identity, sex.value, transport.value, read_on),
        *_of_wishes(wishes, languages, worker),
        *_of_situations(situations, licensed=_licensed(abilities, wishes, tools)),
        *_run_out(abilities, wishes, tools, read_on),
    )
    binding = _binding(_home_every_day(merged(stated), worker.daily_return), wishes)
    facts = WorkerFacts(
        birth_date=birth,
        birth_estimated=estimated,
        sex=sex,
        education=schooling,
        at_school=school_of(worker, cells),
        experience=abilities.experience,
        skills=_skills(abilities, languages),
        wished=named or wishes_to_go_on(cells, abilities.experience),
        any_work=any_work(cells, named=bool(named or wishes.refused)),
        refused=wishes.refused,
        training_wished=wishes.training_wished,
        training_refused=training_refused(cells) if not wishes.training_wished else Fact(),
        trained=wishes.trained,
        constraints=binding,
        wished_places=wishes.places,
        avoided_places=avoided_places(cells, tools, worker.home),
        lives_at=lives,
        willing_to_move=_moving(wishes, binding, worker.home),
        wage_wish=wage_wish_of(worker, cells),
        transport=transport,
        speaks_mandarin=languages.speaks_mandarin,
        mongolian_first=languages.mongolian_first,
        situations=situations,
        unlinked=tuple(dict.fromkeys(filter(quotable, (*wishes.unlinked, *abilities.unlinked)))),
    )
    return discreet(facts)


def _limits(
    worker: Worker,
    cells: Cells,
    identity: IdNumber | None,
    sex: Sex | None,
    transport: Transport | None,
    read_on: date,
) -> Iterator[Constraint]:
    """Limits of health, law and document, of a card, of care and home."""
    yield from read_limits(cells, read_on=read_on, sex=sex)
    yield from _of_card(identity)
    yield from read_care(cells, daily_return=worker.daily_return, transport=transport, read_on=read_on)


def _codes(wishes: Wishes) -> Iterator[str]:
    """Work wished for, or refused, by name."""
    yield from (term.code for term in (*wishes.wished, *wishes.refused))


def _binding(constraints: tuple[Constraint, ...], wishes: Wishes) -> tuple[Constraint, ...]:
    """The limits without work at home that is only one wish among others: 收银、能拿回家的活."""
    other = any("home" not in term.code for term in wishes.wished)
    return tuple(
        item
        for item in constraints
        if not (item.code == "AT_HOME" and other and _only_said_in(item, "意向工种"))
        and not (item.code == "DAY_RETURN" and wishes.needs_lodging and _only_said_in(item, "意向地区"))
    )


def _only_said_in(item: Constraint, column: str) -> bool:
    """Whether a limit rests on one column alone: who asks for a bed may wish work “nearby” and yet stay there."""
    return all(words.field == column for words in item.evidence)


def _of_card(identity: IdNumber | None) -> tuple[Constraint, ...]:
    """Limits that a disability card suggests."""
    return limits_of_card(identity.disability_kind) if identity and identity.disability_kind else ()


_COMMUTE_KM = 50
"""A distance told up to here is one that is gone and come back every day."""


def _moving(wishes: Wishes, constraints: Iterable[Constraint], home: Place) -> Fact[bool]:
    """Willingness to go away; bound to her home or banner she stays, with a wish far off or for a bed she goes."""
    said = wishes.willing_to_move
    if said.value is not None or said.contradicted:
        return said
    if wishes.only_places and all(place.code[:6] == home.code[:6] for place, _ in wishes.only_places):
        return Fact(False, tuple(told for _, told in wishes.only_places))
    tie = next((item for item in constraints if item.code in {"DAY_RETURN", "AT_HOME"}), None)
    if tie is not None:
        return Fact(False, tie.evidence)
    away = tuple(told for place, told in wishes.places if _beyond(place, home))
    return (
        Fact(True, away) if away and home.code else Fact(True, wishes.needs_lodging) if wishes.needs_lodging else said
    )


def _beyond(place: Place, home: Place) -> bool:
    """Whether a place lies outside the banner of home, which the whole prefecture does not."""
    return place.code[:6] != home.code[:6] and not home.code.startswith(place.code.rstrip("0"))


_DAILY = frozenset({"LACTATION", "HOURS", "MIDDAY_HOME", "AT_HOME"})
"""Limits of people who are at home every day."""


def _home_every_day(constraints: tuple[Constraint, ...], column: bool | None) -> tuple[Constraint, ...]:
    """The limits, with the return every day that a child at the breast, hours or a distance from home go with."""
    held = {item.code for item in constraints}
    if column is False or "DAY_RETURN" in held or "WEEKEND_HOME" in held:
        return constraints
    for item in constraints:
        if item.code in _DAILY or (item.code == "MAX_KM" and item.values[0] <= _COMMUTE_KM):
            return merged((*constraints, Constraint(code="DAY_RETURN", evidence=item.evidence)))
    return constraints


def _of_wishes(wishes: Wishes, languages: Languages, worker: Worker) -> Iterator[Constraint]:
    """Wishes that bind: lodging, and somebody who speaks Mongolian."""
    if wishes.needs_lodging:
        yield Constraint(code="NEED_LODGING", evidence=wishes.needs_lodging)
    if languages.mongolian_first.value:
        yield Constraint(code="LANG_MN_PREFERRED", evidence=languages.mongolian_first.evidence)
    near = all(place.township and place.township == worker.home.township for place, _ in wishes.only_places)
    for place, words in wishes.only_places:
        if near and worker.daily_return is not False:
            yield Constraint(code="DAY_RETURN", evidence=(words,))  # only in one's own town: home every night
        else:
            yield Constraint(code="WANT_PLACE", values=(int(place.code),), evidence=(words,))
    if wishes.trained:
        evidence = tuple(dict.fromkeys(words for term in wishes.trained for words in term.evidence))
        yield Constraint(code="PRIOR_TRAINING", evidence=evidence)


_FOLLOWS = {"CERT_MISSING": "CERT_NEEDED_FIRST", "PAPER_LOST": "CERT_NEEDED_FIRST", "FRAUD_RISK": "ANTI_FRAUD"}


def _of_situations(situations: Iterable[LinkedTerm], *, licensed: bool) -> Iterator[Constraint]:
    """Who can do licensed work without the paper for it gets the paper first; who is lured is warned."""
    for term in situations:
        if term.code in _FOLLOWS and (licensed or term.code not in {"CERT_MISSING", "PAPER_LOST"}):
            yield Constraint(code=_FOLLOWS[term.code], evidence=term.evidence)


def _licensed(abilities: Abilities, wishes: Wishes, tools: ReadingTools) -> bool:
    """Whether any work done, known or wished may not be done without a paper, or none is named at all."""
    codes = {term.code for term in (*wishes.wished, *wishes.training_wished)}
    codes |= {item.occupation for item in abilities.experience}
    codes |= {tools.linker.occupation_for(held.skill) for held in abilities.skills}
    trades = [trade for code in codes if (trade := tools.lexicon.occupations.get(code)) is not None]
    return not trades or any(trade.licences for trade in trades)


def _run_out(abilities: Abilities, wishes: Wishes, tools: ReadingTools, read_on: date) -> Iterator[Constraint]:
    """The paper that wished work cannot do without has run out: first renewed, then sent to work."""
    trades = (tools.lexicon.occupations.get(term.code) for term in wishes.wished)
    asked = {paper for trade in trades if trade is not None for paper in trade.licences}
    for held in abilities.skills:
        if held.skill in asked and held.valid_to is not None and held.valid_to < read_on:
            yield Constraint(code="CERT_NEEDED_FIRST", evidence=held.evidence)


def _skills(abilities: Abilities, languages: Languages) -> tuple[SkillHeld, ...]:
    """Skills with the languages among them."""
    skills = abilities.skills
    if languages.speaks_mandarin.value is False:
        skills = tuple(held for held in skills if held.skill != "lang_mandarin")
    known = {held.skill for held in skills}
    added = []
    if languages.speaks_mandarin.value and "lang_mandarin" not in known:
        added.append(SkillHeld(skill="lang_mandarin", evidence=languages.speaks_mandarin.evidence))
    if languages.speaks_mongolian and "lang_mongolian" not in known:
        added.append(SkillHeld(skill="lang_mongolian", evidence=languages.speaks_mongolian))
    return (*skills, *added)


def _still_served(situations: tuple[LinkedTerm, ...], lives: Place | None, home: Place) -> tuple[LinkedTerm, ...]:
    """The situations; who moved house inside the prefecture of her register has not moved away."""
    near = lives is not None and bool(home.code) and lives.code[:4] == home.code[:4]
    return tuple(term for term in situations if not (near and term.code == "MOVED_AWAY"))


def _situations(cells: Cells, identity: IdNumber | None, schooling: Fact[Education]) -> tuple[LinkedTerm, ...]:
    """Situations of the texts, with those that a card or the schooling column tells."""
    found = {term.code: term for term in read_situations(cells)}
    if schooling.value is Education.ILLITERATE:
        found.setdefault("LOW_LITERACY", LinkedTerm("LOW_LITERACY", schooling.evidence))
    if identity is not None and identity.disability_kind:
        found.setdefault("DISABILITY", LinkedTerm("DISABILITY", (Evidence("身份证号", "", private=True),)))
    return tuple(found[code] for code in sorted(found))
