"""Which jobs an advert offers.

In: title and description. Out: occupations, the main one first, and the jobs listed in it with their head counts
(“诚聘：服务员2名、保洁3名”), from which an advert may be split.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.domain.facts import LinkedTerm
from matcher.reading.adverts.tasks import LONGEST, SURE, narrowed, place_job, task_job
from matcher.reading.linking import Linker, Mention
from matcher.reading.numerals import read_number
from matcher.reading.passages import Passage
from matcher.reading.sifting import sifted
from matcher.reading.wordlists import words

_COUNT = r"(?:\d{1,3}(?:\s*[-~至]\s*\d{1,3})?|[一二两三四五六七八九十]{1,3}|若干|数|多)"
_HEADS = sifted(
    rf"(?P<each>各)?(?:(?P<count>{_COUNT})\s*(?:余)?(?:名|人(?![民员才事士均以])|位|个(?=[,、;。\s]|$)|员(?![工会]))|(?P<some>若干)(?![名人天次位]))\)?"
)
_NAME = re.compile(r"(?P<name>[a-z\u4e00-\u9fff][a-z\u4e00-\u9fff/()&]{1,15})\s*[:(,]?\s*(?:招聘?|需|共)?\s*$")
_LINE_START = re.compile(
    r"(?:^|\n)[^\n\u4e00-\u9fff]{0,6}(?:[一二三四五六七八九十]{1,2}[、.,)])?[^\n\u4e00-\u9fff]{0,10}(?:诚?招聘?)?$"
)
_REACH = 24
_ROW = re.compile(r"(?P<row>[a-z\u4e00-\u9fff]{2,8}(?:、[a-z\u4e00-\u9fff]{2,8})+)\Z")
_NAMES = re.compile(r"[a-z\u4e00-\u9fff]{2,8}")
_CALL = sifted(
    r"(?:招聘|诚聘|急聘|招工|急招|诚招|招):?\s*(?P<row>[a-z\u4e00-\u9fff]{2,8}(?:[、/][a-z\u4e00-\u9fff]{2,8})+)(?=$|[,。;\s])"
)
_LABEL = sifted(
    r"(?:岗位|工种|职位)\s*[一二三四五六七八九十\d]{1,2}\s*[:.、]\s*(?P<name>[a-z\u4e00-\u9fff]{2,8}?)(?=$|[,。;、\s(]|岗位|工种|职位)"
)
_COUNT_FIRST = sifted(rf"(?P<count>{_COUNT})[名个位](?P<name>[a-z\u4e00-\u9fff]{{2,8}})(?=[,。;、\s]|$)")
_WORKS_WITH = re.compile(r"(?:管理|管|带领?|领着?|与|跟|现有|已有|协助|配合)\s*\Z")
"""Whom the one who is sought works with: 管理10名保洁."""
_CLAUSE = re.compile(r"[,，;；。\n]")
_STAFF_THERE = re.compile(r"现有|已有|目前有|原有|带领|管理(?!员)")
_OWN_STAFF = re.compile(r"(?:我?[店厂司]|单位|公司|目前|本店)?(?:现有|已有|拥有|现在有)")
_NAME_NOISE = re.compile(rf"^{words('jobs.lead')}+")
_NOT_A_JOB = re.compile(words("jobs.not_a_job"))
_GENERIC = re.compile(words("jobs.generic"))
"""Trades by whose name an advert says little of the work."""
_WIDE = re.compile(rf"{words('jobs.generic')}|site_labourer|machine_feeder")
"""These too say little beside a place of work: 食堂杂工, 挂面厂操作工."""
_SEEKER = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{1,8}}?{words('jobs.place_end')})(?:里|的)?"
    r"(?:招聘?|诚?聘|找|雇|用)?个?(?=[\u4e00-\u9fff]{2,})"
)
"""A place of work, and perhaps what says that it seeks somebody."""
_TITLE_PARTS = re.compile(r"[/、,;+&|\\]|和|及|以及|或|(?<=[一-龥])\s+(?=[一-龥])|(?<=[工匠机])带(?=[小力大]工|跟车)")
_EXTRAS = re.compile(words("jobs.extras"))
"""What a title adds for whom the work is, or how: 夫妻优先, 男女都招."""
_OTHER_TRADE = re.compile(rf"{words('jobs.other_trade')}\Z")
_CALLS = re.compile(words("jobs.calls"))
_HEAD_OF_HOUSE = re.compile(rf"{words('jobs.head_of_house')}(?:\(.*\))?\Z")
_NOBODY = re.compile(r"(?:\A|[招聘])(?:工作人员|(?:医护|服务|后勤|管理)人员|技术工|合伙人|志愿者|加盟商|员工)\Z")
_DEAL = re.compile(r"\A(?:出售|出租(?!车)|转让|收购|求购|求租|租售|招租|招生)(?!.*[员工师]\Z)")
"""Goods and houses that are bought, sold and let, and no work."""
_BRACKETS = re.compile(r"\(([^()]{2,12})\)")
_LEARNER = re.compile(r"(?<=学徒)[/、,和]+(?:小工|帮工)\Z|[/、,和]+学徒工?\Z")
"""Learners beside a trade learn that trade: 修车学徒、小工."""
_SHORT = 2
_BY_NAME = 0.7
"""A title linked less surely was linked by likeness."""
_SURE = 0.85
_MOST = 6
_FROM_TEXT = 0.6
_FIRST_CLAUSES, _LEAST_TASK = 4, 3
"""In so many clauses a description says what is done, each of so many characters at least."""


@dataclass(frozen=True, slots=True)
class ListedJob:
    """One job of a list in an advert; `openings` None = 若干; `code` "" = not in the lexicon, `name` "" = masked."""

    name: str
    code: str
    openings: int | None
    start: int
    end: int


def listed_jobs(passage: Passage, linker: Linker) -> tuple[ListedJob, ...]:
    """Jobs of the lexicon named with a head count, each name once."""
    return tuple({job.name: job for job in reversed(headed_jobs(passage, linker)) if job.code}.values())[::-1]


def headed_jobs(passage: Passage, linker: Linker) -> tuple[ListedJob, ...]:
    """Everything with a head count: jobs of the lexicon anywhere, and whatever else begins a line (`code` "")."""
    jobs = tuple(job for match in _HEADS.finditer(passage.text) for job in _of_head(passage, match, linker))
    return _counted_first(passage, linker) or jobs


def _counted_first(passage: Passage, linker: Linker) -> tuple[ListedJob, ...]:
    """Jobs behind their head count: “3名服务员，2名保洁”."""
    jobs = []
    for match in _COUNT_FIRST.finditer(passage.text):
        code = "" if _WORKS_WITH.search(passage.text, 0, match.start()) else _known_job(match["name"], linker)
        number = read_number(match["count"])
        if code:
            jobs.append(ListedJob(match["name"], code, int(number) if number else None, *match.span()))
    return tuple(jobs) if len(jobs) > 1 else ()


def _of_head(passage: Passage, match: re.Match[str], linker: Linker) -> Iterator[ListedJob]:
    """The job of one head count, or the jobs of “收银员、理货员各2名”."""
    job = _headed(passage, match, linker)
    if match["each"] and job is not None:
        before = passage.text[max(0, match.start() - _REACH) : match.start()]
        row = _ROW.search(before)
        place = match.start() - len(before) + row.start("row") if row else 0
        for part in _NAMES.finditer(row["row"]) if row else ():
            name = _NAME_NOISE.sub("", part[0])
            code = _known_job(name, linker)
            if code and name != job.name:
                start = place + part.end() - len(name)
                yield ListedJob(name, code, job.openings, start, place + part.end())
    if job is not None:
        yield job


def labelled_jobs(passage: Passage, linker: Linker) -> tuple[ListedJob, ...]:
    """Jobs without a head count: “招聘保安、保洁、电工”, “岗位一：保安 岗位二：保洁”."""
    stretches = [(match.start("row"), match["row"]) for match in _CALL.finditer(passage.text)]
    found = [(start + part.start(), part[0]) for start, row in stretches for part in _NAMES.finditer(row)]
    found += [(match.start("name"), match["name"]) for match in _LABEL.finditer(passage.text)]
    jobs = [ListedJob(name, _known_job(name, linker), None, start, start + len(name)) for start, name in found]
    return tuple(jobs) if len(jobs) > 1 and all(job.code for job in jobs) else ()


def _headed(passage: Passage, match: re.Match[str], linker: Linker) -> ListedJob | None:
    """One head count with the name before it."""
    before = passage.text[max(0, match.start() - _REACH) : match.start()]
    named = _NAME.search(before)
    if named and "若干" in named["name"]:
        before = before[: before.rindex("若干")] + "。。" + before[before.rindex("若干") + 2 :]
        named = _NAME.search(before)
    if (named and _OWN_STAFF.match(named["name"])) or _STAFF_THERE.search(_CLAUSE.split(before)[-1]):
        return None
    name = _NAME_NOISE.sub("", named["name"]).lstrip("()/").rstrip("(/") if named else ""
    if name and re.match(r"[名人位]", name) and re.search(rf"{_COUNT}\s*\Z", before[: before.rindex(name)]):
        name = name[1:].lstrip("/")  # the end of the head count before: 裁剪工2名缝纫工20名
    if name and (len(name) < 2 or _NOT_A_JOB.search(name)):
        return None
    code = _known_job(name, linker) if name else ""
    start = match.start() - len(before) + (before.rindex(name) if name else len(before))
    if not code and not _LINE_START.search(passage.text[max(0, start - 16) : start]):
        return None
    number = read_number(match["count"] or "")
    name += ")" if "(" in name and ")" not in name else ""
    return ListedJob(name, code, int(number) if number else None, start, match.end())


def _known_job(name: str, linker: Linker) -> str:
    """The occupation whose alias stands in a short name, "" where none does."""
    if not linker.mentions(name, "occupation"):
        return ""
    best = linker.best(name, "occupation")
    return best.code if best is not None and best.confidence >= _SURE else ""


def work_named(name: str, linker: Linker) -> str:
    """The occupation a short name in a list stands for by its trade, its tasks or verb and object, "" for none."""
    code = _known_job(name, linker) or task_job(name)
    best = None if code else linker.best(name, "occupation")
    return best.code if best is not None and best.confidence >= SURE else code


def title_jobs(title: Passage, linker: Linker) -> tuple[LinkedTerm, ...]:
    """Occupations of a title: the whole, its parts where they are different jobs, or what its tasks or skills tell."""
    if _DEAL.search(title.text):
        return ()
    whole = _sought(title, linker) or linker.best(_LEARNER.sub("", title.folded.raw), "occupation")
    unsure = whole is None or whole.confidence < _BY_NAME
    if unsure and (_HEAD_OF_HOUSE.search(title.text) or _NOBODY.search(title.text)):
        return ()
    parts = list(_parts(title, linker))
    if len({term.code for term in parts}) > 1:
        return _distinct(parts)
    told = task_job(title.text) if whole is None or _GENERIC.fullmatch(whole.code) else ""
    if not told and (whole is None or _WIDE.fullmatch(whole.code)):
        told = _of_wide_word(title, whole.code if whole else "", linker)
    if not told and unsure:
        told = _by_skill(title, linker)
    if told:
        return (LinkedTerm(told, (title.evidence(0, len(title.text)),), SURE),)
    if whole is not None:
        return (LinkedTerm(whole.code, (title.evidence(0, len(title.text)),), whole.confidence),)
    mentions = linker.mentions(title.text, "occupation")
    return _distinct([LinkedTerm(item.code, (title.evidence(item.start, item.end),)) for item in mentions])


def _of_wide_word(title: Passage, code: str, linker: Linker) -> str:
    """What a title without a trade of its own means: by its brackets, by what stands beside it, by the place."""
    bracketed = (linker.aliases("occupation").get(found) for found in _BRACKETS.findall(title.text))
    other = narrowed(code, title.text) if code else ""
    told = next(filter(None, bracketed), "") or (other if other != code else place_job(title.text))
    return "" if code and _WIDE.fullmatch(told) else told


def _by_skill(title: Passage, linker: Linker) -> str:
    """The trade of the skill that fills most of a title: 养牛 夫妻优先, 铝材厂质检; "" where none does."""
    core = _EXTRAS.sub("", title.text).strip(" ()、/的")
    found = linker.mentions(core, "skill") if len(core) >= _SHORT and not _OTHER_TRADE.search(core) else ()
    for item in found:
        filled = item.end - item.start
        if not linker.is_paper(item.code) and (filled * 2 >= len(core) or item.end == len(core)):
            return linker.occupation_for(item.code)
    return ""


def _sought(title: Passage, linker: Linker) -> Mention | None:
    """The trade behind the place or the person that seeks it: 养牛场招会计, 铝材厂质检; None where there is none."""
    match = _SEEKER.match(title.text)
    if match is None:
        return None
    place, rest = linker.mentions(match["place"], "occupation"), title.text[match.end() :]
    behind = [found for found in linker.mentions(rest, "occupation") if found.end == len(rest)]
    across = [found for found in linker.mentions(title.text, "occupation") if found.start < match.end() < found.end]
    return linker.best(rest, "occupation") if place and behind and not across else None


def _parts(title: Passage, linker: Linker) -> Iterator[LinkedTerm]:
    """Occupations of the parts of a title such as 服务员/收银员/后厨; learners beside a trade are of that trade."""
    start, end = 0, len(_LEARNER.sub("", title.text))
    for stop in [*(match.span() for match in _TITLE_PARTS.finditer(title.text, 0, end)), (end, end)]:
        part = title.text[start : stop[0]]
        code = _known_job(part, linker) if len(part.strip()) > 1 else ""
        if code:
            yield LinkedTerm(code, (title.evidence(start, stop[0]),))
        start = stop[1]


def _distinct(terms: list[LinkedTerm]) -> tuple[LinkedTerm, ...]:
    """Each occupation once, in order."""
    found: dict[str, LinkedTerm] = {}
    for term in terms:
        found.setdefault(term.code, term)
    return tuple(found.values())


def text_job(passage: Passage, linker: Linker) -> tuple[LinkedTerm, ...]:
    """The occupation a description names most often, where the title names none."""
    mentions = linker.mentions(passage.text, "occupation")
    if not mentions:
        return ()
    code, _ = Counter(item.code for item in mentions).most_common(1)[0]
    first = next(item for item in mentions if item.code == code)
    return (LinkedTerm(code, (passage.evidence(first.start, first.end),), _FROM_TEXT),)


def _told_otherwise(title: Passage | None, description: Passage | None, linker: Linker) -> tuple[LinkedTerm, ...]:
    """The work of an advert whose title names none: by name in the text; where it only calls, by tasks or place."""
    told = text_job(description, linker) if description else ()
    if told or title is None or not _CALLS.search(title.text):
        return told
    return (_by_tasks(description, linker) if description else ()) or _at_place(title)


def _by_tasks(description: Passage, linker: Linker) -> tuple[LinkedTerm, ...]:
    """The work the first clauses of a description tell by what is done: 扛麻袋装车, 喂牛清圈."""
    start = 0
    for clause in _CLAUSE.split(description.text)[:_FIRST_CLAUSES]:
        end = start + len(clause)
        code = work_named(clause, linker) if _LEAST_TASK <= len(clause) <= LONGEST else ""
        if code:
            return (LinkedTerm(code, (description.evidence(start, end),), _FROM_TEXT),)
        start = end + 1
    return ()


def _at_place(title: Passage) -> tuple[LinkedTerm, ...]:
    """What is done at the place of work that is all a title names beside that it seeks somebody: 急招 手套厂."""
    done = place_job(title.text, alone=True)
    return (LinkedTerm(done, (title.evidence(0, len(title.text)),), _FROM_TEXT),) if done else ()


def read_jobs(
    title: Passage | None, description: Passage | None, linker: Linker
) -> tuple[tuple[LinkedTerm, ...], bool]:
    """(occupations, whether the advert offers several jobs)."""
    named = title_jobs(title, linker) if title else ()
    listed = listed_jobs(description, linker) if description else ()
    if description and len(listed) < 2:
        listed = labelled_jobs(description, linker) or listed
    several = len(named) > 1 or len(listed) > 1
    if not named and not listed:
        return _told_otherwise(title, description, linker), several
    terms = list(named)
    if several and description:
        terms += [LinkedTerm(job.code, (description.evidence(job.start, job.end),)) for job in listed]
    elif not named and description:
        terms += [LinkedTerm(job.code, (description.evidence(job.start, job.end),)) for job in listed[:1]]
    return _distinct(terms)[:_MOST], several
