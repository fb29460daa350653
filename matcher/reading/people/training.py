"""Classes a person wants, has taken, or does not want.

In: cells and the linker. Out: wished and taken classes as occupations and skills, and whether a class is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from matcher.domain.facts import Fact, LinkedTerm
from matcher.reading.linking import Mention
from matcher.reading.negation import Polarity, clause_at, folded_polarity
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.subject import of_other
from matcher.reading.people.work.named import mentions
from matcher.reading.tools import ReadingTools
from matcher.reference.tables import read_table

WANTS_CLASS = re.compile(
    r"(?:想|愿意?|希望|打算|准备|要|需要?|可以|有意|盼着?|琢磨)(?:去|再|参加|报名?|开)?(?:个|门|点儿?|一下)?(?:学(?!校|历)|培训|考|报(?:个|名)?)|"
    r"(?:想|愿意?|希望|打算|有意)(?:去|再)?参加|盼着?开|培训意愿|学(?:个|门|点)|取(?:个|得)?证|考(?:个|下)?"
)
_WANTS_AFTER = re.compile(
    r"^[一-龥]{0,4}(?:愿意|想|也想|打算)(?:去|报名)?学|^[一-龥]{0,2}要是有[一-龥]{0,4}班[一-龥]{0,4}(?:去|学|报|想)|^[一-龥]{0,3}(?:班(?!长|组)|培训)[一-龥]{0,4}(?:愿意|想|打算)"
)
_TAKEN = re.compile(
    r"(?:参加|上|学|培训|取得|拿|受|进|学习)(?:过|了)(?!一?次?面试)|培训过|学过|结业|已(?:参加|培训|学|取)|曾学|学的|学(?:完|会了)|[上念]完|(?:人社|就业局|妇联|职教|社区|政府)[一-龥]{0,3}的?班|班[一-龥]{0,4}(?:去了|学了|毕业)|"
    r"(?:去年|前年|20\d\d年?|今年|年初|上半年)[一-龥]{0,8}(?:培训|参加)|培训(?:结业)?证|班(?:里|上)?考的|培训(?:的|合格)|(?:19|20)\d\d年?(?:[一-龥0-9]{0,4})(?:考的|考下|考取|取得|拿的|发的)"
)
_NOT_TAKEN = re.compile(
    r"没(?:去|学成|参加|学完|上成|开课)|还没|(?<!曾)报(?:了)?名|听说|通知|(?:厂里|单位|老板)说|教(?:过|会)?(?:别人|人|徒弟)|打算|准备|想|"
    r"跟(?!班)(?:着)?[一-龥]{1,4}学|学会|给培训|学校(?:的|当|食堂|学)|(?:在|从)?(?:里头|里面|里边|大墙里|号子里|监狱)[一-龥]{0,3}学"
)
_CLASS = re.compile(r"[一二两三四五\d]期|培训|班|结业|就业局|职教|技校|职高|中专|雨露|扶贫|妇联|进修|办的|组织")
_LEARNT_BEFORE = re.compile(r"学(?:过|了|习过)[一-龥0-9]{0,6}\Z|曾学\Z")


def training_wished(cells: Cells, tools: ReadingTools) -> Iterator[LinkedTerm]:
    """Classes wished for."""
    for cell, found, clause in _named(cells, tools):
        before, after = cell.text[clause[0] : found.start], cell.text[found.end : clause[1]]
        if cell.field != "培训意愿" and not (WANTS_CLASS.search(before) or _WANTS_AFTER.match(after)):
            continue
        stretch = cell.text[clause[0] : clause[1]]
        if not (_TAKEN.search(stretch) and "想" not in stretch and "愿" not in stretch):
            yield _term(cell, found, clause)


def training_taken(cells: Cells, tools: ReadingTools) -> Iterator[LinkedTerm]:
    """Classes taken: what was learnt in a class, not beside a master or at work."""
    for cell, found, clause in _named(cells, tools):
        stretch = cell.text[clause[0] : clause[1]]
        following = cell.text[clause[1] : clause[1] + 8]
        if _NOT_TAKEN.search(stretch) or re.match(r",(?:就|但|可)?(?:没去|没学成|还没)", following):
            continue
        if _TAKEN.search(stretch) and (
            cell.field in {"培训意愿", "证书"}
            or _CLASS.search(stretch)
            or _LEARNT_BEFORE.search(cell.text[clause[0] : found.start])
        ):
            yield _term(cell, found, clause)


def _named(cells: Cells, tools: ReadingTools) -> Iterator[tuple[Cell, Mention, tuple[int, int]]]:
    """Trades and skills named of the person herself, with their clause."""
    for cell in cells.get("training_wish_text", "remarks", "skills_text", "experience_text", "certificates_text"):
        for found in (*mentions(cell, tools, "occupation"), *mentions(cell, tools, "skill")):
            meant = folded_polarity(cell.text, found.start, found.end)
            if meant in {Polarity.NEGATED, Polarity.OTHER, Polarity.HEARSAY}:
                continue
            clause = clause_at(cell.text, found.start)
            yield cell, found, (clause.start, max(clause.end, found.end))


def _term(cell: Cell, found: Mention, clause: tuple[int, int]) -> LinkedTerm:
    """A class with the clause that names it."""
    return LinkedTerm(found.code, (cell.evidence(min(clause[0], found.start), clause[1]),), found.confidence)


@lru_cache(maxsize=1)
def _refusals() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """What people say who want no class; whether it says so in any column."""
    return tuple((re.compile(row["words"]), row["anywhere"] == "1") for row in read_table("training_refusals"))


def training_refused(cells: Cells) -> Fact[bool]:
    """Whether the column of training wishes says no, or the remarks do of classes."""
    for cell in cells.get("training_wish_text", "remarks", "wish_text"):
        for pattern, anywhere in _refusals():
            found = pattern.search(cell.text) if anywhere or cell.field == "培训意愿" else None
            if found and not of_other(cell.text, found.start(), found.end()):
                return Fact(True, (cell.evidence(found.start(), found.end()),))
    return Fact()
