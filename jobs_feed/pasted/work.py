"""What work is offered: the names of the jobs and how many people each wants.

In: a piece of text, its labelled values, the reading tools. Out: the jobs as `Told`, in their order; the head count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jobs_feed.items import listed_items
from jobs_feed.pasted.employer import firms
from jobs_feed.pasted.model import Surety, Told
from jobs_feed.pasted.people import person_in
from jobs_feed.pasted.vocabulary import group
from jobs_feed.titled import title_names
from matcher.reading.adverts.jobs import ListedJob, headed_jobs, work_named
from matcher.reading.passages import passages
from matcher.reading.tools import ReadingTools

_CN = "一二两三四五六七八九十"
_NUMBER = rf"(?:\d{{1,4}}|[{_CN}]{{1,3}})"
_COUNT = (
    rf"(?:[俩仨]人|{_NUMBER}\s*(?:[-~—–至到]\s*{_NUMBER})?\s*[余多来]?\s*(?:名|人|个(?!月|点|小时|半|班|体)|位)(?:人)?(?:以上|左右)?"
    r"|若干名?|数名|多名|[几多]名|[几多]个(?=[，,。\s]|人|$)|不限(?=人数))"
)
_COUNTS = re.compile(_COUNT)
_CALL = re.compile(
    rf"{group('recruit')}(?:{group('before_name')}|{_COUNT}|[:：\s【\[])*"
    rf"(?P<name>[一-龥A-Za-z][一-龥A-Za-z/、（）()]{{1,15}}?)(?=\s*(?:{_COUNT}|[，,。；;!！?？\s\d（(：:|】\]～~+]|要求|包[吃住]|管[吃住]|月薪|工资|日结|一天|电话|联系|男女|长期|急|待遇|有意|年龄|每天|每[周月晚早]|照[顾看]|伺候|看护|看孩子|带孩子|主要|专门|做饭|负责|会|能|\Z))"
)
_TRADE = re.compile(
    r"(?:工|员|师|手|匠|嫂|司机|阿姨|助理|文员|学徒|主管|领班|店长|厨|倌|保姆|月嫂|会计|出纳|老师|教师|护士|经理|钟点|小时工|护工|导购|收银|保安|保洁|前台|跟车|装卸|搬运|后厨|面点|客服|销售|专员|人员|夫妻|传菜|洗碗|打荷|切配|跑堂|分拣|打包|羊倌|放羊的|喂牛的|养殖|美容|美发|操作)\Z"
)
_STRIP = re.compile(
    rf"\A(?:人(?![事力工])|{group('before_name')}|{group('recruit')}|{_COUNT}|\d{{1,2}}[.、．)）]|[①-⑩:：\s【\[（(])+"
)
_UP_TO_CALL = re.compile(
    r"\A.*(?:招聘|诚聘|急聘|急招|招工(?!程)|招募|招收(?!银)|招人(?!事)|聘请|高薪聘|急需|招(?![商生待])|聘(?=[一-龥]{2})|(?<=[店厂家场里])缺|(?<=[店厂家场里])找)(?:[:：\s])*(?=[一-龥]{2,})"
)
_TAIL = re.compile(
    rf"(?:{_COUNT}|夫妻(?:一对|优先)?|[一两二三]对|[（(][^（()）]*[）)]?|[\s:：，,。；;!！~～】\]）)+]|招聘|启事|各|数|急|长期|若干|等|的|啦|了)+\Z"
)
_NOT = re.compile(
    r"(?:信息|启事|公告|条件|要求|待遇|福利|热线|电话|单位|公司|人才|对象|简章|[^养]老板|联系|地址|方式|时间|如下|岗位|工种|职位|什么|好的|信得过|靠谱|有意|工作|干活|活儿?|几个|一个|人手|员工|人员|工人|人|帮手|帮忙|能干)\Z"
)
_GENERAL = re.compile(r"(?:男|女|男女|夫妻|临时|长期|短期|熟练)?(?:工人|员工|人员|人手|职工|工)\Z")
_BEHIND_COUNT = re.compile(
    r"(?:[一两二三四五六七八九十]|\d{1,2})[个名位](?P<name>[一-龥]{2,6}?)"
    r"(?=[一两二三四五六七八九十\d]{1,2}[个名位]|[，,。；;、\s和跟及]|$)"
)
_UNKNOWN_COUNTED = re.compile(r"(?:(?<=^)|(?<=[\s：:，,。；;、]))(?P<name>[一-龥]{2,6})\s*\d{1,3}\s*[名人](?![一-龥])")
_WANTS = re.compile(
    rf"(?:今[天晚]|明[天早晚]|后天|现在|这边|工地|[，,。；;\s]|^)(?P<name>[一-龥]{{2,6}}?)(?:还?[缺差]|[，,]要)(?:{_COUNT}|俩人?|仨人?|几个?人?|人)"
)
_ROW = re.compile(r"[一-龥A-Z]{2,10}(?:\s*[/／、|]\s*[一-龥A-Z]{2,8}){2,}")
_PIECE = re.compile(r"[一-龥A-Z]{2,10}")
SURE, LIKELY = 0.6, 0.8
_HEAD = re.compile(r"[【《\[](?P<name>[^】》\]\n]{2,16})[】》\]]")


_CALL_BEFORE = re.compile(
    r"(?:(?<=^)|(?<=\n)|(?<=[。；;！!★●◆■▶~～\s]))[^\n，,。；;、\d]{0,24}?(?:招聘|诚聘|急聘|急招|招工(?!程)|招募|招收(?!银)|高薪聘|聘请|急需|现需|招(?![商生待聘募]|工(?!程)|收(?!银)|人(?!事))|招人(?!事)[啦了]?|聘|缺|找)(?:启事)?[:：\s~～!！]*(?=[一-龥]{2})"
)


def without_calls(text: str) -> str:
    """The text with what stands before the names of work blotted out, character for character: 示例园招聘幼师3名."""
    return _CALL_BEFORE.sub(lambda found: "。" * len(found[0]), text)


def jobs(text: str, told: Sequence[Told], tools: ReadingTools) -> list[Told]:
    """The jobs an advert names, best way first: labels, head counts, the call, trades named in it."""
    stated = [part for one in told if one.field == "岗位名称" for part in _of_label(one, tools)]
    if stated:
        return _distinct(stated)
    listed = _listed(text, tools)
    row = _row(text, tools)
    if len(row) > max(len(listed), 2):
        return _distinct(row)
    return _distinct(
        listed
        or _counted_first(text, tools)
        or _called(text, tools)
        or _wanting(text)
        or _counted(text)
        or _mentioned(text, tools)
    )


def _counted_first(text: str, tools: ReadingTools) -> list[Told]:
    """Jobs behind their head counts in one call: 招一个服务员一个切墩."""
    found = [match for match in _BEHIND_COUNT.finditer(text) if work_named(match["name"], tools.linker)]
    return [Told("岗位名称", one["name"], *one.span("name"), Surety.READ) for one in found] if len(found) > 1 else []


def _counted(text: str) -> list[Told]:
    """A name nobody knows, with a head count: 质检1名."""
    for match in _UNKNOWN_COUNTED.finditer(text):
        if not _no_work(match["name"]):
            return [Told("岗位名称", match["name"], *match.span("name"), Surety.GUESSED)]
    return []


def _row(text: str, tools: ReadingTools) -> list[Told]:
    """Names of work in one row: 木工/钢筋工/架子工/力工, where most of them are known."""
    for match in _ROW.finditer(text):
        pieces = [(found[0], match.start() + found.start()) for found in _PIECE.finditer(match[0])]
        named = [(tidy(name), place + name.find(tidy(name))) for name, place in pieces]
        known = sum(1 for name, _ in named if work_named(name, tools.linker))
        if known * 2 > len(named):
            return [Told("岗位名称", name, at, at + len(name), Surety.READ) for name, at in named if len(name) > 1]
    return []


def _wanting(text: str) -> list[Told]:
    """Work that wants people: 装车缺俩人, 摘果还差五个人."""
    match = _WANTS.search(text)
    return [Told("岗位名称", match["name"], *match.span("name"), Surety.READ)] if match else []


def openings(text: str, jobs_told: Sequence[Told], told: Sequence[Told]) -> Told | None:
    """The head count of an advert for one job: as labelled, beside its name, behind the call."""
    stated = next((one for one in told if one.field == "招聘人数"), None)
    if stated is not None:
        return stated
    for job in jobs_told[:1]:
        behind = re.compile(rf"[\s:：，,（(【】]{{0,3}}(?:招|需|要|共)?\s*(?P<n>{_COUNT})").match(text, job.end)
        before = re.compile(rf"(?P<n>{_COUNT})(?:[男女]|熟练|的|会|[:：\s])*\Z").search(
            text[max(0, job.start - 14) : job.start]
        )
        for found, offset in ((behind, 0), (before, max(0, job.start - 14))):
            if found:
                return _count(found, offset)
    called = re.compile(rf"(?:{group('recruit')}|共|需要?|人数[:：]?)\s*(?:[一-龥]{{0,4}})?(?P<n>{_COUNT})").search(
        text
    )
    return _count(called, 0) if called else None


def _count(found: re.Match[str], offset: int) -> Told:
    """A head count with its place."""
    start, end = found.span("n")
    return Told("招聘人数", found["n"].strip(), offset + start, offset + end, Surety.READ)


def tidy(name: str) -> str:
    """A name of work without call, number and what follows it."""
    name = _UP_TO_CALL.sub("", name)
    bare = _STRIP.sub("", name)
    name = bare if len(bare) > 1 else name
    return _TAIL.sub("", name).strip(" 、/")


def _of_label(one: Told, tools: ReadingTools) -> Iterator[Told]:
    """The jobs under a label: 保洁员2名、保安3名; the first clause where the rest tells of something else."""
    listed = _listed(one.value, tools)
    if len(listed) > 1:
        yield from (
            Told("岗位名称", job.value, one.start + job.start, one.start + job.end, Surety.STATED, one.outer)
            for job in listed
        )
        return
    clause = re.split(r"[，,。；;\n]|\s{2,}", one.value)[0]
    pieces = title_names(clause)
    known = [piece for piece in pieces if work_named(tidy(piece), tools.linker)]
    for piece in pieces if len(known) > 1 else [clause]:
        name = tidy(piece)
        place = one.value.find(name)
        if len(name) > 1 and place >= 0:
            yield Told("岗位名称", name, one.start + place, one.start + place + len(name), Surety.STATED, one.outer)


def _listed(text: str, tools: ReadingTools) -> list[Told]:
    """Jobs named with a head count or pay, as the splitting of adverts knows them."""
    text = without_calls(text)
    found: tuple[ListedJob, ...] = listed_items(text, lambda name: work_named(name, tools.linker))
    if found:
        jobs_found = [_placed(text, job, job.start) for job in found]
        return [job for job in jobs_found if job]
    (passage,) = passages([("岗位描述", text)]) or (None,)
    if passage is None:
        return []
    told = []
    for job in headed_jobs(passage, tools.linker):
        name = tidy(job.name)
        if name and (job.code or _TRADE.search(name)) and not _NOT.search(name):
            start = passage.folded.span(job.start, job.end)[0]
            placed = _placed(text, ListedJob(name, job.code, job.openings, start, job.end), start)
            told += [placed] if placed else []
    return told


def _placed(text: str, job: ListedJob, start: int) -> Told | None:
    """A listed job with its place in the text as typed."""
    name = tidy(job.name)
    place = text.lower().find(name.lower(), max(0, start - 2))
    return (
        Told("岗位名称", text[place : place + len(name)], place, place + len(name), Surety.READ)
        if place >= 0 and name
        else None
    )


def _called(text: str, tools: ReadingTools) -> list[Told]:
    """What stands behind 招, 找, 急聘; words that are no known work count where they end as trades do."""
    weak: list[Told] = []
    for match in _CALL.finditer(text):
        raw = match["name"]
        name = tidy(raw)
        place = match.start("name") + raw.find(name)
        if len(name) < 2 or _no_work(name):
            continue
        told = [_part(text, piece, place) for piece in title_names(name)] or [None]
        best = tools.linker.best(name, "occupation")
        if (best is not None and best.confidence >= SURE) or _TRADE.search(name):
            return [one for one in told if one] or [Told("岗位名称", name, place, place + len(name), Surety.READ)]
        weak.append(Told("岗位名称", name, place, place + len(name), Surety.GUESSED))
    return weak[:1] if weak and len(weak[0].value) <= 8 and not _mentioned(text, tools) else []


def _no_work(name: str) -> bool:
    """Whether words behind a call name a person, a firm's form or people in general, and no work."""
    return bool((_NOT.search(name) and not _TRADE.search(name)) or _GENERAL.fullmatch(name) or person_in(name))


def _part(text: str, name: str, start: int) -> Told | None:
    """One job of a row of names behind a call."""
    name = tidy(name)
    place = text.find(name, start)
    return Told("岗位名称", name, place, place + len(name), Surety.READ) if len(name) > 1 and place >= 0 else None


def _mentioned(text: str, tools: ReadingTools) -> list[Told]:
    """The first trade of the lexicon an advert names; what is called 老板 or 经理 beside a phone is none."""
    names = [(one.start, one.end) for one in firms(text)]
    for found in tools.linker.mentions(text, "occupation"):
        if any(start <= found.start and found.end <= end for start, end in names):
            continue
        before, after = text[max(0, found.start - 2) : found.start], text[found.end : found.end + 12]
        if re.search(r"[一-龥]\Z", before) and re.match(r"\s*[:：]?\s*\d{7,}", after):
            continue
        if re.search(r"(?:找|联系|[有无没不会懂])\Z", before) or re.match(r"(?:经验|证|优先|资格)", after):
            continue
        return [Told("岗位名称", found.words, found.start, found.end, Surety.GUESSED)]
    return []


def _distinct(found: Sequence[Told]) -> list[Told]:
    """Each name once, in order."""
    return list({one.value: one for one in reversed(found)}.values())[::-1]
