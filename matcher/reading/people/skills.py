"""What a person has done and can do: experience, skills, certificates with validity.

In: cells and the linker. Out: `Experience` and `SkillHeld` with years and evidence; what is denied, planned,
hearsay or somebody else's is left out, what is over is kept as not current.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from matcher.domain.facts import Evidence
from matcher.domain.worker import Experience, SkillHeld
from matcher.reading.days import named_days
from matcher.reading.folding import fold
from matcher.reading.linking import Kind, Mention
from matcher.reading.negation import clause_at, folded_polarity, no_longer
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.work.done import experience_of, longest
from matcher.reading.people.work.named import CARES, HELD, ONLY_IF, WISHED, is_paper, mentions, told
from matcher.reading.people.years import years_near
from matcher.reading.tools import ReadingTools

_PIECES = re.compile(r"[^,、;；。/\n]+")
_VERBS = re.compile(
    r"^(?:会|能|懂|干过?|做过?|当过?|在家|以前|原来|一直|在[一-龥]{2,4}?(?=干|做|当)|干|做|当|过|点|些)+|(?:干过|做过|会一些|会点|都行|都会|还行|也行|啥的|等)$"
)
_LENGTH_OF_TIME = re.compile(r"[0-9一二两三四五六七八九十几半多来]+个?[年月](?:多|了)?")
_NO_TRADE = re.compile(r"实习|见习|黄了|散了|倒闭|骑[一-龥]{0,3}车|老板|工资")
_EMPTY = re.compile(
    r"^(?:无|没|不|暂|啥|什么|普通|一般|其他|务农|在家|有)|[不没无的]|^[a-z0-9. -]+$|技术|工作|身体|力气|年$|月$"
)
_WOULD = re.compile(r"[一-龥]{0,3}(?:那|这)(?:样|种)的?活|[一-龥]{0,3}也不嫌")
"""Work somebody would not mind, which says nothing of knowing it."""
_EXPIRED = re.compile(r"过期|到期了|失效|作废|没年审|没(?:有)?复审|没审|脱审|没换|逾期|超期|已到期|没续")
_LOST = re.compile(
    r"吊(?:销|了)|押给|在增|记满|满分|在学习|12分|扣完|(?:随时|现|可以?|能)办(?!理过)|降(?:了|级)|押着|压着|扣着|丢了(?!,?(?:又|后来|已经?|刚)?补(?:了|回|办了|下|上|完))|注销|吊扣|暂扣|被扣|扣下|压在|押在|扣了(?![0-9一二三四五六七八九]+分)|收走|没收|没下来|没拿到|没发|没(?:去)?考(?:下|过)?|未考|未取|未领|笔试|差[一二两三1-3]门|没办|没有证|没取|在考|正考|报了?名|没证|无证|还没(?:考|办|拿|下|取)|科目?[一二三四1234]|[没未]过(?!期|审|户|年)|丢了?没补|是?借的|假的|冒牌|丢失|遗失|正(?:在)?学"
)
_VALID = re.compile(r"到期|有效|截止|失效|止|过期|年审|复审|换证")
_CHECKED = re.compile(r"(?:刚|才|已经?|都)?(?:年审|审|检|换)(?:过|了|完)")
"""刚年审过: the day is that of a check that was passed, not the end."""
_ISSUED = re.compile(r"取得|考的|办的|拿的|发的|领的|考取|颁发|发证|下证|年考|年办|年拿|起")
_ASKED = re.compile(r"要求(?:有|持)?$|需要?有?$|得有$")
_SAME_PAPER = re.compile(r"(?!那|另|还|(?!我的|他的|她的|这)[一-龥]{2,5}证)[^,]{0,6}(?:证|本)?(?:到期|过期|有效|复审)")
"""What goes on about the same paper: 电工证，今年到期."""
_PAPER_WORD = re.compile(r"证|照|本|资格|[abcd][123](?![0-9])")

_ASIDE = ("health_text", "language_text", "care_text")
"""Columns of other matters in which people tell work done too: 以前水泥厂装袋的，戴口罩就行."""


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
    for cell in cells.get("experience_text", "skills_text", "certificates_text", "remarks", *_ASIDE):
        experience.extend(experience_of(cell, tools, read_on))
        skills.extend(_skills(cell, tools, read_on))
    unlinked: list[str] = []
    for cell in cells.get("skills_text"):
        for found, words in _by_likeness(cell, tools, "skill", unlinked):
            skills.append(SkillHeld(skill=found.code, evidence=(words,)))
    for cell in cells.get("experience_text"):
        for found, words in _by_likeness(cell, tools, "occupation", unlinked):
            start = cell.text.find(fold(words.words).text)
            years = years_near(cell.text, start, start + 1, read_on) if start >= 0 else None
            experience.append(Experience(occupation=found.code, years=years, evidence=(words,)))
    kept = longest(experience)
    over = {item.occupation for item in kept if not item.current}
    still = (held for held in skills if tools.linker.occupation_for(held.skill) not in over)
    return Abilities(kept, _joined_skills(still), tuple(dict.fromkeys(unlinked)))


def _by_likeness(
    cell: Cell, tools: ReadingTools, kind: Kind, unlinked: list[str]
) -> Iterator[tuple[Mention, Evidence]]:
    """Pieces without any known word, linked by likeness; what is not like anything is left for the lexicon."""
    known = (*mentions(cell, tools, "occupation"), *mentions(cell, tools, "skill"))
    for piece in _PIECES.finditer(cell.text):
        start, end = piece.span()
        if any(found.touches(start, end) for found in known):
            continue
        if _NO_TRADE.search(piece[0]):
            continue
        core = _LENGTH_OF_TIME.sub("", _VERBS.sub("", piece[0])).strip()
        if not 2 <= len(core) <= 8 or _EMPTY.search(core):
            continue
        if folded_polarity(cell.text, start, end) not in HELD or folded_polarity(cell.text, end, end) not in HELD:
            continue
        best = tools.linker.best(core, kind)
        if best is None:
            unlinked.append(core)
        else:
            yield best, cell.evidence(start, end)


def _skills(cell: Cell, tools: ReadingTools, read_on: date) -> Iterator[SkillHeld]:
    """Skills and papers that a cell states."""
    trades = mentions(cell, tools, "occupation")
    for found in mentions(cell, tools, "skill"):
        if _only_part_of_trade(found, trades, tools):
            continue
        paper = is_paper(found.code, tools)
        if folded_polarity(cell.text, found.start, found.end) not in HELD:
            continue
        if paper:
            held = _paper(cell, found, read_on)
        elif _is_skill(cell, found):
            held = _skill(cell, found, read_on)
        else:
            held = None
        if held is not None:
            yield held
    yield from _graded(cell, trades, tools, read_on)


def _graded(cell: Cell, trades: tuple[Mention, ...], tools: ReadingTools, read_on: date) -> Iterator[SkillHeld]:
    """Papers of the column of certificates that name trade and grade only: 育婴员(中级), 中式烹调中级."""
    if cell.field != "证书":
        return
    for found in trades:
        named = _GRADE.match(cell.text[found.end :]) or _entry(cell.text, found, trades)
        if not named or folded_polarity(cell.text, found.start, found.end) not in HELD:
            continue
        paper = tools.linker.best(f"{found.words}证", "skill")
        if paper is not None and is_paper(paper.code, tools):
            held = _paper(cell, replace(found, code=paper.code, kind="skill"), read_on)
            if held is not None:
                yield held
    freight = _FREIGHT_PAPER.search(cell.text) if _LORRY.search(cell.text) else None
    if freight and not _LOST.search(cell.text[freight.end() : freight.end() + 6]):
        yield SkillHeld(skill="qual_freight", evidence=(cell.evidence(*freight.span()),))


def _entry(text: str, found: Mention, trades: tuple[Mention, ...]) -> bool:
    """Whether a trade is a whole entry of the column of certificates: 育婴师（培训机构发的）."""
    before, after = text[: found.start][-1:], text[found.end : found.end + 1]
    opens = not before or (before in _MARKS and before != "(") or any(one.end == found.start for one in trades)
    closes = not after or after in _MARKS or any(one.start == found.end for one in trades)
    return opens and closes and found.words[-1] in "师员工"


_MARKS = ":,、;/。 ()\n"
_GRADE = re.compile(r"(?:师|员|工)?[(]?(?:初级|中级|高级|技师|[一二三四五12345]级)[)]?(?!工|班)")
_FREIGHT_PAPER = re.compile(r"(?<![约租客运车])从业(?:资格)?证")
_LORRY = re.compile(r"[ab]2(?![0-9])")


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
    if _WOULD.match(cell.text[found.end : max(clause.end, found.end)]):
        return False
    if ONLY_IF.search(before):
        return False
    return not WISHED.search(before) and not CARES.search(before) and not no_longer(cell.text, found.start, found.end)


def _skill(cell: Cell, found: Mention, read_on: date) -> SkillHeld:
    """A skill with its years."""
    return SkillHeld(
        skill=found.code,
        years=years_near(cell.text, found.start, found.end, read_on),
        evidence=(told(cell, found),),
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
    if comma and _PAPER_WORD.search(text[comma.end() : last]) and not _SAME_PAPER.match(text, comma.end(), last):
        last = comma.start()
    return clause_at(text, found.start).start, last


def _valid_to(stretch: str, read_on: date) -> date | None:
    """The day a certificate runs out, where the words name one."""
    for named in named_days(stretch, read_on):
        around = stretch[max(0, named.start - 6) : named.end + 5]
        if _ISSUED.search(stretch[named.end : named.end + 4]) and not _VALID.search(around):
            continue
        if named.last < read_on and _CHECKED.match(stretch, named.end):
            continue
        if re.match(r"日?\s*(?:-|~|至|到)+\s*(?:长期|\d)", stretch[named.end :]):
            continue
        if _VALID.search(around) or re.search(
            r"(?:证|本|照|票)(?:是|能用)?(?:到|至)$|\d日?\s*(?:-|~|至|到)\s*$|(?:有效|年审)[^,;]{0,16}(?:-|~|至|到)$",
            stretch[: named.start],
        ):
            return _past_if_said(named.last, named.month is not None, stretch, read_on)
    return None


def _past_if_said(day: date, bare: bool, stretch: str, read_on: date) -> date:
    """A month without a year that is said to have passed lies behind the day of reading."""
    if (
        day > read_on
        and bare
        and re.search(r"过期了?|已(?:经)?(?:到期|失效)|(?<!快)(?<!要)(?<!上)到期了", stretch)
        and not re.search(r"\d{4}|明|后", stretch)
    ):
        return day.replace(year=day.year - 1, day=min(day.day, 28))
    return day


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
