"""Is a trade named in running words the person's own, without a verb of having done it?

In: a cell and a trade. Out: whether she is said to be of it (“原是车工”, “瓦匠，干到去年”, “干保洁的”), and whether
the words before it say that she left it (“早不当老师了”).
"""

from __future__ import annotations

import re

from matcher.reading.linking import Mention
from matcher.reading.negation import clause_at
from matcher.reading.people.cells import Cell
from matcher.reading.wordlists import words

_IS = re.compile(words("trade.is") + r"\Z")
_DOES = re.compile(words("trade.does") + r"\Z")
_BY_TRADE = re.compile(r"的(?=$|[,。;])")
_WISHING = re.compile(words("trade.wishing"))
_FOLLOWS = re.compile(rf"[,、]?{words('trade.follows')}")
_PERSON = re.compile(r"[工匠师手员嫂倌]\Z|司机\Z|师傅\Z|普工\Z|厨子\Z")
_LATER = re.compile(r"[,、](?:后来|下岗|干到|干了|如今|现在)")
_HAND = re.compile(r"的?(?:底子|出身|手艺|老手|好手|刀工)")
_AT_PLACE = re.compile(
    r"^(?!离|靠|挨|听|看|等|去|想|说|推荐|介绍)(?:[给替帮]|在|[他她我]|以前|原来|现在|如今|眼下|临时|早年|常年|一直)*[一-龥]{1,8}"
    r"(?:厂|场|队|店|院|园|站|公司|工地|食堂|厨房|车间|奶厅|矿|校|医院|宾馆|饭馆|摊|铺|超市|柜台|合作社|旅游点|景区|小区|粮库|冷库|库房|仓库|学校|大学|小学|门口|酒店)(?:里|上|那)?$"
)
"""Work named right behind its place: 给工程队做饭, 奶厅挤奶."""
_OF_SOMEBODY = ("的", "多", "少", "不够", "态度", "那", "这个")
"""What follows work that is spoken of as somebody else's: 养老院做饭的那个大姐."""
_LEFT = re.compile(r"(?:早|已经|早就|再也|现在|后来)(?:就|都)?不(?:再)?(?:干|当|做|开|跑|养|放)\Z")


def is_of_trade(cell: Cell, found: Mention) -> bool:
    """Whether the words say that the person is of a trade."""
    text = cell.text
    clause = clause_at(text, found.start)
    before, after = text[clause.start : found.start], text[found.end : max(clause.end, found.end)]
    first, last = cell.sentence(found.start, found.end)
    if _WISHING.search(text, first, last):
        return False
    if _IS.search(before) and not after.startswith(("的", "班", "证", "专业")):
        return True
    if _DOES.search(before) and _BY_TRADE.match(text, found.end):
        return True
    if _HAND.match(after) or (_AT_PLACE.search(before) and (after == "的" or not after.startswith(_OF_SOMEBODY))):
        return True
    if not before and clause.start == first and after == "的":
        return True
    alone = text[max(first, clause.start) : found.start].strip("、") == "" or before.endswith("、")
    if not alone or not _PERSON.search(found.words) or not re.fullmatch(r"(?:[、/和][^,。;]*)?手?", after):
        return False
    goes_on = _FOLLOWS.match(text, max(clause.end, found.end)) or _LATER.search(text, clause.end, last)
    return bool(goes_on or words_before(text, clause.start))


def words_before(text: str, start: int) -> bool:
    """Whether the clause before announces what was done: 啥活没干过，瓦匠、力工."""
    return bool(re.search(r"(?:啥|什么)(?:活|工作)?(?:没|都)干过[,:]?\Z", text[:start]))


def gave_up_before(cell: Cell, found: Mention) -> bool:
    """Whether the words around a trade say that it was given up: 早不当老师了."""
    clause = clause_at(cell.text, found.start)
    return cell.text.startswith("了", found.end) and bool(_LEFT.search(cell.text[clause.start : found.start]))
