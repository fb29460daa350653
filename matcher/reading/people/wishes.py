"""What a person wants and does not want: work, places, going away, classes.

In: cells, the home, the linker and the gazetteer. Out: wished and refused occupations, wished places, willingness
to move, classes wished and taken. A refusal always outweighs a wish for the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from matcher.domain.division import Place
from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.reading.linking import Mention
from matcher.reading.negation import Polarity, clause_at, folded_polarity
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.openness import only_how
from matcher.reading.people.places.away import lodging, moving
from matcher.reading.people.places.wanted import wanted_places
from matcher.reading.people.subject import RELATIVE
from matcher.reading.people.training import WANTS_CLASS, training_taken, training_wished
from matcher.reading.people.work.at_home import crafts_at_home
from matcher.reading.people.work.contexts import at_its_place
from matcher.reading.people.work.given_up import refused_further_on
from matcher.reading.people.work.named import mentions
from matcher.reading.people.work.refused import refused_loosely
from matcher.reading.people.work.spoken import spoken_wishes
from matcher.reading.tools import ReadingTools
from matcher.reading.wordlists import words

_PIECE = re.compile(r"[、,;；/。\n|｜→>①-⑳✓✔√×✗✘❌]+|或者?|和|及|以及|还有|(?<![a-z0-9]) (?![a-z0-9])")
_ANYTHING = re.compile(
    r"^(?:[干做]?(?:啥|什么|哪样)(?:活|工作|都|也|工种)*(?:儿)?(?:都|也)?(?:行|可以?|能干|干|成|中|好)|不限|无(?:要求|所谓|特殊要求)?|不挑(?:活)?|服从(?:分配|安排)|都(?:行|可以?)|"
    r"随便|均可|听安排|看着(?:安排|办)|有活就(?:行|干)|能挣钱就行|普通?|其他|其它|暂无|没有|未定|不详|同上|待定|工作|岗位?|活儿?|有?(?:五险|社保|保险)的?)$"
)
_LEAD = re.compile(
    r"^(?:想|愿意?|希望|打算|要是|可以?|能|找|个|份|干|做|当|学|点|去|在|就|也|最好|是|意向|从事|有|给|安排|介绍|推荐|考虑|优先|主要|比较|还是|我|他|她|本人)+(?=..)"
)
_TAIL = re.compile(
    r"(?:一类|之类|类|方面|啥|什么|等|那种|这种|那样|岗位?|工作|工种|的|活儿?|职位|都行|就行|也行|都可以?|优先|最好|为主|吧|都)+(?:的)?$"
)
_REFUSE = re.compile(
    r"不(?:想|愿意?|干|做|去|要|考虑|爱|喜欢|接受|乐意|再干|再做|行(?!李)|中|成|找|跑|焊|适合)|[干做]不(?:了|来|惯|动)|[瞧看]不[上起]|嫌|"
    r"除了?|除外|免谈|拒绝|干够|别(?:给|让|叫|推荐|介绍|安排|找|派|提|整)|怕|算了|甭|只要不是"
)
_REFUSED_DEED = re.compile(r"(?:^|[,他她我也就再])不(?:再)?[下放养喂干]$")
_DONE_WITH = r"[干做焊跑开当放养去找送扫](?=了?(?:[那这][个行活儿]*)?(?:了|的)?(?:[,。;、 !]|$))"
"""A verb of refusing with no other work behind it: “挑椒，不做保洁了” refuses the second only."""
_REFUSED_THEN = re.compile(
    rf"^[,、](?:[一-龥]{{0,8}}[,、])?(?:说啥也?|再也|就|都|坚决|死活)?(?:不(?:想|愿意?)?(?:再)?{_DONE_WITH}|免谈)"
)
_GIVEN_UP = re.compile(
    rf"^[,、](?:说啥也?|再也|就|都|坚决|死活|可)?不(?:想|愿意?)(?:再)?{_DONE_WITH}|^[,、]不[焊跑送扫]了|^[?？](?:坚决|说啥也?|可|我|他|她)?不(?:干|去|当|做|行)"
)
_REFUSED_LAST = re.compile(
    r"(?:[、和跟][^,。;、]{1,6})*(?:这些|那些|啥的|什么的|这种|那种|这类|这样)?[一-龥]{0,9}?(?:的)?(?:活儿?|工作)?(?:他|她|我)?(?:可|就|都|也|坚决|说啥也?|死活)?"
    r"(?:不(?:想|愿意?|爱)?(?:再)?(?:干|去|做|当|接|碰|沾|考虑|开|跑|放|喂|扫|端|送)了?|也?[看瞧相]不[上中])"
)
"""A clause that refuses at its end what it began with: 快递、外卖这些风里来雨里去的他不干."""
_ORDERED_AWAY = re.compile(words("refuse.order"))
"""装卸的活别派."""
_NOT_SO = re.compile(r"[?？](?:没有的事|没这(?:回)?事|哪有|谁说|瞎说|不是)")
"""他不想干保安？没有的事."""
_NOT_FOR_WORK = re.compile(words("place.not_for_work"))
_ONE_OF_MANY = re.compile(words("refuse.one_of_many"))
_THOUGHT_BETTER = re.compile(
    r"(?:去年|以前|原先|前年|那会儿?|早先|刚开始|起初)[^,。]{0,4}(?:不(?:想|愿)|嫌|[看瞧]不上)[^。]*(?:想通|想开|改主意|现在|如今|今年)[^,。]{0,3}(?:想|愿|行|通|开|了)"
)
_DISLIKED = re.compile(r"(?:的?活儿?)?(?:[他她我])?(?:嫌|怕)[一-龥]{1,6}")
_NOT_DONE = re.compile(r"[,、](?:就|可|说啥也?)?不(?:想|愿意?|肯)?(?:干|做)(?=$|[,。;了])")
_SOME_OF_THEM = re.compile(
    r"[那这][个家]$|(?:夜班|倒班|远处?|外地|太[远累脏]|离家[一-龥]{0,2}远|(?:[一二三四五六七八九十\d]+[千百块]?)+(?:以下|以内)|欠薪|拖工资|住家|不管住)[一-龥]{0,2}的$"
)
"""A refusal of some work of a kind only: 夜班的保安不干."""
_OTHERS_SAY_NO = re.compile(rf"(?:{RELATIVE})(?:们)?(?:都|也|总|老)?(?:嫌|不让|不同意|不愿意?|怕|反对)[^,。;]{{0,6}}$")
_BODY_NO = re.compile(
    r"(?:场|厂|院|的)?(?:的?活儿?|那?味儿?|那活儿?)?(?:他|她|我|是|可|也|都)*"
    r"(?:不行(?!李)|干不(?:了|来)|(?:受|闻|顶|扛)不(?:了|住)|不敢)(?:干)?"
)
_ALL_BUT = re.compile(r"(?:的?活儿?|工作|岗位|类)?(?:以外|之外)(?:的)?(?:都|啥都|什么都|别的都|全)")
_IS_SOUGHT = re.compile(r"(?:招|要|缺|用|收)(?:人)?[一-龥]{0,3}$")
_OTHERS_DO = re.compile(r"(?:看|瞅|见)[一-龥]{0,6}(?:干|做|当|去|跑|送)?$")
_WOULD_GO = re.compile(
    r"[,、](?:[他她我])?(?:也|就|挺|很|还|真)?(?:想|愿意?|打算|乐意)(?:跟着|跟|一块|一起)?(?:去|试|干|报|过去)[一-龥]{0,3}(?=$|[,。;])|[,、](?:[他她我])?(?:也|就)?报了?名了?(?=$|[,。;])|[,、](?:[他她我])?(?:也|就)?(?:动|心)(?:了)?(?:心|动)"
)
"""A job heard of, and the next clause would have it: 听他姨说北京招护工，想去."""
_REFUSE_BARE = re.compile(words("refuse.bare"))
_AS_WORK = re.compile(r"(?:[一-龥]{0,3}(?:那样|那种|这样|一类|之类))?的活")
_ALSO_WISHED = re.compile(words("wish.also"))
_CONDITION = re.compile(
    r"(?:低于|不到|少于|不足|超过|离家?|太|不给|没有?|不(?:要|用|上|熬|值|倒|累|重|脏|远|太|住|带|沾|下|需要?|压|拖))[^,。;]{0,8}的$|非$"
)
_NO_PAPER = re.compile(r"(?:学徒|[ ,、])*(?:没有?|无)证")
"""Who has no paper for the work wishes it all the same: 电工学徒 没证."""
_NO_TRADE = re.compile(r"技术(?:工|活|类|工种)?|手艺|技工|工人|合同工|正式工|临时工|工")
_CROSSED = re.compile(r"[(]?[×✗✘❌]")
"""A mark of refusing behind a trade."""
_COUNTERFACTUAL = re.compile(r"(?:要不是|若不是|如果不是|要没有?)[^,。;]{1,12}(?:还|就|早|也)?(?:想|能|去)?")
_DENIAL_TAIL = re.compile(
    r"(?:的)?(?:活儿?|工作|岗位)?(?:太[一-龥]{1,2}了?)?(?:都|也|就|坚决|说啥也?|绝对|实在)?(?:不|[干做]不|免谈|拒绝|算了|甭).{0,6}$"
)
_WANT_REMARK = re.compile(
    r"(?:想|愿意?|希望|打算|打听|稀罕|相中|盼着?|求个?|意向|乐意|喜欢|准备|琢磨|寻思|有意|求(?:人)?介绍|(?<!需)(?<!主)(?<!只)要)(?:去|再|在|能)?(?:[一-龥0-9]{0,6}?)(?:找|干|做|当|个|份|从事|点|应聘|考虑|安排|介绍)?[一-龥]{0,4}$"
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was found of wishes."""

    wished: tuple[LinkedTerm, ...] = ()
    refused: tuple[LinkedTerm, ...] = ()
    training_wished: tuple[LinkedTerm, ...] = ()
    trained: tuple[LinkedTerm, ...] = ()
    places: tuple[tuple[Place, Evidence], ...] = ()
    only_places: tuple[tuple[Place, Evidence], ...] = ()
    """Places outside of which no work is wanted."""
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
    for cell in cells.get("wish_text", "remarks"):
        refused.extend(refused_loosely(cell))
    for cell in cells.get("remarks"):
        wished.extend(spoken_wishes(cell, tools))
    for cell in cells.get("remarks", "wish_text", "care_text"):
        wished.extend(crafts_at_home(cell))
    out = {term.code for term in refused}
    texts = cells.get("wish_place_text", "remarks", "wish_text", "care_text")
    places, only_places = wanted_places(cells, tools, home)
    return Wishes(
        wished=_unique(term for term in wished if term.code not in out),
        refused=_unique(refused),
        training_wished=_unique(training_wished(cells, tools)),
        trained=_unique(training_taken(cells, tools)),
        places=places,
        only_places=only_places,
        willing_to_move=moving(texts, moves),
        needs_lodging=tuple(lodging(texts)),
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
        core = _core(_DENIAL_TAIL.sub("", cell.text[start:end]) or cell.text[start:end])
        if inside:
            wished.extend(_beside(cell, tools, inside, start, end))
        if inside or not core or _ANYTHING.match(core) or _TAUGHT.search(core):
            continue
        if only_how(cell.text[start:end]) or _NO_TRADE.fullmatch(core):
            continue
        liked = _liked(core, tools)
        if not liked:
            unlinked.extend([core] if 2 <= len(core) <= 12 and not _SENTENCE_LIKE.search(core) else [])
            continue
        words_said = (cell.evidence(start, end),)
        terms = [LinkedTerm(at_its_place(one.code, cell, start, end), words_said, one.confidence) for one in liked]
        denied = folded_polarity(cell.text, start + 1, end) is Polarity.NEGATED or _REFUSE.search(cell.text[start:end])
        denied = denied or _REFUSED_THEN.match(cell.text[end:])
        (refused if denied else wished).extend(terms)


_TAUGHT = re.compile(r"(?:老师|师傅|人)(?:肯|愿意?|能)?(?:带|教|领)")


def _beside(cell: Cell, tools: ReadingTools, trades: list[Mention], start: int, end: int) -> Iterator[LinkedTerm]:
    """Work that the rest of a piece names by its skill: “直播美甲”, typed without a mark between."""
    skills = [one for one in mentions(cell, tools, "skill") if start <= one.start and one.end <= end]
    named = (*trades, *skills)
    tail = _TAIL.search(cell.text, start, end)
    opens = {start, *(one.end for one in named)}
    closes = {end, *(one.start for one in named), *([tail.start()] if tail and tail.end() == end else [])}
    for found in skills:
        code = tools.linker.occupation_for(found.code)
        apart = all(not found.touches(one.start, one.end) for one in trades)
        whole = found.start in opens and found.end in closes
        if code and whole and apart and folded_polarity(cell.text, found.start, found.end) is Polarity.AFFIRMED:
            yield LinkedTerm(code, (cell.evidence(found.start, found.end),), 0.8)


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


def _liked(core: str, tools: ReadingTools) -> tuple[Mention, ...]:
    """The occupations a short wish stands for: by its own name, else by the skills it names (养鸡养猪场夫妻工)."""
    best = tools.linker.best(core, "occupation")
    if best is not None:
        return (best,)
    skills = [
        found
        for found in tools.linker.mentions(core, "skill")
        if not _SENTENCE_LIKE.search(core) or tools.linker.is_paper(found.code)
    ]
    codes = [tools.linker.occupation_for(one.code) or tools.linker.occupation_with(one.code) for one in skills]
    return tuple(Mention(code, "occupation", 0, len(core), core, 0.8) for code in dict.fromkeys(codes) if code)


def _sort_in(cell: Cell, found: Mention, wished: list[LinkedTerm], refused: list[LinkedTerm]) -> None:
    """One occupation of the wish column to the wishes or the refusals."""
    meant = folded_polarity(cell.text, found.start, found.end)
    code = at_its_place(found.code, cell, found.start, found.end)
    term = LinkedTerm(code, (_clause_evidence(cell, found),), found.confidence)
    clause = clause_at(cell.text, found.start)
    if _CONDITION.search(cell.text[clause.start : found.start]):
        wished.append(term)
    elif (
        (meant is Polarity.NEGATED and not _NO_PAPER.match(cell.text, found.end))
        or _CROSSED.match(cell.text, found.end)
        or _ORDERED_AWAY.fullmatch(cell.text, found.end, max(clause.end, found.end))
        or _ALL_BUT.match(cell.text, found.end)
        or _REFUSED_THEN.match(cell.text[max(clause.end, found.end) :])
    ):
        refused.append(term)
    elif _COUNTERFACTUAL.match(cell.text[clause.start : found.start]):
        return
    elif meant in {Polarity.AFFIRMED, Polarity.FUTURE, Polarity.NEGATED} or (
        meant is Polarity.PAST and not _over(cell, found)
    ):
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
    for found in (*mentions(cell, tools, "occupation"), *_by_skill(cell, tools)):
        clause = clause_at(cell.text, found.start)
        before, after = cell.text[clause.start : found.start], cell.text[found.end : max(clause.end, found.end)]
        meant = folded_polarity(cell.text, found.start, found.end)
        code = at_its_place(found.code, cell, found.start, found.end)
        term = LinkedTerm(code, (_clause_evidence(cell, found),), found.confidence)
        if (
            (
                meant is Polarity.NEGATED
                and (_REFUSE.search(before) or _REFUSE.search(after) or _REFUSED_DEED.search(before + found.words[:1]))
                and not WANTS_CLASS.search(before)
            )
            or (meant is Polarity.NEGATED and _REFUSE_BARE.fullmatch(before))
            or (meant is Polarity.NEGATED and _CANNOT.fullmatch(after) and _is_trade(found.code, tools))
            or meant in {Polarity.AFFIRMED, Polarity.PAST}
            and (
                (_DISLIKED.fullmatch(after) and _NOT_DONE.match(cell.text[max(clause.end, found.end) :]))
                or _GIVEN_UP.match(cell.text[max(clause.end, found.end) :])
                or (_REFUSED_LAST.fullmatch(after) and not _ONE_OF_MANY.search(after))
                or _ORDERED_AWAY.fullmatch(after)
                or (not before and _BODY_NO.fullmatch(after))
                or refused_further_on(cell, found.start, found.end)
            )
        ) and not (
            _THOUGHT_BETTER.search(cell.text[clause.start : clause.end + 16])
            or _SOME_OF_THEM.search(before)
            or _OTHERS_SAY_NO.search(before)
            or _NOT_FOR_WORK.match(after)
            or _NOT_SO.match(cell.text, max(clause.end, found.end))
        ):
            refused.append(term)
        elif (
            (
                meant in {Polarity.AFFIRMED, Polarity.FUTURE}
                and (_WANT_REMARK.search(before) or _ALSO_WISHED.match(after))
                and not _COUNTERFACTUAL.match(before)
                and not re.search(
                    r"(?:想|要|希望|盼着?)(?:学|考|培训|报|让|叫)|需要|主要|只要|要求|攒[一-龥]{0,2}钱", before
                )
            )
            or (_IS_SOUGHT.search(before) or _OTHERS_DO.search(before) or meant is Polarity.OTHER)
            and _WOULD_GO.match(cell.text[max(clause.end, found.end) :])
        ):
            wished.append(term)


_CANNOT = re.compile(
    r"(?:的|菜|活|这个|那套|啥的)?(?:可|就|我|他|她|俺|倒)?(?:不会|不懂|(?:做|整|弄|干)不(?:来|了|好))(?:做|弄|炒|干|整)?"
)
"""“汉餐行，蒙餐不会”: a trade that is not hers, whatever else she cooks."""
_SKILLED = 2


def _is_trade(code: str, tools: ReadingTools) -> bool:
    """Whether work cannot be begun without having learnt it: who cannot weld may yet want to learn sorting parcels."""
    trade = tools.lexicon.occupations.get(code)
    return trade is not None and trade.entry >= _SKILLED


def _by_skill(cell: Cell, tools: ReadingTools) -> Iterator[Mention]:
    """Work that only the skill in it names, refused outright or wished as work: “不下井”, “想干带小孩的活”."""
    named = mentions(cell, tools, "occupation")
    for found in mentions(cell, tools, "skill"):
        clause = clause_at(cell.text, found.start)
        before, after = cell.text[clause.start : found.start], cell.text[found.end : max(clause.end, found.end)]
        refused = (before and _REFUSE_BARE.fullmatch(before)) or (
            not before
            and (_REFUSED_LAST.fullmatch(after) or _BODY_NO.fullmatch(after) or _ORDERED_AWAY.fullmatch(after))
        )
        named_work = (refused or _AS_WORK.match(after)) and not found.code.startswith("lang_")
        code = tools.linker.occupation_for(found.code) if named_work else ""
        if code and not any(other.touches(found.start, found.end) for other in named):
            yield replace(found, code=code, kind="occupation")


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
