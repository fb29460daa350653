"""Who seeks: a firm, a shop, a farm, or a person.

In: a piece of text with its labelled values. Out: the employer as `Told`, and every name of a firm in a stretch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jobs_feed.pasted.model import Surety, Told
from jobs_feed.pasted.vocabulary import group

_NAME = r"[一-龥A-Za-z0-9（）()·&—\-]"
_ORG = re.compile(
    rf"{_NAME}{{1,24}}?(?:{group('org_end')})(?![长员里址主铺面])(?!{group('org_end')})"
    rf"(?:[^\W\d_和及与招聘]{{0,8}}?(?:有限责任公司|股份有限公司|有限公司|分公司|公司|集团))?"
    r"(?:[（(][一-龥A-Za-z0-9]{2,12}(?:店|厂|部|区|分公司|校区|校)?[）)])?"
)
_END = re.compile(rf"{group('org_end')}(?:[（(][^（()）]+[）)])?\Z")
_LEAD = re.compile(
    rf"\A(?:[\d\s.、．)）①-⑩]|{group('recruit')}|我们?是?|本|咱们?家?|位于|(?:现?有)?一家|某|大家好|您好|你好|因|为|由|受|的|在|到|去|给|照顾|伺候|陪护|和|及|与|代|帮忙|帮朋友|替|朋友|老板|亲戚|另有?|还有|此外|吃住|包吃住|俺们?家?|我家|家里|自家|开的|新开的?|新开业的?|刚开业的?|高薪|长期|大量|启事|信息|名|个|人|[:：,，])+"
)
_NOT = re.compile(rf"{group('org_not')}|\A{group('org_not_whole')}\Z")
_GENERIC = re.compile(rf"\A(?:本|我|我们|咱|咱们|俺)?家?(?:的)?[小大新老]?{group('org_end')}\Z")
_STREET = re.compile(
    r"[一-龥A-Za-z0-9]{2,10}?(?:大街|路|街(?!道)|巷|小区|广场|(?:附近|对面|旁边|旁|[东西南北](?:边|侧|面)|楼下|[0-9一二三四五]楼|院内|[东西南北]\d+米))+"
    r"(?=[一-龥]{3,})(?!口)"
)
_CALLED = re.compile(r"(?:名?叫|名为|店名|招牌)[：:]?[“\"「《](?P<name>[^”\"」》\n]{2,12})[”\"」》]")
_WORKING = re.compile(
    r"(?:一家|附近|对面|旁边|隔壁|门口|楼下|路过|离|距|靠近|挨着|照顾|伺候|陪护|护理|送往|[东西南北]侧|往[东西南北]|在)\Z"
)
_VENUE_AFTER = re.compile(r"\s*(?:附近|对面|旁边?|斜对|[东西南北](?:侧|边|行|门|\d)|门口|后身|院内|楼[上下]|里面)")
_HEAD = re.compile(
    r"【\s*(?P<a>[^】\n]{2,30})\s*】|《\s*(?P<b>[^》\n]{2,30})\s*》|\[\s*(?P<c>[^\]\n]{3,30})\s*\]|[“\"](?P<d>[^”\"\n]{2,20})[”\"]"
)
_UP_TO = re.compile(r"\A.*(?:那个|这边是?|我[们家]?是|位于|地处|就在|[是的在])(?=[一-龥A-Za-z0-9]{3,})")
_WEAK = re.compile(
    rf"(?<![一-龥A-Za-z0-9（）()])(?P<name>[一-龥（）()]{{2,12}}?{group('org_weak')})(?=[，,。；;\s）)：:】招诚急聘现]|$)"
)
_HOUSEHOLD = re.compile(
    r"老人|孩子|宝宝|保姆|月嫂|育儿|钟点|我家|家里|俺家|自家|本人|接送|车主|牧户|农户|家[雇缺招找]|羊倌|放羊|放牛|产妇|老太太|老爷子|照[顾看]|陪护|做饭"
)
_TAIL = re.compile(rf"(?:{group('recruit')}|启事|公告|信息|啦|了|[!！~～\s])+\Z")
_ASK = re.compile(
    r"(?P<name>[一-龥A-Za-z0-9（）()·]{2,20}?)(?:现|因[^，,]{0,10}[，,]?现?|长期|面向社会|常年|火热|高薪|急|诚|特|公开)*(?:招聘|诚聘|招工|聘|招)(?=[一-龥\d：:，,\s])"
)
_PERSON = re.compile(r"[一-龥]{1,3}(?:先生|女士|大姐|大哥|阿姨|大爷)\Z")


def firms(text: str) -> list[Told]:
    """Names that end as a firm's, a shop's or a farm's does, in order; those that only tell where are left out."""
    found = []
    for match in _ORG.finditer(text):
        start, end = match.span()
        lead = _LEAD.match(match[0])
        start += lead.end() if lead else 0
        further = _UP_TO.match(text[start:end])
        start += further.end() if further else 0
        street = _STREET.match(text[start:end])
        near = _WORKING.search(text[:start]) and not street
        start += street.end() if street else 0
        name = text[start:end]
        if len(name) < 2 or _NOT.search(name) or near or _VENUE_AFTER.match(text, end):
            continue
        found.append(Told("用人单位", name, start, end, Surety.READ))
    for match in _WEAK.finditer(text):
        if not any(one.start < match.end("name") and match.start("name") < one.end for one in found):
            found.append(Told("用人单位", match["name"], *match.span("name"), Surety.READ))
    return sorted(found, key=lambda one: one.start)


def is_generic(name: str) -> bool:
    """Whether a name says only what kind of firm it is: 饭店, 我们厂."""
    return bool(_GENERIC.match(name))


def named_firm(text: str) -> Told | None:
    """The first firm with a name of its own."""
    return next((one for one in firms(text) if not is_generic(one.value)), None)


def employer(text: str, told: Sequence[Told], person: Told | None) -> Told | None:
    """Who seeks: as labelled, in a bracket at the head, as the first sentence names a firm, else the person to ask."""
    stated = next((one for one in told if one.field == "用人单位"), None)
    if stated is not None:
        return _trimmed(stated)
    named = named_firm(text)
    head = _bracketed(text)
    if head is not None and (
        named is None or is_generic(named.value) or head.start <= named.start or _CALLED.search(text)
    ):
        return head
    if named is not None:
        return named
    plain = next(iter(firms(text)), None)
    if plain is not None:
        return Told(plain.field, plain.value, plain.start, plain.end, Surety.GUESSED)
    if person is not None and (_PERSON.search(person.value) or _HOUSEHOLD.search(text)):
        return Told("用人单位", person.value, person.start, person.end, Surety.GUESSED)
    return None


def _trimmed(told: Told) -> Told:
    """A labelled name without what follows it: 示例食品厂，位于…."""
    cut = re.split(r"[，,;；。\n]|(?<=[一-龥])\s+(?=[一-龥]{2,}[:：])", told.value)[0].strip()
    return Told(told.field, cut, told.start, told.start + len(cut), told.surety, told.outer)


def _bracketed(text: str) -> Told | None:
    """A firm named in brackets at the head of an advert, or anywhere in quotation marks as what it is called."""
    called = _CALLED.search(text)
    if called:
        return Told("用人单位", called["name"], *called.span("name"), Surety.READ)
    for match in _HEAD.finditer(text[:80]):
        kind = next(name for name in "abcd" if match[name])
        start, end = match.span(kind)
        name = match[kind]
        tail = _TAIL.search(name)
        name = name[: tail.start()] if tail else name
        end = start + len(name)
        if len(name) >= 2 and _END.search(name) and not _NOT.search(name):
            return Told("用人单位", name, start, end, Surety.READ)
    return None
