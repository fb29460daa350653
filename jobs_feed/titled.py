"""Adverts whose title names several jobs and whose text tells each of them in turn.

In: a posting such as 分拣员/叉车司机 with “【分拣员】10人，晚班…【叉车司机】2人…”. Out: the jobs of the title, each
with the stretch of the text, the pay and the head count that are its own, and what is said of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from matcher.domain.posting import Posting
from matcher.reading.wordlists import words

LEAST, MOST = 2, 8
_SHORT_HEAD = re.compile(r"[一-龥]{1,2}(?:工|匠|师傅|师|倌)|师傅|学徒")
"""大工 under the title 贴砖刮大白师傅带小工: the one heading left is the one job left."""
"""So many jobs a title may name."""
_SEPARATOR = re.compile(
    r"\s*[/／、,，;；+＋&|｜\\]\s*|(?<=[一-龥])\s+(?=[一-龥])|(?<=[一-龥])(?:和|及|以及)(?=[一-龥])"
    r"|(?<=[工匠机傅])带(?=[小力大]工|跟车)"
)
_HEADING = re.compile(r"^.{1,12}[:：]\s*(?=.{2})")
"""What stands before the jobs of a title: 学校食堂用工：面案、炒菜师傅、帮厨."""
_TERMS = re.compile(words("titled.terms"))
"""Pieces of a title that tell on what terms, and no job: 瓦工带小工 全包."""
_BRACKETED = re.compile(r"[（(][^）)]*[）)]")
_NUMBER = r"(?:[①-⑩]|[（(]?(?:[一二三四五六七八九十]|\d{1,2})[）)．.、])"
_MARK = re.compile(r"[①-⑩⑴-⑽]|(?:^|(?<=[\s、，；;]))\d{1,2}[.、．](?=[一-龥])")
"""A number before a job of a title: ①后厨洗碗 ②前厅服务员."""
_SIGN = "[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]"
_OPENERS = rf"(?:(?:^|[\n。；;，,：:！!【\[])\s*(?:{_NUMBER}|{_SIGN}+)?|{_NUMBER})\s*"
_NAMED = re.compile(
    rf"(?:{_OPENERS})+(?P<name>[一-龥A-Za-z0-9]{{2,10}}?)\s*(?:[（(][^）)]{{1,8}}[）)])?\s*"
    rf"(?:[：:】\]]|\d{{1,3}}\s*[名人个位])|{_NUMBER}\s*(?P<listed>[一-龥]{{2,10}})[，,]"
)
_DANGLING = re.compile(rf"[【\s]*{_NUMBER}?(?:[【\s]|{_SIGN})*\Z")
_COUNT = re.compile(r"(\d{1,3})\s*[名人个位]")
_COUNTED_ALONE = re.compile(r"\d{1,3}\Z")
_BETWEEN_COUNTS = re.compile(r"[/／、，,;；\s]+")
_COUNTED_PIECE = re.compile(r"(\d{1,3})\s*[名人个位]?")
_STOP = re.compile(r"[。\n]")
_DUTY = re.compile(r"负责|从事|协助|参与|主要|要求|懂|会")
_HEAD_OF_PAY = re.compile(r"[一-龥]{2,8}?(?=\d|[按计]件)")
_DIGIT = re.compile(r"\d")
_STRONG = re.compile(r"[;；\n]")
_CLAUSES = re.compile(r"[，,、;；\s]+")
_EDGES = " \n\t，,;；。、【】"


@dataclass(frozen=True, slots=True)
class TitledJob:
    """One job of the title: its name there, its own words, its pay and openings; "" and None where not told apart."""

    name: str
    own: str
    wage_text: str
    openings: int | None


@dataclass(frozen=True, slots=True)
class TitledAdvert:
    """The jobs of a title in its order, and the words that stand before and behind all of them."""

    jobs: tuple[TitledJob, ...]
    header: str
    footer: str


def titled_jobs(posting: Posting, known: Callable[[str], str]) -> TitledAdvert | None:
    """The jobs of the title where the text tells every one of them in turn; None where it does not.

    `known` is the work a name stands for: a text may call the job of the title by what is done.
    """
    names = title_names(posting.title)
    if not LEAST <= len(names) <= MOST:
        return None
    heads = _heads(posting.description, names, known)
    if len(heads) != len(names):
        return None
    text = posting.description
    starts = sorted(heads.values())
    last = starts[-1]
    stop = _STOP.search(text, last[1])
    end = stop.end() if stop else len(text)
    ends = {start: following[0] for start, following in zip(starts, starts[1:], strict=False)} | {last: end}
    jobs = tuple(_job(posting, name, text[heads[name][0] : ends[heads[name]]]) for name in names)
    return TitledAdvert(jobs, _trimmed(text[: starts[0][0]]), text[end:].strip(_EDGES))


def _trimmed(text: str) -> str:
    """A stretch without the number of the item that follows it."""
    return _DANGLING.sub("", text).strip(_EDGES)


def title_names(title: str) -> list[str]:
    """The jobs a title names: 保洁员、住家保姆 are two, 大货司机 is one."""
    plain = _MARK.sub("、", _BRACKETED.sub("", title))
    pieces = [piece.strip() for piece in _SEPARATOR.split(plain)]
    pieces = [_HEADING.sub("", piece) if len(pieces) > 1 else piece for piece in pieces]
    jobs = (piece for piece in pieces if 2 <= len(piece) <= 12 and not _TERMS.fullmatch(piece))
    return list(dict.fromkeys(jobs))


def _heads(text: str, names: list[str], known: Callable[[str], str]) -> dict[str, tuple[int, int]]:
    """Where the text begins to tell of each job, (start, end) of the name; jobs it does not tell of are missing."""
    found: dict[str, tuple[int, int]] = {}
    strange: list[tuple[int, int]] = []
    at = 0
    while (match := _NAMED.search(text, at)) is not None:
        kind = "name" if match["name"] else "listed"
        head = match[kind]
        fitting = [name for name in names if same_job(name, head)] or _same_work(names, head, known)
        fitting = [name for name in fitting if name not in found]
        if fitting:
            best = max(fitting, key=lambda name: (name == head, name.endswith(head), -abs(len(name) - len(head))))
            found[best] = match.span(kind)
        elif _SHORT_HEAD.fullmatch(head):
            strange.append(match.span(kind))
        at = match.end(kind)
    missing = [name for name in names if name not in found]
    return found | {missing[0]: strange[0]} if len(missing) == len(strange) == 1 else found


def _same_work(names: list[str], head: str, known: Callable[[str], str]) -> list[str]:
    """The one job of the title that is the work of a heading in other words: 红干椒挑选 is 挑椒工."""
    work = "" if _DUTY.match(head) else known(head)
    same = [name for name in names if work and known(name) == work]
    return same if len(same) == 1 else []


def same_job(name: str, head: str) -> bool:
    """Whether a heading names a job of the title: 客房 is 客房服务员; 负责销售 tells what one does."""
    return head in name or (name in head and not _DUTY.match(head))


def _job(posting: Posting, name: str, own: str) -> TitledJob:
    """One job with what the columns say of it alone."""
    wage = of_one(posting.wage_text, name)
    counted = _COUNT.search(own[:16])
    openings = count_of(posting, title_names(posting.title), name) or (int(counted[1]) if counted else None)
    return TitledJob(name, _trimmed(own), wage, openings)


def count_of(posting: Posting, names: list[str], name: str) -> int | None:
    """The head count of one job by the column: 瓦工6 小工10, or 20/6/2 in the order of the title."""
    own = of_one(posting.openings_text, name)
    counted = _COUNT.match(own) or _COUNTED_ALONE.match(own)
    if counted:
        return int(re.sub(r"\D", "", counted[0]))
    titled = re.search(rf"{re.escape(name)}\s*[（(]?\s*(\d{{1,3}})\s*[名人个位]", posting.title)
    if titled:
        return int(titled[1])
    row = [_COUNTED_PIECE.fullmatch(part.strip()) for part in _BETWEEN_COUNTS.split(posting.openings_text.strip())]
    here = row[names.index(name)] if len(row) == len(names) and all(row) else None
    return int(here[1]) if here else None


def of_one(text: str, name: str) -> str:
    """The clause of a column that names a job: of “大工350/天 小工220/天” for 小工 the second; "" where none does."""
    for stop in (_CLAUSES, _STRONG):
        for clause in stop.split(text):
            word = _HEAD_OF_PAY.match(clause)
            if word and same_job(name, word[0]) and _DIGIT.search(clause, word.end()):
                return clause[word.end() :]
    return ""
