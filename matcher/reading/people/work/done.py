"""Work a person has done: trades named, skills that were lived by.

In: a cell and the linker. Out: `Experience` with years; what is denied, planned, hearsay or somebody else's is left
out, what is over is kept as not current.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from matcher.domain.worker import Experience
from matcher.reading.linking import Mention
from matcher.reading.negation import Polarity, clause_at, denied_before, folded_polarity, no_longer
from matcher.reading.people.cells import Cell
from matcher.reading.people.work.contexts import at_its_place
from matcher.reading.people.work.deeds import ITEM, deeds
from matcher.reading.people.work.implied import gone_on, implied
from matcher.reading.people.work.named import CARES, HELD, ONLY_IF, WISHED, is_paper, mentions, told
from matcher.reading.people.work.own_farm import own_farm
from matcher.reading.people.work.places import places_worked
from matcher.reading.people.work.plain import failed_trial, plainly_told, years_told
from matcher.reading.people.work.standing import gave_up_before, is_of_trade
from matcher.reading.people.years import years_near
from matcher.reading.tools import ReadingTools
from matcher.reading.wordlists import words

_WORKPLACE = re.compile(
    r"(?:店|厂|院|馆|场|工地|所|站|公司|车间|库房|食堂|学校|(?:馆|场|铺|厂|摊)子|市|铺|房|仓库|中心)$"
)
_DONE = re.compile(
    r"干过|做过|当过|打过|开过|跑过|养过|放过|种过|送过|待过|上过|包过|学徒|干(?:了|着)|做了|当了|打了|跑了|从事|老本行|一直(?:在|干|做)|"
    r"(?:农闲|冬天|年年|每年|秋天|夏天|平时|春天)(?:就|都|也)?(?:去|给|在|上)[一-龥]{0,6}$|去过[一-龥]{2,4}$|^(?:[他她我]|以前|原来|早先|之前|现在|那年|有一年|后来|曾|去年|前年|大前年|前几年|头几年|\d{2,4}年)*在(?!家|村|屯|[一-龥]{0,6}(?:学校|班|课))[一-龥]{2,10}$|"
    r"在[一-龥]{1,12}(?:干|做|当|打工|上班|跑|开)|[0-9一二两三四五六七八九十几半多来]年"
)
_TAKEN_BACK = re.compile(r"[^,。;?？]{0,6}[?？,](?:不对|说错|记错)")
_DOES = re.compile(r"[干做当开跑]")
_GIVEN_UP = re.compile(
    r"(?:早就?|已经?|现在|再也|后来|都|就|说啥也?)?不(?:想|愿意?)?(?:再)?(?:干|做|开|跑|养|种|当|放)了|干够了?|辞(?:了|掉)"
)
_VISITOR = re.compile(r"(?:师傅)?(?:来(?!的?就)|上门|到家|登门|说|让|给(?:我|他|她)家)")
_THOUGHT_OF = re.compile(r"(?:想|愿意?|希望|打算|准备|盼着?|要是|寻思|琢磨|介绍|安排|招|找|应聘)[一-龥]{0,4}$")
_NOW = re.compile(
    r"(?:现在|眼下|目前|如今|这会儿|给[一-龥]{1,6}(?:帮忙|帮工|打工|干活)|(?:在|上)[一-龥]{1,6}(?:帮忙|帮工))(?!想|要|能|就)"
)
_TRAIT = re.compile(words("work.trait"))
_SCHOOL_AFTER = re.compile(
    r"(?:员|师|类|与[一-龥]{2,4})?(?:的)?(?:专业|培训|班(?!组|长|车|干)|课|系(?!统)|中专|中职|技校|毕业|(?:职业)?(?:技能)?等级|资格|证)"
)
_SCHOOL_BEFORE = re.compile(r"(?:学(?:过|的|习过?|完)|在[一-龥]{0,6}学了?)[一-龥]{0,3}$|(?:培训|念|读)(?:过|的|了)$")
_SCHOOL_INSIDE = re.compile(r"^学(?:过|的|习)|培训班?$|专业$")
_LEARNT_AFTER = re.compile(r"[^,。;干做当开]{0,3}?学(?:过|了)(?!徒)")
_WENT_DOWN = re.compile(
    r"(?:[里那]|的)?(?:老板|包工头|工头|经理)?(?:早|都|又|后来|20\d\d年|去年|前年|今年)?(?:黄|散了|倒闭|欠|跑了|没给|搬走|拆迁|不要)"
)
_CHILD = re.compile(r"孩|娃|宝宝")
_OWN_CHILD = re.compile(r"(?:自己|自家|自个儿?|在家|孙子?|孙女|外孙)[一-龥0-9]{0,6}$|^[一-龥0-9]{0,4}(?:自己|自家)")
_OF_KIN = re.compile(words("care.own_kin"))
"""伺候瘫痪婆婆五年."""
_FOR_PAY = re.compile(r"(?:给|帮|替)(?!自己)|雇|人家")
_THEN_WORKED = re.compile(
    r"(?:的?活儿?|员|工)?(?:也|都)?(?:[干做跑当开养放](?:到|了|得|过|着|出[一-龥]{2}|坏|伤)|把[一-龥]{1,4}[干跑累])(?!就)"
)
"""木工干到五十五; 送快递把膝盖跑坏了."""
_DONE_TO = re.compile(r"(?:让|请|找|叫|被|雇|跟个|跟了个)(?:了|过|个|人家)*$")
_NOT_FOR_WORK = re.compile(words("place.not_for_work"))
_FORMER_ONE = re.compile(r"(?:原来|以前|那个|老)的$")
_STILL_COULD = re.compile(r"(?:去年|前年|以前|早先|原来|前几年)[一-龥]{0,2}还能[干做开跑]$")
"""去年还能干力工: able then, and so working then."""
_AT_WORK = re.compile(r"(?:园|校|院|厂|店|公司|工地|食堂|单位|队)(?:里)?(?:给|帮|替|照顾)")
_ANY_FACTORY = frozenset({"factory_worker", "day_labourer"})
"""The place says more than such work: 在砖厂上班."""
_LEAST_DEED = 3
_WORKED_TOO = re.compile(r"[干做当](?:过|了)")
_LEARNT = re.compile(r"学(?:了|过|会|的)|培训|[上进]过?[一-龥]{0,4}班")


def experience_of(cell: Cell, tools: ReadingTools, read_on: date) -> Iterator[Experience]:
    """Work done that a cell states, by the name of the trade or of what is done in it."""
    skills = mentions(cell, tools, "skill")
    papers = [found for found in skills if is_paper(found.code, tools)]
    trades = [found for found in mentions(cell, tools, "occupation") if not _inside(found, papers)]
    own = [
        found
        for found in trades
        if not _only_workplace(cell, found, (*trades, *skills)) and not _only_learnt(cell, found)
    ]
    named = {_item(cell, found) for found in own}
    for found in own:
        if was_done(cell, found, read_on, only_known=_inside(found, skills)):
            yield spell(cell, found, found.code, read_on)
    for found in skills:
        code = "" if found in papers or _tells_no_trade(found, tools) else tools.linker.occupation_for(found.code)
        if (
            code
            and _item(cell, found) not in named
            and not _only_learnt(cell, found)
            and was_done(cell, found, read_on, only_known=True)
        ):
            yield spell(cell, found, code, read_on)
    yield from _by_deed_or_place(cell, (*trades, *skills), tools, read_on)


def _by_deed_or_place(
    cell: Cell, known: tuple[Mention, ...], tools: ReadingTools, read_on: date
) -> Iterator[Experience]:
    """Work of the items that name no trade: by what was done to what, else by the place."""
    for item in ITEM.finditer(cell.text):
        start, end = item.span()
        inside = [found for found in known if found.touches(start, end)]
        if inside:
            if {found.code for found in inside if found.kind == "occupation"} <= _ANY_FACTORY:
                yield from (spell(cell, found, found.code, read_on) for found in places_worked(cell, start, end))
            for first, last in _beside(start, end, known):
                for found in deeds(cell, first, last):
                    if was_done(cell, found, read_on, only_known=True):
                        yield spell(cell, found, found.code, read_on)
            continue
        did = [found for found in deeds(cell, start, end) if was_done(cell, found, read_on, only_known=True)]
        did = did or [*implied(cell, start, end, known, tools)]
        if all(found.code in _ANY_FACTORY for found in did):
            did = [*places_worked(cell, start, end)] or did or [*gone_on(cell, start, end, known, tools)]
        for found in did:
            held = folded_polarity(cell.text, found.start, found.end) in HELD and not failed_trial(cell, found)
            if held and not _only_thought_of(cell, found):
                yield spell(cell, found, found.code, read_on)
    if cell.field != "证书":
        yield from (spell(cell, found, found.code, read_on) for found in own_farm(cell))


def _beside(start: int, end: int, known: tuple[Mention, ...]) -> Iterator[tuple[int, int]]:
    """The stretches of an item that lie beside the trades and skills named in it."""
    for found in sorted(known, key=lambda one: one.start):
        if found.touches(start, end):
            if found.start - start >= _LEAST_DEED:
                yield start, found.start
            start = max(start, found.end)
    if end - start >= _LEAST_DEED:
        yield start, end


def _only_thought_of(cell: Cell, found: Mention) -> bool:
    """Whether an item without a trade is only wished for or about to come: 想去电子厂干几年."""
    clause = clause_at(cell.text, found.start)
    return bool(_THOUGHT_OF.search(cell.text[clause.start : found.start + 1]))


def _tells_no_trade(found: Mention, tools: ReadingTools) -> bool:
    """Whether a skill is a language or a trait, by which nobody has worked: 蒙汉都会, 有力气."""
    return tools.lexicon.skills[found.code].kind == "language" or bool(_TRAIT.search(found.words))


def _only_learnt(cell: Cell, found: Mention) -> bool:
    """Whether a trade was only learnt: 美发专业, 上过家政班, 学过平面设计."""
    clause = clause_at(cell.text, found.start)
    before, after = cell.text[clause.start : found.start], cell.text[found.end : max(clause.end, found.end)]
    learnt = (
        _LEARNT_AFTER.match(after)
        or _SCHOOL_AFTER.match(after)
        or _SCHOOL_BEFORE.search(before)
        or _SCHOOL_INSIDE.search(found.words)
    )
    return bool(learnt) and not _WORKED_TOO.search(after)


def _item(cell: Cell, found: Mention) -> int:
    """Where the item of an enumeration begins that a mention stands in."""
    return max(clause_at(cell.text, found.start).start, cell.text.rfind("、", 0, found.start) + 1)


def _only_workplace(cell: Cell, found: Mention, trades: Iterable[Mention]) -> bool:
    """Whether the words name where another trade of the same clause was done: 在饭店洗碗."""
    if not _WORKPLACE.search(cell.text[found.start : found.end]):
        return False
    clause = clause_at(cell.text, found.start)
    return any(found.end <= other.start < clause.end for other in trades)


def spell(cell: Cell, found: Mention, occupation: str, read_on: date) -> Experience:
    """One experience with its years, and whether it still counts."""
    return Experience(
        occupation=at_its_place(occupation, cell, found.start, found.end),
        years=years_near(cell.text, found.start, found.end, read_on),
        current=not (no_longer(cell.text, found.start, found.end) or gave_up_before(cell, found)),
        evidence=(told(cell, found),),
    )


def _inside(found: Mention, others: Iterable[Mention]) -> bool:
    """Whether a mention lies in one of the others."""
    return any(other.start <= found.start and found.end <= other.end for other in others)


def was_done(cell: Cell, found: Mention, read_on: date, *, only_known: bool) -> bool:
    """Whether a trade named in a cell was the person's own work; `only_known` = the words may mean just the skill."""
    meant = folded_polarity(cell.text, found.start, found.end)
    clause = clause_at(cell.text, found.start)
    before = cell.text[clause.start : found.start]
    after = cell.text[found.end : max(clause.end, found.end)]
    if _TAKEN_BACK.match(cell.text, found.end):
        return False
    given_up = meant is Polarity.NEGATED and _GIVEN_UP.search(after) and not denied_before(cell.text, found.start)
    given_up = given_up or gave_up_before(cell, found)
    if meant is not Polarity.OTHER and years_told(cell, found):
        return True
    if (meant not in HELD and not given_up) or (_VISITOR.match(after) and not only_known):
        return False
    if _WORKPLACE.search(found.words) and (_WENT_DOWN.match(after) or _NOT_FOR_WORK.match(after)):
        return False
    if (_CHILD.search(found.words) and _of_own_child(before, found.words, after)) or failed_trial(cell, found):
        return False
    if _OF_KIN.match(cell.text, found.end) and not _FOR_PAY.search(before):
        return False
    if cell.field == "工作经历":
        return True
    if (WISHED.search(before) and not _STILL_COULD.search(before)) or ONLY_IF.search(before):
        return False
    if given_up:
        return True
    if cell.field == "技能特长" and not only_known:
        return True
    if cell.field == "证书" or (CARES.search(before) and not _AT_WORK.search(before)):
        return False
    if _DONE_TO.search(before) or _FORMER_ONE.search(before):
        return False
    if is_of_trade(cell, found) or plainly_told(cell, found):
        return True
    item = cell.text[_item(cell, found) : found.start]
    named = cell.text[found.start : found.end]
    said = meant is Polarity.PAST or _DONE.search(before) or _DOES.search(item) or _NOW.search(before)
    if _THEN_WORKED.match(after):
        return True
    if said or re.search(r"年|过|出身|[两俩仨几]冬|辈子", after[:8]) or re.search(r"[过了着]|年|辈子", named[1:]):
        return True
    lasted = years_near(cell.text, found.start, found.end, read_on)
    return lasted is not None and not _LEARNT.search(cell.text[clause.start : clause.end])


def _of_own_child(before: str, named: str, after: str) -> bool:
    """Whether minding a child is said of the person's own: 在家带了三年孩子."""
    if _FOR_PAY.search(before):
        return False
    return bool(_OWN_CHILD.search(before) or "自己" in named or "自家" in named or after.startswith("自己"))


def longest(found: Iterable[Experience]) -> tuple[Experience, ...]:
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
