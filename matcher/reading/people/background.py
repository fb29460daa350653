"""Birth date, sex, schooling, means of travel and the pay wished.

In: the columns, the proved identity number and the cells. Out: facts; where number, column and text disagree, the
number decides, then the column, and the fact says that it is contradicted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from matcher.domain.facts import Evidence, Fact
from matcher.domain.worker import Education, Sex, Transport, WageWish, Worker
from matcher.reading.education import read_education
from matcher.reading.identity import IdNumber
from matcher.reading.negation import Polarity, about_other, folded_polarity
from matcher.reading.own_age import OwnAge, read_own_age
from matcher.reading.pay import read_pay
from matcher.reading.people.cells import Cells
from matcher.reading.people.subject import of_other

_AGE_DIFFERS_YEARS = 3
"""Nominal ages and animal years are up to two years off; more is a contradiction."""

_ROUGH_DIFFERS_YEARS = 8
_ROUGH_AGE = re.compile(r"[多来几近快奔]|出头|左右|上下")

_NOT_AT_SCHOOL = re.compile(r"^(?:否|无|非|不|没|已?毕业|离校|肄业|辍学|0|-|/|—|空|未在)|非在校|不在校|已毕业|已离校")
_AT_SCHOOL = re.compile(
    r"(?:还在|正在|正|仍|现在?)?(?:在校(?:生|学生|读)|在读(?:学生|高|大|中|职|本|研)?|(?:还在|正在|现在)(?:念|上|读)(?:着)?(?:书|学|高中|职高|中专|大专|大学|技校|初中|高[一二三]|大[一二三四]|初[一二三])|(?:现|今年)?(?:上|念|读)(?:着)?(?:高[一二三]|大[一二三四]|初[一二三])(?!时|就|没))"
)
_AT_SCHOOL_ALSO = re.compile(
    r"(?:大专|本科|中专|高职|技校|研究生|职高|中职|高中|大学)(?:[一二三四]年级|在读|[一-龥]{0,2}学生)|就读(?:于|在)|在校(?:大|高|中)?(?:学生|生)|(?:大|高|研)[一二三四](?:新生|在读|学生)|(?:人|正|现|还)?在(?:学校|校)(?:里)?(?:念|读|上|实习)|"
    r"(?:在|正在)[一-龥]{2,8}(?:念|上|读)(?:着)?(?:书|高中|大学|职高|中专|大专|技校|本科)(?!过|时)|正上着(?:学|技校|大学|高中|职高|中专)|(?:还)?没毕业(?:呢|,明年)|[一二三]年级[,]?(?:在读|实习)"
)
_SCHOOL_OVER = re.compile(
    r"在校(?:学生会|期间|时)|辍学|(?<!没)(?<!未)(?<!明年)(?<!后年)毕业(?!.{0,2}呢)(?!于)|不念|退学|不读|不上学|离校|休学|[念读上]过|当年|那时|陪读"
)
_KIN_INSIDE = re.compile(r"孩|闺女|儿子|姑娘|孙|老人")
_COMES_OUT = re.compile(r"(?:明年|后年|今年[一-龥0-9]{0,4}月|[0-9一二三四五六七八九十]+月)(?:份)?毕业")
_HAS = (
    r"(?:有|骑|会骑|开|买了?|新买的?|家有|坐|靠|蹬|骑个|趁)"
    r"(?:自己的|自家|家里|一|个|辆|台|着|了|小|新|的|二八|破|旧|老|二手)*"
)
_RIDES = (
    (
        Transport.CAR,
        re.compile(
            rf"{_HAS}(?:汽车|小车|轿车|面包车|私家车|皮卡|三轮汽车|代步车|五菱|捷达|桑塔纳|夏利|奥拓|长安|吉利|奇瑞|夏利|QQ|车有本)|自备车辆|自己(?:有|开)车|自驾|(?<![得要没])有车(?!间|费|接|送|坐|就|才|票|贷|祸)"
        ),
    ),
    (
        Transport.MOTORBIKE,
        re.compile(
            rf"{_HAS}(?:三轮)?摩托|{_HAS}(?:踏板|三蹦子|三马子)|自家(?:的)?三蹦子|摩托车?(?:代步|上下班|能到)"
            r"|摩托(?:车)?[:]?[1一](?:台|辆)?(?=$|[,。;、 ])"
        ),
    ),
    (
        Transport.EBIKE,
        re.compile(
            rf"{_HAS}(?:电动(?!工)|电瓶|电三轮|电驴|老年(?:代步)?车|老头乐)"
            r"|电(?:动|瓶)车?(?:代步|上下班|(?:能|就能)(?:到|骑到))"
            r"|(?:电动|电瓶)(?:车)?[:]?[1一](?:台|辆)?(?=$|[,。;、 ])"
        ),
    ),
    (Transport.BICYCLE, re.compile(rf"{_HAS}(?:倒骑驴|自行车|洋车子?|单车|车子)|自行车(?:代步|上下班)")),
    (
        Transport.BUS,
        re.compile(
            r"(?:坐|乘|靠|等)(?:通村|农村|旗里的?|镇里的?)*(?:公交|客车|班(?:线)?车|大巴|中巴|小客|村村通|线车|招手停)|公交(?:上下班|出行|能到)"
        ),
    ),
    (
        Transport.FOOT,
        re.compile(
            r"(?:走着|腿着|步行|走路|走道)(?:去|上班|来回|上下班|就到)|靠11路|(?:全|就)靠(?:走|两条腿|步行)|(?:^|(?<=[,。;、]))(?:出门|上哪)?(?:都|全)?步行(?=$|[,。;])"
        ),
    ),
)
_OWN = r"(?:自己|家里?|[他她])?(?:有|骑|开|就)?(?:着)?(?:一?[台辆个])?"
_ON_FOOT_OR = r"(?:(?:步行|走路|走着|走道)(?:或者?|或是|要么))?"
_RIDE_WORDS = (
    (Transport.CAR, r"(?:小?汽车|小车|轿车|面包车|私家车|皮卡|五菱)"),
    (Transport.MOTORBIKE, r"摩托车?"),
    (Transport.EBIKE, r"(?:电动车|电瓶车|电动|电三轮|三轮电动|电驴子?|电动三轮)"),
    (Transport.BICYCLE, r"(?:自行车|洋车子?|单车)"),
)
_BARE_RIDES = tuple(
    (
        means,
        re.compile(
            rf"(?:^|(?<=[,。;: ])){_ON_FOOT_OR}{_OWN}{word}(?:有|代步|一[台辆])?(?=$|[,。; ])|"
            rf"(?:^|(?<=[,。; ])){word}(?:是)?[一-龥]{{0,4}}借[一-龥]{{0,5}}的"
        ),
    )
    for means, word in _RIDE_WORDS
)
"""A clause that is nothing but the means of travel: “电动车。当天回。”"""
_BY_FOOT = re.compile(
    r"(?:^|(?<=[,。;、 ]))(?:没(?:有)?(?:电动|摩托|自行)?车[,]?)?(?:上班|出门|全凭|都是|就是|能)?"
    r"(?:走路|走着|走道|步行|腿着|两条腿)(?:的|来回|上班|去)?(?=$|[,。;、 ])|"
    r"没(?:有)?(?:啥|什么)?车[,]?(?:腿儿?着|走着|走路|靠走|全靠腿)|没(?:有)?车[一-龥]{0,2}不会骑|(?:啥|什么)车(?:都|也)?不会骑|不会骑车"
)
_NOT_OWN_RIDE = re.compile(r"[,]没(?:有)?(?=$|[,。;])|[偷丢卖坏]了|让人|撞|厂|公司|当|厂里|费劲|晕|疼|困难|不了")
_WAGE = re.compile(r"工资|月薪|就[干去行中]|低于|少于|一个月|每月|月入|挣|开|给|块|元|千|不低于|至少|起码|待遇|薪")
_WISHED_SUM = re.compile(
    r"[千百万\d一二三四五六七八九](?:块钱?|元)?(?:一个月)?(?:(?:就|他|她|我|才)+(?:干|去|行|中|来|上|成)|[都也][行干中]|的?不[干去来])"
)
_WANTED_SUM = re.compile(
    r"(?:想|要|盼|希望|图)(?:一个?月|每月|一天)?(?:能)?(?:挣|开|拿|给)|最低|最少|起码|至少|低于|少于|不少于|少[^,，]{2,6}不[干去]|开价|要价|不下|能(?:有|开|挣|给)[^,，]{2,6}就|就?(?:知足|满足)|得给|够[^,，]{1,6}就"
)
"""A clause that tells a wish of pay and no history of it."""
_NOT_WISH = re.compile(
    r"欠|拖|以前|原来|之前|那会|当时|贷款|债|医药|学费|(?:儿子|闺女|媳妇|丈夫|老公|对象|孩子|女儿)[一-龥]{0,4}挣|房租|补课|伙食|生活费|药|电费|水费|学费|租房|供孩子|低保|补贴|收入(?:只有|才|约)|花|借|挣过|还(?:钱|债)|押金|每月吃药"
)


def birth_of(worker: Worker, identity: IdNumber | None, cells: Cells, read_on: date) -> tuple[Fact[date], bool]:
    """The birth date and whether it is an estimate."""
    told = _told_age(cells, read_on)
    known: date | None = None
    evidence: tuple[Evidence, ...] = ()
    against = False
    if identity is not None:
        known, evidence = identity.birth_date, (Evidence("身份证号", "", private=True),)
        if worker.birth_date is not None and worker.birth_date != known:
            against = True
            evidence = (*evidence, Evidence("出生日期", worker.birth_date.isoformat()))
    elif worker.birth_date is not None:
        known, evidence = worker.birth_date, (Evidence("出生日期", worker.birth_date.isoformat()),)
    if known is None:
        return told.birth, told.estimated and told.birth.value is not None
    said = told.birth.value
    rough = any(_ROUGH_AGE.search(words.words) for words in told.birth.evidence)
    allowed = _ROUGH_DIFFERS_YEARS if rough else _AGE_DIFFERS_YEARS
    if said is not None and abs((said - known).days) > allowed * 365:
        return Fact(known, evidence + told.birth.evidence, contradicted=True), False
    return Fact(known, evidence, contradicted=against), False


def _told_age(cells: Cells, read_on: date) -> OwnAge:
    """The person's age by the texts, the remarks first."""
    for cell in cells.get("remarks", "experience_text", "skills_text"):
        told = read_own_age(cell.folded.raw, read_on, field=cell.field)
        if told.birth.value is not None:
            return told
    return OwnAge(Fact())


def sex_of(worker: Worker, identity: IdNumber | None) -> Fact[Sex]:
    """Sex by the identity number, else by the column."""
    column = (Evidence("性别", {Sex.FEMALE: "女", Sex.MALE: "男"}[worker.sex]),) if worker.sex else ()
    if identity is None:
        return Fact(worker.sex, column) if worker.sex else Fact()
    against = worker.sex is not None and worker.sex is not identity.sex
    number = Evidence("身份证号", "", private=True)
    return Fact(identity.sex, (number, *column) if against else (number,), contradicted=against)


def education_of(worker: Worker, cells: Cells) -> Fact[Education]:
    """Schooling by the column, else by what the texts say."""
    if worker.education_text:
        said = read_education(worker.education_text, "文化程度")
        if worker.education is None or said.value is None:
            return said if worker.education is None else Fact(worker.education, said.evidence or _column(worker))
        if said.value is not worker.education:
            return Fact(worker.education, said.evidence, contradicted=True)
        return Fact(worker.education, said.evidence)
    if worker.education is not None:
        return Fact(worker.education, _column(worker))
    for cell in cells.get("remarks", "experience_text", "skills_text"):
        found = read_education(cell.folded.raw, cell.field)
        place = cell.folded.raw.find(found.evidence[0].words) if found.evidence else -1
        if found.value is not None and place >= 0 and not of_other(cell.folded.raw, place, place + 1):
            return found
    return Fact()


def _column(worker: Worker) -> tuple[Evidence, ...]:
    """The schooling column as evidence."""
    return (Evidence("文化程度", worker.education_text),)


def school_of(worker: Worker, cells: Cells) -> Fact[bool]:
    """Whether the person is at school now."""
    if worker.school_status.strip():
        inside = not _NOT_AT_SCHOOL.search(worker.school_status.strip())
        return Fact(inside, (Evidence("在校生状况", worker.school_status),))
    for cell in cells.get("remarks", "experience_text"):
        for found in (*_AT_SCHOOL.finditer(cell.text), *_AT_SCHOOL_ALSO.finditer(cell.text)):
            first, last = cell.sentence(found.start(), found.end())
            sentence = _COMES_OUT.sub("", cell.text[first:last])
            if of_other(cell.text, found.start(), found.end()) or _SCHOOL_OVER.search(sentence):
                continue
            if _KIN_INSIDE.search(found[0]):
                continue
            if re.search(r"供|孩|闺女|儿子|姑娘|孙|弟|妹", cell.text[max(first, found.start() - 8) : found.start()]):
                continue
            told = folded_polarity(cell.text, found.start(), found.end())
            if told in {Polarity.AFFIRMED, Polarity.FUTURE} or "没毕业" in found[0]:
                return Fact(True, (cell.evidence(found.start(), found.end()),))
    return Fact()


def transport_of(worker: Worker, cells: Cells) -> Fact[Transport]:
    """The means of travel: the column, else what the texts say the person has."""
    if worker.transport is not None:
        return Fact(worker.transport, (Evidence("交通方式", worker.transport.value),))
    for cell in cells.get("remarks", "care_text", "wish_place_text", "skills_text"):
        for means, pattern in _RIDES:
            found = pattern.search(cell.text)
            if found and re.search(r"(?:想|要|打算|准备|攒)[一-龥]{0,3}$", cell.text[: found.start()]):
                continue
            if found and _NOT_OWN_RIDE.match(cell.text[found.end() : found.end() + 5].lstrip("车的")):
                continue
            if found and folded_polarity(cell.text, found.start(), found.end()) is Polarity.AFFIRMED:
                return Fact(means, (cell.evidence(found.start(), found.end()),))
    return _named_alone(cells)


def _named_alone(cells: Cells) -> Fact[Transport]:
    """The means of travel that a clause of the remarks names and says no more."""
    for cell in cells.get("remarks", "care_text"):
        for means, pattern in (*_BARE_RIDES, (Transport.FOOT, _BY_FOOT)):
            found = pattern.search(cell.text)
            if found and not of_other(cell.text, found.start(), found.end()):
                return Fact(means, (cell.evidence(found.start(), found.end()),))
    return Fact()


def wage_wish_of(worker: Worker, cells: Cells) -> WageWish | None:
    """The least pay wished: the column, else the remarks where they speak of it."""
    if worker.wage_text.strip():
        return _wish(worker.wage_text, "期望月薪", free=False)
    for cell in cells.get("wish_text", "remarks", "wish_place_text"):
        for part, wanted in _told_pay(cell.folded.raw):
            if _WAGE.search(part) and not _NOT_WISH.search(part) and not about_other(part, len(part)):
                found = _wish(part, cell.field, free=not (wanted or _WISHED_SUM.search(part)))
                if found is not None:
                    return found
    return None


def _told_pay(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text that may tell a wish of pay: clauses that speak of wanting first, then whole sentences."""
    sentences = [part for part in re.split(r"[。；;！\n]", text) if part]
    for sentence in sentences:
        yield from ((part, True) for part in re.split(r"[，,](?!\d{3})", sentence) if _WANTED_SUM.search(part))
    yield from ((sentence, False) for sentence in sentences)


def _wish(text: str, field: str, *, free: bool) -> WageWish | None:
    """The lower end of a stated pay."""
    wage = read_pay(text, field=field, free=free)
    if wage is None:
        return None
    least = wage.low if wage.low is not None else wage.high
    if least is None:
        return None
    return WageWish(yuan_per_month=least, assumption=wage.assumption, evidence=wage.evidence)
