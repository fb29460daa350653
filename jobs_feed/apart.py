"""What the columns of an advert say of each of its jobs: ①8:30-17:30 ②14:00-23:00, 客房8:00-16:30；餐厅10:00-21:30.

In: a posting and the names of its jobs in the order of the advert. Out: the posting as each job has it: of a column
that tells the jobs apart the words that are its own and those that are everybody's, of any other column all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jobs_feed.marks import BRACKETED, CIRCLED, place_of_mark
from jobs_feed.titled import same_job
from matcher.domain.posting import Posting
from matcher.reading.wordlists import words

_COLUMNS = (
    "wage_text",
    "age_text",
    "sex_text",
    "education_text",
    "certificate_text",
    "experience_text",
    "hours_text",
    "board_text",
    "insurance_text",
    "load_text",
)
_ASKED = ("age_text", "education_text", "certificate_text", "experience_text")
"""What may be asked of one job and not of the others: 叉车工需叉车证."""
_MARKS = re.compile(rf"[{CIRCLED}{BRACKETED}]+|[（(](?P<b>\d)[）)]|(?:^|(?<=[\s；;，,]))(?P<d>\d)[.、．](?!\d)")
_STOPS = (re.compile(r"[；;\n。]"), re.compile(r"[；;\n。，,、/\s]+"))
"""What may stand between two jobs, the strongest first."""
_ROWS = (re.compile(r"[/／]"), re.compile(r"[；;、]"), re.compile(r"[,，\s]+"))
_FIGURES = re.compile(
    r"(?:\d{2,5}(?:\s*[-~—–至到]\s*\d{2,5})?)(?:元|块|岁|周岁)?(?:以[下内上]|左右|起)?(?:[/一每](?:天|月|小时))?"
)
_OTHER_NAME = re.compile(rf"(?!{words('apart.no_name')})(?P<name>[一-龥]{{2,4}}?)(?P<told>[:：]?\d.*)", re.S)
"""A clause that begins with a name of its own: 炒锅8:00-18:30 for the job called 炒菜师傅 in the title."""
_UNIT = re.compile(r"天|日|月|小时|时|件|人|个月")
"""What 350/天 leaves behind the stroke."""
_BARE_NAME = 6
"""面案、炒锅55以下: what is said behind the second name is said of the first as well."""
_REST = re.compile(r"(?:其余|其他|其它|别的)(?:岗位?|人员|工种|的)?(?:都|均)?[:：]?")
_HEAD = re.compile(r"[一-龥]{2,8}")
_OF_ALL = re.compile(r"[,，;；。\s]+(?=(?:都|均|全部|其余|其他|以上)[^①-⑩⑴-⑽]*\Z)")
_EDGES = " \n\t，,；;。、：:"


def apart(posting: Posting, names: Sequence[str]) -> dict[str, Posting]:
    """The posting as each job has it."""
    told = {column: _told(getattr(posting, column), names, alone=column in _ASKED) for column in _COLUMNS}
    found: dict[str, Posting] = {}
    for at, name in enumerate(names):
        own: dict[str, Any] = {column: texts[at] for column, texts in told.items()}
        found[name] = replace(posting, **own)
    return found


def _told(text: str, names: Sequence[str], *, alone: bool = False) -> list[str]:
    """One column for each job, in the order of the names."""
    if not text or len(names) < 2:
        return [text] * len(names)
    found = _numbered(text, len(names)) or in_order(text, len(names))
    tried = [(stop, 2) for stop in _STOPS] + [(stop, 1) for stop in reversed(_STOPS) if alone]
    told = (_named(text, names, stop, least) for stop, least in tried)
    found = found or next(filter(None, told), None)
    return found or [text] * len(names)


def in_order(text: str, many: int) -> list[str] | None:
    """By a row of bare figures in the order of the jobs: 3000/2200/2400, 55、60."""
    for stop in _ROWS:
        row = [piece.strip(_EDGES) for piece in stop.split(text.strip(_EDGES))]
        if len(row) == many and all(_FIGURES.fullmatch(piece) for piece in row):
            return row
    return None


def _numbered(text: str, many: int) -> list[str] | None:
    """By the numbers of the jobs; several numbers may share a clause: ①②管住 ③不管."""
    marks = [(match.start(), match.end(), _places(match)) for match in _MARKS.finditer(text)]
    called = [place for _, _, places in marks for place in places]
    if not called or max(called) > many or len(set(called)) < len(called):
        return None
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    of_all = _OF_ALL.search(text, marks[-1][1])
    footer = text[of_all.end() :] if of_all else ""
    ends[-1] = of_all.start() if of_all else ends[-1]
    common = [text[: marks[0][0]].strip(_EDGES), footer]
    own = {place: text[end:stop] for (_, end, places), stop in zip(marks, ends, strict=True) for place in places}
    return [_joined(own.get(place, ""), *common) for place in range(1, many + 1)]


def _places(match: re.Match[str]) -> list[int]:
    """Which jobs a mark calls."""
    digit = match["b"] or match["d"]
    if digit:
        return [int(digit)]
    return [place_of_mark(mark) for mark in match[0]]


def _named(text: str, names: Sequence[str], stop: re.Pattern[str], least: int) -> list[str] | None:
    """By the names the clauses begin with; a clause that begins with a figure goes on with the one before.

    `least`: one job named alone is enough only where nothing is said of all, or 其余 of the rest.
    """
    own: dict[int, list[str]] = {}
    common: list[str] = []
    strange: dict[str, str] = {}
    waiting: list[int] = []
    at: int | None = None
    for clause in filter(None, (piece.strip(_EDGES) for piece in stop.split(text))):
        called, other = _called(clause, names), _OTHER_NAME.match(clause)
        alone = [place for place, name in enumerate(names) if same_job(name, clause)]
        if _UNIT.fullmatch(clause) and (last := own.get(at) if at is not None else None):
            last[-1] += f"/{clause}"
        elif _UNIT.fullmatch(clause) and strange and at is None:
            strange[[*strange][-1]] += f"/{clause}"
        elif called is not None:
            at, length = called
            for place in (*waiting, at):
                own.setdefault(place, []).append(clause[length:].strip(_EDGES))
            waiting = []
        elif len(alone) == 1 and len(clause) <= _BARE_NAME:
            waiting.append(alone[0])
        elif other is not None:
            strange.setdefault(other["name"], other["told"].strip(_EDGES))
            for place in waiting:
                own.setdefault(place, []).append(other["told"].strip(_EDGES))
            waiting, at = [], None
        elif at is not None and clause[0].isdigit():
            own[at].append(clause)
        else:
            common.append(clause)
    common += [names[place] for place in waiting]
    missing = [place for place in range(len(names)) if place not in own]
    if own and len(missing) == len(strange):
        own |= {place: [told] for place, told in zip(missing, strange.values(), strict=True)}
    else:
        common += [f"{name}{told}" for name, told in strange.items()]
    rest = [clause for clause in common if _REST.match(clause)]
    if len(own) < least or (len(own) == 1 and common and not rest):
        return None
    for at in range(len(names)):
        if rest and at not in own:
            own[at] = [_REST.sub("", clause) for clause in rest]
    common = [clause for clause in common if clause not in rest]
    return [_joined(*own.get(place, ()), *common) for place in range(len(names))]


def _called(clause: str, names: Sequence[str]) -> tuple[int, int] | None:
    """(which job a clause begins with, how long its name is there); None where it names none or several."""
    whole = [at for at, name in enumerate(names) if re.match(rf"{re.escape(name)}(?![员工师的]|\Z)", clause)]
    if len(whole) == 1:
        return whole[0], len(names[whole[0]])
    head = _HEAD.match(clause)
    for length in range(head.end() if head else 0, 1, -1):
        fitting = [at for at, name in enumerate(names) if same_job(name, clause[:length])]
        if len(fitting) == 1 and length < len(clause):
            return fitting[0], length
    return None


def _joined(*parts: str) -> str:
    """Clauses as one text."""
    return "，".join(part.strip(_EDGES) for part in parts if part.strip(_EDGES))
