"""What a person wants and does not want: work, places, going away, classes.

In: cells, the home, the linker and the gazetteer. Out: wished and refused occupations, wished places, willingness
to move, classes wished and taken. A refusal always outweighs a wish for the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from matcher.domain.division import Place
from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.domain.worker import Worker
from matcher.reading.linking import Mention
from matcher.reading.negation import Polarity, clause_at, folded_polarity
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.skills import mentions
from matcher.reading.tools import ReadingTools
from matcher.reference.tables import read_table

_PIECE = re.compile(r"[、,;；/。\n|｜]+|或者?|和|及|以及|还有|(?<![a-z0-9]) (?![a-z0-9])")
_ANYTHING = re.compile(
    r"^(?:[干做]?(?:啥|什么|哪样)(?:活|工作|都|也|工种)*(?:儿)?(?:都|也)?(?:行|可以?|能干|干|成|中|好)|不限|无(?:要求|所谓|特殊要求)?|不挑(?:活)?|服从(?:分配|安排)|都(?:行|可以?)|"
    r"随便|均可|听安排|看着(?:安排|办)|有活就(?:行|干)|能挣钱就行|普通?|其他|其它|暂无|没有|未定|不详|同上|待定|工作|岗位?|活儿?)$"
)
_LEAD = re.compile(
    r"^(?:想|愿意?|希望|打算|要是|可以?|能|找|个|份|干|做|当|学|点|去|在|就|也|最好|是|意向|从事|有|给|安排|介绍|推荐|考虑|优先|主要|比较|还是|我|他|她|本人)+(?=..)"
)
_TAIL = re.compile(
    r"(?:一类|之类|类|方面|啥|什么|等|那种|这种|那样|岗位?|工作|工种|的|活儿?|职位|都行|就行|也行|都可以?|优先|最好|为主|吧|都)+(?:的)?$"
)
_WANT = re.compile(r"(?:想|愿意?|希望|打算|盼|求|意向|找|准备|考虑|乐意|喜欢|要|就行|可以|能)[一-龥]{0,8}$")
_REFUSE = re.compile(
    r"不(?:想|愿意?|干|做|去|要|考虑|爱|喜欢|接受|乐意|再干|再做)|除了|除外|免谈|拒绝|干够|别(?:给|推荐|介绍|安排)|怕"
)
_WANT_REMARK = re.compile(
    r"(?:想|愿意?|希望|打算|盼着?|求个?|意向|乐意|喜欢|准备|要)(?:去|再|在|能)?(?:[一-龥0-9]{0,6}?)(?:找|干|做|当|个|份|从事|点|应聘|考虑|安排|介绍)?[一-龥]{0,4}$"
)
_TRAIN = re.compile(
    r"(?:想|愿意?|希望|打算|准备|要|需要?|可以|有意)(?:去|再|参加|报名?)?(?:学|培训|考|报(?:个|名)?)|培训意愿|想学|学(?:个|门|点)|取(?:个|得)?证|考(?:个|下)?"
)
_TRAINED = re.compile(
    r"(?:参加|上|学|培训|取得|拿)(?:过|了)|培训过|学过|结业|已(?:参加|培训|学|取)|(?:去年|前年|20\d\d年?|今年|年初|上半年)[一-龥]{0,8}(?:培训|参加|学)|培训(?:结业)?证"
)
_NOT_MOVING = re.compile(
    r"(?:不(?:想|愿意?|能|去|出|考虑|打算|敢|接受|离开?|肯|方便)(?:去|到|出|离开?)?(?:远门|外地|远|太远|外边|外面|家|旗|通辽|本地|盟外|旗外|县外|省外|市外|区外)(?!务农)|(?:旗|市|通辽|县|省|区|盟|本地|家|本旗|自治区|内蒙古?)(?:以)?外(?:的|地方|都|就|也)?(?:不|免)(?:去|行|考虑|想|能|要)?|"
    r"外地(?:的|都|也|就)?(?:不|免)(?:去|行|考虑|想|能|方便|要)|(?:出不(?:去|来)|走不(?:开|了|脱)|离不(?:开|了)家|去不了)(?:远|外)?|不(?:能|想|愿)?(?:外出|出去|出门|远走|出远门)|(?:只|就|仅|光)(?:想|能|愿意?|在|限|考虑|找|要)[一-龥]{0,4}(?:本地|当地|本旗|旗里|家门口|附近|家附近|通辽|镇上|镇里|本村|村里|屯里|本县|县里|县城|市里|跟前)|无法外出|不能外出|不(?:想|打算|愿意?)再(?:去|出去|出门|出远门)|不出[一-龥]{0,3}(?:旗|区|县|市|镇|苏木|乡|村|屯|嘎查|通辽|左中|门)|就近(?:找|就业|干|上班)|不出通辽|不出远门)"
)
_MOVING = re.compile(
    r"(?:愿意?|能|可以?|想|同意|接受|打算|考虑|敢|希望|准备|要|还想|有意|盼着)(?:再)?(?:去|到|出|往|赴)?(?:外地|外出|外面|外边|出去|出远门|远门|北京|上海|天津|沈阳|大连|南方|区外|旗外|省外|呼市|广东|江苏|深圳|浙江|山东|青岛|长春|赤峰|出去闯|大城市|城里)|"
    r"(?:去)?(?:哪|哪里|哪儿|哪个地方|什么地方|啥地方|全国|远近|远点|外地|区外|省外|旗外)(?:都|也|就|均)(?:行|可以?|能去|去|中|成|好|愿意|没问题|不怕|无所谓)|(?:北京|上海|天津|沈阳|大连|南方|外地)[一-龥、]{0,6}(?:都|也)?(?:行|可以|能去|没问题)|(?:远近|地点|地区|地方|区域)(?:都)?(?:不限|不挑|无所谓|都行)|不怕远|^外地(?!不|免|的?就?(?:不|算))|有(?:个)?伴(?:儿)?(?:就|也)(?:去|行)|(?:跟|随)(?:着)?(?:大伙|老乡|同村|队|车)[一-龥]{0,4}(?:出去|走|去)|服从(?:分配|安排)"
)
_LODGING = re.compile(
    r"(?:管|包|有|提供|供|能|要|带|得有|解决)(?:吃(?:管)?)?(?:食)?(?:住|宿)(?!家|院|在家|外)|有地方住|(?:有|管|要|得有)(?:职工)?宿舍|吃住(?:都)?(?:管|包|解决|全包)|食宿(?:全包|都管|要|全)"
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was found of wishes."""

    wished: tuple[LinkedTerm, ...] = ()
    refused: tuple[LinkedTerm, ...] = ()
    training_wished: tuple[LinkedTerm, ...] = ()
    trained: tuple[LinkedTerm, ...] = ()
    places: tuple[tuple[Place, Evidence], ...] = ()
    willing_to_move: Fact[bool] = field(default_factory=Fact)
    needs_lodging: tuple[Evidence, ...] = ()
    unlinked: tuple[str, ...] = ()


def read_wishes(cells: Cells, tools: ReadingTools, *, home: Place, moves: bool | None) -> Wishes:
    """All wishes of a person; `moves` is the column 是否愿意外出."""
    wished: list[LinkedTerm] = []
    refused: list[LinkedTerm] = []
    unlinked: list[str] = []
    for cell in cells.get("wish_text"):
        _from_wish_cell(cell, tools, wished, refused, unlinked)
    for cell in cells.get("remarks", "wish_place_text", "care_text", "experience_text", "skills_text"):
        _from_remarks(cell, tools, wished, refused)
    out = {term.code for term in refused}
    texts = cells.get("wish_place_text", "remarks", "wish_text", "care_text")
    return Wishes(
        wished=_unique(term for term in wished if term.code not in out),
        refused=_unique(refused),
        training_wished=_unique(_training(cells, tools, wished=True)),
        trained=_unique(_training(cells, tools, wished=False)),
        places=tuple(_places(cells, tools, home)),
        willing_to_move=_moving(texts, moves),
        needs_lodging=tuple(_lodging(texts)),
        unlinked=tuple(dict.fromkeys(unlinked)),
    )


def _from_wish_cell(
    cell: Cell, tools: ReadingTools, wished: list[LinkedTerm], refused: list[LinkedTerm], unlinked: list[str]
) -> None:
    """The wish column: every piece is a wish unless it is denied."""
    for start, end in _pieces(cell.text):
        inside = [found for found in mentions(cell, tools, "occupation") if start <= found.start < end]
        for found in inside:
            _sort_in(cell, found, wished, refused)
        core = _core(cell.text[start:end])
        if inside or not core or _ANYTHING.match(core):
            continue
        best = _liked(core, tools)
        if best is None:
            unlinked.extend([core] if 2 <= len(core) <= 12 and not _SENTENCE_LIKE.search(core) else [])
            continue
        term = LinkedTerm(best.code, (cell.evidence(start, end),), best.confidence)
        denied = folded_polarity(cell.text, start + 1, end) is Polarity.NEGATED or _REFUSE.search(cell.text[start:end])
        (refused if denied else wished).append(term)


_SENTENCE_LIKE = re.compile(
    r"[不没都行就也能的了过]|工资|白班|夜班|离家|钱|年|月|远|近|管|包|住|回家|轻|地方|时间|地区|本地|孩子"
)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between separators."""
    start = 0
    for gap in _PIECE.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def _core(piece: str) -> str:
    """A wish without the words around it: 想干个保洁之类的 → 保洁."""
    return _TAIL.sub("", _LEAD.sub("", piece.strip())).strip()


def _liked(core: str, tools: ReadingTools) -> Mention | None:
    """The occupation a short wish stands for: by its own name, else by the skill it names."""
    best = tools.linker.best(core, "occupation")
    if best is not None or _SENTENCE_LIKE.search(core):
        return best
    skill = next((found for found in tools.linker.mentions(core, "skill")), None)
    code = tools.linker.occupation_for(skill.code) if skill else ""
    return Mention(code, "occupation", 0, len(core), core, 0.8) if code else None


def _sort_in(cell: Cell, found: Mention, wished: list[LinkedTerm], refused: list[LinkedTerm]) -> None:
    """One occupation of the wish column to the wishes or the refusals."""
    meant = folded_polarity(cell.text, found.start, found.end)
    term = LinkedTerm(found.code, (_clause_evidence(cell, found),), found.confidence)
    if meant is Polarity.NEGATED:
        refused.append(term)
    elif meant in {Polarity.AFFIRMED, Polarity.FUTURE} or (meant is Polarity.PAST and not _over(cell, found)):
        wished.append(term)


def _over(cell: Cell, found: Mention) -> bool:
    """Whether a past trade named among the wishes is only history: “以前干保洁，现在想干家政”."""
    return "现在" in cell.text[found.end :] or "以前" in cell.text[: found.start]


def _clause_evidence(cell: Cell, found: Mention) -> Evidence:
    """The clause around a mention."""
    clause = clause_at(cell.text, found.start)
    return cell.evidence(min(clause.start, found.start), max(clause.end, found.end))


def _from_remarks(cell: Cell, tools: ReadingTools, wished: list[LinkedTerm], refused: list[LinkedTerm]) -> None:
    """Other columns: only what is said to be wanted or not wanted."""
    for found in mentions(cell, tools, "occupation"):
        clause = clause_at(cell.text, found.start)
        before, after = cell.text[clause.start : found.start], cell.text[found.end : max(clause.end, found.end)]
        meant = folded_polarity(cell.text, found.start, found.end)
        term = LinkedTerm(found.code, (_clause_evidence(cell, found),), found.confidence)
        if (
            meant is Polarity.NEGATED
            and (_REFUSE.search(before) or _REFUSE.search(after))
            and not _TRAIN.search(before)
        ):
            refused.append(term)
        elif (
            meant in {Polarity.AFFIRMED, Polarity.FUTURE}
            and _WANT_REMARK.search(before)
            and not re.search(r"(?:想|要)(?:学|考|培训|报)|需要|主要|只要|要求", before)
        ):
            wished.append(term)


def _training(cells: Cells, tools: ReadingTools, *, wished: bool) -> Iterator[LinkedTerm]:
    """Classes wished (or taken), as occupations and skills."""
    for cell in cells.get("training_wish_text", "remarks", "skills_text", "experience_text"):
        for found in (*mentions(cell, tools, "occupation"), *mentions(cell, tools, "skill")):
            clause = clause_at(cell.text, found.start)
            stretch = cell.text[clause.start : max(clause.end, found.end)]
            meant = folded_polarity(cell.text, found.start, found.end)
            if meant in {Polarity.NEGATED, Polarity.OTHER, Polarity.HEARSAY}:
                continue
            taken = bool(_TRAINED.search(stretch)) and "想" not in stretch
            wants = not taken and (
                cell.field == "培训意愿" or bool(_TRAIN.search(cell.text[clause.start : found.start]))
            )
            if wants if wished else (taken and "培训" in stretch or (taken and cell.field == "培训意愿")):
                yield LinkedTerm(found.code, (_clause_evidence(cell, found),), found.confidence)


def _places(cells: Cells, tools: ReadingTools, home: Place) -> Iterator[tuple[Place, Evidence]]:
    """Places where work is wished, in order, each once."""
    seen: set[str] = set()
    for cell in cells.get("wish_place_text", "wish_text", "remarks"):
        for start, end, place in (*tools.gazetteer.mentions(cell.text), *_home_words(cell, tools, home)):
            if place.code in seen or not place.code or not _place_wished(cell, start, end):
                continue
            seen.add(place.code)
            yield place, cell.evidence(start, end)


def _place_wished(cell: Cell, start: int, end: int) -> bool:
    """Whether a place named in a cell is where the person wants to work."""
    if re.search(r"(?:不出|别出|不离|不离开)$", cell.text[:start]):
        return True
    meant = folded_polarity(cell.text, start, end)
    if meant is Polarity.NEGATED or re.match(r"(?:以)?外(?!地)", cell.text[end : end + 2]):
        return False
    if cell.field == "意向地区":
        return meant in {Polarity.AFFIRMED, Polarity.FUTURE}
    clause = clause_at(cell.text, start)
    before, after = cell.text[clause.start : start], cell.text[end : max(clause.end, end)]
    if meant in {Polarity.OTHER, Polarity.HEARSAY, Polarity.PAST} or re.search(
        r"从[^,。]{0,4}$|回来|家来|返乡|毕业|打过工", before[-6:] + after
    ):
        return False
    wants = re.search(
        r"(?:想|愿意?|希望|打算|可以?|能|要|考虑|最好|优先|准备)(?:去|到|在|往|回|留)?[一-龥、]{0,8}$", before
    )
    return bool(wants) or bool(re.match(r"[一-龥、]{0,8}(?:都|也)(?:行|可以|能去)|就行|优先", after))


def _home_words(cell: Cell, tools: ReadingTools, home: Place) -> Iterator[tuple[int, int, Place]]:
    """Words such as 本旗, 镇上, 市里, seen from the home."""
    for pattern, length, told in _home_rows():
        found = pattern.search(cell.text)
        code = home.code[:length] if length else told
        if found and len(code) >= (length or 1) and code.rstrip("0"):
            yield found.start(), found.end(), tools.gazetteer.place(code)


@lru_cache(maxsize=1)
def _home_rows() -> tuple[tuple[re.Pattern[str], int, str], ...]:
    """(pattern, digits of the home's code, or else a code) of home_places.csv."""
    return tuple((re.compile(row["pattern"]), int(row["digits"]), row["code"]) for row in read_table("home_places"))


def _moving(texts: tuple[Cell, ...], column: bool | None) -> Fact[bool]:
    """Whether the person would work away: the column, and what the texts add or contradict."""
    no = [cell.evidence(found.start(), found.end()) for cell in texts if (found := _unwilling_at(cell))]
    yes = [cell.evidence(found.start(), found.end()) for cell in texts if (found := _willing_at(cell))]
    said = (True if yes and not no else False if no and not yes else None) if (yes or no) else None
    if column is not None:
        told = Evidence("是否愿意外出", "是" if column else "否")
        against = no if column else yes
        agreeing = yes if column else no
        return Fact(column, (told, *agreeing, *against), contradicted=bool(against) and said is not column)
    if said is None and yes and no:
        return Fact(None, (*yes, *no), contradicted=True)
    return Fact(said, tuple(yes or no)) if said is not None else Fact()


_ONLY_IN_SEASON = re.compile(r"农忙|春耕|秋收|种地|接羔|打草|月|冬天|夏天|现在|暂时|目前")


def _unwilling_at(cell: Cell) -> re.Match[str] | None:
    """Where a cell says the person stays; being tied for a season is no refusal."""
    for found in _NOT_MOVING.finditer(cell.text):
        clause = clause_at(cell.text, found.start())
        lead = cell.text[clause.start : found.start()]
        tied = re.match(r"走不|出不|离不", found[0]) and _ONLY_IN_SEASON.search(lead)
        if not tied and folded_polarity(cell.text, found.start(), found.start() + 1) is not Polarity.OTHER:
            return found
    return None


def _willing_at(cell: Cell) -> re.Match[str] | None:
    """Where a cell says the person would go away."""
    for found in _MOVING.finditer(cell.text):
        clause = clause_at(cell.text, found.start())
        before = cell.text[clause.start : found.start()]
        if re.search(r"不$|没$|不(?:太|大)?$", before) or folded_polarity(cell.text, found.start(), found.end()) in {
            Polarity.OTHER,
            Polarity.HEARSAY,
            Polarity.NEGATED,
        }:
            continue
        return found
    return None


def _lodging(texts: tuple[Cell, ...]) -> Iterator[Evidence]:
    """Where the texts ask for lodging."""
    for cell in texts:
        found = _LODGING.search(cell.text)
        if found and folded_polarity(cell.text, found.start(), found.end()) is not Polarity.NEGATED:
            yield cell.evidence(found.start(), found.end())


def _unique(terms: Iterable[LinkedTerm]) -> tuple[LinkedTerm, ...]:
    """One term a code, evidence together."""
    kept: dict[str, LinkedTerm] = {}
    for term in terms:
        known = kept.get(term.code)
        if known is None:
            kept[term.code] = term
        else:
            evidence = tuple(dict.fromkeys(known.evidence + term.evidence))
            kept[term.code] = LinkedTerm(term.code, evidence, max(known.confidence, term.confidence))
    return tuple(kept.values())


@lru_cache(maxsize=1)
def _refusals() -> tuple[str, ...]:
    """What people say who want no class."""
    return tuple(row["words"] for row in read_table("training_refusals"))


def training_refused(worker: Worker) -> Fact[bool]:
    """Whether the column of training wishes says no."""
    text = worker.training_wish_text
    said = next((words for words in _refusals() if words in text), "")
    return Fact(True, (Evidence("培训意愿", said),)) if said else Fact()
