"""TrainingClass → TrainingFacts.

In: a class as its provider states it. Out: the trade, what one leaves with, its level, and who may come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from matcher.domain.facts import Fact, LinkedTerm
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.reading.adverts import phrases
from matcher.reading.adverts.hazards import USUAL
from matcher.reading.age import read_age_passage
from matcher.reading.education import read_education_asked
from matcher.reading.passages import Passage, passages
from matcher.reading.tools import ReadingTools
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

_TITLE, _OCCUPATION, _LEVEL, _CERTIFICATE = "培训项目", "职业工种", "等级", "发放证书"
TAUGHT_FROM = 0.8
"""A class teaches the skills that weigh at least this much in its occupation."""
_LEVELS = tuple((level, re.compile(words(f"class.level.{level}"))) for level in (1, 2, 3, 4, 5))
_CERTIFICATION = re.compile(words("class.certification"))
_RENEWAL = re.compile(words("class.renewal"))
_OBTAINS = re.compile(words("class.obtains"))
_FOR_NEW = re.compile(words("class.for_new"))
"""Who has not got the paper yet is taken too."""
_BUSINESS = re.compile(words("class.business"))
_FREE, _NOT_FREE = re.compile(words("class.free")), re.compile(words("class.not_free"))
_MONGOLIAN, _CHINESE = re.compile(words("class.mongolian")), re.compile(words("class.chinese"))
_NOISE = re.compile(words("class.noise"))

_PIECE = re.compile(r"[^、/+,，;；()（）\s和与]+")


@lru_cache(maxsize=1)
def _health_rules() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """The rows of class_health_rules.csv: words of a health rule and the limits it shuts out."""
    return tuple(
        (re.compile(row["pattern"]), tuple(row["excludes"].split())) for row in read_table("class_health_rules")
    )


def read_class(training_class: TrainingClass, tools: ReadingTools) -> TrainingFacts:
    """What the announcement of a class says."""
    title = passages([(_TITLE, training_class.title)])
    trade = passages([(_OCCUPATION, training_class.occupation_text)])
    papers = passages([(_CERTIFICATE, training_class.certificate_text)])
    statements = phrases.read_statements(passages([("食宿", training_class.board_text)]))
    ages = passages([("年龄要求", training_class.age_text)])
    occupations = _occupations(trade + title, tools)
    skills = _skills(title + trade + papers, tools)
    known = {term.code for term in skills}
    certifies = _certifies(training_class)
    taught = () if certifies else (*_licensed(training_class, occupations, tools), *_taught(occupations, tools))
    return TrainingFacts(
        occupations=occupations,
        skills=(*skills, *(term for term in taught if term.code not in known)),
        level=_level(training_class.level_text, training_class.title, training_class.certificate_text),
        certification_only=certifies,
        renewal=_renews(training_class),
        business=bool(_BUSINESS.search(training_class.title)),
        age=read_age_passage(ages[0], free=False, on=training_class.starts_on) if ages else None,
        education=read_education_asked(training_class.education_text, "学历要求"),
        languages=_languages(training_class.language_text),
        excludes=_excludes(training_class.health_text),
        lodging=phrases.flag(statements, "lodging"),
        free=_free(training_class.subsidy_text),
    )


def _occupations(texts: tuple[Passage, ...], tools: ReadingTools) -> tuple[LinkedTerm, ...]:
    """The trades of the column and of the title, the surest first."""
    found: dict[str, LinkedTerm] = {}
    for passage in texts:
        core = _NOISE.sub("", passage.text).strip(" ()-:")
        best = tools.linker.best(core, "occupation") if core else None
        mentions = tools.linker.mentions(passage.text, "occupation")
        terms = {item.code: LinkedTerm(item.code, (passage.evidence(item.start, item.end),)) for item in mentions}
        if best is not None:
            whole = passage.evidence(0, len(passage.text))
            terms = {best.code: LinkedTerm(best.code, (whole,), best.confidence)} | terms
        found = {**terms, **found} if passage.field == _OCCUPATION else {**found, **terms}
    for term in _by_skill(texts, tools):
        found.setdefault(term.code, term)
    return tuple(found.values()) or tuple(_aimed_at(texts, tools))


def _by_skill(texts: tuple[Passage, ...], tools: ReadingTools) -> Iterator[LinkedTerm]:
    """The trades a list names by their skill alone: of 木工/瓦工/镶贴 the last, of 挖掘机装载机 both."""
    for passage in texts:
        for piece in _PIECE.finditer(passage.text):
            text = piece[0]
            if tools.linker.mentions(text, "occupation"):
                continue
            named = [item for item in tools.linker.mentions(text, "skill") if not tools.linker.is_paper(item.code)]
            filled = sum(item.end - item.start for item in named)
            trades = (
                [tools.linker.occupation_for(item.code) for item in named]
                if filled * 2 >= len(_NOISE.sub("", text))
                else []
            )
            yield from (LinkedTerm(code, (passage.evidence(*piece.span()),), USUAL) for code in trades if code)


def _aimed_at(texts: tuple[Passage, ...], tools: ReadingTools) -> Iterator[LinkedTerm]:
    """The trade that asks for the paper a class leads to, where no trade is named: B2增驾."""
    for passage in texts:
        trades = {tools.linker.occupation_with(paper) for paper in tools.linker.aimed_at(passage.text)} - {""}
        yield from (LinkedTerm(code, (passage.evidence(0, len(passage.text)),), USUAL) for code in sorted(trades))


def _skills(texts: tuple[Passage, ...], tools: ReadingTools) -> tuple[LinkedTerm, ...]:
    """Skills and papers named in title, trade and certificate."""
    found: dict[str, LinkedTerm] = {}
    for passage in texts:
        for item in tools.linker.mentions(passage.text, "skill"):
            found.setdefault(item.code, LinkedTerm(item.code, (passage.evidence(item.start, item.end),)))
        if passage.field == _TITLE:
            for code in tools.linker.aimed_at(passage.text):
                found.setdefault(code, LinkedTerm(code, (passage.evidence(0, len(passage.text)),)))
        if passage.field == _CERTIFICATE and not found:
            best = tools.linker.best(passage.text, "skill")
            if best is not None:
                found[best.code] = LinkedTerm(best.code, (passage.evidence(0, len(passage.text)),), best.confidence)
    return tuple(found.values())


def _taught(occupations: tuple[LinkedTerm, ...], tools: ReadingTools) -> tuple[LinkedTerm, ...]:
    """What makes one good at the trade of a class, where the class names no skill itself."""
    occupation = tools.lexicon.occupations.get(occupations[0].code) if occupations else None
    if occupation is None:
        return ()
    kinds = ((code, tools.lexicon.skills.get(code), weight) for code, weight in occupation.skills)
    return tuple(
        LinkedTerm(code, occupations[0].evidence, USUAL)
        for code, entry, weight in kinds
        if entry is not None and entry.kind == "skill" and weight >= TAUGHT_FROM
    )


def _level(*texts: str) -> int | None:
    """初级 = 5 … 高级技师 = 1, by the first text that names one."""
    for passage in passages((str(index), text) for index, text in enumerate(texts)):
        for level, pattern in _LEVELS:
            if pattern.search(passage.text):
                return level
    return None


def _certifies(training_class: TrainingClass) -> bool:
    """Whether the class only certifies what one already does."""
    return bool(_CERTIFICATION.search(training_class.title) or _CERTIFICATION.search(training_class.level_text))


def _renews(training_class: TrainingClass) -> bool:
    """Whether the class is only for those who have the paper: renewed, and not also obtained."""
    text = f"{training_class.title} {training_class.level_text}"
    return bool(_RENEWAL.search(text)) and not _FOR_NEW.search(text)


def _licensed(
    training_class: TrainingClass, occupations: tuple[LinkedTerm, ...], tools: ReadingTools
) -> tuple[LinkedTerm, ...]:
    """The licences the trades of a class cannot do without, where the class is held to obtain or renew them."""
    text = f"{training_class.title} {training_class.level_text} {training_class.certificate_text}"
    if not (_OBTAINS.search(text) or _RENEWAL.search(text)):
        return ()
    found: dict[str, LinkedTerm] = {}
    for term in occupations if _RENEWAL.search(text) else occupations[:1]:
        entry = tools.lexicon.occupations.get(term.code)
        gated = [code for code in (entry.licences if entry else ()) if tools.lexicon.skills[code].gate]
        found.update({code: LinkedTerm(code, term.evidence, USUAL) for code in gated[:1] if code not in found})
    return tuple(found.values())


def _languages(text: str) -> tuple[str, ...]:
    """蒙汉双语 → zh, mn."""
    return tuple(code for code, pattern in (("zh", _CHINESE), ("mn", _MONGOLIAN)) if pattern.search(text))


def _excludes(text: str) -> tuple[str, ...]:
    """Limits that a health rule shuts out."""
    codes = (code for pattern, excluded in _health_rules() if pattern.search(text) for code in excluded)
    return tuple(dict.fromkeys(codes))


def _free(text: str) -> Fact[bool]:
    """Whether the class costs the learner nothing."""
    for passage in passages([("补贴标准", text)]):
        for pattern, value in ((_NOT_FREE, False), (_FREE, True)):
            match = pattern.search(passage.text)
            if match:
                return Fact(value, (passage.evidence(*match.span()),))
    return Fact()
