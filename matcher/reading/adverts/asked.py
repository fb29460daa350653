"""What an advert asks of applicants beside age and schooling: sex, ethnicity, experience, skills, certificates.

In: the passages of an advert. Out: facts; sex and ethnicity are read to be flagged, never to be obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from matcher.domain.facts import Evidence, Fact
from matcher.domain.posting import SkillAsked
from matcher.domain.worker import Sex
from matcher.reading.adverts.optional_papers import paper_is_optional
from matcher.reading.linking import Linker, Mention
from matcher.reading.numerals import read_number
from matcher.reading.passages import Passage
from matcher.reading.sifting import sifted
from matcher.reading.wordlists import words
from matcher.reference.lexicon import Lexicon

SEX_COLUMN, CERTIFICATE_COLUMN, EXPERIENCE_COLUMN = "性别要求", "证书要求", "经验要求"
_SEX = sifted(
    rf"(?P<not>{words('sex.product')})"
    r"|(?P<open>男[、/,]?女(?:性别)?(?:都|均|皆|不|兼|各|可|\d)[^,。;\n]{0,4}|不限男女|性别(?:、?(?:年龄|学历|经验|专业|户籍))*[:\s]*不限|"
    r"性别不?作?要求|不限性别|男女(?:都|均|不限|皆|、)|性别均可)"
    r"|(?P<word>(?:仅限|只限|限|只招|只要|要求|招|需|要|性别[:为\s]*)?(?P<s>[男女])(?:性|士|工(?!若干)|生(?!宿舍)|员工|士优先|同志|营业员|(?<=招.)(?=[一-龥]{2,4}(?:工|员|师))|(?<=招聘.)(?=[一-龥]{2})|服务员|保安|阿姨|保姆|保洁|的(?=[,。;、()\s]|$|优先|来|也?行)|"
    r"(?=[,。;、()\s]|$|优先|身体|\d|[一二三四五六七八九十]|名)))"
)
_SHUT_OUT = re.compile(r"(?:不|非|勿|(?<!性)别)(?:招收?|要|收|用|考虑)?\Z")
_NOT_ONE = r"(?!风|特|歌|餐|服|文化|自治|语|文|汉|团|师傅|冷面|传统|幼儿园|中学|学校|医院|饭店|馆|地区)"
_ETHNIC = sifted(
    rf"(?:仅限|只限|限|只招|只要|要求|须|必须(?:是|为)?|(?<!少数)民族(?:要求)?[:为\s]+)(?P<a>{words('ethnic.names')}|汉\b|汉(?=[,。;\s]|$)){_NOT_ONE}"
    rf"|(?P<b>{words('ethnic.names')})(?:员工|人|职工|演员|女孩|男孩|小伙|姑娘|者)?(?:优先|勿扰|除外|免|不要|不招|不收|谢绝|者优先)"
    rf"|(?:不|非)(?:招收?|收|要|接受|用|录用)(?P<c>{words('ethnic.names')})"
    rf"|招(?P<d>蒙古?族|汉族|回族|满族)(?:小伙|姑娘|女孩|男孩|大姐|员工)"
    rf"|(?:^|[,。;、])(?P<e>汉族)(?=$|[,。;、男女]|员工|人)"
)
_FULL_NAMES = {"汉": "汉族", "蒙族": "蒙古族", "蒙": "蒙古族", "蒙古": "蒙古族", "回民": "回族", "维族": "维吾尔族"}
_NUMBER = r"(?:\d{1,2}(?:\.5)?|[一二两三四五六七八九十半]{1,2})"
_YEARS = sifted(
    rf"(?P<a>{_NUMBER})\s*(?:[-~至到]+\s*{_NUMBER}\s*)?(?:周)?年\s*(?:或|及|含)?(?:以上|左右|或以上|以内|起)?(?:的)?[^,。;\n]{{0,16}}?(?:经验|经历|工龄|驾龄|从业|资历)"
    rf"|(?:经验|工龄|驾龄|从业|从事|(?:至少|最少|得|要|必须|须|需)[^,。;\n\d]{{0,4}}[干做踩开养跑焊砌烧炒带喂]过|开过[一-龥]{{1,3}}|干过[一-龥]{{0,4}}|熟练工?,?)[^,。;\n\d]{{0,12}}(?P<b>{_NUMBER})\s*(?:[-~至到]+\s*{_NUMBER}\s*)?年"
)
_YEARS_ALONE = sifted(
    rf"(?:^|[,。;、!\n])(?:要|得|需|须|必须|至少|最少|最低)?(?:干满|干过|做过|做满|熟练|[干做]这行)?(?P<a>{_NUMBER})\s*(?:[-~至到]+\s*{_NUMBER}\s*)?年(?:或|及|含)?(?:以上|往上|起步)"
    r"(?:的)?(?:熟[手练]工?|老手|老?师傅|手艺|本事)?(?=[,。;、!\n]|$)"
)
"""Years that stand alone between stops: 会调机。两年以上。"""
_MONTHS = sifted(r"(?P<n>\d{1,2}|[三六九])个月(?:以上|及以上)(?:的)?[^,。;\n]{0,8}(?:经验|经历)")
_OF_COMPANY = re.compile(r"(?:公司|本店|我店|本厂|团队|老师|品牌|专注|成立)[^,。;\n]{0,6}\Z")
_PREFERRED = re.compile(rf"^[^,。;\n]{{0,14}}?(?:{words('asked.preferred')}|工资高|待遇(?:更)?高)")
_NO_EXPERIENCE = sifted(words("experience.none"))
_OPEN_COLUMN = re.compile(r"\s*(?:不限|不限经验|没有|无|无要求|不要求|无需|均可|不需要|没有要求)\s*\Z")
_BARE_YEARS = re.compile(rf"\s*(?P<n>{_NUMBER})\s*(?:[-~至到]+\s*{_NUMBER}\s*)?年")
_NOT_NEEDED = re.compile(rf"{words('asked.not_needed')}[^,。;\n]{{0,4}}\Z")
_NOT_NEEDED_AFTER = re.compile(rf"[^,。;]{{0,6}}?{words('asked.not_needed_after')}")
_CLASS_BEFORE = re.compile(r"[ab][123](?:证|本|照)?(?:及|或|和|含)?(?:以上|之上)(?:的)?(?:机动车)?\Z")
"""Before 驾照: which class it is, the paper that is meant (B2及以上驾驶证)."""
_STAY_AWAY = re.compile(
    r"的?(?:人|者)?(?:就|请|也)?(?:别(?:来|打|报|联系|问)|勿|不要|免谈|不招|不收|不用来|绕道|绕行|不行|干不了|上不了岗|进不|(?:得|要)?先(?:去|自己)[^,。;]{0,8}(?:办|考)[^,。;]{0,3}再)"
)
"""Who lacks the paper is sent away: 没健康证的别来."""
_CUE = re.compile(rf"{words('asked.cue')}[^,。;\n]{{0,6}}\Z")
_LIKED_BEFORE = re.compile(r"(?:优先|加分|更好|最好)(?:考虑|录用|条件|项)?[:][^。;\n]*\Z")
_GIVEN = re.compile(words("asked.given"))
_PAPERS = ("certificate", "licence", "health_certificate")
_CLAUSE = re.compile(r"[,。;!\n]")


def read_sex_asked(texts: Iterable[Passage]) -> Fact[Sex]:
    """The one sex an advert limits itself to or prefers; both, or none, is no limit."""
    asked: dict[Sex, list[Evidence]] = {}
    opened: list[Evidence] = []
    for passage in texts:
        if passage.field == SEX_COLUMN and _OPEN_COLUMN.match(passage.text):
            opened.append(passage.evidence(0, len(passage.text)))
            continue
        for match in _SEX.finditer(passage.text):
            if match["open"]:
                opened.append(passage.evidence(*match.span()))
            elif match["word"]:
                sex = Sex.MALE if match["s"] == "男" else Sex.FEMALE
                if _SHUT_OUT.search(passage.text[: match.start("s")]):
                    sex = Sex.FEMALE if sex is Sex.MALE else Sex.MALE
                asked.setdefault(sex, []).append(passage.evidence(*match.span()))
    if len(asked) != 1:
        return Fact(None, tuple(opened[:1]))
    sex, evidence = next(iter(asked.items()))
    if opened and all(item.field != SEX_COLUMN for item in (*opened, *evidence)):
        return Fact(None, tuple(opened[:1]))
    return Fact(sex, (*evidence[:1], *opened[:1]), contradicted=bool(opened))


def read_ethnic_asked(texts: Iterable[Passage]) -> Fact[str]:
    """The ethnicity an advert limits itself to, prefers or shuts out."""
    for passage in texts:
        match = _ETHNIC.search(passage.text)
        if match:
            name = next(part for part in match.groups() if part)
            return Fact(_FULL_NAMES.get(name, name), (passage.evidence(*match.span()),))
    return Fact()


def read_experience(texts: Iterable[Passage]) -> Fact[float]:
    """The least years of experience required; 0 = said not to be needed, preferred years are none."""
    for passage in texts:
        fact = _required_years(passage)
        if fact.value is not None:
            return fact
    return Fact()


def _required_years(passage: Passage) -> Fact[float]:
    """Years of experience by one passage."""
    text = passage.text
    if passage.field == EXPERIENCE_COLUMN:
        if _OPEN_COLUMN.match(text):
            return Fact(0.0, (passage.evidence(0, len(text)),))
        bare = _BARE_YEARS.match(text)
        if bare and not _PREFERRED.match(text[bare.end() :]):
            return Fact(_years(bare["n"]), (passage.evidence(*bare.span()),))
    alone = _YEARS_ALONE.search(text)
    for match in (*_YEARS.finditer(text), *((alone,) if alone else ())):
        if _PREFERRED.match(text[match.end() : match.end() + 20]):
            continue
        if _OF_COMPANY.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        years = _years(next(part for part in match.groups() if part))
        if years is not None and years <= 15:
            return Fact(years, (passage.evidence(*match.span()),))
    months = _MONTHS.search(text)
    if months and not _PREFERRED.match(text[months.end() :][:20]):
        return Fact(round((read_number(months["n"]) or 0) / 12, 2), (passage.evidence(*months.span()),))
    none = _NO_EXPERIENCE.search(text)
    return Fact(0.0, (passage.evidence(*none.span()),)) if none else Fact()


def _years(number: str) -> float | None:
    """3, 三, 半."""
    return 0.5 if number == "半" else read_number(number)


def read_skills_asked(texts: Sequence[Passage], linker: Linker, lexicon: Lexicon) -> tuple[SkillAsked, ...]:
    """Skills and papers asked for; required wins over preferred where both are said."""
    found: dict[str, SkillAsked] = {}
    for passage in texts:
        for mention in linker.mentions(passage.folded.text, "skill"):
            asked = _asked(passage, mention, lexicon)
            if asked is not None and (
                mention.code not in found or (asked.required and not found[mention.code].required)
            ):
                found[mention.code] = asked
    return tuple(_with_choices(found, texts, linker))


_OR = re.compile(r"(?:证书?|操作证|驾驶证|驾照|本|卡)?(?:\([^)]{0,6}\))?\s*(?:或者?是?|/|要么|任一)\s*(?:者)?(?:有)?")
"""Between two papers of which one does: A证或B证, C1/摩托证."""
_ANY_OF = re.compile(r"[^,。;]{0,4}(?:之一|任意?一|其中一|有一(?:个|样|种)|二选一|三选一|都行|均可|都可以)")
_LISTED = re.compile(r"(?:证书?|本|卡)?\s*[、,]\s*")


def _with_choices(found: dict[str, SkillAsked], texts: Sequence[Passage], linker: Linker) -> Iterator[SkillAsked]:
    """What is asked for, with the papers that do as well."""
    instead: dict[str, set[str]] = {}
    for passage in texts:
        for group in _choices(passage, linker):
            for code in group & found.keys():
                instead.setdefault(code, set()).update((group & found.keys()) - {code})
    for code, asked in found.items():
        others = tuple(sorted(instead.get(code, ())))
        needed = asked.required or any(found[other].required for other in others)
        yield replace(asked, instead=others, required=needed) if others else asked


def _choices(passage: Passage, linker: Linker) -> Iterator[set[str]]:
    """Groups of papers one of which is enough, in one passage."""
    papers = [item for item in linker.mentions(passage.folded.text, "skill") if linker.is_paper(item.code)]
    text, group = passage.text, set[str]()
    for at, item in enumerate(papers[:-1]):
        gap = text[item.end : papers[at + 1].start]
        listed = _LISTED.fullmatch(gap) and _ANY_OF.match(text, papers[-1].end)
        if _OR.fullmatch(gap) or listed:
            group |= {item.code, papers[at + 1].code}
        elif len(group) > 1:
            yield group
            group = set()
    if len(group) > 1:
        yield group


def _asked(passage: Passage, mention: Mention, lexicon: Lexicon) -> SkillAsked | None:
    """A skill mentioned in an advert as one that is asked for, or nothing."""
    text = passage.text
    clause_before = _CLAUSE.split(text[max(0, mention.start - 14) : mention.start])[-1]
    after = text[mention.end : mention.end + 18]
    clause_after = _CLAUSE.split(after)[0]
    if (_NOT_NEEDED.search(clause_before) and not _STAY_AWAY.match(after)) or _NOT_NEEDED_AFTER.match(after):
        return None
    entry = lexicon.skills.get(mention.code)
    paper = entry is not None and entry.kind in _PAPERS
    if paper and _CLASS_BEFORE.search(clause_before):
        return None
    column = passage.field == CERTIFICATE_COLUMN
    if (
        not column
        and not paper
        and clause_before.endswith("有")
        and not re.match(r"[^,。;]{0,4}(?:经验|技能|基础|手艺)", after)
    ):
        return None
    if not column and not paper and not _CUE.search(clause_before) and not _PREFERRED.match(clause_after):
        return None
    if not column and re.search(r"(?:办理|协助|代办|负责)[^,。;]{0,6}\Z", clause_before) and re.match(r"的", after):
        return None
    if (
        not column
        and paper
        and re.search(r"可?(?:免费)?(?:培训)?考(?:取)?\Z", clause_before)
        and not _PREFERRED.match(after)
    ):
        return None
    liked = bool(_LIKED_BEFORE.search(text[max(0, mention.start - 24) : mention.start]))
    given = bool(_GIVEN.search(clause_before) or _GIVEN.search(clause_after))
    optional = paper and paper_is_optional(text, mention.start, mention.end)
    required = not (given or optional or liked or _PREFERRED.match(after))
    evidence = (passage.evidence(mention.start, mention.end),)
    return SkillAsked(skill=mention.code, required=required, evidence=evidence)
