"""Does the person go away for work, and does she need a bed there?

In: cells and the column 是否愿意外出. Out: willingness to move, contradictions shown, and the words that ask for
lodging.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.domain.facts import Evidence, Fact
from matcher.reading.folding import fold
from matcher.reading.negation import Polarity, clause_at, folded_polarity
from matcher.reading.people.cells import Cell, sentence_at
from matcher.reading.people.phrases.tables import AWAY, find_phrases
from matcher.reading.wordlists import words

_NOT_MOVING = re.compile(
    r"(?:不(?:想|愿意?|能|去|出|考虑|打算|敢|接受|离开?|肯|方便)(?:去|到|出|离开?)?(?:远门|外地|远|太远|外边|外面|家|旗|通辽|本地|盟外|旗外|县外|省外|市外|区外)(?!务农)|(?:旗|(?<!全)市(?!内)|县|镇|本地|家|本旗)(?:以)?外(?:的|地方|都|就|也)?(?:不|免)(?:去|行|考虑|想|能|要)?|"
    r"外地(?:的|都|也|就)?(?:不|免)(?:去|行|考虑|想|能|方便|要)|(?:出不(?:去|来)|走不(?:开|了|脱)|离不(?:开|了)家|去不了)(?:远|外)?|不(?:能|想|愿)?(?:外出|出去|出门|远走|出远门)|(?:只|就|仅|光)(?:想|能|愿意?|在|限|考虑|找|要)[一-龥]{0,4}(?:本地|当地|本旗|旗里|家门口|附近|家附近|通辽|镇上|镇里|本村|村里|屯里|本县|县里|县城|市里|跟前)|无法外出|不能外出|不(?:想|打算|愿意?)再(?:去|出去|出门|出远门)|不出[一-龥]{0,3}(?:旗|区|县|市|镇|苏木|乡|村|屯|嘎查|通辽|左中|门)|就近(?:找|就业|干|上班)|不出通辽|不出远门|再远(?:了|点|的)?(?:就|都|也|可)?不(?:去|行|中|考虑|干|寻思|琢磨|想)|外地[一-龥]{0,3}不去|守家在地|守着家(?=$|[,。;])|出了[一-龥]{1,5}?(?:就|都|也)?(?:不(?:去|行|干|中)|免谈)|(?:别|不要|不能)(?:去)?太远|太远(?:了|的)?(?:就|都|也|可)?(?:不(?:去|行|中|干|考虑)|免谈)|"
    r"(?:旗|县|区|镇|苏木)(?:境内|界内|里头|以里|以内|范围内)(?:的)?(?:都|也|就|哪儿?)*(?:行|中|可以|能去|成)|(?:就|只|光|仅)(?:在|是|找|去)[一-龥]{1,5}(?:境内|界内|范围内|以里)|"
    r"(?:一周|一?个?礼拜|一?个?星期|每周|周末|半个?月)[一-龥]{0,4}回(?:来|家)?(?:一)?(?:趟|次|回)?(?:家)?(?:就|也|都|还)?(?:行|中|成|没事|可以|凑合)|(?:哪|哪儿|哪里)(?:也|都)(?:去不了|不去|不能去))"
)
_MOVING = re.compile(
    r"(?:愿意?|能|可以?|想|同意|接受|打算|考虑|敢|希望|准备|要|还想|有意|盼着)(?:再)?(?:去|到|出|往|赴)?(?:外地|外出|外面|外边|出去|出远门|远门|北京|上海|天津|沈阳|大连|南方|区外|旗外|省外|呼市|广东|江苏|深圳|浙江|山东|青岛|长春|赤峰|出去闯|大城市|城里)|"
    r"(?:去)?(?:哪|哪里|哪儿|哪个地方|什么地方|啥地方|全国|远近|远点|外地|区外|省外|旗外)(?:都|也|就|均)(?:行|可以?|能去|去|中|成|好|愿意|没问题|不怕|无所谓)|(?:北京|上海|天津|沈阳|大连|南方|外地)[一-龥、]{0,6}(?:都|也)?(?:行|可以|能去|没问题)|(?:远近|地点|地区|地方|区域)(?:都)?(?:不限|不挑|无所谓|都行)|不怕远|^外地(?:也|都|就)?(?:行|可以?|能|去|中)?$|^外地(?=[、,/])|有(?:个)?伴(?:儿)?(?:就|也)(?:去|行)|(?:跟|随)(?:着)?(?:大伙|老乡|同村|队|车)[一-龥]{0,4}(?:出去|走|去)|服从(?:分配|安排)"
)
_NOT_MOVING_ALSO = re.compile(
    r"(?:外出|出门|出远门|外面|外头|外边|出去)(?:务工|打工|干活|的活)?(?:的)?(?:都|也|就|是)?(?:不(?:去|考虑|想|行|中|愿|方便)|免谈|去不了|没法)|(?:没法|不能|不便|无法|出不了|不想|不愿意?|不愿)(?:出?远门|出门|离家|走远|外出|出去)|"
    r"故土难离|不(?:愿意?|想)走(?!路|道)|(?:旗|县|镇|本地)(?:里)?(?:以|之)?外的?(?:免谈|不|都不)|超出[一-龥]{1,4}(?:不去|就不|免谈)|(?:想|只|就|希望)?(?:在|找)?(?:家门口|本地|当地|家附近)(?:就业|上班|打工|干活)|"
    r"出不了(?:门|远门)(?!就)|"
    r"(?:别|不能|不想|不敢)出(?:本|咱)?[一-龥]{0,2}?(?:旗|县|镇|苏木|村|屯|左中|通辽)|出不(?:去|了)(?:屯|村|嘎查)|不出安置区"
)
_MOVING_ALSO = re.compile(
    r"(?:全国|各地|天南海北|山南海北|走南闯北|五湖四海|哪儿?|什么地方)[一-龥,]{0,8}(?:都|也)?(?:行|中|去|可以|能去|成)|出去(?:闯|见见?世面|挣钱)|(?:出远门|跨省|跨区|外派|出差|去外地|去外省|出区(?:打工)?|出门(?:打工|干活)?|外出(?:打工|务工)?|出国门外)(?:都|也|就)?(?:行|中|可以|没问题|没意见|能|不怕|愿意)|"
    r"(?:可以|能|愿意?|接受|服从)(?:跨省|跨区|外派|出差|长期在外|常年在外|出远门)|远点(?:儿)?(?:也|都)?(?:没事|行|中|不怕|可以|没关系)|说走就走|敢出(?:去|门|远门)|(?:出去|外出|出门)(?:打工|干活|务工)?(?:最好|才好|就行|也行|能行)|有(?:人|师傅|老乡|熟人)(?:领着?|带着?|做伴|作伴)[一-龥]{0,2}(?:就)?(?:敢|能|也)?(?:去|走)|"
    r"(?:有地方住|管住|管吃管住|包住|包吃住|有宿舍|给住的地方)(?:就|才|的)(?:行|中|去|干|成|可以)|住家(?:熬夜|的|也|都|[一-龥]{0,2})*(?:没事|行|中|可以|没问题)|(?:想|愿意?|要|就想|只想)(?:去)?[一-龥]{0,4}?(?:北京|天津|沈阳|上海|呼市|大连)|"
    r"(?:都|也)(?:肯|敢|乐意)去(?!过)|住哪(?:儿|里)?(?:都|也)(?:行|中|成)|"
    r"(?:跟|和|与|随)[一-龥]{1,6}(?:一起|一块|一道|搭伴)(?:出去|外出|出门|去外地)|(?:给|有)个?(?:住的?地方|地方住)(?:就|才)(?:行|去|中|干)|有吃有住(?:就|的)|(?:远近)(?:不论|不计|不管|无所谓)|(?:去|上|到)哪(?:儿|里)?[一-龥]{0,2}(?:都|也)(?:行|没意见|中|可以|成|一样)|就?认(?:准)?(?:了)?(?:去)?(?:北京|天津|上海|沈阳)|(?:哪|哪儿|哪里)(?:都|也)(?:能|可以|愿意)?去|(?<!不)(?<!没)(?:敢|能)出门打工"
)
_LODGING = re.compile(
    r"(?:管|包|有|提供|供|能|要|带|得有|解决|安排|给(?:安排|解决)?|找|想找|得给|(?<![受熬扛挺靠顶撑待呆留站沉耐忍搁稳记管架镇压抗吃抓禁拿端绷])得)(?:吃(?:管|包|和)?|食)?(?:个|点|能)?(?:住(?!址|家|院|在|处近|房)|住[处的]|宿)(?!家|院|在家|外)|有地方(?:住|睡)|住(?:的|处|的地方|宿)?(?:得|要)(?:管|包|解决|安排)(?=$|[,。;、\s了上就])|住的(?:地方)?(?:得|要)(?:能)?(?:管|包|有)|"
    r"(?:有|管|要|得有|带|必须有|最好有|给|没)(?:个)?(?:职工|员工|集体|夫妻)?(?:宿舍|夫妻房)|吃住(?:都)?(?:在[厂店单公矿场]|管|包|解决|全包|全)|食宿(?:全包|都管|要|全|解决)|(?:安排|希望|解决|包|管)食宿|"
    r"住(?:宿|的地方|处)?(?:必须|得|要)(?:解决|有|给|管)|没(?:地方|有地方|处)住|得?住(?:厂|店|单位|公司)(?:里|内)?(?:的)?(?:就行|最好|才行|$)|住厂里|(?:在(?:城里|镇上|旗里))没(?:有)?房"
)
_NO_BED_NO_WORK = re.compile(
    r"(?:不|没)(?:管|包|供|有)(?:吃)?住(?:的|处)?[,]?(?:就|都|可|咱|他|她)*(?:不去|不干|不行|免谈|别找|去不了)"
)
_RENTS = re.compile(
    r"^[一-龥]{0,4}(?:的)?(?:地方|地儿|处)?[一-龥]{0,5}[,;、 ]?(?:没有?[一-龥]{0,2}|实在不行|要不|不然)?"
    r"(?:[他她我]?(?:自己|自个儿?)|[他她我])(?:在外[面头边]?)?(?:租|找(?:地方|房|住处))[一-龥]{0,3}?(?:也|都|就)?(?:行|中|成|可以|没事|没问题)"
)
_DOES_WITHOUT = re.compile(
    r"^[一-龥]{0,4}?(?:最好|更好|也(?:中|行|成|可以))[,;、 。]{0,2}[一-龥]{0,2}?"
    r"(?:没有?|不(?:管|给|包|供))(?:住)?[^。;]{0,8}?(?:也|都|就)?[^。;]{0,6}?"
    r"(?:也|都)?(?:行|中|成|可以|没事|能|挤|凑合|租|投奔)"
)
"""What would only be welcome: “能管住最好，不管住我跟表姐挤一挤也行”, “没有也能合租”."""
_WELCOME = re.compile(r"^(?:的)?(?:也(?:中|行|成|可以))(?=$|[,。;、\s])")
_HAS_A_ROOF = re.compile(
    rf"(?:去|到|在)[一-龥]{{1,4}}?(?:也|就|都)?有(?:个)?(?:地方|地儿|房子?)(?:可以|能)?住$|{words('kin')}[一-龥]{{0,3}}(?:在[一-龥]{{1,4}})?(?:租着?房|有房)"
)
"""“去市里有地方住”: not asked for, but had."""
_ASKS_ROOF = re.compile(r"得有|要有|必须有|最好有|想有|能有|希望有|找个?有")
"""Who would rent a room as well needs no bed from the employer: “有个住的地方就成，自己租也行”."""
_NO_BED_MEANT = frozenset({Polarity.NEGATED, Polarity.OTHER})
_NO_BED_ASKED = re.compile(r"(?<![得要须需])有住(?:房|处)|以前|原来|那时|住过|当过|管过|宿管")


def moving(texts: tuple[Cell, ...], column: bool | None) -> Fact[bool]:
    """Whether the person would work away: the column, and what the texts add or contradict."""
    no = [cell.evidence(*found) for cell in texts if (found := _stays_at(cell))]
    yes = [cell.evidence(*found) for cell in texts if (found := _leaves_at(cell))]
    said = (True if yes and not no else False if no and not yes else None) if (yes or no) else None
    if column is not None:
        told = Evidence("是否愿意外出", "是" if column else "否")
        against = no if column else yes
        agreeing = yes if column else no
        return Fact(column, (told, *agreeing, *against), contradicted=bool(against) and said is not column)
    if said is None and yes and no:
        return Fact(None, (*yes, *no), contradicted=True)
    return Fact(said, tuple(yes or no)) if said is not None else Fact()


_HOME_STANDS = re.compile(r"(?:家|住|住处|房子)$")
_KIN_WANTS = re.compile(rf"{words('kin')}(?:就|也|都|非|老|一直|总)+$")
_LEGS = re.compile(r"(?:腿|脚|膝|走路|走道)[^,]{0,4}(?:走不|跑不)")
_ONLY_IN_SEASON = re.compile(r"农忙|春耕|秋收|种地|接羔|打草|月|冬天|夏天|现在|暂时|目前")


_UNSAID = re.compile(r"(?:不是(?:说)?|谁说|也不是|并不是|哪是)(?:[他她我])?$")
_MUST_GO = re.compile(r"^(?:打工|干活|挣钱)?(?:也)?(?:咋整|咋办|咋行|不行|吃啥|喝西北风)")
_THEN = re.compile(r"(?:以前|原来|原先|早先|那时候?|那会儿|年轻(?:时候?|那会儿?))[^,。;]{0,8}$")
"""What was so once says nothing of now."""
_DENIES_ITSELF = re.compile(r"[也都]不(?:去|行|想|能|敢|中)|^哪儿?去$")
_FORBIDDEN = re.compile(
    rf"^[^。;]{{0,8}}?(?:但|可|就是|无奈)?{words('kin')}(?:们|都|死活|就是){{0,2}}不(?:让|同意|答应|放心|许)"
)
"""“想出去但媳妇不让”: nothing is settled."""


_CORRECTED = re.compile(r"(?:啊不|哦不|不对|说错了|其实|实际上?|问[一-龥]{0,8}[,]答?)")
_IF_TENDED = re.compile(
    r"(?:要是|如果|假如|除非)[^。;]{0,8}(?:老人|孩子|娃|婆婆|爹|妈|人(?:管|看|替|伺候))[^。;]{0,8}$"
)
"""“要是老人有人管就能出去”: nobody does yet."""


def _last_word(cell: Cell) -> bool | None:
    """What stands behind a correction: “能出去，啊不，出不去”."""
    found = list(_CORRECTED.finditer(cell.text))
    if not found:
        return None
    rest = Cell(cell.field, fold(cell.text[found[-1].end() :].lstrip(",，")))
    stays, leaves = _unwilling_at(rest) or _phrase_at(rest, "STAYS"), _willing_at(rest) or _phrase_at(rest, "LEAVES")
    return bool(leaves) if bool(stays) != bool(leaves) else None


def _stays_at(cell: Cell) -> tuple[int, int] | None:
    """Where a cell says the person stays."""
    if _last_word(cell):
        return None
    found = _unwilling_at(cell)
    return found.span() if found else _phrase_at(cell, "STAYS")


def _leaves_at(cell: Cell) -> tuple[int, int] | None:
    """Where a cell says the person would go away."""
    if _last_word(cell) is False:
        return None
    found = _willing_at(cell)
    return found.span() if found else _phrase_at(cell, "LEAVES")


def _phrase_at(cell: Cell, code: str) -> tuple[int, int] | None:
    """Where a phrase of home_phrases.csv says so, of now."""
    for hit in find_phrases(AWAY, cell):
        lead = cell.text[clause_at(cell.text, hit.start).start : hit.start]
        if code == "LEAVES" and _ERRAND.match(cell.text[hit.end :]):
            continue
        if code in hit.codes and not _THEN.search(lead) and not _IF_TENDED.search(lead):
            return hit.start, hit.end
    return None


def _unwilling_at(cell: Cell) -> re.Match[str] | None:
    """Where a cell says the person stays; being tied for a season is no refusal."""
    for found in (*_NOT_MOVING.finditer(cell.text), *_NOT_MOVING_ALSO.finditer(cell.text)):
        if _UNSAID.search(cell.text[: found.start()]) or _MUST_GO.match(cell.text[found.end() :]):
            continue
        if _THEN.search(cell.text[clause_at(cell.text, found.start()).start : found.start()]):
            continue
        clause = clause_at(cell.text, found.start())
        lead = cell.text[clause.start : found.start()]
        tied = re.match(r"走不|出不|离不", found[0]) and _ONLY_IN_SEASON.search(lead)
        around = cell.text[max(clause.start, found.start() - 4) : min(found.end() + 4, max(clause.end, found.end()))]
        if "除" in lead or "除" in found[0]:
            continue
        if found[0].startswith("太远") and _FAR_NAMED.search(lead):
            continue
        if _HOME_STANDS.search(lead) and found[0].startswith("就在"):
            continue
        if re.search(r"孩子|儿子|闺女|上学|念书", around) or _LEGS.search(
            cell.text[max(0, found.start() - 8) : found.end() + 2]
        ):
            continue
        if not tied and folded_polarity(cell.text, found.start(), found.start() + 1) is not Polarity.OTHER:
            return found
    return None


_ERRAND = re.compile(
    rf"^(?:去|来)?(?:看(?:望|病|海|[一-龥]{{0,2}}(?:{words('kin')}|朋友|同学))|探[望亲]|串门|走亲|旅游|治病|复查|住院|念书|上学|读书"
    r"|进修|喝喜酒|随礼|参加婚礼|送孩|陪读)"
)
"""“7月前要去外地看姐姐”: away, and not for work."""


_RIDES_ABOUT = re.compile(r"(?:骑|蹬|坐公交|走着)[一-龥]{0,6}$")
"""“县城里骑电动车哪都能去” tells how far one rides, not that one leaves."""
_FAR_NAMED = re.compile(words("place.far_named") + r"(?:那边|那|有点|实在|可|也)*$")
"""“北京太远不去” refuses one place, not going away."""


def _willing_at(cell: Cell) -> re.Match[str] | None:
    """Where a cell says the person would go away."""
    for found in (*_MOVING.finditer(cell.text), *_MOVING_ALSO.finditer(cell.text)):
        clause = clause_at(cell.text, found.start())
        before = cell.text[clause.start : found.start()]
        if (
            re.search(r"不$|没$|不(?:太|大)?$", before)
            or _KIN_WANTS.search(before)
            or folded_polarity(cell.text, found.start(), found.end())
            in {
                Polarity.OTHER,
                Polarity.HEARSAY,
                Polarity.NEGATED,
            }
            or _THEN.search(before)
            or _IF_TENDED.search(before)
            or _DENIES_ITSELF.search(found[0])
            or _FORBIDDEN.match(cell.text[found.end() :])
            or _ERRAND.match(cell.text[found.end() :])
            or _RIDES_ABOUT.search(before)
        ):
            continue
        return found
    return None


def _does_without(text: str, found: re.Match[str]) -> bool:
    """Whether a bed that is spoken of is only welcome, or is there already."""
    after = text[found.end() :]
    if _RENTS.match(after) or _DOES_WITHOUT.match(after) or _WELCOME.match(after):
        return True
    clause = clause_at(text, found.start())
    has = _HAS_A_ROOF.search(text[clause.start : max(found.end(), min(clause.end, found.end() + 2))])
    return has is not None and not _ASKS_ROOF.search(has[0])


_OWN_BED = re.compile(
    rf"(?:我|他|她|自己)?(?:就|能|可以|也)*(?:住|投奔|搁)(?:在|到)?[我他她]?(?:{words('kin')}|[大二三老小表]?(?:姑|姨|舅|叔|姐|哥|妹|弟|同学|老乡|朋友))(?:家|那|那儿|那里|那边)"
    rf"|(?:{words('kin')}|[大二三老小表]?(?:姑|姨|舅|叔|姐|哥|妹|弟|同学|老乡|朋友))(?:家)?(?:在(?:那|那边|那儿|城里|市里|镇上|当地))?[一-龥]{{0,2}}(?:有(?:房|地方|住处|楼)|能住|住得下)"
)
_PROMISED = re.compile(r"(?:老板|工头|厂里|人家|当时|中介)[一-龥]{0,3}(?:说|答应|讲)(?:是)?(?:好)?$")


def _has_bed(text: str, start: int, end: int) -> bool:
    """Whether the sentence names a bed with kin, or the one spoken of was only promised once."""
    first, last = sentence_at(text, start, end)
    return bool(_OWN_BED.search(text[first:last]) or _PROMISED.search(text[first:start]))


def lodging(texts: tuple[Cell, ...]) -> Iterator[Evidence]:
    """Where the texts ask for lodging."""
    for cell in texts:
        without = _NO_BED_NO_WORK.search(cell.text)
        if without:
            yield cell.evidence(without.start(), without.end())
            continue
        found = _LODGING.search(cell.text)
        told = None if found else _phrase_at(cell, "NEED_LODGING")
        if told is not None and not _has_bed(cell.text, *told):
            yield cell.evidence(*told)
        if found and _NO_BED_ASKED.search(cell.text[max(0, found.start() - 6) : found.end() + 6]):
            continue
        if found and (_does_without(cell.text, found) or _has_bed(cell.text, *found.span())):
            continue
        if found and folded_polarity(cell.text, found.start(), found.end()) not in _NO_BED_MEANT:
            yield cell.evidence(found.start(), found.end())
