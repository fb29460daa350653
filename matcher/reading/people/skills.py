"""What a person has done and can do: experience, skills, certificates with validity.

In: cells and the linker. Out: `Experience` and `SkillHeld` with years and evidence; what is denied, planned,
hearsay or somebody else's is left out, what is over is kept as not current.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.domain.facts import Evidence
from matcher.domain.worker import Experience, SkillHeld
from matcher.reading.days import named_days
from matcher.reading.folding import fold
from matcher.reading.linking import Kind, Mention
from matcher.reading.negation import Polarity, clause_at, denied_before, folded_polarity, no_longer
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.years import years_near
from matcher.reading.tools import ReadingTools
from matcher.reading.wordlists import words

PAPER_KINDS = frozenset({"certificate", "licence", "health_certificate"})
_HELD = frozenset({Polarity.AFFIRMED, Polarity.PAST})
_PIECES = re.compile(r"[^,、;；。/\n]+")
_VERBS = re.compile(
    r"^(?:会|能|懂|干过?|做过?|当过?|在家|以前|原来|一直|在[一-龥]{2,4}?(?=干|做|当)|干|做|当|过|点|些)+|(?:干过|做过|会一些|会点|都行|都会|还行|也行|啥的|等)$"
)
_WORKPLACE = re.compile(r"(?:店|厂|院|馆|场|工地|所|站|公司|车间|库房|食堂|学校|子|市|铺|房)$")
_LENGTH_OF_TIME = re.compile(r"[0-9一二两三四五六七八九十几半多来]+个?[年月](?:多|了)?")
_EMPTY = re.compile(
    r"^(?:无|没|不|暂|啥|什么|普通|一般|其他|务农|在家|有)|[不没无的]|^[a-z0-9. -]+$|技术|工作|身体|力气|年$|月$"
)
_DONE = re.compile(
    r"干过|做过|当过|打过|开过|跑过|养过|放过|种过|送过|待过|上过|包过|学徒|干(?:了|着)|做了|当了|打了|跑了|从事|老本行|一直(?:在|干|做)|"
    r"在[一-龥]{1,12}(?:干|做|当|打工|上班|跑|开)|[干做当开跑](?:的)?(?:是)?|[0-9一二两三四五六七八九十几半多来]年"
)
_WISHED = re.compile(
    r"(?:想|愿意?|希望|打算|要是|能|可以|盼着?|求|意向|适合|最好|介绍|安排|推荐|找)(?:是)?(?:去|再|个|份|找|干|做|当|学|点|一|到)"
)
_GIVEN_UP = re.compile(
    r"(?:早就?|已经?|现在|再也|后来|都|就|说啥也?)?不(?:想|愿意?)?(?:再)?(?:干|做|开|跑|养|种|当|放)了|干够了?|辞(?:了|掉)"
)
_VISITOR = re.compile(r"(?:师傅)?(?:来(?!的?就)|上门|到家|登门|说|让|给(?:我|他|她)家)")
_LEARNT = re.compile(r"学(?:了|过|会|的)|培训|[上进]过?[一-龥]{0,4}班")
_CARES = re.compile(r"回家|给(?:老人|孩子|家人|婆婆|公公|爹|妈|老伴|孙|娃|家里)|家里(?:老人|孩子)|照顾")
_OWN_HOUSEHOLD = re.compile(words("own.household"))
"""Bringing up one's own is no trade."""
_EXPIRED = re.compile(r"过期|到期了|失效|作废|没年审|没(?:有)?复审|没审|脱审|没换|逾期|超期|已到期|没续")
_LOST = re.compile(
    r"吊销|注销|吊扣|暂扣|被扣|扣了|收走|没收|没下来|没拿到|没发|没考(?:下|过)|没办|没有证|没取|在考|正考|报了?名|没证|无证|还没(?:考|办|拿|下|取)|科目?[一二三四1234]|没过|丢了?没补|是?借的|假的|冒牌|丢失|遗失|正(?:在)?学"
)
_VALID = re.compile(r"到期|有效|截止|失效|止|过期|年审|复审|换证")
_ISSUED = re.compile(r"取得|考的|办的|拿的|发的|领的|考取|颁发|发证|下证|年考|年办|年拿|起")
_ASKED = re.compile(r"要求(?:有|持)?$|需要?有?$|得有$")
_PAPER_WORD = re.compile(r"证|照|本|资格")


@dataclass(frozen=True, slots=True)
class Abilities:
    """What was found of doing and knowing."""

    experience: tuple[Experience, ...]
    skills: tuple[SkillHeld, ...]
    unlinked: tuple[str, ...] = ()
    """Short phrases of the two columns that no lexicon entry was found for."""


def read_abilities(cells: Cells, tools: ReadingTools, *, read_on: date) -> Abilities:
    """Experience and skills of a person from all her cells."""
    experience: list[Experience] = []
    skills: list[SkillHeld] = []
    for cell in cells.get("experience_text", "skills_text", "certificates_text", "remarks"):
        experience.extend(_experience(cell, tools, read_on))
        skills.extend(_skills(cell, tools, read_on))
    unlinked: list[str] = []
    for cell in cells.get("skills_text"):
        for found, told in _by_likeness(cell, tools, "skill", unlinked):
            skills.append(SkillHeld(skill=found.code, evidence=(told,)))
    for cell in cells.get("experience_text"):
        for found, told in _by_likeness(cell, tools, "occupation", unlinked):
            start = cell.text.find(fold(told.words).text)
            years = years_near(cell.text, start, start + 1, read_on) if start >= 0 else None
            experience.append(Experience(occupation=found.code, years=years, evidence=(told,)))
    kept = _longest(experience)
    over = {item.occupation for item in kept if not item.current}
    still = (held for held in skills if tools.linker.occupation_for(held.skill) not in over)
    return Abilities(kept, _joined_skills(still), tuple(dict.fromkeys(unlinked)))


def mentions(cell: Cell, tools: ReadingTools, kind: Kind) -> tuple[Mention, ...]:
    """Mentions in the folded text of a cell."""
    return tools.linker.mentions(cell.text, kind)


def is_paper(code: str, tools: ReadingTools) -> bool:
    """Whether a skill code is a certificate, licence or health certificate."""
    entry = tools.lexicon.skills.get(code)
    return entry is not None and entry.kind in PAPER_KINDS


def _by_likeness(
    cell: Cell, tools: ReadingTools, kind: Kind, unlinked: list[str]
) -> Iterator[tuple[Mention, Evidence]]:
    """Pieces without any known word, linked by likeness; what is not like anything is left for the lexicon."""
    known = (*mentions(cell, tools, "occupation"), *mentions(cell, tools, "skill"))
    for piece in _PIECES.finditer(cell.text):
        start, end = piece.span()
        if any(found.start < end and found.end > start for found in known):
            continue
        core = _LENGTH_OF_TIME.sub("", _VERBS.sub("", piece[0])).strip()
        if not 2 <= len(core) <= 8 or _EMPTY.search(core):
            continue
        if folded_polarity(cell.text, start, end) not in _HELD or folded_polarity(cell.text, end, end) not in _HELD:
            continue
        best = tools.linker.best(core, kind)
        if best is None:
            unlinked.append(core)
        else:
            yield best, cell.evidence(start, end)


def _experience(cell: Cell, tools: ReadingTools, read_on: date) -> Iterator[Experience]:
    """Work done that a cell states, by the name of the trade or of what is done in it."""
    skills = mentions(cell, tools, "skill")
    papers = [found for found in skills if is_paper(found.code, tools)]
    trades = [found for found in mentions(cell, tools, "occupation") if not _inside(found, papers)]
    named = {_item(cell, found) for found in trades}
    for found in trades:
        if _only_workplace(cell, found, trades):
            continue
        if _was_done(cell, found, read_on, only_known=_inside(found, skills)):
            yield _spell(cell, found, found.code, read_on)
    for found in skills:
        code = "" if found in papers else tools.linker.occupation_for(found.code)
        if code and _item(cell, found) not in named and _was_done(cell, found, read_on, only_known=True):
            yield _spell(cell, found, code, read_on)


def _item(cell: Cell, found: Mention) -> int:
    """Where the item of an enumeration begins that a mention stands in."""
    return max(clause_at(cell.text, found.start).start, cell.text.rfind("、", 0, found.start) + 1)


def _only_workplace(cell: Cell, found: Mention, trades: list[Mention]) -> bool:
    """Whether the words name where another trade of the same clause was done: 在饭店洗碗."""
    if not _WORKPLACE.search(cell.text[found.start : found.end]):
        return False
    clause = clause_at(cell.text, found.start)
    return any(found.end <= other.start < clause.end for other in trades)


def _spell(cell: Cell, found: Mention, occupation: str, read_on: date) -> Experience:
    """One experience with its years, and whether it still counts."""
    return Experience(
        occupation=occupation,
        years=years_near(cell.text, found.start, found.end, read_on),
        current=not no_longer(cell.text, found.start, found.end),
        evidence=(_told(cell, found),),
    )


def _inside(found: Mention, others: Iterable[Mention]) -> bool:
    """Whether a mention lies in one of the others."""
    return any(other.start <= found.start and found.end <= other.end for other in others)


def _was_done(cell: Cell, found: Mention, read_on: date, *, only_known: bool) -> bool:
    """Whether a trade named in a cell was the person's own work; `only_known` = the words may mean just the skill."""
    meant = folded_polarity(cell.text, found.start, found.end)
    clause = clause_at(cell.text, found.start)
    before = cell.text[clause.start : found.start]
    after = cell.text[found.end : max(clause.end, found.end)]
    given_up = meant is Polarity.NEGATED and _GIVEN_UP.search(after) and not denied_before(cell.text, found.start)
    if (meant not in _HELD and not given_up) or (_VISITOR.match(after) and not only_known):
        return False
    if _OWN_HOUSEHOLD.search(cell.text[clause.start : found.end]):
        return False
    if cell.field == "工作经历":
        return True
    if _WISHED.search(before):
        return False
    if given_up:
        return True
    if cell.field == "技能特长" and not only_known:
        return True
    if cell.field == "证书" or _CARES.search(before):
        return False
    said = cell.text[found.start : found.end]
    told = meant is Polarity.PAST or _DONE.search(before)
    if told or re.search(r"年|过|出身|[两俩仨几]冬|辈子", after[:8]) or re.search(r"[过了]|年|辈子", said[1:]):
        return True
    lasted = years_near(cell.text, found.start, found.end, read_on)
    return lasted is not None and not _LEARNT.search(cell.text[clause.start : clause.end])


def _told(cell: Cell, found: Mention) -> Evidence:
    """The clause a mention stands in, as evidence."""
    clause = clause_at(cell.text, found.start)
    return cell.evidence(min(clause.start, found.start), max(clause.end, found.end))


def _skills(cell: Cell, tools: ReadingTools, read_on: date) -> Iterator[SkillHeld]:
    """Skills and papers that a cell states."""
    trades = mentions(cell, tools, "occupation")
    for found in mentions(cell, tools, "skill"):
        if _only_part_of_trade(found, trades, tools):
            continue
        paper = is_paper(found.code, tools)
        if folded_polarity(cell.text, found.start, found.end) not in _HELD:
            continue
        if paper:
            held = _paper(cell, found, read_on)
        elif _is_skill(cell, found):
            held = _skill(cell, found, read_on)
        else:
            held = None
        if held is not None:
            yield held


def _only_part_of_trade(found: Mention, trades: tuple[Mention, ...], tools: ReadingTools) -> bool:
    """Whether the words are only a piece of a longer trade that does not need the skill: 瓦工小工."""
    for trade in trades:
        if trade.start <= found.start and found.end <= trade.end and found.end - found.start < trade.end - trade.start:
            return found.code not in dict(tools.lexicon.occupations[trade.code].skills)
    return False


def _is_skill(cell: Cell, found: Mention) -> bool:
    """Whether a skill named in a cell is one the person has, not one wished for or lost."""
    clause = clause_at(cell.text, found.start)
    before = cell.text[clause.start : found.start]
    if cell.text[found.end : found.end + 1] == "机" and re.search(r"[有买](?:了|台|个)*$", before):
        return False
    return not _WISHED.search(before) and not _CARES.search(before) and not no_longer(cell.text, found.start, found.end)


def _skill(cell: Cell, found: Mention, read_on: date) -> SkillHeld:
    """A skill with its years."""
    return SkillHeld(
        skill=found.code,
        years=years_near(cell.text, found.start, found.end, read_on),
        evidence=(_told(cell, found),),
    )


def _paper(cell: Cell, found: Mention, read_on: date) -> SkillHeld | None:
    """A certificate with the end of its validity; None where the words say it is not in hand."""
    start, last = _paper_stretch(cell, found)
    stretch = cell.text[found.end : last]
    if _LOST.search(stretch) or _LOST.search(cell.text[start : found.start][-8:]):
        return None
    if _ASKED.search(cell.text[start : found.start]):
        return None
    valid_to = _valid_to(cell.text[start:last], read_on)
    if valid_to is None and _EXPIRED.search(stretch):
        valid_to = read_on - timedelta(days=1)
    return SkillHeld(skill=found.code, valid_to=valid_to, evidence=(cell.evidence(found.start, max(last, found.end)),))


def _paper_stretch(cell: Cell, found: Mention) -> tuple[int, int]:
    """The words that belong to one certificate: up to the next mark or the next paper."""
    text = cell.text
    stop = re.compile(r"[、；;。\n]").search(text, found.end)
    last = stop.start() if stop else len(text)
    comma = re.compile(r"[,]").search(text, found.end, last)
    if (
        comma
        and _PAPER_WORD.search(text[comma.end() : last])
        and not re.match(r"[^,]{0,6}(?:证|本)?(?:到期|过期|有效|复审)", text[comma.end() : last])
    ):
        last = comma.start()
    return clause_at(text, found.start).start, last


def _valid_to(stretch: str, read_on: date) -> date | None:
    """The day a certificate runs out, where the words name one."""
    for named in named_days(stretch, read_on):
        around = stretch[max(0, named.start - 6) : named.end + 5]
        if _ISSUED.search(stretch[named.end : named.end + 4]) and not _VALID.search(around):
            continue
        if re.match(r"日?\s*(?:-|~|至|到)+\s*(?:长期|\d)", stretch[named.end :]):
            continue
        if _VALID.search(around) or re.search(r"(?:有效|年审)[^,;]{0,16}(?:-|~|至|到)$", stretch[: named.start]):
            return _past_if_said(named.last, named.month is not None, stretch, read_on)
    return None


def _past_if_said(day: date, bare: bool, stretch: str, read_on: date) -> date:
    """A month without a year that is said to have passed lies behind the day of reading."""
    if (
        day > read_on
        and bare
        and re.search(r"过期了?|已(?:经)?(?:到期|失效)|到期了", stretch)
        and not re.search(r"\d{4}|明|后", stretch)
    ):
        return day.replace(year=day.year - 1, day=min(day.day, 28))
    return day


def _longest(found: Iterable[Experience]) -> tuple[Experience, ...]:
    """One experience an occupation: the longest years; over only if every mention says so."""
    kept: dict[str, Experience] = {}
    for item in found:
        known = kept.get(item.occupation)
        if known is None:
            kept[item.occupation] = item
            continue
        years = max((value for value in (known.years, item.years) if value is not None), default=None)
        kept[item.occupation] = Experience(
            occupation=item.occupation,
            years=years,
            current=known.current and item.current,
            evidence=tuple(dict.fromkeys(known.evidence + item.evidence)),
        )
    return tuple(kept.values())


def _joined_skills(found: Iterable[SkillHeld]) -> tuple[SkillHeld, ...]:
    """One entry a skill: the longest years, the earliest stated end."""
    kept: dict[str, SkillHeld] = {}
    for item in found:
        known = kept.get(item.skill)
        if known is None:
            kept[item.skill] = item
            continue
        kept[item.skill] = SkillHeld(
            skill=item.skill,
            years=max((value for value in (known.years, item.years) if value is not None), default=None),
            valid_to=min((day for day in (known.valid_to, item.valid_to) if day is not None), default=None),
            evidence=tuple(dict.fromkeys(known.evidence + item.evidence)),
        )
    return tuple(kept.values())
